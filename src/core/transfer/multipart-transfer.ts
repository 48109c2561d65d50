/** Transfers one file: lists the stored parts, sends the missing ones, completes the object and verifies it. */

import { RetryScheduler, type Wait } from './retry-scheduler.js';
import { Delivery, mayHaveSucceeded, type DeliveryOptions } from './delivery.js';
import { DeliveryMonitor } from './delivery-monitor.js';
import { UploadError } from '../errors.js';
import { FILE_TIME_LIMIT, withinTime } from '../time-limit.js';
import { isUnchanged } from './file-samples.js';
import { autoPartSize, MAX_CONNECTIONS } from './line.js';
import { MIN_MEASURED_SIZE } from './line-meter.js';
import type { PartLimiter } from './part-limiter.js';
import { PartTracker } from './part-tracker.js';
import { choosePartSize, countParts, MAX_OBJECT_SIZE, planParts, type PartRange } from './part-plan.js';
import type { UnverifiedReason } from '../upload-state.js';
import type {
  BucketLocation,
  Checksum,
  DonePart,
  Environment,
  ListedPart,
  ObjectOptions,
  ObjectSummary,
  OpenGateway,
  OssGateway,
  StoredObject,
} from '../ports.js';

/** How often a request is retried in a row without progress before the transfer fails. */
export const DEFAULT_RETRIES = 5;

/** Preferred size of the parts in which a stored object is copied, in bytes. */
const COPY_PART_SIZE = 2 ** 30;

/** How often a transfer starts over because OSS no longer knows the upload ID or a part. */
const MAX_RESTARTS = 3;

/** OSS rejects the requests of a device whose clock is off by more, in milliseconds. */
const MAX_CLOCK_ERROR = 900_000;

/** A file that was read longer ago is read again before it is sent, because it may have changed. In milliseconds. */
const MAX_READ_AGE = 1_000;

/** How often progress is reported while no bytes are sent, in milliseconds, so that the throughput falls. */
const PROGRESS_INTERVAL = 1_000;

/** How much this device's clock and the server's may differ for an object to be recognized by its date, in milliseconds. */
const CLOCK_TOLERANCE = 2_000;

/** A transfer fails if it loses more than this many bytes for each byte that it stores. */
const MAX_LOST_PER_STORED = 2;

/** Options of a transfer. They don't change while it runs. */
export interface TransferOptions {
  location: BucketLocation;
  /** Origin of the endpoint, or the region. */
  endpoint: string;
  object: ObjectOptions;
  openGateway: OpenGateway;
  env: Environment;
  /** Preferred part size in bytes. */
  partSize: number | 'auto';
  /** Parts in flight at the same time. */
  parallel: number | 'auto';
  /** How often a request is retried in a row without progress before the transfer fails. */
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
  /** OSS had not completed it at this time, in milliseconds since 1970 by this device's clock. */
  incompleteAt: number;
  /** Whether it was restored from a checkpoint. The file may have changed since then. */
  fromEarlierVisit?: boolean;
  /** Whether the file has another name form or date than the one whose parts are stored. It may be another file. */
  metadataDiffers?: boolean;
}

/** Requests that store the object without a multipart upload. One transfer can continue those of another. */
export interface SingleRequest {
  /** Whether OSS may have received a request whose response is missing, so that the object may exist. */
  unanswered: boolean;
  /** When the first such request was sent of which all bytes were sent, in milliseconds since 1970 by this device's clock. */
  sentAt?: number | undefined;
  /** Whether the file has another name form or date than the one that was sent. It may be another file. */
  metadataDiffers?: boolean;
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
  /** The single requests of this and earlier transfers. Modified by the transfer. */
  single: SingleRequest;
  /** Whether another tab, which was sending the same file, has ended. It may have stored the object. */
  otherTabEnded: boolean;
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
  /** Whether the object existed already, so that this upload stored nothing. */
  reused: boolean;
}

/** What a comparison of checksums has shown. */
type Verification = Pick<TransferResult, 'verified' | 'unverifiedReason'>;

