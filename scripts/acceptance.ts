// Proves the promises at full size: a large file from the disk goes through the element in a whole browser, is paused
// twice, and arrives whole, with nothing sent in vain and the page at ease.
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
const PAUSES = [0.3, 0.6];
const MAX_SILENCE_DELAY = 100;
const MAX_TASK = 50;
const MAX_HEAP = 64 * MIB;
const MAX_CREDENTIALS_WAIT = 30_000;
/** How long a paused upload is listened to, in milliseconds. */
const LISTENING = 1_000;

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    size: { type: 'string', default: '1GiB' },
  },
});
const browserName: BrowserName = values.browser === 'firefox' ? 'firefox' : 'chromium';
const size = parseByteSize(values.size);
if (size === undefined) throw new RangeError(`Not a size: ${values.size}`);

const site = await Site.start();
const files = await DiskFiles.create();
const browser = await launchBrowser(browserName);
try {
  console.log(`Writing a random file of ${values.size}…`);
  const file = await files.make('large.bin', size);
  console.log(`Uploading it in ${await browser.version()}…`);
  const rows = [...(await uploadLargeFile(file)), await waitForCredentials(await files.make('small.bin', 1))];
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
  let inPause = 0;

  await page.choose(file.path);
  const begun = performance.now();
  let paused = 0;
  await page.press('upload');
  for (const ratio of PAUSES) {
    await probe.untilRatio(ratio);
    const pausedFrom = performance.now();
    await page.press('pause');
    await page.waitForStatus('paused');
    const clickedAt = await probe.pauseClickedAt();
    await requests.waitFor({ operation: 'UploadPart', key }, parts().length);
    await sleep(LISTENING);
    delays.push(Math.max(0, ...parts().map(({ lastByteAt = 0 }) => lastByteAt - clickedAt)));
    inPause += parts().filter(({ startedAt }) => startedAt > clickedAt + MAX_SILENCE_DELAY).length;
    await page.press('resume');
    paused += performance.now() - pausedFrom;
  }
  await page.waitForStatus('succeeded');
  const seconds = (performance.now() - begun - paused) / 1000;

  const sha256 = await site.storedSha256(file.name);
  const heard = await probe.partsHeard();
  const repeated = findRepeatedParts(requests.all({ key }), heard);
  const received = parts().reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
  const { longestTask, method } = await probe.longestTask();
  const heap = await probe.stop();
  await page.close();
  return [
    row(
      'SHA-256 of the object is that of the file',
      sha256 === file.sha256 ? 'yes' : 'no',
      'yes',
      sha256 === file.sha256,
    ),
    row('Finished parts that were sent again', repeated.length, '0', repeated.length === 0),
    row(
      'Last byte after a click on Pause',
      delays.map(milliseconds).join(', '),
      `≤ ${milliseconds(MAX_SILENCE_DELAY)}`,
      Math.max(...delays) <= MAX_SILENCE_DELAY,
    ),
    row('Requests begun while paused', inPause, '0', inPause === 0),
    row(
      `Longest task of the main thread (${method})`,
      longestTask < MAX_TASK ? `< ${milliseconds(MAX_TASK)}` : milliseconds(longestTask),
      `≤ ${milliseconds(MAX_TASK)}`,
      longestTask <= MAX_TASK,
    ),
    heap === undefined
      ? row('Peak of the heap of page and worker', 'this browser does not tell', '', true)
      : row(
          'Peak of the heap of page and worker',
          megabytes(heap),
          `< ${megabytes(MAX_HEAP)}`,
          heap < MAX_HEAP,
        ),
    row('Bytes sent beyond the size of the file', megabytes(received - file.size), '', true),
    row('Speed', `${Math.round(file.size / MIB / seconds)} MiB/s`, '', true),
  ];
}

/** Credentials that never come are told of in time, and the upload goes on once they do. */
async function waitForCredentials(file: DiskFile): Promise<Row> {
  site.demo.credentials.mode = 'no-response';
  const page = await ElementPage.open(browser, site.page({ attributes: { retries: '0' } }));
  await page.choose(file.path);
  const begun = performance.now();
  await page.press('upload');
  await page.waitForStatus('failed');
  const waited = performance.now() - begun;
  const failure = await page.failure();
  site.demo.credentials.mode = 'normal';
  await page.press('retry');
  await page.waitForStatus('succeeded');
  await page.close();
  const told = failure?.code === 'credentials-timeout';
  return row(
    'Credentials that never come are told of after',
    told ? `${(waited / 1000).toFixed(1)} s` : String(failure?.code),
    `≤ ${MAX_CREDENTIALS_WAIT / 1000} s`,
    told && waited <= MAX_CREDENTIALS_WAIT,
  );
}

function row(what: string, measured: string | number, limit: string, passed: boolean): Row {
  return { what, measured: String(measured), limit, passed };
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
