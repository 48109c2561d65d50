/**
 * Locks across tabs, built on the Web Locks API. The browser releases a lock when its tab closes or crashes. Where the
 * API is unavailable, only the elements of one page know each other: in Node, in insecure contexts, and in cross-site
 * frames in Firefox.
 */

import type { Locks, Release } from '../../core/ports.js';
import { createPageLocks } from './page-locks.js';

const LOCK = 'oss-resumable-upload:';
const CLAIM = 'oss-resumable-upload-claim:';

const pageLocks = createPageLocks();

export const webLocks: Locks = {
  acquire: (name, signal, onWait) =>
    use(
      async () => {
        const release = await request(LOCK + name, { ifAvailable: true });
        if (release) return release;
        onWait();
        try {
          return (await request(LOCK + name, { signal })) as Release;
        } catch (error) {
          throw signal.aborted ? signal.reason : error;
        }
      },
      () => pageLocks.acquire(name, signal, onWait),
    ),

  // Shared locks are granted immediately, because nobody requests an exclusive lock with this name.
  claim: (name) =>
    use(
      async () => (await request(CLAIM + name, { mode: 'shared' })) as Release,
      () => pageLocks.claim(name),
    ),

  claimed: () =>
    use(
      async () => {
        const { held = [] } = await navigator.locks.query();
        const names = held.flatMap(({ name }) => (name?.startsWith(CLAIM) ? name.slice(CLAIM.length) : []));
        return new Set(names);
      },
      () => pageLocks.claimed(),
    ),
};

/** Calls `fallback` if the browser has no Web Locks, or forbids their use with a `SecurityError`. */
async function use<T>(webLocks: () => Promise<T>, fallback: () => Promise<T>): Promise<T> {
  if (!globalThis.navigator?.locks) return fallback();
  try {
    return await webLocks();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return fallback();
    throw error;
  }
}

/** Requests a lock. @returns the function that releases it, or `undefined` if the lock isn't available */
function request(name: string, options: LockOptions): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const released = navigator.locks.request(name, options, (lock) => {
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
