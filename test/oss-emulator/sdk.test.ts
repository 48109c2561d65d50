// The unmodified SDK against the emulator, with both signature versions and every addressing style. V1 signatures and
// path style need a relaxed bucket.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OssClientOptions } from 'ali-oss';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { codeOf, sdk, startOss } from './support/sdk.js';

const UNUSUAL_KEYS = [
  'plain.txt',
  'with spaces and + and %',
  '100%25.txt',
  "!'()*~-_.",
  'a?b#c&d=e',
  '中文/文件.txt',
  'emoji-😀👩‍👩‍👧.bin',
  'trailing/slash/',
  'double//slash',
  'quotes"and<angles>&amp;',
  'x'.repeat(1023),
  '文'.repeat(341),
];

const SIGNATURES: Record<string, Partial<OssClientOptions>> = {
  V4: { authorizationV4: true },
  V1: { authorizationV4: false },
};

const ADDRESSES: Record<string, (oss: LocalOss) => Partial<OssClientOptions>> = {
  'the bucket in the host': (oss) => ({ endpoint: oss.url }),
  'the bucket and the region in the host': (oss) => ({
    endpoint: `http://oss-cn-hangzhou.localhost:${oss.port}`,
  }),
  'the bucket in the path': (oss) => ({ endpoint: oss.url, sldEnable: true }),
  'a bound domain': (oss) => ({ endpoint: `http://files.example:${oss.port}`, cname: true, bucket: 'bound' }),
  'localhost as a bound domain': (oss) => ({
    endpoint: `http://127.0.0.1:${oss.port}`,
    cname: true,
    bucket: 'bare',
  }),
};

for (const [signature, signing] of Object.entries(SIGNATURES)) {
  for (const [address, addressing] of Object.entries(ADDRESSES)) {
    describe(`ali-oss with ${signature} and ${address}`, () => {
      const v1Signatures = !signing.authorizationV4;
      let oss: LocalOss;
      before(async () => {
        oss = await startOss({
          buckets: {
            examplebucket: { v1Signatures, pathStyle: address === 'the bucket in the path' },
            bound: { v1Signatures, domains: ['files.example'] },
            bare: { v1Signatures, domains: ['127.0.0.1'] },
          },
        });
      });
      after(() => oss.close());
      const client = () => sdk(oss, { ...signing, ...addressing(oss) });

      test('stores and returns an object', async () => {
        await client().put('hello.txt', Buffer.from('hello'));
        const { content } = await client().get('hello.txt');
        assert.equal(content.toString(), 'hello');
      });

      test('stores objects under unusual keys', async () => {
        for (const key of UNUSUAL_KEYS) await client().put(key, Buffer.from(key));
        for (const key of UNUSUAL_KEYS) assert.equal((await client().get(key)).content.toString(), key);
      });

      test('stores an object as a multipart upload', async () => {
        const bytes = Buffer.alloc(350 * 1024, 'part');
        await client().multipartUpload('parts 分片.bin', bytes, { partSize: 100 * 1024 });
        const { content } = await client().get('parts 分片.bin');
        assert.ok(content.equals(bytes));
      });

      test('deletes an object', async () => {
        await client().put('deleted', Buffer.from('x'));
        await client().delete('deleted');
        assert.equal(await codeOf(client().head('deleted')), 'NoSuchKey');
      });
    });
  }
}

