// One OSS with its STS and a site, on which schedules are carried out one after the other by a page in a browser. The page
// drives itself: it fetches its task, reports, and loads itself anew.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { UPLOAD_CORS_RULES } from '../../dev/oss-emulator/cors.js';
import type { FaultMatch } from '../../dev/oss-emulator/faults.js';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { ACTIONS, type Operation } from '../../dev/oss-emulator/operation.js';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { Bucket } from '../../dev/oss-emulator/store.js';
import { Credentials } from './credentials.js';
import { makeBytes, sha256 } from './file.js';
import type { Loss } from './check-invariants.js';
import { within } from './timeouts.js';
import { PATIENCE, type FaultOrder, type Schedule } from './schedule.js';
import type { Scripts } from './scripts.js';
import { PageSite, pageOf } from './site.js';
import type { Outcome, Task, VisitReport, Wish } from './task.js';

const BUCKET = 'faults';
const PREFIX = 'films/';
const FOREIGN_TYPE = 'application/x-foreign';
const EVERYTHING: FaultMatch = { operation: ['Preflight', ...(Object.keys(ACTIONS) as Operation[])] };

/** How long a schedule may take before it counts as hung, in milliseconds. */
const TIME_LIMIT = 60_000;

/** What came of a schedule, as the server and the pages tell it. */
export interface Account {
  schedule: Schedule;
  requests: RequestEntry[];
  visits: VisitReport[];
  losses: Loss[];
  /** The error in which it ended before its cause was mended. */
  failure: { code: string; message: string } | undefined;
  /** Absent where it did not come to an end. */
  outcome: Outcome | undefined;
  /** Why it did not. */
  trouble: string | undefined;
  byteExact: boolean;
  /** Milliseconds. */
  duration: number;
}

interface Running extends Pick<Account, 'schedule' | 'visits' | 'losses' | 'failure'> {
  key: string;
  bytes: Buffer;
  finish: (outcome: Outcome) => void;
}

export class Lane {
  readonly #oss: LocalOss;
  readonly #credentials: Credentials;
  #site!: PageSite;
  #running?: Running;
  /** Pages that wait for a task. */
  #waiting: ((running: Running) => void)[] = [];
  #offline?: number;

  private constructor(oss: LocalOss, credentials: Credentials) {
    this.#oss = oss;
    this.#credentials = credentials;
  }

