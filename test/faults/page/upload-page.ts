// Page for the fault schedules: fetches a task, uploads with the real engine or element, performs the steps of the
// schedule and reloads. Each visit is a new page load, so the next visit knows only what the browser's storage holds.
import type { Task } from '../task.js';
import { useServiceWorker } from './use-service-worker.js';
import { Visit } from './visit.js';

/** Keys in the session storage: the index of the current visit, and the report of the last one. */
const visitKey = ({ seed }: Task): string => `visit ${seed}`;
const REPORT = 'report';

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

/** Sends the report of the last visit. While a page is unloaded, a service worker may swallow a beacon. */
async function sendLastReport(): Promise<void> {
  const report = sessionStorage.getItem(REPORT);
  if (report === null) return;
  await fetch('/visit', { method: 'POST', body: report });
  sessionStorage.removeItem(REPORT);
}

await sendLastReport();
const task = (await (await fetch('/task')).json()) as Task;
const number = Number(sessionStorage.getItem(visitKey(task)) ?? 0);
await useServiceWorker(task.usesServiceWorker);
setClock(task.clockSkew);
const visit = new Visit(task, number, now);

function saveReport(): void {
  const report = visit.end();
  if (report.outcomes) sessionStorage.removeItem(visitKey(task));
  else sessionStorage.setItem(visitKey(task), String(number + 1));
  sessionStorage.setItem(REPORT, JSON.stringify(report));
}

await visit.run();
// As late as possible: the upload may still end before the page is unloaded.
addEventListener('pagehide', saveReport);
location.reload();
