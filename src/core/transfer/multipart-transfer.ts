/** Transfers one file: lists the stored parts, sends the missing ones, completes the object and verifies it. */

import { RetryScheduler, type Wait } from './retry-scheduler.js';
import { Delivery, mayHaveSucceeded, type DeliveryOptions } from './delivery.js';
import { DeliveryMonitor } from './delivery-monitor.js';
import { UploadError } from '../errors.js';
import { DEFAULT_PARALLEL, type PartLimiter } from './part-limiter.js';
import { PartTracker } from './part-tracker.js';
import { choosePartSize, countParts, MAX_OBJECT_SIZE, type PartRange } from './part-plan.js';
import type { UnverifiedReason } from '../upload-state.js';
import type {
  BucketLocation,
  Checksum,
  DonePart,
  Environment,
  ListedPart,
  ObjectOptions,
  OpenGateway,
  OssGateway,
  StoredObject,
} from '../ports.js';

/** Consecutive failures without progress before a transfer fails. */
export const DEFAULT_RETRIES = 5;

/** How often a transfer starts over because OSS no longer knows the upload ID or a part. */
const MAX_RESTARTS = 3;

/** How often progress is reported while no bytes are sent, in milliseconds, so that the throughput falls. */
const PROGRESS_INTERVAL = 1_000;

/** A transfer fails if it loses more than this many bytes for each byte that it stores. */
const MAX_LOST_PER_STORED = 2;

/** Options of a transfer. They don't change while it runs. */
export interface TransferOptions {
  location: BucketLocation;
  object: ObjectOptions;
  openGateway: OpenGateway;
  env: Environment;
  /** Preferred part size in bytes. */
  partSize: number | 'auto';
  /** Parts in flight at the same time. */
  parallel: number | 'auto';
  /** Consecutive failures without progress before the transfer fails. */
  retries: number;
  /** Limits the parts in flight of all transfers to the bucket. */
  limiter: PartLimiter;
  /** `undefined` if verification is turned off. */
  checksum?: Checksum | undefined;
}

/** A multipart upload at OSS. One transfer can continue that of another. */
export interface MultipartUpload {
  bucket: string;
  uploadId: string;
  tracker: PartTracker;
  /** Whether Complete was sent and its response has not been received, so that the object may exist. */
  completeUnanswered: boolean;
  /** Whether it was restored from a checkpoint. The file may have changed since then. */
  fromEarlierVisit?: boolean;
}

/** What a transfer reports. Nothing is reported once its signal is aborted. */
export type TransferEvent =
  /**
   * `loaded`: bytes sent, unfinished parts included. Decreases when such bytes are lost. `stored`: bytes that OSS has
   * acknowledged. `isBuffered`: whether the other bytes may still be on their way.
   */
  | { type: 'progress'; loaded: number; stored: number; isBuffered: boolean }
  /** OSS acknowledged a part. `attempt` is 1 if the first attempt succeeded. */
  | { type: 'part'; part: DonePart & { crc64?: bigint | undefined }; attempt: number }
  /** A request failed and is sent again after `delay` milliseconds. */
  | { type: 'retry'; attempt: number; delay: number; error: UploadError }
  /** Every request waits. `until` is when the first of them continues. */
  | { type: 'waiting'; wait: Wait }
  /** At least one request continues. */
  | { type: 'continue' }
  /** OSS lacks parts that it had acknowledged. They are sent again. */
  | { type: 'incomplete' }
  /** The stored object differs from the file, and this transfer created it. */
  | { type: 'damaged' };

/** Decisions and writes that a transfer waits for. None of them is called once its signal is aborted. */
export interface TransferHost {
  /** Called before the first byte is sent. Returns `false` to prevent the start. @param bytesKept bytes already stored */
  onBeforeStart(bytesKept: number): boolean;
  /** Called with a new multipart upload, or `undefined` when OSS no longer knows it. Resolves once it is saved. */
  onMultipart(multipart: MultipartUpload | undefined): Promise<void>;
  /** Called before Complete is sent. Resolves once that is saved: from now on the object may exist. */
  onCompleting(): Promise<void>;
  /** Called for each event. */
  onEvent(event: TransferEvent): void;
}

