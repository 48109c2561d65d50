/**
 * The upload of one file to one object: state, commands and checkpoint. Independent of the DOM, the SDK and other uploads.
 */

import { abortable } from './abortable.js';
import type { Checkpoint } from './checkpoints/checkpoint.js';
import {
  CheckpointWriter,
  mergeParts,
  toMultipartUpload,
  type CheckpointSubject,
} from './checkpoints/checkpoint-writer.js';
import { isSameName, lockNameOf, type FileIdentity } from './checkpoints/fingerprint.js';
import type { ResilientStore } from './checkpoints/resilient-store.js';
import { UploadError } from './errors.js';
import { overrideOptions } from './options/object-options.js';
import type {
  DonePart,
  Environment,
  Locks,
  ObjectOptions,
  Release,
  StoredCheckpoint,
  StoredUpload,
} from './ports.js';
import { randomUuid } from './random-uuid.js';
import { createTimeBudget, startTimer, TIME_LIMIT } from './time-limit.js';
import {
  MultipartTransfer,
  StartPrevented,
  type MultipartUpload,
  type SingleRequest,
  type TransferEvent,
  type TransferHost,
  type TransferOptions,
  type TransferResult,
} from './transfer/multipart-transfer.js';
import { FIRST_PART_SIZE } from './transfer/line.js';
import { MIN_PART_SIZE } from './transfer/part-plan.js';
import { PartTracker } from './transfer/part-tracker.js';
import { Throughput } from './transfer/transfer-rate.js';
import {
  isActive,
  noProgress,
  progressOf,
  reduce,
  stoppedState,
  type Progress,
  type StoredObject,
  type UploadEvent,
  type UploadResult,
  type UploadState,
} from './upload-state.js';

/** What happens to an upload once it is in the list. */
export type UploadUpdate =
  /** The state changed, for example to `paused`. */
  | { type: 'state'; upload: Upload; from: UploadState; to: UploadState }
  /** More bytes were sent. */
  | { type: 'progress'; upload: Upload; progress: Progress }
  /** OSS acknowledged a part. `attempt` is 1 if the first attempt succeeded. */
  | { type: 'part'; upload: Upload; part: DonePart; attempt: number }
  /** A request failed and is sent again after `delay` milliseconds. */
  | { type: 'retry'; upload: Upload; attempt: number; delay: number; error: UploadError };

/** What an upload needs from its {@link Uploader}. */
export interface UploadHost {
  env: Environment;
  store: ResilientStore;
  /** Saves nothing. */
  noStore: ResilientStore;
  locks: Locks;
  /** Tells other tabs and elements that a saved upload was claimed, released, finished or discarded. */
  announceChange(): void;
  /**
   * Opens a file by its saved handle. Resolves with `undefined` if access is denied or the file is gone.
   *
   * @param onPrompt called when the user is asked for permission
   */
  openHandle(handle: unknown, onPrompt: () => void): Promise<File | undefined>;
  /** Current options. Each transfer reads them once. @throws UploadError if one is missing or invalid */
  transferOptions(): TransferOptions;
  /**
   * Asks the page for the settings of one object. Returns `undefined` if there are none. Rejects with an
   * {@link UploadError} if they are invalid.
   */
  objectOptions(file: File, key: string): Promise<ObjectOptions> | undefined;
  /** The field of the page that uploads belong to. `undefined` if it has no name. */
  field(): string | undefined;
  /** Identifies a file at the current destination. */
  identify(file: FileIdentity, key: string): UploadIdentity;
  /** Whether the upload is in the list. */
  isListed(upload: Upload): boolean;
  /** Aborted when the list gets another owner. */
  ownership(): AbortSignal;
  /** Returns `false` if another file of the list has this key. */
  reserveKey(upload: Upload, key: string): boolean;
  /** Sets the texts of the user's language. */
  localize(error: UploadError): UploadError;
  /** Whether uploads may only be queued. */
  isSuspended(): boolean;
  /** Returns `false` to prevent the start. */
  onBeforeStart(upload: Upload, resumed: boolean, bytesKept: number): boolean;
  emit(event: UploadUpdate): void;
}

export interface UploadIdentity {
  /** Equal for the same file at the same destination. */
  fingerprint: string;
  /** Equal for the same bucket, key template and scope. */
  destination: string;
}

/** A file that is stored already, as the page or restored form state describes it. */
export interface StoredFile {
  fileName: string;
  /** Bytes. `undefined` if it is unknown. */
  fileSize?: number | undefined;
  /** MIME type. `undefined` if it is unknown. */
  fileType?: string | undefined;
  /** Whether the page lists the file. It then stays in the list when the page names the user for the first time. */
  isOfPage?: boolean | undefined;
  result: StoredObject;
}

/** What an upload is created from: a selected file, a checkpoint of an earlier visit, or a stored file. */
export type UploadSubject =
  | {
      file: File;
      key: string;
      requestedKey?: string;
      /** Of the same file with another date or name form. */
      identity?: UploadIdentity | undefined;
      handle?: unknown;
    }
  | StoredCheckpoint
  | StoredFile;

/** Keeps other tabs and elements from offering or discarding an upload. */
interface Claim {
  /** See {@link lockNameOf}. */
  name: string;
  granted: Promise<Release>;
}

