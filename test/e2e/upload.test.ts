// Uploads in a page with a strict Content-Security-Policy that requires Trusted Types, in a real browser. The fixture fails
// each test whose page violates its policy.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ElementPage } from './support/element-page.js';
import { overwrite, type DiskFile } from './support/disk-file.js';
import type { PageVariant } from './support/site.js';
import { useFixture } from './support/fixture.js';

const MiB = 1024 * 1024;
const PART_COUNT = 8;
/** Milliseconds. */
const TOKEN_LIFETIME = 60_000;
const attributes = { 'part-size': '1MiB', parallel: '2' };

const fixture = useFixture();

/** Starts an upload and waits until two parts are completed. The remaining parts stall. */
async function startUpload(
  variant: PageVariant = {},
): Promise<{ page: ElementPage; file: DiskFile; key: string }> {
  const file = await fixture.createFile(PART_COUNT * MiB - 1);
  const key = fixture.site.keyOf(file.name);
  const page = await fixture.open({ ...variant, attributes: { ...attributes, ...variant.attributes } });
  await page.choose(file.path);
  await fixture.startAndStall(page);
  return { page, file, key };
}

/** Returns how many times each part was stored, in part order. */
function storedCounts(key: string): number[] {
  const { requests } = fixture.site.demo.oss;
  const numbers = requests
    .all({ operation: 'UploadPart', key, status: 200 })
    .map((entry) => entry.partNumber);
  return Array.from(
    { length: PART_COUNT },
    (_, index) => numbers.filter((number) => number === index + 1).length,
  );
}

