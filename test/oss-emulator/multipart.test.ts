// Multipart uploads: through the SDK's high-level API, step by step, and with invalid requests.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { OssCheckpoint } from 'ali-oss';
import { createCRC64 } from 'hash-wasm';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const PART = 100 * 1024;

describe('a multipart upload', () => {
  let oss: LocalOss;
  let folder: string;
  before(async () => {
    oss = await startOss();
    folder = await mkdtemp(join(tmpdir(), 'multipart-test-'));
  });
  after(async () => {
    await oss.close();
    await rm(folder, { recursive: true });
  });

  async function uploadParts(
    key: string,
    sizes: number[],
  ): Promise<{ uploadId: string; parts: { number: number; etag: string }[] }> {
    const { uploadId } = await sdk(oss).initMultipartUpload(key);
    const parts = [];
    for (const [index, size] of sizes.entries()) {
      const { etag } = await sdk(oss).uploadPart(
        key,
        uploadId,
        index + 1,
        Buffer.alloc(size, index),
        0,
        size,
      );
      parts.push({ number: index + 1, etag });
    }
    return { uploadId, parts };
  }

  const complete = (key: string, uploadId: string, body: string) =>
    sendSigned(oss, { method: 'POST', target: `/${BUCKET}/${key}?uploadId=${uploadId}`, body });

  const partsXml = (parts: { number: number; etag: string }[]) =>
    `<CompleteMultipartUpload>${parts
      .map(({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
      .join('')}</CompleteMultipartUpload>`;

  test('lists parts, uploads and objects with whole seconds, which some SDKs parse literally', async (t) => {
    const now = (): number => Math.floor(Date.now() / 1000) * 1000 + 999;
    const exact = await startOss({ now });
    t.after(() => exact.close());
    await sdk(exact).put('object', Buffer.from('x'));
    const { uploadId } = await sdk(exact).initMultipartUpload('times');
    await sdk(exact).uploadPart('times', uploadId, 1, Buffer.from('x'), 0, 1);
    for (const query of ['', '?list-type=2', '?uploads', `times?uploadId=${uploadId}`]) {
      const { text } = await sendSigned(exact, { method: 'GET', target: `/${BUCKET}/${query}` });
      assert.match(text, /<(LastModified|Initiated)>[\d-]+T[\d:]+\.000Z<\/\1>/, query);
    }
  });

  test('copies ranges of an object onto itself', async () => {
    const bytes = randomBytes(2 * PART);
    await sdk(oss).put('copied', bytes);
    const { uploadId } = await sdk(oss).initMultipartUpload('copied');
    const source = { sourceKey: 'copied', sourceBucketName: BUCKET };
    const parts = [];
    for (const [index, range] of [`0-${PART - 1}`, `${PART}-${2 * PART - 1}`].entries()) {
      const { etag } = await sdk(oss).uploadPartCopy('copied', uploadId, index + 1, range, source);
      parts.push({ number: index + 1, etag });
    }
    await sdk(oss).completeMultipartUpload('copied', uploadId, parts);
    assert.deepEqual((await sdk(oss).get('copied')).content, bytes);
    assert.equal((await sdk(oss).head('copied')).res.headers['x-oss-object-type'], 'Multipart');
  });

  for (const range of ['0-1', '1-0', 'x']) {
    test(`refuses to copy the range ${range} of one byte`, async () => {
      await sdk(oss).put('one-byte', Buffer.from('x'));
      const { uploadId } = await sdk(oss).initMultipartUpload('one-byte');
      const source = { sourceKey: 'one-byte', sourceBucketName: BUCKET };
      const copied = sdk(oss).uploadPartCopy('one-byte', uploadId, 1, range, source);
      assert.equal(await codeOf(copied), 'InvalidArgument');
    });
  }

  test('refuses to copy from another bucket', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('target');
    const source = { sourceKey: 'other', sourceBucketName: 'otherbucket' };
    assert.equal(
      await codeOf(sdk(oss).uploadPartCopy('target', uploadId, 1, '0-0', source)),
      'NotImplemented',
    );
  });

  test('resumes from a checkpoint after a cancel without sending stored parts again', async () => {
    const bytes = randomBytes(20 * PART + 17);
    const path = join(folder, 'movie.bin');
    await writeFile(path, bytes);
    const client = sdk(oss);
    let checkpoint: OssCheckpoint | undefined;
    const first = client.multipartUpload('resumed', path, {
      partSize: PART,
      parallel: 2,
      progress: (_, current) => {
        checkpoint = current;
        if (current && current.doneParts.length >= 5) client.cancel();
      },
    });
    await assert.rejects(first, { name: 'cancel' });
    assert.ok(checkpoint);
    const done = checkpoint.doneParts.map(({ number }) => number);
    oss.requests.clear();
    await sdk(oss).multipartUpload('resumed', path, { checkpoint });
    const sent = oss.requests.all({ operation: 'UploadPart' }).map(({ partNumber }) => partNumber ?? 0);
    assert.deepEqual(
      sent.filter((number) => done.includes(number)),
      [],
    );
    assert.ok((await sdk(oss).get('resumed')).content.equals(bytes));
  });

  test('returns the CRC-64 of the whole object and an ETag with the part count', async () => {
    const bytes = randomBytes(3 * PART + 5);
    const reference = await createCRC64();
    const expected = BigInt(`0x${reference.init().update(bytes).digest('hex')}`);
    const { res, etag } = await sdk(oss).multipartUpload('checked', bytes, { partSize: PART });
    assert.equal(res.headers['x-oss-hash-crc64ecma'], String(expected));
    assert.match(etag, /^"[0-9A-F]{32}-4"$/);
  });

  test('lists parts in pages', async () => {
    const { uploadId } = await uploadParts('paged', [1, 1, 1, 1, 1]);
    const first = await sdk(oss).listParts('paged', uploadId, { 'max-parts': 2 });
    const last = await sdk(oss).listParts('paged', uploadId, {
      'max-parts': 3,
      'part-number-marker': first.nextPartNumberMarker,
    });
    const numbers = [first, last].map(({ parts }) => [parts].flat().map(({ PartNumber }) => PartNumber));
    assert.deepEqual(numbers, [
      ['1', '2'],
      ['3', '4', '5'],
    ]);
    assert.deepEqual([first.isTruncated, last.isTruncated], ['true', 'false']);
  });

  test('rejects pages of more than 1,000 parts', async () => {
    const { uploadId } = await uploadParts('page-too-large', []);
    assert.equal(
      await codeOf(sdk(oss).listParts('page-too-large', uploadId, { 'max-parts': 1001 })),
      'InvalidArgument',
    );
  });

  test('replaces a part when its number is uploaded again', async () => {
    const { uploadId, parts } = await uploadParts('rewritten', [10]);
    const { etag } = await sdk(oss).uploadPart('rewritten', uploadId, 1, Buffer.from('newer'), 0, 5);
    assert.notEqual(etag, parts[0]?.etag);
    await sdk(oss).completeMultipartUpload('rewritten', uploadId, [{ number: 1, etag }]);
    assert.equal((await sdk(oss).get('rewritten')).content.toString(), 'newer');
  });

  test('is listed until it is completed', async () => {
    const { uploadId, parts } = await uploadParts('listed-until-complete', [1]);
    const before = await sdk(oss).listUploads({ prefix: 'listed-until-complete' });
    await sdk(oss).completeMultipartUpload('listed-until-complete', uploadId, parts);
    const after = await sdk(oss).listUploads({ prefix: 'listed-until-complete' });
    assert.deepEqual(
      [before, after].map(({ uploads }) => uploads.map((upload) => upload.uploadId)),
      [[uploadId], []],
    );
  });

  test('does not exist after an abort', async () => {
    const { uploadId } = await uploadParts('aborted', [1]);
    await sdk(oss).abortMultipartUpload('aborted', uploadId);
    assert.equal(
      await codeOf(sdk(oss).uploadPart('aborted', uploadId, 2, Buffer.from('x'), 0, 1)),
      'NoSuchUpload',
    );
  });

  test('does not exist after completion', async () => {
    const { uploadId, parts } = await uploadParts('completed-once', [1]);
    await sdk(oss).completeMultipartUpload('completed-once', uploadId, parts);
    assert.equal(
      await codeOf(sdk(oss).completeMultipartUpload('completed-once', uploadId, parts)),
      'NoSuchUpload',
    );
  });

  test('is only accessible under its own key', async () => {
    const { uploadId } = await uploadParts('own-key', [1]);
    assert.equal(await codeOf(sdk(oss).listParts('other-key', uploadId)), 'NoSuchUpload');
  });

  test('rejects completion with a wrong ETag', async () => {
    const { uploadId } = await uploadParts('wrong-etag', [1]);
    const completion = sdk(oss).completeMultipartUpload('wrong-etag', uploadId, [
      { number: 1, etag: '"00"' },
    ]);
    assert.equal(await codeOf(completion), 'InvalidPart');
  });

  test('rejects completion with a part that was not uploaded', async () => {
    const { uploadId, parts } = await uploadParts('missing-part', [PART]);
    const completion = sdk(oss).completeMultipartUpload('missing-part', uploadId, [
      ...parts,
      { number: 2, etag: '"00"' },
    ]);
    assert.equal(await codeOf(completion), 'InvalidPart');
  });

  test('rejects completion if a part other than the last is too small', async () => {
    const { uploadId, parts } = await uploadParts('small-parts', [PART, PART - 1, 1]);
    assert.equal(
      await codeOf(sdk(oss).completeMultipartUpload('small-parts', uploadId, parts)),
      'EntityTooSmall',
    );
  });

  test('accepts a last part of any size', async () => {
    const { uploadId, parts } = await uploadParts('small-last', [PART, 1]);
    await sdk(oss).completeMultipartUpload('small-last', uploadId, parts);
    assert.equal((await sdk(oss).head('small-last')).res.headers['content-length'], String(PART + 1));
  });

  test('rejects completion with parts out of order', async () => {
    const { uploadId, parts } = await uploadParts('out-of-order', [PART, PART]);
    const response = await complete('out-of-order', uploadId, partsXml(parts.toReversed()));
    assert.deepEqual([response.status, response.code], [400, 'InvalidPartOrder']);
  });

  test('rejects completion with a duplicate part', async () => {
    const { uploadId, parts } = await uploadParts('listed-twice', [PART]);
    const response = await complete('listed-twice', uploadId, partsXml([...parts, ...parts]));
    assert.equal(response.code, 'InvalidPartOrder');
  });

  for (const number of ['0', '10001', '-1', '1.5', 'one', '']) {
    test(`rejects the part number "${number}"`, async () => {
      const { uploadId } = await uploadParts('numbers', []);
      const response = await sendSigned(oss, {
        method: 'PUT',
        target: `/${BUCKET}/numbers?partNumber=${number}&uploadId=${uploadId}`,
        body: 'x',
      });
      assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
    });
  }

  test('accepts part number 10,000', async () => {
    const { uploadId } = await uploadParts('most-parts', []);
    const { etag } = await sdk(oss).uploadPart('most-parts', uploadId, 10_000, Buffer.from('x'), 0, 1);
    await sdk(oss).completeMultipartUpload('most-parts', uploadId, [{ number: 10_000, etag }]);
    assert.equal((await sdk(oss).get('most-parts')).content.toString(), 'x');
  });

  test('is not initiated if overwriting is forbidden and the object exists', async () => {
    await sdk(oss).put('existing', Buffer.from('x'));
    const request = sdk(oss).initMultipartUpload('existing', {
      headers: { 'x-oss-forbid-overwrite': 'true' },
    });
    assert.equal(await codeOf(request), 'FileAlreadyExists');
  });

  test('is not completed if overwriting is forbidden and the object was created meanwhile', async () => {
    const { uploadId, parts } = await uploadParts('conflicting', [1]);
    await sdk(oss).put('conflicting', Buffer.from('first'));
    const completion = sdk(oss).completeMultipartUpload('conflicting', uploadId, parts, {
      headers: { 'x-oss-forbid-overwrite': 'true' },
    });
    assert.equal(await codeOf(completion), 'FileAlreadyExists');
    assert.equal((await sdk(oss).get('conflicting')).content.toString(), 'first');
  });

  test('replaces an existing object', async () => {
    await sdk(oss).put('replaced', Buffer.from('old'));
    const { uploadId, parts } = await uploadParts('replaced', [3]);
    await sdk(oss).completeMultipartUpload('replaced', uploadId, parts);
    assert.deepEqual((await sdk(oss).get('replaced')).content, Buffer.alloc(3));
  });

  test('applies the headers and metadata of the initiate request', async () => {
    const headers = { 'x-oss-storage-class': 'IA', 'x-oss-object-acl': 'private', 'x-oss-tagging': 'a=1' };
    await sdk(oss).multipartUpload('described', Buffer.alloc(2 * PART), {
      partSize: PART,
      meta: { by: 'me' },
      mime: 'video/mp4',
      headers,
    });
    const { res, meta } = await sdk(oss).head('described');
    assert.deepEqual(meta, { by: 'me' });
    assert.equal(res.headers['content-type'], 'video/mp4');
    assert.equal(res.headers['x-oss-storage-class'], 'IA');
    assert.equal(res.headers['x-oss-tagging-count'], '1');
    assert.equal(res.headers['x-oss-object-type'], 'Multipart');
  });

  const etagForms: Record<string, (hex: string) => string> = {
    'decimal references, as Go writes quotes': (hex) => `&#34;${hex}&#34;`,
    'hexadecimal references': (hex) => `&#x22;${hex}&#x22;`,
    'references for digits': (hex) => `&quot;&#${hex.charCodeAt(0)};${hex.slice(1)}&#0034;`,
    'named references': (hex) => `&quot;${hex}&quot;`,
    'no quotes': (hex) => hex,
    'lower case': (hex) => `"${hex.toLowerCase()}"`,
    'a CDATA section': (hex) => `<![CDATA["${hex}"]]>`,
    'whitespace and a comment': (hex) => `\n  "${hex}"<!-- &nbsp; -->\n`,
  };
  for (const [form, write] of Object.entries(etagForms)) {
    test(`completes with an ETag in ${form}`, async () => {
      const { uploadId, parts } = await uploadParts('etag-form', [1]);
      const etag = write(parts[0]!.etag.replaceAll('"', ''));
      const response = await complete('etag-form', uploadId, partsXml([{ number: 1, etag }]));
      assert.equal(response.status, 200, response.text);
    });
  }

  test('completes with a declaration, a namespace, attributes, unknown elements and whitespace', async () => {
    const { uploadId, parts } = await uploadParts('xml-form', [1]);
    const body = `\uFEFF<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <CompleteMultipartUpload xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">
        <Part id='1'>
          <ETag>${parts[0]!.etag}</ETag>
          <Size>1</Size>
          <PartNumber>
            1
          </PartNumber>
        </Part>
      </CompleteMultipartUpload>
    `;
    assert.equal((await complete('xml-form', uploadId, body)).status, 200);
  });

  test('completes with 10,000 parts whose quotes are references', async () => {
    const { uploadId, parts } = await uploadParts('many-references', [1]);
    const etag = parts[0]!.etag.replaceAll('"', '&#34;');
    const missing = Array.from({ length: 9999 }, (_, index) => ({ number: index + 2, etag }));
    const response = await complete('many-references', uploadId, partsXml([{ number: 1, etag }, ...missing]));
    assert.equal(response.code, 'InvalidPart');
    assert.match(response.text, /<PartNumber>2</);
  });

  const encryptions: Record<string, string>[] = [
    { 'x-oss-server-side-encryption': 'AES256' },
    {
      'x-oss-server-side-encryption': 'KMS',
      'x-oss-server-side-encryption-key-id': '9468da86-3509-4f8d-a61e-6eab1eac0000',
      'x-oss-server-side-data-encryption': 'SM4',
    },
  ];
  for (const headers of encryptions) {
    const algorithm = headers['x-oss-server-side-encryption']!;
    test(`returns the headers of ${algorithm} encryption in every response`, async () => {
      const client = sdk(oss);
      const initiated = await client.initMultipartUpload('encrypted', { headers: { ...headers } });
      const part = await client.uploadPart('encrypted', initiated.uploadId, 1, Buffer.from('x'), 0, 1);
      const completed = await client.completeMultipartUpload('encrypted', initiated.uploadId, [
        { number: 1, etag: part.etag },
      ]);
      const read = [await client.head('encrypted'), await client.get('encrypted')];
      const put = await client.put('encrypted', Buffer.from('x'), { headers: { ...headers } });
      for (const { res } of [initiated, part, completed, ...read, put]) {
        const returned = Object.entries(res.headers).filter(([name]) => name.includes('encryption'));
        assert.deepEqual(Object.fromEntries(returned), headers);
      }
    });
  }

  test('rejects encryption headers on a part', async () => {
    const { uploadId } = await uploadParts('encrypted-part', []);
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/encrypted-part?partNumber=1&uploadId=${uploadId}`,
      headers: { 'x-oss-server-side-encryption': 'AES256' },
      body: 'x',
    });
    assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
    assert.equal(response.headers['x-oss-ec'], '0005-00000002');
  });

  const readAnonymously = async (key: string) =>
    (await send(oss, { method: 'GET', target: `/${BUCKET}/${key}` })).status;

  test('takes the ACL from the completion', async () => {
    const { uploadId, parts } = await uploadParts('public', [1]);
    const headers = { 'x-oss-object-acl': 'public-read' };
    await sdk(oss).completeMultipartUpload('public', uploadId, parts, { headers });
    assert.equal(await readAnonymously('public'), 200);
    assert.equal((await sdk(oss).getACL('public')).acl, 'public-read');
  });

  test('ignores the ACL of the initiate request', async () => {
    const headers = { 'x-oss-object-acl': 'public-read' };
    const { uploadId } = await sdk(oss).initMultipartUpload('not-public', { headers });
    const { etag } = await sdk(oss).uploadPart('not-public', uploadId, 1, Buffer.from('x'), 0, 1);
    await sdk(oss).completeMultipartUpload('not-public', uploadId, [{ number: 1, etag }]);
    assert.equal(await readAnonymously('not-public'), 403);
    assert.equal((await sdk(oss).getACL('not-public')).acl, 'default');
  });

  test('is not completed with an unknown ACL', async () => {
    const { uploadId, parts } = await uploadParts('unknown-acl', [1]);
    const completion = sdk(oss).completeMultipartUpload('unknown-acl', uploadId, parts, {
      headers: { 'x-oss-object-acl': 'everyone' },
    });
    assert.equal(await codeOf(completion), 'InvalidArgument');
    await sdk(oss).completeMultipartUpload('unknown-acl', uploadId, parts);
  });

  test('completes with all parts if x-oss-complete-all is set', async () => {
    const { uploadId } = await uploadParts('complete-all', [PART, 1]);
    const response = await sendSigned(oss, {
      method: 'POST',
      target: `/${BUCKET}/complete-all?uploadId=${uploadId}`,
      headers: { 'x-oss-complete-all': 'yes' },
    });
    assert.equal(response.status, 200);
    assert.equal((await sdk(oss).head('complete-all')).res.headers['content-length'], String(PART + 1));
  });

  test('URL-encodes keys on request', async () => {
    const key = 'control\u0001character';
    const { uploadId } = await sdk(oss).initMultipartUpload(key);
    const response = await sendSigned(oss, {
      method: 'GET',
      target: `/${BUCKET}/${encodeURIComponent(key)}?uploadId=${uploadId}&encoding-type=url`,
    });
    assert.match(response.text, /<Key>control%01character<\/Key>/);
  });
});