/** The answer of `objectOptions` for an object. */
interface OwnOptions {
  file: File;
  key: string;
  options: Promise<ObjectOptions>;
}

interface Run {
  stop: AbortController;
  /** Waits for storage, for a limited time in total. */
  wait: <T>(promise: Promise<T>) => Promise<T | undefined>;
  transfer?: MultipartTransfer;
}

/** Host of a transfer that finds out whether a cancelled upload is stored. */
const cancelHost: TransferHost = {
  onBeforeStart: () => true,
  onMultipart: () => Promise.resolve(),
  onCompleting: () => Promise.resolve(),
  onEvent: () => {},
};

type SentBytes = Pick<Extract<TransferEvent, { type: 'progress' }>, 'loaded' | 'stored' | 'isBuffered'>;

/** How long the user may take to answer a permission prompt before the file picker is offered too, in milliseconds. */
const PROMPT_TIME_LIMIT = 60_000;

/** Abort reason of a run that its upload has stopped. */
const stopped = new Error('The upload was stopped.');

/**
 * One file in the list of an {@link Uploader}.
 *
 * @example
 * const upload = uploader.add(file, await uploader.keyFor(file));
 * upload.start();
 * upload.state.status; // 'preparing'
 */
export class Upload {
  /** Unique within the page. An upload of an earlier visit keeps its ID. */
  readonly id: string;
  /** Name of the file. */
  readonly fileName: string;
  /** Whether the page listed the file as stored. */
  readonly isOfPage: boolean = false;
  readonly #host: UploadHost;
  /** Aborted when the list gets another owner. The upload then does nothing any more. */
  readonly #ownership: AbortSignal;
  readonly #throughput = new Throughput();
  #isBuffered = false;
  /** The checkpoint that an earlier visit saved. */
  #stored: StoredUpload | undefined;
  #file: File | undefined;
  #fileSize: number | undefined;
  readonly #fileType: string | undefined;
  #key: string;
  /** The key before it got a number. It identifies the file, because the number may differ at the next visit. */
  readonly #requestedKey: string | undefined;
  #handle: unknown;
  #state: UploadState;
  #multipart: MultipartUpload | undefined;
  #single: SingleRequest = { unanswered: false };
  #ownOptions: OwnOptions | undefined;
  /** Identifies the saved checkpoint. Stays the same when the file gets another date or name form. */
  #savedIdentity: UploadIdentity | undefined;
  /** Whether another tab has ended the upload and has left no checkpoint. */
  #otherTabEnded = false;
  /** Whether the store may hold checkpoints of other uploads of the file. */
  #mayHaveOthers = false;
  /** The error of a failed upload that was paused before its retry started. */
  #errorBeforePause: UploadError | undefined;
  /** Whether a file was attached after the upload has failed. */
  #fileReplaced = false;
  /** The state to which {@link undoCancel} returns. Set while the cancelled upload keeps its parts. */
  #beforeCancel: UploadState | undefined;
  /** How long bytes were sent, in milliseconds. `undefined` if parts were sent by another page. */
  #duration: number | undefined = 0;
  /** When the current state began, in milliseconds since 1970. */
  #stateSince = 0;
  /** Finds out whether the cancelled upload is stored. */
  #settling: Promise<void> | undefined;
  #checkpoints: CheckpointWriter;
  /** Whether the user wants the browser to remember nothing of this upload. */
  #isForgotten = false;
  #checkpointId: string;
  #run: Run | undefined;
  #running: Promise<void> = Promise.resolve();
  #claim: Claim | undefined;
  /** Resolves when the last claim is released. */
  #released: Promise<unknown> = Promise.resolve();
  /** Set while the checkpoint is being deleted. A new claim waits for that. */
  #deleting: Promise<unknown> | undefined;
  /** Whether other tabs and elements may continue the upload while it doesn't run. */
  #isAvailable = false;
  /** Whether this upload stored a damaged object, which it may overwrite. */
  #overwritesOwnObject = false;

  constructor(subject: UploadSubject, host: UploadHost) {
    this.#host = host;
    this.#ownership = host.ownership();
    this.#checkpointId = 'upload' in subject ? subject.upload.id : randomUuid();
    this.id = this.#checkpointId;
    if ('file' in subject) {
      const { file, key, requestedKey, identity, handle } = subject;
      this.fileName = file.name;
      this.#fileSize = file.size;
      this.#file = file;
      this.#key = key;
      this.#requestedKey = requestedKey;
      this.#savedIdentity = identity;
      this.#handle = handle;
      this.#checkpoints = new CheckpointWriter(this.#store);
      this.#state = { status: 'ready', progress: noProgress(file.size), queued: false };
    } else if ('result' in subject) {
      const { fileName, fileSize, fileType, isOfPage = false, result } = subject;
      this.fileName = fileName;
      this.isOfPage = isOfPage;
      this.#fileSize = fileSize;
      this.#fileType = fileType;
      this.#key = result.key;
      this.#checkpoints = new CheckpointWriter(this.#store);
      const progress = { ...this.#progress(fileSize ?? 0), ratio: 1 };
      this.#state = { status: 'succeeded', progress, result };
    } else {
      const { upload } = subject;
      this.fileName = upload.fileName;
      this.#fileSize = upload.fileSize;
      this.#fileType = upload.fileType;
      this.#stored = upload;
      this.#savedIdentity = { fingerprint: upload.fingerprint, destination: upload.destination };
      this.#key = upload.key;
      this.#handle = upload.handle;
      this.#checkpoints = new CheckpointWriter(this.#store, upload);
      this.#multipart = toMultipartUpload(subject);
      this.#state = {
        status: 'resumable',
        progress: this.#progress(this.#multipart.tracker.doneBytes),
        savedAt: upload.savedAt,
        reopenable: upload.handle !== undefined,
      };
    }
  }

