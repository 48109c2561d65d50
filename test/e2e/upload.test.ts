import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ElementPage } from './support/element-page.js';
import type { DiskFile } from './support/disk-file.js';
import type { PageVariant } from './support/site.js';
import { useWorkbench } from './support/fixture.js';

const MiB = 1024 * 1024;
const COUNT = 8;
/** Of a token, in milliseconds. */
const LIFETIME = 60_000;
const attributes = { 'part-size': '1MiB', parallel: '2' };

const bench = useWorkbench();

/** Has two parts of an upload arrive, and holds those that follow. */
async function begin(variant: PageVariant = {}): Promise<{ page: ElementPage; file: DiskFile; key: string }> {
  const file = await bench.file(COUNT * MiB - 1);
  const key = bench.site.keyOf(file.name);
  const page = await bench.open({ ...variant, attributes: { ...attributes, ...variant.attributes } });
  await page.choose(file.path);
  bench.letThrough(2);
  await page.press('upload');
  await page.untilDoneParts(2);
  return { page, file, key };
}

/** How often each part came in, in order of the parts. */
function arrivals(key: string): number[] {
  const { requests } = bench.site.demo.oss;
  const numbers = requests
    .all({ operation: 'UploadPart', key, status: 200 })
    .map((entry) => entry.partNumber);
  return Array.from({ length: COUNT }, (_, index) => numbers.filter((number) => number === index + 1).length);
}

describe('the element in a page', { timeout: 180_000 }, () => {
  for (const script of ['module', 'classic'] as const) {
    it(`uploads, pauses, resumes and completes from the ${script} script, and breaks no policy`, async () => {
      const { page, file } = await begin({ script });
      await page.press('pause');
      await page.until('paused');
      bench.letThrough();
      await page.press('resume');
      await page.until('succeeded');
      await bench.expectStored(file);
      assert.deepEqual(await page.violations(), []);
    });
  }

  it('uploads with the SDK that the page hands in', async () => {
    const { page, file } = await begin({ ownSdk: true });
    await page.press('pause');
    bench.letThrough();
    await page.press('resume');
    await page.until('succeeded');
    await bench.expectStored(file);
    const loaded = await page.page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.deepEqual(
      loaded.filter((name) => name.includes('slim-sdk')),
      [],
    );
  });

  it('sends nothing after Pause', async () => {
    const { page, key } = await begin();
    await page.press('pause');
    await page.until('paused');
    const { requests } = bench.site.demo.oss;
    const { length } = requests.all({ operation: 'UploadPart', key });
    bench.letThrough();
    await requests.waitFor({ operation: 'UploadPart', key }, length);
    assert.equal(requests.all({ operation: 'UploadPart', key }).length, length);
    assert.match(await page.text(), /Paused at \d+ ?%/);
  });

  it('sends no part again after Resume of which it had heard', async () => {
    const { page, file, key } = await begin();
    await page.press('pause');
    await page.until('paused');
    const kept = await page.doneParts();
    bench.letThrough();
    await page.press('resume');
    await page.until('succeeded');
    assert.notEqual(kept.length, 0);
    for (const number of kept) assert.equal(arrivals(key)[number - 1], 1, `part ${number}`);
    await bench.expectStored(file);
  });

  it('removes what has arrived when Cancel is pressed', async () => {
    const { page, key } = await begin();
    const { oss } = bench.site.demo;
    const aborted = oss.requests.waitForNext({ operation: 'AbortMultipartUpload', key });
    await page.press('cancel');
    assert.equal((await aborted).status, 204);
    assert.deepEqual(
      (await bench.site.control.uploads()).filter((upload) => upload.key === key),
      [],
    );
  });

  it('goes on from a checkpoint that the page kept through a reload', async () => {
    const { page, file, key } = await begin();
    await page.press('pause');
    await page.until('paused');
    const checkpoint = await page.checkpoint();
    bench.letThrough();
    await page.reload();
    await page.resumeFrom(checkpoint, file.path);
    await page.until('succeeded');
    assert.notEqual(checkpoint.doneParts.length, 0);
    for (const { number } of checkpoint.doneParts)
      assert.equal(arrivals(key)[number - 1], 1, `part ${number}`);
    await bench.expectStored(file);
  });

  it('goes on after a reload in the middle when the same file is chosen again', async () => {
    const { page, file, key } = await begin();
    const { oss } = bench.site.demo;
    await page.reload();
    bench.letThrough();
    await oss.requests.waitFor(
      { operation: 'UploadPart', key },
      oss.requests.all({ operation: 'UploadPart', key }).length,
    );
    const kept = arrivals(key);
    await page.until('resumable');
    await page.choose(file.path, 'paused');
    await page.press('resume');
    await page.until('succeeded');
    assert.notEqual(kept.filter((times) => times > 0).length, 0);
    kept.forEach((times, index) => {
      if (times > 0) assert.equal(arrivals(key)[index], times, `part ${index + 1}`);
    });
    await bench.expectStored(file);
  });

  it('survives a connection that breaks in the middle of a part', async () => {
    const { page, file, key } = await begin();
    const { oss } = bench.site.demo;
    oss.faults.add({
      match: { operation: 'UploadPart' },
      fault: { kind: 'reset', at: 'in-body' },
    });
    bench.letThrough();
    await page.until('succeeded');
    await bench.expectStored(file);
    assert.equal(oss.requests.all({ key, fault: 'reset' }).length, 1);
  });

  it('outlives its token', async () => {
    const { oss } = bench.site.demo;
    bench.site.credentials = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(oss.tokens.issue(LIFETIME)));
    };
    const { page, file, key } = await begin();
    oss.setClockOffset(2 * LIFETIME);
    bench.letThrough();
    await page.until('succeeded');
    const parts = oss.requests.all({ operation: 'UploadPart', key, status: 200 });
    assert.equal(new Set(parts.map(({ accessKeyId }) => accessKeyId)).size, 2);
    await bench.expectStored(file);
  });

  for (const hours of [-2, 2]) {
    it(`uploads where the clock of the device is ${Math.abs(hours)} hours ${hours < 0 ? 'slow' : 'fast'}`, async () => {
      const file = await bench.file(3 * MiB);
      const page = await bench.open({ attributes }, { clock: hours * 3_600_000 });
      await page.choose(file.path);
      await page.press('upload');
      await page.until('succeeded');
      await bench.expectStored(file);
    });
  }
});
