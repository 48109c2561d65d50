/**
 * One file on its way to one object: its state, its controls, and what it remembers between runs.
 * Knows nothing of the DOM, the SDK or the other files.
 */

import { checkSameFile, type Checkpoint } from './checkpoint.js';
import { UploadError } from './errors.js';
import { PartLedger } from './part-ledger.js';
import type { DonePart } from './ports.js';
import { TransferRate } from './transfer-rate.js';
import { NotBegun, UploadRun, type MultipartUpload, type RunOptions, type RunResult } from './upload-run.js';
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
export type UploadNotice =
  | { type: 'state'; upload: Upload; from: UploadState; to: UploadState }
  | { type: 'progress'; upload: Upload; progress: Progress }
  | { type: 'part'; upload: Upload; part: DonePart; attempt: number }
  | { type: 'retry'; upload: Upload; attempt: number; delay: number; error: UploadError };

/** What an upload asks of those who hold it. */
export interface UploadHost {
  /** As they are set now: each run reads them anew. @throws UploadError where one is missing or can't be used */
  runOptions(): RunOptions;
  /** @returns `false` where the upload must not begin */
  mayBegin(upload: Upload, resumed: boolean, bytesKept: number): boolean;
  notify(notice: UploadNotice): void;
  /** Puts the error into the person's language. */
  describe(error: UploadError): UploadError;
}

interface Run {
  stop: AbortController;
  work?: UploadRun;
}

/** Why a run was ended by its upload. */
const stopped = new Error('The upload was stopped.');

export class Upload {
  /** Unique within the page. */
  readonly id: string = crypto.randomUUID();
  readonly file: File;
  /** The object key. */
  readonly key: string;
  readonly #host: UploadHost;
  readonly #rate = new TransferRate();
  #state: UploadState;
  #multipart?: MultipartUpload;
  #run?: Run;
  /** Whether this upload left a damaged object behind. */
  #replacesOwn = false;

  constructor(file: File, key: string, host: UploadHost) {
    this.file = file;
    this.key = key;
    this.#host = host;
    this.#state = { status: 'ready', progress: noProgress(file.size) };
  }

  get state(): UploadState {
    return this.#state;
  }