  /** The file. `undefined` for a resumable upload, and for a file that the page or a restored form lists as stored. */
  get file(): File | undefined {
    return this.#file;
  }

  /** Size of the file in bytes. `undefined` for a file that the page lists as stored without a size. */
  get fileSize(): number | undefined {
    return this.#fileSize;
  }

  /** MIME type of the file. Empty if it is unknown. */
  get fileType(): string {
    return this.#file?.type ?? this.#fileType ?? '';
  }

  /** The object key. */
  get key(): string {
    return this.#key;
  }

  /** The current state. Replaced, never modified. */
  get state(): UploadState {
    return this.#state;
  }

  /** Equal for uploads of the same file to the same destination. An upload of an earlier visit keeps it. */
  get fingerprint(): string {
    return this.#identity?.fingerprint ?? this.id;
  }

  /** Equal for uploads to the same destination. An upload of an earlier visit keeps it. */
  get destination(): string {
    return this.#identity?.destination ?? '';
  }

  /** The stored parts, in the shape of ali-oss. `undefined` before OSS has assigned an upload ID. */
  get checkpoint(): Checkpoint | undefined {
    if (!this.#multipart) return undefined;
    const { uploadId, tracker } = this.#multipart;
    const { fileSize, partSize, doneParts } = tracker;
    const file = this.#file && { file: this.#file };
    return { ...file, name: this.#key, fileSize, partSize, uploadId, doneParts };
  }

  /** Number of parts that are still to be sent. Estimated until the part size is chosen. */
  get partsLeft(): number {
    const { total, stored } = this.#state.progress;
    const partSize = this.#multipart?.tracker.partSize ?? this.#run?.transfer?.partSize ?? FIRST_PART_SIZE;
    return Math.ceil((total - stored) / partSize);
  }

  /** Whether a proxy or another intermediary buffers what is sent, so that only acknowledged bytes have arrived. */
  get isBuffered(): boolean {
    return this.#isBuffered;
  }

  /** Resolves when no transfer is running. */
  get atRest(): Promise<void> {
    return this.#running;
  }

  /** The field of the page in which an earlier visit started it. */
  get field(): string | undefined {
    return this.#stored?.field;
  }

  /** Lets other tabs and elements continue or discard the upload while it doesn't run. Resolves when they can. */
  async release(): Promise<void> {
    const wasClaimed = this.#claim !== undefined;
    this.#isAvailable = true;
    this.#updateClaim();
    await this.#released;
    if (wasClaimed) this.#host.announceChange();
  }

  /** Undoes {@link release}. */
  reclaim(): void {
    this.#isAvailable = false;
    this.#updateClaim();
  }

  /** Deletes the checkpoint, and never saves it again. The upload itself isn't affected. */
  async forget(): Promise<void> {
    const checkpoints = this.#checkpoints;
    this.#isForgotten = true;
    this.#checkpoints = new CheckpointWriter(this.#store);
    await checkpoints.remove();
  }

  get #store(): ResilientStore {
    return this.#isForgotten ? this.#host.noStore : this.#host.store;
  }

  /** Stops for good, after the list has got another owner. Other tabs and elements can continue the upload. */
  async leave(): Promise<void> {
    this.#stopRun();
    await this.release();
  }

  /** Continues from a checkpoint of this file at the next `resume()`. Call it before the first start. */
  adopt(checkpoint: Checkpoint, bucket: string): void {
    const { fileSize, partSize, uploadId, doneParts } = checkpoint;
    const tracker = new PartTracker(fileSize, partSize, doneParts);
    const incompleteAt = this.#host.env.now();
    this.#multipart = {
      bucket,
      uploadId,
      tracker,
      completeUnanswered: false,
      incompleteAt,
      fromEarlierVisit: true,
    };
    this.#dispatch({ type: 'adopt', progress: this.#progress(tracker.doneBytes) });
  }

