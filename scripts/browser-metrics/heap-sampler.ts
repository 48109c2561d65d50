// Samples the heap of a page and its workers in Chromium.
import type { CDPSession, Page } from 'puppeteer-core';

/** The interval between samples, in milliseconds. */
const INTERVAL = 100;

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

export class HeapSampler {
  readonly #page: Page;
  #peak = 0;
  #sampling = Promise.resolve();
  #stopped = false;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async start(page: Page): Promise<HeapSampler> {
    const sampler = new HeapSampler(page);
    sampler.#sampling = sampler.#sample(await page.createCDPSession());
    return sampler;
  }

  /** Stops sampling and returns the peak in bytes. */
  async stop(): Promise<number> {
    this.#stopped = true;
    await this.#sampling;
    return this.#peak;
  }

  async #sample(session: CDPSession): Promise<void> {
    while (!this.#stopped) {
      const sessions = [session, ...this.#page.workers().map(({ client }) => client)];
      this.#peak = Math.max(this.#peak, await heapSize(sessions));
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
  }
}

/** Returns the bytes in use by the page and the workers of these sessions. */
export async function heapSize(sessions: readonly CDPSession[]): Promise<number> {
  const usages: HeapUsage[] = await Promise.all(
    // A worker may end during the request.
    sessions.map((session) => session.send('Runtime.getHeapUsage').catch(() => ({ usedSize: 0 }))),
  );
  return usages.reduce(
    (sum, { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }) =>
      sum + usedSize + embedderHeapUsedSize + backingStorageSize,
    0,
  );
}
