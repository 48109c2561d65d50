// Measures the memory of page and workers while sparse files of different sizes are uploaded through the element.
// Held: what is in use after a garbage collection. Peak: what is in use at any time, including what isn't needed any more.
// Later uploads: the element has measured the network before, and sends larger parts.
// `npx tsx scripts/memory.ts --sizes 100MB,1GB,20GB`; a file takes no disk space where the file system supports sparse files
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'puppeteer-core';
import { parseByteSize } from '../src/core/byte-size.js';
import { launchBrowser } from '../test/support/browsers.js';
import { ElementPage } from '../test/e2e/support/element-page.js';
import { Site } from '../test/e2e/support/site.js';
import { HeapSampler, heapSize } from './browser-metrics/heap-sampler.js';

const MB = 1e6;
/** Size of the file from which the element learns the network, in bytes. */
const EARLIER_SIZE = 400 * MB;

/** How often garbage is collected to measure what is held, in milliseconds. */
const COLLECTION_INTERVAL = 2_000;

declare const isStored: boolean;

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '100MB,1GB' } } });

const folder = await mkdtemp(join(tmpdir(), 'memory-'));
const site = await Site.start();
try {
  const earlier = await makeSparseFile('earlier', EARLIER_SIZE);
  for (const size of values.sizes.split(',')) {
    const bytes = parseByteSize(size);
    if (bytes === undefined) throw new RangeError(`Invalid size: ${size}`);
    const file = await makeSparseFile(size, bytes);
    for (const before of [[], [earlier]]) {
      const held = await measure(file, before, async (page) => {
        await sleep(COLLECTION_INTERVAL);
        const sessions = [await page.createCDPSession(), ...page.workers().map(({ client }) => client)];
        await Promise.all(sessions.map(collectGarbage));
        return heapSize(sessions);
      });
      const peak = await measure(file, before, async (page) => {
        const sampler = await HeapSampler.start(page);
        await sleep(COLLECTION_INTERVAL);
        return sampler.stop();
      });
      const name = before.length === 0 ? 'first upload' : 'later upload';
      console.log(`${size}, ${name}: at most ${toMB(held)} MB held, peak ${toMB(peak)} MB`);
    }
    await rm(file);
  }
} finally {
  await site.close();
  await rm(folder, { recursive: true, force: true });
}

function toMB(bytes: number): string {
  return (bytes / MB).toFixed(1);
}

async function makeSparseFile(name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
  return path;
}

/** Uploads the files before, then the file. Returns the largest sample while that is uploaded, in bytes. */
async function measure(
  path: string,
  before: readonly string[],
  sample: (page: Page) => Promise<number>,
): Promise<number> {
  // Recording network events, puppeteer's default, would keep data of each request.
  const browser = await launchBrowser('chromium', { protocolTimeout: 0, networkEnabled: false });
  try {
    const { page } = await ElementPage.open(
      browser,
      site.page({ attributes: { overwrite: '', multiple: '' } }),
    );
    for (const earlier of before) {
      await startUpload(page, earlier);
      await page.waitForFunction(() => isStored, { timeout: 0 });
    }
    await startUpload(page, path);
    let largest = 0;
    do largest = Math.max(largest, await sample(page));
    while (!(await page.evaluate(() => isStored)));
    return largest;
  } finally {
    await browser.close();
  }
}

async function startUpload(page: Page, path: string): Promise<void> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    document.body.append(element);
    return element;
  });
  await input.uploadFile(path);
  await page.evaluate(start, input);
}

function start({ files }: HTMLInputElement): void {
  Object.assign(globalThis, { isStored: false });
  const element = document.querySelector('oss-resumable-upload')!;
  element.addEventListener('oss-upload-success', () => Object.assign(globalThis, { isStored: true }), {
    once: true,
  });
  void element.addFiles([...files!]).then(() => element.start());
}

async function collectGarbage(session: CDPSession): Promise<void> {
  // A worker may end meanwhile.
  await session.send('HeapProfiler.collectGarbage').catch(() => {});
}
