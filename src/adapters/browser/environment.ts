/**
 * Time, chance and the network hint of a browser; Node has all but the hint.
 */

import type { Environment } from '../../core/ports.js';

export const browserEnvironment: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
  // Node's navigator, where there is one, has no `onLine`.
  isOnline: () => globalThis.navigator?.onLine !== false,
  onOnlineChange: (listener) => {
    if (typeof globalThis.addEventListener !== 'function') return () => {};
    globalThis.addEventListener('online', listener);
    return () => globalThis.removeEventListener('online', listener);
  },
};
