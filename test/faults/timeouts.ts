// Time limits for everything that waits for a browser, so that a hung browser can't block the suite.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';

/** The time limit for a single browser operation, such as launching, in milliseconds. */
export const BROWSER_TIMEOUT = 30_000;
/** The time limit for closing a browser, in milliseconds. */
const CLOSE_TIMEOUT = 10_000;

/**
 * Waits for a promise, up to a time limit.
 *
 * @param what the operation, as named in the timeout error
 * @param signal ends the wait early
 * @throws Error if the time limit (in milliseconds) expires; the reason of the signal if it aborts first
 */
export async function withTimeout<T>(
  milliseconds: number,
  what: string,
  promise: Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const timer = new AbortController();
  const abort = (): void => timer.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  const timeout = sleep(milliseconds, undefined, { signal: timer.signal }).then(
    () => {
      throw new Error(`${what} took longer than ${milliseconds / 1_000} s`);
    },
    (reason: unknown) => {
      throw (reason as Error).cause;
    },
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    signal?.removeEventListener('abort', abort);
    timer.abort();
    timeout.catch(() => {});
  }
}

/** Closes a browser, and kills it if it doesn't close in time. */
export async function closeBrowser(browser: Browser): Promise<void> {
  try {
    await withTimeout(CLOSE_TIMEOUT, 'closing the browser', browser.close());
  } catch {
    await killBrowser(browser);
  }
}

/** Kills the process group of a browser, without a chance to save anything. */
export async function killBrowser(browser: Browser): Promise<void> {
  const child = browser.process();
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  // `exit`, not `close`: processes started by the browser may keep its output open.
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
  await withTimeout(CLOSE_TIMEOUT, 'killing the browser', ended);
}
