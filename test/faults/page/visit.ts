// One visit to the page: uploads the files of a task, performs the steps of the schedule and records what happens.
import { isQueued, type Upload, type UploadState } from '../../../src/create-uploader.js';
import type { Step, Trigger } from '../schedule.js';
import type { ControlRequest, Outcome, Task, UploadTask, VisitReport, VisitTask } from '../task.js';
import { createClient, type Client } from './clients.js';
import { FaultEnvironment } from './fault-environment.js';
import { muteProgress } from './mute-progress.js';
import { watchRequests } from './sent-requests.js';
import { silenceStorage } from './silent-storage.js';

export class Visit {
  readonly #task: Task;
  readonly #visit: VisitTask;
  readonly #now: () => number;
  readonly #report: VisitReport;
  readonly #env: FaultEnvironment;
  /** One for each upload. The steps apply to the first one. */
  readonly #clients: Client[];
  readonly #uploads: Upload[] = [];

  /** @param now returns milliseconds since 1970 */
  constructor(task: Task, number: number, now: () => number) {
    this.#task = task;
    this.#visit = task.visits[Math.min(number, task.visits.length - 1)]!;
    this.#now = now;
    const sent = watchRequests(now);
    if (task.mutesProgress) muteProgress();
    this.#report = {
      ...{ seed: task.seed, visit: number, begunAt: now(), endedAt: 0 },
      ...{ startedAt: [], acknowledged: [], sent, retries: 0, pauses: 0, removals: 0 },
    };
    this.#env = new FaultEnvironment(task.seed + number);
    const timeout = task.requestTimeout;
    this.#clients = task.uploads.map(({ key }) =>
      createClient(task, key, {
        env: this.#env,
        ...{ stallTimeout: timeout, responseTimeout: timeout, completeTimeout: timeout },
      }),
    );
  }

  /** Ends the visit and returns its report. */
  end(): VisitReport {
    this.#report.endedAt = this.#now();
    const states = this.#uploads.map(({ state }) => state);
    // The uploads may have ended while the page was about to be unloaded.
    if (states.length > 0 && states.every(({ status }) => status === 'succeeded')) {
      this.#report.outcomes ??= states.map(toOutcome);
    }
    return this.#report;
  }

  /** Resolves when all uploads have ended or the page has to reload. */
  async run(): Promise<void> {
    const { storageFault } = this.#visit;
    if (storageFault?.from === 'start') this.#silenceStorage();
    const files = await Promise.all(this.#task.uploads.map(({ fileUrl }) => this.#fetchFile(fileUrl)));
    this.#recordEvents();
    await Promise.all(
      this.#clients.map((client, index) => this.#uploadFirst(client, this.#task.uploads[index]!)),
    );
    const adding = this.#clients.map((client, index) => client.add(files[index]!));
    this.#uploads.push(...(await Promise.all(adding)));
    if (storageFault && storageFault.from !== 'start') {
      void this.#untilTriggered(storageFault.from).then(() => this.#silenceStorage());
    }
    for (const upload of this.#uploads) {
      if (upload.state.status === 'ready') upload.start();
      else upload.resume();
    }
    await Promise.race([this.#untilEnd(), this.#performSteps()]);
  }

  /** Uploads other small files, after which the engine sends small files as forms. */
  async #uploadFirst(client: Client, { firstKey }: UploadTask): Promise<void> {
    for (let index = 0; index < this.#task.firstFiles; index += 1) {
      const file = new File(['first'], 'first.txt', { type: 'text/plain', lastModified: index });
      const upload = await client.addFirst(file, `${firstKey}-${this.#report.visit}-${index}.txt`);
      upload.start();
      const state = await this.#untilEnded(upload);
      if (state.status === 'failed') throw state.error;
    }
  }

  get #upload(): Upload {
    return this.#uploads[0]!;
  }

  #silenceStorage(): void {
    const { storageFault } = this.#visit;
    if (!storageFault) return;
    this.#report.silentAt = this.#now();
    silenceStorage(storageFault.silent);
  }

  async #fetchFile(url: string): Promise<File> {
    const { name, type, lastModified } = this.#visit.file;
    const bytes = await (await fetch(url)).blob();
    return new File([bytes], name, { type, lastModified });
  }

  #recordEvents(): void {
    for (const { uploader } of this.#clients) {
      uploader.subscribe((event) => {
        if (event.type === 'retry') this.#report.retries += 1;
        if (event.type === 'state' && event.upload === this.#uploads[0] && isStart(event.from, event.to)) {
          this.#report.startedAt.push(this.#now());
        }
        if (event.type !== 'part') return;
        const uploadId = event.upload.checkpoint?.uploadId ?? '';
        this.#report.acknowledged.push({ number: event.part.number, uploadId, at: this.#now() });
      });
    }
  }

  async #untilEnd(): Promise<void> {
    const states = await Promise.all(
      this.#uploads.map((upload, index) => (index === 0 ? this.#untilRetried() : this.#untilEnded(upload))),
    );
    this.#report.outcomes = states.map(toOutcome);
  }

  /** Resolves when the first upload has ended, after a retry if the runner removes the cause of its failure. */
  async #untilRetried(): Promise<UploadState> {
    const state = await this.#untilEnded(this.#upload);
    if (state.status !== 'failed') return state;
    const { code, message, cause } = state.error;
    const error = { code, message: `${message} ${String(cause)}` };
    const isRemoved = await this.#sendControl({ type: 'remove-cause', error });
    if (!isRemoved) return state;
    this.#upload.retry();
    return this.#untilEnded(this.#upload);
  }

  /** Resolves at a reload step; never in a visit without one. */
  async #performSteps(): Promise<void> {
    for (const step of this.#visit.steps) {
      await this.#untilTriggered(step.at);
      if (step.type === 'reload') return;
      await this.#perform(step);
    }
    await new Promise<never>(() => {});
  }

  async #perform(step: Exclude<Step, { type: 'reload' }>): Promise<void> {
    const { element } = this.#clients[0]!;
    switch (step.type) {
      case 'pause':
        this.#report.pauses += 1;
        this.#upload.pause();
        await delay(step.duration);
        if (this.#upload.state.status === 'paused') this.#upload.resume();
        return;
      case 'lose-network':
        this.#env.setOnline(false);
        await this.#sendControl({ type: 'set-online', online: false });
        await delay(step.duration);
        await this.#sendControl({ type: 'set-online', online: true });
        this.#env.setOnline(true);
        return;
      case 'remove-element': {
        this.#report.removals += 1;
        const parent = element?.parentElement;
        element?.remove();
        await delay(step.duration);
        if (element) (step.otherParent ? addParent() : parent)?.append(element);
        return;
      }
      case 'move-element':
        if (element) move(element, addParent());
        return;
      default:
        step satisfies never;
    }
  }

  #untilTriggered(trigger: Trigger): Promise<unknown> {
    if ('milliseconds' in trigger) return delay(trigger.milliseconds);
    if ('status' in trigger) return this.#until(this.#upload, ({ status }) => status === trigger.status);
    return this.#until(this.#upload, () => this.#report.acknowledged.length >= trigger.parts);
  }

  /** While the element is removed, a retry only queues the upload. */
  #untilEnded(upload: Upload): Promise<UploadState> {
    return this.#until(
      upload,
      (state) => state.status === 'succeeded' || (state.status === 'failed' && !isQueued(state)),
    );
  }

  #until(upload: Upload, predicate: (state: UploadState) => boolean): Promise<UploadState> {
    return new Promise((resolve) => {
      const stops: (() => void)[] = [];
      const check = (): void => {
        if (!predicate(upload.state)) return;
        for (const stop of stops) stop();
        resolve(upload.state);
      };
      stops.push(...this.#clients.map(({ uploader }) => uploader.subscribe(check)));
      check();
    });
  }

  async #sendControl(request: DistributiveOmit<ControlRequest, 'seed'>): Promise<boolean> {
    const body = JSON.stringify({ seed: this.#task.seed, ...request });
    const response = await fetch('/control', { method: 'POST', body });
    return (await response.json()) as boolean;
  }
}

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/** Whether the upload starts, resumes or is retried. It then lists the parts. */
function isStart(from: UploadState, to: UploadState): boolean {
  return to.status === 'preparing' && ['ready', 'paused', 'failed', 'resumable'].includes(from.status);
}

function addParent(): HTMLElement {
  const parent = document.createElement('section');
  document.body.append(parent);
  return parent;
}

/** Moves an element without a disconnection, if the browser can. */
function move(element: HTMLElement, parent: HTMLElement): void {
  const newer: Partial<Pick<HTMLElement, 'moveBefore'>> = parent;
  if (newer.moveBefore) newer.moveBefore(element, null);
  else parent.append(element);
}

function toOutcome(state: UploadState): Outcome {
  if (state.status === 'succeeded') {
    const { verified = false, unverifiedReason, reused } = state.result;
    return { status: 'succeeded', verified, unverifiedReason, reused };
  }
  if (state.status !== 'failed') throw new Error(`The upload has not ended: ${state.status}.`);
  const { code, message, cause } = state.error;
  return { status: 'failed', code, message: `${message} ${String(cause)}` };
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
