// Kills a browser during an upload, restarts it with the same profile, and selects the file again.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { launchBrowser, type BrowserName } from '../support/browsers.js';
import { seededRandom } from '../support/seeded-random.js';
import { CredentialsServer } from './credentials-server.js';
import { makeBytes, sha256 } from './file.js';
import { BROWSER_TIMEOUT, closeBrowser, killBrowser, withTimeout } from './timeouts.js';
import { PART_SIZE } from './schedule.js';
import type { Scripts } from './scripts.js';
import { pageHtml, PageSite } from './site.js';

export interface KillReport {
  /** One sentence per violation; empty if there are none. */
  violations: string[];
  /** Whether the stored object equals the file. */
  byteExact: boolean;
  /** The number of parts that OSS had stored at least `CHECKPOINT_DELAY` before the kill. */
  partsAtKill: number;
  /** The number of these parts that were sent again. */
  resentParts: number;
}

export interface KillsOptions {
  name: BrowserName;
  scripts: Scripts;
  seed: number;
  count: number;
  onEnd: (report: KillReport, index: number) => void;
}

const BUCKET = 'kills';
const PREFIX = 'films/';
const PART_COUNT = 48;
/** How long the upload takes at the configured bandwidth, in milliseconds. */
const UPLOAD_DURATION = 5_000;
/** How long a browser may take to save a completed part, in milliseconds. */
const CHECKPOINT_DELAY = 1_000;
/** The time limit for a resumed upload, in milliseconds. */
const TIME_LIMIT = 60_000;

export async function runKills({ name, scripts, seed, count, onEnd }: KillsOptions): Promise<void> {
  const runner = await KillRunner.start(name, scripts, seed);
  try {
    for (let index = 0; index < count; index += 1) onEnd(await runner.kill(index), index);
  } finally {
    await runner.close();
  }
}

/** The page's message about the end of an upload. */
interface UploadEnd {
  verified?: boolean;
  code?: string;
}

class KillRunner {
  readonly #name: BrowserName;
  readonly #seed: number;
  readonly #random: () => number;
  readonly #folder: string;
  readonly #oss: LocalOss;
  readonly #credentials: CredentialsServer;
  #site!: PageSite;
  #browser: Browser | undefined;
  #key = '';
  #onEnd = (_: UploadEnd): void => {};
  #onSelect = (_: { resumed: boolean }): void => {};

  private constructor(
    name: BrowserName,
    seed: number,
    folder: string,
    oss: LocalOss,
    credentials: CredentialsServer,
  ) {
    this.#name = name;
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#folder = folder;
    this.#oss = oss;
    this.#credentials = credentials;
  }

