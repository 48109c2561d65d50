// Restarting an emulator with the same root directory, also after it was killed.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { startLocalOss, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const PART = 100 * 1024;

describe('after a restart', () => {
  let root: string;
  let oss: LocalOss;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'restart-test-'));
    oss = await startOss({
      root,
      buckets: { [BUCKET]: { region: 'cn-shanghai', domains: ['files.example'] } },
    });
  });
  afterEach(async () => {
    await oss.close();
    await rm(root, { recursive: true });
  });
  const shanghai = () => sdk(oss, { region: 'oss-cn-shanghai' });
  async function restart(): Promise<void> {
    await oss.close();
    oss = await startLocalOss({ root });
  }

  test('keeps the settings of buckets', async () => {
    await oss.setCors(BUCKET, []);
    await restart();
    assert.deepEqual(oss.bucket(BUCKET).settings, {
      region: 'cn-shanghai',
      domains: ['files.example'],
      cors: [],
      pathStyle: false,
      v1Signatures: false,
    });
  });

  test('keeps objects with their headers and metadata', async () => {
    await shanghai().put('文件', Buffer.from('content'), { meta: { a: '1' }, mime: 'text/plain' });
    const before = await shanghai().head('文件');
    await restart();
    const after = await shanghai().head('文件');
    const { 'x-oss-request-id': _before, date: _dateBefore, ...headersBefore } = before.res.headers;
    const { 'x-oss-request-id': _after, date: _dateAfter, ...headersAfter } = after.res.headers;
    assert.deepEqual(headersAfter, headersBefore);
    assert.equal((await shanghai().get('文件')).content.toString(), 'content');
  });

  test('keeps in-progress uploads with their parts', async () => {
    const { uploadId } = await shanghai().initMultipartUpload('resumed', { meta: { a: '1' } });
    const first = await shanghai().uploadPart('resumed', uploadId, 1, Buffer.alloc(PART, 1), 0, PART);
    await restart();
    const second = await shanghai().uploadPart('resumed', uploadId, 2, Buffer.alloc(5, 2), 0, 5);
    const { parts } = await shanghai().listParts('resumed', uploadId);
    assert.deepEqual(
      [parts].flat().map(({ PartNumber, ETag }) => [PartNumber, ETag]),
      [
        ['1', first.etag],
        ['2', second.etag],
      ],
    );
    await shanghai().completeMultipartUpload('resumed', uploadId, [
      { number: 1, etag: first.etag },
      { number: 2, etag: second.etag },
    ]);
    const { content } = await shanghai().get('resumed');
    assert.ok(content.equals(Buffer.concat([Buffer.alloc(PART, 1), Buffer.alloc(5, 2)])));
    assert.deepEqual((await shanghai().head('resumed')).meta, { a: '1' });
  });

  test('does not restore deleted, aborted or replaced data', async () => {
    await shanghai().put('deleted', Buffer.from('x'));
    await shanghai().delete('deleted');
    await shanghai().put('replaced', Buffer.from('old'));
    await shanghai().put('replaced', Buffer.from('new'));
    const { uploadId } = await shanghai().initMultipartUpload('aborted');
    await shanghai().abortMultipartUpload('aborted', uploadId);
    await restart();
    assert.equal(await codeOf(shanghai().head('deleted')), 'NoSuchKey');
    assert.equal((await shanghai().get('replaced')).content.toString(), 'new');
    assert.equal(await codeOf(shanghai().listParts('aborted', uploadId)), 'NoSuchUpload');
  });

  test('removes incomplete files of a killed emulator', async () => {
    await writeFile(join(root, BUCKET, 'incoming', 'incomplete-part'), 'x');
    await mkdir(join(root, BUCKET, 'uploads', 'WITHOUT-UPLOAD-JSON'));
    await restart();
    assert.deepEqual(await readdir(join(root, BUCKET, 'incoming')), []);
    assert.equal(oss.bucket(BUCKET).uploads.size, 0);
  });

  test('leaves no files of replaced, completed or deleted objects', async () => {
    await shanghai().multipartUpload('a', Buffer.alloc(3 * PART), { partSize: PART });
    await shanghai().multipartUpload('a', Buffer.alloc(3 * PART), { partSize: PART });
    await shanghai().delete('a');
    const entries = await readdir(join(root, BUCKET), { recursive: true });
    assert.deepEqual(entries.sort(), ['bucket.json', 'incoming', 'objects', 'uploads']);
  });
});
