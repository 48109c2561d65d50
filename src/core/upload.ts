/**
 * One file on its way to one object: its state, its controls, and what it remembers between runs.
 * Knows nothing of the DOM, the SDK or the other files.
 */

import type { Checkpoint } from './checkpoints/checkpoint.js';
import { UploadError } from './errors.js';
import type { ResilientStore } from './checkpoints/resilient-store.js';
import { PartTracker } from './transfer/part-tracker.js';
import type { DonePart, Locks, StoredCheckpoint, StoredUpload } from './ports.js';
import { randomUuid } from './random-uuid.js';
import { TransferRate } from './transfer/transfer-rate.js';
import {
  mergeParts,
  toMultipartUpload,
  CheckpointWriter,
  type CheckpointSubject,
} from './checkpoints/checkpoint-writer.js';
import {
  StartPrevented,
  MultipartTransfer,
  type MultipartUpload,
  type TransferOptions,
  type TransferResult,
} from './transfer/multipart-transfer.js';
import {
  isActive,
  noProgress,
  reduce,
  type Progress,
  type UploadEvent,
  type UploadResult,
  type UploadState,
} from './upload-state.js';

/** What an upload tells. */
export type UploaderEvent =
  | { type: 'state'; upload: Upload; from: UploadState; to: UploadState }
  | { type: 'progress'; upload: Upload; progress: Progress }
  | { type: 'part'; upload: Upload; part: DonePart; attempt: number }
  | { type: 'retry'; upload: Upload; attempt: number; delay: number; error: UploadError };

/** What an upload asks of those who hold it. */
export interface UploadHost {
  memory: ResilientStore;
  locks: Locks;
  /** Opens a file by the handle that was remembered. @returns `undefined` where that is not allowed, or it is gone */
  openHandle(handle: unknown): Promise<File | undefined>;
  /** As they are set now: each run reads them anew. @throws UploadError where one is missing or can't be used */
  transferOptions(): TransferOptions;
  /** Where the file goes, as it is set now. */
  identify(file: File, key: string): { fingerprint: string; destination: string };
  /** @returns `false` where the upload must not begin */
  onBeforeStart(upload: Upload, resumed: boolean, bytesKept: number): boolean;
  notify(notice: UploaderEvent): void;
  /** Puts the error into the person's language. */
  describe(error: UploadError): UploadError;
}

/** A file that is stored already: what is known of it when its own page has gone. */
export interface StoredFile {
  fileName: string;
  /** Bytes. */
  fileSize: number;
  result: UploadResult;
}

/** What is uploaded: a file with its key, what an earlier visit remembered, or what it has stored. */
export type UploadSubject = { file: File; key: string; handle?: unknown } | StoredCheckpoint | StoredFile;

interface Run {
  stop: AbortController;
  work?: MultipartTransfer;
}

/** Why a run was ended by its upload. */
const stopped = new Error('The upload was stopped.');

export class Upload {
  /** Unique within the page; that of an upload from an earlier visit stays the same. */
  readonly id: string;
  readonly fileName: string;
  readonly #host: UploadHost;
  readonly #rate = new TransferRate();
  /** What an earlier visit knew of the file. */
  #wanted?: StoredUpload;
  #file?: File;
  #fileSize: number;
  #key: string;
  #handle: unknown;
  #state: UploadState;
  #multipart?: MultipartUpload;
  #record: CheckpointWriter;
  #run?: Run;
  #working: Promise<void> = Promise.resolve();
  /** Whether this upload left a damaged object behind. */
  #replacesOwn = false;

  constructor(subject: UploadSubject, host: UploadHost) {
    this.#host = host;
    if ('file' in subject) {
      const { file, key, handle } = subject;
      this.id = randomUuid();
      this.fileName = file.name;
      this.#fileSize = file.size;
      this.#file = file;
      this.#key = key;
      this.#handle = handle;
      this.#record = new CheckpointWriter(host.memory);
      this.#state = { status: 'ready', progress: noProgress(file.size) };
    } else if ('result' in subject) {
      const { fileName, fileSize, result } = subject;
      this.id = randomUuid();
      this.fileName = fileName;
      this.#fileSize = fileSize;
      this.#key = result.key;
      this.#record = new CheckpointWriter(host.memory);
      this.#state = { status: 'succeeded', progress: this.#progress(fileSize), result };
    } else {
      const { upload } = subject;
      this.id = upload.id;
      this.fileName = upload.fileName;
      this.#fileSize = upload.fileSize;
      this.#wanted = upload;
      this.#key = upload.key;
      this.#handle = upload.handle;
      this.#record = new CheckpointWriter(host.memory, upload);
      this.#multipart = toMultipartUpload(subject);
      const progress = this.#progress(this.#multipart.tracker.loaded);
      this.#state = { status: 'resumable', progress, savedAt: upload.savedAt };
    }
  }

