// Records the animation of the README in light and dark: the demo uploads its test file, pauses, resumes, reloads and
// resumes. For readers who prefer no motion, it also takes a picture after the reload. Needs a build.
//   npx tsx scripts/record-animation.ts         writes docs/images/resume-*.png
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BoundingBox, Page } from 'puppeteer-core';
import { startDemo } from '../demo/start.js';
import { launchBrowser } from '../test/support/browsers.js';
import { decode, encodeAnimation, type Frame } from './record-animation/png.js';
import { preparePage } from './record-animation/pointer.js';

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));

const VIEWPORT = { width: 720, height: 960, deviceScaleFactor: 1.5 };
/** Space around the card, in CSS pixels. */
const MARGIN = 16;
/** Mbit/s. The upload takes about seven seconds. */
const BANDWIDTH = 240;
/** Milliseconds between screenshots. */
const INTERVAL = 80;
/** Maximum length in milliseconds. If this machine is slow, the animation is played faster. */
const MAX_LENGTH = 14_500;
/** Bytes. GitHub shows larger images only after a delay. */
const MAX_SIZE = 1_000_000;

/** Finds a button in the page or in the element. */
const SELECTORS = {
  'test file': '#use-test-file',
  pause: '[part~=pause-button]',
  resume: '[part~=resume-button]',
  reload: '#reload-page',
};

/** A screenshot as PNG. */
interface Screenshot {
  png: Buffer;
  /** When it was taken, in milliseconds. */
  time: number;
}

/** Takes screenshots of a part of a page, one after the other. */
class Recorder {
  readonly screenshots: Screenshot[] = [];
  readonly #page: Page;
  readonly #clip: BoundingBox;
  #isRunning = true;
  readonly #recording: Promise<void>;

  constructor(page: Page, clip: BoundingBox) {
    this.#page = page;
    this.#clip = clip;
    this.#recording = this.#record();
  }

  /** Takes a single screenshot. */
  async take(): Promise<Screenshot> {
    const time = performance.now();
    const png = await this.#page.screenshot({ clip: this.#clip, captureBeyondViewport: false });
    return { png: Buffer.from(png), time };
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#recording;
  }

  async #record(): Promise<void> {
    while (this.#isRunning) {
      const next = sleep(INTERVAL);
      // The page may be reloading.
      const screenshot = await this.take().catch(() => undefined);
      if (screenshot) this.screenshots.push(screenshot);
      await next;
    }
  }
}

/** Moves the pointer to a button like a hand, and clicks. */
async function click(page: Page, button: keyof typeof SELECTORS): Promise<void> {
  const target = await page.evaluate(async (selector) => {
    const find = (): Element | null =>
      document.querySelector(selector) ??
      document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector(selector);
    while (!find()) await new Promise(requestAnimationFrame);
    const { x, y, width, height } = find()!.getBoundingClientRect();
    return { x: x + width * 0.6, y: y + height * 0.6 };
  }, SELECTORS[button]);
  const start = await page.evaluate(() =>
    (sessionStorage.getItem('pointer') ?? '0 0').split(' ').map(Number),
  );
  const [x = 0, y = 0] = start;
  const steps = 8;
  for (let step = 1; step <= steps; step += 1) {
    const eased = 1 - (1 - step / steps) ** 3;
    await page.mouse.move(x + (target.x - x) * eased, y + (target.y - y) * eased);
    await sleep(45);
  }
  await sleep(150);
  await page.mouse.down();
  await sleep(90);
  await page.mouse.up();
}

async function waitForStatus(page: Page, status: string): Promise<void> {
  await page.evaluate(async (expected) => {
    const element = document.querySelector('oss-resumable-upload')!;
    while (element.status !== expected) await new Promise(requestAnimationFrame);
  }, status);
}

/** @param ratio of the file, from 0 to 1 */
async function waitForStored(page: Page, ratio: number): Promise<void> {
  await page.evaluate(async (expected) => {
    const element = document.querySelector('oss-resumable-upload')!;
    const isStored = (): boolean => element.progress.stored >= element.progress.total * expected;
    while (element.progress.total === 0 || !isStored()) await new Promise(requestAnimationFrame);
  }, ratio);
}

async function play(page: Page, recorder: Recorder): Promise<Screenshot> {
  await sleep(500);
  await click(page, 'test file');
  await waitForStored(page, 0.18);
  await click(page, 'pause');
  await waitForStatus(page, 'paused');
  await sleep(900);
  await click(page, 'resume');
  await waitForStored(page, 0.4);
  await click(page, 'reload');
  await page.waitForNavigation();
  await waitForStatus(page, 'paused');
  await sleep(1_300);
  const still = await recorder.take();
  await click(page, 'resume');
  await waitForStatus(page, 'succeeded');
  await page.evaluate(async () => {
    const figures = document.querySelector<HTMLElement>('#figures')!;
    while (!/match/.test(figures.innerText)) await new Promise(requestAnimationFrame);
  });
  await sleep(2_500);
  return still;
}

/** Returns a frame for each screenshot but the last, which ends the last frame. */
function toFrames(screenshots: readonly Screenshot[]): Frame[] {
  const length = screenshots.at(-1)!.time - screenshots[0]!.time;
  const factor = Math.min(1, MAX_LENGTH / length);
  return screenshots.slice(0, -1).map(({ png, time }, index) => ({
    image: decode(png),
    duration: (screenshots[index + 1]!.time - time) * factor,
  }));
}

async function record(browser: Browser, scheme: 'light' | 'dark'): Promise<void> {
  const demo = await startDemo();
  const page = await browser.newPage();
  try {
    // tsx wraps named functions in a `__name` helper, which doesn't exist in the page.
    await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
    await page.evaluateOnNewDocument(preparePage);
    await page.setViewport(VIEWPORT);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(`${demo.url}#network`);
    await page.evaluate(async (megabits) => {
      await customElements.whenDefined('oss-resumable-upload');
      const field = document.querySelector<HTMLInputElement>('[name=megabits]')!;
      field.value = String(megabits);
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }, BANDWIDTH);
    await page.mouse.move(420, 480);
    const { x, y, width, height } = await page.$eval(
      '.live',
      (card) => card.getBoundingClientRect().toJSON() as BoundingBox,
    );
    const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
    const recorder = new Recorder(page, clip);
    const still = await play(page, recorder);
    await recorder.stop();
    await writeFile(`${folder}resume-still-${scheme}.png`, still.png);
    const frames = toFrames(recorder.screenshots);
    const animation = encodeAnimation(frames);
    await writeFile(`${folder}resume-${scheme}.png`, animation);
    const seconds = frames.reduce((sum, { duration }) => sum + duration, 0) / 1000;
    const { image } = frames[0]!;
    console.log(
      `resume-${scheme}.png: ${image.width} × ${image.height}, ${seconds.toFixed(1)} s, ${animation.length} bytes`,
    );
    if (animation.length > MAX_SIZE) throw new Error(`The animation is larger than ${MAX_SIZE} bytes.`);
  } finally {
    await page.close();
    await demo.close();
  }
}

const browser = await launchBrowser('chromium');
try {
  for (const scheme of ['light', 'dark'] as const) await record(browser, scheme);
} finally {
  await browser.close();
}
