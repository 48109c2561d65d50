// Carries many schedules out in one browser, several at a time, each lane in a tab of its own.
import type { Browser, Page } from 'puppeteer-core';
import { Lane, type Account } from './lane.js';
import { makeSchedule } from './schedule.js';
import type { Scripts } from './scripts.js';

export interface SchedulesOptions {
  browser: Browser;
  scripts: Scripts;
  seeds: Iterable<number>;
  /** How many at a time. */
  lanes: number;
  /** Called as each ends, in any order. */
  onEnd: (account: Account) => void;
}

export async function runSchedules(options: SchedulesOptions): Promise<void> {
  const { browser, scripts, seeds, lanes, onEnd } = options;
  const queue = seeds[Symbol.iterator]();
  const work = async (): Promise<void> => {
    const lane = await Lane.open(scripts);
    try {
      let page = await open(browser, lane.url);
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const account = await lane.run(makeSchedule(next.value));
        onEnd(account);
        if (account.outcome) continue;
        // A page that hangs is not waited for.
        page.close().catch(() => {});
        page = await open(browser, lane.url);
      }
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

async function open(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}
