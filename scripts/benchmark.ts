// How fast: the engine beside bare requests (the limit of the browser) and beside the unmodified SDK, in turns, against
// one local OSS. Prints a Markdown table. `npx tsx scripts/benchmark.ts --browser chromium --size 512MiB --rounds 5`
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import OSS from 'ali-oss';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { OssControl } from '../dev/oss-emulator/control-client.js';
import { LOCAL_ACCESS_KEY } from '../dev/oss-emulator/local-oss.js';
import { parseByteSize } from '../src/core/byte-size.js';
import { DiskFiles, type DiskFile } from '../test/e2e/support/disk-file.js';
import { launchBrowser } from '../test/support/browsers.js';
import { contestants, type Contestant, type Measurement, type Task } from './benchmark/protocol.js';
import { serveBenchmark } from './benchmark/site.js';

const MIB = 1024 ** 2;
const PART_SIZE = 8 * MIB;
const PARALLEL = 5;
const BUCKET = 'benchmark';
const REGION = 'oss-cn-hangzhou';
/** Seconds. */
const SIGNATURE_LIFE = 3_600;

const names: Record<Contestant, string> = {
  xhr: 'bare `XMLHttpRequest`, the limit',
  engine: 'oss-resumable-upload',
  unverified: 'oss-resumable-upload with `no-verify`',
  sdk: '`multipartUpload` of ali-oss',
};

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    size: { type: 'string', default: '512MiB' },
    rounds: { type: 'string', default: '5' },
    /** Rounds in which the SDK takes part: it is slow. */
    'sdk-rounds': { type: 'string', default: '2' },
  },
});
const size = parseByteSize(values.size);
if (size === undefined) throw new RangeError(`Not a size: ${values.size}`);

const server = fork(fileURLToPath(new URL('./benchmark/server.ts', import.meta.url)));
const endpoint = await firstMessage(server);
const control = new OssControl(endpoint);
const site = await serveBenchmark();
const files = await DiskFiles.create();
const browser = await launchBrowser(values.browser === 'firefox' ? 'firefox' : 'chromium', {
  protocolTimeout: 0,
});
try {
  const file = await files.make('benchmark.bin', size);
  const load = loadavg()[0]?.toFixed(1);
  const version = await browser.version();
  const results: Record<Contestant, Measurement[]> = { xhr: [], engine: [], unverified: [], sdk: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    const taking = contestants.filter((name) => name !== 'sdk' || round < Number(values['sdk-rounds']));
    // Each goes first in its turn.
    const order = [...taking.slice(round % taking.length), ...taking.slice(0, round % taking.length)];
    for (const contestant of order) {
      const measurement = await compete(browser, contestant, file);
      results[contestant].push(measurement);
      console.error(`${contestant}: ${Math.round(speed(measurement))} MiB/s`);
    }
  }
  console.log(
    `${values.size} from the disk in parts of ${PART_SIZE / MIB} MiB, ${PARALLEL} at once, ${version}, load ${load}:\n`,
  );
  console.log(table(results));
} finally {
  await browser.close();
  await Promise.all([files.remove(), site.close()]);
  const ended = once(server, 'exit');
  server.disconnect();
  await ended;
}

async function firstMessage(child: ChildProcess): Promise<string> {
  const [url] = (await once(child, 'message')) as [string];
  return url;
}

/** In a context of its own: nothing of one run is left to the next. */
async function compete(inBrowser: Browser, contestant: Contestant, file: DiskFile): Promise<Measurement> {
  const task = await prepare(contestant, file);
  const context = await inBrowser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    const input = await page.$('input');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(file.path);
    const measurement = await page.evaluate(
      async (script: string, name: Contestant, what: Task) => {
        const { run } = (await import(script)) as typeof import('./benchmark/page.js');
        return run(name, what);
      },
      '/page.js',
      contestant,
      task,
    );
    const stored = await control.object(BUCKET, task.key);
    if (stored?.sha256 !== file.sha256) throw new Error(`${contestant} stored other bytes.`);
    return measurement;
  } finally {
    await context.close();
    await control.deleteObject(BUCKET, task.key);
  }
}

async function prepare(contestant: Contestant, file: DiskFile): Promise<Task> {
  const key = `${contestant}.bin`;
  const task: Task = {
    ...{ endpoint, region: REGION, bucket: BUCKET, key, ...LOCAL_ACCESS_KEY },
    ...{ partSize: PART_SIZE, parallel: PARALLEL, partUrls: [], completeUrl: '' },
  };
  if (contestant !== 'xhr') return task;
  const client = new OSS({
    endpoint,
    region: REGION,
    bucket: BUCKET,
    ...LOCAL_ACCESS_KEY,
    sldEnable: true,
    authorizationV4: true,
  });
  const { uploadId } = await client.initMultipartUpload(key);
  const sign = (method: string, queries: Record<string, string>) =>
    client.signatureUrlV4(method, SIGNATURE_LIFE, { queries: { ...queries, uploadId } }, key);
  const count = Math.ceil(file.size / PART_SIZE);
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const partUrls = await Promise.all(numbers.map((partNumber) => sign('PUT', { partNumber })));
  return { ...task, partUrls, completeUrl: await sign('POST', {}) };
}

function speed({ milliseconds }: Measurement): number {
  return size! / MIB / (milliseconds / 1000);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function table(results: Record<Contestant, Measurement[]>): string {
  const limit = median(results.xhr.map(speed));
  const rows = contestants
    .filter((name) => results[name].length > 0)
    .map((name) => {
      const speeds = results[name].map(speed);
      const longest = Math.max(...results[name].map(({ longestTask }) => longestTask));
      const cells = [
        names[name],
        Math.round(median(speeds)),
        `${Math.round(Math.min(...speeds))} to ${Math.round(Math.max(...speeds))}`,
        `${Math.round((median(speeds) / limit) * 100)} %`,
        longest === 0 ? 'none over 50 ms' : `${Math.round(longest)} ms`,
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return [
    '| | MiB/s, median | lowest to highest | of the limit | longest task of the page |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}
