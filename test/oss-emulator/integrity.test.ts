// What arrived is what was sent: Content-MD5, and bodies that are cut off.

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

  test('a body with the MD5 announced is stored', async () => {
    assert.equal((await put('right-md5', md5('hello'))).status, 200);
  });

  test('a body with another MD5 is refused and not stored', async () => {
    const answer = await put('wrong-md5', md5('other'));
    assert.deepEqual([answer.status, answer.code], [400, 'BadDigest']);
    assert.equal(await codeOf(sdk(oss).head('wrong-md5')), 'NoSuchKey');
  });

  test('a Content-MD5 that is none is refused', async () => {
    assert.equal((await put('no-md5', 'bm90LW1kNQ==')).code, 'InvalidDigest');
  });

  test('a put without a length is refused', async () => {
    const request = { method: 'PUT', target: `/${BUCKET}/lengthless` };
    const answer = await sendHead(oss, request, { connection: 'close' });
    assert.match(answer, /^HTTP\/1\.1 411 /);
    assert.match(answer, /<Code>MissingContentLength<\/Code>/);
  });

  test('a body that is cut off leaves no object and no file', async () => {
    const request = { method: 'PUT', target: `/${BUCKET}/cut-off` };
    const ended = oss.requests.waitForNext({ key: 'cut-off' });
    const socket = await sendPartialBody(oss, request, 1_000_000, Buffer.alloc(500_000));
    socket.resetAndDestroy();
    const entry = await ended;
    assert.equal(entry.disconnected, true);
    assert.equal(await codeOf(sdk(oss).head('cut-off')), 'NoSuchKey');
    assert.deepEqual(await readdir(join(root, BUCKET, 'incoming')), []);
  });

  test('a part that is cut off is not listed', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('cut-part');
    const request = { method: 'PUT', target: `/${BUCKET}/cut-part?partNumber=1&uploadId=${uploadId}` };
    const ended = oss.requests.waitForNext({ operation: 'UploadPart', key: 'cut-part' });
    (await sendPartialBody(oss, request, 300_000, Buffer.alloc(200_000))).end();
    await ended;
    assert.deepEqual((await sdk(oss).listParts('cut-part', uploadId)).parts, []);
  });

  test('with ETags made of CRC-64, uploads complete and Content-MD5 is still checked', async (t) => {
    const fast = await startOss({ etags: 'crc64' });
    t.after(() => fast.close());
    const bytes = Buffer.alloc(250 * 1024, 'x');
    await sdk(fast).multipartUpload('in-parts', bytes, { partSize: 100 * 1024 });
    assert.ok((await sdk(fast).get('in-parts')).content.equals(bytes));
    const headers = { 'content-md5': md5('other') };
    const answer = await sendSigned(fast, { method: 'PUT', target: `/${BUCKET}/x`, headers, body: 'hello' });
    assert.equal(answer.code, 'BadDigest');
  });

  test('with fsync, an object is stored all the same', async (t) => {
    const durable = await startOss({ fsync: true });
    t.after(() => durable.close());
    await sdk(durable).put('durable', Buffer.from('x'));
    assert.equal((await sdk(durable).get('durable')).content.toString(), 'x');
  });
});
