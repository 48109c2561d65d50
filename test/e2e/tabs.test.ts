// One upload in several tabs, or in several fields of a page, in a real browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ElementDriver } from './support/element-driver.js';
import type { ElementPage } from './support/element-page.js';
import type { DiskFile } from './support/disk-file.js';
import { browserName, useFixture } from './support/fixture.js';
import { waitForElement } from './support/wait-for.js';

const MiB = 1024 * 1024;
const PART_COUNT = 6;
const attributes = { 'part-size': '1MiB', parallel: '1' };

const fixture = useFixture();

/** Pauses an upload after two parts. */
async function pauseUpload(page: ElementDriver): Promise<DiskFile> {
  const file = await fixture.createFile(PART_COUNT * MiB);
  await page.choose(file.path);
  await fixture.startAndStall(page);
  await page.press('pause');
  await page.waitForStatus('paused');
  fixture.releaseParts();
  return file;
}

/** Asserts that the file is stored, and that each part was stored once. */
async function assertUploadedOnce(file: DiskFile): Promise<void> {
  const key = fixture.site.keyOf(file.name);
  const { requests } = fixture.site.demo.oss;
  const stored = requests.all({ operation: 'UploadPart', key, status: 200 });
  assert.deepEqual(
    stored.map(({ partNumber }) => partNumber).sort(),
    Array.from({ length: PART_COUNT }, (_, index) => index + 1),
  );
  assert.deepEqual(requests.all({ operation: 'AbortMultipartUpload', key }), []);
  await fixture.assertStored(file);
}

/** Waits for the requests of a page that was left. The server may still store what it has received of them. */
async function partsEnded({ name }: DiskFile): Promise<void> {
  const { requests } = fixture.site.demo.oss;
  const parts = { operation: 'UploadPart', key: fixture.site.keyOf(name) } as const;
  await requests.waitFor(parts, requests.all(parts).length);
}

/** Waits until a closed tab has released its uploads. The browser does this after it has closed the tab. */
async function waitForRelease({ page }: ElementPage): Promise<void> {
  await page.evaluate(async () => {
    const isHeld = async () => {
      const { held = [] } = await navigator.locks.query();
      return held.some(({ name }) => name?.startsWith('oss-resumable-upload'));
    };
    while (await isHeld());
  });
}

/** Goes back in the history, and waits until the element is in the page. */
async function goBack({ page }: ElementPage): Promise<void> {
  await page.bringToFront();
  await page.goBack();
  await waitForElement(page.mainFrame(), 'oss-resumable-upload');
}

describe('one upload in two tabs', { timeout: 120_000 }, () => {
  it('is not offered in the second tab while the first one holds it', async () => {
    const page = await fixture.open({ attributes });
    const file = await pauseUpload(page);
    const other = await page.openTab();
    assert.equal(await other.countResumable(), 0);
    await page.page.bringToFront();
    await page.press('resume');
    await page.waitForStatus('succeeded');
    await assertUploadedOnce(file);
  });

  it('is offered in the second tab once the first one is closed', async () => {
    const page = await fixture.open({ attributes });
    const file = await pauseUpload(page);
    const other = await page.openTab();
    await page.page.close();
    await waitForRelease(other);
    assert.equal(await other.countResumable(), 1);
    await other.choose(file.path, 'paused');
    await other.press('resume');
    await other.waitForStatus('succeeded');
    await assertUploadedOnce(file);
  });

  it('disappears from the second tab when the first one resumes it, and is not discarded', async () => {
    const page = await fixture.open({ attributes });
    const file = await pauseUpload(page);
    await page.reload();
    await page.waitForStatus('resumable');
    const other = await page.openTab();
    await other.waitForStatus('resumable');
    await page.choose(file.path, 'paused');
    await other.waitForFiles(0);
    await page.page.bringToFront();
    await page.press('resume');
    await page.waitForStatus('succeeded');
    await assertUploadedOnce(file);
  });

  it('disappears from the second tab when the first one discards it', async () => {
    const page = await fixture.open({ attributes });
    await pauseUpload(page);
    await page.reload();
    await page.waitForStatus('resumable');
    const other = await page.openTab();
    await other.waitForStatus('resumable');
    await page.page.bringToFront();
    await page.discard();
    await other.waitForFiles(0);
    assert.equal(await page.countResumable(), 0);
  });

  for (const status of ['paused', 'uploading'] as const) {
    it(`is not sent again when the user goes back to a page that left it ${status} and it was completed meanwhile`, async () => {
      const page = await fixture.open({ attributes });
      const file = await pauseUpload(page);
      if (status === 'uploading') {
        fixture.stallPartsAfter(0);
        await page.press('resume');
        await page.waitForStatus('uploading');
      }
      await page.page.goto(`${page.page.url()}?other`);
      const other = await page.openTab();
      await other.waitForStatus('resumable');
      fixture.releaseParts();
      // Chromium keeps the page, with its requests.
      if (browserName === 'firefox') await partsEnded(file);
      await other.choose(file.path, 'paused');
      await other.press('resume');
      await other.waitForStatus('succeeded');
      await goBack(page);
      if (browserName === 'firefox') {
        // Firefox doesn't cache pages that hold locks, so this is a reload.
        assert.equal(await page.countResumable(), 0);
      } else {
        if (status === 'paused') await page.press('resume');
        await page.waitForStatus('succeeded');
      }
      await assertUploadedOnce(file);
    });
  }
});

describe('two fields of a page', { timeout: 120_000 }, () => {
  it('offer only their own unfinished uploads after a reload', async () => {
    const page = await fixture.open({ attributes, fields: ['contract', 'passport'] });
    const file = await pauseUpload(page.field('passport'));
    await page.reload();
    const passport = page.field('passport');
    await passport.waitForStatus('resumable');
    assert.equal(await page.field('contract').countResumable(), 0);
    await passport.choose(file.path, 'paused');
    await passport.press('resume');
    await passport.waitForStatus('succeeded');
    await assertUploadedOnce(file);
  });

  it('do not offer what the other one holds', async () => {
    const page = await fixture.open({ attributes, fields: ['contract', 'passport'] });
    const file = await pauseUpload(page.field('passport'));
    assert.equal(await page.field('contract').countResumable(), 0);
    const other = await page.openTab();
    assert.equal(await other.field('passport').countResumable(), 0);
    await page.page.bringToFront();
    await page.field('passport').press('resume');
    await page.field('passport').waitForStatus('succeeded');
    await assertUploadedOnce(file);
  });
});
