// Runs single uploads: prepares line, page and servers, measures, and checks what is stored.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import type { DiskFile } from '../../test/e2e/support/disk-file.js';
import type { BrowserName } from '../../test/support/browsers.js';
import { seededRandom } from '../../test/support/seeded-random.js';
import { cpuTime } from '../browser-metrics/cpu-time.js';
import { HeapSampler } from '../browser-metrics/heap-sampler.js';
import { contenders, type Contender } from './contenders.js';
import { EmulatedLine, noConditions } from './line.js';
import type { ServerAddresses, Task } from './protocol.js';
import type { Values } from './results.js';
import type { Situation } from './situations.js';
import { BenchSite } from './site.js';
import { BUCKET, OssStorage, ReceiverStorage, type Storage } from './storage.js';

const REGION = 'oss-cn-hangzhou';
/** In milliseconds. */
const TOKEN_LIFETIME = 4 * 3_600_000;
/** How long an upload may take, in milliseconds. */
const TIMEOUT = 180_000;
/** How long a paused upload is watched, in milliseconds. */
const PAUSE_DURATION = 2_000;
/** How often the bytes on the line are looked at, in milliseconds. */
const POLLING_INTERVAL = 5;
/** For contenders that take one file at a time: as many as the element uploads at once. */
const FILES_IN_FLIGHT = 6;

/** Ports of the servers, seen from the browser. */
interface Ports {
  site: number;
  oss: number;
  receiver: number;
}

/** One upload. */
export interface Run {
  browser: Browser;
  browserName: BrowserName;
  situation: Situation;
  contender: Contender;
  files: readonly DiskFile[];
  /** For what happens by chance. */
  seed: number;
}

/** page/run.ts, in the page. */
declare const benchPage: typeof import('./page/run.js');

/** Where one run uploads to. */
interface Setup {
  storage: Storage;
  ports: Ports;
  prefix: string;
  firstPrefix: string | undefined;
  /** What is stored with `firstPrefix`. */
  firstKeys: readonly string[];
}

export class BenchRunner {
  readonly line = new EmulatedLine();
  readonly #servers: ChildProcess;
  readonly #storages: Record<Contender['storage'], Storage>;
  readonly #site: BenchSite;
  /** Number of uploads so far. Part of their keys, so that none finds what another has stored. */
  #runs = 0;
  #ports!: Record<'direct' | 'line', Ports>;

  private constructor(
    servers: ChildProcess,
    storages: Record<Contender['storage'], Storage>,
    site: BenchSite,
  ) {
    this.#servers = servers;
    this.#storages = storages;
    this.#site = site;
  }

