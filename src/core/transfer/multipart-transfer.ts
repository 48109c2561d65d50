/**
 * One run of one upload: finds out what has arrived, sends what is missing, has OSS put it together.
 * Ends with the stored object, with an UploadError, or with the reason of the signal that stopped it.
 */

import { RetryScheduler, type Wait } from './retry-scheduler.js';
import { UploadError } from '../errors.js';
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

/** Parts under way at once; one of the six connections that HTTP/1.1 allows to a host stays free. */
const DEFAULT_PARALLEL = 5;
export const DEFAULT_RETRIES = 5;

/** How often a run begins anew because its upload id was gone. */
const MAX_RESTARTS = 3;

export interface TransferOptions {
  location: BucketLocation;
  object: ObjectOptions;
  openGateway: OpenGateway;
  env: Environment;
  /** Bytes. */
  partSize: number | 'auto';
  parallel: number | 'auto';
  retries: number;
  /** Absent where verification is switched off. */
  checksum?: Checksum | undefined;
}

/** A multipart upload that OSS knows of. Outlives the runs of an upload. */
export interface MultipartUpload {
  bucket: string;
  uploadId: string;
  tracker: PartTracker;
  /** Complete was sent and its answer never came: the object may be there. */
  completeUnanswered: boolean;
  /** It is known from memory, and the file may have changed meanwhile. */
  fromEarlierVisit?: boolean;
}

/** What a transfer reports. Nothing is reported once its signal is aborted. */
export type TransferEvent =
  /** `loaded`: bytes sent, unfinished parts included. Decreases when such bytes are lost. */
  | { type: 'progress'; loaded: number }
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
  onEvent(event: TransferEvent): void;
}

export interface TransferJob {
  file: Blob;
  key: string;
  options: TransferOptions;
  /** What an earlier transfer or a checkpoint knows. */
  multipart: MultipartUpload | undefined;
  /** Stops the transfer. In-flight requests are aborted. */
  signal: AbortSignal;
  host: TransferHost;
}

export interface TransferResult extends StoredObject {
  verified: boolean;
  unverifiedReason?: UnverifiedReason | undefined;
}

/** Thrown by a run that `onBegin` stopped. */
export class StartPrevented extends Error {}

export class MultipartTransfer {
  readonly #job: TransferJob;
  readonly #retries: RetryScheduler;
  /** Ends all that is under way: for the job's signal, or because one part failed for good. */
  readonly #stop = new AbortController();

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

  /** Whoever waits tries again now. */
  retryNow(): void {
    this.#retries.retryNow();
  }

  async run(): Promise<TransferResult> {
    const { file, key, options } = this.#job;
    if (file.size > MAX_OBJECT_SIZE) throw new UploadError('file-too-large');
    try {
      const target = { ...options.location, key };
      const gateway = await this.#retries.run(() => options.openGateway(target, { signal: this.#signal }));
      return await this.#upload(gateway);
    } finally {
      // Whatever ended the run, nothing of it stays behind.
      this.#stop.abort();
    }
  }

