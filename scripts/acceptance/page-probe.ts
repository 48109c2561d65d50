// Watches a page with the element while it uploads: its heap, its longest task, what it has heard.
import type { CDPSession, Page } from 'puppeteer-core';
import type { BrowserName } from '../../test/support/browsers.js';
import type { HeardPart } from './repeated-parts.js';

/** How often the heap is asked for, in milliseconds. */
const SAMPLING = 100;

/** What the probe keeps in the page. */
interface Notes {
  heard: HeardPart[];
  /** Milliseconds since 1970. */
  pauseClickedAt: number;
  /** Milliseconds. */
  longestTask: number;
}

declare const probeNotes: Notes;

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

export class PageProbe {
  readonly #page: Page;
  readonly #browser: BrowserName;
  #heapPeak = 0;
  #sampling = Promise.resolve();
  #stopped = false;

  private constructor(page: Page, browser: BrowserName) {
    this.#page = page;
    this.#browser = browser;
  }

  static async attach(page: Page, browser: BrowserName): Promise<PageProbe> {
    const probe = new PageProbe(page, browser);
    await page.evaluate(watch, browser === 'firefox');
    if (browser === 'chromium') probe.#sampling = probe.#sampleHeap(await page.createCDPSession());
    return probe;
  }

  /** Resolves once this share of the file has left. */
  async untilRatio(wanted: number): Promise<void> {
    await this.#page.evaluate(
      (least) =>
        new Promise<void>((resolve) => {
          const element = document.querySelector('oss-resumable-upload')!;
          const check = () => {
            if (element.progress.ratio < least) return;
            element.removeEventListener('oss-upload-progress', check);
            resolve();
          };
          element.addEventListener('oss-upload-progress', check);
          check();
        }),
      wanted,
    );
  }

  pauseClickedAt(): Promise<number> {
    return this.#page.evaluate(() => probeNotes.pauseClickedAt);
  }

  partsHeard(): Promise<HeardPart[]> {
    return this.#page.evaluate(() => probeNotes.heard);
  }

  /** Milliseconds, and how that was found out. */
  async longestTask(): Promise<{ longestTask: number; method: string }> {
    const longestTask = await this.#page.evaluate(() => probeNotes.longestTask);
    const method = this.#browser === 'chromium' ? 'long tasks' : 'gaps between timers';
    return { longestTask, method };
  }

  /** @returns the most bytes that page and workers held at once, where the browser tells */
  async stop(): Promise<number | undefined> {
    this.#stopped = true;
    await this.#sampling;
    return this.#browser === 'chromium' ? this.#heapPeak : undefined;
  }

  async #sampleHeap(session: CDPSession): Promise<void> {
    while (!this.#stopped) {
      const sessions = [session, ...this.#page.workers().map(({ client }) => client)];
      const usages = await Promise.all(
        // A worker may end while it is asked.
        sessions.map((each) => each.send('Runtime.getHeapUsage').catch(() => ({ usedSize: 0 }))),
      );
      const sum = (usages as HeapUsage[])
        .flatMap(({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }) => [
          usedSize,
          embedderHeapUsedSize,
          backingStorageSize,
        ])
        .reduce((a, b) => a + b, 0);
      this.#heapPeak = Math.max(this.#heapPeak, sum);
      await new Promise((resolve) => setTimeout(resolve, SAMPLING));
    }
  }
}

/** Runs in the page. @param byTimers where the browser has no long task entries */
function watch(byTimers: boolean): void {
  const notes: Notes = { heard: [], pauseClickedAt: 0, longestTask: 0 };
  Object.assign(globalThis, { probeNotes: notes });
  const element = document.querySelector('oss-resumable-upload')!;
  element.addEventListener('oss-part-complete', ({ detail }) => {
    notes.heard.push({ number: detail.number, at: Date.now() });
  });
  element.addEventListener(
    'click',
    (event) => {
      const [target] = event.composedPath();
      if ((target as Element).part.contains('pause-button')) notes.pauseClickedAt = Date.now();
    },
    { capture: true },
  );
  if (!byTimers) {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) notes.longestTask = Math.max(notes.longestTask, duration);
    }).observe({ type: 'longtask' });
    return;
  }
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    notes.longestTask = Math.max(notes.longestTask, now - last);
    last = now;
    setTimeout(tick);
  };
  tick();
}
