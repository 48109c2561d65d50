/** A list of uploads, with their options, queue and total progress. */

import { parseCheckpoint } from './checkpoints/checkpoint.js';
import { destinationOf, fingerprintOf, type Destination } from './checkpoints/fingerprint.js';
import { ResilientStore } from './checkpoints/resilient-store.js';
import { UploadError, type ErrorTexts } from './errors.js';
import { isFile } from './guards.js';
import { checkObjectKey, makeObjectKey, type ObjectKey } from './object-key.js';
import type {
  BucketLocation,
  CheckpointStore,
  Checksum,
  Environment,
  Locks,
  ObjectOptions,
  OpenGateway,
} from './ports.js';
import { resilientLocks } from './resilient-locks.js';
import { DEFAULT_RETRIES, type TransferOptions } from './transfer/multipart-transfer.js';
import { TransferRate } from './transfer/transfer-rate.js';
import { Upload, type StoredFile, type UploadHost, type UploadUpdate } from './upload.js';
import { isActive, isQueued, type Progress, type UploadState } from './upload-state.js';
import { SummaryCounter, type UploadSummary } from './upload-summary.js';

type PartialLocation = { [Name in keyof BucketLocation]?: BucketLocation[Name] | undefined };

/** Options of an {@link Uploader}. They may change at any time; each transfer reads them when it starts. */
export interface UploaderOptions extends PartialLocation, ObjectOptions {
  /** Template or function for object keys. Default `{name}`. */
  objectKey?: ObjectKey | undefined;
  /** Part size in bytes. Raised if the file would need more than 10,000 parts. Default `auto`. */
  partSize?: number | 'auto' | undefined;
  /** Parts of one file that are sent in parallel. Default `auto`. */
  parallel?: number | 'auto' | undefined;
  /** Files that are uploaded in parallel. Default 2. */
  concurrentFiles?: number | undefined;
  /** Consecutive failures without progress before an upload fails. Default 5. */
  retries?: number | undefined;
  /** Whether checkpoints are not saved in the browser. */
  noResume?: boolean | undefined;
  /** Separates the saved checkpoints of users who share a browser. */
  resumeScope?: string | undefined;
  /** Whether checksums are not compared. */
  noVerify?: boolean | undefined;
  /** Called when checkpoints can't be saved, for example because storage is full or blocked. */
  onPersistenceError?: ((cause: unknown) => void) | undefined;
  /** Called when checkpoints can be saved again, and all are saved. */
  onPersistenceRestored?: (() => void) | undefined;
  /** Texts of errors in the user's language. Default English. */
  errorTexts?: ErrorTexts | undefined;
  /** Called before an upload sends its first byte, each time it starts or resumes. Return `false` to prevent that. */
  onBeforeStart?: ((upload: Upload, resumed: boolean, bytesKept: number) => boolean) | undefined;
}

/** Options, or a function that returns the current ones. */
export type OptionsSource<Options> = Options | (() => Options);

/** What an {@link Uploader} uses to reach OSS and the browser. */
export interface UploaderPorts {
  openGateway: OpenGateway;
  env: Environment;
  /** Computes checksums. Without it, objects are not verified. */
  checksum?: Checksum | undefined;
  /** Saves checkpoints. Without it, uploads don't survive a reload. */
  store?: CheckpointStore | undefined;
  /** Keeps tabs from sending the same upload twice. */
  locks?: Locks | undefined;
  /**
   * Opens a file by its handle. Resolves with `undefined` if access is denied or the file is gone. Calls `onPrompt` when
   * it asks the user for permission.
   */
  openHandle?: ((handle: unknown, onPrompt: () => void) => Promise<File | undefined>) | undefined;
}

/** What an {@link Uploader} reports to its subscribers. */
export type UploaderEvent =
  /** The upload was added to the list. */
  | { type: 'add'; upload: Upload }
  /** The upload was removed from the list. */
  | { type: 'remove'; upload: Upload }
  | UploadUpdate;

const noLocks: Locks = {
  acquire: () => Promise.resolve(() => {}),
  isHeld: () => Promise.resolve(false),
};

const DEFAULT_OBJECT_KEY = '{name}';
const DEFAULT_CONCURRENT_FILES = 2;

/**
 * Uploads files to OSS.
 *
 * Commands take the IDs of uploads. Without IDs they apply to every upload in the list.
 *
 * @example
 * const upload = uploader.add(file, await uploader.keyFor(file));
 * uploader.subscribe((event) => console.log(event.type, event.upload.state.status));
 * uploader.start();
 */
