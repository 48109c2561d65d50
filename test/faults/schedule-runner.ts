// Runs fault schedules one after the other against its own OSS emulator, STS and site. The page in the browser drives
// itself: it fetches a task, uploads, sends reports and reloads.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { UPLOAD_CORS_RULES } from '../../dev/oss-emulator/cors.js';
import type { FaultMatch } from '../../dev/oss-emulator/faults.js';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { ACTIONS, type Operation } from '../../dev/oss-emulator/operation.js';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { Bucket } from '../../dev/oss-emulator/store.js';
import { CredentialsServer } from './credentials-server.js';
import { makeBytes, sha256 } from './file.js';
import type { PartLoss } from './check-invariants.js';
import { withTimeout } from './timeouts.js';
import { REQUEST_TIMEOUT, type Schedule, type ScheduledFault } from './schedule.js';
import type { Scripts } from './scripts.js';
import { PageSite, pageHtml } from './site.js';
import type { ControlRequest, Outcome, Task, VisitReport } from './task.js';

const BUCKET = 'faults';
const PREFIX = 'films/';
const FOREIGN_TYPE = 'application/x-foreign';
const ALL_REQUESTS: FaultMatch = { operation: ['Preflight', ...(Object.keys(ACTIONS) as Operation[])] };

/** The time limit for one schedule, in milliseconds. */
const TIME_LIMIT = 60_000;

/** What the server and the page recorded during one schedule. */
export interface RunRecord {
  schedule: Schedule;
  requests: RequestEntry[];
  visits: VisitReport[];
  losses: PartLoss[];
  /** The error that the upload reported before the cause was removed. */
  failure: { code: string; message: string } | undefined;
  /** Absent if the upload did not end. */
  outcome: Outcome | undefined;
  /** Why the upload did not end. */
  abortReason: string | undefined;
  /** Whether the stored object equals the file. */
  byteExact: boolean;
  /** In milliseconds. */
  duration: number;
}

interface ActiveRun extends Pick<RunRecord, 'schedule' | 'visits' | 'losses' | 'failure'> {
  key: string;
  bytes: Buffer;
  finish: (outcome: Outcome) => void;
}

export class ScheduleRunner {
  readonly #oss: LocalOss;
  readonly #credentials: CredentialsServer;
  #site!: PageSite;
  #active: ActiveRun | undefined;
  /** Callbacks for pages that wait for a task. */
  #waiting: ((run: ActiveRun) => void)[] = [];
  /** The ID of the fault that simulates a lost network. */
  #offlineFault: number | undefined;

  private constructor(oss: LocalOss, credentials: CredentialsServer) {
    this.#oss = oss;
    this.#credentials = credentials;
  }

