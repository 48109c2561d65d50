/** Isolates uploads from locks that fail, get lost or don't respond. */

import { abortable } from './abortable.js';
import type { Environment, Locks } from './ports.js';
import { TimeoutError, withinTime } from './time-limit.js';

/**
 * Wraps {@link Locks}. No method rejects, except with the reason of its signal. A lock that fails or doesn't respond within
 * the time limit counts as available. Waiting for another holder has no time limit.
 */
export function resilientLocks(locks: Locks, env: Environment): Locks {
  /** Whether the last request was not answered. Until one is answered, none is waited for. */
  let isUnresponsive = false;

  const inTime = async <T>(answer: Promise<T>): Promise<T> => {
    const onAnswer = () => void (isUnresponsive = false);
    answer.then(onAnswer, onAnswer);
    try {
      if (isUnresponsive) throw new TimeoutError();
      return await withinTime(answer, undefined, env);
    } catch (error) {
      isUnresponsive ||= error instanceof TimeoutError;
      throw error;
    }
  };

  return {
    async acquire(name, signal, onWait) {
      let continuesWithoutLock = false;
      let startWaiting!: () => void;
      const waiting = new Promise<void>((resolve) => (startWaiting = resolve));
      const lock = call(() =>
        locks.acquire(name, signal, () => {
          startWaiting();
          if (!continuesWithoutLock) onWait();
        }),
      );
      try {
        await inTime(Promise.race([lock, waiting]));
        const release = await abortable(lock, signal);
        return () => inTime(call(release)).catch(() => {});
      } catch {
        continuesWithoutLock = true;
        const releaseLater = () => void lock.then((release) => release()).catch(() => {});
        if (!signal.aborted) return releaseLater;
        releaseLater();
        throw signal.reason;
      }
    },

    async claim(name) {
      const claim = call(() => locks.claim(name));
      // A claim that is granted later must be released, too.
      return inTime(claim).catch(
        () => () =>
          claim.then(
            (release) => release(),
            () => {},
          ),
      );
    },

    claimed: () => inTime(call(() => locks.claimed())).catch(() => new Set()),
  };
}

/** Calls a function. If it throws, the promise is rejected. */
async function call<T>(action: () => T | Promise<T>): Promise<T> {
  return action();
}
