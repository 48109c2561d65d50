// Runs fault schedules one after the other against its own OSS emulator, STS, proxy and site. The page in the browser
// drives itself: it fetches a task, uploads, sends reports and reloads.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BufferingProxy } from '../../dev/oss-emulator/buffering-proxy.js';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import type { Fault, FaultMatch } from '../../dev/oss-emulator/faults.js';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { ACTIONS, type Operation } from '../../dev/oss-emulator/operation.js';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { Bucket } from '../../dev/oss-emulator/store.js';
import { ApplicationServer } from './application-server.js';
import { CaptivePortal } from './captive-portal.js';
import { CredentialsServer } from './credentials-server.js';
import { makeBytes, sha256 } from './file.js';
import type { PartLoss } from './check-invariants.js';
import { withTimeout } from './timeouts.js';
import {
  isSingleRequest,
  PORTAL,
  REQUEST_TIMEOUT,
  type FailureCause,
  type Schedule,
  type ScheduledFault,
} from './schedule.js';
import type { Scripts } from './scripts.js';
import { PageSite, pageHtml } from './site.js';
import type { ControlRequest, Outcome, Task, VisitReport, VisitTask } from './task.js';

const BUCKET = 'faults';
const PREFIX = 'films/';
/** The start of the keys of the files that a page uploads first. */
const FIRST_PREFIX = `${PREFIX}first/`;
const FOREIGN_TYPE = 'application/x-foreign';
const ALL_REQUESTS: FaultMatch = { operation: ['Preflight', ...(Object.keys(ACTIONS) as Operation[])] };

/** The origin of the page is only known later. */
const CORS_RULES = uploadCorsRules(['*']);

const MAX_FILES = 4;
/** Where the page fetches its files. */
const FILE_URLS = Array.from({ length: MAX_FILES }, (_, index) => `/files/${index}`);

/** The time limit for one schedule, in milliseconds. */
const TIME_LIMIT = 60_000;

/** The page's timeouts if the application server never answers. OSS then responds after 5 s. In milliseconds. */
const CALLBACK_TIMEOUT = 10_000;

/** One object of a schedule. Companions that upload another file add one each. */
export interface UploadedObject {
  key: string;
  requests: RequestEntry[];
  /** Whether the stored object equals the file. */
  byteExact: boolean;
}

/** What the servers and the page recorded during one schedule. */
export interface RunRecord {
  schedule: Schedule;
  objects: UploadedObject[];
  /** The keys of objects that no file of the schedule belongs to. */
  strayKeys: string[];
  visits: VisitReport[];
  losses: PartLoss[];
  /** The error that the upload reported before the cause was removed. */
  failure: { code: string; message: string } | undefined;
  /** Of all uploads, the first one of the steps first. Absent if they did not end. */
  outcomes: Outcome[] | undefined;
  /** Why the uploads did not end. */
  abortReason: string | undefined;
  /** The number of callbacks that the application server has answered with success. */
  callbacksAnswered: number;
  /** The bytes of request bodies that the buffering proxy received. */
  proxyBytes: number;
  /** In milliseconds. */
  duration: number;
}

interface ActiveRun extends Pick<RunRecord, 'schedule' | 'visits' | 'losses' | 'failure'> {
  files: { key: string; bytes: Buffer }[];
  finish: (outcomes: Outcome[]) => void;
}

/** The servers of a runner. */
interface Servers {
  oss: LocalOss;
  credentials: CredentialsServer;
  proxy: BufferingProxy;
  portal: CaptivePortal;
  application: ApplicationServer;
}

export class ScheduleRunner {
  readonly #servers: Servers;
  readonly #oss: LocalOss;
  #site!: PageSite;
  #active: ActiveRun | undefined;
  /** Of all schedules so far: OSS may receive a request of a closed page later. */
  readonly #knownKeys = new Set<string>();
  /** Callbacks for pages that wait for a task. */
  #waiting: ((run: ActiveRun) => void)[] = [];
  /** The ID of the fault that simulates a lost network. */
  #offlineFault: number | undefined;

  private constructor(servers: Servers) {
    this.#servers = servers;
    this.#oss = servers.oss;
  }