  static async start(name: BrowserName, scripts: Scripts, seed: number): Promise<KillRunner> {
    const folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-kills-'));
    const oss = await startLocalOss({ buckets: { [BUCKET]: { cors: uploadCorsRules(['*']) } } });
    const credentials = await CredentialsServer.start(oss, { bucket: BUCKET, prefix: PREFIX });
    const runner = new KillRunner(name, seed, folder, oss, credentials);
    runner.#site = await PageSite.start(scripts, pageHtml('kill-page', '<input type="file" disabled>'), {
      '/task': () => ({ bucket: BUCKET, key: runner.#key, endpoint: oss.url }),
      '/credentials': (_, request, response) => credentials.handle(request, response),
      '/end': (end) => (runner.#onEnd(end as UploadEnd), true),
      '/selected': (selection) => (runner.#onSelect(selection as { resumed: boolean }), true),
    });
    return runner;
  }

  async close(): Promise<void> {
    if (this.#browser) await closeBrowser(this.#browser);
    await Promise.all([this.#site.close(), this.#credentials.close(), this.#oss.close()]);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async kill(index: number): Promise<KillReport> {
    try {
      return await this.#killOnce(index);
    } catch (error) {
      const browser = this.#browser;
      this.#browser = undefined;
      if (browser) await killBrowser(browser);
      return { violations: [String(error)], byteExact: false, partsAtKill: 0, resentParts: 0 };
    }
  }

  async #killOnce(index: number): Promise<KillReport> {
    const oss = this.#oss;
    const key = `${PREFIX}${index}.mp4`;
    this.#key = key;
    const bytes = makeBytes(this.#seed + index, PART_COUNT * PART_SIZE - 7);
    const path = await this.#writeFile(index, bytes);
    oss.requests.clear();
    oss.setNetworkConditions({ bytesPerSecond: bytes.length / (UPLOAD_DURATION / 1_000), latency: 0 });
    this.#browser ??= await this.#launch();
    await this.#selectFile(this.#browser, path);
    const firstPart = oss.requests.waitFor({ key, operation: 'UploadPart' }, 1, 'started');
    await withTimeout(BROWSER_TIMEOUT, 'the first part', firstPart);
    await sleep(this.#random() * UPLOAD_DURATION);
    const killedAt = Date.now();
    await killBrowser(this.#browser);
    const finished = oss.requests
      .all({ key, operation: 'UploadPart', status: 200 })
      .filter(({ endedAt = Infinity }) => endedAt < killedAt - CHECKPOINT_DELAY);
    const wasComplete = oss.bucket(BUCKET).objects.has(key);

    oss.setNetworkConditions({ bytesPerSecond: 0, latency: 0 });
    this.#browser = await this.#launch();
    const ended = new Promise<UploadEnd>((resolve) => (this.#onEnd = resolve));
    const { resumed } = await this.#selectFile(this.#browser, path);
    const { code } = await withTimeout(TIME_LIMIT, 'resuming the upload', ended);
    const resent = oss.requests
      .all({ key, operation: 'UploadPart' })
      .filter(({ startedAt }) => startedAt > killedAt)
      .filter(({ partNumber }) => finished.some((part) => part.partNumber === partNumber));
    const byteExact = (await this.#hashObject()) === sha256(bytes);
    await Promise.all([rm(path), oss.bucket(BUCKET).deleteObject(key)]);

    const violations = resent.map(({ partNumber }) => `part ${partNumber} was sent again`);
    if (code) violations.push(`the upload failed with ${code}`);
    if (!byteExact) violations.push('the stored object differs from the file');
    if (finished.length > 0 && !resumed && !wasComplete) violations.push('the upload was not restored');
    return { violations, byteExact, partsAtKill: finished.length, resentParts: resent.length };
  }

  /** Writes the file with a fixed modification time, which is part of its fingerprint. */
  async #writeFile(index: number, bytes: Buffer): Promise<string> {
    const path = join(this.#folder, `${index}.mp4`);
    await writeFile(path, bytes);
    await utimes(path, index + 1, index + 1);
    return path;
  }

  async #launch(): Promise<Browser> {
    const profile = join(this.#folder, 'profile');
    await waitForProfile(profile);
    return await launchBrowser(this.#name, { userDataDir: profile, protocolTimeout: BROWSER_TIMEOUT });
  }

  async #selectFile(browser: Browser, path: string): Promise<{ resumed: boolean }> {
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(this.#site.url);
    const input = (await page.waitForSelector('input:enabled')) as ElementHandle<HTMLInputElement>;
    const selected = new Promise<{ resumed: boolean }>((resolve) => (this.#onSelect = resolve));
    await input.uploadFile(path);
    return await withTimeout(BROWSER_TIMEOUT, 'selecting the file', selected);
  }

  async #hashObject(): Promise<string | undefined> {
    const bucket = this.#oss.bucket(BUCKET);
    const object = bucket.objects.get(this.#key);
    if (!object) return undefined;
    const hash = createHash('sha256');
    for await (const chunk of bucket.read(object)) hash.update(chunk);
    return hash.digest('hex');
  }
}

/** Waits until Puppeteer has restored the preferences of a Firefox profile. It does so after the exit, without an event. */
async function waitForProfile(profile: string): Promise<void> {
  const deadline = performance.now() + BROWSER_TIMEOUT;
  const backups = async (): Promise<string[]> =>
    existsSync(profile) ? (await readdir(profile)).filter((name) => name.endsWith('.puppeteer')) : [];
  while ((await backups()).length > 0 && performance.now() < deadline) await sleep(20);
}
