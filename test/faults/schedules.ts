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
    const page = await browser.newPage();
    try {
      await page.goto(lane.url);
      for (let next = queue.next(); !next.done; next = queue.next()) {
        const account = await lane.run(makeSchedule(next.value));
        onEnd(account);
        if (!account.outcome) await restart(page, lane.url);
      }
    } finally {
      await page.close();
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
}

/** A page that hangs is not waited for. */
async function restart(page: Page, url: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url);
}