describe('the element in a page', { timeout: 180_000 }, () => {
  for (const script of ['module', 'classic', 'react'] as const) {
    it(`uploads, pauses, resumes and completes with the ${script} script`, async () => {
      const { page, file } = await startUpload({ script });
      await page.press('pause');
      await page.waitForStatus('paused');
      await fixture.finish(page, file);
    });
  }

  for (const script of ['module', 'classic', 'react'] as const) {
    it(`separates the texts of the status by dots with the ${script} script`, async () => {
      const file = await fixture.createFile(1);
      const page = await fixture.open({ script });
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      const separator = await page.page.evaluate(() => {
        const root = document.querySelector('oss-resumable-upload')!.shadowRoot!;
        return getComputedStyle(root.querySelector('.status > * + *')!, '::before').content;
      });
      // Screen readers that support alternative texts skip it.
      assert.match(separator, /^"·"(?: \/ "")?$/);
    });
  }

  it('uploads with an SDK that the page provides', async () => {
    const { page, file } = await startUpload({ ownSdk: true });
    await page.press('pause');
    await fixture.finish(page, file);
    const loaded = await page.page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.deepEqual(
      loaded.filter((name) => name.includes('slim-sdk')),
      [],
    );
  });

  it('sends no parts after Pause', async () => {
    const { page, key } = await startUpload();
    await page.press('pause');
    await page.waitForStatus('paused');
    const { requests } = fixture.site.demo.oss;
    const { length } = requests.all({ operation: 'UploadPart', key });
    fixture.releaseParts();
    await requests.waitFor({ operation: 'UploadPart', key }, length);
    assert.equal(requests.all({ operation: 'UploadPart', key }).length, length);
    assert.match(await page.text(), /Paused at \d+ ?%/);
  });

  it('re-sends no completed part after Resume', async () => {
    const { page, file, key } = await startUpload();
    await page.press('pause');
    await page.waitForStatus('paused');
    const kept = await page.doneParts();
    fixture.releaseParts();
    await page.press('resume');
    await page.waitForStatus('succeeded');
    assert.notEqual(kept.length, 0);
    for (const number of kept) assert.equal(storedCounts(key)[number - 1], 1, `part ${number}`);
    await fixture.assertStored(file);
  });

  for (const pauses of [true, false]) {
    it(`doesn’t store a mixture if the file is edited ${pauses ? 'during a pause' : 'meanwhile'}`, async () => {
      const { page, file, key } = await startUpload();
      if (pauses) {
        await page.press('pause');
        await page.waitForStatus('paused');
      }
      await overwrite(file);
      fixture.releaseParts();
      if (pauses) await page.press('resume');
      await page.waitForStatus('failed');
      assert.equal((await page.failure())?.code, 'file-unreadable');
      const { requests } = fixture.site.demo.oss;
      assert.deepEqual(requests.all({ operation: 'CompleteMultipartUpload', key }), []);
    });
  }

  it('deletes the stored parts on Cancel', async () => {
    const { page, key } = await startUpload();
    const { oss } = fixture.site.demo;
    const aborted = oss.requests.waitForNext({ operation: 'AbortMultipartUpload', key });
    await page.press('cancel');
    assert.equal((await aborted).status, 204);
    assert.deepEqual(
      (await fixture.site.control.uploads()).filter((upload) => upload.key === key),
      [],
    );
  });

  it('resumes from a checkpoint that the page kept across a reload', async () => {
    const { page, file, key } = await startUpload();
    await page.press('pause');
    await page.waitForStatus('paused');
    const checkpoint = await page.checkpoint();
    fixture.releaseParts();
    await page.reload();
    await page.resumeFrom(checkpoint, file.path);
    await page.waitForStatus('succeeded');
    assert.notEqual(checkpoint.doneParts.length, 0);
    for (const { number } of checkpoint.doneParts)
      assert.equal(storedCounts(key)[number - 1], 1, `part ${number}`);
    await fixture.assertStored(file);
  });

  it('resumes after a reload when the same file is selected again', async () => {
    const { page, file, key } = await startUpload();
    const { oss } = fixture.site.demo;
    await page.reload();
    fixture.releaseParts();
    await oss.requests.waitFor(
      { operation: 'UploadPart', key },
      oss.requests.all({ operation: 'UploadPart', key }).length,
    );
    const countsBefore = storedCounts(key);
    await page.waitForStatus('resumable');
    await page.choose(file.path, 'paused');
    await page.press('resume');
    await page.waitForStatus('succeeded');
    assert.notEqual(countsBefore.filter((count) => count > 0).length, 0);
    countsBefore.forEach((count, index) => {
      if (count > 0) assert.equal(storedCounts(key)[index], count, `part ${index + 1}`);
    });
    await fixture.assertStored(file);
  });

  it('recovers from a connection reset in the middle of a part', async () => {
    const { page, file, key } = await startUpload();
    const { oss } = fixture.site.demo;
    oss.faults.add({
      match: { operation: 'UploadPart' },
      fault: { kind: 'reset', at: 'in-body' },
    });
    fixture.releaseParts();
    await page.waitForStatus('succeeded');
    await fixture.assertStored(file);
    assert.equal(oss.requests.all({ key, fault: 'reset' }).length, 1);
  });

  it('continues with new credentials after the token expires', async () => {
    const { oss } = fixture.site.demo;
    fixture.site.credentials = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(oss.tokens.issue(TOKEN_LIFETIME)));
    };
    const { page, file, key } = await startUpload();
    oss.setClockOffset(2 * TOKEN_LIFETIME);
    fixture.releaseParts();
    await page.waitForStatus('succeeded');
    const parts = oss.requests.all({ operation: 'UploadPart', key, status: 200 });
    assert.equal(new Set(parts.map(({ accessKeyId }) => accessKeyId)).size, 2);
    await fixture.assertStored(file);
  });

  for (const hours of [-2, 2]) {
    it(`uploads when the device’s clock is ${Math.abs(hours)} hours ${hours < 0 ? 'behind' : 'ahead'}`, async () => {
      const file = await fixture.createFile(3 * MiB);
      const page = await fixture.open({ attributes }, { clock: hours * 3_600_000 });
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
    });
  }
});
