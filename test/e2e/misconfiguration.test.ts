// Misconfigured sites: each problem is reported with its own error, and Retry succeeds once it is fixed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CorsRule } from '../../dev/oss-emulator/cors.js';
import type { UploadErrorCode } from '../../src/core/index.js';
import type { CredentialsMode } from '../../demo/site/credentials-faults.js';
import type { ElementPage } from './support/element-page.js';
import { useFixture } from './support/fixture.js';

const fixture = useFixture();
const BUCKET = 'demo-bucket';
const REGION = 'oss-cn-hangzhou';

interface Misconfiguration {
  code: UploadErrorCode;
  /** Must match the error's message or hint. */
  text: RegExp;
  attributes?: Record<string, string | undefined>;
  cause?: (fileName: string) => void | Promise<unknown>;
  fix: (page: ElementPage, fileName: string) => void | Promise<unknown>;
}

const credentialsProblem = (mode: CredentialsMode): Pick<Misconfiguration, 'cause' | 'fix'> => ({
  cause: () => void (fixture.site.demo.credentials.mode = mode),
  fix: () => void (fixture.site.demo.credentials.mode = 'normal'),
});

const corsProblem = (change: (rules: CorsRule[]) => CorsRule[]) => ({
  cause: () => fixture.site.demo.oss.setCors(fixture.site.bucket, change(fixture.site.corsRules)),
  fix: () => fixture.site.resetCors(),
});

const problems: Record<string, Misconfiguration> = {
  'a missing region': {
    code: 'region-missing',
    text: /region/,
    attributes: { region: undefined },
    fix: (page) => page.setAttribute('region', REGION),
  },
  'a missing bucket': {
    code: 'bucket-missing',
    text: /bucket/,
    attributes: { bucket: undefined },
    fix: (page) => page.setAttribute('bucket', BUCKET),
  },
  'a missing credentials-url': {
    code: 'credentials-missing',
    text: /credentials-url/,
    attributes: { 'credentials-url': undefined },
    fix: (page) => page.setAttribute('credentials-url', '/credentials'),
  },
  'a region that is a city': {
    code: 'option-invalid',
    text: /region is invalid: "Hangzhou"\. .*oss-cn-hangzhou/,
    attributes: { region: 'Hangzhou', endpoint: undefined },
    fix: async (page) => {
      await page.setAttribute('region', REGION);
      await page.setAttribute('endpoint', fixture.site.demo.oss.url);
    },
  },
  'an address instead of a bucket name': {
    code: 'option-invalid',
    text: /bucket is invalid: "oss:\/\/demo-bucket"\. /,
    attributes: { bucket: `oss://${BUCKET}` },
    fix: (page) => page.setAttribute('bucket', BUCKET),
  },
  'a part size without a unit': {
    code: 'option-invalid',
    text: /part-size is invalid: "8"\. Use 100KiB to 5GiB/,
    attributes: { 'part-size': '8' },
    fix: (page) => page.setAttribute('part-size', '100KiB'),
  },
  'a missing value that became text': {
    code: 'option-invalid',
    text: /credentials-url is invalid: "undefined"\. /,
    attributes: { 'credentials-url': 'undefined' },
    fix: (page) => page.setAttribute('credentials-url', '/credentials'),
  },
  'a nonexistent bucket': {
    // OSS responds without CORS headers, so a page can't distinguish this from a missing CORS rule.
    code: 'cors-blocked',
    text: /bucket “no-such-bucket” exists/,
    attributes: { bucket: 'no-such-bucket' },
    fix: (page) => page.setAttribute('bucket', BUCKET),
  },
  'a 401 response from the credentials endpoint': {
    code: 'credentials-refused',
    text: /signed in/,
    ...credentialsProblem('unauthorized'),
  },
  'a 500 response from the credentials endpoint': {
    code: 'credentials-failed',
    text: /couldn’t authorize the upload/,
    ...credentialsProblem('server-error'),
  },
  'a sign-in page instead of credentials': {
    code: 'credentials-not-json',
    text: /sign-in page/,
    ...credentialsProblem('sign-in-page'),
  },
  'credentials that lack a field': {
    code: 'credentials-incomplete',
    text: /SecurityToken/,
    ...credentialsProblem('missing-field'),
  },
  'expired credentials': {
    code: 'credentials-expired',
    text: /expired/,
    ...credentialsProblem('expired'),
  },
  'a wrong AccessKeySecret': {
    code: 'signature-refused',
    text: /signature/,
    cause() {
      fixture.site.credentials = (_, response) => {
        const credentials = { ...fixture.site.demo.oss.tokens.issue(3_600_000), AccessKeySecret: 'wrong' };
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(credentials));
      };
    },
    fix: () => void (fixture.site.credentials = undefined),
  },
  'an object key that the credentials don’t allow': {
    code: 'access-denied',
    text: /RAM policy/,
    attributes: { 'object-key': 'elsewhere/{name}' },
    fix: () => {
      fixture.site.credentials = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(fixture.site.demo.oss.tokens.issue(3_600_000)));
      };
    },
  },
  'a bucket without a CORS rule': {
    code: 'cors-blocked',
    text: /CORS rule/,
    ...corsProblem(() => []),
  },
  'a CORS rule that doesn’t expose the ETag': {
    code: 'etag-hidden',
    text: /expose the ETag header/,
    ...corsProblem((rules) => rules.map((rule) => ({ ...rule, exposeHeaders: [] }))),
  },
  'an object key that already exists': {
    code: 'object-exists',
    text: /already exists/,
    cause: async (fileName) => {
      const file = await fixture.createFile(1);
      const page = await fixture.open({ attributes: { 'object-key': fixture.site.keyOf(fileName) } });
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('succeeded');
    },
    fix: (page) => page.setAttribute('overwrite', ''),
  },
};

describe('the element reports', { timeout: 180_000 }, () => {
  for (const [name, problem] of Object.entries(problems)) {
    it(`${name}, and uploads the file once it is fixed`, async () => {
      // Large enough for a multipart upload, so that all its requests are covered.
      const file = await fixture.createFile(250_000);
      await problem.cause?.(file.name);
      const attributes = { 'part-size': '102400', retries: '0', ...problem.attributes };
      const page = await fixture.open({ attributes });
      await page.choose(file.path);
      await page.press('upload');
      await page.waitForStatus('failed');
      const failure = await page.failure();
      assert.equal(failure?.code, problem.code);
      assert.match(`${failure.message} ${failure.hint}`, problem.text);
      const text = await page.text();
      assert.ok(text.includes(failure.message), text);

      await problem.fix(page, file.name);
      await page.press('retry');
      await page.waitForStatus('succeeded');
      const key =
        problem.attributes?.['object-key']?.replace('{name}', file.name) ?? fixture.site.keyOf(file.name);
      assert.equal((await fixture.site.control.object(BUCKET, key))?.sha256, file.sha256);
    });
  }

  it('missing region, bucket and credentials-url under Details before a file is selected', async () => {
    const page = await fixture.open({
      attributes: { region: undefined, bucket: undefined, 'credentials-url': undefined },
    });
    await page.waitForText(/Details/);
    await page.page.evaluate(() =>
      document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('summary')!.click(),
    );
    const text = await page.text();
    for (const attribute of ['region', 'bucket', 'credentials-url'])
      assert.match(text, new RegExp(attribute));
  });
});