  static async start(scripts: Scripts): Promise<ScheduleRunner> {
    const application = await ApplicationServer.start();
    const oss = await startLocalOss({
      buckets: { [BUCKET]: { cors: CORS_RULES } },
      callbacks: [application.url],
    });
    const credentials = await CredentialsServer.start(oss, { bucket: BUCKET, prefix: PREFIX });
    const runner = new ScheduleRunner({
      ...{ oss, credentials, application },
      proxy: await BufferingProxy.start(oss),
      portal: await CaptivePortal.start(),
    });
    runner.#site = await PageSite.start(scripts, pageHtml('upload-page'), {
      '/task': async () => runner.#toTask(await runner.#nextRun()),
      ...Object.fromEntries(FILE_URLS.map((url, index) => [url, () => runner.#active?.files[index]?.bytes])),
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
    const { oss, credentials, proxy, portal, application } = this.#servers;
    const servers = [this.#site, credentials, proxy, portal, application, oss];
    await Promise.all(servers.map((server) => server.close()));
  }

  /**
   * Runs one schedule and resets the server afterwards.
   *
   * @param closed aborted when the tab of the page is closed or has crashed
   */
  async run(schedule: Schedule, closed: AbortSignal): Promise<RunRecord> {
    const start = performance.now();
    const { proxy, application } = this.#servers;
    const { run, ended } = createRun(schedule);
    for (const { key } of run.files) this.#knownKeys.add(key);
    await this.#prepare(run);
    const proxyStart = proxy.bytesReceived;
    const runEnd = new AbortController();
    const losses = this.#dropLostParts(run, runEnd.signal);
    this.#active = run;
    for (const resolve of this.#waiting.splice(0)) resolve(run);
    let outcomes: Outcome[] | undefined;
    let abortReason: string | undefined;
    try {
      outcomes = await withTimeout(TIME_LIMIT, 'the upload', ended, closed);
    } catch (error) {
      abortReason = String(error);
    }
    this.#active = undefined;
    runEnd.abort();
    await losses;
    const record = {
      ...{ schedule, losses: run.losses, failure: run.failure, outcomes, abortReason },
      visits: run.visits.sort((a, b) => a.visit - b.visit),
      objects: await Promise.all(
        run.files.map(async ({ key, bytes }) => ({
          key,
          requests: this.#oss.requests.all({ key }),
          byteExact: (await this.#hashObject(key)) === sha256(bytes),
        })),
      ),
      strayKeys: [...this.#bucket.objects.keys()].filter(
        (key) => !key.startsWith(FIRST_PREFIX) && !this.#knownKeys.has(key),
      ),
      callbacksAnswered: application.answered.length,
      proxyBytes: proxy.bytesReceived - proxyStart,
      duration: performance.now() - start,
    };
    await this.#reset(run);
    return record;
  }

  get #bucket(): Bucket {
    return this.#oss.bucket(BUCKET);
  }

  async #prepare({ schedule, files }: ActiveRun): Promise<void> {
    const { faults, bytesPerSecond, buffering, cause, isStoredAlready } = schedule;
    this.#oss.requests.clear();
    this.#offlineFault = undefined;
    this.#oss.setNetworkConditions({ bytesPerSecond, latency: 0 });
    this.#servers.proxy.setUplink(buffering ?? { bytesPerSecond: 0, keepsAbandoned: false });
    this.#servers.credentials.configure(schedule);
    const [{ key, bytes } = { key: '', bytes: Buffer.alloc(0) }] = files;
    // The files that a page uploads first must not fail, nor use up the faults.
    const faultKey = schedule.firstFiles > 0 ? key : undefined;
    for (const fault of faults) this.#addFault(fault, faultKey);
    if (isStoredAlready) await this.#putObject(key, bytes, 'video/mp4');
    if (cause?.kind === 'fault') this.#addFault(cause.fault, faultKey);
    else if (cause) await this.#addCause(cause, key, bytes);
  }

  async #addCause(
    cause: Exclude<FailureCause, { kind: 'fault' }>,
    key: string,
    bytes: Buffer,
  ): Promise<void> {
    switch (cause.kind) {
      case 'cors':
        return this.#oss.setCors(
          BUCKET,
          CORS_RULES.filter(() => cause.hides !== 'everything').map((rule) => ({
            ...rule,
            exposeHeaders: rule.exposeHeaders?.filter((name) => name !== 'ETag'),
          })),
        );
      case 'object-exists': {
        const foreign = cause.sameSize ? bytes.map((byte) => byte ^ 1) : 'foreign object';
        return this.#putObject(key, Buffer.from(foreign), FOREIGN_TYPE);
      }
      case 'callback': {
        const operation = isSingleRequest(bytes.length) ? 'PutObject' : 'CompleteMultipartUpload';
        if (cause.failure.responseLost) this.#addFault({ operation, fault: { kind: 'lost-response' } });
        return this.#servers.application.fail(cause.failure.response);
      }
      case 'credentials':
      case 'no-permission':
        return;
      default:
        cause satisfies never;
    }
  }

  /** @param key of the only object that the fault applies to; all by default */
  #addFault({ operation, partNumber, fault, ...rule }: ScheduledFault, key?: string): void {
    const located: Fault =
      fault.kind === 'redirect' && fault.location === PORTAL
        ? { ...fault, location: this.#servers.portal.url }
        : fault;
    this.#oss.faults.add({ ...rule, match: { operation, partNumber, key }, fault: located });
  }

  /** Removes all faults, so that a retry succeeds. */
  async #removeCause({ schedule: { cause }, files }: ActiveRun): Promise<void> {
    this.#oss.faults.clear();
    this.#servers.credentials.reset();
    await this.#oss.setCors(BUCKET, CORS_RULES);
    if (cause?.kind === 'callback') {
      this.#servers.application.fail(cause.failure.response, cause.failure.again ? 1 : 0);
    }
    for (const { key } of files) {
      const object = this.#bucket.objects.get(key);
      if (object?.settings.headers['content-type'] === FOREIGN_TYPE) await this.#bucket.deleteObject(key);
    }
  }

  async #putObject(key: string, bytes: Buffer, type: string): Promise<void> {
    const received = await this.#bucket.receive(Readable.from([bytes]), false);
    await this.#bucket.putObject(key, received, {
      headers: { 'content-type': type },
      storageClass: 'Standard',
      acl: 'default',
      tags: {},
    });
  }

  /** Drops the lost parts of a schedule once the server has acknowledged them. */
  async #dropLostParts({ schedule, files, losses }: ActiveRun, signal: AbortSignal): Promise<void> {
    const key = files[0]?.key;
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

  async #reset(run: ActiveRun): Promise<void> {
    await this.#removeCause(run);
    for (const upload of [...this.#bucket.uploads.values()]) await this.#bucket.abortUpload(upload);
    for (const key of [...this.#bucket.objects.keys()]) await this.#bucket.deleteObject(key);
  }

  #nextRun(): Promise<ActiveRun> {
    return this.#active
      ? Promise.resolve(this.#active)
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #toTask({ schedule, files }: ActiveRun): Task {
    const { seed, parallel, overwrite, clockSkew, mutesProgress, usesElement, firstFiles } = schedule;
    const { buffering, cause, companions } = schedule;
    const { oss, proxy, application } = this.#servers;
    const isSilent = cause?.kind === 'callback' && cause.failure.response === 'none';
    const engines = 1 + (companions?.count ?? 0);
    return {
      ...{ seed, parallel, overwrite, clockSkew, mutesProgress, usesElement, firstFiles },
      bucket: BUCKET,
      endpoint: buffering ? proxy.url : oss.url,
      requestTimeout: isSilent ? CALLBACK_TIMEOUT : REQUEST_TIMEOUT,
      callback:
        cause?.kind === 'callback'
          ? { url: application.url, body: 'object=${object}&size=${size}' }
          : undefined,
      usesServiceWorker: buffering?.by === 'service-worker',
      uploads: Array.from({ length: engines }, (_, index) => {
        const file = Math.min(index, files.length - 1);
        const firstKey = `${FIRST_PREFIX}${seed}-${index}`;
        return { key: files[file]!.key, fileUrl: FILE_URLS[file]!, firstKey };
      }),
      visits: schedule.visits.map((_, index) => toVisitTask(schedule, index)),
    };
  }

  /** @returns whether the report belongs to the current schedule */
  #addVisit(report: VisitReport): boolean {
    const run = this.#active;
    if (run?.schedule.seed !== report.seed) return false;
    run.visits.push(report);
    if (report.outcomes) run.finish(report.outcomes);
    return true;
  }

  /** @returns whether the request was carried out */
  async #control(request: ControlRequest): Promise<boolean> {
    // A request from a closed page may be received during the next schedule.
    if (this.#active?.schedule.seed !== request.seed) return false;
    switch (request.type) {
      case 'set-online':
        this.#servers.credentials.isOffline = !request.online;
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
        await this.#removeCause(this.#active);
        return true;
      default:
        return request satisfies never;
    }
  }
}

function createRun(schedule: Schedule): { run: ActiveRun; ended: Promise<Outcome[]> } {
  const { seed, size, companions } = schedule;
  const others = companions?.file === 'other' ? companions.count : 0;
  const files = [
    { key: `${PREFIX}${seed}.mp4`, bytes: makeBytes(seed, size) },
    ...Array.from({ length: others }, (_, index) => ({
      key: `${PREFIX}${seed}-${index + 1}.mp4`,
      bytes: makeBytes(-seed - index / MAX_FILES, size),
    })),
  ];
  let finish!: (outcomes: Outcome[]) => void;
  const ended = new Promise<Outcome[]>((resolve) => (finish = resolve));
  return { run: { schedule, files, visits: [], losses: [], failure: undefined, finish }, ended };
}

function toVisitTask({ seed, visits, reselection, storageFault }: Schedule, index: number): VisitTask {
  const isReselected = index > 0 && reselection !== undefined;
  const name = reselection === 'decomposed-name' ? `Été ${seed}.mp4` : `${seed}.mp4`;
  const date = 1_700_000_000_000 + seed;
  return {
    steps: visits[index] ?? [],
    file: {
      name: name.normalize(isReselected ? 'NFD' : 'NFC'),
      type: 'video/mp4',
      lastModified: isReselected && reselection === 'other-date' ? date + index * 86_400_000 : date,
    },
    storageFault: storageFault?.visit === index ? storageFault : undefined,
  };
}
