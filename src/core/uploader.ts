/**
 * Many files on their way: their options, their order, how many at once, their totals.
 */

import { parseCheckpoint } from './checkpoints/checkpoint.js';
import { errorTexts, type ErrorTexts } from './error-texts.js';
import { UploadError } from './errors.js';
import { destinationOf, fingerprintOf, type Destination } from './checkpoints/fingerprint.js';
import { ResilientStore } from './checkpoints/resilient-store.js';
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
import { TransferRate } from './transfer/transfer-rate.js';
import { Upload, type StoredFile, type UploadHost, type UploaderEvent } from './upload.js';
import { DEFAULT_RETRIES, type TransferOptions } from './transfer/multipart-transfer.js';
import { isActive, type Progress, type UploadState } from './upload-state.js';

/** What an {@link Uploader} is told. All of it may change at any time; each run of an upload reads it anew. */
export interface UploaderOptions extends Partial<BucketLocation>, ObjectOptions {
  /** Where a file is stored; a template or a function. Default `{name}`. */
  objectKey?: ObjectKey;
  /** Bytes; raised where 10,000 parts would not do. Default `auto`. */
  partSize?: number | 'auto';
  /** Parts of one file under way at once. Default `auto`. */
  parallel?: number | 'auto';
  /** Files under way at once. Default 2. */
  concurrentFiles?: number;
  /** Failures in a row without a byte moved before an upload gives up. Default 5. */
  retries?: number;
  /** Keep nothing for after a reload. */
  noResume?: boolean;
  /** Tells apart users who share a browser. */
  resumeScope?: string;
  /** Skip the comparison of checksums. */
  noVerify?: boolean;
  /** Called once when this browser can't keep anything for after a reload: its storage is full, or forbidden. */
  onPersistenceError?: (cause: unknown) => void;
  /** The texts of errors, in the person's language. Default English. */
  errorTexts?: ErrorTexts;
  /** Asked before the first byte of an upload leaves; `false` keeps it from beginning. */
  onBeforeStart?: (upload: Upload, resumed: boolean, bytesKept: number) => boolean;
}

/** What an {@link Uploader} is made of. */
export interface UploaderPorts {
  openGateway: OpenGateway;
  env: Environment;
  /** Without it nothing is verified. */
  checksum?: Checksum;
  /** Without it nothing is kept for after a reload. */
  store?: CheckpointStore;
  /** Without it tabs are not kept apart. */
  locks?: Locks;
  /** Opens a file by its handle. @returns `undefined` where that is not allowed, or the file is gone */
  openHandle?: (handle: unknown) => Promise<File | undefined>;
}

const noLocks: Locks = {
  acquire: () => Promise.resolve(() => {}),
  isHeld: () => Promise.resolve(false),
};

const DEFAULT_OBJECT_KEY = '{name}';
const DEFAULT_CONCURRENT_FILES = 2;

export class Uploader {
  /** Read by each run; see {@link UploaderOptions}. */
  options: UploaderOptions;
  readonly #ports: UploaderPorts;
  readonly #listeners = new Set<(notice: UploaderEvent) => void>();
  /** What is to begin, go on or be tried again as soon as there is room. */
  readonly #queue = new Set<Upload>();
  /** What takes up room. */
  readonly #active = new Set<Upload>();
  readonly #rate = new TransferRate();
  /** Bytes that have moved, of all files. */
  #moved = 0;
  readonly #loaded = new WeakMap<Upload, number>();
  readonly #host: UploadHost;
  readonly #uploads = new Set<Upload>();
  /** Those that an earlier visit began. */
  readonly #restored = new Set<Upload>();
  #snapshot?: readonly Upload[];

