// Takes screenshots of the element in simulated states.
//   npx tsx scripts/screenshots/main.ts              the images of the README, in docs/images/
//   npx tsx scripts/screenshots/main.ts --all DIR    all states, one image per variant: light, dark, English, Chinese,
//                                                    Arabic, narrow, wide, zoomed and forced colors
//   … --all DIR --states TEXT                        only the states whose name contains the text
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../test/support/browsers.js';
import type * as TestPage from './test-page.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { all: { type: 'string' }, states: { type: 'string' } } });

const style = `
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 16px; background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; }
  main { display: grid; gap: 12px; }
  h2 { margin: 8px 0 -8px; font: 12px system-ui, sans-serif; opacity: 0.7; }
`;

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
  screenshots.push({ path: join(folder, 'wide.png'), width: 1_232 });
  screenshots.push({ path: join(folder, 'zoomed.png'), width: 340, zoom: 2 });
  screenshots.push({ path: join(folder, 'forced-colors.png'), forcedColors: true });
  return screenshots;
}

async function bundleTestPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}scripts/screenshots/test-page.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'testPage',
    // The simulated uploads load neither the SDK nor the worker.
    external: ['#slim-sdk'],
    define: { 'import.meta.url': '""' },
    tsconfig: `${root}tsconfig.json`,
  });
  return outputFiles[0]!.text;
}

async function takeScreenshot(browser: Browser, address: string, screenshot: Screenshot): Promise<void> {
  const {
    path,
    states,
    lang = 'en',
    scheme = 'light',
    width = 680,
    zoom = 1,
    forcedColors = false,
  } = screenshot;
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900, deviceScaleFactor: states ? 2 : zoom });
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
    ],
  });
  await page.goto(`${address}?lang=${lang}`);
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

const script = await bundleTestPage();
const server = createServer((request, response) => {
  const lang = new URL(request.url ?? '/', 'http://localhost').searchParams.get('lang') ?? 'en';
  const direction = lang === 'ar' ? 'rtl' : 'ltr';
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><html lang="${lang}" dir="${direction}"><style>${style}</style><main></main><script>${script}</script></html>`,
  );
}).listen(0, 'localhost');
await once(server, 'listening');
const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
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
  for (const screenshot of screenshots) await takeScreenshot(browser, address, screenshot);
} finally {
  await browser.close();
  server.close();
}
