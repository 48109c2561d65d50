// Runs one contender with the selected files, and measures it. The benchmark imports this module into the page.
import type { PageMeasurement, PageModule, Task, Transfer } from '../protocol.js';

/** In milliseconds. */
const TICK = 10;
/** Long tasks are reported with a delay. */
const REPORTING_DELAY = 100;
/** Shorter tasks are not reported, as browsers define it. */
const LONG_TASK = 50;

let start: () => Transfer;
let transfer: Transfer | undefined;

/** Prepares what is not measured. @param module URL of a {@link PageModule} */
export async function prepare(module: string, task: Task): Promise<void> {
  const contender = (await import(module)) as PageModule;
  const files = [...document.querySelector('input')!.files!];
  await contender.prepare?.(files, task);
  start = () => contender.upload(files, task);
}

export async function run(): Promise<PageMeasurement> {
  const watch = watchTasks();
  const startedAt = performance.now();
  transfer = start();
  await transfer.done;
  const duration = performance.now() - startedAt;
  await new Promise((resolve) => setTimeout(resolve, REPORTING_DELAY));
  return { duration, longestTask: watch.stop() };
}

/** @returns when the upload was told to pause, in milliseconds since 1970; `undefined` if it can't pause */
export function pause(): number | undefined {
  if (!transfer?.pause) return undefined;
  const pausedAt = Date.now();
  transfer.pause();
  return pausedAt;
}

export function resume(): void {
  transfer?.resume?.();
}

/** Firefox reports no long tasks, so there the gaps between timers are measured. */
function watchTasks(): { stop(): number } {
  let longest = 0;
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    return { stop: () => longest };
  }
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const gap = now - last - TICK;
    if (gap > LONG_TASK) longest = Math.max(longest, gap);
    last = now;
  }, TICK);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
