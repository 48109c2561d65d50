// Kills a whole browser in the middle of an upload, again and again, starts it anew with the same profile, and picks the
// file again.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { startLocalOss } from '../../demo/server/local-oss.js';
import { launchBrowser, type BrowserName } from '../support/browsers.js';
import { seededRandom } from '../support/seeded-random.js';
import { Credentials } from './credentials.js';
import { makeBytes, sha256 } from './file.js';
import { PART } from './schedule.js';
import type { Scripts } from './scripts.js';
import { pageOf, PageSite } from './site.js';

export interface KillVerdict {
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
/** The upload takes about as long at this speed, in milliseconds. */
const LENGTH = 5_000;
/** What a browser may need to write a part down, in milliseconds. */
const UNWRITTEN = 1_000;
const TIME_LIMIT = 60_000;

interface End {
  verified?: boolean;
  code?: string;
}

export async function runKills(options: KillsOptions): Promise<void> {
  const { name, scripts, seed, count, onEnd } = options;
  const random = seededRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-kills-'));
  const oss = await startLocalOss({ buckets: { [BUCKET]: {} } });
  const credentials = await Credentials.start(oss, { bucket: BUCKET, prefix: PREFIX });
  let key = '';
  let onEndOfUpload = (_: End): void => {};
  let onPicked = (_: { resumed: boolean }): void => {};
  const site = await PageSite.start(scripts, pageOf('kill-page', '<input type="file" disabled>'), {
    '/task': () => ({ bucket: BUCKET, key, endpoint: oss.url }),
    '/credentials': (_, request, response) => credentials.answer(request, response),
    '/end': (end) => (onEndOfUpload(end as End), true),
    '/picked': (picked) => (onPicked(picked as { resumed: boolean }), true),
  });
  const launch = (): Promise<Browser> => launchBrowser(name, { userDataDir: join(folder, 'profile') });
  let browser = await launch();

  const pick = async (path: string): Promise<boolean> => {
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(site.url);
    const input = (await page.waitForSelector('input:enabled')) as ElementHandle<HTMLInputElement>;
    const picked = new Promise<{ resumed: boolean }>((resolve) => (onPicked = resolve));
    await input.uploadFile(path);
    return (await picked).resumed;
  };

  const killOnce = async (index: number): Promise<KillVerdict> => {
    key = `${PREFIX}${index}.mp4`;
    const path = join(folder, `${index}.mp4`);
    const bytes = makeBytes(seed + index, COUNT * PART - 7);
    await writeFile(path, bytes);
    await utimes(path, index + 1, index + 1);
    oss.requests.clear();
    oss.setLine({ bytesPerSecond: bytes.length / (LENGTH / 1_000), latency: 0 });
    await pick(path);
    await oss.requests.until({ key, operation: 'UploadPart' }, 1, 'begun');
    await sleep(random() * LENGTH);
    const killedAt = Date.now();
    await kill(browser);
    const finished = oss.requests
      .all({ key, operation: 'UploadPart', status: 200 })
      .filter(({ endedAt = Infinity }) => endedAt < killedAt - UNWRITTEN);
    const wasComplete = oss.bucket(BUCKET).objects.has(key);

    browser = await launch();
    oss.setLine({ bytesPerSecond: 0, latency: 0 });
    const ended = new Promise<End>((resolve) => (onEndOfUpload = resolve));
    const resumed = await pick(path);
    const end = await Promise.race([ended, sleep(TIME_LIMIT, undefined, { ref: false })]);
    const again = oss.requests
      .all({ key, operation: 'UploadPart' })
      .filter(({ startedAt }) => startedAt > killedAt)
      .filter(({ partNumber }) => finished.some((part) => part.partNumber === partNumber));
    const byteExact = (await storedSha256()) === sha256(bytes);
    await rm(path);
    const wrongs = again.map(({ partNumber }) => `part ${partNumber} was sent again`);
    if (!end) wrongs.push('it did not end in time');
    if (end?.code) wrongs.push(`it ended in ${end.code}`);
    if (!byteExact) wrongs.push('what is stored is not the file');
    if (finished.length > 0 && !resumed && !wasComplete) wrongs.push('nothing of it was remembered');
    await oss.bucket(BUCKET).deleteObject(key);
    return { wrongs, byteExact, partsAtKill: finished.length, sentAgain: again.length };
  };

  const storedSha256 = async (): Promise<string | undefined> => {
    const bucket = oss.bucket(BUCKET);
    const object = bucket.objects.get(key);
    if (!object) return undefined;
    const hash = createHash('sha256');
    for await (const chunk of bucket.read(object)) hash.update(chunk);
    return hash.digest('hex');
  };

  try {
    for (let index = 0; index < count; index += 1) onEnd(await killOnce(index), index);
  } finally {
    await browser.close();
    await Promise.all([site.close(), credentials.close(), oss.close()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Without a word of farewell: the process group that was started for this browser, and no other. */
async function kill(browser: Browser): Promise<void> {
  const child = browser.process();
  if (!child?.pid) throw new Error('The browser has no process of its own.');
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (process.platform === 'win32') child.kill('SIGKILL');
  else process.kill(-child.pid, 'SIGKILL');
  await ended;
}
