// Runs many fault schedules, several at a time, each runner in its own tab.
import { ScheduleRunner, type RunRecord } from './schedule-runner.js';
import { makeSchedule } from './make-schedule.js';
import type { Scripts } from './scripts.js';
import type { Tab, Tabs } from './tabs.js';

export interface SchedulesOptions {
  tabs: Tabs;
  scripts: Scripts;
  seeds: Iterable<number>;
  /** The number of schedules to run at a time. */
  concurrency: number;
  /** Called after each schedule, in the order of completion. */
  onEnd: (record: RunRecord) => void;
}

export async function runSchedules(options: SchedulesOptions): Promise<void> {
  const { tabs, scripts, seeds, concurrency, onEnd } = options;
  const queue = seeds[Symbol.iterator]();
  const work = async (): Promise<void> => {
    const runner = await ScheduleRunner.start(scripts);
    try {
      let tab: Tab | undefined;
      for (let next = queue.next(); !next.done; next = queue.next()) {
        tab ??= await tabs.open(runner.url);
        const record = await runner.run(makeSchedule(next.value), tab.closed);
        onEnd(record);
        if (record.outcomes) continue;
        // The page may hang: the next schedule gets a new tab. The failed one is not repeated.
        tab.close();
        tab = undefined;
      }
    } finally {
      await runner.close();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