  get #signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The only way out for events, so that a stopped transfer is silent. */
  #emit(event: TransferEvent): void {
    const { signal, host } = this.#job;
    if (!signal.aborted) host.onEvent(event);
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
    let refused = false;
    for (let restarts = 0; ; restarts++) {
      try {
        if (multipart) {
          await this.#checkSameFile(multipart);
          await this.#reconcile(gateway, multipart);
          // No list tells which part it is that OSS misses.
          if (refused && multipart.tracker.missingParts.length === 0) throw new UploadError('upload-gone');
        }
        if (restarts === 0) this.#checkStart(multipart);
        const partSize = choosePartSize(file.size, options.partSize);
        if (!multipart && file.size <= partSize) return await this.#put(gateway);
        multipart ??= await this.#create(gateway, partSize);
        // A part that arrived earlier and turns out to be damaged is missing after all.
        do {
          await Promise.all([this.#checkEarlierParts(multipart), this.#sendMissingParts(gateway, multipart)]);
        } while (multipart.tracker.missingParts.length > 0);
        signal.throwIfAborted();
        await host.onCompleting();
        this.#signal.throwIfAborted();
        return this.#verifyObject(await this.#complete(gateway, multipart), multipart.tracker.crc64);
      } catch (error) {
        refused = isPartMissing(error);
        if (refused && restarts < MAX_RESTARTS) {
          this.#emit({ type: 'incomplete' });
          continue;
        }
        if (!hasCode(error, 'upload-gone')) throw error;
        const gone = multipart;
        const stored = gone && (await this.#retries.run(() => this.#findCompleted(gateway, gone, true)));
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
   * A file can have been edited and keep its date and size: two of the parts that were sent are compared with it.
   *
   * @throws UploadError `file-changed`
   */
  async #checkSameFile(multipart: MultipartUpload): Promise<void> {
    const { file, options } = this.#job;
    if (!multipart.fromEarlierVisit || !options.checksum) return;
    for (const { start, end, crc64 } of multipart.tracker.samples) {
      const found = await options.checksum.crc64(file.slice(start, end), this.#signal);
      if (found !== crc64) throw new UploadError('file-changed');
    }
    multipart.fromEarlierVisit = false;
  }

  /** The server's list is the truth; our own notes serve where listing is not allowed. */
  async #reconcile(gateway: OssGateway, { uploadId, tracker }: MultipartUpload): Promise<void> {
    const listed = await this.#retries.run(() =>
      this.#ask(() => gateway.listParts(uploadId, { signal: this.#signal })),
    );
    if (listed) tracker.reconcile(listed);
  }

  async #sendMissingParts(gateway: OssGateway, multipart: MultipartUpload): Promise<void> {
    const { options } = this.#job;
    this.#emit({ type: 'progress', loaded: multipart.tracker.loaded });
    const missing = multipart.tracker.missingParts;
    const parallel =
      options.parallel === 'auto' ? DEFAULT_PARALLEL : Math.max(1, Math.floor(options.parallel) || 1);
    // The workers share one iterator: each takes the next part that nobody has.
    const queue = missing.values();
    const worker = async () => {
      for (const range of queue) await this.#sendPart(gateway, multipart, range);
    };
    await this.#allOrStop(Array.from({ length: Math.min(parallel, missing.length) }, worker));
  }

  /** The first failure ends the others at once, and is told when they have ended. */
  async #allOrStop(tasks: Promise<void>[]): Promise<void> {
    let failure: { error: unknown } | undefined;
    await Promise.all(
      tasks.map((task) =>
        task.catch((error: unknown) => {
          failure ??= { error };
          // An upload id that is gone is found out by all workers; the run goes on with a new one.
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
    let mayHaveArrived = false;
    await this.#retries.run(async (attempt, moved) => {
      let sent = 0;
      const onProgress = (bytes: number) => {
        if (bytes > 0) moved();
        sent = bytes;
        tracker.partInFlight(number, bytes);
        this.#emit({ type: 'progress', loaded: tracker.loaded });
      };
      try {
        const known = mayHaveArrived && (await this.#findPart(gateway, uploadId, range));
        mayHaveArrived = false;
        const [part, crc64] = await Promise.all([
          known || gateway.uploadPart(uploadId, number, body, { signal: this.#signal, onProgress }),
          options.checksum?.crc64(body, this.#signal),
        ]);
        this.#verify(part, crc64);
        const done = { number, etag: part.etag, crc64 };
        tracker.partDone(done);
        this.#emit({ type: 'progress', loaded: tracker.loaded });
        this.#emit({ type: 'part', part: done, attempt });
      } catch (error) {
        // All but the answer had come through: OSS is asked before the bytes are sent again.
        mayHaveArrived ||= sent === body.size && isTransportError(error);
        tracker.partLost(number);
        throw error;
      }
    });
  }

  /** @returns the part where OSS has it; `undefined` too where listing is not allowed */
  async #findPart(
    gateway: OssGateway,
    uploadId: string,
    { number, start, end }: PartRange,
  ): Promise<ListedPart | undefined> {
    const query = { after: number - 1, limit: 1, signal: this.#signal };
    const listed = await this.#ask(() => gateway.listParts(uploadId, query));
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
        // OSS goes on when the connection is lost, and a browser that lost it sends the request again by itself: what is
        // refused may be a second Complete, with the object of the first in its way.
        const unanswered = isUnanswered(error) || this.#signal.aborted;
        const refused = isRefusedAgain(error);
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
   * @param refused whether OSS refuses to put it together, as it does once that is done
   * @returns the object, where it is the one that this multipart upload makes
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
    // The ETag of an object that was made of N parts ends with -N.
    const madeOfParts = found?.etag.replaceAll('"', '').endsWith(`-${countParts(fileSize, partSize)}`);
    if (found?.size !== fileSize || !madeOfParts) return undefined;
    await this.#checkEarlierParts(multipart);
    // An earlier visit may have gone before it wrote its last parts down.
    const crc64 = tracker.crc64 ?? (await options.checksum?.crc64(file, this.#signal));
    // One that may be replaced can be there from before: without its checksum, only the refusal tells.
    const isOurs =
      found.crc64 === undefined || crc64 === undefined
        ? completeUnanswered && (refused || !options.object.overwrite)
        : found.crc64 === String(crc64);
    return isOurs ? this.#verify(found, crc64) : undefined;
  }

  async #put(gateway: OssGateway): Promise<TransferResult> {
    const { file, options } = this.#job;
    this.#emit({ type: 'progress', loaded: 0 });
    let unanswered = false;
    let broken = false;
    return this.#retries.run(async (_, moved) => {
      const onProgress = (bytes: number) => {
        if (bytes > 0) moved();
        this.#emit({ type: 'progress', loaded: bytes });
      };
      try {
        const [stored, crc64] = await Promise.all([
          gateway.put(file, {
            ...this.#objectOptions,
            ...(broken && { overwrite: true }),
            signal: this.#signal,
            onProgress,
          }),
          options.checksum?.crc64(file, this.#signal),
        ]);
        return this.#verifyObject(stored, crc64);
      } catch (error) {
        if (hasCode(error, 'object-exists')) {
          const stored = await this.#findPut(gateway, unanswered);
          if (stored) return stored;
        }
        unanswered ||= isUnanswered(error);
        // What is stored now is our own, and damaged: it may be replaced.
        broken ||= hasCode(error, 'verification-failed');
        throw error;
      }
    });
  }

  /**
   * The object that is in the way may be our own, of an attempt whose answer was lost: to this run, to one before, or to
   * a browser that sent the request again by itself. The same bytes are as good as our own.
   */
  async #findPut(gateway: OssGateway, unanswered: boolean): Promise<TransferResult | undefined> {
    const { file, options } = this.#job;
    const found = await this.#head(gateway);
    if (found?.size !== file.size) return undefined;
    const crc64 = await options.checksum?.crc64(file, this.#signal);
    const isOurs =
      found.crc64 === undefined || crc64 === undefined ? unanswered : found.crc64 === String(crc64);
    return isOurs ? this.#verify(found, crc64) : undefined;
  }

  /** Computes what is not known of the parts that arrived earlier, while the others are on their way. */
  async #checkEarlierParts({ tracker }: MultipartUpload): Promise<void> {
    const { file, options } = this.#job;
    if (!options.checksum) return;
    for (const { number, start, end } of tracker.uncheckedParts) {
      tracker.partChecked(number, await options.checksum.crc64(file.slice(start, end), this.#signal));
    }
  }

  /**
   * Compares what OSS stored with what was sent.
   *
   * @param crc64 of what was sent, where it is known
   * @throws UploadError `verification-failed`
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

  /** The same for the object as a whole, which is there, damaged or not. */
  #verifyObject(stored: StoredObject, crc64: bigint | undefined): TransferResult {
    try {
      return this.#verify(stored, crc64);
    } catch (error) {
      this.#emit({ type: 'damaged' });
      throw error;
    }
  }

  /** A look that may fail without harm. @throws UploadError where a later look may see more */
  async #head(gateway: OssGateway): Promise<(StoredObject & { size: number }) | undefined> {
    try {
      return await this.#ask(() => gateway.head({ signal: this.#signal }));
    } catch (error) {
      if (this.#signal.aborted || (error instanceof UploadError && error.retryable)) throw error;
      return undefined;
    }
  }

  /** @returns `undefined` where the question is not allowed, by the RAM policy or by the bucket's CORS rule */
  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    for (let suspicions = 0; ; suspicions++) {
      try {
        return await question();
      } catch (error) {
        if (hasCode(error, 'access-denied')) return undefined;
        if (!hasCode(error, 'cors-blocked')) throw error;
        // A lost request and a CORS rule without its method look alike: one more try tells them apart.
        if (suspicions > 0) return undefined;
      }
    }
  }
}

function hasCode(error: unknown, code: UploadError['code']): boolean {
  return error instanceof UploadError && error.code === code;
}

/** Whether a Complete may have been refused because it came for the second time. */
function isRefusedAgain(error: unknown): boolean {
  return hasCode(error, 'upload-gone') || hasCode(error, 'object-exists');
}

/** Whether OSS misses a part that is to be put together, or has another in its place. */
function isPartMissing(error: unknown): boolean {
  return error instanceof UploadError && error.ossCode === 'InvalidPart';
}

/** Whether the line failed, not OSS. */
function isTransportError(error: unknown): boolean {
  return hasCode(error, 'network') || hasCode(error, 'timeout');
}

/** Whether OSS may have done what was asked although no good answer came. */
function isUnanswered(error: unknown): boolean {
  return isTransportError(error) || hasCode(error, 'server-error');
}