/** An existing object with the bytes of the file. */
interface ExistingObject {
  object: ObjectSummary;
  /** CRC-64 of the file and the object. `undefined` if it is unknown for either. */
  crc64: bigint | undefined;
  /** Whether this upload has stored it. */
  isOwn: boolean;
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
  #chosenPartSize: number | undefined;
  /** Bytes of parts that this transfer has stored. */
  #storedBytes = 0;
  /** Bytes of failed attempts. */
  #lostBytes = 0;
  /** What was reported last. */
  #progress = { loaded: 0, stored: 0 };
  #stopReporting: (() => void) | undefined;
  #hasEnded = false;
  /** Whether HeadObject isn't permitted or has failed permanently. */
  #isHeadDenied = false;
  /** When the last PutObject request was sent, in milliseconds since 1970. */
  #putAt: number | undefined;

  constructor(job: TransferJob) {
    this.#job = job;
    const { signal, options } = job;
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
    // The scheduler is stopped, too.
    if (signal.aborted) this.#stop.abort(signal.reason);
    signal.addEventListener('abort', () => this.#stop.abort(signal.reason), { once: true });
  }

  /** Part size of a new multipart upload, in bytes. A file of at most this size is sent in a single request. */
  get partSize(): number {
    const { file, options } = this.#job;
    const { partSize, limiter } = options;
    // What is known about the network may change meanwhile.
    return (this.#chosenPartSize ??= choosePartSize(
      file.size,
      partSize === 'auto' ? autoPartSize(file.size, limiter.line) : partSize,
    ));
  }

  /** Chooses the part size again. Returns whether the file is too large for a single request by what is known now. */
  #isNowTooLarge(): boolean {
    this.#chosenPartSize = undefined;
    return this.#job.file.size > this.partSize;
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
    if (this.#job.file.size > MAX_OBJECT_SIZE) throw new UploadError('file-too-large');
    return this.#untilEnd(async () => this.#upload(await this.#retries.run(() => this.#openGateway())));
  }

