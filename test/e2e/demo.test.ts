// The demo's own pages, as a visitor uses them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newPage } from './support/element-page.js';
import { untilText } from './support/until.js';
import { useWorkbench } from './support/workbench.js';

const MiB = 1024 * 1024;

const bench = useWorkbench();

describe('the demo', { timeout: 180_000 }, () => {
  it('uploads, pauses and resumes with the element, and shows that the bytes are the same', async () => {
    const { demo } = bench.site;
    const file = await bench.file(8 * MiB + 5);
    const key = bench.site.keyOf(file.name);
    const page = await bench.openUrl(demo.url);
    await page.setAttribute('part-size', '1MiB');
    await page.choose(file.path);
    demo.oss.setLine({ bytesPerSecond: 8 * MiB, latency: 0 });
    await page.press('upload');
    await demo.oss.requests.until({ operation: 'UploadPart', key, status: 200 }, 2);
    await page.press('pause');
    await page.until('paused');
    await page.press('resume');
    await page.until('succeeded');
    await bench.expectStored(file);
    const proof = await untilText(page.page, '#proof', new RegExp(`${file.sha256}[^]*${file.sha256}`));
    assert.match(proof, new RegExp(file.sha256));
    assert.deepEqual(await page.violations(), []);
  });

  it('uploads, pauses and resumes with the SDK alone', async () => {
    const { demo } = bench.site;
    const file = await bench.file(6 * MiB);
    const context = await bench.browser.createBrowserContext();
    const page = await newPage(context);
    try {
      await page.goto(`${demo.url}sdk-example.html`);
      const input = await page.$('#file');
      await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file.path);
      demo.oss.setLine({ bytesPerSecond: 4 * MiB, latency: 0 });
      await page.click('#upload');
      const sent = { operation: 'UploadPart' as const, status: 200 };
      await demo.oss.requests.until({ ...sent, key: `uploads/sdk/${file.name}` }, 2);
      await page.click('#pause');
      await untilText(page, '#status', /Paused/);
      demo.oss.setLine({ bytesPerSecond: 0, latency: 0 });
      await page.click('#resume');
      await untilText(page, '#status', /Uploaded\./);
      const object = await bench.site.control.object(bench.site.bucket, `uploads/sdk/${file.name}`);
      assert.equal(object?.sha256, file.sha256);
    } finally {
      await context.close();
    }
  });
});
