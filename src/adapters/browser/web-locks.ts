/**
 * Web Locks: held until given back, or until the tab is gone, however it goes.
 */

import type { Locks } from '../../core/ports.js';

const PREFIX = 'oss-resumable-upload:';

type Release = () => void;

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
    const hold = (lock: Lock | null) =>
      lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined);
    navigator.locks.request(PREFIX + name, options, hold).catch(reject);
  });
}
