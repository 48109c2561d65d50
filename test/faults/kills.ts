// Kills a whole browser in the middle of an upload, again and again, starts it anew with the same profile, and picks the
// file again.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { launchBrowser, type BrowserName } from '../support/browsers.js';
import { seededRandom } from '../support/seeded-random.js';
import { Credentials } from './credentials.js';
import { makeBytes, sha256 } from './file.js';
import { ANSWER_LIMIT, closeBrowser, killBrowser, within } from './timeouts.js';
import { PART } from './schedule.js';
import type { Scripts } from './scripts.js';
import { pageOf, PageSite } from './site.js';

export interface KillVerdict {
  /** What is wrong, a sentence each; nothing where all is well. */
  wrongs: string[];
  byteExact: boolean;
  /** Parts that OSS had acknowledged more than a second before. */
  partsAtKill: number;
  /** Of these. */
  sentAgain: number;
}

export interface KillsOptions {
  name: BrowserName;
  scripts: Scripts;
  seed: number;
  count: number;
  onEnd: (verdict: KillVerdict, index: number) => void;
}

const BUCKET = 'kills';
const PREFIX = 'films/';
const COUNT = 48;
/** The upload takes about as long at the speed of the line, in milliseconds. */
const LENGTH = 5_000;
/** What a browser may need to write a part down, in milliseconds. */
const UNWRITTEN = 1_000;
/** How long the upload may take to its end once it goes on, in milliseconds. */
const TIME_LIMIT = 60_000;

export async function runKills({ name, scripts, seed, count, onEnd }: KillsOptions): Promise<void> {
  const bench = await KillBench.open(name, scripts, seed);
  try {
    for (let index = 0; index < count; index += 1) onEnd(await bench.kill(index), index);
  } finally {
    await bench.close();
  }
}

/** How the page says that an upload ended. */
interface End {
  verified?: boolean;
  code?: string;
}

class KillBench {
  readonly #name: BrowserName;
  readonly #seed: number;
  readonly #random: () => number;
  readonly #folder: string;
  readonly #oss: LocalOss;
  readonly #credentials: Credentials;
  #site!: PageSite;
  #browser: Browser | undefined;
  #key = '';
  #tellEnd = (_: End): void => {};
  #tellPicked = (_: { resumed: boolean }): void => {};

  private constructor(
    name: BrowserName,
    seed: number,
    folder: string,
    oss: LocalOss,
    credentials: Credentials,
  ) {
    this.#name = name;
    this.#seed = seed;
    this.#random = seededRandom(seed);
    this.#folder = folder;
    this.#oss = oss;
    this.#credentials = credentials;
  }

