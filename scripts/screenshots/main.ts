// Takes screenshots of the element in simulated states.
//   npx tsx scripts/screenshots/main.ts              the images of the README and the docs, in docs/images/
//   npx tsx scripts/screenshots/main.ts --all DIR    all states, one image per variant: light, dark, English, Chinese,
//                                                    Arabic, narrow, phone, wide, zoomed and forced colors
//   … --all DIR --states TEXT                        only the states whose name contains the text
//   … --all DIR --theme NAME                         with a theme of demo/themes
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../test/support/browsers.js';
import { listThemes } from '../../test/support/themes.js';
import { startStatesSite } from './site.js';
import { emulateMedia } from './emulate-media.js';
import type * as TestPage from './test-page.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({
  options: { all: { type: 'string' }, states: { type: 'string' }, theme: { type: 'string' } },
});

/** The states that show a theme. */
const themeStates = ['idle', 'uploading', 'many: uploading'];

interface Screenshot {
  path: string;
  /** The states to show; all if omitted. */
  states?: string[];
  lang?: string;
  scheme?: 'light' | 'dark';
  /** In CSS pixels. */
  width?: number;
  zoom?: number;
  forcedColors?: boolean;
  /** Whether the device has a touch screen and no mouse. */
  touch?: boolean;
}

const readme = (name: string, states: string[], options: Partial<Screenshot> = {}): Screenshot[] =>
  (['light', 'dark'] as const).map((scheme) => ({
    path: join(root, 'docs/images', `${name}-${scheme}.png`),
    ...{ states, scheme, ...options },
  }));

function allVariants(folder: string): Screenshot[] {
  const screenshots: Screenshot[] = [];
  for (const lang of ['en', 'zh-Hans', 'ar']) {
    for (const scheme of ['light', 'dark'] as const) {
      screenshots.push({ path: join(folder, `${lang}-${scheme}.png`), lang, scheme });
    }
  }
  screenshots.push({ path: join(folder, 'narrow.png'), width: 232 });
  screenshots.push({ path: join(folder, 'narrow-de.png'), width: 232, lang: 'de' });
  screenshots.push({ path: join(folder, 'phone.png'), width: 360, touch: true });
  screenshots.push({ path: join(folder, 'wide.png'), width: 1_232 });
  screenshots.push({ path: join(folder, 'zoomed.png'), width: 340, zoom: 2 });
  screenshots.push({ path: join(folder, 'forced-colors.png'), forcedColors: true });
  return screenshots;
}

async function takeScreenshot(browser: Browser, screenshot: Screenshot): Promise<void> {
  const {
    path,
    states,
    lang = 'en',
    scheme = 'light',
    width = 680,
    zoom = 1,
    forcedColors = false,
    touch = false,
  } = screenshot;
  const page = await browser.newPage();
  const deviceScaleFactor = states ? 2 : zoom;
  await page.setViewport({ width, height: 900, deviceScaleFactor, hasTouch: touch, isMobile: touch });
  await emulateMedia(page, scheme, forcedColors);
  await page.goto(site.pageUrl({ lang, ...(values.theme && { theme: values.theme, scheme }) }));
  await page.evaluate(
    async (selected, text) => {
      const { showStates, states } = (globalThis as unknown as { testPage: typeof TestPage }).testPage;
      const names = selected ?? Object.keys(states).filter((name) => name.includes(text));
      await showStates(names, !selected);
    },
    states,
    values.states ?? '',
  );
  // Only as tall as the content.
  await (await page.$('body'))!.screenshot({ path });
  await page.close();
  console.log(`Wrote ${relative(process.cwd(), path)}.`);
}

/** Shows each theme in light and dark next to each other. */
async function takeThemeScreenshots(browser: Browser): Promise<void> {
  for (const theme of await listThemes()) {
    const page = await browser.newPage();
    await page.setViewport({ width: 960, height: 1_400, deviceScaleFactor: 1.5 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.goto(site.pairUrl(theme));
    let height = 0;
    for (const frame of page.frames().slice(1)) {
      const frameHeight = await frame.evaluate(async (names) => {
        const { showStates } = (globalThis as unknown as { testPage: typeof TestPage }).testPage;
        await showStates(names, false);
        return document.body.getBoundingClientRect().bottom;
      }, themeStates);
      height = Math.max(height, Math.ceil(frameHeight));
    }
    const path = join(root, 'docs/images', `theme-${theme}.webp`);
    await page.screenshot({ path, quality: 50, clip: { x: 0, y: 0, width: 960, height } });
    await page.close();
    console.log(`Wrote ${relative(process.cwd(), path)}.`);
  }
}

const site = await startStatesSite();
const browser = await launchBrowser('chromium');
try {
  const screenshots = values.all
    ? allVariants(values.all)
    : [
        ...readme('states', ['idle', 'uploading', 'paused', 'succeeded, verified']),
        ...readme('many', ['many: uploading']),
        ...readme('right-to-left', ['uploading', 'paused'], { lang: 'ar' }),
      ];
  for (const { path } of screenshots) await mkdir(join(path, '..'), { recursive: true });
  for (const screenshot of screenshots) await takeScreenshot(browser, screenshot);
  if (!values.all) await takeThemeScreenshots(browser);
} finally {
  await browser.close();
  site.close();
}
