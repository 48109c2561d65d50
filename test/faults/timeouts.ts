// Ends waiting: nothing in this suite waits for a browser for ever.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';

/** How long a browser may take for one thing that it is asked, such as to start, in milliseconds. */
export const ANSWER_LIMIT = 30_000;
/** How long it may take to end, in milliseconds. */
const FAREWELL = 10_000;

/**
 * @param gone ends the waiting before its time
 * @throws Error where it takes longer than so many milliseconds; the reason of the signal
 */
export async function within<T>(
  milliseconds: number,
  what: string,
  promise: Promise<T>,
  gone?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const leave = (): void => over.abort(gone?.reason);
  gone?.addEventListener('abort', leave);
  if (gone?.aborted) leave();
  const late = sleep(milliseconds, undefined, { signal: over.signal }).then(
    () => {
      throw new Error(`${what} took longer than ${milliseconds / 1_000} s`);
    },
    ({ cause }: Error) => {
      throw cause as Error;
    },
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    gone?.removeEventListener('abort', leave);
    over.abort();
    late.catch(() => {});
  }
}

export async function closeBrowser(browser: Browser): Promise<void> {
  try {
    await within(FAREWELL, 'closing the browser', browser.close());
  } catch {
    await killBrowser(browser);
  }
}

/** Without a word of farewell: the process group that was started for this browser, and no other. */
export async function killBrowser(browser: Browser): Promise<void> {
  const child = browser.process();
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  // Not `close`: what it had started may hold its output open.
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
  await within(FAREWELL, 'killing the browser', ended);
}
