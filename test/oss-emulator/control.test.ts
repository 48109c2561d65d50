// The control endpoints through their client, as a test in a page uses them, and the request log.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send } from './support/raw.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

describe('the control endpoints', () => {
  let oss: LocalOss;
  let control: OssControl;
  before(async () => {
    oss = await startOss();
    control = new OssControl(oss.url);
  });
  beforeEach(() => control.clearRequests());
  after(() => oss.close());

  test('create a bucket', async () => {
    await control.createBucket('madebycontrol', { region: 'oss-cn-beijing' });
    const client = sdk(oss, { bucket: 'madebycontrol', region: 'oss-cn-beijing' });
    assert.equal((await client.put('x', Buffer.from('x'))).res.status, 200);
  });

  test('say what is wrong with a bucket name', async () => {
    await assert.rejects(control.createBucket('NO'), /Not a valid bucket name/);
  });

  test('change CORS rules', async () => {
    await control.createBucket('corsbucket');
    await control.setCors('corsbucket', []);
    assert.deepEqual(oss.bucket('corsbucket').settings.cors, []);
  });

  test('order a fault, and take it back', async () => {
    const id = await control.addFault({
      match: {},
      times: null,
      fault: { kind: 'status', status: 500, code: 'X' },
    });
    assert.equal(await codeOf(sdk(oss).put('x', Buffer.from('x'))), 'X');
    await control.removeFaults(id);
    assert.equal((await sdk(oss).put('x', Buffer.from('x'))).res.status, 200);
  });

  test('list requests by what they were', async () => {
    await sdk(oss).put('listed', Buffer.from('12345'));
    const [entry] = await control.requests({ key: 'listed', operation: ['PutObject', 'HeadObject'] });
    assert.equal(entry?.status, 200);
    assert.equal(entry?.bytesReceived, 5);
    assert.equal(entry?.signatureVersion, 'v4');
    assert.ok((entry?.endedAt ?? 0) >= (entry?.lastByteAt ?? Infinity));
  });

  test('wait for requests that are still to come', async () => {
    const waiting = control.waitFor({ key: 'awaited', operation: 'PutObject' }, 2);
    await sdk(oss).put('awaited', Buffer.from('1'));
    await sdk(oss).put('awaited', Buffer.from('2'));
    assert.equal((await waiting).length, 2);
  });

  test('know of requests that are over', async () => {
    await sdk(oss).put('past', Buffer.from('1'));
    assert.equal((await control.waitFor({ key: 'past' })).length, 1);
  });

  test('wait for the next request', async () => {
    const waiting = oss.requests.waitForNext({ key: 'next' }, 'started');
    await sdk(oss).put('next', Buffer.from('1'));
    assert.equal((await waiting).key, 'next');
  });

  test('stop waiting when the page has gone', async () => {
    const gone = new AbortController();
    const waiting = control.waitForNext({ key: 'never' }, 'ended', gone.signal);
    gone.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  test('put the clock forward', async (t) => {
    await control.setClockOffset(3_600_000);
    t.after(() => control.setClockOffset(0));
    assert.equal(await codeOf(sdk(oss).put('x', Buffer.from('x'))), 'RequestTimeTooSkewed');
  });

  test('slow the line down', async (t) => {
    await control.setNetworkConditions({ bytesPerSecond: 100_000, latency: 0 });
    t.after(() => control.setNetworkConditions({ bytesPerSecond: 0, latency: 0 }));
    const start = performance.now();
    await sdk(oss).put('slow', Buffer.alloc(20_000));
    assert.ok(performance.now() - start >= 190);
  });

  test('describe an object by its bytes', async () => {
    const bytes = Buffer.alloc(250 * 1024, 'bytes');
    await sdk(oss).multipartUpload('described', bytes, {
      partSize: 100 * 1024,
      mime: 'video/mp4',
      meta: { a: 'b' },
    });
    const report = await control.object(BUCKET, 'described');
    assert.equal(report?.size, bytes.length);
    assert.equal(report?.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(report?.contentType, 'video/mp4');
    assert.deepEqual(report?.meta, { a: 'b' });
  });

  test('say that there is no object', async () => {
    assert.equal(await control.object(BUCKET, 'nothing'), null);
  });

  test('delete an object', async () => {
    await sdk(oss).put('doomed', Buffer.from('x'));
    assert.equal(await control.deleteObject(BUCKET, 'doomed'), true);
    assert.equal(await control.object(BUCKET, 'doomed'), null);
  });

  test('lose a part', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('losing');
    await sdk(oss).uploadPart('losing', uploadId, 1, Buffer.from('x'), 0, 1);
    assert.equal(await control.deletePart(BUCKET, uploadId, 1), true);
    const upload = (await control.uploads()).find((candidate) => candidate.uploadId === uploadId);
    assert.deepEqual(upload?.parts, []);
  });

  test('abort an upload behind its client', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('dropped');
    assert.equal(await control.abortUpload(BUCKET, uploadId), true);
    assert.equal(await codeOf(sdk(oss).listParts('dropped', uploadId)), 'NoSuchUpload');
  });

  test('issue session credentials with a policy', async () => {
    const credentials = await control.issueCredentials(60_000, {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'oss:PutObject', Resource: `acs:oss:*:*:${BUCKET}/a/*` }],
    });
    const client = sdkWithSession(oss, credentials);
    assert.equal((await client.put('a/x', Buffer.from('x'))).res.status, 200);
    assert.equal(await codeOf(client.put('b/x', Buffer.from('x'))), 'AccessDenied');
  });

  test('can be used from any page', async () => {
    const answer = await send(oss, { method: 'OPTIONS', target: '/_control/faults' });
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.match(String(answer.headers['access-control-allow-methods']), /DELETE/);
  });

  test('name what does not exist', async () => {
    assert.equal((await send(oss, { method: 'GET', target: '/_control/nothing' })).status, 404);
  });

  test('refuse what is no JSON', async () => {
    assert.equal((await send(oss, { method: 'POST', target: '/_control/faults', body: '{' })).status, 400);
  });
});

test('the request log holds no secret and no token', async (t) => {
  const oss = await startOss();
  t.after(() => oss.close());
  const credentials = oss.tokens.issue(60_000);
  await sdkWithSession(oss, credentials).put('x', Buffer.from('x'));
  await fetch(sdkWithSession(oss, credentials, { sldEnable: true }).signatureUrl('x'));
  const log = JSON.stringify(oss.requests.all());
  assert.ok(log.includes(credentials.AccessKeyId));
  assert.equal(log.includes(credentials.AccessKeySecret), false);
  assert.equal(log.includes(credentials.SecurityToken), false);
});
