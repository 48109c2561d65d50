// The page of a lane: takes a task, uploads with the real engine, does what the schedule says that a person does, and
// reports. Every visit is a page of its own: what the next one knows is in the browser's storage.
import { Uploader, type Upload, type UploadState } from '../../../src/create-uploader.js';
import type { Moment, Step } from '../schedule.js';
import type { Outcome, Task, VisitReport, Wish } from '../task.js';
import { FaultEnvironment } from './fault-environment.js';
import { watchRequests } from './sent-requests.js';

/** What is kept for as long as the tab lives: the number of the visit, and the task that has come to its end. */
const visitOf = ({ seed }: Task): string => `visit ${seed}`;
const ENDED = 'ended';

// The schedule may put the page's clock wrong: this one stays right.
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
    this.#report = { seed: task.seed, visit, beganAt: [], heard: [], sent, retries: 0, pauses: 0 };
    this.#env = new FaultEnvironment(task.seed + visit);
    const { bucket, key, endpoint, parallel, overwrite, patience } = task;
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
      { env: this.#env, stallTimeout: patience, responseTimeout: patience, completeTimeout: patience },
    );
  }

  /** All of it so far. */
  get report(): VisitReport {
    const { state } = this.#upload;
    if (state.status === 'succeeded') this.#report.outcome ??= outcomeOf(state);
    return this.#report;
  }

  /** Resolves when the page is done, or must be left. */
  async run(): Promise<void> {
    const { key } = this.#task;
    const file = await fetchFile(this.#task);
    this.#listen();
    await this.#uploader.restore();
    this.#upload = this.#uploader.add(file, key);
    this.#begin(() => (this.#upload.state.status === 'ready' ? this.#upload.start() : this.#upload.resume()));
    await Promise.race([this.#end(), this.#follow()]);
  }

  #begin(act: () => void): void {
    this.#report.beganAt.push(now());
    act();
  }

  #listen(): void {
    this.#uploader.subscribe((notice) => {
      if (notice.type === 'retry') this.#report.retries += 1;
      if (notice.type !== 'part') return;
      const uploadId = notice.upload.checkpoint?.uploadId ?? '';
      this.#report.heard.push({ number: notice.part.number, uploadId, at: now() });
    });
  }

  async #end(): Promise<void> {
    let state = await this.#until(({ status }) => status === 'succeeded' || status === 'failed');
    if (state.status === 'failed') {
      const { code, message, cause } = state.error;
      const mended = await ask({
        seed: this.#task.seed,
        wish: 'mend',
        error: { code, message: `${message} ${String(cause)}` },
      });
      if (mended) {
        this.#begin(() => this.#upload.retry());
        state = await this.#until(({ status }) => status === 'succeeded' || status === 'failed');
      }
    }
    this.#report.outcome = outcomeOf(state);
  }

  /** Resolves when it is time to reload; never where the visit has its end in itself. */
  async #follow(): Promise<void> {
    for (const step of this.#steps) {
      await this.#reached(step.at);
      switch (step.do) {
        case 'reload':
          return;
        case 'pause':
          this.#report.pauses += 1;
          this.#upload.pause();
          await delay(step.duration);
          if (this.#upload.state.status === 'paused') this.#begin(() => this.#upload.resume());
          break;
        case 'lose-network':
          this.#env.setOnline(false);
          await ask({ seed: this.#task.seed, wish: 'network', there: false });
          await delay(step.duration);
          await ask({ seed: this.#task.seed, wish: 'network', there: true });
          this.#env.setOnline(true);
          break;
        default:
          step satisfies never;
      }
    }
    await new Promise<never>(() => {});
  }

  #reached(moment: Moment): Promise<unknown> {
    if ('milliseconds' in moment) return delay(moment.milliseconds);
    if ('status' in moment) return this.#until(({ status }) => status === moment.status);
    return this.#until(() => this.#report.heard.length >= moment.parts);
  }

  #until(isSo: (state: UploadState) => boolean): Promise<UploadState> {
    return new Promise((resolve) => {
      const check = () => {
        if (!isSo(this.#upload.state)) return;
        stop();
        resolve(this.#upload.state);
      };
      const stop = this.#uploader.subscribe(check);
      check();
    });
  }
}

function outcomeOf(state: UploadState): Outcome {
  if (state.status === 'succeeded') {
    const { verified, unverifiedReason } = state.result;
    return { status: 'succeeded', verified, unverifiedReason };
  }
  if (state.status !== 'failed') throw new Error(`It has not ended: ${state.status}.`);
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

async function ask(wish: Wish): Promise<boolean> {
  const response = await fetch('/wish', { method: 'POST', body: JSON.stringify(wish) });
  return (await response.json()) as boolean;
}

/** Puts the clock of the page wrong; nothing else of the page knows. */
function setClock(ahead: number): void {
  if (ahead === 0) return;
  globalThis.Date = class extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length > 0 ? args : [now() + ahead]) as [number]));
    }
    static override now = () => now() + ahead;
  } as DateConstructor;
}

/** The word that the last one has ended may still be on its way. */
async function nextTask(): Promise<Task> {
  for (;;) {
    const next = (await (await fetch('/task')).json()) as Task;
    if (String(next.seed) !== sessionStorage.getItem(ENDED)) return next;
    await delay(20);
  }
}

const task = await nextTask();
const number = Number(sessionStorage.getItem(visitOf(task)) ?? 0);
setClock(task.skew);
const visit = new Visit(task, number);

/** Of a page that is left, the word goes on its way though all else that is under way goes away with it. */
function tell(): void {
  const { report } = visit;
  if (report.outcome) {
    sessionStorage.removeItem(visitOf(task));
    sessionStorage.setItem(ENDED, String(task.seed));
  } else {
    sessionStorage.setItem(visitOf(task), String(number + 1));
  }
  navigator.sendBeacon('/visit', JSON.stringify(report));
}

await visit.run();
// It may come to its end before it is gone.
addEventListener('pagehide', tell);
location.reload();