/** The input of a transfer. */
export interface TransferJob {
  file: Blob;
  /** Object key. */
  key: string;
  options: TransferOptions;
  /** The multipart upload that an earlier transfer or a checkpoint has started. */
  multipart: MultipartUpload | undefined;
  /** Stops the transfer. In-flight requests are aborted. */
  signal: AbortSignal;
  host: TransferHost;
}

/** The stored object, and whether it was verified. */
export interface TransferResult extends StoredObject {
  /** Whether the CRC-64 of the stored object equals the CRC-64 of the file. */
  verified: boolean;
  /** Why the checksums were not compared. `undefined` if they were. */
  unverifiedReason?: UnverifiedReason | undefined;
}

/** Thrown by a transfer whose `onBeforeStart` returned `false`. */
export class StartPrevented extends Error {}

/**
 * Transfers one file, in parts or in a single request.
 *
 * @example
 * const transfer = new MultipartTransfer(job);
 * const { etag, verified } = await transfer.run();
 */
export class MultipartTransfer {
  readonly #job: TransferJob;
  readonly #retries: RetryScheduler;
  /** Aborts all requests: when the job's signal is aborted, when a part has failed permanently, and at the end. */
  readonly #stop = new AbortController();
  readonly #monitor = new DeliveryMonitor();
  /** Bytes of parts that this transfer has stored. */
  #storedBytes = 0;
  /** Bytes of failed attempts. */
  #lostBytes = 0;
  /** What was reported last. */
  #progress = { loaded: 0, stored: 0 };
  #stopReporting: (() => void) | undefined;
  #hasEnded = false;

