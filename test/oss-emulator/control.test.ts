// The control API through its client, and the request log.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendToUrl } from './support/raw.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

describe('the control API', () => {
  let oss: LocalOss;
  let control: OssControl;
  before(async () => {
    oss = await startOss();
    control = new OssControl(oss);
  });
  beforeEach(() => control.clearRequests());
  after(() => oss.close());

  test('creates a bucket', async () => {
    await control.createBucket('controlbucket', { region: 'oss-cn-beijing' });
    const client = sdk(oss, { bucket: 'controlbucket', region: 'oss-cn-beijing' });
    assert.equal((await client.put('x', Buffer.from('x'))).res.status, 200);
  });

  test('reports an invalid bucket name', async () => {
    await assert.rejects(control.createBucket('NO'), /Invalid bucket name/);
  });

  test('replaces CORS rules', async () => {
    const rules = [{ allowedOrigins: ['https://app.example'], allowedMethods: ['PUT'] }];
    await control.createBucket('corsbucket');
    await control.setCors('corsbucket', rules);
    assert.deepEqual(oss.bucket('corsbucket').settings.cors, rules);
  });

  test('leaves its path to object keys where the host names the bucket', async () => {
    await sdk(oss).put('_control/requests', Buffer.from('x'));
    assert.equal((await sdk(oss).get('_control/requests')).content.toString(), 'x');
  });

  test('injects and removes a fault', async () => {
    const id = await control.addFault({
      match: {},
      times: null,
      fault: { kind: 'status', status: 500, code: 'X' },
    });
    assert.equal(await codeOf(sdk(oss).put('x', Buffer.from('x'))), 'X');
    await control.removeFaults(id);
    assert.equal((await sdk(oss).put('x', Buffer.from('x'))).res.status, 200);
  });

  test('filters logged requests', async () => {
    await sdk(oss).put('listed', Buffer.from('12345'));
    const [entry] = await control.requests({ key: 'listed', operation: ['PutObject', 'HeadObject'] });
    assert.equal(entry?.status, 200);
    assert.equal(entry.bytesReceived, 5);
    assert.equal(entry.signatureVersion, 'v4');
    assert.ok((entry.endedAt ?? 0) >= (entry.lastByteAt ?? Infinity));
  });

  test('waits for future requests', async () => {
    const waiting = control.waitFor({ key: 'awaited', operation: 'PutObject' }, 2);
    await sdk(oss).put('awaited', Buffer.from('1'));
    await sdk(oss).put('awaited', Buffer.from('2'));
    assert.equal((await waiting).length, 2);
  });

  test('includes finished requests when waiting', async () => {
    await sdk(oss).put('past', Buffer.from('1'));
    assert.equal((await control.waitFor({ key: 'past' })).length, 1);
  });

  test('waits for the next request', async () => {
    const waiting = oss.requests.waitForNext({ key: 'next' }, 'started');
    await sdk(oss).put('next', Buffer.from('1'));
    assert.equal((await waiting).key, 'next');
  });

  test('stops waiting when the client disconnects', async () => {
    const controller = new AbortController();
    const waiting = control.waitForNext({ key: 'never' }, 'ended', controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  test('moves the clock forward', async (t) => {
    await control.setClockOffset(3_600_000);
    t.after(() => control.setClockOffset(0));
    assert.equal(await codeOf(sdk(oss).put('x', Buffer.from('x'))), 'RequestTimeTooSkewed');
  });

  test('limits the bandwidth', async (t) => {
    await control.setNetworkConditions({ bytesPerSecond: 100_000, latency: 0 });
    t.after(() => control.setNetworkConditions({ bytesPerSecond: 0, latency: 0 }));
    const start = performance.now();
    await sdk(oss).put('slow', Buffer.alloc(20_000));
    assert.ok(performance.now() - start >= 190);
  });

  test('returns the size, digest, type and metadata of an object', async () => {
    const bytes = Buffer.alloc(250 * 1024, 'bytes');
    await sdk(oss).multipartUpload('described', bytes, {
      partSize: 100 * 1024,
      mime: 'video/mp4',
      meta: { a: 'b' },
    });
    const object = await control.object(BUCKET, 'described');
    assert.equal(object?.size, bytes.length);
    assert.equal(object.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(object.contentType, 'video/mp4');
    assert.deepEqual(object.meta, { a: 'b' });
  });

  test('returns null for an object that does not exist', async () => {
    assert.equal(await control.object(BUCKET, 'nothing'), null);
  });

  test('deletes an object', async () => {
    await sdk(oss).put('deleted', Buffer.from('x'));
    assert.equal(await control.deleteObject(BUCKET, 'deleted'), true);
    assert.equal(await control.object(BUCKET, 'deleted'), null);
  });

  test('deletes a part', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('incomplete');
    await sdk(oss).uploadPart('incomplete', uploadId, 1, Buffer.from('x'), 0, 1);
    assert.equal(await control.deletePart(BUCKET, uploadId, 1), true);
    const upload = (await control.uploads()).find((candidate) => candidate.uploadId === uploadId);
    assert.deepEqual(upload?.parts, []);
  });

  test('aborts a multipart upload', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('aborted');
    assert.equal(await control.abortUpload(BUCKET, uploadId), true);
    assert.equal(await codeOf(sdk(oss).listParts('aborted', uploadId)), 'NoSuchUpload');
  });

  test('issues session credentials with a policy', async () => {
    const credentials = await control.issueCredentials(60_000, {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'oss:PutObject', Resource: `acs:oss:*:*:${BUCKET}/a/*` }],
    });
    const client = sdkWithSession(oss, credentials);
    assert.equal((await client.put('a/x', Buffer.from('x'))).res.status, 200);
    assert.equal(await codeOf(client.put('b/x', Buffer.from('x'))), 'AccessDenied');
  });

  test('expires the session credentials that were issued before, and no others', async () => {
    const before = sdkWithSession(oss, await control.issueCredentials(60_000));
    assert.equal((await before.put('expired', Buffer.from('x'))).res.status, 200);
    await control.expireCredentials();
    assert.equal(await codeOf(before.put('expired', Buffer.from('x'))), 'SecurityTokenExpired');
    const after = sdkWithSession(oss, await control.issueCredentials(60_000));
    assert.equal((await after.put('expired', Buffer.from('x'))).res.status, 200);
  });

  test('responds with 404 for an unknown endpoint', async () => {
    const headers = { authorization: `Bearer ${oss.controlToken}` };
    assert.equal((await send(oss, { method: 'GET', target: '/_control/nothing', headers })).status, 404);
  });

  test('responds with 400 to a body that is not JSON', async () => {
    const headers = { authorization: `Bearer ${oss.controlToken}` };
    const request = { method: 'POST', target: '/_control/faults', headers, body: '{' };
    assert.equal((await send(oss, request)).status, 400);
  });
});

test('the request log contains neither secrets nor security tokens', async (t) => {
  const oss = await startOss();
  t.after(() => oss.close());
  const credentials = oss.tokens.issue(60_000);
  await sdkWithSession(oss, credentials).put('x', Buffer.from('x'));
  await sendToUrl(await sdkWithSession(oss, credentials).signatureUrlV4('GET', 60, {}, 'x'));
  const log = JSON.stringify(oss.requests.all());
  assert.ok(log.includes(credentials.AccessKeyId));
  assert.equal(log.includes(credentials.AccessKeySecret), false);
  assert.equal(log.includes(credentials.SecurityToken), false);
});
