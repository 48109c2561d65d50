// Signatures, clock skew and presigned URLs: valid requests pass, tampered ones are rejected. The bucket accepts V1
// signatures, unlike a new bucket; see strict.test.ts.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import OSS, { type OssClient, type OssClientOptions } from 'ali-oss';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned, sendToUrl, signHeaders, type RawRequest } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const MINUTE = 60_000;

describe('signatures', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { v1Signatures: true } } });
    await sdk(oss).put('object', Buffer.from('content'), { headers: { 'x-oss-object-acl': 'private' } });
    await sdk(oss).put('public', Buffer.from('for all'), { headers: { 'x-oss-object-acl': 'public-read' } });
  });
  after(() => oss.close());

  // Returns the request that the SDK would send, so that tests can tamper with it.
  async function captureRequest(
    options: Partial<OssClientOptions>,
    put: { key: string; headers?: Record<string, string> },
  ) {
    let sent: { url: URL; headers: Record<string, string> } | undefined;
    const client = new OSS({
      ...oss.accessKey,
      bucket: BUCKET,
      region: 'oss-cn-hangzhou',
      endpoint: oss.url,
      authorizationV4: true,
      ...options,
      urllib: {
        request: (url, { headers }) => {
          sent = { url: new URL(url), headers };
          return Promise.resolve({ status: 200, headers: {}, data: '', res: { status: 200, headers: {} } });
        },
      },
    });
    await client.put(put.key, Buffer.from('body'), { headers: put.headers ?? {} });
    assert.ok(sent);
    const headers = Object.fromEntries(
      Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return {
      method: 'PUT',
      target: sent.url.pathname + sent.url.search,
      headers: { ...headers, host: sent.url.host },
      body: 'body',
    } satisfies RawRequest;
  }

  for (const authorizationV4 of [true, false]) {
    const version = authorizationV4 ? 'V4' : 'V1';

    test(`${version}: a request signed by the SDK is accepted`, async () => {
      const request = await captureRequest(
        { authorizationV4 },
        { key: 'untouched', headers: { 'x-oss-meta-a': '1' } },
      );
      assert.equal((await send(oss, request)).status, 200);
    });

    const tampered: Record<
      string,
      (request: RawRequest & { headers: Record<string, string> }) => RawRequest
    > = {
      'a changed header value': (request) => ({
        ...request,
        headers: { ...request.headers, 'x-oss-meta-a': '2' },
      }),
      'an additional header': (request) => ({
        ...request,
        headers: { ...request.headers, 'x-oss-meta-b': '1' },
      }),
      'a changed content type': (request) => ({
        ...request,
        headers: { ...request.headers, 'content-type': 'text/html' },
      }),
      'a changed key': (request) => ({ ...request, target: `${request.target}x` }),
      'a changed method': (request) => ({ ...request, method: 'DELETE' }),
      'an additional subresource': (request) => ({ ...request, target: `${request.target}?tagging` }),
    };
    for (const [change, tamper] of Object.entries(tampered)) {
      test(`${version}: ${change} invalidates the signature`, async () => {
        const request = await captureRequest(
          { authorizationV4 },
          { key: 'tampered', headers: { 'x-oss-meta-a': '1' } },
        );
        const response = await send(oss, tamper(request));
        assert.deepEqual([response.status, response.code], [403, 'SignatureDoesNotMatch']);
      });
    }

    test(`${version}: a wrong secret is rejected with the expected string to sign`, async () => {
      const request = await captureRequest({ authorizationV4, accessKeySecret: 'wrong' }, { key: 'x' });
      const response = await send(oss, request);
      assert.equal(response.code, 'SignatureDoesNotMatch');
      assert.match(response.text, /<StringToSign>[^<]+<\/StringToSign>/);
      assert.equal(response.text.includes('<CanonicalRequest>'), authorizationV4);
    });

    test(`${version}: an unknown access key ID is rejected`, async () => {
      assert.equal(
        await codeOf(sdk(oss, { authorizationV4, accessKeyId: 'unknown' }).head('object')),
        'InvalidAccessKeyId',
      );
    });

    for (const minutes of [-16, 16]) {
      test(`${version}: a clock ${minutes} minutes off is rejected with the server time`, async (t) => {
        oss.setClockOffset(minutes * MINUTE);
        t.after(() => oss.setClockOffset(0));
        const request = await captureRequest({ authorizationV4 }, { key: 'x' });
        const response = await send(oss, request);
        assert.deepEqual([response.status, response.code], [403, 'RequestTimeTooSkewed']);
        const serverTime = Date.parse(/<ServerTime>(.*)<\/ServerTime>/.exec(response.text)?.[1] ?? '');
        assert.ok(Math.abs(serverTime - oss.now()) < MINUTE);
        assert.match(response.text, /<MaxAllowedSkewMilliseconds>900000</);
      });
    }

    test(`${version}: a clock 14 minutes off is accepted`, async (t) => {
      oss.setClockOffset(14 * MINUTE);
      t.after(() => oss.setClockOffset(0));
      assert.equal((await send(oss, await captureRequest({ authorizationV4 }, { key: 'x' }))).status, 200);
    });
  }

  test('V4: the signature covers query parameters that V1 ignores', async () => {
    const request = await captureRequest({}, { key: 'tampered' });
    const response = await send(oss, { ...request, target: `${request.target}?max-parts=1` });
    assert.equal(response.code, 'SignatureDoesNotMatch');
  });

  test('V4: a signature for another region is rejected', async () => {
    const request = await captureRequest({ region: 'oss-cn-beijing' }, { key: 'x' });
    const response = await send(oss, request);
    assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
    assert.match(response.text, /signing region/);
  });

  test('an anonymous request is denied', async () => {
    const response = await send(oss, { method: 'GET', target: `/${BUCKET}/object` });
    assert.deepEqual([response.status, response.code], [403, 'AccessDenied']);
  });

  test('an anonymous request can read a public object', async () => {
    assert.equal((await send(oss, { method: 'GET', target: `/${BUCKET}/public` })).text, 'for all');
  });

  test('an anonymous request cannot write a public-read object', async () => {
    assert.equal((await send(oss, { method: 'PUT', target: `/${BUCKET}/public`, body: 'x' })).status, 403);
  });

  test('an Authorization header with another scheme is rejected', async () => {
    const response = await send(oss, {
      method: 'GET',
      target: `/${BUCKET}/object`,
      headers: { authorization: 'Basic YTpi' },
    });
    assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
  });

  test('a response to HEAD has the error in a header', async () => {
    const request = { method: 'HEAD', target: `/${BUCKET}/object` };
    const headers = { ...signHeaders(oss, request), authorization: 'OSS unknown:x' };
    const response = await send(oss, { ...request, headers });
    assert.equal(response.body.length, 0);
    assert.match(
      Buffer.from(String(response.headers['x-oss-err']), 'base64').toString(),
      /InvalidAccessKeyId/,
    );
  });

  describe('presigned URLs', () => {
    const statusOf = async (url: string) => (await sendToUrl(url)).status;

    test('V1: return the object with the requested headers', async () => {
      const disposition = 'attachment; filename="a b.txt"';
      const url = sdk(oss).signatureUrl('object', { response: { 'content-disposition': disposition } });
      const response = await sendToUrl(url);
      assert.equal(response.text, 'content');
      assert.equal(response.headers['content-disposition'], disposition);
    });

    test('V4: return the object', async () => {
      const url = await sdk(oss).signatureUrlV4('GET', 60, {}, 'object');
      assert.equal((await sendToUrl(url)).text, 'content');
    });

    test('V4: store an object with signed headers', async () => {
      const headers = { 'content-type': 'text/plain', host: `${BUCKET}.localhost:${oss.port}` };
      const url = await sdk(oss).signatureUrlV4('PUT', 60, { headers }, 'presigned-put', ['host']);
      const response = await sendToUrl(url, {
        method: 'PUT',
        headers: { 'content-type': 'text/plain' },
        body: 'x',
      });
      assert.equal(response.status, 200);
    });

    test('V1: a changed key invalidates the signature', async () => {
      assert.equal(await statusOf(sdk(oss).signatureUrl('object').replace('/object', '/public')), 403);
    });

    test('V4: a changed key invalidates the signature', async () => {
      const url = await sdk(oss).signatureUrlV4('GET', 60, {}, 'object');
      assert.equal(await statusOf(url.replace('/object', '/other')), 403);
    });

    for (const version of ['V1', 'V4']) {
      test(`${version}: are rejected after they expire`, async (t) => {
        const client = sdk(oss);
        const url =
          version === 'V1'
            ? client.signatureUrl('object', { expires: 60 })
            : await client.signatureUrlV4('GET', 60, {}, 'object');
        oss.setClockOffset(61_000 + 1000);
        t.after(() => oss.setClockOffset(0));
        const response = await sendToUrl(url);
        assert.equal(response.status, 403);
        assert.match(response.text, /<Code>AccessDenied<\/Code>.*expired/);
      });
    }

    test('V4: are rejected with a lifetime of more than seven days', async () => {
      const url = await sdk(oss).signatureUrlV4('GET', 604_801, {}, 'object');
      assert.equal(await statusOf(url), 400);
    });
  });

  test('the browser client of the SDK corrects clock skew', async (t) => {
    oss.setClockOffset(60 * MINUTE);
    // The only page global that this client needs.
    Object.assign(globalThis, { location: new URL(oss.url) });
    t.after(() => {
      oss.setClockOffset(0);
      Reflect.deleteProperty(globalThis, 'location');
    });
    const client = browserSdk(oss);
    await client.put('after-skew', Buffer.from('x'));
    const statuses = oss.requests.all({ key: 'after-skew' }).map(({ code, status }) => code ?? status);
    assert.deepEqual(statuses, ['RequestTimeTooSkewed', 200]);
  });

  test('the signature of the raw test requests is accepted', async () => {
    assert.equal((await sendSigned(oss, { method: 'GET', target: `/${BUCKET}/object` })).text, 'content');
  });
});

/** Returns the SDK's browser client with Node's HTTP client in place of XMLHttpRequest. */
function browserSdk(oss: LocalOss): OssClient {
  const BrowserClient = createRequire(import.meta.url)('ali-oss/lib/browser/client.js') as new (
    options: OssClientOptions,
  ) => OssClient;
  return new BrowserClient({
    ...oss.accessKey,
    bucket: BUCKET,
    region: 'oss-cn-hangzhou',
    endpoint: oss.url,
    authorizationV4: true,
    urllib: {
      request: async (url, { method, headers, content }) => {
        const allowed = Object.entries(headers).filter(
          ([name]) => name !== 'Content-Length' && name !== 'host',
        );
        const response = await sendToUrl(url, {
          method,
          headers: Object.fromEntries(allowed),
          ...(content && { body: Buffer.from(content) }),
        });
        const res = { status: response.status, headers: response.headers as Record<string, string> };
        return { ...res, data: response.text, res };
      },
    },
  });
}
