// Integrity checks: Content-MD5, truncated bodies, ETags and fsync.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendPartialBody, sendSigned, sendHead } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

describe('integrity', () => {
  let oss: LocalOss;
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'integrity-test-'));
    oss = await startOss({ root });
  });
  after(async () => {
    await oss.close();
    await rm(root, { recursive: true });
  });

  const md5 = (text: string) => createHash('md5').update(text).digest('base64');
  const put = (key: string, contentMd5: string) =>
    sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/${key}`,
      headers: { 'content-md5': contentMd5 },
      body: 'hello',
    });

  test('stores a body that matches Content-MD5', async () => {
    assert.equal((await put('matching-md5', md5('hello'))).status, 200);
  });

  test('rejects a body that does not match Content-MD5', async () => {
    const response = await put('wrong-md5', md5('other'));
    assert.deepEqual([response.status, response.code], [400, 'InvalidDigest']);
    assert.equal(response.headers['x-oss-ec'], '0017-00000503');
    assert.ok(response.text.includes(`<Content-MD5>${md5('other')}</Content-MD5>`));
    assert.equal(await codeOf(sdk(oss).head('wrong-md5')), 'NoSuchKey');
  });

  for (const value of ['bm90LW1kNQ==', '5d41402abc4b2a76b9719d911017c592', 'XUFAKrxLKna5cZ2REBfFkg', '']) {
    test(`rejects the malformed Content-MD5 "${value}"`, async () => {
      const response = await put('malformed-md5', value);
      assert.deepEqual([response.status, response.code], [400, 'InvalidDigest']);
      assert.equal(response.headers['x-oss-ec'], '0017-00000502');
    });
  }

  test('rejects a part that does not match Content-MD5', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('wrong-part-md5');
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/wrong-part-md5?partNumber=1&uploadId=${uploadId}`,
      headers: { 'content-md5': md5('other') },
      body: 'hello',
    });
    assert.equal(response.code, 'InvalidDigest');
    assert.deepEqual((await sdk(oss).listParts('wrong-part-md5', uploadId)).parts, []);
  });

  test('compares Content-MD5 with the body of a completion, not with the object', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('complete-md5');
    const { etag } = await sdk(oss).uploadPart('complete-md5', uploadId, 1, Buffer.from('hello'), 0, 5);
    const part = `<Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part>`;
    const body = `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`;
    const complete = (contentMd5: string) =>
      sendSigned(oss, {
        method: 'POST',
        target: `/${BUCKET}/complete-md5?uploadId=${uploadId}`,
        headers: { 'content-md5': contentMd5 },
        body,
      });
    assert.equal((await complete(md5('hello'))).code, 'InvalidDigest');
    assert.equal((await complete(md5(body))).status, 200);
  });

  test('rejects PutObject without Content-Length', async () => {
    const request = { method: 'PUT', target: `/${BUCKET}/no-length` };
    const response = await sendHead(oss, request, { connection: 'close' });
    assert.match(response, /^HTTP\/1\.1 411 /);
    assert.match(response, /<Code>MissingContentLength<\/Code>/);
  });

  test('leaves neither an object nor a file after a truncated body', async () => {
    const request = { method: 'PUT', target: `/${BUCKET}/truncated` };
    const ended = oss.requests.waitForNext({ key: 'truncated' });
    const socket = await sendPartialBody(oss, request, 1_000_000, Buffer.alloc(500_000));
    socket.resetAndDestroy();
    const entry = await ended;
    assert.equal(entry.disconnected, true);
    assert.equal(await codeOf(sdk(oss).head('truncated')), 'NoSuchKey');
    assert.deepEqual(await readdir(join(root, BUCKET, 'incoming')), []);
  });

  test('does not list a truncated part', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('truncated-part');
    const request = { method: 'PUT', target: `/${BUCKET}/truncated-part?partNumber=1&uploadId=${uploadId}` };
    const ended = oss.requests.waitForNext({ operation: 'UploadPart', key: 'truncated-part' });
    (await sendPartialBody(oss, request, 300_000, Buffer.alloc(200_000))).end();
    await ended;
    assert.deepEqual((await sdk(oss).listParts('truncated-part', uploadId)).parts, []);
  });

  test('completes uploads and checks Content-MD5 with CRC-64 ETags', async (t) => {
    const fast = await startOss({ etags: 'crc64' });
    t.after(() => fast.close());
    const bytes = Buffer.alloc(250 * 1024, 'x');
    await sdk(fast).multipartUpload('in-parts', bytes, { partSize: 100 * 1024 });
    assert.ok((await sdk(fast).get('in-parts')).content.equals(bytes));
    const headers = { 'content-md5': md5('other') };
    const response = await sendSigned(fast, {
      method: 'PUT',
      target: `/${BUCKET}/x`,
      headers,
      body: 'hello',
    });
    assert.equal(response.code, 'InvalidDigest');
  });

  test('stores objects with fsync enabled', async (t) => {
    const durable = await startOss({ fsync: true });
    t.after(() => durable.close());
    await sdk(durable).put('durable', Buffer.from('x'));
    assert.equal((await sdk(durable).get('durable')).content.toString(), 'x');
  });
});
