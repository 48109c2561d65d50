// Limits that keep a client from exhausting the memory or the disk of the machine.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import { send, sendSigned } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('the size of a request body', () => {
  let oss: LocalOss;
  let sts: LocalSts;
  before(async () => {
    oss = await startOss();
    sts = await startLocalSts({ oss });
  });
  after(() => Promise.all([sts.close(), oss.close()]));

  const targets: Record<string, () => { port: number; path: string }> = {
    'the control API': () => ({ port: oss.port, path: '/_control/faults' }),
    'the STS': () => ({ port: Number(new URL(sts.url).port), path: '/' }),
  };
  /** Resolves with the status of the response, which must arrive though the body never ends. */
  const statusOf = ({ port, path }: { port: number; path: string }, headers: object, start: Buffer) =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        {
          ...{ host: '127.0.0.1', port, path, method: 'POST', agent: false },
          headers: { authorization: `Bearer ${oss.controlToken}`, ...headers },
        },
        (response) => {
          resolve(response.statusCode);
          request.destroy();
        },
      );
      request.on('error', reject);
      request.write(start);
    });

  for (const [name, target] of Object.entries(targets)) {
    test(`is limited by ${name} before it is read`, async () => {
      assert.equal(await statusOf(target(), { 'content-length': 150 * MIB }, Buffer.alloc(1)), 413);
    });

    test(`is limited by ${name} while it is read`, async () => {
      const headers = { 'transfer-encoding': 'chunked' };
      assert.equal(await statusOf(target(), headers, Buffer.alloc(MIB + 1, ' ')), 413);
    });
  }

  test('is not limited by the control API to less than 1 MiB', async () => {
    const fault = { match: {}, fault: { kind: 'status', status: 500, code: 'X' } };
    const body = JSON.stringify(fault).padEnd(MIB);
    const headers = { authorization: `Bearer ${oss.controlToken}` };
    const { status } = await send(oss, { method: 'POST', target: '/_control/faults', headers, body });
    oss.faults.clear();
    assert.equal(status, 200);
  });

  test('is limited by the control API for each request of a connection', async () => {
    const control = new OssControl(oss);
    const name = 'x'.repeat(2 * MIB);
    await assert.rejects(control.createBucket(name), /1 MiB/);
    assert.deepEqual(await control.uploads(), []);
  });

  test('lets CompleteMultipartUpload list 10,000 indented parts', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('key');
    const part = (number: number) =>
      `  <Part>\r\n    <PartNumber>${number}</PartNumber>\r\n    <ETag>&quot;${'0'.repeat(32)}&quot;</ETag>\r\n  </Part>\r\n`;
    const parts = Array.from({ length: 10_000 }, (_, index) => part(index + 1)).join('');
    const target = `/${BUCKET}/key?uploadId=${uploadId}`;
    const body = `<CompleteMultipartUpload>\r\n${parts}</CompleteMultipartUpload>`;
    // The parts don't exist, but the list was read.
    assert.equal((await sendSigned(oss, { method: 'POST', target, body })).code, 'InvalidPart');
  });

  for (const [name, method, target] of [
    ['PutObjectTagging', 'PUT', `/${BUCKET}/key?tagging`],
    ['CompleteMultipartUpload', 'POST', `/${BUCKET}/key?uploadId=x`],
  ] as const) {
    test(`is limited by ${name}`, async () => {
      await sdk(oss).put('key', Buffer.from('x'));
      const response = await sendSigned(oss, { method, target, body: ' '.repeat(2 * MIB + 1) });
      assert.deepEqual([response.status, response.code], [400, 'EntityTooLarge']);
    });
  }
});

describe('the request log', () => {
  let oss: LocalOss;
  let control: OssControl;
  before(async () => {
    oss = await startOss({ maxLoggedRequests: 3 });
    control = new OssControl(oss);
  });
  after(() => oss.close());

  const put = (key: string) => sdk(oss).put(key, Buffer.from('x'));

  test('keeps the latest requests', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key);
    const entries = await control.requests();
    assert.deepEqual(
      entries.map(({ key, sequence }) => [key, sequence]),
      [
        ['c', 3],
        ['d', 4],
        ['e', 5],
      ],
    );
  });

  test('reports requests to those who wait, after it has been full', async () => {
    const waiting = control.waitFor({ key: 'awaited' }, 3);
    const next = control.waitForNext({ key: 'awaited' });
    for (let count = 0; count < 3; count += 1) await put('awaited');
    assert.equal((await waiting).length, 3);
    assert.equal((await next).key, 'awaited');
  });

  test('refuses to wait for more requests than it keeps', async () => {
    await assert.rejects(control.waitFor({}, 4), /3/);
  });
});