  /** @param packages folder that contains `node_modules` with the packages of the contenders */
  static async start(packages: string): Promise<BenchRunner> {
    const servers = fork(fileURLToPath(new URL('./servers.ts', import.meta.url)));
    const [addresses] = (await once(servers, 'message')) as [ServerAddresses];
    const oss = new OssStorage(addresses.oss);
    const credentials = await oss.control.issueCredentials(TOKEN_LIFETIME);
    const { accessKey } = addresses.oss;
    const site = await BenchSite.start({ packages, region: REGION, bucket: BUCKET, accessKey, credentials });
    const storages = { oss, receiver: new ReceiverStorage(addresses.receiver) };
    const runner = new BenchRunner(servers, storages, site);
    const direct = { site: site.port, oss: addresses.oss.port, receiver: addresses.receiver.port };
    runner.#ports = {
      direct,
      line: {
        site: await runner.line.forward(direct.site),
        oss: await runner.line.forward(direct.oss, { canDie: true }),
        receiver: await runner.line.forward(direct.receiver, { canDie: true }),
      },
    };
    return runner;
  }

  async close(): Promise<void> {
    await Promise.all([this.line.close(), this.#site.close()]);
    if (!this.#servers.connected) return;
    const ended = once(this.#servers, 'exit');
    this.#servers.disconnect();
    await ended;
  }

  /**
   * Uploads the files in a new browser context, so that no run affects the next one.
   * @throws Error if the upload fails or takes too long, or what is stored differs from the files
   */
  async run(run: Run): Promise<Values> {
    const { browser, situation, contender, files, seed } = run;
    const storage = this.#storages[contender.storage];
    const ports = situation.line ? this.#ports.line : this.#ports.direct;
    this.line.conditions = { ...(situation.line ?? noConditions), random: seededRandom(seed) };
    this.#runs += 1;
    const prefix = `run-${this.#runs}/`;
    const firstPrefix = contender.isRepeated ? `first-${prefix}` : undefined;
    const firstKeys = firstPrefix ? files.map(({ name }) => firstPrefix + name) : [];
    const keys = [...files.map(({ name }) => prefix + name), ...firstKeys];
    const context = await browser.createBrowserContext();
    try {
      await storage.reset(keys);
      return await this.#runIn(context, run, { storage, ports, prefix, firstPrefix, firstKeys });
    } finally {
      await context.close();
      this.line.disconnect();
      await storage.reset(keys);
    }
  }

  async #runIn(
    context: BrowserContext,
    run: Run,
    { storage, ports, prefix, firstPrefix, firstKeys }: Setup,
  ): Promise<Values> {
    const { browser, browserName, contender, files } = run;
    const task: Task = {
      endpoint: `http://localhost:${ports.oss}`,
      receiver: `http://localhost:${ports.receiver}`,
      region: REGION,
      bucket: BUCKET,
      prefix,
      firstPrefix,
      partSize: contender.partSize ?? 0,
      filesInFlight: FILES_IN_FLIGHT,
    };
    this.#site.endpoint = task.endpoint;
    this.#site.bytesLoaded = 0;
    const page = await open(context, ports.site, contender, files);
    const bytesLoadedBefore = this.#site.bytesLoaded;
    await withTimeout(prepare(page, contender, task));
    // A contender may have initiated its multipart upload meanwhile.
    if (firstPrefix) await storage.reset(firstKeys);
    this.#site.requests = 0;
    const sampler = browserName === 'chromium' ? await HeapSampler.start(page) : undefined;
    const cpuBefore = await cpuTime(browser.process()!.pid!);
    const [{ duration, longestTask }, silence] = await Promise.all([
      withTimeout(page.evaluate(() => benchPage.run())),
      this.#pauseAndResume(page, run),
    ]).finally(() => sampler?.stop());
    const cpuAfter = await cpuTime(browser.process()!.pid!);
    const heap = await sampler?.stop();
    const traffic = await storage.traffic();
    await check(storage, prefix, files);

    const size = files.reduce((sum, file) => sum + file.size, 0);
    const amount = files.length > 1 ? files.length : size / 1e6;
    return {
      rate: amount / (duration / 1000),
      cpu:
        cpuBefore !== undefined && cpuAfter !== undefined
          ? (cpuAfter - cpuBefore) / (amount / 1000)
          : undefined,
      longestTask,
      heap,
      requests: traffic.requests + this.#site.requests,
      bytesResent: Math.max(0, traffic.bytesReceived - size),
      silence,
      bytesLoadedBefore,
      bytesLoadedAfter: this.#site.bytesLoaded - bytesLoadedBefore,
    };
  }

  /** @returns the time until the last byte in milliseconds; `undefined` if the situation or the contender has no pause */
  async #pauseAndResume(page: Page, { situation, files }: Run): Promise<number | undefined> {
    const { pauseAt } = situation;
    if (pauseAt === undefined) return undefined;
    const bytes = this.line.bytesDelivered + files[0]!.size * pauseAt;
    while (this.line.bytesDelivered < bytes && !page.isClosed()) await sleep(POLLING_INTERVAL);
    const pausedAt = await page.evaluate(() => benchPage.pause());
    if (pausedAt === undefined) return undefined;
    await sleep(PAUSE_DURATION);
    const silence = Math.max(0, this.line.lastByteAt - pausedAt);
    await page.evaluate(() => benchPage.resume());
    return silence;
  }
}

async function open(
  context: BrowserContext,
  port: number,
  contender: Contender,
  files: readonly DiskFile[],
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://localhost:${port}/${contenders.indexOf(contender)}`);
  const input = (await page.$('input')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...files.map(({ path }) => path));
  return page;
}

async function prepare(page: Page, contender: Contender, task: Task): Promise<void> {
  await page.evaluate(
    async (script: string, module: string, pageTask: Task) => {
      const runner = (await import(script)) as typeof benchPage;
      Object.assign(globalThis, { benchPage: runner });
      await benchPage.prepare(module, pageTask);
    },
    '/page/run.js',
    `/page/${contender.module}.js`,
    task,
  );
}

async function check(storage: Storage, prefix: string, files: readonly DiskFile[]): Promise<void> {
  for (const { name, sha256 } of files) {
    const stored = await storage.sha256(prefix + name);
    if (stored !== sha256)
      throw new Error(
        stored === undefined ? `${name} is not stored.` : `${name} is not stored as it was sent.`,
      );
  }
}

async function withTimeout<T>(uploading: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const timeout = sleep(TIMEOUT, undefined, { signal: ended.signal }).then(
    () => Promise.reject(new Error(`The upload took longer than ${TIMEOUT / 1000} s.`)),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([uploading, timeout]);
  } finally {
    ended.abort();
  }
}
