// Page for the fault schedules: fetches a task, uploads with the real engine, performs the steps of the schedule and
// sends a report. Each visit is a new page load, so the next visit knows only what the browser's storage holds.
import { Uploader, type Upload, type UploadState } from '../../../src/create-uploader.js';
import type { Step, Trigger } from '../schedule.js';
import type { ControlRequest, Outcome, Task, VisitReport } from '../task.js';
import { FaultEnvironment } from './fault-environment.js';
import { watchRequests } from './sent-requests.js';

/** Keys in the session storage: the index of the current visit, and the seed of the last finished task. */
const visitKey = ({ seed }: Task): string => `visit ${seed}`;
const ENDED = 'ended';

// The schedule may replace the global Date; reports use the real clock.
const RealDate = Date;
const now = (): number => RealDate.now();

class Visit {
  readonly #task: Task;
  readonly #report: VisitReport;
  readonly #env: FaultEnvironment;
  readonly #uploader: Uploader;
  readonly #steps: Step[];
  #upload!: Upload;

  constructor(task: Task, visit: number) {
    this.#task = task;
    this.#steps = [...(task.visits[visit] ?? [])];
    const sent = watchRequests(now);
    this.#report = { seed: task.seed, visit, startedAt: [], acknowledged: [], sent, retries: 0, pauses: 0 };
    this.#env = new FaultEnvironment(task.seed + visit);
    const { bucket, key, endpoint, parallel, overwrite, requestTimeout } = task;
    this.#uploader = new Uploader(
      {
        region: 'oss-cn-hangzhou',
        bucket,
        endpoint,
        objectKey: key,
        credentialsUrl: '/credentials',
        partSize: 100 * 1024,
        parallel,
        overwrite,
      },
      {
        env: this.#env,
        stallTimeout: requestTimeout,
        responseTimeout: requestTimeout,
        completeTimeout: requestTimeout,
      },
    );
  }

  /** The report so far. */
  get report(): VisitReport {
    const { state } = this.#upload;
    if (state.status === 'succeeded') this.#report.outcome ??= toOutcome(state);
    return this.#report;
  }

  /** Resolves when the upload has ended or the page has to reload. */
  async run(): Promise<void> {
    const { key } = this.#task;
    const file = await fetchFile(this.#task);
    this.#recordEvents();
    await this.#uploader.restore();
    this.#upload = this.#uploader.add(file, key);
    this.#start(() => (this.#upload.state.status === 'ready' ? this.#upload.start() : this.#upload.resume()));
    await Promise.race([this.#untilEnd(), this.#performSteps()]);
  }

  #start(command: () => void): void {
    this.#report.startedAt.push(now());
    command();
  }

  #recordEvents(): void {
    this.#uploader.subscribe((event) => {
      if (event.type === 'retry') this.#report.retries += 1;
      if (event.type !== 'part') return;
      const uploadId = event.upload.checkpoint?.uploadId ?? '';
      this.#report.acknowledged.push({ number: event.part.number, uploadId, at: now() });
    });
  }

  async #untilEnd(): Promise<void> {
    let state = await this.#until(({ status }) => status === 'succeeded' || status === 'failed');
    if (state.status === 'failed') {
      const { code, message, cause } = state.error;
      const removed = await sendControl({
        seed: this.#task.seed,
        type: 'remove-cause',
        error: { code, message: `${message} ${String(cause)}` },
      });
      if (removed) {
        this.#start(() => this.#upload.retry());
        state = await this.#until(({ status }) => status === 'succeeded' || status === 'failed');
      }
    }
    this.#report.outcome = toOutcome(state);
  }

  /** Resolves at a reload step; never in a visit without one. */
  async #performSteps(): Promise<void> {
    for (const step of this.#steps) {
      await this.#untilTriggered(step.at);
      switch (step.type) {
        case 'reload':
          return;
        case 'pause':
          this.#report.pauses += 1;
          this.#upload.pause();
          await delay(step.duration);
          if (this.#upload.state.status === 'paused') this.#start(() => this.#upload.resume());
          break;
        case 'lose-network':
          this.#env.setOnline(false);
          await sendControl({ seed: this.#task.seed, type: 'set-online', online: false });
          await delay(step.duration);
          await sendControl({ seed: this.#task.seed, type: 'set-online', online: true });
          this.#env.setOnline(true);
          break;
        default:
          step satisfies never;
      }
    }
    await new Promise<never>(() => {});
  }

  #untilTriggered(trigger: Trigger): Promise<unknown> {
    if ('milliseconds' in trigger) return delay(trigger.milliseconds);
    if ('status' in trigger) return this.#until(({ status }) => status === trigger.status);
    return this.#until(() => this.#report.acknowledged.length >= trigger.parts);
  }

  #until(predicate: (state: UploadState) => boolean): Promise<UploadState> {
    return new Promise((resolve) => {
      const check = () => {
        if (!predicate(this.#upload.state)) return;
        stop();
        resolve(this.#upload.state);
      };
      const stop = this.#uploader.subscribe(check);
      check();
    });
  }
}

function toOutcome(state: UploadState): Outcome {
  if (state.status === 'succeeded') {
    const { verified, unverifiedReason } = state.result;
    return { status: 'succeeded', verified, unverifiedReason };
  }
  if (state.status !== 'failed') throw new Error(`The upload has not ended: ${state.status}.`);
  const { code, message, cause } = state.error;
  return { status: 'failed', code, message: `${message} ${String(cause)}` };
}

async function fetchFile({ file }: Task): Promise<File> {
  const { name, type, lastModified } = file;
  const bytes = await (await fetch('/file')).blob();
  return new File([bytes], name, { type, lastModified });
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function sendControl(request: ControlRequest): Promise<boolean> {
  const response = await fetch('/control', { method: 'POST', body: JSON.stringify(request) });
  return (await response.json()) as boolean;
}

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
    await delay(20);
  }
}

const task = await nextTask();
const number = Number(sessionStorage.getItem(visitKey(task)) ?? 0);
setClock(task.clockSkew);
const visit = new Visit(task, number);

/** Sends the report as a beacon, which survives the unloading of the page. */
function sendReport(): void {
  const { report } = visit;
  if (report.outcome) {
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