  /**
   * Cancels the upload after another transfer has sent all bytes: aborts the multipart upload, or finds the object. Sends
   * each request once. Call it instead of {@link run}.
   *
   * @returns the object that the upload has stored, or `undefined` if it hasn't
   * @throws UploadError if that is unknown, or `callback-failed` if the object is stored and its callback is unanswered
   */
  async cancel(): Promise<TransferResult | undefined> {
    return this.#untilEnd(async () => {
      const { multipart, options } = this.#job;
      const gateway = await this.#openGateway();
      const wasAborted = multipart && (await this.#abort(gateway, multipart));
      if (wasAborted) return undefined;
      const object = await gateway.head({ signal: this.#signal });
      const found = await this.#compareWithFile(gateway, object, multipart, wasAborted === false);
      if (found && options.object.callback) throw this.#callbackFailed();
      return found && { ...this.#verify(found.object, found.crc64), reused: false };
    });
  }

  #openGateway(): Promise<OssGateway> {
    const { key, options } = this.#job;
    return options.openGateway({ ...options.location, key }, { signal: this.#signal });
  }

  async #untilEnd<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
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
    const { contentType = file.type || 'application/octet-stream' } = options.object;
    return { ...options.object, contentType };
  }

  async #upload(gateway: OssGateway): Promise<TransferResult> {
    const { file, options, signal, host } = this.#job;
    let multipart = this.#job.multipart;
    let lacksPart = false;
    let hasStarted = false;
    for (let restarts = 0; ; restarts++) {
      try {
        if (multipart) {
          await this.#checkSameFile(multipart);
          await this.#reconcile(gateway, multipart);
          await this.#checkListedParts(multipart);
          // OSS lacks a part, but the list doesn't show which one. Only a new multipart upload can succeed.
          if (lacksPart && multipart.tracker.missingParts.length === 0) throw new UploadError('upload-gone');
        }
        if (!hasStarted) {
          this.#checkStart(multipart);
          hasStarted = true;
          const found = await this.#findExistingBeforeStart(gateway, multipart);
          if (found) return await this.#finishWithExisting(gateway, found, multipart);
          if (multipart) await host.onMultipart(multipart);
          this.#signal.throwIfAborted();
        }
        if (!multipart && file.size <= this.partSize) {
          const result = await this.#put(gateway);
          if (result) return result;
        }
        [multipart] = await Promise.all([
          multipart ?? this.#create(gateway, this.partSize),
          this.#checkUnchanged(),
        ]);
        // A stored part becomes missing if its checksum shows that it is damaged.
        do {
          await Promise.all([
            this.#computeMissingChecksums(multipart),
            this.#sendMissingParts(gateway, multipart),
          ]);
        } while (multipart.tracker.missingParts.length > 0);
        await this.#checkUnchanged();
        signal.throwIfAborted();
        await host.onCompleting();
        this.#signal.throwIfAborted();
        const completed = await this.#complete(gateway, multipart);
        return 'isOwn' in completed
          ? await this.#finishWithExisting(gateway, completed, multipart)
          : this.#verifyObject(completed, multipart.tracker.crc64);
      } catch (error) {
        lacksPart = isPartMissing(error);
        if (lacksPart && restarts < MAX_RESTARTS) {
          this.#emit({ type: 'incomplete' });
          continue;
        }
        if (!isRefusedAsRepeated(error)) throw error;
        const isGone = hasCode(error, 'upload-gone');
        const previous = multipart;
        const found = await this.#retries.run(() => this.#findExisting(gateway, previous, isGone));
        if (found) return await this.#finishWithExisting(gateway, found, previous);
        if (this.#isHeadDenied && this.#isUnanswered(previous) && options.object.callback) {
          throw this.#callbackFailed(error);
        }
        if (!isGone || restarts === MAX_RESTARTS) throw error;
        multipart = undefined;
        signal.throwIfAborted();
        await host.onMultipart(undefined);
      }
    }
  }

  async #create(gateway: OssGateway, partSize: number): Promise<MultipartUpload> {
    const { file, options, host } = this.#job;
    const incompleteAt = options.env.now();
    const uploadId = await this.#retries.run(() =>
      gateway.createUpload({ ...this.#objectOptions, signal: this.#signal }),
    );
    const multipart = {
      bucket: options.location.bucket,
      uploadId,
      tracker: new PartTracker(file.size, partSize),
      completeUnanswered: false,
      incompleteAt,
    };
    this.#signal.throwIfAborted();
    await host.onMultipart(multipart);
    this.#signal.throwIfAborted();
    return multipart;
  }

  /**
   * Compares the checksums of stored parts with the file: of two parts if the file has the same name and date, because it
   * may have been edited nevertheless, and of all parts if it doesn't. Parts that only OSS lists may be damaged instead:
   * those that differ become missing.
   *
   * @returns whether any are the same
   * @throws UploadError `file-changed` if they differ
   */
  async #checkSameFile(multipart: MultipartUpload): Promise<boolean> {
    const { file, options } = this.#job;
    const { tracker, fromEarlierVisit, metadataDiffers } = multipart;
    if (!options.checksum || !(fromEarlierVisit || metadataDiffers)) return false;
    const parts = metadataDiffers ? tracker.knownChecksums : tracker.samples;
    let isSame = false;
    for (const { number, start, end, crc64, isOnlyListed } of parts) {
      const current = await options.checksum.crc64(file.slice(start, end), this.#signal);
      const equals = String(current) === crc64;
      if (!equals && !isOnlyListed) throw new UploadError('file-changed');
      isSame ||= equals;
      tracker.setChecksum(number, current);
    }
    if (!isSame && parts.length > 0) throw new UploadError('file-changed');
    if (isSame) multipart.metadataDiffers = false;
    return isSame;
  }

  /** @throws UploadError `file-unreadable` if the file was edited since this page has started to upload it */
  async #checkUnchanged(): Promise<void> {
    const { file, options } = this.#job;
    const checking = withinTime(isUnchanged(file, this.#signal), FILE_TIME_LIMIT, options.env);
    // If the file can't be read, only parts that are still missing need it.
    const isSame = await checking.catch(() => true);
    this.#signal.throwIfAborted();
    if (!isSame) throw new UploadError('file-unreadable');
  }

  /**
   * Compares a file with other metadata with the checksums that OSS has listed, if no others are known.
   *
   * @throws UploadError `file-changed` if they differ, or if there are none to compare
   */
  async #checkListedParts(multipart: MultipartUpload): Promise<void> {
    if (!multipart.metadataDiffers) return;
    const isSame = await this.#checkSameFile(multipart);
    if (!isSame && multipart.tracker.doneBytes > 0) throw new UploadError('file-changed');
    multipart.metadataDiffers = false;
  }

  /** Looks for the object before anything is sent, if an earlier visit, transfer or another tab may have stored it. */
  async #findExistingBeforeStart(
    gateway: OssGateway,
    multipart: MultipartUpload | undefined,
  ): Promise<ExistingObject | undefined> {
    const { options, single, otherTabEnded } = this.#job;
    const mayBeCompleted = multipart?.fromEarlierVisit && multipart.completeUnanswered;
    if (multipart) multipart.fromEarlierVisit = false;
    // Otherwise there is hardly ever an object, and browsers log each response with status 404.
    const mayExist = (mayBeCompleted && !options.object.overwrite) || single.unanswered || otherTabEnded;
    if (!mayExist) return undefined;
    return this.#retries.run(() => this.#findExisting(gateway, multipart, false));
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

  /** Parts in flight at the same time, at most. */
  get #parallel(): number {
    const { parallel } = this.#job.options;
    return parallel === 'auto' ? MAX_CONNECTIONS : parallel;
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
    const { env, limiter, parallel } = this.#job.options;
    let { networkChanges } = this.#retries;
    return new Delivery({
      ...request,
      parallel: parallel === 'auto' ? parallel : Math.max(MAX_CONNECTIONS, parallel),
      limiter,
      monitor: this.#monitor,
      env,
      signal: this.#signal,
      onLost: (bytes) => {
        const isNetworkNew = networkChanges !== this.#retries.networkChanges;
        ({ networkChanges } = this.#retries);
        if (env.isOnline() && !isNetworkNew) this.#lostBytes += bytes;
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

  /**
   * Returns the part if OSS has it. `undefined` if it doesn't, if it has a damaged one of an earlier attempt, or if listing
   * isn't permitted.
   */
  async #findPart(
    gateway: OssGateway,
    uploadId: string,
    { number, start, end }: PartRange,
  ): Promise<ListedPart | undefined> {
    const { file, options } = this.#job;
    const query = { after: number - 1, limit: 1, signal: this.#signal };
    const listed = await this.#ifPermitted(() => gateway.listParts(uploadId, query));
    const part = listed?.find((part) => part.number === number && part.size === end - start);
    if (part?.crc64 === undefined || !options.checksum) return part;
    const crc64 = await options.checksum.crc64(file.slice(start, end), this.#signal);
    return part.crc64 === String(crc64) ? part : undefined;
  }

  async #complete(gateway: OssGateway, multipart: MultipartUpload): Promise<StoredObject | ExistingObject> {
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
        multipart.completeUnanswered = unanswered || wasUnanswered || hasCode(error, 'callback-failed');
        const found =
          unanswered && !this.#signal.aborted
            ? await this.#findExisting(gateway, multipart, false)
            : undefined;
        if (found) return found;
        throw error;
      }
    });
  }

  /** Stores the object in a single request. Returns `undefined` if that has failed and the file is better sent in parts. */
  async #put(gateway: OssGateway, overwrite = false): Promise<TransferResult | undefined> {
    const { file, options, single } = this.#job;
    const { env } = options;
    this.#emitProgress(0, 0);
    let mayOverwrite = overwrite;
    let reportProgress = () => {};
    let checksum: Promise<bigint> | undefined;
    let readAt = 0;
    let bytesSent = 0;
    const read = () => {
      readAt = env.now();
      return (checksum = options.checksum?.crc64(file, this.#signal));
    };
    const onSent = () => {
      single.unanswered = true;
      single.sentAt ??= this.#putAt;
    };
    const isReadFirst = options.checksum !== undefined && file.size < MIN_MEASURED_SIZE;
    const delivery = this.#deliver<StoredObject>({
      number: 0,
      size: file.size,
      send: async (call) => {
        // It may have waited long for other files.
        if (isReadFirst && Math.abs(env.now() - readAt) > MAX_READ_AGE) await read();
        this.#putAt = env.now();
        bytesSent = 0;
        // An empty file has no bytes whose progress would be reported.
        if (file.size === 0) onSent();
        return gateway.put(file, {
          ...this.#objectOptions,
          ...(mayOverwrite && { overwrite: true }),
          ...call,
          onUntracked: onSent,
          wasRead: isReadFirst,
        });
      },
      // The object alone doesn't tell whether the callback was answered.
      find: async () =>
        options.object.callback
          ? undefined
          : (await this.#compareWithFile(gateway, await this.#head(gateway), undefined, false))?.object,
      onProgress: (bytes) => {
        if (bytes > 0) reportProgress();
        bytesSent = bytes;
        if (bytes === file.size) onSent();
        this.#emitProgress(bytes, 0);
      },
    });
    return this.#retries.run(async (attempt, onProgress) => {
      // An intermediary that reports no progress may have passed all bytes on.
      const mayBeStored = single.sentAt !== undefined || bytesSent === 0;
      if (attempt > 1 && !mayBeStored && !mayOverwrite && this.#isNowTooLarge()) return undefined;
      reportProgress = onProgress;
      const wasUnanswered = single.unanswered;
      try {
        // The file may have changed since the last attempt.
        const reading = read();
        // Also shows that the file is readable. A check of its own would take as long for a small file.
        if (isReadFirst) await reading;
        const [stored] = await Promise.all([delivery.attempt(), reading]);
        return this.#verifyObject(stored, await checksum);
      } catch (error) {
        const unanswered = mayHaveSucceeded(error) || (this.#signal.aborted && single.unanswered);
        single.unanswered = unanswered || wasUnanswered || hasCode(error, 'callback-failed');
        if (!single.unanswered) single.sentAt = undefined;
        // This transfer has stored a damaged object, which the next attempt may replace.
        mayOverwrite ||= hasCode(error, 'verification-failed');
        throw error;
      }
    });
  }

  /**
   * Returns the existing object if it has the bytes of the file. If another upload has stored it, aborts the multipart
   * upload, whose parts are not needed any more.
   *
   * @param isGone whether OSS doesn't know the upload ID
   */
  async #findExisting(
    gateway: OssGateway,
    multipart: MultipartUpload | undefined,
    isGone: boolean,
  ): Promise<ExistingObject | undefined> {
    const { options, single, otherTabEnded } = this.#job;
    const found = await this.#compareWithFile(gateway, await this.#head(gateway), multipart, isGone);
    if (!found || found.isOwn || otherTabEnded) return found;
    // An object that another upload has stored may not be replaced, so OSS can't be made to send the callback of this one.
    if (options.object.callback) {
      if (isGone || !(await this.#hasStored(gateway, found.object, multipart))) return undefined;
      if (multipart) multipart.completeUnanswered = true;
      else single.unanswered = true;
      return { ...found, isOwn: true };
    }
    // If OSS doesn't know the upload ID, it has assembled the object from the parts of this upload.
    const isOwn = multipart && !isGone && (await this.#abort(gateway, multipart)) === false;
    return isOwn ? { ...found, isOwn } : found;
  }

  /**
   * Whether this transfer has stored an object with the bytes of the file, although OSS has refused the request: after a
   * connection error, the browser may have repeated it.
   */
  async #hasStored(
    gateway: OssGateway,
    object: ObjectSummary,
    multipart: MultipartUpload | undefined,
  ): Promise<boolean> {
    return multipart ? this.#isGone(gateway, multipart) : this.#isStoredSince(object, this.#putAt);
  }

  /** Whether an object was stored at or after this time, as far as the clocks tell. @param time milliseconds since 1970 */
  #isStoredSince({ lastModified = 0 }: ObjectSummary, time = Infinity): boolean {
    const now = this.#job.options.env.now();
    return lastModified >= time - CLOCK_TOLERANCE && lastModified <= now + CLOCK_TOLERANCE;
  }

  /** Whether OSS doesn't know the upload ID. */
  async #isGone(gateway: OssGateway, { uploadId }: MultipartUpload): Promise<boolean> {
    try {
      await this.#ifPermitted(() => gateway.listParts(uploadId, { limit: 1, signal: this.#signal }));
      return false;
    } catch (error) {
      if (hasCode(error, 'upload-gone')) return true;
      throw error;
    }
  }

  /** Compares an existing object with the file. Returns `undefined` if it is missing, different, or can't be compared. */
  async #compareWithFile(
    gateway: OssGateway,
    object: ObjectSummary | undefined,
    multipart: MultipartUpload | undefined,
    isGone: boolean,
  ): Promise<ExistingObject | undefined> {
    const { file, options, single } = this.#job;
    if (object?.size !== file.size) return undefined;
    const isUnanswered = this.#isUnanswered(multipart);
    const isOwn =
      !this.#job.otherTabEnded &&
      (isUnanswered || (multipart !== undefined && isGone && hasPartCount(object, multipart)));
    const crc64 = object.crc64 === undefined ? undefined : await this.#crc64OfFile(multipart);
    if (crc64 !== undefined) {
      return object.crc64 === String(crc64) ? { object, crc64, isOwn } : undefined;
    }
    const isSame =
      isUnanswered &&
      !(multipart ?? single).metadataDiffers &&
      (multipart
        ? await this.#hasAssembled(gateway, object, multipart, isGone)
        : !options.object.overwrite && this.#isStoredSince(object, single.sentAt));
    return isSame ? { object, crc64, isOwn } : undefined;
  }

  /**
   * Whether OSS has assembled an object from the parts of this upload. Without checksums, the object may also be an older one
   * or that of another upload, even with the same size and number of parts.
   *
   * @param isGone whether OSS doesn't know the upload ID. If not, OSS is asked
   */
  async #hasAssembled(
    gateway: OssGateway,
    object: ObjectSummary,
    multipart: MultipartUpload,
    isGone: boolean,
  ): Promise<boolean> {
    const { lastModified = 0 } = object;
    const isOlder = lastModified < multipart.incompleteAt - MAX_CLOCK_ERROR;
    if (isOlder || !hasPartCount(object, multipart)) return false;
    return isGone || this.#isGone(gateway, multipart);
  }

