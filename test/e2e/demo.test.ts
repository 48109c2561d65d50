// The demo's own pages, as a visitor uses them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { newPage } from './support/element-page.js';
import { untilText } from './support/until.js';
import { useWorkbench } from './support/fixture.js';

const MiB = 1024 * 1024;

const bench = useWorkbench();

/** Presses the button beside a trouble. */
async function press(page: Page, title: string): Promise<void> {
  await page.evaluate((wanted) => {
    const items = [...document.querySelectorAll('.troubles li')];
    const item = items.find((one) => one.querySelector('.title')?.textContent === wanted);
    item!.querySelector('button')!.click();
  }, title);
}

describe('the demo', { timeout: 180_000 }, () => {
  it('uploads, pauses and resumes with the element, and shows that the bytes are the same', async () => {
    const { demo } = bench.site;
    const file = await bench.file(8 * MiB + 5);
    const page = await bench.openUrl(demo.url);
    await page.setAttribute('part-size', '1MiB');
    await page.choose(file.path);
    bench.letThrough(2);
    await page.press('upload');
    await page.untilDoneParts(2);
    await page.press('pause');
    await page.until('paused');
    bench.letThrough();
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
      bench.letThrough(2);
      await page.click('#upload');
      const sent = { operation: 'UploadPart' as const, status: 200 };
      await demo.oss.requests.until({ ...sent, key: `uploads/sdk/${file.name}` }, 2);
      await page.click('#pause');
      // The SDK sends to the end what is under way.
      bench.letThrough();
      await untilText(page, '#status', /Paused/);
      await page.click('#resume');
      await untilText(page, '#status', /Uploaded\./);
      const object = await bench.site.control.object(bench.site.bucket, `uploads/sdk/${file.name}`);
      assert.equal(object?.sha256, file.sha256);
    } finally {
      await context.close();
    }
  });
});

describe('what can go wrong in the demo', { timeout: 180_000 }, () => {
  const PART = 100 * 1024;

  /** The demo's page with a small file picked, in eight parts. */
  async function openWithFile() {
    const page = await bench.openUrl(bench.site.demo.url);
    await page.setAttribute('part-size', String(PART));
    const file = await bench.file(8 * PART);
    bench.site.demo.oss.requests.clear();
    await page.choose(file.path);
    return { page, file, key: bench.site.keyOf(file.name) };
  }

  /** Orders a trouble and waits for the log to say so. */
  async function order({ page }: { page: Page }, title: string, says = `Ordered: ${title}`): Promise<void> {
    await press(page, title);
    await untilText(page, '#log', new RegExp(says));
  }

  for (const title of [
    'A connection is cut off',
    'A connection breaks',
    'A connection breaks at the end',
    'The answer to a part is lost',
    'An answer is late',
    'A byte changes',
    'The last answer is lost',
    'OSS is busy',
    'OSS fails',
    'The token has expired',
    'The fragments are cleaned up',
  ]) {
    it(`is survived: ${title}`, async () => {
      const { page, file, key } = await openWithFile();
      await order(page, title);
      await page.press('upload');
      await page.until('succeeded');
      await bench.expectStored(file);
      const met = bench.site.demo.oss.requests
        .all({ key })
        .filter(({ faultedAt }) => faultedAt !== undefined);
      assert.notEqual(met.length, 0);
    });
  }

  it('is waited for where the network is gone, and over once it is mended', async () => {
    const { page, file } = await openWithFile();
    await order(page, 'The network is gone', 'From now on: The network is gone');
    await page.press('upload');
    await page.until('waiting');
    assert.match(await page.text(), /You’re offline/);
    await press(page.page, 'The network is gone');
    await page.until('succeeded');
    await bench.expectStored(file);
  });

  it('can be a part that is lost, which is sent again alone', async () => {
    const { page, file, key } = await openWithFile();
    const { oss } = bench.site.demo;
    bench.letThrough(2);
    await page.press('upload');
    await page.untilDoneParts(2);
    await page.press('pause');
    await page.until('paused');
    const sent = oss.requests.all({ operation: 'UploadPart', key, status: 200 });
    await order(page, 'A part is lost');
    bench.letThrough();
    await page.press('resume');
    await page.until('succeeded');
    await bench.expectStored(file);
    const again = oss.requests
      .all({ operation: 'UploadPart', key, status: 200 })
      .filter((one) => sent.some((first) => first.partNumber === one.partNumber && first !== one));
    assert.deepEqual(
      again.map(({ partNumber }) => partNumber),
      [sent.at(-1)?.partNumber],
    );
  });

  it('has no part to lose before one has arrived', async () => {
    const { page } = await openWithFile();
    await order(page, 'A part is lost', 'There is no part to lose');
  });

  it('can be a list that is not allowed, without which no finished part is sent again', async () => {
    const { page, file, key } = await openWithFile();
    const { oss } = bench.site.demo;
    await order(page, 'Parts can’t be listed', 'From now on');
    bench.letThrough(2);
    await page.press('upload');
    await page.untilDoneParts(2);
    await page.press('pause');
    await page.until('paused');
    const kept = await page.doneParts();
    bench.letThrough();
    const before = oss.requests.all().at(-1)?.sequence ?? 0;
    await page.press('resume');
    await page.until('succeeded');
    await bench.expectStored(file);
    const after = oss.requests
      .all({ operation: 'UploadPart', key })
      .filter(({ sequence }) => sequence > before)
      .map(({ partNumber }) => partNumber);
    assert.notEqual(kept.length, 0);
    assert.deepEqual(
      kept.filter((number) => after.includes(number)),
      [],
    );
    assert.notEqual(oss.requests.all({ operation: 'ListParts', status: 403 }).length, 0);
  });

  it('stays wrong over a reload until it is mended: a storage that is full', async () => {
    const { page } = await openWithFile();
    await order(page, 'Nothing can be stored', 'From now on');
    await page.reload();
    const file = await bench.file(2 * PART);
    await page.choose(file.path);
    assert.match(await page.text(), /can’t save your progress/);
    await press(page.page, 'Nothing can be stored');
    await untilText(page.page, '#log', /Mended/);
    await page.reload();
    await page.choose(file.path);
    assert.doesNotMatch(await page.text(), /can’t save your progress/);
  });
});
