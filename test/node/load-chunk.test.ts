// Tests how modules are loaded on demand, in real browsers and against a server that can fail.
import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { findBrowser, launchBrowser, type BrowserName } from '../support/browsers.js';

type LoadChunk = typeof import('../../src/load-chunk.js');

/** How the server fails to send a module. */
const faults: Record<string, (response: ServerResponse) => void> = {
  'an error': (response) => void response.writeHead(503).end(),
  'the page of a missing file': (response) =>
    void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html>'),
  'the start page instead': (response) =>
    void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>'),
  nothing: (response) => response.destroy(),
};
const sendAnotherModule = (response: ServerResponse) =>
  void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end('export const other = 1;');

/** Modules by path. */
const modules: Record<string, string> = {
  '/scripts/chunk.js': 'export default "chunk"; globalThis.evaluations = (globalThis.evaluations ?? 0) + 1;',
  '/scripts/index.js': 'export { default } from "./chunk.js";',
};

for (const name of ['chromium', 'firefox'] satisfies BrowserName[]) {
  if (!(await findBrowser(name))) continue;

  describe(`loadChunk in ${name}`, () => {
    let server: Server;
    let browser: Browser;
    let origin: string;
    let fault: ((response: ServerResponse) => void) | undefined;

    before(async () => {
      const { outputFiles } = await build({
        entryPoints: [fileURLToPath(new URL('../../src/load-chunk.ts', import.meta.url))],
        bundle: true,
        format: 'esm',
        write: false,
      });
      server = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname === '/') {
          response.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel=icon href=data:>');
        } else if (fault && pathname === '/scripts/chunk.js') {
          fault(response);
        } else {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(modules[pathname] ?? outputFiles[0]?.contents);
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      browser = await launchBrowser(name);
    });

    after(async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    });

    /** Opens a page. `load` imports a module, and returns its default export, or `failed`. */
    const open = async (path = '/scripts/chunk.js') => {
      const page = await browser.newPage();
      const messages: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('oss-resumable-upload')) messages.push(message.text());
      });
      await page.goto(origin);
      const load = () =>
        page.evaluate(async (url) => {
          const script = '/load-chunk.js';
          const { loadChunk } = (await import(script)) as LoadChunk;
          const loaded = loadChunk(() => import(url) as Promise<{ default: string }>, 'chunk', 'default');
          return loaded.then(
            (module) => module.default,
            () => 'failed',
          );
        }, path);
      return { page, load, messages };
    };

    for (const [description, respond] of Object.entries(faults)) {
      it(`loads the module on a later call if the server has sent ${description}`, async () => {
        const { page, load } = await open();
        fault = respond;
        const failed = [await load(), await load()];
        fault = undefined;
        assert.deepEqual([...failed, await load()], ['failed', 'failed', 'chunk']);
        await page.close();
      });
    }

    it('keeps the query of the URL', async () => {
      const { page, load } = await open('/scripts/chunk.js?v=1');
      fault = faults['an error'];
      const failed = await load();
      fault = undefined;
      assert.deepEqual([failed, await load()], ['failed', 'chunk']);
      await page.close();
    });

    it('evaluates the module once, however often it is loaded after a failure', async () => {
      const { page, load } = await open();
      fault = faults['an error'];
      await load();
      fault = undefined;
      await Promise.all([load(), load()]);
      await load();
      assert.equal(await page.evaluate(() => (globalThis as { evaluations?: number }).evaluations), 1);
      await page.close();
    });

    it('names the URL and the folder in the console, once', async () => {
      const { page, load, messages } = await open();
      fault = faults['an error'];
      await load();
      await load();
      assert.equal(messages.length, 1);
      assert.match(
        messages[0]!,
        new RegExp(`load ${origin}/scripts/chunk\\.js\\. .* to ${origin}/scripts/\\. `),
      );
      await page.close();
    });

    it('never returns another module than the missing one', async () => {
      const { page, load } = await open('/scripts/index.js');
      fault = faults['an error'];
      const failed = await load();
      fault = sendAnotherModule;
      assert.deepEqual([failed, await load()], ['failed', 'failed']);
      await page.close();
    });
  });
}