  static async start(scripts: Scripts): Promise<ScheduleRunner> {
    const oss = await startLocalOss({ buckets: { [BUCKET]: {} } });
    const credentials = await CredentialsServer.start(oss, { bucket: BUCKET, prefix: PREFIX });
    const runner = new ScheduleRunner(oss, credentials);
    runner.#site = await PageSite.start(scripts, pageHtml('upload-page'), {
      '/task': async () => runner.#toTask(await runner.#nextRun()),
      '/file': () => runner.#active?.bytes,
      '/credentials': (_, request, response) => credentials.handle(request, response),
      '/control': (request) => runner.#control(request as ControlRequest),
      '/visit': (report) => runner.#addVisit(report as VisitReport),
    });
    return runner;
  }

  /** The URL of the page. */
  get url(): string {
    return this.#site.url;
  }

  async close(): Promise<void> {
    await Promise.all([this.#site.close(), this.#credentials.close(), this.#oss.close()]);
  }

  /**
   * Runs one schedule and resets the server afterwards.
   *
   * @param closed aborted when the tab of the page is closed or has crashed
   */
  async run(schedule: Schedule, closed: AbortSignal): Promise<RunRecord> {
    const start = performance.now();
    const { seed, size } = schedule;
    const key = `${PREFIX}${seed}.mp4`;
    await this.#prepare(schedule, key);
    const { run, ended } = createRun(schedule, key, makeBytes(seed, size));
    const runEnd = new AbortController();
    const losses = this.#dropLostParts(run, runEnd.signal);
    this.#active = run;
    for (const resolve of this.#waiting.splice(0)) resolve(run);
    let outcome: Outcome | undefined;
    let abortReason: string | undefined;
    try {
      outcome = await withTimeout(TIME_LIMIT, 'the upload', ended, closed);
    } catch (error) {
      abortReason = String(error);
    }
    this.#active = undefined;
    runEnd.abort();
    await losses;
    const record = {
      ...{ schedule, losses: run.losses, failure: run.failure, outcome, abortReason },
      visits: run.visits.sort((a, b) => a.visit - b.visit),
      requests: this.#oss.requests.all({ key }),
      byteExact: (await this.#hashObject(key)) === sha256(run.bytes),
      duration: performance.now() - start,
    };
    await this.#reset(key);
    return record;
  }

  get #bucket(): Bucket {
    return this.#oss.bucket(BUCKET);
  }

  async #prepare(schedule: Schedule, key: string): Promise<void> {
    const { faults, bytesPerSecond, cause } = schedule;
    this.#oss.requests.clear();
    this.#offlineFault = undefined;
    this.#oss.setNetworkConditions({ bytesPerSecond, latency: 0 });
    this.#credentials.configure(schedule);
    for (const fault of faults) this.#addFault(fault);
    switch (cause?.kind) {
      case 'fault':
        return this.#addFault(cause.fault);
      case 'cors':
        return this.#oss.setCors(
          BUCKET,
          UPLOAD_CORS_RULES.filter(() => cause.hides !== 'everything').map((rule) => ({
            ...rule,
            exposeHeaders: rule.exposeHeaders?.filter((name) => name !== 'ETag'),
          })),
        );
      case 'object-exists':
        return this.#putForeignObject(key);
      case 'credentials':
      case 'no-permission':
      case undefined:
        return;
      default:
        cause satisfies never;
    }
  }

  #addFault({ operation, partNumber, ...rule }: ScheduledFault): void {
    this.#oss.faults.add({ ...rule, match: { operation, partNumber } });
  }

  /** Removes all faults, so that a retry succeeds. */
  async #removeCause(key: string): Promise<void> {
    this.#oss.faults.clear();
    this.#credentials.reset();
    await this.#oss.setCors(BUCKET, [...UPLOAD_CORS_RULES]);
    const object = this.#bucket.objects.get(key);
    if (object?.settings.headers['content-type'] === FOREIGN_TYPE) await this.#bucket.deleteObject(key);
  }

  async #putForeignObject(key: string): Promise<void> {
    const received = await this.#bucket.receive(Readable.from([Buffer.from('foreign object')]), false);
    const headers = { 'content-type': FOREIGN_TYPE };
    await this.#bucket.putObject(key, received, {
      headers,
      storageClass: 'Standard',
      acl: 'default',
      tags: {},
    });
  }

  /** Drops the lost parts of a schedule once the server has acknowledged them. */
  async #dropLostParts({ schedule, key, losses }: ActiveRun, signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...new Set(schedule.lostParts)].map(async (partNumber) => {
        const filter = { operation: 'UploadPart', key, partNumber, status: 200 } as const;
        const stored = await this.#oss.requests.waitForNext(filter, 'ended', signal).catch(() => undefined);
        const uploadId = stored?.uploadId ?? '';
        const upload = this.#bucket.uploads.get(uploadId);
        const at = Date.now();
        if (upload && (await this.#bucket.deletePart(upload, partNumber)))
          losses.push({ uploadId, partNumber, at });
      }),
    );
  }

  async #hashObject(key: string): Promise<string | undefined> {
    const object = this.#bucket.objects.get(key);
    if (!object) return undefined;
    const hash = createHash('sha256');
    for await (const chunk of this.#bucket.read(object)) hash.update(chunk);
    return hash.digest('hex');
  }

  async #reset(key: string): Promise<void> {
    await this.#removeCause(key);
    for (const upload of [...this.#bucket.uploads.values()]) await this.#bucket.abortUpload(upload);
    await this.#bucket.deleteObject(key);
  }

  #nextRun(): Promise<ActiveRun> {
    return this.#active
      ? Promise.resolve(this.#active)
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #toTask({ schedule, key }: ActiveRun): Task {
    const { seed, parallel, overwrite, clockSkew, visits } = schedule;
    return {
      ...{ seed, key, parallel, overwrite, clockSkew, visits },
      bucket: BUCKET,
      endpoint: this.#oss.url,
      requestTimeout: REQUEST_TIMEOUT,
      file: { name: `${seed}.mp4`, type: 'video/mp4', lastModified: 1_700_000_000_000 + seed },
    };
  }

  /** @returns whether the report belongs to the current schedule */
  #addVisit(report: VisitReport): boolean {
    const run = this.#active;
    if (run?.schedule.seed !== report.seed) return false;
    run.visits.push(report);
    if (report.outcome) run.finish(report.outcome);
    return true;
  }

  /** @returns whether the request was carried out */
  async #control(request: ControlRequest): Promise<boolean> {
    // A request from a closed page may be received during the next schedule.
    if (this.#active?.schedule.seed !== request.seed) return false;
    switch (request.type) {
      case 'set-online':
        this.#credentials.isOffline = !request.online;
        if (this.#offlineFault !== undefined) this.#oss.faults.remove(this.#offlineFault);
        this.#offlineFault = request.online
          ? undefined
          : this.#oss.faults.add({
              match: ALL_REQUESTS,
              times: null,
              fault: { kind: 'reset', at: 'before-body' },
            });
        return true;
      case 'remove-cause':
        this.#active.failure = request.error;
        // A schedule without a cause must not fail at all.
        if (!this.#active.schedule.cause) return false;
        await this.#removeCause(this.#active.key);
        return true;
      default:
        return request satisfies never;
    }
  }
}

function createRun(
  schedule: Schedule,
  key: string,
  bytes: Buffer,
): { run: ActiveRun; ended: Promise<Outcome> } {
  let finish!: (outcome: Outcome) => void;
  const ended = new Promise<Outcome>((resolve) => (finish = resolve));
  return { run: { schedule, key, bytes, visits: [], losses: [], failure: undefined, finish }, ended };
}
