// Pages that load the package with the tools of a site. scripts/stacks.ts tests tools that this project doesn't install.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distPath } from './support/dist.js';
import { useFixture } from './support/fixture.js';
import type { Script } from './support/site.js';

const fixture = useFixture();
const attributes = { 'part-size': '100KiB' };

describe('a page', { timeout: 600_000 }, () => {
  for (const script of ['module', 'react', 'import-map', 'esbuild', 'rollup'] satisfies Script[]) {
    it(`loads all files that an upload needs (${script})`, async () => {
      // The policy allows the inline import map by its nonce.
      const page = await fixture.open({ script, attributes, nonce: script === 'import-map' });
      const workers: string[] = [];
      page.page.on('workercreated', (worker) => workers.push(worker.url()));
      const file = await fixture.createFile(300_000);
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
      assert.deepEqual(page.messages, []);
      assert.equal(workers.length, 1);
    });
  }
});

describe('a missing file', { timeout: 600_000 }, () => {
  const origin = (url: string) => new URL(url).origin;
  /** Our own messages. The browser reports the request as well. */
  const named = (messages: readonly string[]) => messages.filter((text) => text.includes('<oss-resumable'));

  it('is named in the console, and is loaded at Retry (SDK)', async () => {
    const page = await fixture.open({ attributes: { ...attributes, retries: '0' } });
    fixture.site.isMissing = (path) => path === distPath('slim-sdk');
    const file = await fixture.createFile(300_000);
    await page.choose(file.path);
    await page.press('upload');
    await page.waitForStatus('failed');
    assert.equal((await page.failure())?.code, 'sdk-unavailable');
    const site = origin(page.page.url());
    assert.equal(named(page.messages).length, 1);
    assert.ok(named(page.messages)[0]!.includes(`load ${site}${distPath('slim-sdk')}. `));
    assert.ok(named(page.messages)[0]!.includes(`to ${site}/dist/. `));
    fixture.site.isMissing = () => false;
    await page.press('retry');
    await page.waitForStatus('succeeded');
    await fixture.assertStored(file);
  });

  for (const [script, isWorker] of [
    ['module', (path: string) => path === distPath('crc64-worker')],
    // A single bundle has no place for the worker.
    ['esbuild-single-file', () => false],
  ] as const) {
    it(`is named in the console once, and the upload succeeds without it (worker, ${script})`, async () => {
      const page = await fixture.open({ script, attributes });
      fixture.site.isMissing = isWorker;
      const file = await fixture.createFile(300_000);
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
      const warnings = named(page.messages).filter((text) => text.includes('on the main thread'));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /can't be started: .*crc64-worker\S*\.js/);
    });
  }

  it('is named in the console, and the page stays in English until it is loaded (locale)', async () => {
    fixture.site.isMissing = (path) => path.endsWith('.de.js');
    const page = await fixture.open({ attributes: { lang: 'de' } });
    const file = await fixture.createFile(1_000);
    await page.choose(file.path);
    assert.match(await page.text(), /Upload/);
    assert.match(named(page.messages).join(), /oss-resumable-upload\.de\.js/);
    fixture.site.isMissing = () => false;
    await page.page.evaluate(() => void dispatchEvent(new Event('online')));
    await page.waitForText(/Hochladen/);
  });
});
