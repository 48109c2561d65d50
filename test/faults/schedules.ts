// Carries many schedules out, several at a time, each lane in a tab of its own.
import { Lane, type Account } from './schedule-runner.js';
import { makeSchedule } from './schedule.js';
import type { Scripts } from './scripts.js';
import type { Tab, Tabs } from './tabs.js';

export interface SchedulesOptions {
  tabs: Tabs;
  scripts: Scripts;
  seeds: Iterable<number>;
  /** How many at a time. */
  lanes: number;
  /** Called as each ends, in any order. */
  onEnd: (account: Account) => void;
}

export async function runSchedules(options: SchedulesOptions): Promise<void> {
  const { tabs, scripts, seeds, lanes, onEnd } = options;
  const queue = seeds[Symbol.iterator]();
  const work = async (): Promise<void> => {
    const lane = await Lane.open(scripts);
    try {
      let tab: Tab | undefined;
      for (let next = queue.next(); !next.done; next = queue.next()) {
        tab ??= await tabs.open(lane.url);
        const account = await lane.run(makeSchedule(next.value), tab.gone);
        onEnd(account);
        if (account.outcome) continue;
        // A schedule gets no second chance, and the next one no page that hangs.
        tab.leave();
        tab = undefined;
      }
    } finally {
      await lane.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
}
