// The demo's pages in a real browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { newPage } from './support/element-page.js';
import { waitForText } from './support/wait-for.js';
import { useFixture } from './support/fixture.js';

const MiB = 1024 * 1024;

const fixture = useFixture();

/** Clicks the Trigger or Reset button of a fault scenario. */
async function clickFault(page: Page, title: string): Promise<void> {
  await page.evaluate((expected) => {
    const items = [...document.querySelectorAll('.fault-list li')];
    const item = items.find((candidate) => candidate.querySelector('.title')?.textContent === expected);
    item!.querySelector('button')!.click();
  }, title);
}

describe('the demo', { timeout: 180_000 }, () => {
  it('uploads, pauses and resumes with the element, and shows matching checksums', async () => {
    const { demo } = fixture.site;
    const file = await fixture.createFile(8 * MiB + 5);
    const page = await fixture.openUrl(demo.url);
    await page.setAttribute('part-size', '1MiB');
    await page.choose(file.path);
    await fixture.startAndStall(page);
    await page.press('pause');
    await page.waitForStatus('paused');
    await fixture.finish(page, file);
    await page.page.click('#verification summary');
    await waitForText(page.page, '#checksums', new RegExp(`${file.sha256}[^]*${file.sha256}`));
    await waitForText(page.page, '#figures', /Checksums\s+match/);
  });

  it('uploads, pauses and resumes with the plain SDK', async () => {
    const { demo } = fixture.site;
    const file = await fixture.createFile(6 * MiB);
    const context = await fixture.browser.createBrowserContext();
    const page = await newPage(context);
    try {
      await page.goto(`${demo.url}sdk-example.html`);
      const input = await page.$('#file');
      await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file.path);
      fixture.stallPartsAfter(2);
      await page.click('#upload');
      const key = `${demo.settings.prefix}sdk/${file.name}`;
      await demo.oss.requests.waitFor({ operation: 'UploadPart', status: 200, key }, 2);
      await page.click('#pause');
      // The SDK's cancel doesn't abort requests in flight; they must be able to finish.
      fixture.releaseParts();
      await waitForText(page, '#status', /Paused/);
      await page.click('#resume');
      await waitForText(page, '#status', /Uploaded\./);
      const object = await fixture.site.control.object(fixture.site.bucket, key);
      assert.equal(object?.sha256, file.sha256);
    } finally {
      await context.close();
    }
  });
});

describe('a page of another origin on the same machine', { timeout: 60_000 }, () => {
  it('can neither read from the demo and the emulator nor control them', async () => {
    const { url, oss } = fixture.site.demo;
    const context = await fixture.browser.createBrowserContext();
    const page = await newPage(context);
    try {
      // An error of OSS is a page without a policy of its own.
      await page.goto(`${oss.url}/no-such-bucket/`);
      const targets = [
        `${url}demo/settings`,
        `${url}credentials`,
        `${url}_control/faults`,
        `${oss.url}/_control/faults`,
      ];
      const results = await page.evaluate(async (urls) => {
        const fault = { match: {}, times: null, fault: { kind: 'status', status: 500, code: 'X' } };
        const send = async (target: string): Promise<string> => {
          const body = JSON.stringify(fault);
          await fetch(target, { method: 'POST', mode: 'no-cors', body }).catch(() => undefined);
          const response = await fetch(target).catch(() => undefined);
          return response ? `${response.status}` : 'blocked';
        };
        return await Promise.all(urls.map(send));
      }, targets);
      // The last one has the page's own origin, but it doesn't have the token.
      assert.deepEqual(results, ['blocked', 'blocked', 'blocked', '401']);
      const response = await fetch(`${oss.url}/demo-bucket/x`);
      assert.equal(response.status, 403);
    } finally {
      await context.close();
    }
  });
});

