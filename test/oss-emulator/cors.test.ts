// CORS as OSS answers it: preflights, and the headers that let a page read an answer.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { UPLOAD_CORS_RULES, type CorsRule } from '../../dev/oss-emulator/cors.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned, type RawResponse } from './support/raw.js';
import { BUCKET, startOss } from './support/sdk.js';

const ORIGIN = 'https://app.example';
const UPLOAD_HEADERS = 'authorization,content-type,x-oss-content-sha256,x-oss-date,x-oss-security-token';

describe('CORS', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
  });
  beforeEach(() => oss.setCors(BUCKET, [...UPLOAD_CORS_RULES]));
  after(() => oss.close());

  const preflight = (headers: Record<string, string>): Promise<RawResponse> =>
    send(oss, { method: 'OPTIONS', target: `/${BUCKET}/key?partNumber=1&uploadId=x`, headers });
  const wanted = {
    origin: ORIGIN,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': UPLOAD_HEADERS,
  };
  const corsOf = ({ headers }: RawResponse) =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  const rule = (changes: Partial<CorsRule>): CorsRule[] => [
    { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST', 'GET'], allowedHeaders: ['*'], ...changes },
  ];

  test('a new bucket lets a page upload', async () => {
    const { status, headers } = await preflight(wanted);
    assert.equal(status, 200);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.match(String(headers['access-control-allow-methods']), /PUT/);
    assert.equal(headers['access-control-allow-headers'], UPLOAD_HEADERS.split(',').join(', '));
    assert.equal(headers['access-control-max-age'], '600');
  });

  test('a new bucket lets a page read ETag, request id and CRC-64', async () => {
    const answer = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/key`,
      headers: { origin: ORIGIN },
      body: '',
    });
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(
      answer.headers['access-control-expose-headers'],
      'ETag, x-oss-request-id, x-oss-hash-crc64ecma',
    );
  });

  test('an error can be read as well', async () => {
    const answer = await sendSigned(oss, {
      method: 'GET',
      target: `/${BUCKET}/nothing`,
      headers: { origin: ORIGIN },
    });
    assert.equal(answer.status, 404);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
  });

  const refusals: Record<string, CorsRule[]> = {
    'another origin': rule({ allowedOrigins: ['https://other.example'] }),
    'an origin that only begins alike': rule({ allowedOrigins: ['https://app.exampl'] }),
    'another method': rule({ allowedMethods: ['GET'] }),
    'a header that is not allowed': rule({ allowedHeaders: ['authorization', 'content-type'] }),
    'no allowed headers': rule({ allowedHeaders: [] }),
    'no rules at all': [],
  };
  for (const [name, rules] of Object.entries(refusals)) {
    test(`a preflight meets 403 without CORS headers: ${name}`, async () => {
      await oss.setCors(BUCKET, rules);
      const answer = await preflight(wanted);
      assert.deepEqual([answer.status, answer.code], [403, 'AccessForbidden']);
      assert.deepEqual(corsOf(answer), []);
    });
  }

  test('an exact origin is answered with itself', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: [ORIGIN] }));
    const { headers } = await preflight(wanted);
    assert.deepEqual([headers['access-control-allow-origin'], headers['vary']], [ORIGIN, 'Origin']);
  });

  test('an origin may have a wildcard for its subdomain', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: ['https://*.example'] }));
    assert.equal((await preflight(wanted)).headers['access-control-allow-origin'], ORIGIN);
  });

  test('the second rule serves where the first does not', async () => {
    await oss.setCors(BUCKET, [...rule({ allowedMethods: ['GET'] }), ...rule({ allowedOrigins: [ORIGIN] })]);
    assert.equal((await preflight(wanted)).headers['access-control-allow-origin'], ORIGIN);
  });

  test('an answer to an origin without a rule has no CORS headers', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: ['https://other.example'] }));
    const answer = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/key`,
      headers: { origin: ORIGIN },
      body: '',
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(corsOf(answer), []);
  });

  test('a preflight without an origin is none', async () => {
    assert.equal((await preflight({ 'access-control-request-method': 'PUT' })).status, 400);
  });

  test('a preflight needs no signature, whatever the bucket holds', async () => {
    assert.equal(
      (await send(oss, { method: 'OPTIONS', target: `/${BUCKET}/`, headers: wanted })).status,
      200,
    );
  });
});
