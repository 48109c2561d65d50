// Pages that require Trusted Types, with the documented policies, with fewer, and with scripts allowed by a nonce.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import type { ElementPage } from './support/element-page.js';
import { distPath } from './support/dist.js';
import { useFixture } from './support/fixture.js';

const MiB = 1024 * 1024;
const attributes = { 'part-size': '1MiB' };

const fixture = useFixture();

async function upload(page: ElementPage): Promise<void> {
  const file = await fixture.createFile(3 * MiB);
  await page.choose(file.path);
  await page.press('upload');
  await page.waitForStatus('succeeded');
  await fixture.assertStored(file);
}

/** Drops or pastes a file of random bytes. Returns its name. */
async function transfer(page: ElementPage, type: 'drop' | 'paste'): Promise<string> {
  const name = `${type}-${performance.now()}.bin`;
  await (
    await page.handle()
  ).evaluate(
    (element, kind, fileName) => {
      const data = new DataTransfer();
      data.items.add(new File([crypto.getRandomValues(new Uint8Array(1_000))], fileName));
      const init = { bubbles: true, cancelable: true, composed: true };
      element.dispatchEvent(
        kind === 'drop'
          ? new DragEvent(kind, { ...init, dataTransfer: data })
          : // Firefox ignores the data of the constructor.
            Object.defineProperty(new ClipboardEvent(kind, init), 'clipboardData', { value: data }),
      );
    },
    type,
    name,
  );
  await page.waitForStatus('ready');
  return name;
}

/** Returns the file names of the running workers. */
const workersOf = ({ page }: ElementPage): string[] =>
  page.workers().map((worker) => worker.url().split('/').at(-1) ?? '');

describe('the element in a page that requires Trusted Types', { timeout: 180_000 }, () => {
  it('has the documented policy, apart from the icon of the page', async () => {
    const { headers } = await fetch(fixture.site.page());
    const docs = await readFile(new URL('../../docs/security.md', import.meta.url), 'utf8');
    const documented = /```\n(default-src .*?)\n```/s.exec(docs)?.[1]?.replaceAll('\n', ' ');
    assert.equal(
      headers.get('content-security-policy')?.replace(" img-src 'self';", ''),
      documented?.replace(/https:\S+(?=;)/, fixture.site.bucketOrigin),
    );
  });

  it('computes checksums in the worker', async () => {
    const page = await fixture.open({ attributes });
    await upload(page);
    assert.deepEqual(workersOf(page), [basename(distPath('crc64-worker'))]);
  });

  it('computes checksums in the worker of a bundle', async () => {
    const page = await fixture.open({ attributes, script: 'react' });
    await upload(page);
    assert.match(workersOf(page).join(), /^crc64-worker-\w+\.js$/);
  });

  it('creates one policy and one worker for several elements', async () => {
    const page = await fixture.open({ attributes });
    await upload(page);
    await (await page.handle()).evaluate((element) => element.replaceWith(element.cloneNode()));
    await upload(page);
    assert.equal(workersOf(page).length, 1);
  });

  it('computes checksums on the main thread if the page doesn’t allow its policy', async () => {
    const page = await fixture.open({ attributes, policies: 'lit-html' });
    await upload(page);
    assert.deepEqual(workersOf(page), []);
    assert.deepEqual(await page.violations(), [
      'trusted-types: trusted-types-policy',
      'require-trusted-types-for: trusted-types-sink',
    ]);
  });

  it('needs only the policy of Lit as a classic script', async () => {
    const page = await fixture.open({ attributes, script: 'classic', policies: 'lit-html' });
    await upload(page);
  });

  for (const script of ['module', 'classic', 'react'] as const) {
    it(`works as a ${script} script that is allowed by a nonce`, async () => {
      const page = await fixture.open({ attributes, script, nonce: true });
      await upload(page);
      assert.equal(workersOf(page).length, script === 'classic' ? 0 : 1);
    });
  }
});

for (const script of ['module', 'classic', 'react'] as const) {
  describe(`a ${script} script in a page that requires Trusted Types`, { timeout: 180_000 }, () => {
    for (const type of ['drop', 'paste'] as const) {
      it(`uploads a file after a ${type}`, async () => {
        const page = await fixture.open({ attributes, script });
        const name = await transfer(page, type);
        await page.press('upload');
        await page.waitForStatus('succeeded');
        assert.ok(await fixture.site.control.object(fixture.site.bucket, fixture.site.keyOf(name)));
      });
    }

    it('pauses and resumes', async () => {
      const page = await fixture.open({ attributes, script });
      const file = await fixture.createFile(6 * MiB);
      await page.choose(file.path);
      await fixture.startAndStall(page);
      await page.press('pause');
      await page.waitForStatus('paused');
      await fixture.finish(page, file);
    });

    it('resumes after a reload', async () => {
      const page = await fixture.open({ attributes, script });
      const file = await fixture.createFile(6 * MiB);
      await page.choose(file.path);
      await fixture.startAndStall(page);
      await page.reload();
      fixture.releaseParts();
      await page.waitForStatus('resumable');
      await page.choose(file.path, 'paused');
      await page.press('resume');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
    });

    it('cancels', async () => {
      const page = await fixture.open({ attributes, script });
      const file = await fixture.createFile(6 * MiB);
      await page.choose(file.path);
      await fixture.startAndStall(page);
      const aborted = fixture.site.demo.oss.requests.waitForNext({ operation: 'AbortMultipartUpload' });
      await page.discard();
      assert.equal((await aborted).status, 204);
    });

    it('reports an error of OSS with its code, and retries', async () => {
      fixture.site.demo.oss.faults.add({
        match: { operation: 'UploadPart' },
        fault: { kind: 'status', status: 403, code: 'AccessDenied' },
      });
      const page = await fixture.open({ attributes, script });
      const file = await fixture.createFile(3 * MiB);
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('failed');
      assert.equal((await page.failure())?.code, 'access-denied');
      await page.press('retry');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
    });

    it('submits the object key with a form', async () => {
      const page = await fixture.open({ attributes: { ...attributes, name: 'film' }, script, inForm: true });
      const file = await fixture.createFile(1_000);
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
      const navigated = page.page.waitForNavigation();
      await page.page.evaluate(() => document.forms[0]!.requestSubmit());
      await navigated;
      assert.equal(new URL(page.page.url()).searchParams.get('film'), fixture.site.keyOf(file.name));
    });
  });
}