  constructor(job: TransferJob) {
    this.#job = job;
    const { signal, options } = job;
    if (signal.aborted) this.#stop.abort(signal.reason);
    signal.addEventListener('abort', () => this.#stop.abort(signal.reason), { once: true });
    const { env, retries } = options;
    this.#retries = new RetryScheduler({
      env,
      retries,
      signal: this.#signal,
      observer: {
        onRetry: (attempt, delay, error) => this.#emit({ type: 'retry', attempt, delay, error }),
        onAllWaiting: (wait) => this.#emit({ type: 'waiting', wait }),
        onContinue: () => this.#emit({ type: 'continue' }),
      },
    });
  }

  /** Ends all waits. Waiting requests are sent immediately. */
  retryNow(): void {
    this.#retries.retryNow();
  }

  /**
   * Runs the transfer. Call it once.
   *
   * @returns the stored object
   * @throws UploadError if the transfer fails; {@link StartPrevented}; the signal's reason if it is aborted
   */
  async run(): Promise<TransferResult> {
    const { file, key, options } = this.#job;
    if (file.size > MAX_OBJECT_SIZE) throw new UploadError('file-too-large');
    try {
      const target = { ...options.location, key };
      const gateway = await this.#retries.run(() => options.openGateway(target, { signal: this.#signal }));
      return await this.#upload(gateway);
    } finally {
      // Requests may still be in flight after an error.
      this.#hasEnded = true;
      this.#stopReporting?.();
      this.#stop.abort();
    }
  }

  get #signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Reports an event, unless the transfer was stopped or has ended. */
  #emit(event: TransferEvent): void {
    const { signal, host } = this.#job;
    if (!signal.aborted && !this.#hasEnded) host.onEvent(event);
  }

  #emitProgress(loaded: number, stored: number): void {
    const { env } = this.#job.options;
    this.#stopReporting ??= env.repeat(PROGRESS_INTERVAL, () => this.#reportProgress());
    this.#progress = { loaded, stored };
    this.#reportProgress();
  }

  #reportProgress(): void {
    const isBuffered = this.#monitor.isBuffered(this.#job.options.env.now());
    this.#emit({ type: 'progress', ...this.#progress, isBuffered });
  }

  /** @throws StartPrevented if the page prevents the start; the signal's reason if it stops the upload meanwhile */
  #checkStart(multipart: MultipartUpload | undefined): void {
    const { host, signal } = this.#job;
    signal.throwIfAborted();
    const mayStart = host.onBeforeStart(multipart?.tracker.doneBytes ?? 0);
    signal.throwIfAborted();
    if (!mayStart) throw new StartPrevented();
  }

  get #objectOptions(): ObjectOptions {
    const { options, file } = this.#job;
    return { contentType: file.type || 'application/octet-stream', ...options.object };
  }

  async #upload(gateway: OssGateway): Promise<TransferResult> {
    const { file, options, signal, host } = this.#job;
    let multipart = this.#job.multipart;
    let lacksPart = false;
    for (let restarts = 0; ; restarts++) {
      try {
        if (multipart) {
          await this.#checkSameFile(multipart);
          await this.#reconcile(gateway, multipart);
          // OSS lacks a part, but the list doesn't show which one. Only a new multipart upload can succeed.
          if (lacksPart && multipart.tracker.missingParts.length === 0) throw new UploadError('upload-gone');
        }
        if (restarts === 0) this.#checkStart(multipart);
        const partSize = choosePartSize(file.size, options.partSize);
        if (!multipart && file.size <= partSize) return await this.#put(gateway);
        multipart ??= await this.#create(gateway, partSize);
        // A stored part becomes missing if its checksum shows that it is damaged.
        do {
          await Promise.all([
            this.#computeMissingChecksums(multipart),
            this.#sendMissingParts(gateway, multipart),
          ]);
        } while (multipart.tracker.missingParts.length > 0);
        signal.throwIfAborted();
        await host.onCompleting();
        this.#signal.throwIfAborted();
        return this.#verifyObject(await this.#complete(gateway, multipart), multipart.tracker.crc64);
      } catch (error) {
        lacksPart = isPartMissing(error);
        if (lacksPart && restarts < MAX_RESTARTS) {
          this.#emit({ type: 'incomplete' });
          continue;
        }
        if (!hasCode(error, 'upload-gone')) throw error;
        const previous = multipart;
        const stored =
          previous && (await this.#retries.run(() => this.#findCompleted(gateway, previous, true)));
        if (stored) return stored;
        if (restarts === MAX_RESTARTS) throw error;
        multipart = undefined;
        signal.throwIfAborted();
        await host.onMultipart(undefined);
      }
    }
  }

  async #create(gateway: OssGateway, partSize: number): Promise<MultipartUpload> {
    const { file, options, host } = this.#job;
    const uploadId = await this.#retries.run(() =>
      gateway.createUpload({ ...this.#objectOptions, signal: this.#signal }),
    );
    const multipart = {
      bucket: options.location.bucket,
      uploadId,
      tracker: new PartTracker(file.size, partSize),
      completeUnanswered: false,
    };
    this.#signal.throwIfAborted();
    await host.onMultipart(multipart);
    this.#signal.throwIfAborted();
    return multipart;
  }

  /**
   * Compares the checksums of two sent parts with the file, which may have been edited without a change of size or date.
   *
   * @throws UploadError `file-changed` if they differ
   */
  async #checkSameFile(multipart: MultipartUpload): Promise<void> {
    const { file, options } = this.#job;
    if (!multipart.fromEarlierVisit || !options.checksum) return;
    for (const { start, end, crc64 } of multipart.tracker.samples) {
      const current = await options.checksum.crc64(file.slice(start, end), this.#signal);
      if (current !== crc64) throw new UploadError('file-changed');
    }
    multipart.fromEarlierVisit = false;
  }

  /** Replaces the known parts with the list from OSS. If listing isn't permitted, the known parts count as stored. */
  async #reconcile(gateway: OssGateway, { uploadId, tracker }: MultipartUpload): Promise<void> {
    const listed = await this.#retries.run(() =>
      this.#ifPermitted(() => gateway.listParts(uploadId, { signal: this.#signal })),
    );
    if (listed) tracker.reconcile(listed);
  }

  async #sendMissingParts(gateway: OssGateway, multipart: MultipartUpload): Promise<void> {
    const { tracker } = multipart;
    this.#emitProgress(tracker.loaded, tracker.doneBytes);
    const missing = tracker.missingParts;
    // The workers share one iterator: each takes the next part.
    const queue = missing.values();
    const worker = () =>
      this.#retries.runWorker(async () => {
        for (const range of queue) await this.#sendPart(gateway, multipart, range);
      });
    await this.#allOrAbort(Array.from({ length: Math.min(this.#parallel, missing.length) }, worker));
  }

  /** Parts in flight at the same time. */
  get #parallel(): number {
    const { parallel } = this.#job.options;
    return parallel === 'auto' ? DEFAULT_PARALLEL : Math.max(1, Math.floor(parallel) || 1);
  }

  /** Waits for all tasks. The first failure aborts the others, and is thrown once they have ended. */
  async #allOrAbort(tasks: Promise<void>[]): Promise<void> {
    let failure: { error: unknown } | undefined;
    await Promise.all(
      tasks.map((task) =>
        task.catch((error: unknown) => {
          failure ??= { error };
          // If the upload ID no longer exists, the transfer continues with a new one, so it must not be aborted.
          if (!hasCode(error, 'upload-gone')) this.#stop.abort(error);
        }),
      ),
    );
    if (failure) throw failure.error;
  }

  async #sendPart(
    gateway: OssGateway,
    { uploadId, tracker }: MultipartUpload,
    range: PartRange,
  ): Promise<void> {
    const { file, options } = this.#job;
    const { number, start, end } = range;
    const body = file.slice(start, end);
    let reportProgress = () => {};
    const delivery = this.#deliver({
      number,
      size: body.size,
      send: (options) => gateway.uploadPart(uploadId, number, body, options),
      find: () => this.#findPart(gateway, uploadId, range),
      onProgress: (bytes) => {
        if (bytes > 0) reportProgress();
        tracker.partInFlight(number, bytes);
        this.#emitProgress(tracker.loaded, tracker.doneBytes);
      },
    });
    await this.#retries.run(async (attempt, onProgress) => {
      reportProgress = onProgress;
      try {
        const [part, crc64] = await Promise.all([
          delivery.attempt(),
          options.checksum?.crc64(body, this.#signal),
        ]);
        this.#verify(part, crc64);
        const done = { number, etag: part.etag, crc64 };
        tracker.partDone(done);
        this.#storedBytes += body.size;
        this.#retries.acknowledge();
        this.#emitProgress(tracker.loaded, tracker.doneBytes);
        this.#emit({ type: 'part', part: done, attempt });
      } catch (error) {
        tracker.discardInFlight(number);
        this.#checkLoss(tracker);
        throw error;
      }
    });
  }

  #deliver<T>(
    request: Pick<DeliveryOptions<T>, 'number' | 'size' | 'send' | 'find' | 'onProgress'>,
  ): Delivery<T> {
    const { env, limiter } = this.#job.options;
    return new Delivery({
      ...request,
      parallel: Math.max(DEFAULT_PARALLEL, this.#parallel),
      limiter,
      monitor: this.#monitor,
      env,
      signal: this.#signal,
      onLost: (bytes) => {
        if (env.isOnline()) this.#lostBytes += bytes;
      },
    });
  }

  /** @throws UploadError `lossy-connection` if most of the bytes that this transfer sends are lost */
  #checkLoss({ partSize }: PartTracker): void {
    const tolerated = (this.#parallel + this.#job.options.retries + 1) * partSize;
    if (this.#lostBytes > tolerated + MAX_LOST_PER_STORED * this.#storedBytes) {
      const values = { sent: String(this.#lostBytes + this.#storedBytes), stored: String(this.#storedBytes) };
      throw new UploadError('lossy-connection', { values });
    }
  }

  /** Returns the part if OSS has it. `undefined` if it doesn't, or if listing isn't permitted. */
  async #findPart(
    gateway: OssGateway,
    uploadId: string,
    { number, start, end }: PartRange,
  ): Promise<ListedPart | undefined> {
    const query = { after: number - 1, limit: 1, signal: this.#signal };
    const listed = await this.#ifPermitted(() => gateway.listParts(uploadId, query));
    return listed?.find((part) => part.number === number && part.size === end - start);
  }

  async #complete(gateway: OssGateway, multipart: MultipartUpload): Promise<StoredObject> {
    const { uploadId, tracker } = multipart;
    return this.#retries.run(async () => {
      const wasUnanswered = multipart.completeUnanswered;
      multipart.completeUnanswered = true;
      try {
        return await gateway.completeUpload(uploadId, tracker.doneParts, {
          ...this.#objectOptions,
          signal: this.#signal,
        });
      } catch (error) {
        // OSS completes the object even if the connection is lost. The browser may then repeat the request, and OSS
        // refuses the second Complete because the first one has succeeded.
        const unanswered = mayHaveSucceeded(error) || this.#signal.aborted;
        const refused = isRefusedAsRepeated(error);
        multipart.completeUnanswered = unanswered || wasUnanswered;
        if (!this.#signal.aborted && (unanswered || refused)) {
          const stored = await this.#findCompleted(gateway, multipart, refused);
          if (stored) return stored;
        }
        throw error;
      }
    });
  }

  /**
   * Returns the stored object if this multipart upload has created it.
   *
   * @param refused whether OSS refuses to complete the upload, as it does once the upload is completed
   */
  async #findCompleted(
    gateway: OssGateway,
    multipart: MultipartUpload,
    refused: boolean,
  ): Promise<TransferResult | undefined> {
    const { file, options } = this.#job;
    const { tracker, completeUnanswered } = multipart;
    const { fileSize, partSize } = tracker;
    const found = await this.#head(gateway);
    // The ETag of an object that was assembled from N parts ends with -N.
    const hasPartCount = found?.etag.replaceAll('"', '').endsWith(`-${countParts(fileSize, partSize)}`);
    if (found?.size !== fileSize || !hasPartCount) return undefined;
    await this.#computeMissingChecksums(multipart);
    // The checkpoint of an earlier visit may lack the last parts, and thus their checksums.
    const crc64 = tracker.crc64 ?? (await options.checksum?.crc64(file, this.#signal));
    // Without checksums, the object may be an older one that this upload should overwrite. If OSS refuses to complete
    // the upload, it has completed it before, so the object is the new one.
    const isOurs =
      found.crc64 === undefined || crc64 === undefined
        ? completeUnanswered && (refused || !options.object.overwrite)
        : found.crc64 === String(crc64);
    return isOurs ? this.#verify(found, crc64) : undefined;
  }

  async #put(gateway: OssGateway): Promise<TransferResult> {
    const { file, options } = this.#job;
    this.#emitProgress(0, 0);
    let storedDamaged = false;
    let reportProgress = () => {};
    let mayBeStored = false;
    const delivery = this.#deliver<StoredObject>({
      number: 0,
      size: file.size,
      send: (options) =>
        gateway.put(file, {
          ...this.#objectOptions,
          ...(storedDamaged && { overwrite: true }),
          ...options,
        }),
      find: () => this.#findPut(gateway, true),
      onProgress: (bytes) => {
        if (bytes > 0) reportProgress();
        this.#emitProgress(bytes, 0);
      },
    });
    return this.#retries.run(async (_, onProgress) => {
      reportProgress = onProgress;
      try {
        const [stored, crc64] = await Promise.all([
          delivery.attempt(),
          options.checksum?.crc64(file, this.#signal),
        ]);
        return this.#verifyObject(stored, crc64);
      } catch (error) {
        if (hasCode(error, 'object-exists')) {
          const stored = await this.#findPut(gateway, mayBeStored);
          if (stored) return stored;
        }
        mayBeStored ||= mayHaveSucceeded(error);
        // This transfer has stored a damaged object, which the next attempt may replace.
        storedDamaged ||= hasCode(error, 'verification-failed');
        throw error;
      }
    });
  }

  /**
   * Returns the existing object if it has the same bytes as the file. An earlier attempt may have stored it although its
   * response was lost, in this transfer or a previous one, or the browser may have repeated the request.
   *
   * @param mayBeStored whether an attempt of this transfer may have stored it
   */
  async #findPut(gateway: OssGateway, mayBeStored: boolean): Promise<TransferResult | undefined> {
    const { file, options } = this.#job;
    const found = await this.#head(gateway);
    if (found?.size !== file.size) return undefined;
    const crc64 = await options.checksum?.crc64(file, this.#signal);
    const isOurs =
      found.crc64 === undefined || crc64 === undefined
        ? mayBeStored && !options.object.overwrite
        : found.crc64 === String(crc64);
    return isOurs ? this.#verify(found, crc64) : undefined;
  }

  /** Computes the checksums of stored parts that earlier transfers have sent. Damaged parts become missing. */
  async #computeMissingChecksums({ tracker }: MultipartUpload): Promise<void> {
    const { file, options } = this.#job;
    if (!options.checksum) return;
    for (const { number, start, end } of tracker.partsWithoutChecksum) {
      tracker.setChecksum(number, await options.checksum.crc64(file.slice(start, end), this.#signal));
    }
  }

  /**
   * Compares the checksum of a stored part or object with that of the bytes in the file.
   *
   * @param crc64 of the bytes in the file, if known
   * @throws UploadError `verification-failed` if they differ
   */
  #verify<T extends { crc64?: string | undefined }>(
    stored: T,
    crc64: bigint | undefined,
  ): T & Omit<TransferResult, keyof StoredObject> {
    if (!this.#job.options.checksum) return { ...stored, verified: false, unverifiedReason: 'switched-off' };
    if (stored.crc64 === undefined) return { ...stored, verified: false, unverifiedReason: 'not-exposed' };
    if (stored.crc64 !== String(crc64)) throw new UploadError('verification-failed');
    return { ...stored, verified: true };
  }

  /** Verifies the whole object. Emits `damaged` if it differs from the file, because OSS has stored it anyway. */
  #verifyObject(stored: StoredObject, crc64: bigint | undefined): TransferResult {
    try {
      return this.#verify(stored, crc64);
    } catch (error) {
      this.#emit({ type: 'damaged' });
      throw error;
    }
  }

  /**
   * Returns the existing object. `undefined` if there is none, or if the request isn't permitted or fails permanently.
   *
   * @throws UploadError if a retry may help
   */
  async #head(gateway: OssGateway): Promise<(StoredObject & { size: number }) | undefined> {
    try {
      return await this.#ifPermitted(() => gateway.head({ signal: this.#signal }));
    } catch (error) {
      if (this.#signal.aborted || (error instanceof UploadError && error.retryable)) throw error;
      return undefined;
    }
  }

  /** Sends a request. Returns `undefined` if the RAM policy or the bucket's CORS rule doesn't permit it. */
  async #ifPermitted<T>(request: () => Promise<T>): Promise<T | undefined> {
    for (let corsErrors = 0; ; corsErrors++) {
      try {
        return await request();
      } catch (error) {
        if (hasCode(error, 'access-denied')) return undefined;
        if (!hasCode(error, 'cors-blocked')) throw error;
        // A network failure can look like a CORS error. If a second attempt fails in the same way, CORS is the cause.
        if (corsErrors > 0) return undefined;
      }
    }
  }
}

function hasCode(error: unknown, code: UploadError['code']): boolean {
  return error instanceof UploadError && error.code === code;
}

/** Whether OSS may have refused a Complete because an earlier one has succeeded. */
function isRefusedAsRepeated(error: unknown): boolean {
  return hasCode(error, 'upload-gone') || hasCode(error, 'object-exists');
}

/** Whether OSS lacks a part that Complete lists, or has one with another ETag. */
function isPartMissing(error: unknown): boolean {
  return error instanceof UploadError && error.ossCode === 'InvalidPart';
}
