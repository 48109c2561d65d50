// Shows how the page fares with thousands of files: they are added, looked through and uploaded, and the longest task and
// the longest wait for a frame are told.
// `npx tsx scripts/many-files.ts --files 5000`
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { launchBrowser } from '../test/support/browsers.js';
import { ElementPage } from '../test/e2e/support/element-page.js';
import { Site } from '../test/e2e/support/site.js';
import { printTable, type Row } from './acceptance/table.js';

/** Milliseconds. */
const MAX_TASK = 50;

const { values } = parseArgs({ options: { files: { type: 'string', default: '5000' } } });
const count = Number(values.files);

interface Watch {
  longestTask: number;
  longestFrame: number;
  frames: number;
}

declare const watched: Watch;
declare const picked: File[];

const phases: [what: string, act: (count: number) => Promise<void>][] = [
  ['adding them', add],
  ['scrolling from end to end', scroll],
  ['uploading 500 of them, all in the queue', upload],
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
  await page.evaluate(watch);
  await page.evaluate(makeFiles, count);
  const rows: Row[] = [];
  for (const [what, act] of phases) rows.push(...(await measure(page, what, act)));
  printTable(rows);
  process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;
} finally {
  await browser.close();
  await site.close();
}

async function measure(page: Page, what: string, act: (count: number) => Promise<void>): Promise<Row[]> {
  await page.evaluate(() => Object.assign(watched, { longestTask: 0, longestFrame: 0, frames: 0 }));
  const begun = performance.now();
  await page.evaluate(act, count);
  const seconds = (performance.now() - begun) / 1_000;
  const { longestTask, longestFrame, frames } = await page.evaluate(() => watched);
  return [
    {
      what,
      measured: `${seconds.toFixed(1)} s, ${(frames / seconds).toFixed(0)} frames/s`,
      limit: '',
      passed: true,
    },
    {
      what: '  longest task',
      measured: longestTask > 0 ? `${longestTask} ms` : 'under 50 ms',
      limit: `≤ ${MAX_TASK} ms`,
      passed: longestTask <= MAX_TASK,
    },
    {
      what: '  longest wait for a frame',
      measured: `${longestFrame.toFixed(0)} ms`,
      limit: '',
      passed: true,
    },
  ];
}

/** These run in the page. */

function watch(): void {
  const notes: Watch = { longestTask: 0, longestFrame: 0, frames: 0 };
  Object.assign(globalThis, { watched: notes });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) notes.longestTask = Math.max(notes.longestTask, duration);
  }).observe({ type: 'longtask' });
  let last = performance.now();
  requestAnimationFrame(function next(now) {
    notes.longestFrame = Math.max(notes.longestFrame, now - last);
    notes.frames += 1;
    last = now;
    requestAnimationFrame(next);
  });
}

/** A browser hands its files over in no time; a script that makes them takes a while. */
async function makeFiles(count: number): Promise<void> {
  const files: File[] = [];
  Object.assign(globalThis, { picked: files });
  for (let index = 0; index < count; index += 1) {
    files.push(new File([`file ${index}`], `holiday-picture-${index}.jpg`, { lastModified: index }));
    if (index % 100 === 0) await new Promise(requestAnimationFrame);
  }
}

async function add(): Promise<void> {
  const element = document.querySelector('oss-resumable-upload')!;
  await element.addFiles(picked);
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
  const count = Math.min(picked.length, 500);
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
