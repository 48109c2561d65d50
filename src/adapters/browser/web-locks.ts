/**
 * Web Locks: held until given back, or until the tab is gone, however it goes.
 */

import type { Locks, Release } from '../../core/ports.js';

const PREFIX = 'oss-resumable-upload:';

export const webLocks: Locks = {
  async acquire(name, signal, onWait) {
    // Neither Node nor a page without TLS has locks: tabs are not kept apart there.
    if (!globalThis.navigator?.locks) return () => {};
    const free = await request(name, { ifAvailable: true });
    if (free) return free;
    onWait();
    try {
      return (await request(name, { signal }))!;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },

  async isHeld(name) {
    const { held = [] } = (await globalThis.navigator?.locks?.query()) ?? {};
    return held.some((lock) => lock.name === PREFIX + name);
  },
};

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
