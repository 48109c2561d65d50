// Measures the longest task, the longest frame, the DOM and the memory while thousands of files are added, scrolled and
// uploaded.
// `npx tsx scripts/many-files.ts --files 5000`
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { launchBrowser } from '../test/support/browsers.js';
import { ElementPage } from '../test/e2e/support/element-page.js';
import { Site } from '../test/e2e/support/site.js';
import { printTable, type Row } from './acceptance/table.js';

/** The limit for a task, in milliseconds. */
const MAX_TASK = 50;

const { values } = parseArgs({ options: { files: { type: 'string', default: '5000' } } });
const count = Number(values.files);

/** In milliseconds. */
interface FrameStatistics {
  longestTask: number;
  longestFrame: number;
  frames: number;
}

declare const statistics: FrameStatistics;
declare const testFiles: File[];

const phases: [label: string, act: (count: number) => Promise<void>][] = [
  ['Adding all files', add],
  ['Scrolling through the list', scroll],
  ['Uploading 500 files with all in the queue', upload],
];

const site = await Site.start();
const browser = await launchBrowser('chromium', { protocolTimeout: 0 });
try {
  const { page } = await ElementPage.open(
    browser,
    site.page({ attributes: { multiple: '', 'no-resume': '' } }),
  );
  console.log(`${count} files in ${await browser.version()}…`);
  await page.bringToFront();
  await page.evaluate(observe);
  await page.evaluate(makeFiles, count);
  const rows: Row[] = [];
  for (const [label, act] of phases) rows.push(...(await measure(page, label, act)));
  printTable(rows);
  process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
} finally {
  await browser.close();
  await site.close();
}

async function measure(page: Page, label: string, act: (count: number) => Promise<void>): Promise<Row[]> {
  await page.evaluate(() => Object.assign(statistics, { longestTask: 0, longestFrame: 0, frames: 0 }));
  const startedAt = performance.now();
  await page.evaluate(act, count);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { longestTask, longestFrame, frames } = await page.evaluate(() => statistics);
  const nodes = await page.evaluate(countNodes);
  const { JSHeapUsedSize: heap = 0 } = await page.metrics();
  return [
    {
      label,
      measured: `${seconds.toFixed(1)} s, ${(frames / seconds).toFixed(0)} frames/s`,
      limit: '',
      passed: true,
    },
    {
      label: '  Longest task',
      measured: longestTask > 0 ? `${longestTask} ms` : 'under 50 ms',
      limit: `≤ ${MAX_TASK} ms`,
      passed: longestTask <= MAX_TASK,
    },
    {
      label: '  Longest frame',
      measured: `${longestFrame.toFixed(0)} ms`,
      limit: '',
      passed: true,
    },
    {
      label: '  Elements, memory',
      measured: `${nodes}, ${(heap / 1e6).toFixed(0)} MB`,
      limit: '',
      passed: true,
    },
  ];
}

// The functions below run in the page.

function observe(): void {
  const data: FrameStatistics = { longestTask: 0, longestFrame: 0, frames: 0 };
  Object.assign(globalThis, { statistics: data });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) data.longestTask = Math.max(data.longestTask, duration);
  }).observe({ type: 'longtask' });
  let last = performance.now();
  requestAnimationFrame(function next(now) {
    data.longestFrame = Math.max(data.longestFrame, now - last);
    data.frames += 1;
    last = now;
    requestAnimationFrame(next);
  });
}

/** Creates the files before the measurement starts, because that takes longer than selecting them. */
async function makeFiles(count: number): Promise<void> {
  const files: File[] = [];
  Object.assign(globalThis, { testFiles: files });
  for (let index = 0; index < count; index += 1) {
    files.push(new File([`file ${index}`], `holiday-picture-${index}.jpg`, { lastModified: index }));
    if (index % 100 === 0) await new Promise(requestAnimationFrame);
  }
}

function countNodes(): number {
  return document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelectorAll('*').length;
}

async function add(): Promise<void> {
  const element = document.querySelector('oss-resumable-upload')!;
  await element.addFiles(testFiles);
  await element.updateComplete;
  await new Promise(requestAnimationFrame);
}

async function scroll(): Promise<void> {
  const list = document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('[part=list]')!;
  const steps = 200;
  for (let step = 0; step <= steps; step += 1) {
    list.scrollTop = (list.scrollHeight * step) / steps;
    await new Promise(requestAnimationFrame);
  }
}

async function upload(): Promise<void> {
  const element = document.querySelector('oss-resumable-upload')!;
  const count = Math.min(testFiles.length, 500);
  let stored = 0;
  const done = new Promise<void>((resolve) =>
    element.addEventListener('oss-upload-success', () => {
      stored += 1;
      if (stored === count) resolve();
    }),
  );
  element.start();
  await done;
}