  /** `undefined` while an upload of an earlier visit waits for its file, and of one that another page has stored. */
  get file(): File | undefined {
    return this.#file;
  }

  /** Bytes. */
  get fileSize(): number {
    return this.#fileSize;
  }

  /** The object key. */
  get key(): string {
    return this.#key;
  }

  get state(): UploadState {
    return this.#state;
  }

  /** Tells uploads of the same file to the same place; of an earlier visit's, what it was then. */
  get fingerprint(): string {
    return this.#wanted?.fingerprint ?? this.#identified?.fingerprint ?? this.id;
  }

  /** Tells destinations apart; see `fingerprint.ts`. Of an upload of an earlier visit, what it was then. */
  get destination(): string {
    return this.#wanted?.destination ?? this.#identified?.destination ?? '';
  }

  /** Whether an upload of an earlier visit can go on without the file being picked again. */
  get canReopen(): boolean {
    return this.#state.status === 'resumable' && this.#handle !== undefined;
  }

  /** What has arrived, in the shape of ali-oss; `undefined` before OSS has given an upload id. */
  get checkpoint(): Checkpoint | undefined {
    if (!this.#multipart) return undefined;
    const { uploadId, tracker } = this.#multipart;
    const { fileSize, partSize, doneParts } = tracker;
    const file = this.#file && { file: this.#file };
    return { ...file, name: this.#key, fileSize, partSize, uploadId, doneParts };
  }

  /** Goes on from a checkpoint of this file at the next `resume`. To be called before the first start. */
  adopt(checkpoint: Checkpoint, bucket: string): void {
    const { fileSize, partSize, uploadId, doneParts } = checkpoint;
    const tracker = new PartTracker(fileSize, partSize, doneParts);
    this.#multipart = { bucket, uploadId, tracker, completeUnanswered: false };
    this.#setState({ status: 'paused', progress: this.#progress(tracker.loaded) });
  }

  /**
   * Gives an upload of an earlier visit its file back; it goes on at `resume`. Or gives one that has failed its file
   * anew, where that could not be read any more; it goes on at `retry`.
   *
   * @throws UploadError `file-changed` where the file has another size or date, `checkpoint-mismatch` where it has
   *   another name
   */
  attach(file: File, handle?: unknown): void {
    if (this.#state.status !== 'resumable' && this.#state.status !== 'failed') return;
    const { name, size, lastModified } = this.#identity;
    if (file.name !== name) throw this.#host.describe(new UploadError('checkpoint-mismatch'));
    if (file.size !== size || file.lastModified !== lastModified) {
      throw this.#host.describe(new UploadError('file-changed'));
    }
    this.#file = file;
    this.#handle = handle ?? this.#handle;
    this.#dispatch({ type: 'file-attached' });
  }

  /** Begins, where it has not begun. */
  start(): void {
    if (this.#state.status === 'ready') this.#begin();
  }

  /** Silences the line at once; every finished part is kept. */
  pause(): void {
    if (!this.#dispatch({ type: 'pause' })) return;
    this.#endRun();
  }

  /** Goes on where it paused; in a wait, goes on now; with a file of an earlier visit where it can be reopened. */
  resume(): void {
    switch (this.#state.status) {
      case 'waiting':
        return this.#run?.work?.retryNow();
      case 'paused':
        return this.#begin();
      case 'resumable':
        void this.#reopen();
        return;
      default:
    }
  }

  /** Tries again after a failure, with what has arrived kept; in a wait, tries now. */
  retry(): void {
    if (this.#state.status === 'waiting') this.#run?.work?.retryNow();
    else if (this.#state.status === 'cancelled') this.#begin();
    else if (this.#state.status === 'failed') {
      // The person has chosen to have the file as it is now.
      if (this.#state.error.code === 'file-changed') this.#startOver();
      this.#begin();
    }
  }

  /** Gives up and removes from OSS what has arrived, where that is allowed. Resolves when that is done. */
  async cancel(): Promise<void> {
    const waitsForTab = this.#state.status === 'waiting' && this.#state.reason === 'other-tab';
    const wasActive = isActive(this.#state);
    if (!this.#dispatch({ type: 'cancel' })) return;
    this.#endRun();
    const multipart = this.#multipart;
    this.#multipart = undefined;
    // What another tab is sending is not ours to remove.
    if (waitsForTab || (!wasActive && (await this.#isHeldElsewhere()))) return;
    this.#record.forget();
    if (multipart) await this.#tidyUp(multipart);
  }

  /** Whether another tab is busy with this, where no run of ours is under way. */
  async #isHeldElsewhere(): Promise<boolean> {
    await this.#working;
    return this.#host.locks.isHeld(this.fingerprint);
  }

  /** Resolves when no run is under way any more. */
  get atRest(): Promise<void> {
    return this.#working;
  }

  async #reopen(): Promise<void> {
    const file = this.#handle === undefined ? undefined : await this.#host.openHandle(this.#handle);
    if (this.#state.status !== 'resumable') return;
    try {
      if (file) this.attach(file);
    } catch (error) {
      const { progress } = this.#state;
      this.#file = file;
      this.#setState({ status: 'failed', progress, error: UploadError.from(error) });
      return;
    }
    if (file) return this.#begin();
    // The file must be picked after all.
    this.#handle = undefined;
    this.#setState({ ...this.#state });
  }

  #begin(): void {
    if (this.#run || !this.#dispatch({ type: 'start' })) return;
    const run: Run = { stop: new AbortController() };
    this.#run = run;
    this.#working = this.#work(run, this.#working);
  }

  /** @param last the run before, which may still hold the lock */
  async #work(run: Run, last: Promise<void>): Promise<void> {
    let event: UploadEvent;
    try {
      // The options may be wrong in a way that is told at once: whoever called `start` goes on first all the same.
      await last;
      event = await this.#perform(run);
    } catch (error) {
      event =
        error instanceof StartPrevented
          ? { type: 'start-prevented' }
          : { type: 'fail', error: this.#host.describe(UploadError.from(error)) };
    }
    // A run that was stopped has nothing to say any more.
    if (this.#run !== run) return;
    this.#run = undefined;
    if (event.type === 'succeed') this.#record.forget();
    this.#dispatch(event);
  }

  #startOver(): void {
    const multipart = this.#multipart;
    this.#multipart = undefined;
    this.#record.forget();
    this.#wanted = undefined;
    this.#fileSize = this.#file?.size ?? this.#fileSize;
    this.#state = { ...this.#state, progress: noProgress(this.fileSize) };
    if (multipart) void this.#tidyUp(multipart);
  }

  async #perform(run: Run): Promise<UploadEvent> {
    const { signal } = run.stop;
    signal.throwIfAborted();
    const options = this.#host.transferOptions();
    const { fingerprint, destination } = this.#host.identify(this.#file!, this.#key);
    const release = await this.#host.locks.acquire(fingerprint, signal, () => {
      if (this.#run === run) this.#dispatch({ type: 'wait', reason: 'other-tab' });
    });
    try {
      signal.throwIfAborted();
      await this.#loadStored(fingerprint, this.#state.status === 'waiting');
      signal.throwIfAborted();
      this.#dispatch({ type: 'continue' });
      return await this.#upload(run, options, { fingerprint, destination });
    } finally {
      await release();
    }
  }

  /** Another tab, or an earlier visit, may know more than this one. */
  async #loadStored(fingerprint: string, otherTabIsGone: boolean): Promise<void> {
    const remembered = await this.#host.memory.find(fingerprint);
    // A checkpoint of the page may be of the same file under another key.
    const isOurs = this.#multipart === undefined || remembered?.upload.key === this.#key;
    if (remembered && isOurs) {
      this.#record = new CheckpointWriter(this.#host.memory, remembered.upload);
      if (remembered.upload.uploadId === this.#multipart?.uploadId)
        return mergeParts(this.#multipart, remembered);
      this.#multipart = toMultipartUpload(remembered);
      this.#key = remembered.upload.key;
    } else {
      // Where one of this upload was written, it has been removed since: the run writes it anew.
      this.#record = new CheckpointWriter(this.#host.memory);
      // The other tab may have brought it to its end.
      if (otherTabIsGone && this.#multipart) this.#multipart.completeUnanswered = true;
    }
  }

  async #upload(
    run: Run,
    options: TransferOptions,
    identity: { fingerprint: string; destination: string },
  ): Promise<UploadEvent> {
    const file = this.#file!;
    const key = this.#key;
    const { bucket } = options.location;
    if (this.#replacesOwn) options.object.overwrite = true;
    if (this.#multipart && this.#multipart.bucket !== bucket) this.#multipart = undefined;
    const resumed = this.#multipart !== undefined;
    const current = () => this.#run === run;
    const subject: CheckpointSubject = {
      ...identity,
      bucket,
      key,
      fileName: file.name,
      fileType: file.type,
      fileSize: file.size,
      lastModified: file.lastModified,
      ...(this.#handle !== undefined && { handle: this.#handle }),
    };
    if (this.#multipart) void this.#record.begin(this.id, subject, this.#multipart);

    run.work = new MultipartTransfer({
      file,
      key,
      options,
      multipart: this.#multipart,
      signal: run.stop.signal,
      observer: {
        onBegin: (bytesKept) => this.#host.onBeforeStart(this, resumed, bytesKept) && current(),
        onMultipart: async (multipart) => {
          if (!current()) return;
          this.#multipart = multipart;
          if (multipart) {
            await this.#record.begin(this.id, subject, multipart);
          } else {
            this.#record.forget();
            this.#dispatch({ type: 'restart' });
          }
        },
        onProgress: (loaded) => {
          if (current()) this.#report(loaded, options);
        },
        onPartDone: (part, attempt) => {
          if (!current()) return;
          this.#record.addPart(part);
          const { number, etag } = part;
          this.#host.notify({ type: 'part', upload: this, part: { number, etag }, attempt });
        },
        onCompleting: async () => {
          if (!current()) return;
          this.#dispatch({ type: 'complete', progress: this.#progress(file.size) });
          await this.#record.completing();
        },
        onDamaged: () => {
          if (!current()) return;
          // What was sent is of no use: the next run begins anew, and may replace what is our own.
          this.#replacesOwn = true;
          this.#multipart = undefined;
          this.#record.forget();
        },
        onIncomplete: () => {
          if (current()) this.#dispatch({ type: 'restart' });
        },
        onRetry: (attempt, delay, error) => {
          if (!current()) return;
          this.#host.notify({
            type: 'retry',
            upload: this,
            attempt,
            delay,
            error: this.#host.describe(error),
          });
        },
        onAllWaiting: ({ reason, until, error }) => {
          if (current()) this.#dispatch({ type: 'wait', reason, until, error: this.#host.describe(error) });
        },
        onContinue: () => {
          if (!current()) return;
          // The wait is no part of the rate.
          this.#rate.reset(options.env.now(), this.#state.progress.loaded);
          this.#dispatch({ type: 'continue' });
        },
      },
    });
    const stored = await run.work.run();
    return { type: 'succeed', result: this.#result(bucket, stored) };
  }

  #result(bucket: string, { etag, url, verified, unverifiedReason, callback }: TransferResult): UploadResult {
    return { bucket, key: this.#key, etag, url, verified, unverifiedReason, callback };
  }

  #report(loaded: number, { env }: TransferOptions): void {
    const time = env.now();
    if (this.#state.status === 'preparing') {
      this.#rate.reset(time, loaded);
      this.#dispatch({ type: 'send', progress: this.#progress(loaded) });
      return;
    }
    this.#rate.add(time, loaded);
    const rate = this.#rate.bytesPerSecond(time);
    const bytesPerSecond = rate === undefined ? undefined : Math.max(0, rate);
    const secondsLeft = bytesPerSecond ? (this.fileSize - loaded) / bytesPerSecond : undefined;
    this.#dispatch({
      type: 'progress',
      progress: { ...this.#progress(loaded), bytesPerSecond, secondsLeft },
    });
  }

  get #identified(): { fingerprint: string; destination: string } | undefined {
    return this.#file && this.#host.identify(this.#file, this.#key);
  }

  get #identity(): { name: string; size: number; lastModified: number } {
    if (this.#file) return this.#file;
    const { fileName: name, fileSize: size, lastModified } = this.#wanted!;
    return { name, size, lastModified };
  }

  #progress(loaded: number): Progress {
    const total = this.fileSize;
    return { loaded, total, ratio: total === 0 ? 0 : loaded / total };
  }

  #endRun(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.stop.abort(stopped);
  }

  async #tidyUp({ uploadId }: MultipartUpload): Promise<void> {
    try {
      const { signal } = new AbortController();
      const { location, openGateway } = this.#host.transferOptions();
      const gateway = await openGateway({ ...location, key: this.#key }, { signal });
      await gateway.abortUpload(uploadId, { signal });
    } catch {
      // Many sites don't grant oss:AbortMultipartUpload; a lifecycle rule of the bucket cleans up then.
    }
  }

  /** @returns whether the event changed anything */
  #dispatch(event: UploadEvent): boolean {
    const state = reduce(this.#state, event);
    if (state === this.#state) return false;
    this.#setState(state);
    return true;
  }

  #setState(to: UploadState): void {
    const from = this.#state;
    this.#state = to;
    if (from.status === to.status && isActive(to) && to.status === 'uploading') {
      this.#host.notify({ type: 'progress', upload: this, progress: to.progress });
    } else {
      this.#host.notify({ type: 'state', upload: this, from, to });
    }
  }
}
