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

const site = await Site.start();
const browser = await launchBrowser('chromium');
try {
  const { page } = await ElementPage.open(
    browser,
    site.page({ attributes: { multiple: '', 'no-resume': '' } }),
  );
  console.log(`${count} files in ${await browser.version()}…`);
  await page.bringToFront();
  await page.evaluate(watch);
  const rows = [
    ...(await measure(page, 'adding them, until each has its row', add)),
    ...(await measure(page, 'scrolling from end to end', scroll)),
    ...(await measure(page, 'uploading all', upload)),
  ];
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

async function add(count: number): Promise<void> {
  const element = document.querySelector('oss-resumable-upload')!;
  const files = Array.from(
    { length: count },
    (_, index) => new File([`file ${index}`], `holiday-picture-${index}.jpg`, { lastModified: index }),
  );
  await element.addFiles(files);
  while (element.shadowRoot!.querySelectorAll('[part=item]').length < count) {
    await new Promise(requestAnimationFrame);
  }
}

async function scroll(): Promise<void> {
  const list = document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('[part=list]')!;
  const steps = 200;
  for (let step = 0; step <= steps; step += 1) {
    list.scrollTop = (list.scrollHeight * step) / steps;
    await new Promise(requestAnimationFrame);
  }
}

async function upload(count: number): Promise<void> {
  const element = document.querySelector('oss-resumable-upload')!;
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
