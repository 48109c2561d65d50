/**
 * The `Environment` of browsers and Node: clock, random numbers, timers and, in browsers, the online state and the page.
 */

import type { Environment, Page } from '../../core/ports.js';

export const browserEnvironment: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
    }),
  // Node's `navigator` has no `onLine`.
  isOnline: () => globalThis.navigator?.onLine !== false,
  onOnlineChange: (listener) => {
    if (typeof globalThis.addEventListener !== 'function') return () => {};
    globalThis.addEventListener('online', listener);
    return () => globalThis.removeEventListener('online', listener);
  },
  repeat: (ms, listener) => {
    const timer = setInterval(listener, ms);
    return () => clearInterval(timer);
  },
  page: currentPage,
};

/** Returns the page. `undefined` in Node. */
function currentPage(): Page | undefined {
  // Workers have no document.
  const baseUrl = globalThis.document?.baseURI ?? globalThis.location?.href;
  return baseUrl === undefined ? undefined : { baseUrl, isSecure: /^https:/.test(globalThis.origin) };
}