  static async open(scripts: Scripts): Promise<Lane> {
    const oss = await startLocalOss({ buckets: { [BUCKET]: {} } });
    const credentials = await Credentials.start(oss, { bucket: BUCKET, prefix: PREFIX });
    const lane = new Lane(oss, credentials);
    lane.#site = await PageSite.start(scripts, pageOf('upload-page'), {
      '/task': async () => lane.#taskOf(await lane.#nextRunning()),
      '/file': () => lane.#running?.bytes,
      '/credentials': (_, request, response) => credentials.answer(request, response),
      '/wish': (wish) => lane.#grant(wish as Wish),
      '/visit': (report) => lane.#take(report as VisitReport),
    });
    return lane;
  }

  /** Where the page is. */
  get url(): string {
    return this.#site.url;
  }

  async close(): Promise<void> {
    await Promise.all([this.#site.close(), this.#credentials.close(), this.#oss.close()]);
  }

  /**
   * Carries one schedule out, and clears up behind it.
   *
   * @param gone aborted when nothing is to be expected of the page any more
   */
  async run(schedule: Schedule, gone: AbortSignal): Promise<Account> {
    const start = performance.now();
    const { seed, size } = schedule;
    const key = `${PREFIX}${seed}.mp4`;
    await this.#prepare(schedule, key);
    const { running, ended } = begin(schedule, key, makeBytes(seed, size));
    const over = new AbortController();
    const losing = this.#loseParts(running, over.signal);
    this.#running = running;
    for (const give of this.#waiting.splice(0)) give(running);
    let outcome: Outcome | undefined;
    let trouble: string | undefined;
    try {
      outcome = await within(TIME_LIMIT, 'it', ended, gone);
    } catch (error) {
      trouble = String(error);
    }
    this.#running = undefined;
    over.abort();
    await losing;
    const { losses, failure } = running;
    const visits = running.visits.sort((a, b) => a.visit - b.visit);
    const account = {
      ...{ schedule, visits, losses, failure, outcome, trouble },
      requests: this.#oss.requests.all({ key }),
      byteExact: (await this.#storedSha256(key)) === sha256(running.bytes),
      duration: performance.now() - start,
    };
    await this.#clearUp(key);
    return account;
  }

  get #bucket(): Bucket {
    return this.#oss.bucket(BUCKET);
  }

  async #prepare(schedule: Schedule, key: string): Promise<void> {
    const { orders, bytesPerSecond, cause } = schedule;
    this.#oss.requests.clear();
    this.#offline = undefined;
    this.#oss.setNetworkConditions({ bytesPerSecond, latency: 0 });
    this.#credentials.follow(schedule);
    for (const order of orders) this.#order(order);
    switch (cause?.kind) {
      case 'order':
        return this.#order(cause.order);
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
      case 'no-right':
      case undefined:
        return;
      default:
        cause satisfies never;
    }
  }

  #order({ operation, partNumber, ...order }: FaultOrder): void {
    this.#oss.faults.add({ ...order, match: { operation, partNumber } });
  }

  /** What stood in the way is taken out of it. */
  async #mend(key: string): Promise<void> {
    this.#oss.faults.clear();
    this.#credentials.mend();
    await this.#oss.setCors(BUCKET, [...UPLOAD_CORS_RULES]);
    const object = this.#bucket.objects.get(key);
    if (object?.settings.headers['content-type'] === FOREIGN_TYPE) await this.#bucket.deleteObject(key);
  }

  async #putForeignObject(key: string): Promise<void> {
    const received = await this.#bucket.receive(Readable.from([Buffer.from('of another')]), false);
    const headers = { 'content-type': FOREIGN_TYPE };
    await this.#bucket.putObject(key, received, {
      headers,
      storageClass: 'Standard',
      acl: 'default',
      tags: {},
    });
  }

  /** Loses parts once they have been acknowledged. */
  async #loseParts({ schedule, key, losses }: Running, signal: AbortSignal): Promise<void> {
    await Promise.all(
      [...new Set(schedule.losses)].map(async (partNumber) => {
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

  async #storedSha256(key: string): Promise<string | undefined> {
    const object = this.#bucket.objects.get(key);
    if (!object) return undefined;
    const hash = createHash('sha256');
    for await (const chunk of this.#bucket.read(object)) hash.update(chunk);
    return hash.digest('hex');
  }

  async #clearUp(key: string): Promise<void> {
    await this.#mend(key);
    for (const upload of [...this.#bucket.uploads.values()]) await this.#bucket.abortUpload(upload);
    await this.#bucket.deleteObject(key);
  }

  #nextRunning(): Promise<Running> {
    return this.#running
      ? Promise.resolve(this.#running)
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #taskOf({ schedule, key }: Running): Task {
    const { seed, parallel, overwrite, skew, visits } = schedule;
    return {
      ...{ seed, key, parallel, overwrite, skew, visits },
      bucket: BUCKET,
      endpoint: this.#oss.url,
      patience: PATIENCE,
      file: { name: `${seed}.mp4`, type: 'video/mp4', lastModified: 1_700_000_000_000 + seed },
    };
  }

  #take(report: VisitReport): boolean {
    const running = this.#running;
    if (running?.schedule.seed !== report.seed) return false;
    running.visits.push(report);
    if (report.outcome) running.finish(report.outcome);
    return true;
  }

  async #grant(wish: Wish): Promise<boolean> {
    // A wish may come late, of a page that is gone.
    if (this.#running?.schedule.seed !== wish.seed) return false;
    switch (wish.wish) {
      case 'network':
        this.#credentials.isOffline = !wish.there;
        if (this.#offline !== undefined) this.#oss.faults.remove(this.#offline);
        this.#offline = wish.there
          ? undefined
          : this.#oss.faults.add({
              match: EVERYTHING,
              times: null,
              fault: { kind: 'reset', at: 'before-body' },
            });
        return true;
      case 'mend':
        this.#running.failure = wish.error;
        // Whoever is not meant to fail is not helped up.
        if (!this.#running.schedule.cause) return false;
        await this.#mend(this.#running.key);
        return true;
      default:
        return wish satisfies never;
    }
  }
}

function begin(
  schedule: Schedule,
  key: string,
  bytes: Buffer,
): { running: Running; ended: Promise<Outcome> } {
  let finish!: (outcome: Outcome) => void;
  const ended = new Promise<Outcome>((resolve) => (finish = resolve));
  return { running: { schedule, key, bytes, visits: [], losses: [], failure: undefined, finish }, ended };
}
