/**
 * Web Locks: held until given back, or until the tab is gone, however it goes. Tabs are not kept apart where there are
 * none: in Node, in a page without TLS, and in Firefox in a frame of another site.
 */

import type { Locks, Release } from '../../core/ports.js';

const PREFIX = 'oss-resumable-upload:';

export const webLocks: Locks = {
  async acquire(name, signal, onWait) {
    if (!globalThis.navigator?.locks) return () => {};
    const free = await unlessRefused<Release | undefined>(request(name, { ifAvailable: true }), () => {});
    if (free) return free;
    onWait();
    try {
      return (await request(name, { signal }))!;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },

  async isHeld(name) {
    if (!globalThis.navigator?.locks) return false;
    const { held = [] } = await unlessRefused<LockManagerSnapshot>(navigator.locks.query(), {});
    return held.some((lock) => lock.name === PREFIX + name);
  },
};

async function unlessRefused<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return otherwise;
    throw error;
  }
}

/** @returns what gives the lock back, or `undefined` where it was not available */
function request(name: string, options: LockOptions): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    const over = navigator.locks.request(PREFIX + name, options, (lock) => {
      if (!lock) return resolve(undefined);
      return new Promise<void>((end) =>
        resolve(() => {
          end();
          return over;
        }),
      );
    });
    over.catch(reject);
  });
}
