// Normal operation writes nothing to the console, neither from the page nor from the browser. The responses have the format of
// OSS, or one that proxies change it to.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseFormat } from '../../dev/oss-emulator/response-format.js';
import type { DiskFile } from './support/disk-file.js';
import type { ElementPage } from './support/element-page.js';
import type { PageVariant } from './support/site.js';
import { useFixture } from './support/fixture.js';
import { waitForText } from './support/wait-for.js';

const MiB = 1024 * 1024;
const attributes = { 'part-size': '1MiB', parallel: '2' };

const fixture = useFixture();

const formats: Record<string, Partial<ResponseFormat>> = {
  'as OSS sends them': {},
  'chunked and without types': { emptyBody: 'chunked', xmlType: null },
  'with the type of HTML': { emptyBody: 'chunked', xmlType: 'text/html' },
  'with a charset': { emptyBody: 'chunked', xmlType: 'text/xml; charset=gb18030' },
};

/** Selects a file of six parts, and starts it. All parts but the first two stall. */
async function start(variant: PageVariant = {}): Promise<{ page: ElementPage; file: DiskFile }> {
  const page = await fixture.open({ attributes, ...variant });
  const file = await fixture.createFile(6 * MiB);
  await page.choose(file.path);
  await fixture.startAndStall(page);
  return { page, file };
}

/** Asserts that nothing was written to the console. */
async function assertSilent({ page, messages }: Pick<ElementPage, 'page' | 'messages'>): Promise<void> {
  // Messages arrive in order.
  const arrived = new Promise<void>((resolve) => {
    page.on('console', (message) => message.text() === 'end' && resolve());
  });
  await page.evaluate(() => console.log('end'));
  await arrived;
  assert.deepEqual(messages, ['log: end']);
}

for (const [name, format] of Object.entries(formats)) {
  describe(`the console, with responses ${name}`, { timeout: 180_000 }, () => {
    const useFormat = () => fixture.site.demo.oss.setResponseFormat(format);

    for (const script of ['module', 'classic'] as const) {
      it(`stays empty during an upload in a single request (${script})`, async () => {
        useFormat();
        const page = await fixture.open({ script });
        const file = await fixture.createFile(1_000);
        await page.choose(file.path);
        await page.press('upload');
        await page.waitForStatus('succeeded');
        await fixture.assertStored(file);
        await assertSilent(page);
      });

      it(`stays empty when an upload is paused and resumed (${script})`, async () => {
        useFormat();
        const { page, file } = await start({ script });
        await page.press('pause');
        await page.waitForStatus('paused');
        await fixture.finish(page, file);
        await assertSilent(page);
      });
    }

    it('stays empty when an upload is resumed after a reload', async () => {
      useFormat();
      const { page, file } = await start();
      await page.reload();
      fixture.releaseParts();
      await page.waitForStatus('resumable');
      await page.choose(file.path, 'paused');
      await page.press('resume');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
      await assertSilent(page);
    });

    it('stays empty when an upload is cancelled', async () => {
      useFormat();
      const { page } = await start();
      const { requests } = fixture.site.demo.oss;
      const aborted = requests.waitForNext({ operation: 'AbortMultipartUpload' });
      await page.discard();
      assert.equal((await aborted).status, 204);
      await assertSilent(page);
    });
  });
}

describe('the console of a page', { timeout: 180_000 }, () => {
  it('shows what the browser reports, so that the other tests can fail', async () => {
    const page = await fixture.open();
    await page.page.evaluate(async () => {
      await fetch('/missing.js');
      const request = new XMLHttpRequest();
      request.open('GET', '/empty.xml');
      request.overrideMimeType('text/xml');
      request.send();
      await new Promise((resolve) => (request.onloadend = resolve));
    });
    await assert.rejects(assertSilent(page));
  });

  it('stays empty in the demo', async () => {
    const page = await fixture.openUrl(fixture.site.demo.url);
    const file = await fixture.createFile(3 * MiB);
    await page.setAttribute('part-size', '1MiB');
    await page.choose(file.path);
    await page.press('upload');
    await page.waitForStatus('succeeded');
    await waitForText(page.page, '#figures', /Checksums\s+match/);
    await assertSilent(page);
  });

  for (const path of ['plain.html', 'classic.html', 'csp.html', 'two.html', 'cms/']) {
    it(`stays empty in the example ${path}`, async () => {
      const page = await fixture.openExample(path);
      const file = await fixture.createFile(3 * MiB);
      const element = await page.element();
      await element.setAttribute('part-size', '1MiB');
      await element.setAttribute('auto-start', '');
      await element.choose(file.path, 'succeeded');
      await assertSilent(page);
    });
  }
});