describe('the faults', () => {
  test('are limited in number', async (t) => {
    const oss = await startOss();
    t.after(() => oss.close());
    const control = new OssControl(oss);
    const rule = { match: { key: 'never' }, fault: { kind: 'lost-response' } } as const;
    for (let count = 0; count < 10_000; count += 1) oss.faults.add(rule);
    await assert.rejects(control.addFault(rule), /10000/);
    await control.removeFaults();
    assert.ok((await control.addFault(rule)) > 0);
  });
});

describe('the waiting requests', () => {
  test('are limited in number', async (t) => {
    const oss = await startOss();
    t.after(() => oss.close());
    const waiting = Array.from({ length: 1_000 }, () => {
      const abort = new AbortController();
      return { abort, ended: oss.requests.waitForNext({}, 'ended', abort.signal).catch(() => undefined) };
    });
    const control = new OssControl(oss);
    await assert.rejects(control.waitForNext(), /1000/);
    for (const { abort, ended } of waiting) {
      abort.abort();
      await ended;
    }
    const next = oss.requests.waitForNext({ key: 'x' });
    await sdk(oss).put('x', Buffer.from('x'));
    assert.equal((await next).key, 'x');
  });
});

describe('the disk quota', () => {
  let oss: LocalOss;
  let root: string;
  const QUOTA = 500 * KIB;
  const half = Buffer.alloc(QUOTA / 2);
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'quota-test-'));
    oss = await startOss({ root, quota: QUOTA });
  });
  after(async () => {
    await oss.close();
    await rm(root, { recursive: true });
  });

  const put = (key: string, body: Buffer) => sdk(oss).put(key, body);
  const files = async () => (await readdir(join(root, BUCKET, 'incoming'))).length;

  test('is shared by objects and parts, and freed by deletion', async () => {
    await put('object', half);
    assert.equal(await codeOf(put('too-large', Buffer.alloc(half.length + 1))), 'QuotaExceeded');
    assert.equal(await codeOf(sdk(oss).head('too-large')), 'NoSuchKey');
    assert.equal(await files(), 0);

    const { uploadId } = await sdk(oss).initMultipartUpload('parts');
    const uploadPart = (number: number) =>
      sdk(oss).uploadPart('parts', uploadId, number, half, 0, half.length);
    await uploadPart(1);
    // Until the part is replaced, both files are on the disk.
    assert.equal(await codeOf(uploadPart(1)), 'QuotaExceeded');
    assert.equal(await codeOf(uploadPart(2)), 'QuotaExceeded');

    await sdk(oss).abortMultipartUpload('parts', uploadId);
    await put('object', half);
    await put('other', half);
    assert.equal(await codeOf(put('x', Buffer.from('x'))), 'QuotaExceeded');
    await sdk(oss).delete('other');
    await put('x', Buffer.from('x'));
  });

  test('covers all buckets, and the data of an earlier run', async () => {
    await oss.close();
    oss = await startOss({ root, quota: QUOTA, buckets: { [BUCKET]: {}, 'other-bucket': {} } });
    const other = sdk(oss, { bucket: 'other-bucket' });
    assert.equal(await codeOf(other.put('x', half)), 'QuotaExceeded');
    await sdk(oss).delete('object');
    await other.put('x', half);
    await other.delete('x');
    await sdk(oss).delete('x');
  });

  test('applies to a body of unknown length, and to concurrent ones', async () => {
    const target = `/${BUCKET}/chunked`;
    const headers = { 'transfer-encoding': 'chunked' };
    const chunked = await sendSigned(oss, { method: 'PUT', target, headers, body: Buffer.alloc(2 * QUOTA) });
    assert.deepEqual([chunked.status, chunked.code], [403, 'QuotaExceeded']);

    const concurrent = await Promise.allSettled(['a', 'b', 'c', 'd'].map((key) => put(key, half)));
    const stored = concurrent.filter(({ status }) => status === 'fulfilled').length;
    assert.ok(stored <= 2, String(stored));
    assert.equal(await files(), 0);
  });

  test('is reported before a body is sent that is too large by its own account', async () => {
    const headers = { 'content-length': String(QUOTA + 1) };
    const request = { method: 'PUT', target: `/${BUCKET}/declared`, headers, body: Buffer.alloc(QUOTA + 1) };
    assert.equal((await sendSigned(oss, request)).code, 'QuotaExceeded');
  });
});