  static async open(name: BrowserName, scripts: Scripts, seed: number): Promise<KillBench> {
    const folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-kills-'));
    const oss = await startLocalOss({ buckets: { [BUCKET]: {} } });
    const credentials = await Credentials.start(oss, { bucket: BUCKET, prefix: PREFIX });
    const bench = new KillBench(name, seed, folder, oss, credentials);
    bench.#site = await PageSite.start(scripts, pageOf('kill-page', '<input type="file" disabled>'), {
      '/task': () => ({ bucket: BUCKET, key: bench.#key, endpoint: oss.url }),
      '/credentials': (_, request, response) => credentials.answer(request, response),
      '/end': (end) => (bench.#tellEnd(end as End), true),
      '/picked': (picked) => (bench.#tellPicked(picked as { resumed: boolean }), true),
    });
    return bench;
  }

  async close(): Promise<void> {
    if (this.#browser) await closeBrowser(this.#browser);
    await Promise.all([this.#site.close(), this.#credentials.close(), this.#oss.close()]);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async kill(index: number): Promise<KillVerdict> {
    try {
      return await this.#killOnce(index);
    } catch (error) {
      const browser = this.#browser;
      this.#browser = undefined;
      if (browser) await killBrowser(browser);
      return { wrongs: [String(error)], byteExact: false, partsAtKill: 0, sentAgain: 0 };
    }
  }

  async #killOnce(index: number): Promise<KillVerdict> {
    const oss = this.#oss;
    const key = `${PREFIX}${index}.mp4`;
    this.#key = key;
    const bytes = makeBytes(this.#seed + index, COUNT * PART - 7);
    const path = await this.#writeFile(index, bytes);
    oss.requests.clear();
    oss.setNetworkConditions({ bytesPerSecond: bytes.length / (LENGTH / 1_000), latency: 0 });
    this.#browser ??= await this.#launch();
    await this.#pick(this.#browser, path);
    const begun = oss.requests.waitFor({ key, operation: 'UploadPart' }, 1, 'started');
    await within(ANSWER_LIMIT, 'the first part', begun);
    await sleep(this.#random() * LENGTH);
    const killedAt = Date.now();
    await killBrowser(this.#browser);
    const finished = oss.requests
      .all({ key, operation: 'UploadPart', status: 200 })
      .filter(({ endedAt = Infinity }) => endedAt < killedAt - UNWRITTEN);
    const wasComplete = oss.bucket(BUCKET).objects.has(key);

    oss.setNetworkConditions({ bytesPerSecond: 0, latency: 0 });
    this.#browser = await this.#launch();
    const ended = new Promise<End>((resolve) => (this.#tellEnd = resolve));
    const { resumed } = await this.#pick(this.#browser, path);
    const { code } = await within(TIME_LIMIT, 'going on', ended);
    const again = oss.requests
      .all({ key, operation: 'UploadPart' })
      .filter(({ startedAt }) => startedAt > killedAt)
      .filter(({ partNumber }) => finished.some((part) => part.partNumber === partNumber));
    const byteExact = (await this.#storedSha256()) === sha256(bytes);
    await Promise.all([rm(path), oss.bucket(BUCKET).deleteObject(key)]);

    const wrongs = again.map(({ partNumber }) => `part ${partNumber} was sent again`);
    if (code) wrongs.push(`it ended in ${code}`);
    if (!byteExact) wrongs.push('what is stored is not the file');
    if (finished.length > 0 && !resumed && !wasComplete) wrongs.push('nothing of it was remembered');
    return { wrongs, byteExact, partsAtKill: finished.length, sentAgain: again.length };
  }

  /** With a date of its own, by which it is known again. */
  async #writeFile(index: number, bytes: Buffer): Promise<string> {
    const path = join(this.#folder, `${index}.mp4`);
    await writeFile(path, bytes);
    await utimes(path, index + 1, index + 1);
    return path;
  }

  async #launch(): Promise<Browser> {
    const profile = join(this.#folder, 'profile');
    await isPutBack(profile);
    return await launchBrowser(this.#name, { userDataDir: profile, protocolTimeout: ANSWER_LIMIT });
  }

  async #pick(browser: Browser, path: string): Promise<{ resumed: boolean }> {
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(this.#site.url);
    const input = (await page.waitForSelector('input:enabled')) as ElementHandle<HTMLInputElement>;
    const picked = new Promise<{ resumed: boolean }>((resolve) => (this.#tellPicked = resolve));
    await input.uploadFile(path);
    return await within(ANSWER_LIMIT, 'picking the file', picked);
  }

  async #storedSha256(): Promise<string | undefined> {
    const bucket = this.#oss.bucket(BUCKET);
    const object = bucket.objects.get(this.#key);
    if (!object) return undefined;
    const hash = createHash('sha256');
    for await (const chunk of bucket.read(object)) hash.update(chunk);
    return hash.digest('hex');
  }
}

/** Puppeteer puts the settings of a Firefox profile back once the browser has ended, and tells nobody when it has. */
async function isPutBack(profile: string): Promise<void> {
  const giveUpAt = performance.now() + ANSWER_LIMIT;
  const backups = async (): Promise<string[]> =>
    existsSync(profile) ? (await readdir(profile)).filter((name) => name.endsWith('.puppeteer')) : [];
  while ((await backups()).length > 0 && performance.now() < giveUpAt) await sleep(20);
}
