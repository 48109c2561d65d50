// Takes the README's pictures: the element at its stations, in light and in dark, into docs/images/.
// The upload in them is acted: a file of 4 GB that does not exist, and an OSS that answers by the script's clock.
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'puppeteer-core';
import type * as Core from '../src/core/index.js';
import type * as Element from '../src/oss-resumable-upload.js';
import { launchBrowser } from '../test/support/browsers.js';

type Parts = typeof Core & typeof Element;

const root = fileURLToPath(new URL('..', import.meta.url));
const images = `${root}docs/images`;

/** CSS pixels. */
const WIDTH = 680;

const style = `
  :root { color-scheme: light dark; }
  body { display: grid; gap: 12px; margin: 0; padding: 16px; background: Canvas; font: 15px/1.5 system-ui, sans-serif; }
`;

async function bundleParts(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './src/core/index.js'; export * from './src/oss-resumable-upload.js';`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'parts',
    // Neither the SDK nor the worker is ever asked for.
    external: ['#lean-sdk'],
    define: { 'import.meta.url': '""' },
    tsconfig: `${root}tsconfig.json`,
  });
  return outputFiles[0]!.text;
}

/** Runs in the page. */
async function actAll(): Promise<void> {
  const { OssResumableUpload, Uploader } = (globalThis as unknown as { parts: Parts }).parts;
  const size = 4e9;
  const partSize = 20e6;
  const rate = 18.2e6;

  /** @param stopAt the part that never arrives */
  const actWorld = (stopAt: number): Core.UploaderPorts => {
    let time = Date.UTC(2026, 0, 30);
    const env: Core.Environment = {
      now: () => time,
      random: () => 0,
      sleep: () => new Promise(() => {}),
      isOnline: () => true,
      onOnlineChange: () => () => {},
    };
    const forever = (signal: AbortSignal) =>
      new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    const stored = { etag: '"etag"', url: 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/film' };
    const gateway: Core.OssGateway = {
      put: () => Promise.resolve(stored),
      createUpload: () => Promise.resolve('upload'),
      uploadPart: (_, number, body, { signal, onProgress }) => {
        if (number === stopAt) return forever(signal);
        time += (partSize / rate) * 1_000;
        onProgress?.(body.size);
        return Promise.resolve({ number, etag: `"${number}"` });
      },
      listParts: () => Promise.resolve([]),
      completeUpload: () => Promise.resolve(stored),
      abortUpload: () => Promise.resolve(),
      head: () => Promise.resolve(undefined),
    };
    return { openGateway: () => Promise.resolve(gateway), env };
  };

  const actFile = (): File => {
    const file = new File([], 'film-2026-final-cut.mp4', { type: 'video/mp4', lastModified: 0 });
    return Object.defineProperties(file, {
      size: { value: size },
      slice: {
        value: (start: number, end: number) =>
          Object.defineProperty(new Blob(), 'size', { value: end - start }),
      },
    });
  };

  const add = async (stopAt: number): Promise<InstanceType<Parts['OssResumableUpload']>> => {
    class Actor extends OssResumableUpload {
      constructor() {
        super((options) => new Uploader(options, actWorld(stopAt)));
      }
    }
    customElements.define(`actor-${stopAt}-${document.body.childElementCount}`, Actor);
    const element = new Actor();
    Object.assign(element, {
      region: 'oss-cn-hangzhou',
      bucket: 'examplebucket',
      credentialsUrl: '/sts',
      maxSize: '5GB',
      partSize,
      parallel: 1,
    });
    document.body.append(element);
    await element.updateComplete;
    return element;
  };

  const reach = (element: HTMLElement, status: string): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void =>
        element.getAttribute('status') === status ? resolve() : void requestAnimationFrame(check);
      check();
    });

  const stopAt = 86;
  await add(stopAt);
  const uploading = await add(stopAt);
  const paused = await add(stopAt);
  const succeeded = await add(0);
  for (const element of [uploading, paused, succeeded]) {
    await element.addFiles([actFile()]);
    element.start();
  }
  await reach(uploading, 'uploading');
  await reach(paused, 'uploading');
  paused.pause();
  await reach(paused, 'paused');
  await reach(succeeded, 'succeeded');
}

async function shoot(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.setViewport({ width: WIDTH, height: 100, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  // What runs this script marks functions by a helper that the page lacks.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
  await page.goto(address);
  await page.evaluate(actAll);
  const path = `${images}/states-${scheme}.png` as const;
  await page.screenshot({ path, fullPage: true });
  console.log(`Wrote ${path.slice(root.length)}.`);
}

const parts = await bundleParts();
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><html lang="en"><style>${style}</style><body><script>${parts}</script></body></html>`,
  );
}).listen(0, 'localhost');
await once(server, 'listening');
const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
const browser = await launchBrowser('chromium');
try {
  await mkdir(images, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) await shoot(await browser.newPage(), scheme);
} finally {
  await browser.close();
  server.close();
}