  /**
   * Attaches the file to a resumable upload, which continues after `resume()`, or replaces the unreadable file of a failed
   * upload, which continues after `retry()`. If the date or the Unicode form of the name differs, the checksums of all
   * stored parts are compared before anything is sent.
   *
   * @throws UploadError `file-changed` if the size differs, `checkpoint-mismatch` if the name differs
   */
  attach(file: File, handle?: unknown): void {
    if (this.#state.status !== 'resumable' && this.#state.status !== 'failed') return;
    const expected = this.#file ?? { name: this.fileName, lastModified: this.#stored?.lastModified };
    if (!isSameName(file.name, expected.name)) {
      throw this.#host.localize(new UploadError('checkpoint-mismatch'));
    }
    if (file.size !== this.fileSize) throw this.#host.localize(new UploadError('file-changed'));
    if (hasOtherMetadata(file, expected)) (this.#multipart ?? this.#single).metadataDiffers = true;
    this.#file = file;
    this.#fileReplaced = true;
    this.#handle = handle ?? this.#handle;
    this.#dispatch({ type: 'file-attached' });
  }

  /** Marks the upload to start, resume or retry as soon as another one ends. */
  enqueue(): void {
    this.#dispatch({ type: 'enqueue' });
  }

  /** Starts an upload that has not started. */
  start(): void {
    if (this.#state.status === 'ready') this.#begin();
  }

  /** Pauses an active or queued upload. Aborts in-flight requests; completed parts are kept. */
  pause(): void {
    const { state } = this;
    if (state.status === 'failed') this.#errorBeforePause = state.error;
    if (this.#dispatch({ type: 'pause' })) this.#stopRun();
  }

  /** Resumes a paused upload. Ends a wait. Reopens the file of a resumable upload if the browser can. */
  resume(): void {
    switch (this.#state.status) {
      case 'waiting':
        return this.#run?.transfer?.retryNow();
      case 'paused':
        return this.#beginAfter(this.#errorBeforePause);
      case 'resumable':
        void this.#reopen();
        return;
      default:
    }
  }

  /** Retries a failed upload. Completed parts are kept. Starts a cancelled upload over. Ends a wait. */
  retry(): void {
    if (this.#state.status === 'waiting') this.#run?.transfer?.retryNow();
    else if (this.#state.status === 'cancelled') this.#begin();
    else if (this.#state.status === 'failed') this.#beginAfter(this.#state.error);
  }

  /** @param error the last one, if the upload has failed */
  #beginAfter(error: UploadError | undefined): void {
    // By retrying, the user agrees to upload the changed file, unless it was replaced meanwhile.
    if (error?.code === 'file-changed' && !this.#fileReplaced) this.#startOver();
    else this.#begin();
  }

  /**
   * Cancels the upload and aborts its multipart upload at OSS, if the RAM policy allows it and no other tab or element
   * holds the upload. If all bytes were sent, the upload succeeds if OSS has stored the object already. Resolves when done.
   */
  async cancel(): Promise<void> {
    if (this.#settling) return this.#settling;
    const isKept = this.#beforeCancel !== undefined;
    if (this.#mayBeStored) return this.#cancelUnanswered();
    const name = this.#claimName;
    // Without its file, a resumable upload can't be compared with the object that OSS may have stored.
    const mayBeStored = this.#multipart?.completeUnanswered;
    this.#beforeCancel = undefined;
    if (!this.#dispatch({ type: 'cancel', mayBeStored }) && !isKept) return;
    this.#stopRun();
    this.#updateClaim();
    await this.#discard(name);
  }

  /**
   * Cancels the upload, but keeps its parts until `cancel()` is called, so that {@link undoCancel} can bring it back. If the
   * page is closed first, the next visit can resume it.
   *
   * @returns `false` if nothing was done, because the parts might get lost or OSS may have stored the object, so that the upload
   *   could succeed later
   */
  cancelUndoable(): boolean {
    const { status } = this.#state;
    const isEnding = status === 'completing' || this.#mayBeStored;
    if (status === 'cancelled' || isEnding || this.#settling || !this.isRecoverable) return false;
    this.#beforeCancel = stoppedState(this.#state);
    const isCancelled = this.#dispatch({ type: 'cancel' });
    if (isCancelled) this.#stopRun();
    else this.#beforeCancel = undefined;
    return isCancelled;
  }

  /** Undoes {@link cancelUndoable}. An upload that was running is paused afterwards. */
  undoCancel(): void {
    const state = this.#beforeCancel;
    this.#beforeCancel = undefined;
    if (state && !this.#ownership.aborted) this.#dispatch({ type: 'undo-cancel', state });
  }

  /** Whether {@link undoCancel} has an effect. */
  get canUndoCancel(): boolean {
    return this.#beforeCancel !== undefined;
  }

  /** Whether closing the page now would lose no part: OSS has none, the upload has succeeded, or its checkpoint is saved. */
  get isRecoverable(): boolean {
    if (!this.#multipart || this.#state.status === 'succeeded') return true;
    return this.#checkpoints.isSaved && this.#store.isWorking;
  }

  /** Whether OSS may have stored the object, although this upload has not succeeded. */
  get #mayBeStored(): boolean {
    const state = this.#state;
    const waitsForTab = state.status === 'waiting' && state.reason === 'other-tab';
    const isUnfinished = isActive(state) || state.status === 'paused' || state.status === 'failed';
    if (!(isUnfinished || this.#beforeCancel) || waitsForTab) return false;
    return this.#multipart?.completeUnanswered ?? this.#single.unanswered;
  }

  /** Cancels an upload that OSS may have stored. */
  async #cancelUnanswered(): Promise<void> {
    const name = this.#claimName;
    // The object is stored. Only its callback is unanswered, and nobody waits for it any more.
    if (this.#state.status === 'failed' && this.#state.error.code === 'callback-failed') {
      this.#releaseClaim();
      await this.#deleteUnlessClaimed(name);
      return;
    }
    this.#stopRun();
    this.#beforeCancel = undefined;
    this.#settling = this.#settle(name);
    // A cancelled upload is shown again only if OSS has stored the object.
    if (this.#state.status !== 'cancelled') this.#dispatch({ type: 'settle' });
    await this.#settling;
  }

  /** Finds out whether OSS has stored the object, and aborts the multipart upload if it hasn't. */
  async #settle(name: string): Promise<void> {
    await this.#running;
    this.#releaseClaim();
    const outcome = await this.#unlessClaimed(name, async () => {
      const event = await this.#outcome();
      await this.#checkpoints.remove();
      return event;
    });
    // A retry after a failure finds the object by them.
    if (outcome?.type !== 'fail') {
      this.#multipart = undefined;
      this.#single = { unanswered: false };
    }
    this.#settling = undefined;
    // The parts belong to another tab or element that holds the upload. It finds out whether the object is stored.
    const event = outcome ?? { type: 'cancel', mayBeStored: true };
    if (event.type !== 'cancel') {
      const { progress } = this.#state;
      this.#dispatch({ type: 'undo-cancel', state: { status: 'completing', progress } });
    }
    this.#dispatch(event);
  }

  async #outcome(): Promise<UploadEvent> {
    try {
      const options = this.#host.transferOptions();
      this.#ownership.throwIfAborted();
      const file = this.#file;
      if (!file) throw new UploadError('unexpected');
      await this.#addOwnOptions(options, file, this.#ownership);
      const transfer = new MultipartTransfer({
        file,
        key: this.#key,
        options,
        multipart: this.#multipart,
        single: this.#single,
        otherTabEnded: false,
        signal: this.#ownership,
        host: cancelHost,
      });
      const stored = await transfer.cancel();
      if (!stored) return { type: 'cancel' };
      return { type: 'succeed', result: this.#result(options.location.bucket, stored) };
    } catch (thrown) {
      const error = UploadError.from(thrown);
      // The connection is lost, or OSS may not be asked.
      return error.code === 'callback-failed'
        ? { type: 'fail', error }
        : { type: 'cancel', mayBeStored: true };
    }
  }

  /** Aborts the multipart upload and deletes its checkpoint, unless another tab or element holds the upload. */
  async #discard(name: string): Promise<void> {
    this.#duration = 0;
    const multipart = this.#multipart;
    if (!multipart) return;
    this.#multipart = undefined;
    const mayAbort = this.#deleteUnlessClaimed(name);
    this.#deleting = mayAbort;
    // The next run must not find the checkpoint.
    this.#running = mayAbort.then(() => {
      if (this.#deleting === mayAbort) this.#deleting = undefined;
    });
    if (await mayAbort) await this.#abortAtOss({ uploadId: multipart.uploadId, key: this.#key });
  }

  /** Deletes the checkpoint, unless another tab or element holds the upload. @returns whether nobody does */
  async #deleteUnlessClaimed(name: string): Promise<boolean> {
    const checkpoints = this.#checkpoints;
    const isDeleted = await this.#unlessClaimed(name, async () => {
      await checkpoints.remove();
      return true;
    });
    return isDeleted ?? false;
  }

  /**
   * Performs an action that deletes the checkpoint, unless another tab or element holds the upload. Holds the lock
   * meanwhile, so that nobody resumes from the checkpoint.
   *
   * @returns the result of the action, or `undefined` if it wasn't performed
   */
  async #unlessClaimed<T>(name: string, action: () => Promise<T>): Promise<T | undefined> {
    const { locks } = this.#host;
    await Promise.all([this.#running, this.#released]);
    const isClaimed = async () => (await locks.claimed()).has(name);
    const stop = new AbortController();
    try {
      const release = await locks.acquire(name, stop.signal, () => {
        // A holder without a claim is about to discard it, too.
        void isClaimed().then((claimed) => claimed && stop.abort(stopped));
      });
      try {
        if (await isClaimed()) return undefined;
        const result = await action();
        this.#host.announceChange();
        return result;
      } finally {
        await release();
      }
    } catch {
      // The upload runs elsewhere, or the page is being closed.
      return undefined;
    }
  }

  async #reopen(): Promise<void> {
    const file = this.#handle === undefined ? undefined : await this.#openHandle(this.#handle);
    // Another tab or element may have resumed or discarded it meanwhile, which removes it from the list.
    if (this.#state.status !== 'resumable' || !this.#host.isListed(this)) return;
    if (!file) {
      this.#handle = undefined;
      this.#dispatch({ type: 'file-unavailable' });
      return;
    }
    try {
      this.attach(file);
    } catch (error) {
      this.#file = file;
      this.#dispatch({ type: 'file-rejected', error: UploadError.from(error) });
      return;
    }
    this.#begin();
  }

  /** Opens the file. If that takes long, the user can select it meanwhile. */
  async #openHandle(handle: unknown): Promise<File | undefined> {
    const { env } = this.#host;
    const offerPicker = () => void this.#dispatch({ type: 'file-unavailable' });
    let cancel = startTimer(TIME_LIMIT, offerPicker, env);
    const onPrompt = () => {
      cancel();
      cancel = startTimer(PROMPT_TIME_LIMIT, offerPicker, env);
    };
    try {
      return await this.#host.openHandle(handle, onPrompt);
    } catch {
      return undefined;
    } finally {
      cancel();
    }
  }

  #begin(event: UploadEvent = { type: 'start' }): void {
    if (this.#run || this.#ownership.aborted) return;
    // Begins when the suspension ends.
    if (this.#host.isSuspended()) return this.enqueue();
    const run: Run = { stop: new AbortController(), wait: createTimeBudget(this.#host.env) };
    this.#run = run;
    this.#beforeCancel = undefined;
    this.#fileReplaced = false;
    this.#errorBeforePause = undefined;
    if (!this.#dispatch(event)) this.#run = undefined;
    // A listener may have paused or cancelled the upload.
    if (this.#run !== run) return;
    this.#running = this.#work(run, this.#running);
  }

  /** @param previous the run before, which may still hold the lock */
  async #work(run: Run, previous: Promise<void>): Promise<void> {
    let event: UploadEvent;
    try {
      // Also lets the caller of `start()` continue before invalid options fail the upload.
      await previous;
      event = await this.#perform(run);
    } catch (error) {
      event =
        error instanceof StartPrevented
          ? { type: 'start-prevented' }
          : { type: 'fail', error: UploadError.from(error), isDamaged: this.#isDamaged };
    }
    if (run.stop.signal.aborted) return;
    this.#run = undefined;
    this.#dispatch(event);
    if (event.type === 'succeed') void this.#removeOthers();
  }

  #startOver(): void {
    const name = this.#claimName;
    this.#releaseClaim();
    void this.#discard(name);
    this.#stored = undefined;
    this.#savedIdentity = undefined;
    this.#single = { unanswered: false };
    // Another tab may still hold the old checkpoint.
    this.#checkpointId = randomUuid();
    this.#fileSize = this.#file?.size ?? this.#fileSize;
    this.#begin({ type: 'start-over', total: this.#fileSize ?? 0 });
  }

  /**
   * Removes the checkpoints that other uploads of this file have left, which this upload may not have found because storage
   * didn't answer. Does nothing if another tab or element holds the file.
   */
  async #removeOthers(): Promise<void> {
    const { store } = this.#host;
    const { fingerprint } = this;
    if (!this.#mayHaveOthers || !(await store.find(fingerprint))) return;
    await this.#unlessClaimed(lockNameOf(fingerprint), async () => {
      let last: string | undefined;
      for (;;) {
        const found = await store.find(fingerprint);
        // A checkpoint that can't be removed is found again.
        if (!found || found.upload.id === last) return;
        last = found.upload.id;
        await store.remove(last);
        void this.#abortAtOss(found.upload);
      }
    });
  }

  #removeCheckpoint(): void {
    // Nothing is known elsewhere of an upload without a checkpoint.
    if (!this.#checkpoints.isSaved) return;
    void this.#checkpoints.remove().then(() => this.#host.announceChange());
  }

  async #perform(run: Run): Promise<UploadEvent> {
    const { signal } = run.stop;
    signal.throwIfAborted();
    const options = this.#host.transferOptions();
    // The options may be those of another user.
    signal.throwIfAborted();
    const file = this.#file;
    if (!file) throw new UploadError('unexpected');
    const recalled = run.wait(this.#recallLine(options));
    const identity = this.#identify(file);
    const lockName = lockNameOf(identity.fingerprint);
    this.#updateClaim(lockName);
    let loaded: Promise<void> | undefined;
    const release = await this.#host.locks.acquire(lockName, signal, () => {
      if (signal.aborted) return;
      this.#dispatch({ type: 'wait', reason: 'other-tab' });
      // When the other tab has completed the upload, its checkpoint is gone.
      loaded = this.#loadCheckpoint(run, identity.fingerprint, file, false);
    });
    let isStored = false;
    try {
      await loaded;
      signal.throwIfAborted();
      await this.#loadCheckpoint(run, identity.fingerprint, file, this.#state.status === 'waiting');
      signal.throwIfAborted();
      if (!this.#host.reserveKey(this, this.#key)) {
        throw new UploadError('duplicate-key', { values: { name: this.fileName, key: this.#key } });
      }
      this.#dispatch({ type: 'continue' });
      await this.#addOwnOptions(options, file, signal);
      await recalled;
      signal.throwIfAborted();
      const stored = await this.#transfer(run, options, identity, file);
      isStored = true;
      return stored;
    } finally {
      const released = release();
      // A stored upload must not be paused meanwhile.
      if (!isStored) await released;
    }
  }

  /** Loads what earlier visits have shown about the network to the endpoint. */
  async #recallLine({ endpoint, limiter }: TransferOptions): Promise<void> {
    if (this.#store.isWorking) await limiter.recall(() => this.#store.findLine(endpoint));
  }

  /** Saves what the parts of this page have shown about it. */
  #saveLine({ endpoint, limiter }: TransferOptions): void {
    const line = limiter.measuredLine;
    if (line) void this.#store.saveLine(endpoint, line);
    else if (limiter.isLineOutdated) void this.#store.forgetLine(endpoint);
  }

  /** Another tab or an earlier visit may have stored parts that this upload doesn't know. */
  async #loadCheckpoint(run: Run, fingerprint: string, file: File, otherTabEnded: boolean): Promise<void> {
    const own = this.#multipart;
    const { store } = this.#host;
    const { isOutdated } = this.#checkpoints;
    let found = this.#mayHaveCheckpoint ? await run.wait(store.find(fingerprint, own?.uploadId)) : null;
    if (run.stop.signal.aborted) return;
    this.#mayHaveOthers ||= found !== null;
    this.#otherTabEnded = otherTabEnded && !found;
    const isOwn = own !== undefined && own.uploadId === found?.upload.uploadId;
    // The checkpoint of this upload wasn't saved yet.
    if (!isOwn && isOutdated) found = undefined;
    // A checkpoint that the page passed in may be for the same file under another key.
    const isSameUpload = !own || found?.upload.key === this.#key;
    // Meanwhile, another file of the list may have got the key of the checkpoint.
    if (found && isSameUpload && this.#host.reserveKey(this, found.upload.key)) {
      this.#host.announceChange();
      this.#checkpoints = new CheckpointWriter(this.#store, found.upload);
      if (isOwn) return mergeParts(own, found);
      this.#multipart = toMultipartUpload(found);
      const { fileName: name, lastModified } = found.upload;
      this.#multipart.metadataDiffers = hasOtherMetadata(file, { name, lastModified });
      this.#key = found.upload.key;
    } else {
      // Another tab or element may have completed the upload.
      const isGone = otherTabEnded || (found !== undefined && !isOwn && this.#checkpoints.isSaved);
      if (isGone && own) own.completeUnanswered = true;
      // If this upload had a saved checkpoint, it has been removed: the transfer saves a new one. If storage doesn't
      // answer, that is unknown.
      if (found !== undefined) this.#checkpoints = new CheckpointWriter(this.#store);
    }
  }

  /** Adds the settings of `objectOptions`, which is called once unless it fails. */
  async #addOwnOptions(options: TransferOptions, file: File, signal: AbortSignal): Promise<void> {
    const key = this.#key;
    if (this.#ownOptions?.file !== file || this.#ownOptions.key !== key) {
      const answer = this.#host.objectOptions(file, key);
      const asked = answer && { file, key, options: answer };
      this.#ownOptions = asked;
      answer?.catch(() => {
        if (this.#ownOptions === asked) this.#ownOptions = undefined;
      });
    }
    if (!this.#ownOptions) return;
    options.object = overrideOptions(options.object, await abortable(this.#ownOptions.options, signal));
    // The function of the page may have stopped the upload.
    signal.throwIfAborted();
  }

  async #transfer(
    run: Run,
    options: TransferOptions,
    identity: UploadIdentity,
    file: File,
  ): Promise<UploadEvent> {
    const key = this.#key;
    const { bucket } = options.location;
    if (this.#overwritesOwnObject) options.object.overwrite = true;
    if (this.#multipart && this.#multipart.bucket !== bucket) this.#multipart = undefined;
    const resumed = this.#multipart !== undefined;
    if (this.#multipart?.fromEarlierVisit) this.#duration = undefined;
    const field = this.#host.field();
    const subject: CheckpointSubject = {
      ...identity,
      bucket,
      key,
      fileName: file.name,
      fileType: file.type,
      fileSize: file.size,
      lastModified: file.lastModified,
      ...(this.#handle !== undefined && { handle: this.#handle }),
      ...(field && { field }),
    };

    run.transfer = new MultipartTransfer({
      file,
      key,
      options,
      multipart: this.#multipart,
      single: this.#single,
      otherTabEnded: this.#otherTabEnded,
      signal: run.stop.signal,
      host: {
        onBeforeStart: (bytesKept) => this.#host.onBeforeStart(this, resumed, bytesKept),
        onMultipart: async (multipart) => {
          this.#multipart = multipart;
          if (multipart) {
            this.#savedIdentity = identity;
            await run.wait(this.#checkpoints.save(this.#checkpointId, subject, multipart));
          } else {
            this.#removeCheckpoint();
            this.#dispatch({ type: 'restart' });
          }
        },
        onCompleting: async () => {
          this.#dispatch({ type: 'complete', progress: this.#progress(file.size, file.size) });
          await run.wait(this.#checkpoints.markCompleting());
        },
        onEvent: (event) => this.#onTransferEvent(event, options),
      },
    });
    const stored = await run.transfer.run().finally(() => this.#saveLine(options));
    // A tab that waits for this one must not find a checkpoint once the lock is released.
    this.#removeCheckpoint();
    const duration = stored.reused ? undefined : this.#durationSoFar;
    return { type: 'succeed', result: this.#result(bucket, stored), duration };
  }

  /** `undefined` if it isn't known, or if nothing was sent. */
  get #durationSoFar(): number | undefined {
    if (this.#duration === undefined) return undefined;
    const now = this.#host.env.now();
    // The device's clock may have been set back.
    const latest = isSending(this.#state) ? Math.max(0, now - this.#stateSince) : 0;
    return this.#duration + latest;
  }

  /** Whether the object was stored with other bytes than the file has, and no parts are kept. */
  get #isDamaged(): boolean {
    return this.#overwritesOwnObject && !this.#multipart;
  }

  #onTransferEvent(event: TransferEvent, options: TransferOptions): void {
    switch (event.type) {
      case 'progress':
        return this.#onProgress(event, options);
      case 'part': {
        const { part, attempt } = event;
        const { number, etag } = part;
        this.#checkpoints.addPart(part);
        return this.#host.emit({ type: 'part', upload: this, part: { number, etag }, attempt });
      }
      case 'retry': {
        const { attempt, delay, error } = event;
        return this.#host.emit({ type: 'retry', upload: this, attempt, delay, error });
      }
      case 'waiting':
        this.#dispatch({ type: 'wait', ...event.wait });
        return;
      case 'continue':
        this.#dispatch({ type: 'continue' });
        // The wait must not lower the throughput.
        this.#measure(options);
        return;
      case 'incomplete':
        this.#dispatch({ type: 'restart' });
        return;
      case 'damaged':
        // The next run starts over, and may overwrite the object because this upload created it.
        this.#overwritesOwnObject = true;
        this.#multipart = undefined;
        this.#removeCheckpoint();
        return;
      default:
        event satisfies never;
    }
  }

  #onProgress({ loaded, stored, isBuffered }: SentBytes, options: TransferOptions): void {
    this.#isBuffered = isBuffered;
    const progress = this.#progress(loaded, stored);
    if (this.#state.status === 'preparing') {
      this.#dispatch({ type: 'send', progress });
      return this.#measure(options);
    }
    const time = options.env.now();
    this.#throughput.add(time, progress);
    const estimate = this.#throughput.estimate(time, progress, isBuffered);
    this.#dispatch({ type: 'progress', progress: { ...progress, ...estimate } });
  }

  /** Starts to measure the throughput. */
  #measure({ env }: TransferOptions): void {
    this.#throughput.reset(env.now(), this.#state.progress);
  }

  #result(bucket: string, stored: TransferResult): UploadResult {
    const { etag, url, verified, unverifiedReason, callback, versionId, reused } = stored;
    return { bucket, key: this.#key, etag, url, verified, unverifiedReason, versionId, reused, callback };
  }

  get #identity(): UploadIdentity | undefined {
    return this.#savedIdentity ?? (this.#file && this.#identify(this.#file));
  }

  #identify(file: File): UploadIdentity {
    const identity = this.#host.identify(file, this.#requestedKey ?? this.#key);
    const saved = this.#savedIdentity;
    return saved?.destination === identity.destination ? saved : identity;
  }

  /** @param loaded bytes sent @param stored bytes acknowledged */
  #progress(loaded: number, stored = loaded): Progress {
    return progressOf(loaded, stored, this.#fileSize ?? 0);
  }

  #stopRun(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.stop.abort(stopped);
  }

  async #abortAtOss({ uploadId, key }: Pick<StoredUpload, 'uploadId' | 'key'>): Promise<void> {
    try {
      const { location, openGateway } = this.#host.transferOptions();
      const signal = this.#ownership;
      signal.throwIfAborted();
      const gateway = await openGateway({ ...location, key }, { signal });
      await gateway.abortUpload(uploadId, { signal });
    } catch {
      // Many sites don't grant oss:AbortMultipartUpload. A lifecycle rule of the bucket removes the parts then.
    }
  }

  /** Claims the upload while it runs or has stored parts, and releases it otherwise. */
  #updateClaim(newName?: string): void {
    // `#settle` releases the claim, and must not find another one of this upload.
    if (this.#settling) return;
    if (!this.#needsClaim) return this.#releaseClaim();
    const name = newName ?? this.#claimName;
    if (this.#claim?.name === name) return;
    this.#releaseClaim();
    const claim = () => this.#host.locks.claim(name).catch(() => () => {});
    const granted = this.#deleting ? this.#deleting.then(claim) : claim();
    this.#claim = { name, granted };
    if (this.#multipart) void granted.then(() => this.#host.announceChange());
  }

  /** The name under which this upload is or would be claimed. */
  get #claimName(): string {
    return this.#claim?.name ?? lockNameOf(this.fingerprint);
  }

  #releaseClaim(): void {
    const claim = this.#claim;
    this.#claim = undefined;
    if (claim) this.#released = Promise.all([this.#released, claim.granted.then((release) => release())]);
  }

  /** Whether other tabs and elements must not continue or discard the upload. */
  get #needsClaim(): boolean {
    if (this.#ownership.aborted) return false;
    if (isActive(this.#state)) return true;
    if (this.#isAvailable || !this.#multipart) return false;
    return ['ready', 'paused', 'failed'].includes(this.#state.status) || this.#beforeCancel !== undefined;
  }

  /** Whether a checkpoint may be saved. A file that is always sent in a single request has none, unless the page made one. */
  get #mayHaveCheckpoint(): boolean {
    const isSingleRequest = this.#fileSize !== undefined && this.#fileSize <= MIN_PART_SIZE;
    return !isSingleRequest || this.#multipart !== undefined || this.#savedIdentity !== undefined;
  }

  /** The only place where the state changes. @returns whether it did */
  #dispatch(event: UploadEvent): boolean {
    const from = this.#state;
    const to = reduce(from, event);
    if (to === from) return false;
    if (from.status !== to.status) {
      this.#duration = this.#durationSoFar;
      this.#stateSince = this.#host.env.now();
    }
    this.#state = to;
    if (from.status !== to.status) this.#updateClaim();
    if (event.type === 'progress') {
      this.#host.emit({ type: 'progress', upload: this, progress: to.progress });
    } else {
      this.#host.emit({ type: 'state', upload: this, from, to });
    }
    return true;
  }
}

function isSending({ status }: UploadState): boolean {
  return status === 'uploading' || status === 'completing';
}

/** Whether a file has another date or name form than the one whose parts are stored. */
function hasOtherMetadata(file: File, expected: { name: string; lastModified: number | undefined }): boolean {
  return file.name !== expected.name || file.lastModified !== expected.lastModified;
}
