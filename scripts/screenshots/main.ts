// Takes pictures of the element on a stage where its uploads are acted.
//   npx tsx scripts/screenshots/main.ts              the README's, into docs/images/
//   npx tsx scripts/screenshots/main.ts --all DIR    every state, in light and dark, in English, Chinese and Arabic; and
//                                                    in 200 px, zoomed twice, in forced colours: a sheet each, into DIR
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
import type * as Stage from './test-page.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { all: { type: 'string' } } });

const style = `
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 16px; background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; }
  main { display: grid; gap: 12px; }
  h2 { margin: 8px 0 -8px; font: 12px system-ui, sans-serif; opacity: 0.7; }
`;

interface Sheet {
  path: string;
  /** All of them where none is named. */
  scenes?: string[];
  lang?: string;
  scheme?: 'light' | 'dark';
  /** CSS pixels. */
  width?: number;
  zoom?: number;
  forcedColors?: boolean;
}

const readme = (name: string, scenes: string[], set: Partial<Sheet> = {}): Sheet[] =>
  (['light', 'dark'] as const).map((scheme) => ({
    path: join(root, 'docs/images', `${name}-${scheme}.png`),
    ...{ scenes, scheme, ...set },
  }));

function all(folder: string): Sheet[] {
  const sheets: Sheet[] = [];
  for (const lang of ['en', 'zh-Hans', 'ar']) {
    for (const scheme of ['light', 'dark'] as const) {
      sheets.push({ path: join(folder, `${lang}-${scheme}.png`), lang, scheme });
    }
  }
  sheets.push({ path: join(folder, 'narrow.png'), width: 232 });
  sheets.push({ path: join(folder, 'narrow-de.png'), width: 232, lang: 'de' });
  sheets.push({ path: join(folder, 'wide.png'), width: 1_232 });
  sheets.push({ path: join(folder, 'zoomed.png'), width: 340, zoom: 2 });
  sheets.push({ path: join(folder, 'forced-colors.png'), forcedColors: true });
  return sheets;
}

async function bundleStage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}scripts/screenshots/stage.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'stage',
    // Neither the SDK nor the worker is ever asked for.
    external: ['#slim-sdk'],
    define: { 'import.meta.url': '""' },
    tsconfig: `${root}tsconfig.json`,
  });
  return outputFiles[0]!.text;
}

async function shoot(browser: Browser, address: string, sheet: Sheet): Promise<void> {
  const { path, scenes, lang = 'en', scheme = 'light', width = 680, zoom = 1, forcedColors = false } = sheet;
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900, deviceScaleFactor: scenes ? 2 : zoom });
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
    ],
  });
  await page.goto(`${address}?lang=${lang}`);
  await page.evaluate(async (wanted) => {
    const { play, scenes } = (globalThis as unknown as { stage: typeof Stage }).stage;
    await play(wanted ?? Object.keys(scenes), !wanted);
  }, scenes);
  // No taller than what is on it.
  await (await page.$('body'))!.screenshot({ path });
  await page.close();
  console.log(`Wrote ${relative(process.cwd(), path)}.`);
}

const script = await bundleStage();
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
  const sheets = values.all
    ? all(values.all)
    : [
        ...readme('states', ['idle', 'uploading', 'paused', 'succeeded, verified']),
        ...readme('many', ['many: under way']),
        ...readme('right-to-left', ['uploading', 'paused'], { lang: 'ar' }),
      ];
  for (const { path } of sheets) await mkdir(join(path, '..'), { recursive: true });
  for (const sheet of sheets) await shoot(browser, address, sheet);
} finally {
  await browser.close();
  server.close();
}
