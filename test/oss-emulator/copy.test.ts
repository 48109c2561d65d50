// CopyObject with the published SDK, and with raw requests for what the SDK doesn't send.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { parsePolicy, type PolicyStatement } from '../../dev/oss-emulator/policy.js';
import { sendSigned } from './support/raw.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

describe('CopyObject', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
    await sdk(oss).put('source 源+%.txt', Buffer.from('content'), {
      mime: 'text/plain',
      meta: { author: 'li' },
      headers: { 'x-oss-tagging': 'a=b', 'x-oss-object-acl': 'public-read' },
    });
  });
  after(() => oss.close());

  const source = 'source 源+%.txt';
  const etagOf = async (key: string): Promise<string> => (await sdk(oss).head(key)).res.headers['etag'] ?? '';

  test('copies content, content type, metadata and tags, but not the ACL', async () => {
    const { data, res } = await sdk(oss).copy('copy', source);
    const copy = await sdk(oss).get('copy');
    assert.equal(copy.content.toString(), 'content');
    assert.equal(copy.res.headers['content-type'], 'text/plain');
    assert.equal(copy.res.headers['x-oss-meta-author'], 'li');
    assert.deepEqual((await sdk(oss).getObjectTagging('copy')).tag, { a: 'b' });
    assert.equal(oss.bucket(BUCKET).objects.get('copy')?.settings.acl, 'default');
    assert.equal(data.etag, copy.res.headers['etag']);
    assert.equal(res.headers['x-oss-hash-crc64ecma'], copy.res.headers['x-oss-hash-crc64ecma']);
    assert.ok(Math.abs(Date.parse(data.lastModified) - Date.now()) < 60_000);
  });

  test('replaces content type and metadata if the request has them', async () => {
    await sdk(oss).copy('replaced', source, {
      headers: { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment' },
    });
    const { headers } = (await sdk(oss).head('replaced')).res;
    assert.equal(headers['content-type'], 'text/csv');
    assert.equal(headers['content-disposition'], 'attachment');
    assert.equal(headers['x-oss-meta-author'], undefined);
  });

  test('copies an object that was uploaded in parts', async () => {
    const bytes = Buffer.alloc(300_000, 'x');
    await sdk(oss).multipartUpload('parts', bytes, { partSize: 102_400 });
    await sdk(oss).copy('copy-of-parts', 'parts');
    assert.deepEqual((await sdk(oss).get('copy-of-parts')).content, bytes);
  });

  test('copies only the version that If-Match names', async () => {
    const headers = { 'If-Match': await etagOf(source) };
    await sdk(oss).copy('matched', source, { headers });
    const stale = sdk(oss).copy('not-matched', source, { headers: { 'If-Match': '"0"' } });
    assert.equal(await codeOf(stale), 'PreconditionFailed');
    assert.equal(oss.bucket(BUCKET).objects.has('not-matched'), false);
  });

  test('doesn’t overwrite an object if that is forbidden', async () => {
    await sdk(oss).put('taken', Buffer.from('old'));
    const headers = { 'x-oss-forbid-overwrite': 'true' };
    assert.equal(await codeOf(sdk(oss).copy('taken', source, { headers })), 'FileAlreadyExists');
    assert.equal((await sdk(oss).get('taken')).content.toString(), 'old');
  });

  test('fails if the source doesn’t exist', async () => {
    assert.equal(await codeOf(sdk(oss).copy('copy', 'nothing')), 'NoSuchKey');
  });

  test('writes the date with whole seconds', async () => {
    const { data } = await sdk(oss).copy('dated', source);
    assert.match(data.lastModified, /:\d\d\.000Z$/);
  });

  for (const operation of ['CopyObject', 'UploadPartCopy']) {
    test(`reports a source that is deleted before ${operation} opens it`, async (t) => {
      await sdk(oss).put('deleted', Buffer.from('x'));
      const { uploadId } = await sdk(oss).initMultipartUpload('target-of-deleted');
      const bucket = oss.bucket(BUCKET);
      const receive = bucket.receive.bind(bucket);
      t.mock.method(bucket, 'receive', async (...body: Parameters<typeof receive>) => {
        await bucket.deleteObject('deleted');
        return await receive(...body);
      });
      const query = operation === 'CopyObject' ? '' : `?partNumber=1&uploadId=${uploadId}`;
      const response = await sendSigned(oss, {
        method: 'PUT',
        target: `/${BUCKET}/target-of-deleted${query}`,
        headers: { 'x-oss-copy-source': `/${BUCKET}/deleted` },
      });
      assert.deepEqual([response.status, response.code], [404, 'NoSuchKey']);
    });
  }

  const refused: [string, Record<string, string>, string][] = [
    ['another bucket', { 'x-oss-copy-source': '/otherbucket/key' }, 'NotImplemented'],
    ['a version', { 'x-oss-copy-source': `/${BUCKET}/key?versionId=1` }, 'NotImplemented'],
    ['a source without a key', { 'x-oss-copy-source': `/${BUCKET}/` }, 'InvalidArgument'],
    ['a source that isn’t UTF-8', { 'x-oss-copy-source': `/${BUCKET}/%ff` }, 'InvalidArgument'],
    [
      'an unknown metadata directive',
      { 'x-oss-copy-source': `/${BUCKET}/copy`, 'x-oss-metadata-directive': 'MERGE' },
      'InvalidArgument',
    ],
    [
      'a condition that isn’t implemented',
      { 'x-oss-copy-source': `/${BUCKET}/copy`, 'x-oss-copy-source-if-none-match': '"0"' },
      'NotImplemented',
    ],
  ];
  for (const [name, headers, code] of refused) {
    test(`refuses ${name}`, async () => {
      const response = await sendSigned(oss, { method: 'PUT', target: `/${BUCKET}/target`, headers });
      assert.equal(response.code, code);
      assert.equal(oss.bucket(BUCKET).objects.has('target'), false);
    });
  }

  for (const parameter of ['acl', 'tagging']) {
    test(`refuses a copy source in a request for ?${parameter}`, async () => {
      const headers = { 'x-oss-copy-source': `/${BUCKET}/copy` };
      const target = `/${BUCKET}/target?${parameter}`;
      const response = await sendSigned(oss, { method: 'PUT', target, headers });
      assert.equal(response.code, 'NotImplemented');
    });
  }

  describe('with a session policy', () => {
    const allow = (action: string, prefix: string): PolicyStatement => ({
      Effect: 'Allow',
      Action: `oss:${action}`,
      Resource: `acs:oss:*:*:${BUCKET}/${prefix}*`,
    });
    const withSession = (...statements: PolicyStatement[]) => {
      const policy = parsePolicy(JSON.stringify({ Version: '1', Statement: statements }));
      return sdkWithSession(oss, oss.tokens.issue(60_000, policy));
    };
    before(() => sdk(oss).put('in/a', Buffer.from('a')));

    test('needs GetObject on the source and PutObject on the target', async () => {
      await withSession(allow('GetObject', 'in/'), allow('PutObject', 'out/')).copy('out/a', 'in/a');
      assert.equal((await sdk(oss).get('out/a')).content.toString(), 'a');
    });

    const denied: [string, PolicyStatement[]][] = [
      ['GetObject on the source', [allow('PutObject', ''), allow('GetObject', 'out/')]],
      ['PutObject on the target', [allow('GetObject', ''), allow('PutObject', 'in/')]],
    ];
    for (const [name, statements] of denied) {
      test(`is denied without ${name}`, async () => {
        assert.equal(await codeOf(withSession(...statements).copy('out/b', 'in/a')), 'AccessDenied');
        assert.equal(oss.bucket(BUCKET).objects.has('out/b'), false);
      });
    }

    test('denies UploadPartCopy without GetObject on the source', async () => {
      const session = withSession(allow('PutObject', 'out/'), allow('GetObject', 'out/'));
      const { uploadId } = await session.initMultipartUpload('out/c');
      const copied = session.uploadPartCopy('out/c', uploadId, 1, '0-0', {
        sourceKey: 'in/a',
        sourceBucketName: BUCKET,
      });
      assert.equal(await codeOf(copied), 'AccessDenied');
    });
  });
});
