// Fault injection: the effect of each fault, and the requests it applies to.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Fault, FaultRule } from '../../dev/oss-emulator/faults.js';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendSigned, type RawRequest } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

describe('fault injection', () => {
  let oss: LocalOss;
  let uploadId: string;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { cors: uploadCorsRules(['*']) } } });
    ({ uploadId } = await sdk(oss).initMultipartUpload('key'));
  });
  afterEach(() => {
    oss.faults.clear();
    oss.requests.clear();
    oss.setNetworkConditions({ bytesPerSecond: 0, latency: 0 });
  });
  after(() => oss.close());

  const inject = (fault: Fault, rule: Partial<FaultRule> = {}) =>
    oss.faults.add({ match: { operation: 'UploadPart' }, ...rule, fault });
  const part = (number: number, body: Buffer | string = `part ${number}`): RawRequest => ({
    method: 'PUT',
    target: `/${BUCKET}/key?partNumber=${number}&uploadId=${uploadId}`,
    body,
  });
  const isStored = (number: number) => oss.bucket(BUCKET).uploads.get(uploadId)?.parts.has(number) ?? false;
  const md5 = (bytes: Buffer | string) => createHash('md5').update(bytes).digest('hex').toUpperCase();

  for (const at of ['before-body', 'in-body', 'after-body'] as const) {
    test(`resets the connection ${at} without storing the part`, async () => {
      inject({ kind: 'reset', at });
      const ended = oss.requests.waitForNext({ operation: 'UploadPart' });
      await assert.rejects(sendSigned(oss, part(1, Buffer.alloc(1_000_000))), { code: /ECONNRESET|EPIPE/ });
      const entry = await ended;
      assert.deepEqual([entry.disconnected, entry.status, entry.fault], [true, undefined, 'reset']);
      assert.equal(isStored(1), false);
    });
  }

  test('resets the connection after the given number of bytes', async () => {
    inject({ kind: 'reset', at: 'in-body', afterBytes: 300_000 });
    const ended = oss.requests.waitForNext();
    await assert.rejects(sendSigned(oss, part(1, Buffer.alloc(3_000_000))));
    const { bytesReceived } = await ended;
    assert.ok(bytesReceived >= 300_000 && bytesReceived < 1_000_000, `${bytesReceived} bytes`);
  });

  test('stalls a request until the fault is removed', async () => {
    const id = inject({ kind: 'stall', afterBytes: 100 });
    const sending = sendSigned(oss, part(2, Buffer.alloc(1000)));
    const [stalled] = await oss.requests.waitFor({ fault: 'stall' }, 1, 'faulted');
    assert.equal(stalled?.endedAt, undefined);
    oss.faults.remove(id);
    assert.equal((await sending).status, 200);
    assert.ok(isStored(2));
  });

  test('stalls a request without a body', async () => {
    const id = inject({ kind: 'stall' }, { match: { operation: 'ListParts' } });
    const listing = sdk(oss).listParts('key', uploadId);
    await oss.requests.waitFor({ operation: 'ListParts' }, 1, 'faulted');
    oss.faults.remove(id);
    await listing;
  });

  test('limits the bandwidth of a request', async () => {
    inject({ kind: 'slow', bytesPerSecond: 100_000 });
    const ended = oss.requests.waitForNext();
    await sendSigned(oss, part(3, Buffer.alloc(30_000)));
    const { startedAt, lastByteAt = 0 } = await ended;
    assert.ok(lastByteAt - startedAt >= 290, `${lastByteAt - startedAt} ms`);
  });

  test('responds with a status, an error code and Retry-After', async () => {
    inject({ kind: 'status', status: 503, code: 'UploadTrafficRateLimitExceeded', retryAfter: 2 });
    const response = await sendSigned(oss, part(4));
    assert.deepEqual([response.status, response.code], [503, 'UploadTrafficRateLimitExceeded']);
    assert.equal(response.headers['retry-after'], '2');
    assert.equal(isStored(4), false);
  });

  test('executes a request and loses the response', async () => {
    inject({ kind: 'lost-response' });
    await assert.rejects(sendSigned(oss, part(5)), { code: 'ECONNRESET' });
    assert.ok(isStored(5));
  });

  test('completes an upload and loses the response', async () => {
    const client = sdk(oss);
    const upload = await client.initMultipartUpload('lost-complete');
    const { etag } = await client.uploadPart('lost-complete', upload.uploadId, 1, Buffer.from('x'), 0, 1);
    inject({ kind: 'lost-response' }, { match: { operation: 'CompleteMultipartUpload' } });
    await assert.rejects(
      client.completeMultipartUpload('lost-complete', upload.uploadId, [{ number: 1, etag }]),
    );
    assert.equal((await client.head('lost-complete')).status, 200);
  });

  test('delays the response', async () => {
    inject({ kind: 'delayed-response', delay: 150 });
    const ended = oss.requests.waitForNext();
    assert.equal((await sendSigned(oss, part(6))).status, 200);
    const { lastByteAt = 0, endedAt = 0 } = await ended;
    assert.ok(endedAt - lastByteAt >= 145, `${endedAt - lastByteAt} ms`);
  });

  test('corrupts one byte and returns the ETag of the stored bytes', async () => {
    inject({ kind: 'corrupt', offset: 70_000 });
    const bytes = Buffer.alloc(100_000, 'a');
    const { headers } = await sendSigned(oss, part(7, bytes));
    const corrupted = Buffer.from(bytes);
    corrupted[70_000] = (corrupted[70_000] ?? 0) ^ 1;
    assert.equal(headers.etag, `"${md5(corrupted)}"`);
  });

  test('rejects a corrupted part with a Content-MD5 header', async () => {
    inject({ kind: 'corrupt' });
    const contentMd5 = createHash('md5').update('part 8').digest('base64');
    const response = await sendSigned(oss, { ...part(8), headers: { 'content-md5': contentMd5 } });
    assert.equal(response.code, 'InvalidDigest');
    assert.equal(isStored(8), false);
  });

  test('aborts the upload before executing a request', async () => {
    const upload = await sdk(oss).initMultipartUpload('expired');
    inject({ kind: 'abort-upload' }, { match: { key: 'expired' } });
    const sending = sdk(oss).uploadPart('expired', upload.uploadId, 1, Buffer.from('x'), 0, 1);
    assert.equal(await codeOf(sending), 'NoSuchUpload');
    assert.equal(await codeOf(sdk(oss).listParts('expired', upload.uploadId)), 'NoSuchUpload');
  });

  test('redirects without executing the request', async () => {
    inject({ kind: 'redirect', status: 307, location: 'http://portal.localhost/' });
    const { status, headers } = await sendSigned(oss, part(8));
    assert.deepEqual(
      [status, headers.location, headers['access-control-allow-origin']],
      [307, 'http://portal.localhost/', '*'],
    );
    assert.equal(isStored(8), false);
  });

  describe('applies to', () => {
    const failed = { kind: 'status', status: 500, code: 'InternalError' } as const;
    const statusesOf = async (numbers: number[]) => {
      const statuses = [];
      for (const number of numbers) statuses.push((await sendSigned(oss, part(number))).status);
      return statuses;
    };

    test('one request by default', async () => {
      inject(failed);
      assert.deepEqual(await statusesOf([1, 1]), [500, 200]);
    });

    test('the given number of requests after the skipped ones', async () => {
      inject(failed, { skip: 1, times: 2 });
      assert.deepEqual(await statusesOf([1, 1, 1, 1]), [200, 500, 500, 200]);
    });

    test('all requests without a limit', async () => {
      inject(failed, { times: null });
      assert.deepEqual(await statusesOf([1, 1, 1]), [500, 500, 500]);
    });

    test('the given part numbers', async () => {
      inject(failed, { match: { partNumber: [2, 3] }, times: null });
      assert.deepEqual(await statusesOf([1, 2, 3, 4]), [200, 500, 500, 200]);
    });

    test('the given key', async () => {
      inject(failed, { match: { key: 'another' } });
      assert.deepEqual(await statusesOf([1]), [200]);
    });

    test('the given operations', async () => {
      inject(failed, { match: { operation: ['ListParts', 'HeadObject'] } });
      assert.deepEqual(await statusesOf([1]), [200]);
      assert.equal(await codeOf(sdk(oss).listParts('key', uploadId)), 'InternalError');
    });

    test('the given method', async () => {
      inject(failed, { match: { method: 'GET' } });
      assert.deepEqual(await statusesOf([1]), [200]);
    });

    test('preflights only if the rule names them', async () => {
      inject(failed, { match: { key: 'key' } });
      const preflight: RawRequest = {
        method: 'OPTIONS',
        target: part(1).target,
        headers: { origin: 'https://app.example', 'access-control-request-method': 'PUT' },
      };
      assert.equal((await sendSigned(oss, preflight)).status, 200);
      assert.deepEqual(await statusesOf([1]), [500]);
    });
  });

  test('network conditions limit the total bandwidth of uploads', async () => {
    oss.setNetworkConditions({ bytesPerSecond: 200_000, latency: 0 });
    const start = performance.now();
    await Promise.all([1, 2].map((number) => sendSigned(oss, part(number, Buffer.alloc(30_000)))));
    assert.ok(performance.now() - start >= 290);
  });

  test('network conditions limit the bandwidth of downloads', async () => {
    await sdk(oss).put('download', Buffer.alloc(60_000));
    oss.setNetworkConditions({ bytesPerSecond: 200_000, latency: 0 });
    const start = performance.now();
    await sendSigned(oss, { method: 'GET', target: `/${BUCKET}/download` });
    assert.ok(performance.now() - start >= 290);
  });

  test('network conditions delay each request by the latency', async () => {
    oss.setNetworkConditions({ bytesPerSecond: 0, latency: 100 });
    const start = performance.now();
    await sendSigned(oss, part(1));
    assert.ok(performance.now() - start >= 95);
  });
});
