/**
 * Tries requests again and tells when all that is under way has come to wait. Serves one run of one upload.
 */

import { UploadError } from '../errors.js';
import type { Environment } from '../ports.js';
import { countFailure, isConnectivityError, mayRetry, noFailures, retryDelay } from './retry.js';
import type { WaitReason } from '../upload-state.js';

/** What the tasks of a run wait for. */
export interface Wait {
  reason: WaitReason;
  /** Milliseconds since 1970, by this device. */
  until: number;
  error: UploadError;
}

export interface RetryObserver {
  /** One task failed and will be tried again. @param delay milliseconds */
  onRetry(attempt: number, delay: number, error: UploadError): void;
  /** Every task waits; `wait` is what ends soonest. */
  onAllWaiting(wait: Wait): void;
  /** At least one task goes on. */
  onContinue(): void;
}

export interface RetrySchedulerOptions {
  env: Environment;
  /** Failures in a row without a byte moved that are forgiven. */
  retries: number;
  /** Ends everything; a task then rejects with its reason. */
  signal: AbortSignal;
  observer: RetryObserver;
}

/** @param attempt 1 for the first @param moved to be called when bytes leave */
export type Task<T> = (attempt: number, moved: () => void) => Promise<T>;

export class RetryScheduler {
  readonly #options: RetrySchedulerOptions;
  readonly #waits = new Set<Wait>();
  /** Workers that send requests in parallel. Without them, one request is sent at a time. */
  #workers = 0;
  #waiting = false;
  /** How often the hint about the network has changed. */
  #networkChanges = 0;
  #wake = new AbortController();

  constructor(options: RetrySchedulerOptions) {
    this.#options = options;
    const { env, signal } = options;
    const stop = env.onOnlineChange(() => {
      this.#networkChanges++;
      this.retryNow();
    });
    signal.addEventListener(
      'abort',
      () => {
        stop();
        this.retryNow();
      },
      { once: true },
    );
  }

  /** Ends all waiting: whoever waits tries again now. */
  retryNow(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** Tries until it succeeds, fails for good, or the run is over. */
  async run<T>(task: Task<T>): Promise<T> {
    const { env, retries, signal, observer } = this.#options;
    let count = noFailures;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      let progressed = false;
      const networkChanges = this.#networkChanges;
      try {
        return await task(attempt, () => (progressed = true));
      } catch (thrown) {
        signal.throwIfAborted();
        const error = UploadError.from(thrown);
        const failed = countFailure(count, error, progressed);
        const offline = isConnectivityError(error) && !env.isOnline();
        const changed = isConnectivityError(error) && networkChanges !== this.#networkChanges;
        // Waiting for the network costs no attempts, and one that it came back to finds short delays.
        if (changed) count = { ...count, failures: 1 };
        else count = offline ? { ...count, failures: failed.failures } : failed;
        if (!mayRetry(count, error, retries)) throw error;
        const delay = retryDelay(count, error, env.random());
        observer.onRetry(attempt + 1, delay, error);
        await this.#wait({ reason: offline ? 'offline' : 'retry', until: env.now() + delay, error }, delay);
      }
    }
  }

  /** Counts a worker that calls {@link run} repeatedly, so that the transfer waits only while all of them wait. */
  async runWorker(worker: () => Promise<void>): Promise<void> {
    this.#workers++;
    try {
      await worker();
    } finally {
      this.#workers--;
      this.#tell();
    }
  }

  async #wait(wait: Wait, delay: number): Promise<void> {
    this.#waits.add(wait);
    this.#tell();
    await this.#options.env.sleep(delay, this.#wake.signal);
    this.#waits.delete(wait);
    this.#tell();
  }

  #tell(): void {
    const { signal, observer } = this.#options;
    if (signal.aborted) return;
    const soonest = [...this.#waits].sort((a, b) => a.until - b.until)[0];
    const waiting = soonest !== undefined && this.#waits.size === Math.max(1, this.#workers);
    if (waiting) observer.onAllWaiting(soonest);
    else if (this.#waiting) observer.onContinue();
    this.#waiting = waiting;
  }
}
