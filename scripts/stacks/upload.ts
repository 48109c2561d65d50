// Uploads a file in a page that a stack has built or serves.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import { serveLoopback } from '../../dev/oss-emulator/loopback-server.js';
import type { LocalDemo } from '../../demo/start.js';
import { DiskFiles } from '../../test/e2e/support/disk-file.js';
import { ElementPage } from '../../test/e2e/support/element-page.js';

/** A folder with the files of a site, or a running server. */
export type Served = { folder: string; index?: string } | { url: string; close: () => void };

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** @throws if the file isn't stored, the checksum worker isn't used, or the page reports a problem */
export async function uploadInBrowser(browser: Browser, demo: LocalDemo, served: Served): Promise<void> {
  const server = await serveLoopback((request, response) => {
    const path = request.url ?? '/';
    if (path === '/credentials') return void demo.credentials.handle(request, response);
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    read(served, path).then(
      ({ status, type, body }) => response.writeHead(status, { 'Content-Type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  const origin = `http://localhost:${server.port}`;
  await demo.oss.setCors(demo.settings.bucket, uploadCorsRules([origin]));
  const files = await DiskFiles.create();
  try {
    const page = await ElementPage.open(browser, `${origin}/`);
    const workers: string[] = [];
    page.page.on('workercreated', (worker) => workers.push(worker.url()));
    const file = await files.make('film.mp4', 300_000);
    await page.choose(file.path);
    await page.press('upload');
    await page.waitForStatus('succeeded');
    const key = await page.page.$eval(
      'oss-resumable-upload',
      (element) => (element as unknown as { value: string }).value,
    );
    const stored = await new OssControl(demo.oss).object(demo.settings.bucket, key);
    assert.equal(stored?.sha256, file.sha256);
    const problems = page.messages.filter((text) => /^(?:error|warn)/.test(text) && !isOfTool(text));
    assert.deepEqual(problems, []);
    assert.equal(workers.length, 1, 'the checksum worker');
    await page.close();
  } finally {
    if ('close' in served) served.close();
    await Promise.all([server.close(), files.remove()]);
  }
}

/** Whether a message has nothing to do with the package. No WebSocket of a development server reaches the page. */
function isOfTool(text: string): boolean {
  return ['Lit is in dev mode', '[vite]', 'WebSocket connection'].some((part) => text.includes(part));
}

async function read(
  served: Served,
  path: string,
): Promise<{ status: number; type: string; body: Uint8Array }> {
  if ('url' in served) {
    const response = await fetch(served.url + path, { headers: { accept: 'text/html,*/*' } });
    const type = response.headers.get('Content-Type') ?? 'text/html';
    return { status: response.status, type, body: new Uint8Array(await response.arrayBuffer()) };
  }
  const { pathname } = new URL(path, 'http://localhost');
  const name = pathname === '/' ? (served.index ?? 'index.html') : pathname.slice(1);
  const body = await readFile(join(served.folder, name));
  return { status: 200, type: types[extname(name)] ?? 'application/octet-stream', body };
}
