// Acceptance test with a large file on disk: uploads it through the element, pauses twice, and checks the stored object,
// repeated parts, the delay of Pause, the longest task and the heap size.
// `npx tsx scripts/acceptance.ts --browser chromium --size 1GiB`
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseByteSize } from '../src/core/byte-size.js';
import { launchBrowser, type BrowserName } from '../test/support/browsers.js';
import { DiskFiles, type DiskFile } from '../test/e2e/support/disk-file.js';
import { ElementPage } from '../test/e2e/support/element-page.js';
import { Site } from '../test/e2e/support/site.js';
import { PageProbe } from './acceptance/page-probe.js';
import { findRepeatedParts } from './acceptance/repeated-parts.js';
import { printTable, type Row } from './acceptance/table.js';

const MIB = 1024 ** 2;
/** The progress ratios at which the upload is paused. */
const PAUSES = [0.3, 0.6];
/** Time limits in milliseconds, and a heap limit in bytes. */
const MAX_PAUSE_DELAY = 100;
const MAX_TASK = 50;
const MAX_HEAP = 64 * MIB;
const MAX_CREDENTIALS_WAIT = 30_000;
/** How long to watch for requests of a paused upload, in milliseconds. */
const PAUSE_DURATION = 1_000;

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    size: { type: 'string', default: '1GiB' },
  },
});
const browserName: BrowserName = values.browser === 'firefox' ? 'firefox' : 'chromium';
const size = parseByteSize(values.size);
if (size === undefined) throw new RangeError(`Invalid size: ${values.size}`);

const site = await Site.start();
const files = await DiskFiles.create();
const browser = await launchBrowser(browserName);
try {
  console.log(`Writing a random file of ${values.size}…`);
  const file = await files.make('large.bin', size);
  console.log(`Uploading in ${await browser.version()}…`);
  const rows = [
    ...(await uploadLargeFile(file)),
    await measureCredentialsTimeout(await files.make('small.bin', 1)),
  ];
  printTable(rows);
  process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
} finally {
  await browser.close();
  await Promise.all([files.remove(), site.close()]);
}

async function uploadLargeFile(file: DiskFile): Promise<Row[]> {
  const page = await ElementPage.open(browser, site.page());
  const probe = await PageProbe.attach(page.page, browserName);
  const { requests } = site.demo.oss;
  const key = site.keyOf(file.name);
  const parts = () => requests.all({ operation: 'UploadPart', key });
  const delays: number[] = [];
  let requestsWhilePaused = 0;

  await page.choose(file.path);
  const startedAt = performance.now();
  let pausedFor = 0;
  await page.press('upload');
  for (const ratio of PAUSES) {
    await probe.waitForRatio(ratio);
    const pausedFrom = performance.now();
    await page.press('pause');
    await page.waitForStatus('paused');
    const clickedAt = await probe.pauseClickedAt();
    await requests.waitFor({ operation: 'UploadPart', key }, parts().length);
    await sleep(PAUSE_DURATION);
    delays.push(Math.max(0, ...parts().map(({ lastByteAt = 0 }) => lastByteAt - clickedAt)));
    requestsWhilePaused += parts().filter(
      (request) => request.startedAt > clickedAt + MAX_PAUSE_DELAY,
    ).length;
    await page.press('resume');
    pausedFor += performance.now() - pausedFrom;
  }
  await page.waitForStatus('succeeded');
  const seconds = (performance.now() - startedAt - pausedFor) / 1000;

  const sha256 = await site.storedSha256(file.name);
  const completed = await probe.completedParts();
  const repeated = findRepeatedParts(requests.all({ key }), completed);
  const received = parts().reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
  const { longestTask, method } = await probe.longestTask();
  const heap = await probe.stop();
  await page.close();
  return [
    row(
      'SHA-256 of the object matches the file',
      sha256 === file.sha256 ? 'yes' : 'no',
      'yes',
      sha256 === file.sha256,
    ),
    row('Completed parts sent again', repeated.length, '0', repeated.length === 0),
    row(
      'Last byte after clicking Pause',
      delays.map(milliseconds).join(', '),
      `≤ ${milliseconds(MAX_PAUSE_DELAY)}`,
      Math.max(...delays) <= MAX_PAUSE_DELAY,
    ),
    row('Requests started while paused', requestsWhilePaused, '0', requestsWhilePaused === 0),
    row(
      `Longest task of the main thread (${method})`,
      longestTask < MAX_TASK ? `< ${milliseconds(MAX_TASK)}` : milliseconds(longestTask),
      `≤ ${milliseconds(MAX_TASK)}`,
      longestTask <= MAX_TASK,
    ),
    heap === undefined
      ? row('Peak heap size of page and workers', 'not available in this browser', '', true)
      : row(
          'Peak heap size of page and workers',
          megabytes(heap),
          `< ${megabytes(MAX_HEAP)}`,
          heap < MAX_HEAP,
        ),
    row('Data sent beyond the size of the file', megabytes(received - file.size), '', true),
    row('Throughput', `${Math.round(file.size / MIB / seconds)} MiB/s`, '', true),
  ];
}

/** Checks that an unresponsive credentials endpoint is reported in time, and that a retry succeeds. */
async function measureCredentialsTimeout(file: DiskFile): Promise<Row> {
  site.demo.credentials.mode = 'no-response';
  const page = await ElementPage.open(browser, site.page({ attributes: { retries: '0' } }));
  await page.choose(file.path);
  const startedAt = performance.now();
  await page.press('upload');
  await page.waitForStatus('failed');
  const duration = performance.now() - startedAt;
  const failure = await page.failure();
  site.demo.credentials.mode = 'normal';
  await page.press('retry');
  await page.waitForStatus('succeeded');
  await page.close();
  const timedOut = failure?.code === 'credentials-timeout';
  return row(
    'Timeout for missing credentials',
    timedOut ? `${(duration / 1000).toFixed(1)} s` : String(failure?.code),
    `≤ ${MAX_CREDENTIALS_WAIT / 1000} s`,
    timedOut && duration <= MAX_CREDENTIALS_WAIT,
  );
}

function row(label: string, measured: string | number, limit: string, passed: boolean): Row {
  return { label, measured: String(measured), limit, passed };
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
