/** Limits how long the engine waits for services of the browser that an upload can do without, such as storage. */

import type { Environment } from './ports.js';

/** How long the engine waits for such a service, in milliseconds. */
export const TIME_LIMIT = 2_000;

/** How long the engine waits for one of several selected files, in milliseconds. The others are added afterwards. */
export const FILE_TIME_LIMIT = 10_000;

export type Timers = Pick<Environment, 'startTimer'>;

/** A service has not responded in time. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** Settles like `promise`, or rejects with a {@link TimeoutError} after `ms` milliseconds. */
export function withinTime<T>(promise: Promise<T>, ms = TIME_LIMIT, timers: Timers = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = startTimer(ms, () => reject(new TimeoutError('The browser doesn’t respond.')), timers);
    promise.then(resolve, reject).finally(cancel);
  });
}

/**
 * Creates a function that waits for promises, for {@link TIME_LIMIT} in total. It resolves with `undefined` if a promise
 * rejects or the time is used up.
 */
export function createTimeBudget(env: Environment): <T>(promise: Promise<T>) => Promise<T | undefined> {
  let left = TIME_LIMIT;
  return async (promise) => {
    if (left === 0) return undefined;
    const startedAt = env.now();
    try {
      return await withinTime(promise, left, env);
    } catch {
      return undefined;
    } finally {
      // The device's clock may have been set back.
      left -= Math.min(left, Math.max(0, env.now() - startedAt));
    }
  };
}

/** Calls `callback` after `ms` milliseconds. Returns a function that cancels it. */
export function startTimer(ms: number, callback: () => void, timers: Timers = {}): () => void {
  const cancel = timers.startTimer?.(ms, callback);
  if (cancel) return cancel;
  // A long task delays timers and answers alike. The second half lets in the answers that arrived during the first.
  let timer = setTimeout(() => (timer = setTimeout(callback, ms / 2)), ms / 2);
  return () => clearTimeout(timer);
}