export class Uploader {
  readonly #getOptions: () => UploaderOptions;
  readonly #ports: UploaderPorts;
  readonly #listeners = new Set<(event: UploaderEvent) => void>();
  readonly #uploads = new Map<string, Upload>();
  /** Uploads that an earlier visit started. */
  readonly #restored = new Set<Upload>();
  /** Queued uploads in the order in which they start. Updated with each state. */
  readonly #queue = new Set<Upload>();
  /** Uploads that count towards `concurrentFiles`. Updated with each state. */
  readonly #running = new Set<Upload>();
  readonly #summary = new SummaryCounter();
  readonly #rate = new TransferRate();
  /** Bytes sent since the page was loaded, of all files. */
  #bytesSent = 0;
  readonly #host: UploadHost;
  #list: readonly Upload[] | undefined;
  /** Whether several uploads are being changed. Meanwhile no queued upload starts. */
  #isHoldingQueue = false;

  /** @param options an object, or a function that returns the current options; read whenever they are needed */
  constructor(options: OptionsSource<UploaderOptions>, ports: UploaderPorts) {
    this.#getOptions = typeof options === 'function' ? options : () => options;
    this.#ports = ports;
    this.#host = {
      env: ports.env,
      store: new ResilientStore(() => (this.options.noResume ? undefined : ports.store), ports.env, {
        // An error that a callback throws is reported as uncaught, and doesn't count as a failure of the store.
        onFailure: (cause) => queueMicrotask(() => this.options.onPersistenceError?.(cause)),
        onRecovery: () => queueMicrotask(() => this.options.onPersistenceRestored?.()),
      }),
      locks: resilientLocks(ports.locks ?? noLocks, ports.env),
      openHandle: async (...args) => ports.openHandle?.(...args),
      transferOptions: () => this.#transferOptions(),
      identify: (file, key) => ({
        fingerprint: fingerprintOf(file, this.#destination, key),
        destination: destinationOf(this.#destination),
      }),
      localize: (error) => this.#localize(error),
      onBeforeStart: (...args) => this.options.onBeforeStart?.(...args) ?? true,
      emit: (event) => this.#onUpdate(event),
    };
  }

  /** The current options. Read only: modify the object that you passed, or pass a function. */
  get options(): UploaderOptions {
    return this.#getOptions();
  }

  /** All uploads, in the order in which they were added. A new array after each change. */
  get uploads(): readonly Upload[] {
    return (this.#list ??= [...this.#uploads.values()]);
  }

  /** Returns the upload with this ID, if it is in the list. */
  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }

  /** Counts and total progress of all uploads, except cancelled and resumable ones. */
  get summary(): UploadSummary {
    return { ...this.#summary.counts, progress: this.progress };
  }

  /** Total progress of all uploads, except cancelled and resumable ones. */
  get progress(): Progress {
    const progress = this.#summary.progress;
    const bytesPerSecond = this.#isSending() ? this.#rate.bytesPerSecond(this.#ports.env.now()) : undefined;
    if (!bytesPerSecond) return progress;
    return { ...progress, bytesPerSecond, secondsLeft: (progress.total - progress.loaded) / bytesPerSecond };
  }

  /** Calls `listener` on every event. Returns a function that unsubscribes it. */
  subscribe(listener: (event: UploaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Returns the object key for a file. @throws UploadError `key-invalid` */
  async keyFor(file: File): Promise<string> {
    const key = await makeObjectKey(this.#destination.objectKey, file, this.#ports.env.now());
    return this.#localizing(() => {
      checkObjectKey(key);
      return key;
    });
  }

  /**
   * Adds a file, which is uploaded after `start()`. If it is the file of a resumable upload, that upload is returned
   * instead, and continues after `resume()`.
   *
   * @param key from {@link keyFor}
   * @param handle opens the file again after a reload, in browsers with File System Access
   */
  add(file: File, key: string, handle?: unknown): Upload {
    const resumable = this.findResumable(file, key);
    if (resumable) {
      resumable.attach(file, handle);
      return resumable;
    }
    return this.#add(new Upload({ file, key, handle }, this.#host));
  }

  /** Uploads of earlier visits that wait for their files. */
  get resumable(): Upload[] {
    return [...this.#restored].filter(({ state }) => state.status === 'resumable');
  }

  /** Returns the resumable upload that waits for this file. @param key from {@link keyFor} */
  findResumable(file: File, key: string): Upload | undefined {
    const { resumable } = this;
    if (resumable.length === 0) return undefined;
    const fingerprint = this.fingerprintOf(file, key);
    return resumable.find((upload) => upload.fingerprint === fingerprint);
  }

  /** Returns a string that is equal for the same file at the same destination. @param key from {@link keyFor} */
  fingerprintOf(file: File, key: string): string {
    return this.#host.identify(file, key).fingerprint;
  }

  /**
   * Attaches the file to a resumable upload, or replaces the unreadable file of a failed one.
   *
   * @throws UploadError `file-changed` if the size or date differs, `checkpoint-mismatch` if the name differs
   */
  attach(id: string, file: File, handle?: unknown): void {
    this.get(id)?.attach(file, handle);
  }

  /**
   * Adds the unfinished uploads of earlier visits to the current destination, and removes resumable uploads to other
   * destinations. Skips uploads that another tab is sending.
   *
   * @returns the added uploads
   */
  async restore(): Promise<Upload[]> {
    const destination = destinationOf(this.#destination);
    this.#remove(this.uploads.filter((upload) => this.#isForOtherDestination(upload)));
    const all = (await this.#host.store.list()) ?? [];
    const ours = all.filter(({ upload }) => upload.destination === destination);
    const busy = await Promise.all(ours.map(({ upload }) => this.#host.locks.isHeld(upload.fingerprint)));
    // The destination may have changed meanwhile, and a concurrent call may have found the same uploads.
    if (destination !== destinationOf(this.#destination)) return [];
    const known = new Set(this.uploads.map(({ fingerprint }) => fingerprint));
    const found = ours.filter(({ upload }, index) => !busy[index] && !known.has(upload.fingerprint));
    return found.map((checkpoint) => {
      const upload = new Upload(checkpoint, this.#host);
      this.#restored.add(upload);
      return this.#add(upload);
    });
  }

  /**
   * Adds an upload from a checkpoint that ali-oss or an earlier visit made. It continues after `resume()`.
   *
   * @param checkpoint in the shape of ali-oss
   * @param file the file, if the checkpoint doesn't hold it
   * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged or belongs to another file; `file-changed` if
   *   the file's date differs from the one that an earlier visit saved
   */
  addFrom(checkpoint: unknown, file?: File): Upload {
    return this.#localizing(() => {
      const parsed = parseCheckpoint(checkpoint);
      const content = file ?? parsed.file;
      if (!content) throw new UploadError('checkpoint-mismatch', { values: { field: 'file' } });
      if (parsed.fileSize !== content.size) {
        throw new UploadError('checkpoint-mismatch', { values: { field: 'fileSize' } });
      }
      const named = isFile(content) ? content : new File([content], parsed.name, { type: content.type });
      const resumable = this.resumable.find(({ checkpoint }) => checkpoint?.uploadId === parsed.uploadId);
      if (resumable && named === content) {
        resumable.attach(named);
        return resumable;
      }
      const upload = this.#add(new Upload({ file: named, key: parsed.name }, this.#host));
      upload.adopt(parsed, this.options.bucket ?? '');
      return upload;
    });
  }

  /** Adds a file that is stored already, so that a restored form shows and submits it. */
  addStored(file: StoredFile): Upload {
    return this.#add(new Upload(file, this.#host));
  }

  /** Starts uploads that have not started, at most `concurrentFiles` in parallel. The others are queued. */
  start(ids?: Iterable<string>): void {
    this.#enqueue(this.#select(ids), 'ready');
  }

  /** Pauses active uploads and removes queued ones from the queue. Completed parts are kept. */
  pause(ids?: Iterable<string>): void {
    const uploads = this.#select(ids);
    this.#holdQueue(() => {
      for (const upload of uploads) upload.dequeue();
      for (const upload of uploads) upload.pause();
    });
  }

  /** Resumes paused uploads and ends waits. A resumable upload is resumed only by its ID. */
  resume(ids?: Iterable<string>): void {
    for (const upload of this.#select(ids)) {
      const { status } = upload.state;
      if (status === 'waiting' || (status === 'resumable' && ids)) upload.resume();
    }
    this.#enqueue(this.#select(ids), 'paused');
  }

  /** Retries failed uploads and ends waits. */
  retry(ids?: Iterable<string>): void {
    for (const upload of this.#select(ids)) if (upload.state.status === 'waiting') upload.retry();
    this.#enqueue(this.#select(ids), 'failed');
  }

  /**
   * Cancels all unfinished uploads, except resumable ones, which are cancelled only by their IDs.
   * Resolves when OSS has removed their parts, if the RAM policy allows it.
   */
  async cancel(ids?: Iterable<string>): Promise<void> {
    const uploads = this.#select(ids).filter(({ state }) => ids || state.status !== 'resumable');
    await Promise.all(this.#holdQueue(() => uploads.map((upload) => upload.cancel())));
  }

  /**
   * Removes uploads from the list. Unfinished ones are cancelled.
   * Resolves when OSS has removed their parts, if the RAM policy allows it.
   */
  async remove(ids: Iterable<string>): Promise<void> {
    const uploads = this.#select(ids);
    this.#remove(uploads);
    await Promise.all(
      uploads.map((upload) => (hasParts(upload.state) ? upload.cancel() : Promise.resolve())),
    );
  }

  /** Removes succeeded and cancelled uploads from the list. */
  clear(): void {
    this.#remove(this.uploads.filter(({ state }) => ['succeeded', 'cancelled'].includes(state.status)));
  }

  /**
   * Removes all uploads from the list except resumable ones. Stored parts are kept and found again by {@link restore}; if
   * checkpoints are not saved, the uploads are cancelled. Resolves when no transfer is running.
   */
  async reset(): Promise<void> {
    const uploads = this.uploads.filter(({ state }) => state.status !== 'resumable');
    this.pause(uploads.map(({ id }) => id));
    this.#remove(uploads);
    const isSaved = this.#ports.store !== undefined && !this.options.noResume;
    await Promise.all(uploads.map((upload) => (isSaved ? upload.atRest : upload.cancel())));
  }

  /** Pauses everything. Returns a function that resumes what was active or queued. */
  suspend(): () => void {
    const active = this.uploads.filter(({ state }) => isActive(state));
    const suspended = [...active, ...this.#queue];
    this.pause();
    return () => this.#enqueue(suspended.filter((upload) => this.#isListed(upload)));
  }

  /** Sets the texts of all errors in the list, after the language has changed. */
  localizeErrors(): void {
    for (const { state } of this.uploads) if ('error' in state && state.error) this.#localize(state.error);
  }

  #select(ids?: Iterable<string>): Upload[] {
    if (!ids) return [...this.uploads];
    return [...ids].map((id) => this.get(id)).filter((upload) => upload !== undefined);
  }

  #add(upload: Upload): Upload {
    this.#uploads.set(upload.id, upload);
    this.#list = undefined;
    this.#summary.update(upload.id, upload.state);
    this.#emit({ type: 'add', upload });
    return upload;
  }

  #remove(uploads: readonly Upload[]): void {
    for (const upload of uploads) {
      this.#uploads.delete(upload.id);
      this.#restored.delete(upload);
      this.#queue.delete(upload);
      this.#summary.update(upload.id, undefined);
    }
    this.#list = undefined;
    for (const upload of uploads) this.#emit({ type: 'remove', upload });
  }

  /** Queues uploads and starts as many as there is room for. @param status only uploads with this status */
  #enqueue(uploads: Iterable<Upload>, status?: UploadState['status']): void {
    this.#holdQueue(() => {
      for (const upload of uploads) if (!status || upload.state.status === status) upload.enqueue();
    });
  }

  /** Runs a change of several uploads, and starts queued ones only afterwards. */
  #holdQueue<T>(change: () => T): T {
    const wasHolding = this.#isHoldingQueue;
    this.#isHoldingQueue = true;
    try {
      return change();
    } finally {
      this.#isHoldingQueue = wasHolding;
      this.#startNext();
    }
  }

  /** Not reentrant, so that uploads start in the order of the queue. */
  #startNext(): void {
    if (this.#isHoldingQueue) return;
    this.#isHoldingQueue = true;
    for (const upload of this.#queue) {
      if (!this.#hasRoom) break;
      startUpload(upload);
    }
    this.#isHoldingQueue = false;
  }

  /** Whether this upload is in the list. A restored upload has the ID of the removed one that it continues. */
  #isListed(upload: Upload): boolean {
    return this.get(upload.id) === upload;
  }

  get #hasRoom(): boolean {
    return this.#running.size < (this.options.concurrentFiles ?? DEFAULT_CONCURRENT_FILES);
  }

  /** Whether any upload is sending bytes. @param except an upload that doesn't count */
  #isSending(except?: Upload): boolean {
    return [...this.#running].some((upload) => upload !== except && upload.state.status === 'uploading');
  }

  #onUpdate(event: UploadUpdate): void {
    const { upload } = event;
    if (event.type === 'state') {
      this.#measureState(upload, event.to);
      this.#follow(upload, event.to);
      if ('error' in event.to && event.to.error) this.#localize(event.to.error);
    } else if (event.type === 'progress') {
      this.#measureProgress(upload, event.progress);
    } else if (event.type === 'retry') {
      this.#localize(event.error);
    }
    if (event.type !== 'part' && this.#isListed(upload)) {
      this.#summary.update(upload.id, upload.state);
    }
    this.#emit(event);
    if (event.type === 'state') this.#startNext();
  }

  /** Updates the queue and the running uploads after a state change. */
  #follow(upload: Upload, state: UploadState): void {
    if (takesRoom(state)) this.#running.add(upload);
    else this.#running.delete(upload);
    if (isQueued(state) && this.#isListed(upload)) this.#queue.add(upload);
    else this.#queue.delete(upload);
  }

  #measureState(upload: Upload, to: UploadState): void {
    // Time without sending must not lower the throughput.
    const isFirst = to.status === 'uploading' && !this.#isSending(upload);
    if (isFirst) this.#rate.reset(this.#ports.env.now(), this.#bytesSent);
  }

