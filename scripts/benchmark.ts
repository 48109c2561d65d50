// Compares the throughput of the engine with plain requests (the limit of the browser) and with the unmodified SDK,
// against the OSS emulator. Prints a Markdown table.
// `npx tsx scripts/benchmark.ts --browser chromium --size 512MiB --rounds 5`
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import OSS from 'ali-oss';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { OssControl } from '../dev/oss-emulator/control-client.js';
import { parseByteSize } from '../src/core/byte-size.js';
import { DiskFiles, type DiskFile } from '../test/e2e/support/disk-file.js';
import { launchBrowser } from '../test/support/browsers.js';
import {
  methods,
  type EmulatorAccess,
  type Measurement,
  type Method,
  type Task,
} from './benchmark/protocol.js';
import { serveBenchmark } from './benchmark/site.js';

const MIB = 1024 ** 2;
const PART_SIZE = 8 * MIB;
const PARALLEL = 5;
const BUCKET = 'benchmark';
const REGION = 'oss-cn-hangzhou';
/** In milliseconds. */
const TOKEN_LIFETIME = 3_600_000;
/** In seconds. */
const SIGNATURE_LIFETIME = 3_600;

const labels: Record<Method, string> = {
  xhr: 'plain `XMLHttpRequest` (limit)',
  engine: 'oss-resumable-upload',
  unverified: 'oss-resumable-upload with `no-verify`',
  sdk: 'ali-oss `multipartUpload`',
};

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    size: { type: 'string', default: '512MiB' },
    rounds: { type: 'string', default: '5' },
    /** The SDK is slow, so it runs in fewer rounds. */
    'sdk-rounds': { type: 'string', default: '2' },
  },
});
const size = parseByteSize(values.size);
if (size === undefined) throw new RangeError(`Invalid size: ${values.size}`);

const server = fork(fileURLToPath(new URL('./benchmark/server.ts', import.meta.url)));
const access = await firstMessage(server);
const { url: endpoint, accessKey } = access;
const control = new OssControl(access);
const site = await serveBenchmark();
const files = await DiskFiles.create();
const browser = await launchBrowser(values.browser === 'firefox' ? 'firefox' : 'chromium', {
  protocolTimeout: 0,
});
try {
  const file = await files.make('benchmark.bin', size);
  const load = loadavg()[0]?.toFixed(1);
  const version = await browser.version();
  const results: Record<Method, Measurement[]> = { xhr: [], engine: [], unverified: [], sdk: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    const active = methods.filter((method) => method !== 'sdk' || round < Number(values['sdk-rounds']));
    // Rotate the order, so that each method runs first once.
    const first = round % active.length;
    for (const method of [...active.slice(first), ...active.slice(0, first)]) {
      const measurement = await measure(browser, method, file);
      results[method].push(measurement);
      console.error(`${method}: ${Math.round(toThroughput(measurement))} MiB/s`);
    }
  }
  console.log(
    `${values.size} from disk, parts of ${PART_SIZE / MIB} MiB, ${PARALLEL} in parallel, ${version}, load ${load}:\n`,
  );
  console.log(toTable(results));
} finally {
  await browser.close();
  await Promise.all([files.remove(), site.close()]);
  const ended = once(server, 'exit');
  server.disconnect();
  await ended;
}

async function firstMessage(child: ChildProcess): Promise<EmulatorAccess> {
  const [access] = (await once(child, 'message')) as [EmulatorAccess];
  return access;
}

/** Uploads the file in a new browser context, so that no run affects the next one. */
async function measure(inBrowser: Browser, method: Method, file: DiskFile): Promise<Measurement> {
  const task = await prepare(method, file);
  const context = await inBrowser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    const input = await page.$('input');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(file.path);
    const measurement = await page.evaluate(
      async (script: string, uploadMethod: Method, uploadTask: Task) => {
        const { run } = (await import(script)) as typeof import('./benchmark/page.js');
        return run(uploadMethod, uploadTask);
      },
      '/page.js',
      method,
      task,
    );
    const stored = await control.object(BUCKET, task.key);
    if (stored?.sha256 !== file.sha256)
      throw new Error(`${method}: the stored object differs from the file.`);
    return measurement;
  } finally {
    await context.close();
    await control.deleteObject(BUCKET, task.key);
  }
}

async function prepare(method: Method, file: DiskFile): Promise<Task> {
  const key = `${method}.bin`;
  const task: Task = {
    ...{ endpoint, region: REGION, bucket: BUCKET, key, ...accessKey },
    session: await control.issueCredentials(TOKEN_LIFETIME),
    ...{ partSize: PART_SIZE, parallel: PARALLEL, partUrls: [], completeUrl: '' },
  };
  if (method !== 'xhr') return task;
  const client = new OSS({
    endpoint,
    region: REGION,
    bucket: BUCKET,
    ...accessKey,
    sldEnable: true,
    authorizationV4: true,
  });
  const { uploadId } = await client.initMultipartUpload(key);
  const sign = (verb: string, queries: Record<string, string>) =>
    client.signatureUrlV4(verb, SIGNATURE_LIFETIME, { queries: { ...queries, uploadId } }, key);
  const count = Math.ceil(file.size / PART_SIZE);
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const partUrls = await Promise.all(numbers.map((partNumber) => sign('PUT', { partNumber })));
  return { ...task, partUrls, completeUrl: await sign('POST', {}) };
}

function toThroughput({ milliseconds }: Measurement): number {
  return size! / MIB / (milliseconds / 1000);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function toTable(results: Record<Method, Measurement[]>): string {
  const limit = median(results.xhr.map(toThroughput));
  const rows = methods
    .filter((method) => results[method].length > 0)
    .map((method) => {
      const throughputs = results[method].map(toThroughput);
      const longest = Math.max(...results[method].map(({ longestTask }) => longestTask));
      const cells = [
        labels[method],
        Math.round(median(throughputs)),
        `${Math.round(Math.min(...throughputs))} to ${Math.round(Math.max(...throughputs))}`,
        `${Math.round((median(throughputs) / limit) * 100)} %`,
        longest === 0 ? 'none over 50 ms' : `${Math.round(longest)} ms`,
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return [
    '| | Median MiB/s | Range | Of the limit | Longest main-thread task |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}
