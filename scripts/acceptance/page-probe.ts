// Observes a page during an upload: heap size, longest task, completed parts.
import type { Page } from 'puppeteer-core';
import type { BrowserName } from '../../test/support/browsers.js';
import { HeapSampler } from '../browser-metrics/heap-sampler.js';
import type { CompletedPart } from './repeated-parts.js';

/** What the probe records in the page. */
interface ProbeData {
  completedParts: CompletedPart[];
  /** In milliseconds since 1970. */
  pauseClickedAt: number;
  /** In milliseconds. */
  longestTask: number;
}

declare const probeData: ProbeData;

export class PageProbe {
  readonly #page: Page;
  readonly #browser: BrowserName;
  #heap: HeapSampler | undefined;

  private constructor(page: Page, browser: BrowserName) {
    this.#page = page;
    this.#browser = browser;
  }

  static async attach(page: Page, browser: BrowserName): Promise<PageProbe> {
    const probe = new PageProbe(page, browser);
    await page.evaluate(observe, browser === 'firefox');
    if (browser === 'chromium') probe.#heap = await HeapSampler.start(page);
    return probe;
  }

  /** Resolves when the progress reaches this ratio. */
  async waitForRatio(ratio: number): Promise<void> {
    await this.#page.evaluate(
      (minimum) =>
        new Promise<void>((resolve) => {
          const element = document.querySelector('oss-resumable-upload')!;
          const check = () => {
            if (element.progress.ratio < minimum) return;
            element.removeEventListener('oss-upload-progress', check);
            resolve();
          };
          element.addEventListener('oss-upload-progress', check);
          check();
        }),
      ratio,
    );
  }

  pauseClickedAt(): Promise<number> {
    return this.#page.evaluate(() => probeData.pauseClickedAt);
  }

  completedParts(): Promise<CompletedPart[]> {
    return this.#page.evaluate(() => probeData.completedParts);
  }

  /** Returns the longest task in milliseconds, and how it was measured. */
  async longestTask(): Promise<{ longestTask: number; method: string }> {
    const longestTask = await this.#page.evaluate(() => probeData.longestTask);
    const method = this.#browser === 'chromium' ? 'long tasks' : 'gaps between timers';
    return { longestTask, method };
  }

  /** Stops sampling and returns the peak heap size of page and workers in bytes, or `undefined` in Firefox. */
  async stop(): Promise<number | undefined> {
    return this.#heap?.stop();
  }
}

/** Runs in the page. @param useTimers for browsers without `longtask` entries */
function observe(useTimers: boolean): void {
  const data: ProbeData = { completedParts: [], pauseClickedAt: 0, longestTask: 0 };
  Object.assign(globalThis, { probeData: data });
  const element = document.querySelector('oss-resumable-upload')!;
  element.addEventListener('oss-part-complete', ({ detail }) => {
    data.completedParts.push({ number: detail.number, at: Date.now() });
  });
  element.addEventListener(
    'click',
    (event) => {
      const isPause = event
        .composedPath()
        .some((target) => target instanceof Element && target.part.contains('pause-button'));
      if (isPause) data.pauseClickedAt = Date.now();
    },
    { capture: true },
  );
  if (!useTimers) {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) data.longestTask = Math.max(data.longestTask, duration);
    }).observe({ type: 'longtask' });
    return;
  }
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    data.longestTask = Math.max(data.longestTask, now - last);
    last = now;
    setTimeout(tick);
  };
  tick();
}