  /** Whether the request that stores the object was sent and its response is unknown. */
  #isUnanswered(multipart: MultipartUpload | undefined): boolean {
    return multipart ? multipart.completeUnanswered : this.#job.single.unanswered;
  }

  /** Returns the CRC-64 of the file. `undefined` if verification is turned off. */
  async #crc64OfFile(multipart: MultipartUpload | undefined): Promise<bigint | undefined> {
    const { file, options } = this.#job;
    if (multipart) await this.#computeMissingChecksums(multipart);
    // The checkpoint of an earlier visit may lack the last parts, and thus their checksums.
    return multipart?.tracker.crc64 ?? options.checksum?.crc64(file, this.#signal);
  }

  /** Ends the upload with an existing object. If a callback is expected, makes OSS send it. */
  async #finishWithExisting(
    gateway: OssGateway,
    { object, crc64, isOwn }: ExistingObject,
    multipart: MultipartUpload | undefined,
  ): Promise<TransferResult> {
    const { file, options } = this.#job;
    if (!options.object.callback) return { ...this.#verify(object, crc64), reused: !isOwn };
    if (crc64 === undefined) throw this.#callbackFailed();
    // The page may have raised the part size since the parts were sent.
    const isSmall = !multipart && file.size <= this.partSize;
    const stored = isSmall ? await this.#put(gateway, true) : undefined;
    return stored ?? this.#copyOntoItself(gateway, crc64);
  }

  /**
   * Replaces the stored object by a copy of itself, so that OSS sends the callback, which may be unanswered. No bytes of
   * the file are sent.
   *
   * @param crc64 of the file
   * @throws UploadError `object-exists` if the object has been replaced, `callback-failed` if it can't be copied
   */
  async #copyOntoItself(gateway: OssGateway, crc64: bigint): Promise<TransferResult> {
    const { file, host } = this.#job;
    this.#signal.throwIfAborted();
    await host.onCompleting();
    const options = { ...this.#objectOptions, overwrite: true, signal: this.#signal };
    const ranges = planParts(file.size, choosePartSize(file.size, COPY_PART_SIZE));
    try {
      return await this.#retries.run(async () => {
        const object = await gateway.head({ signal: this.#signal });
        if (object?.crc64 !== String(crc64)) {
          throw new UploadError('object-exists', { values: this.#errorValues });
        }
        const { etag } = object;
        const uploadId = await gateway.createUpload(options);
        try {
          const parts: DonePart[] = [];
          for (const { number, start, end } of ranges) {
            parts.push(await gateway.copyPart(uploadId, number, { start, end, etag }, options));
          }
          return this.#verifyObject(await gateway.completeUpload(uploadId, parts, options), crc64);
        } catch (error) {
          // If the callback has failed again, the upload is completed.
          if (!hasCode(error, 'callback-failed')) {
            void this.#abort(gateway, { uploadId }, new AbortController().signal);
          }
          throw error;
        }
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      const isKnown =
        error instanceof UploadError &&
        (error.retryable || ['object-exists', 'callback-failed', 'redirected'].includes(error.code));
      throw isKnown ? error : this.#callbackFailed(error);
    }
  }

  #callbackFailed(cause?: unknown): UploadError {
    return new UploadError('callback-failed', { values: this.#errorValues, cause });
  }

  get #errorValues(): Record<string, string> {
    const { options, key } = this.#job;
    return { bucket: options.location.bucket, key };
  }

  /** Aborts a multipart upload. @returns whether OSS knew its ID; `undefined` if that is unknown */
  async #abort(
    gateway: OssGateway,
    { uploadId }: Pick<MultipartUpload, 'uploadId'>,
    signal = this.#signal,
  ): Promise<boolean | undefined> {
    try {
      await gateway.abortUpload(uploadId, { signal });
      return true;
    } catch (error) {
      signal.throwIfAborted();
      return hasCode(error, 'upload-gone') ? false : undefined;
    }
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
  #verify<T extends { crc64?: string | undefined }>(stored: T, crc64: bigint | undefined): T & Verification {
    if (!this.#job.options.checksum) return { ...stored, verified: false, unverifiedReason: 'switched-off' };
    if (stored.crc64 === undefined) return { ...stored, verified: false, unverifiedReason: 'not-exposed' };
    if (stored.crc64 !== String(crc64)) throw new UploadError('verification-failed');
    return { ...stored, verified: true };
  }

  /** Verifies the whole object. Emits `damaged` if it differs from the file, because OSS has stored it anyway. */
  #verifyObject(stored: StoredObject, crc64: bigint | undefined): TransferResult {
    try {
      return { ...this.#verify(stored, crc64), reused: false };
    } catch (error) {
      this.#emit({ type: 'damaged' });
      throw error;
    }
  }

  /**
   * Returns the existing object. `undefined` if there is none, or if the request isn't permitted or fails permanently.
   *
   * @throws UploadError if a retry may help, or `redirected`
   */
  async #head(gateway: OssGateway): Promise<ObjectSummary | undefined> {
    try {
      const answer = await this.#ifPermitted(async () => ({
        object: await gateway.head({ signal: this.#signal }),
      }));
      this.#isHeadDenied = answer === undefined;
      return answer?.object;
    } catch (error) {
      const isTemporary = error instanceof UploadError && error.retryable;
      if (this.#signal.aborted || isTemporary || hasCode(error, 'redirected')) throw error;
      this.#isHeadDenied = true;
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

/** Whether an object has as many parts as the upload. The ETag of an object made of N parts ends with -N. */
function hasPartCount({ etag }: StoredObject, { tracker }: MultipartUpload): boolean {
  const count = countParts(tracker.fileSize, tracker.partSize);
  return etag.replaceAll('"', '').endsWith(`-${count}`);
}

/** Whether OSS may have refused a request because an earlier one has stored the object. */
function isRefusedAsRepeated(error: unknown): boolean {
  return hasCode(error, 'upload-gone') || hasCode(error, 'object-exists');
}

/** Whether OSS lacks a part that Complete lists, or has one with another ETag. */
function isPartMissing(error: unknown): boolean {
  return error instanceof UploadError && error.ossCode === 'InvalidPart';
}
