/** Locks between the elements of one page, where the browser has none across tabs. */

import { abortable } from '../../core/abortable.js';
import type { Locks } from '../../core/ports.js';

export function createPageLocks(): Locks {
  /** Resolves, for each lock, when the last holder in the queue has released it. */
  const tails = new Map<string, Promise<void>>();
  /** Number of claims by name. */
  const claims = new Map<string, number>();

  return {
    async acquire(name, signal, onWait) {
      const previous = tails.get(name);
      let release!: () => void;
      const released = new Promise<void>((resolve) => (release = resolve));
      const tail: Promise<void> = Promise.all([previous, released]).then(() => {
        if (tails.get(name) === tail) tails.delete(name);
      });
      tails.set(name, tail);
      try {
        if (previous) {
          onWait();
          await abortable(previous, signal);
        }
      } catch (error) {
        release();
        throw error;
      }
      return () => {
        release();
        return tail;
      };
    },

    claim(name) {
      claims.set(name, (claims.get(name) ?? 0) + 1);
      return Promise.resolve(() => {
        const left = (claims.get(name) ?? 0) - 1;
        if (left > 0) claims.set(name, left);
        else claims.delete(name);
      });
    },

    claimed: () => Promise.resolve(new Set(claims.keys())),
  };
}
