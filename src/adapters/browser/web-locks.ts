/**
 * Locks across tabs, built on the Web Locks API. The browser releases a lock when its tab closes or crashes. Where the
 * API is unavailable, every lock is granted: in Node, in insecure contexts, and in cross-site frames in Firefox.
 */

import type { Locks, Release } from '../../core/ports.js';

const PREFIX = 'oss-resumable-upload:';

export const webLocks: Locks = {
  async acquire(name, signal, onWait) {
    if (!globalThis.navigator?.locks) return () => {};
    const release = await fallBackOnSecurityError<Release | undefined>(
      request(name, { ifAvailable: true }),
      () => {},
    );
    if (release) return release;
    onWait();
    try {
      return (await request(name, { signal })) as Release;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },

  async isHeld(name) {
    if (!globalThis.navigator?.locks) return false;
    const { held = [] } = await fallBackOnSecurityError<LockManagerSnapshot>(navigator.locks.query(), {});
    return held.some((lock) => lock.name === PREFIX + name);
  },
};

/** Resolves with a fallback if the browser forbids the use of locks with a `SecurityError`. */
async function fallBackOnSecurityError<T>(result: Promise<T>, fallback: T): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return fallback;
    throw error;
  }
}

/** Requests a lock. @returns the function that releases it, or `undefined` if the lock isn't available */
function request(name: string, options: LockOptions): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const released = navigator.locks.request(PREFIX + name, options, (lock) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((release) =>
        resolve(() => {
          release();
          // Rejects if another script has stolen the lock.
          return released.then(noop, noop);
        }),
      );
    });
    released.catch(reject);
  });
}

function noop(): void {}