  constructor(options: UploaderOptions, ports: UploaderPorts) {
    this.options = options;
    this.#ports = ports;
    this.#host = {
      memory: new ResilientStore(
        () => (this.options.noResume ? undefined : ports.store),
        () => ports.env.now(),
        (cause) => this.options.onPersistenceError?.(cause),
      ),
      locks: ports.locks ?? noLocks,
      openHandle: (handle) => ports.openHandle?.(handle) ?? Promise.resolve(undefined),
      transferOptions: () => this.#transferOptions(),
      identify: (file, key) => ({
        fingerprint: fingerprintOf(file, this.#destinationParts, key),
        destination: destinationOf(this.#destinationParts),
      }),
      onBeforeStart: (upload, resumed, bytesKept) =>
        this.options.onBeforeStart?.(upload, resumed, bytesKept) ?? true,
      notify: (notice) => {
        this.#measure(notice);
        for (const listener of this.#listeners) tell(listener, notice);
        if (notice.type === 'state') this.#beginNext();
      },
      describe: (error) => error.describe((this.options.errorTexts ?? errorTexts)[error.code]),
    };
  }

  /** In the order in which they were added. A new array after each change. */
  get uploads(): readonly Upload[] {
    return (this.#snapshot ??= [...this.#uploads]);
  }

  /** Over all files but those that were cancelled, or still wait for their file. */
  get progress(): Progress {
    let loaded = 0;
    let total = 0;
    for (const { state } of this.#uploads) {
      if (state.status === 'cancelled' || state.status === 'resumable') continue;
      loaded += state.progress.loaded;
      total += state.progress.total;
    }
    const ratio = total === 0 ? 0 : loaded / total;
    const bytesPerSecond = this.#isMoving ? this.#rate.bytesPerSecond(this.#ports.env.now()) : undefined;
    return {
      loaded,
      total,
      ratio,
      ...(bytesPerSecond && { bytesPerSecond, secondsLeft: (total - loaded) / bytesPerSecond }),
    };
  }

  /** Hears of all that happens. @returns a function that ends it */
  subscribe(listener: (notice: UploaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The key that a file will have. @throws UploadError `key-invalid` */
  async keyFor(file: File): Promise<string> {
    const key = await makeObjectKey(this.#destinationParts.objectKey, file, this.#ports.env.now());
    checkObjectKey(key);
    return key;
  }

  /**
   * Takes a file in; it begins at `start`. Where it is the file of an upload of an earlier visit, that one is given
   * back, and goes on at `resume`.
   *
   * @param key from {@link keyFor}
   * @param handle by which the file can be opened again after a reload, where the browser has such
   */
  add(file: File, key: string, handle?: unknown): Upload {
    const earlier = this.findResumable(file, key);
    if (earlier) {
      earlier.attach(file, handle);
      return earlier;
    }
    return this.#take(new Upload({ file, key, handle }, this.#host));
  }

  /** Uploads of earlier visits that wait for their files. */
  get resumable(): Upload[] {
    return [...this.#restored].filter(({ state }) => state.status === 'resumable');
  }

  /** The upload of an earlier visit that waits for this file. @param key from {@link keyFor} */
  findResumable(file: File, key: string): Upload | undefined {
    const { resumable } = this;
    if (resumable.length === 0) return undefined;
    const fingerprint = this.fingerprintOf(file, key);
    return resumable.find((upload) => upload.fingerprint === fingerprint);
  }

  /** Equal for the same file on its way to the same place. @param key from {@link keyFor} */
  fingerprintOf(file: File, key: string): string {
    return this.#host.identify(file, key).fingerprint;
  }

  /**
   * Finds what earlier visits left unfinished on its way to the place that is set now, and takes it into `uploads`;
   * what waits for its file on its way to another place is taken off. What another tab is busy with is left to it.
   *
   * @returns those that are new
   */
  async restore(): Promise<Upload[]> {
    const destination = this.#destination;
    this.#drop(this.uploads.filter((upload) => this.#isElsewhere(upload)));
    const all = await this.#host.memory.list();
    const ours = all.filter(({ upload }) => upload.destination === destination);
    const busy = await Promise.all(ours.map(({ upload }) => this.#host.locks.isHeld(upload.fingerprint)));
    // Another place may have been set meanwhile, and another call may have found the same.
    if (destination !== this.#destination) return [];
    const known = new Set(this.uploads.map(({ fingerprint }) => fingerprint));
    const found = ours.filter(({ upload }, index) => !busy[index] && !known.has(upload.fingerprint));
    return found.map((remembered) => {
      const upload = this.#take(new Upload(remembered, this.#host));
      this.#restored.add(upload);
      return upload;
    });
  }

  /**
   * Takes in what ali-oss, or an earlier visit, left off; it goes on at `resume`.
   *
   * @param checkpoint in ali-oss's shape
   * @param file the file itself, where the checkpoint does not hold it
   * @throws UploadError `checkpoint-mismatch` where it is damaged, or not of this file; `file-changed` where an earlier
   *   visit knows the file by another date
   */
  addFrom(checkpoint: unknown, file?: File): Upload {
    const parsed = parseCheckpoint(checkpoint);
    const content = file ?? parsed.file;
    if (!content) throw new UploadError('checkpoint-mismatch', { values: { field: 'file' } });
    if (parsed.fileSize !== content.size) {
      throw new UploadError('checkpoint-mismatch', { values: { field: 'fileSize' } });
    }
    const named =
      content instanceof File ? content : new File([content], parsed.name, { type: content.type });
    const earlier = this.resumable.find(({ checkpoint }) => checkpoint?.uploadId === parsed.uploadId);
    if (earlier && named === content) {
      earlier.attach(named);
      return earlier;
    }
    const upload = this.#take(new Upload({ file: named, key: parsed.name }, this.#host));
    upload.adopt(parsed, this.options.bucket ?? '');
    return upload;
  }

  /** Takes in what an earlier page has stored: a form that comes back shows it, and submits it again. */
  addStored(file: StoredFile): Upload {
    return this.#take(new Upload(file, this.#host));
  }

  #take(upload: Upload): Upload {
    this.#uploads.add(upload);
    this.#snapshot = undefined;
    return upload;
  }

  #drop(uploads: Iterable<Upload>): void {
    for (const upload of uploads) {
      this.#queue.delete(upload);
      this.#uploads.delete(upload);
      this.#restored.delete(upload);
    }
    this.#snapshot = undefined;
  }

  /** Whether it begins, or goes on, by itself as soon as there is room. */
  isQueued(upload: Upload): boolean {
    return this.#queue.has(upload);
  }

  /** Begins what has not begun, as many at once as `concurrentFiles` says. */
  start(uploads: Iterable<Upload> = this.#uploads): void {
    this.#enqueue(uploads, 'ready');
  }

  pause(uploads: Iterable<Upload> = this.#uploads): void {
    const paused = [...uploads];
    // Room that one leaves is not for another of them.
    for (const upload of paused) this.#queue.delete(upload);
    for (const upload of paused) upload.pause();
  }

  /** Goes on with what is paused, or waits; an upload of an earlier visit is to be named. */
  resume(uploads?: Iterable<Upload>): void {
    for (const upload of uploads ?? this.#uploads) {
      const { status } = upload.state;
      if (status === 'waiting' || (status === 'resumable' && uploads)) upload.resume();
    }
    this.#enqueue(uploads ?? this.#uploads, 'paused');
  }

  /** Pauses all for a while. @returns a function that goes on with what was under way, or was to begin next */
  suspend(): () => void {
    const next = [...this.uploads.filter(({ state }) => isActive(state)), ...this.#queue];
    this.pause();
    return () => {
      for (const upload of next) if (this.#uploads.has(upload)) this.#queue.add(upload);
      this.#beginNext();
    };
  }

  /** Tries again what failed; ends a wait. */
  retry(uploads: Iterable<Upload> = this.#uploads): void {
    for (const upload of uploads) if (upload.state.status === 'waiting') upload.retry();
    this.#enqueue(uploads, 'failed');
  }

  /**
   * Gives up all that has not succeeded, but for what waits from an earlier visit, which is `discard`ed one by one.
   * Resolves when OSS has been tidied up as far as it is allowed.
   */
  async cancel(): Promise<void> {
    this.#queue.clear();
    const given = this.uploads.filter(({ state }) => state.status !== 'resumable');
    await Promise.all(given.map((upload) => upload.cancel()));
  }

  /** Takes an upload off the list; one that is under way, paused or failed is cancelled. */
  remove(upload: Upload): void {
    this.#drop([upload]);
    if (isActive(upload.state) || upload.state.status === 'paused' || upload.state.status === 'failed') {
      void upload.cancel();
    }
  }

  /** Gives an upload of an earlier visit up. Resolves when OSS has been tidied up as far as it is allowed. */
  async discard(upload: Upload): Promise<void> {
    this.#drop([upload]);
    await upload.cancel();
  }

  /** Forgets all that is over: succeeded and cancelled uploads. */
  clear(): void {
    this.#drop(this.uploads.filter(({ state }) => ['succeeded', 'cancelled'].includes(state.status)));
  }

  /**
   * Takes all off the list. What has arrived of it stays with OSS and is found by `restore` again; only where nothing is
   * remembered it is given up. Resolves when all is at rest.
   */
  async reset(): Promise<void> {
    const uploads = this.uploads.filter(({ state }) => state.status !== 'resumable');
    this.pause(uploads);
    this.#drop(uploads);
    const isRemembered = this.#ports.store !== undefined && !this.options.noResume;
    await Promise.all(uploads.map((upload) => (isRemembered ? upload.atRest : upload.cancel())));
  }

  #enqueue(uploads: Iterable<Upload>, status: UploadState['status']): void {
    for (const upload of uploads) if (upload.state.status === status) this.#queue.add(upload);
    this.#beginNext();
  }

  #beginNext(): void {
    const limit = this.options.concurrentFiles ?? DEFAULT_CONCURRENT_FILES;
    for (const upload of this.#queue) {
      if (this.#active.size >= limit) return;
      this.#queue.delete(upload);
      switch (upload.state.status) {
        case 'ready':
          upload.start();
          break;
        case 'paused':
          upload.resume();
          break;
        case 'failed':
          upload.retry();
          break;
        default:
        // It has begun by itself, or is over.
      }
    }
  }

  get #isMoving(): boolean {
    return [...this.#active].some(({ state }) => state.status === 'uploading');
  }

  /** Keeps account of what is under way, and how fast all of it together is. */
  #measure({ upload, ...notice }: UploaderEvent): void {
    const now = this.#ports.env.now();
    switch (notice.type) {
      case 'state':
        this.#active.delete(upload);
        // A wait of all is no part of the rate.
        if (notice.to.status === 'uploading' && !this.#isMoving) this.#rate.reset(now, this.#moved);
        if (takesRoom(notice.to)) this.#active.add(upload);
        // What was there before has not moved.
        this.#loaded.set(upload, notice.to.progress.loaded);
        break;
      case 'progress': {
        const { loaded } = notice.progress;
        this.#moved += Math.max(0, loaded - (this.#loaded.get(upload) ?? loaded));
        this.#loaded.set(upload, loaded);
        this.#rate.add(now, this.#moved);
        break;
      }
      case 'part':
      case 'retry':
        break;
      default:
        notice satisfies never;
    }
  }

  get #destination(): string {
    return destinationOf(this.#destinationParts);
  }

  #isElsewhere({ state, destination }: Upload): boolean {
    return state.status === 'resumable' && (this.options.noResume || destination !== this.#destination);
  }

  get #destinationParts(): Destination {
    const { bucket = '', objectKey = DEFAULT_OBJECT_KEY, resumeScope = '' } = this.options;
    return { bucket, objectKey, scope: resumeScope };
  }

  #transferOptions(): TransferOptions {
    const { region, bucket, endpoint, cname, pathStyle } = this.options;
    if (!region) throw new UploadError('region-missing');
    if (!bucket) throw new UploadError('bucket-missing');
    const { contentType, overwrite, headers, meta, tags, storageClass, callback } = this.options;
    const { partSize = 'auto', parallel = 'auto', retries = DEFAULT_RETRIES } = this.options;
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
      ...this.#ports,
      ...(this.options.noVerify && { checksum: undefined }),
    };
  }
}

/** A mistake of whoever listens is reported as that of any event's listener, and no matter of the upload. */
function tell(listener: (notice: UploaderEvent) => void, notice: UploaderEvent): void {
  try {
    listener(notice);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** What waits for another tab leaves its room to others: that can take hours. */
function takesRoom(state: UploadState): boolean {
  return isActive(state) && !(state.status === 'waiting' && state.reason === 'other-tab');
}
