// What a site may get wrong: each fault has a message of its own, and the file goes up once the cause is mended.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RIGHT_CORS_RULES } from '../../dev/oss-emulator/cors.js';
import type { UploadErrorCode } from '../../src/core/index.js';
import type { CredentialsAnswer } from '../../demo/site/credentials-faults.js';
import type { ElementPage } from './support/element-page.js';
import { useWorkbench } from './support/fixture.js';

const bench = useWorkbench();
const { bucket: rightBucket, region: rightRegion } = { bucket: 'demo-bucket', region: 'oss-cn-hangzhou' };

interface SetUpFault {
  code: UploadErrorCode;
  /** Must be among what the element says. */
  says: RegExp;
  attributes?: Record<string, string | undefined>;
  break?: (fileName: string) => void | Promise<unknown>;
  mend: (page: ElementPage, fileName: string) => void | Promise<unknown>;
}

const credentialsFault = (answer: CredentialsAnswer): Pick<SetUpFault, 'break' | 'mend'> => ({
  break: () => void (bench.site.demo.credentials.answer = answer),
  mend: () => void (bench.site.demo.credentials.answer = 'right'),
});

const corsFault = (change: (rules: typeof RIGHT_CORS_RULES) => typeof RIGHT_CORS_RULES) => {
  const set = (rules: typeof RIGHT_CORS_RULES) => bench.site.demo.oss.setCors(bench.site.bucket, [...rules]);
  return { break: () => set(change(RIGHT_CORS_RULES)), mend: () => set(RIGHT_CORS_RULES) };
};

const faults: Record<string, SetUpFault> = {
  'no region': {
    code: 'region-missing',
    says: /region/,
    attributes: { region: undefined },
    mend: (page) => page.setAttribute('region', rightRegion),
  },
  'no bucket': {
    code: 'bucket-missing',
    says: /bucket/,
    attributes: { bucket: undefined },
    mend: (page) => page.setAttribute('bucket', rightBucket),
  },
  'no credentials-url': {
    code: 'credentials-missing',
    says: /credentials-url/,
    attributes: { 'credentials-url': undefined },
    mend: (page) => page.setAttribute('credentials-url', '/credentials'),
  },
  'a bucket that does not exist': {
    // OSS answers for it without CORS headers: no page can tell it from one without a rule.
    code: 'cors-blocked',
    says: /bucket “no-such-bucket” exists/,
    attributes: { bucket: 'no-such-bucket' },
    mend: (page) => page.setAttribute('bucket', rightBucket),
  },
  'credentials that are answered with 401': {
    code: 'credentials-refused',
    says: /signed in/,
    ...credentialsFault('refused'),
  },
  'credentials that are answered with 500': {
    code: 'credentials-failed',
    says: /couldn’t authorize the upload/,
    ...credentialsFault('broken'),
  },
  'credentials that are a login page': {
    code: 'credentials-not-json',
    says: /sign-in page/,
    ...credentialsFault('login-page'),
  },
  'credentials without a field': {
    code: 'credentials-incomplete',
    says: /SecurityToken/,
    ...credentialsFault('incomplete'),
  },
  'credentials that have expired': {
    code: 'credentials-expired',
    says: /expired/,
    ...credentialsFault('expired'),
  },
  'a secret that is wrong': {
    code: 'signature-refused',
    says: /signature/,
    break() {
      bench.site.credentials = (_, response) => {
        const credentials = { ...bench.site.demo.oss.tokens.issue(3_600_000), AccessKeySecret: 'wrong' };
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(credentials));
      };
    },
    mend: () => void (bench.site.credentials = undefined),
  },
  'a key outside of what the credentials allow': {
    code: 'access-denied',
    says: /RAM policy/,
    attributes: { 'object-key': 'elsewhere/{name}' },
    mend: () => {
      bench.site.credentials = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(bench.site.demo.oss.tokens.issue(3_600_000)));
      };
    },
  },
  'a bucket without a CORS rule': {
    code: 'cors-blocked',
    says: /CORS rule/,
    ...corsFault(() => []),
  },
  'a CORS rule that does not expose the ETag': {
    code: 'etag-hidden',
    says: /expose the ETag header/,
    ...corsFault((rules) => rules.map((rule) => ({ ...rule, exposeHeaders: [] }))),
  },
  'a key that exists': {
    code: 'object-exists',
    says: /already exists/,
    break: async (fileName) => {
      const file = await bench.file(1);
      const page = await bench.open({ attributes: { 'object-key': bench.site.keyOf(fileName) } });
      await page.choose(file.path);
      await page.press('upload');
      await page.until('succeeded');
    },
    mend: (page) => page.setAttribute('overwrite', ''),
  },
};

describe('the element tells of', { timeout: 180_000 }, () => {
  for (const [name, fault] of Object.entries(faults)) {
    it(`${name}, and uploads the file once that is mended`, async () => {
      // In parts, so that every request of an upload has its turn.
      const file = await bench.file(250_000);
      await fault.break?.(file.name);
      const attributes = { 'part-size': '102400', retries: '0', ...fault.attributes };
      const page = await bench.open({ attributes });
      await page.choose(file.path);
      await page.press('upload');
      await page.until('failed');
      const failure = await page.failure();
      assert.equal(failure?.code, fault.code);
      assert.match(`${failure.message} ${failure.hint}`, fault.says);
      const text = await page.text();
      assert.ok(text.includes(failure.message), text);

      await fault.mend(page, file.name);
      await page.press('retry');
      await page.until('succeeded');
      const key =
        fault.attributes?.['object-key']?.replace('{name}', file.name) ?? bench.site.keyOf(file.name);
      assert.equal((await bench.site.control.object(rightBucket, key))?.sha256, file.sha256);
    });
  }

  it('region, bucket and credentials-url before any file is picked, under Details', async () => {
    const page = await bench.open({
      attributes: { region: undefined, bucket: undefined, 'credentials-url': undefined },
    });
    await page.page.evaluate(() =>
      document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('summary')!.click(),
    );
    const text = await page.text();
    for (const attribute of ['region', 'bucket', 'credentials-url'])
      assert.match(text, new RegExp(attribute));
  });
});