  /** What has arrived, in the shape of ali-oss; `undefined` before OSS has given an upload id. */
  get checkpoint(): Checkpoint | undefined {
    if (!this.#multipart) return undefined;
    const { uploadId, ledger } = this.#multipart;
    const { fileSize, partSize, doneParts } = ledger;
    return { file: this.file, name: this.key, fileSize, partSize, uploadId, doneParts };
  }

  /**
   * Goes on from a checkpoint at the next start. To be called before the first.
   *
   * @throws UploadError `checkpoint-mismatch`
   */
  adopt(checkpoint: Checkpoint, bucket: string): void {
    checkSameFile(checkpoint, this.file);
    const { fileSize, partSize, uploadId, doneParts } = checkpoint;
    const ledger = new PartLedger(fileSize, partSize, doneParts);
    this.#multipart = { bucket, uploadId, ledger, completeUnanswered: false };
    this.#setState({ status: 'paused', progress: this.#progress(ledger.loaded) });
  }

  /** Begins, where it has not begun. */
  start(): void {
    if (this.#state.status === 'ready' || this.#state.status === 'resumable') this.#begin();
  }

  /** Silences the line at once; every finished part is kept. */
  pause(): void {
    if (!this.#dispatch({ type: 'pause' })) return;
    this.#endRun();
  }

  /** Goes on where it paused; in a wait, goes on now. */
  resume(): void {
    if (this.#state.status === 'waiting') this.#run?.work?.goOn();
    else if (this.#state.status === 'paused') this.#begin();
  }

  /** Tries again after a failure, with what has arrived kept; in a wait, tries now. */
  retry(): void {
    if (this.#state.status === 'waiting') this.#run?.work?.goOn();
    else if (this.#state.status === 'failed' || this.#state.status === 'cancelled') this.#begin();
  }

  /** Gives up and removes from OSS what has arrived, where that is allowed. Resolves when that is done. */
  async cancel(): Promise<void> {
    if (!this.#dispatch({ type: 'cancel' })) return;
    this.#endRun();
    const multipart = this.#multipart;
    this.#multipart = undefined;
    if (multipart) await this.#tidyUp(multipart);
  }

  #begin(): void {
    if (this.#run || !this.#dispatch({ type: 'start' })) return;
    const run: Run = { stop: new AbortController() };
    this.#run = run;
    void this.#work(run);
  }

  async #work(run: Run): Promise<void> {
    let event: UploadEvent;
    try {
      // The options may be wrong in a way that is told at once: whoever called `start` goes on first all the same.
      await Promise.resolve();
      event = await this.#perform(run);
    } catch (error) {
      event =
        error instanceof NotBegun
          ? { type: 'withdraw' }
          : { type: 'fail', error: this.#host.describe(UploadError.from(error)) };
    }
    // A run that was stopped has nothing to say any more.
    if (this.#run !== run) return;
    this.#run = undefined;
    if (event.type === 'fail' && event.error.code === 'verification-failed') {
      // The object is stored, and damaged: the next run begins anew and may replace it.
      this.#multipart = undefined;
      this.#replacesOwn = true;
    }
    this.#dispatch(event);
  }

  async #perform(run: Run): Promise<UploadEvent> {
    run.stop.signal.throwIfAborted();
    const { file, key } = this;
    const options = this.#host.runOptions();
    if (this.#replacesOwn) options.object.overwrite = true;
    const { bucket } = options.location;
    if (this.#multipart && this.#multipart.bucket !== bucket) this.#multipart = undefined;
    const resumed = this.#multipart !== undefined;
    const current = () => this.#run === run;

    run.work = new UploadRun({
      file,
      key,
      options,
      multipart: this.#multipart,
      signal: run.stop.signal,
      observer: {
        onBegin: (bytesKept) => this.#host.mayBegin(this, resumed, bytesKept) && current(),
        onMultipart: (multipart) => {
          if (!current()) return;
          this.#multipart = multipart;
          if (!multipart) this.#dispatch({ type: 'restart' });
        },
        onProgress: (loaded) => {
          if (current()) this.#report(loaded, options);
        },
        onPartDone: (part, attempt) => {
          if (current()) this.#host.notify({ type: 'part', upload: this, part, attempt });
        },
        onCompleting: () => {
          if (current()) this.#dispatch({ type: 'complete', progress: this.#progress(file.size) });
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
        onGoOn: () => {
          if (current()) this.#dispatch({ type: 'go-on' });
        },
      },
    });
    const stored = await run.work.run();
    return { type: 'succeed', result: this.#result(bucket, stored) };
  }

  #result(bucket: string, { etag, url, verified, unverifiedReason, callback }: RunResult): UploadResult {
    return { bucket, key: this.key, etag, url, verified, unverifiedReason, callback };
  }

  #report(loaded: number, { env }: RunOptions): void {
    const time = env.now();
    if (this.#state.status === 'preparing') {
      this.#rate.reset(time, loaded);
      this.#dispatch({ type: 'send', progress: this.#progress(loaded) });
      return;
    }
    this.#rate.add(time, loaded);
    const rate = this.#rate.bytesPerSecond(time);
    const bytesPerSecond = rate === undefined ? undefined : Math.max(0, rate);
    const secondsLeft = bytesPerSecond ? (this.file.size - loaded) / bytesPerSecond : undefined;
    this.#dispatch({
      type: 'progress',
      progress: { ...this.#progress(loaded), bytesPerSecond, secondsLeft },
    });
  }

  #progress(loaded: number): Progress {
    const total = this.file.size;
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
      const { location, openGateway } = this.#host.runOptions();
      const gateway = await openGateway({ ...location, key: this.key }, { signal });
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
