// The buffering proxy in front of an emulator.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { BufferingProxy } from '../../dev/oss-emulator/buffering-proxy.js';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { addressed, send, signHeaders, type RawRequest } from './support/raw.js';
import { BUCKET, sdk, startOss } from './support/sdk.js';

const NO_LIMIT = { bytesPerSecond: 0, keepsAbandoned: false };

describe('buffering proxy', () => {
  let oss: LocalOss;
  let proxy: BufferingProxy;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { cors: uploadCorsRules(['*']) } } });
    proxy = await BufferingProxy.start(oss);
  });
  afterEach(() => {
    proxy.setUplink(NO_LIMIT);
    oss.faults.clear();
    oss.requests.clear();
  });
  after(() => Promise.all([proxy.close(), oss.close()]));

  const put = (body: Buffer): RawRequest => ({ method: 'PUT', target: `/${BUCKET}/key`, body });
  /** Sends a signed request through the proxy. */
  const sendThrough = (request: RawRequest) =>
    send({ port: Number(new URL(proxy.url).port) }, { ...request, headers: signHeaders(oss, request) });
  /** Sends the headers and the body of a signed request, and returns the open connection. */
  const open = async (request: RawRequest) => {
    const port = Number(new URL(proxy.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const body = Buffer.from(request.body ?? '');
    const { method, target, headers } = addressed(port, {
      ...request,
      headers: { ...signHeaders(oss, request), 'content-length': String(body.length) },
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
    await new Promise((resolve) => socket.write(Buffer.concat([head, body]), resolve));
    return socket;
  };

  test('passes on requests of the SDK whose bucket is in the host name', async () => {
    const client = sdk(oss, { endpoint: proxy.url });
    await client.put('by-host', Buffer.from('hello'));
    assert.equal((await client.get('by-host')).content.toString(), 'hello');
  });

  test('passes on preflights with the CORS headers of the response', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'PUT' };
    const response = await sendThrough({ method: 'OPTIONS', target: `/${BUCKET}/key`, headers });
    assert.equal(response.headers['access-control-allow-origin'], '*');
  });

  test('receives the whole body before the server has received it', async () => {
    const body = Buffer.alloc(200_000);
    proxy.setUplink({ ...NO_LIMIT, bytesPerSecond: 400_000 });
    const receivedBefore = proxy.bytesReceived;
    const started = oss.requests.waitForNext({}, 'started');
    const ended = oss.requests.waitForNext();
    const sending = sendThrough(put(body));
    await started;
    assert.equal(proxy.bytesReceived - receivedBefore, body.length);
    const { bytesReceived, startedAt, endedAt = 0 } = await ended;
    assert.equal(bytesReceived, body.length);
    assert.ok(endedAt - startedAt >= 400, `${endedAt - startedAt} ms`);
    assert.equal((await sending).status, 200);
  });

  test('shares the bandwidth of the uplink between requests', async () => {
    proxy.setUplink({ ...NO_LIMIT, bytesPerSecond: 400_000 });
    const start = performance.now();
    await Promise.all([1, 2].map(() => sendThrough(put(Buffer.alloc(80_000)))));
    assert.ok(performance.now() - start >= 390);
  });

  test('drops a request whose client disconnects', async () => {
    proxy.setUplink({ ...NO_LIMIT, bytesPerSecond: 200_000 });
    const started = oss.requests.waitForNext({}, 'started');
    const ended = oss.requests.waitForNext();
    const socket = await open(put(Buffer.alloc(200_000)));
    await started;
    socket.destroy();
    assert.equal((await ended).disconnected, true);
  });

  test('passes on a request whose client disconnects if it keeps abandoned requests', async () => {
    proxy.setUplink({ bytesPerSecond: 400_000, keepsAbandoned: true });
    const started = oss.requests.waitForNext({}, 'started');
    const ended = oss.requests.waitForNext();
    const socket = await open(put(Buffer.alloc(100_000)));
    await started;
    socket.destroy();
    assert.deepEqual([(await ended).status, (await ended).bytesReceived], [200, 100_000]);
  });

  test('resets the connection of the client if the server resets its own', async () => {
    oss.faults.add({ match: {}, fault: { kind: 'lost-response' } });
    await assert.rejects(sendThrough(put(Buffer.from('x'))), { code: 'ECONNRESET' });
  });
});