describe('fault injection in the demo', { timeout: 180_000 }, () => {
  const PART = 100 * 1024;

  /** Opens the demo and selects a small file that is uploaded in eight parts. */
  async function openWithFile() {
    const page = await fixture.openUrl(fixture.site.demo.url);
    await page.setAttribute('part-size', String(PART));
    const file = await fixture.createFile(8 * PART);
    fixture.site.demo.oss.requests.clear();
    await page.choose(file.path);
    return { page, file, key: fixture.site.keyOf(file.name) };
  }

  /** Triggers a fault scenario and waits for the log entry. */
  async function trigger(
    { page }: { page: Page },
    title: string,
    message = `Triggered: ${title}`,
  ): Promise<void> {
    await clickFault(page, title);
    await waitForText(page, '#log', new RegExp(message));
  }

  for (const title of [
    'Connection reset before the body',
    'Connection reset mid-transfer',
    'Connection reset after the body',
    'Lost part response',
    'Delayed response',
    'Corrupted part',
    'Lost completion response',
    'OSS returns 503',
    'OSS returns 500',
    'Expired token',
    'Upload removed by a lifecycle rule',
  ]) {
    it(`recovers automatically: ${title}`, async () => {
      const { page, file, key } = await openWithFile();
      await trigger(page, title);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
      const faulted = fixture.site.demo.oss.requests
        .all({ key })
        .filter(({ faultedAt }) => faultedAt !== undefined);
      assert.notEqual(faulted.length, 0);
    });
  }

  it('waits while offline, and resumes after Reset', async () => {
    const { page, file } = await openWithFile();
    await trigger(page, 'Offline', 'Active until reset: Offline');
    await page.press('upload');
    await page.waitForStatus('waiting');
    // Each attempt replaces the text for a moment.
    await page.waitForText(/You’re offline/);
    await clickFault(page.page, 'Offline');
    await page.waitForStatus('succeeded');
    await fixture.assertStored(file);
  });

  it('re-sends only the lost part', async () => {
    const { page, file, key } = await openWithFile();
    const { oss } = fixture.site.demo;
    await fixture.startAndStall(page);
    await page.press('pause');
    await page.waitForStatus('paused');
    const sent = oss.requests.all({ operation: 'UploadPart', key, status: 200 });
    await trigger(page, 'Lost part');
    await fixture.finish(page, file);
    const resent = oss.requests
      .all({ operation: 'UploadPart', key, status: 200 })
      .filter((request) =>
        sent.some((first) => first.partNumber === request.partNumber && first !== request),
      );
    assert.deepEqual(
      resent.map(({ partNumber }) => partNumber),
      [sent.at(-1)?.partNumber],
    );
  });

  it('reports that no part can be lost before one is stored', async () => {
    const { page } = await openWithFile();
    await trigger(page, 'Lost part', 'There are no stored parts');
  });

  it('re-sends no completed part when ListParts is denied', async () => {
    const { page, file, key } = await openWithFile();
    const { oss } = fixture.site.demo;
    await trigger(page, 'ListParts denied', 'Active until reset');
    await fixture.startAndStall(page);
    await page.press('pause');
    await page.waitForStatus('paused');
    const kept = await page.doneParts();
    fixture.releaseParts();
    const before = oss.requests.all().at(-1)?.sequence ?? 0;
    await page.press('resume');
    await page.waitForStatus('succeeded');
    await fixture.assertStored(file);
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

  it('keeps storage full across reloads until it is reset', async () => {
    const { page } = await openWithFile();
    await trigger(page, 'Storage full', 'Active until reset');
    await page.reload();
    const file = await fixture.createFile(2 * PART);
    await page.choose(file.path);
    await page.waitForText(/can’t save your progress/);
    await clickFault(page.page, 'Storage full');
    await waitForText(page.page, '#log', /Reset: Storage full/);
    await page.reload();
    await page.choose(file.path);
    // Storage is read once more.
    await page.page.evaluate((element) => element.listResumable(), await page.handle());
    assert.doesNotMatch(await page.text(), /can’t save your progress/);
  });
});
