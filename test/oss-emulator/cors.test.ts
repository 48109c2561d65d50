// CORS: preflights, and the headers that let a page read a response.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { uploadCorsRules, type CorsRule } from '../../dev/oss-emulator/cors.js';
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
  beforeEach(() => oss.setCors(BUCKET, uploadCorsRules(['*'])));
  after(() => oss.close());

  const preflight = (headers: Record<string, string>): Promise<RawResponse> =>
    send(oss, { method: 'OPTIONS', target: `/${BUCKET}/key?partNumber=1&uploadId=x`, headers });
  const preflightRequest = {
    origin: ORIGIN,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': UPLOAD_HEADERS,
  };
  const corsOf = ({ headers }: RawResponse) =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  const rule = (changes: Partial<CorsRule>): CorsRule[] => [
    { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST', 'GET'], allowedHeaders: ['*'], ...changes },
  ];

  test('the rules for uploads allow any origin', async () => {
    const { status, headers } = await preflight(preflightRequest);
    assert.equal(status, 200);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.match(String(headers['access-control-allow-methods']), /PUT/);
    assert.equal(headers['access-control-allow-headers'], UPLOAD_HEADERS.split(',').join(', '));
    assert.equal(headers['access-control-max-age'], '600');
  });

  test('the rules for uploads expose ETag, request ID and CRC-64', async () => {
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/key`,
      headers: { origin: ORIGIN },
      body: '',
    });
    assert.equal(response.headers['access-control-allow-origin'], '*');
    assert.equal(
      response.headers['access-control-expose-headers'],
      'ETag, x-oss-request-id, x-oss-hash-crc64ecma',
    );
  });

  test('error responses have CORS headers', async () => {
    const response = await sendSigned(oss, {
      method: 'GET',
      target: `/${BUCKET}/nothing`,
      headers: { origin: ORIGIN },
    });
    assert.equal(response.status, 404);
    assert.equal(response.headers['access-control-allow-origin'], '*');
  });

  const rejected: Record<string, CorsRule[]> = {
    'another origin': rule({ allowedOrigins: ['https://other.example'] }),
    'an origin with a matching prefix only': rule({ allowedOrigins: ['https://app.exampl'] }),
    'another method': rule({ allowedMethods: ['GET'] }),
    'a disallowed header': rule({ allowedHeaders: ['authorization', 'content-type'] }),
    'no allowed headers': rule({ allowedHeaders: [] }),
    'no rules': [],
  };
  for (const [name, rules] of Object.entries(rejected)) {
    test(`a preflight is rejected with 403 and no CORS headers: ${name}`, async () => {
      await oss.setCors(BUCKET, rules);
      const response = await preflight(preflightRequest);
      assert.deepEqual([response.status, response.code], [403, 'AccessForbidden']);
      assert.deepEqual(corsOf(response), []);
    });
  }

  test('an exact origin is echoed in the response', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: [ORIGIN] }));
    const { headers } = await preflight(preflightRequest);
    assert.deepEqual([headers['access-control-allow-origin'], headers['vary']], [ORIGIN, 'Origin']);
  });

  test('a wildcard matches a subdomain', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: ['https://*.example'] }));
    assert.equal((await preflight(preflightRequest)).headers['access-control-allow-origin'], ORIGIN);
  });

  test('the first matching rule applies', async () => {
    await oss.setCors(BUCKET, [...rule({ allowedMethods: ['GET'] }), ...rule({ allowedOrigins: [ORIGIN] })]);
    assert.equal((await preflight(preflightRequest)).headers['access-control-allow-origin'], ORIGIN);
  });

  test('a response to an origin without a matching rule has no CORS headers', async () => {
    await oss.setCors(BUCKET, rule({ allowedOrigins: ['https://other.example'] }));
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/key`,
      headers: { origin: ORIGIN },
      body: '',
    });
    assert.equal(response.status, 200);
    assert.deepEqual(corsOf(response), []);
  });

  test('a preflight without an origin is rejected with 400', async () => {
    assert.equal((await preflight({ 'access-control-request-method': 'PUT' })).status, 400);
  });

  test('a preflight needs no signature', async () => {
    assert.equal(
      (await send(oss, { method: 'OPTIONS', target: `/${BUCKET}/`, headers: preflightRequest })).status,
      200,
    );
  });
});