describe('objects', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
  });
  after(() => oss.close());

  test('an empty object has the CRC-64 and the MD5 of an empty string', async () => {
    const { res } = await sdk(oss).put('empty', Buffer.alloc(0));
    assert.equal(res.headers['x-oss-hash-crc64ecma'], '0');
    assert.equal(res.headers['etag'], '"D41D8CD98F00B204E9800998ECF8427E"');
  });

  test('the CRC-64 is returned in decimal and matches the check value', async () => {
    const { res } = await sdk(oss).put('check', Buffer.from('123456789'));
    assert.equal(res.headers['x-oss-hash-crc64ecma'], String(0x995dc9bbdf1939fan));
  });

  test('metadata and content headers are returned unchanged', async () => {
    await sdk(oss).put('described', Buffer.from('x'), {
      meta: { author: 'someone' },
      mime: 'text/plain',
      headers: { 'Cache-Control': 'no-cache', 'Content-Disposition': 'attachment; filename="a.txt"' },
    });
    const { meta, res } = await sdk(oss).head('described');
    assert.deepEqual(meta, { author: 'someone' });
    assert.equal(res.headers['content-type'], 'text/plain');
    assert.equal(res.headers['cache-control'], 'no-cache');
    assert.equal(res.headers['content-disposition'], 'attachment; filename="a.txt"');
  });

  test('non-ASCII metadata is signed and stored as UTF-8', async () => {
    const client = sdk(oss, { headerEncoding: 'latin1' });
    await client.put('described-in-chinese', Buffer.from('x'), { meta: { author: '张三' } });
    const { res } = await client.head('described-in-chinese');
    assert.equal(Buffer.from(res.headers['x-oss-meta-author'] ?? '', 'latin1').toString(), '张三');
  });

  test('tags are stored and listed', async () => {
    await sdk(oss).put('tagged', Buffer.from('x'), {
      headers: { 'x-oss-tagging': 'team=video&stage=raw%20cut' },
    });
    const { tag } = await sdk(oss).getObjectTagging('tagged');
    assert.deepEqual(tag, { team: 'video', stage: 'raw cut' });
  });

  test('tags can be replaced', async () => {
    await sdk(oss).put('retagged', Buffer.from('x'), { headers: { 'x-oss-tagging': 'a=1' } });
    await sdk(oss).putObjectTagging('retagged', { b: '2' });
    assert.deepEqual((await sdk(oss).getObjectTagging('retagged')).tag, { b: '2' });
  });

  test('an object is not replaced if overwriting is forbidden', async () => {
    await sdk(oss).put('kept', Buffer.from('first'));
    const second = sdk(oss).put('kept', Buffer.from('second'), {
      headers: { 'x-oss-forbid-overwrite': 'true' },
    });
    assert.equal(await codeOf(second), 'FileAlreadyExists');
    assert.equal((await sdk(oss).get('kept')).content.toString(), 'first');
  });

  test('a range spans part boundaries of a multipart object', async () => {
    const bytes = Buffer.from(Array.from({ length: 300 * 1024 }, (_, index) => index % 251));
    await sdk(oss).multipartUpload('ranged', bytes, { partSize: 100 * 1024 });
    const { content, res } = await sdk(oss).get('ranged', { headers: { Range: 'bytes=102390-204810' } });
    assert.equal(res.status, 206);
    assert.equal(res.headers['content-range'], 'bytes 102390-204810/307200');
    assert.ok(content.equals(bytes.subarray(102390, 204811)));
  });

  test('a suffix range returns the last bytes', async () => {
    await sdk(oss).put('tail', Buffer.from('0123456789'));
    const { content } = await sdk(oss).get('tail', { headers: { Range: 'bytes=-3' } });
    assert.equal(content.toString(), '789');
  });

  test('a request to a missing bucket fails with NoSuchBucket', async () => {
    assert.equal(
      await codeOf(sdk(oss, { bucket: 'missingbucket' }).put('x', Buffer.from('x'))),
      'NoSuchBucket',
    );
  });

  test('an object list has pages and common prefixes and is sorted by UTF-8 bytes', async () => {
    const keys = ['list/a', 'list/b/1', 'list/b/2', 'list/文', 'list/😀', 'list/z'];
    for (const key of keys) await sdk(oss).put(key, Buffer.from('x'));
    const first = await sdk(oss).listV2({ prefix: 'list/', delimiter: '/', 'max-keys': 3 });
    const second = await sdk(oss).listV2({
      prefix: 'list/',
      delimiter: '/',
      'max-keys': 3,
      'continuation-token': first.nextContinuationToken ?? '',
    });
    assert.deepEqual(first.prefixes, ['list/b/']);
    assert.deepEqual(
      [...(first.objects ?? []), ...(second.objects ?? [])].map(({ name }) => name),
      ['list/a', 'list/z', 'list/文', 'list/😀'],
    );
  });

  test('version 1 of the object list has the same pages, marked by name, and the owner of each object', async () => {
    const keys = ['list-1/a', 'list-1/b/1', 'list-1/b/2', 'list-1/c d+e', 'list-1/文'];
    for (const key of keys) await sdk(oss).put(key, Buffer.from('x'));
    const query = { prefix: 'list-1/', delimiter: '/', 'max-keys': 2 };
    const first = await sdk(oss).list(query);
    const second = await sdk(oss).list({ ...query, marker: first.nextMarker ?? '' });
    assert.deepEqual([first.prefixes, first.nextMarker], [['list-1/b/'], 'list-1/b/']);
    assert.deepEqual(
      [...(first.objects ?? []), ...(second.objects ?? [])].map(({ name }) => name),
      ['list-1/a', 'list-1/c d+e', 'list-1/文'],
    );
    assert.match(second.objects?.[0]?.owner.id ?? '', /^\d{16}$/);
  });
});
