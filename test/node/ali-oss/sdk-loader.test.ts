// Tests the SDK loader in real browsers, against a server that can fail the first requests.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { findBrowser, launchBrowser, type BrowserName } from '../../support/browsers.js';

const lib = new URL('../../../lib/', import.meta.url);
const page = '<!doctype html>';

for (const name of ['chromium', 'firefox'] satisfies BrowserName[]) {
  if (!(await findBrowser(name))) continue;

  describe(`SDK loader in ${name}`, () => {
    let server: Server;
    let browser: Awaited<ReturnType<typeof launchBrowser>>;
    let remainingFailures = 0;

    before(async () => {
      server = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname === '/') return response.setHeader('Content-Type', 'text/html').end(page);
        if (pathname === '/slim-sdk.js' && remainingFailures-- > 0) return response.writeHead(503).end();
        response.setHeader('Content-Type', 'text/javascript');
        readFile(new URL(`.${pathname}`, lib)).then(
          (file) => response.end(file),
          () => response.writeHead(404).end(),
        );
        return response;
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      browser = await launchBrowser(name);
    });

    after(async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    });

    beforeEach(() => {
      remainingFailures = 0;
    });

    const load = async (times: number): Promise<string[]> => {
      const tab = await browser.newPage();
      try {
        await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        return await tab.evaluate(async (count) => {
          const path = '/adapters/ali-oss/sdk-loader.js';
          const { createSdkLoader } = (await import(path)) as {
            createSdkLoader: () => () => Promise<{ prototype: object }>;
          };
          const load = createSdkLoader();
          const results: string[] = [];
          for (let attempt = 0; attempt < count; attempt++) {
            results.push(
              await load().then(
                (Sdk) => ('uploadPart' in Sdk.prototype ? 'loaded' : 'another class'),
                (error: unknown) => (error as { code: string }).code,
              ),
            );
          }
          return results;
        }, times);
      } finally {
        await tab.close();
      }
    };

    it('loads the slim SDK', async () => {
      assert.deepEqual(await load(1), ['loaded']);
    });

    it('loads the SDK on a later attempt after the network has recovered', async () => {
      remainingFailures = 3;
      const results = await load(5);
      assert.equal(results[0], 'sdk-unavailable');
      assert.equal(results.at(-1), 'loaded');
    });
  });
}