  #measureProgress(upload: Upload, { loaded }: Progress): void {
    const known = this.#isListed(upload) ? this.#summary.loadedOf(upload.id) : undefined;
    this.#bytesSent += Math.max(0, loaded - (known ?? loaded));
    this.#rate.add(this.#ports.env.now(), this.#bytesSent);
  }

  #emit(event: UploaderEvent): void {
    for (const listener of this.#listeners) notify(listener, event);
  }

  /** The only place where errors get texts in the user's language. */
  #localize(error: UploadError): UploadError {
    const { errorTexts } = this.options;
    return errorTexts ? error.describe(errorTexts) : error;
  }

  #localizing<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw error instanceof UploadError ? this.#localize(error) : error;
    }
  }

  #isForOtherDestination({ state, destination }: Upload): boolean {
    if (state.status !== 'resumable') return false;
    return Boolean(this.options.noResume) || destination !== destinationOf(this.#destination);
  }

  get #destination(): Destination {
    const { bucket = '', objectKey = DEFAULT_OBJECT_KEY, resumeScope = '' } = this.options;
    return { bucket, objectKey, scope: resumeScope };
  }

  #transferOptions(): TransferOptions {
    const { region, bucket, endpoint, cname, pathStyle } = this.options;
    if (!region) throw new UploadError('region-missing');
    if (!bucket) throw new UploadError('bucket-missing');
    const { contentType, overwrite, headers, meta, tags, storageClass, callback } = this.options;
    const { partSize = 'auto', parallel = 'auto', retries = DEFAULT_RETRIES, noVerify } = this.options;
    const { openGateway, env, checksum } = this.#ports;
    return {
      location: { region, bucket, endpoint, cname, pathStyle },
      object: {
        overwrite,
        headers,
        meta,
        tags,
        storageClass,
        callback,
        ...(contentType !== undefined && { contentType }),
      },
      partSize,
      parallel,
      retries,
      openGateway,
      env,
      ...(!noVerify && { checksum }),
    };
  }
}

/** Starts, resumes or retries, depending on the state. */
function startUpload(upload: Upload): void {
  switch (upload.state.status) {
    case 'ready':
      return upload.start();
    case 'paused':
      return upload.resume();
    case 'failed':
      return upload.retry();
    default:
    // It has started on its own, or has ended.
  }
}

/** Calls a listener. An error that it throws is reported as uncaught, and doesn't fail the upload. */
function notify(listener: (event: UploaderEvent) => void, event: UploaderEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Whether an upload counts towards `concurrentFiles`. Waiting for another tab, perhaps for hours, doesn't count. */
function takesRoom(state: UploadState): boolean {
  return isActive(state) && !(state.status === 'waiting' && state.reason === 'other-tab');
}

/** Whether OSS may hold parts of the upload. */
function hasParts(state: UploadState): boolean {
  return isActive(state) || ['paused', 'failed', 'resumable'].includes(state.status);
}
