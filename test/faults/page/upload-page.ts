// Page for the fault schedules: fetches a task, uploads with the real engine or element, performs the steps of the
// schedule and sends a report. Each visit is a new page load, so the next visit knows only what the browser's storage holds.
import type { Task } from '../task.js';
import { useServiceWorker } from './use-service-worker.js';
import { Visit } from './visit.js';

/** Keys in the session storage: the index of the current visit, and the seed of the last finished task. */
const visitKey = ({ seed }: Task): string => `visit ${seed}`;
const ENDED = 'ended';

// The schedule may replace the global Date; reports use the real clock.
const RealDate = Date;
const now = (): number => RealDate.now();

/** Replaces the global Date by one that is `skew` milliseconds ahead. */
function setClock(skew: number): void {
  if (skew === 0) return;
  globalThis.Date = class extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length > 0 ? args : [now() + skew]) as [number]));
    }
    static override now = () => now() + skew;
  } as DateConstructor;
}

/** Polls for a new task: the server may not have received the last report yet. */
async function nextTask(): Promise<Task> {
  for (;;) {
    const task = (await (await fetch('/task')).json()) as Task;
    if (String(task.seed) !== sessionStorage.getItem(ENDED)) return task;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const task = await nextTask();
const number = Number(sessionStorage.getItem(visitKey(task)) ?? 0);
await useServiceWorker(task.usesServiceWorker);
setClock(task.clockSkew);
const visit = new Visit(task, number, now);

/** Sends the report as a beacon, which survives the unloading of the page. */
function sendReport(): void {
  const report = visit.end();
  if (report.outcomes) {
    sessionStorage.removeItem(visitKey(task));
    sessionStorage.setItem(ENDED, String(task.seed));
  } else {
    sessionStorage.setItem(visitKey(task), String(number + 1));
  }
  navigator.sendBeacon('/visit', JSON.stringify(report));
}

await visit.run();
// Report as late as possible: the upload may still end before the page is unloaded.
addEventListener('pagehide', sendReport);
location.reload();
