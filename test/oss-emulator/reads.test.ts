// Reading objects: conditional requests, ranges, `+` in paths and bandwidth limits.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

describe('reading an object', () => {
  let oss: LocalOss;
  let etag: string;
  let modified: number;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { v1Signatures: true } } });
    // Half a second past a full one: HTTP dates have no milliseconds.
    oss.setClockOffset(Math.floor(Date.now() / 1000) * 1000 + 500 - Date.now());
    const { res } = await sdk(oss).put('object', Buffer.from('0123456789'), { meta: { a: 'b' } });
    etag = res.headers['etag'] ?? '';
    modified = Date.parse((await sdk(oss).head('object')).res.headers['last-modified'] ?? '');
  });
  after(() => oss.close());

  const date = (seconds: number) => new Date(modified + seconds * 1000).toUTCString();
  const other = '"5D41402ABC4B2A76B9719D911017C592"';

  const conditions: [name: string, headers: () => Record<string, string>, status: number][] = [
    ['If-Match with the ETag', () => ({ 'If-Match': etag }), 200],
    ['If-Match with the ETag without quotes', () => ({ 'If-Match': etag.replaceAll('"', '') }), 200],
    ['If-Match with several ETags', () => ({ 'If-Match': `${other}, ${etag}` }), 200],
    ['If-Match with any ETag', () => ({ 'If-Match': '*' }), 200],
    ['If-Match with another ETag', () => ({ 'If-Match': other }), 412],
    ['If-None-Match with the ETag', () => ({ 'If-None-Match': etag }), 304],
    ['If-None-Match with another ETag', () => ({ 'If-None-Match': other }), 200],
    ['If-Modified-Since with an earlier date', () => ({ 'If-Modified-Since': date(-1) }), 200],
    ['If-Modified-Since with the date', () => ({ 'If-Modified-Since': date(0) }), 304],
    ['If-Modified-Since with a later date', () => ({ 'If-Modified-Since': date(1) }), 304],
    ['If-Modified-Since with an invalid date', () => ({ 'If-Modified-Since': '2999-01-01' }), 200],
    ['If-Unmodified-Since with an earlier date', () => ({ 'If-Unmodified-Since': date(-1) }), 412],
    ['If-Unmodified-Since with the date', () => ({ 'If-Unmodified-Since': date(0) }), 200],
    ['If-Unmodified-Since with an invalid date', () => ({ 'If-Unmodified-Since': 'x' }), 200],
    [
      'another ETag than before, within the same second',
      () => ({ 'If-None-Match': other, 'If-Modified-Since': date(0) }),
      200,
    ],
    [
      'If-Match with the ETag and an earlier date',
      () => ({ 'If-Match': etag, 'If-Unmodified-Since': date(-1) }),
      200,
    ],
  ];
  for (const [name, headers, status] of conditions) {
    for (const method of ['GET', 'HEAD']) {
      test(`responds to ${method} with ${name} with ${status}`, async () => {
        const response = await sendSigned(oss, { method, target: `/${BUCKET}/object`, headers: headers() });
        assert.equal(response.status, status);
        assert.equal(response.headers.etag, status === 412 ? undefined : etag);
        assert.equal(response.text.length > 0, method === 'GET' && status !== 304);
      });
    }
  }

  test('names the condition that failed', async () => {
    const failed = sdk(oss).get('object', { headers: { 'If-Unmodified-Since': date(-1) } });
    await assert.rejects(failed, {
      code: 'PreconditionFailed',
      message: /\(condition: If-Unmodified-Since\)$/,
    });
  });

  test('returns the metadata only if the object has been modified', async () => {
    const { status, meta } = await sdk(oss).head('object', { headers: { 'If-None-Match': etag } });
    assert.deepEqual([status, meta], [304, null]);
  });

  for (const method of ['PUT', 'DELETE']) {
    test(`refuses conditions on ${method} as OSS does`, async () => {
      const headers = { 'If-None-Match': '*' };
      const response = await sendSigned(oss, { method, target: `/${BUCKET}/object`, headers });
      assert.deepEqual([response.status, response.code], [400, 'NotImplemented']);
      assert.match(response.text, /<Header>if-none-match<\/Header>/);
    });
  }

  const ranges: [range: string, byDefault: [number, string], standard: [number, string]][] = [
    ['bytes=2-4', [206, '234'], [206, '234']],
    ['bytes=7-', [206, '789'], [206, '789']],
    ['bytes=-3', [206, '789'], [206, '789']],
    ['bytes=0-9', [206, '0123456789'], [206, '0123456789']],
    ['bytes=7-20', [200, '0123456789'], [206, '789']],
    ['bytes=-20', [200, '0123456789'], [206, '0123456789']],
    ['bytes=10-', [200, '0123456789'], [416, 'InvalidRange']],
    ['bytes=12-20', [200, '0123456789'], [416, 'InvalidRange']],
    ['bytes=4-2', [200, '0123456789'], [200, '0123456789']],
    ['bytes=x', [200, '0123456789'], [200, '0123456789']],
  ];
  for (const [range, ...expected] of ranges) {
    for (const [index, behavior] of ['', 'standard'].entries()) {
      test(`returns ${expected[index]!.join(' ')} for ${range} ${behavior}`, async () => {
        const headers = { range, ...(behavior && { 'x-oss-range-behavior': behavior }) };
        const response = await sendSigned(oss, { method: 'GET', target: `/${BUCKET}/object`, headers });
        assert.deepEqual([response.status, response.code ?? response.text], expected[index]);
      });
    }
  }

  /** Sends a request to a presigned URL. */
  const open = (url: string, method = 'GET', body = '') => {
    const { host, pathname, search } = new URL(url);
    return send(oss, { method, target: pathname + search, headers: { host }, body });
  };
  const presign: Record<string, (key: string) => Promise<string> | string> = {
    V1: (key) => sdk(oss, { authorizationV4: false }).signatureUrl(key),
    V4: (key) => sdk(oss).signatureUrlV4('GET', 60, {}, key),
  };
  for (const [version, sign] of Object.entries(presign)) {
    test(`reads + in the path as a space (${version})`, async () => {
      await sdk(oss).put('two words', Buffer.from('space'));
      const url = await sign('two words');
      assert.match(url, /two%20words/);
      assert.equal((await open(url.replace('two%20words', 'two+words'))).text, 'space');
    });

    test(`does not read + in the path as a plus sign (${version})`, async () => {
      await sdk(oss).put('two+words', Buffer.from('plus'));
      const url = await sign('two+words');
      assert.equal((await open(url)).text, 'plus');
      assert.equal((await open(url.replace('two%2Bwords', 'two+words'))).code, 'SignatureDoesNotMatch');
    });
  }

  test('returns only size, ETag, date and CRC-64 for GetObjectMeta', async () => {
    await sdk(oss).put('meta', Buffer.from('123456789'), { meta: { a: 'b' }, mime: 'text/plain' });
    const { res } = await sdk(oss).getObjectMeta('meta');
    const { date: _date, connection: _connection, server: _server, ...headers } = res.headers;
    assert.deepEqual(headers, {
      'content-length': '9',
      etag: '"25F9E794323B453885F5181F1B624D0B"',
      'last-modified': headers['last-modified'],
      'x-oss-hash-crc64ecma': '11051210869376104954',
      'x-oss-request-id': headers['x-oss-request-id'],
    });
    assert.equal(await codeOf(sdk(oss).getObjectMeta('missing')), 'NoSuchKey');
  });

  test('replaces content headers by those in the query of a signed request', async () => {
    const query = 'response-content-type=text%2Fcsv&response-content-disposition=attachment';
    const { headers } = await sendSigned(oss, { method: 'GET', target: `/${BUCKET}/object?${query}` });
    assert.equal(headers['content-type'], 'text/csv');
    assert.equal(headers['content-disposition'], 'attachment');
  });

  for (const name of ['content-length', 'transfer-encoding', 'set-cookie', 'access-control-allow-origin']) {
    test(`doesn’t replace the header ${name}`, async () => {
      const target = `/${BUCKET}/object?response-${name}=1`;
      const response = await sendSigned(oss, { method: 'GET', target });
      assert.deepEqual([response.status, response.code], [501, 'NotImplemented']);
    });
  }

  test('doesn’t replace headers for an anonymous request', async () => {
    await sdk(oss).put('public', Buffer.from('x'), { headers: { 'x-oss-object-acl': 'public-read' } });
    const target = `/${BUCKET}/public?response-content-type=text%2Fhtml`;
    const response = await send(oss, { method: 'GET', target });
    assert.deepEqual([response.status, response.code], [400, 'InvalidRequest']);
  });

  test('limits the bandwidth of a request that asks for it', async () => {
    const started = performance.now();
    const body = 'x'.repeat(30_000);
    const headers = { 'x-oss-traffic-limit': '819200' };
    await sendSigned(oss, { method: 'PUT', target: `/${BUCKET}/limited`, headers, body });
    const target = `/${BUCKET}/limited?x-oss-traffic-limit=819200`;
    assert.equal((await sendSigned(oss, { method: 'GET', target })).text, body);
    const elapsed = performance.now() - started;
    assert.ok(elapsed >= 550, `${elapsed} ms`);
  });

  test('refuses a bandwidth limit in both the headers and the query', async () => {
    const response = await sendSigned(oss, {
      method: 'GET',
      target: `/${BUCKET}/object?x-oss-traffic-limit=819200`,
      headers: { 'x-oss-traffic-limit': '819200' },
    });
    assert.equal(response.code, 'InvalidArgument');
  });

  test('returns and changes the ACL', async () => {
    await sdk(oss).put('acl', Buffer.from('x'), { headers: { 'x-oss-object-acl': 'private' } });
    assert.equal((await sdk(oss).getACL('acl')).acl, 'private');
    await sdk(oss).putACL('acl', 'public-read');
    assert.equal((await sdk(oss).getACL('acl')).acl, 'public-read');
    assert.equal((await send(oss, { method: 'GET', target: `/${BUCKET}/acl` })).text, 'x');
    assert.equal(await codeOf(sdk(oss).putACL('acl', 'everyone')), 'InvalidArgument');
    assert.equal(await codeOf(sdk(oss).getACL('missing')), 'NoSuchKey');
  });
});
