/** Retries the requests of one transfer, and reports when all of them are waiting. */

import { UploadError } from '../errors.js';
import type { Environment } from '../ports.js';
import { countFailure, isConnectivityError, mayRetry, noFailures, retryDelay } from './retry.js';
import type { WaitReason } from '../upload-state.js';

/** Why a request waits, and until when. */
export interface Wait {
  reason: WaitReason;
  /** Milliseconds since 1970 by this device's clock. */
  until: number;
  /** The error that caused the wait. */
  error: UploadError;
}

/** Receives reports from a {@link RetryScheduler}. */
export interface RetryObserver {
  /**
   * Called when a task has failed and will be retried.
   *
   * @param attempt number of the next attempt, from 2
   * @param delay milliseconds
   */
  onRetry(attempt: number, delay: number, error: UploadError): void;
  /** Called when every task is waiting, and when one of them retries. @param wait the one that ends first */
  onAllWaiting(wait: Wait): void;
  /** Called when a task sends bytes or succeeds after all were waiting. If such bytes were lost before, only a success counts. */
  onContinue(): void;
}

export interface RetrySchedulerOptions {
  env: Environment;
  /** How often a task is retried in a row without progress before it fails. */
  retries: number;
  /** Stops all tasks. They reject with the signal's reason. */
  signal: AbortSignal;
  observer: RetryObserver;
}

/**
 * One attempt at a request.
 *
 * @param attempt 1 for the first attempt
 * @param onProgress to be called when bytes have been sent
 */
export type Task<T> = (attempt: number, onProgress: () => void) => Promise<T>;

/** Runs tasks, and retries those that fail. */
export class RetryScheduler {
  readonly #options: RetrySchedulerOptions;
  readonly #waits = new Set<Wait>();
  /** Workers that send requests in parallel. Without them, one request is sent at a time. */
  #workers = 0;
  /** Whether every task has been waiting, and none has sent bytes or succeeded since. */
  #isStalled = false;
  /** Whether bytes were sent after a stall, and nothing has succeeded since. A buffer of a dead network may hold them. */
  #isUnproven = false;
  /** How many parts OSS has acknowledged. */
  #acknowledged = 0;
  #networkChanges = 0;
  #wake = new AbortController();

  constructor(options: RetrySchedulerOptions) {
    this.#options = options;
    const { env, signal } = options;
    const unsubscribe = env.onOnlineChange(() => {
      this.#networkChanges++;
      this.retryNow();
    });
    signal.addEventListener(
      'abort',
      () => {
        unsubscribe();
        this.retryNow();
      },
      { once: true },
    );
  }

  /** How often the online state has changed. */
  get networkChanges(): number {
    return this.#networkChanges;
  }

  /** Ends all waits. Waiting tasks retry immediately. */
  retryNow(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** Records that OSS has acknowledged a part, so that sent bytes count as progress. */
  acknowledge(): void {
    this.#acknowledged++;
  }

  /**
   * Runs a task until it succeeds.
   *
   * @throws UploadError the last error, if it is final; the signal's reason, if it is aborted
   */
  async run<T>(task: Task<T>): Promise<T> {
    const { env, retries, signal, observer } = this.#options;
    let count = noFailures;
    let acknowledged = this.#acknowledged;
    let networkChanges = this.#networkChanges;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      let progressed = false as boolean;
      try {
        const result = await task(attempt, () => {
          progressed = true;
          if (!this.#isUnproven) this.#continue(true);
        });
        this.#continue(false);
        return result;
      } catch (thrown) {
        signal.throwIfAborted();
        const error = UploadError.from(thrown);
        // Sent bytes may never arrive. They count as progress if OSS has acknowledged anything meanwhile.
        const nextCount = countFailure(count, error, progressed && acknowledged < this.#acknowledged);
        acknowledged = this.#acknowledged;
        const offline = isConnectivityError(error) && !env.isOnline();
        const networkChanged = isConnectivityError(error) && networkChanges !== this.#networkChanges;
        networkChanges = this.#networkChanges;
        // Failures while offline, and the first one after a change of the network, use up no retries. After a change, delays
        // are short again.
        if (networkChanged) count = { ...count, failures: 1 };
        else count = offline ? { ...count, failures: nextCount.failures } : nextCount;
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
      this.#notifyIfAllWait();
    }
  }

  async #wait(wait: Wait, delay: number): Promise<void> {
    this.#waits.add(wait);
    this.#notifyIfAllWait();
    const { env } = this.#options;
    await env.sleep(delay, this.#wake.signal);
    this.#waits.delete(wait);
    const isEarly = env.now() < wait.until;
    if (this.#isStalled && isEarly) this.#notifyWaiting({ ...wait, until: env.now() });
  }

  #notifyIfAllWait(): void {
    const [first] = [...this.#waits].sort((a, b) => a.until - b.until);
    if (!first || this.#waits.size < Math.max(1, this.#workers)) return;
    this.#isStalled = true;
    this.#notifyWaiting(first);
  }

  #notifyWaiting(wait: Wait): void {
    const { signal, observer } = this.#options;
    if (!signal.aborted) observer.onAllWaiting(wait);
  }

  #continue(isUnproven: boolean): void {
    const { signal, observer } = this.#options;
    this.#isUnproven = isUnproven && this.#isStalled;
    if (!this.#isStalled || signal.aborted) return;
    this.#isStalled = false;
    observer.onContinue();
  }
}
