// Upload callbacks against a real application server.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendSigned } from './support/raw.js';
import { BUCKET, sdk, startOss } from './support/sdk.js';

describe('upload callbacks', () => {
  let oss: LocalOss;
  let application: Server;
  let url: string;
  let calls: { headers: IncomingHttpHeaders; body: string }[] = [];
  before(async () => {
    oss = await startOss();
    application = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ headers: request.headers, body });
        response.writeHead(request.url === '/error' ? 500 : 200, { 'content-type': 'application/json' });
        response.end(request.url === '/not-json' ? 'thanks' : '{"saved":true}');
      });
    });
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    calls = [];
  });
  after(async () => {
    await oss.close();
    application.close();
  });

  const put = (callback: object) => {
    const header = Buffer.from(JSON.stringify(callback)).toString('base64');
    return sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/with-callback`,
      headers: { 'x-oss-callback': header },
      body: 'hello',
    });
  };

  test('sends a form-encoded body and returns the response of the application server', async () => {
    const { data } = await sdk(oss).put('dir/a b.txt', Buffer.from('hello'), {
      callback: {
        url,
        body: 'bucket=${bucket}&object=${object}&size=${size}&etag=${etag}&user=${x:user}',
        customValue: { user: '42' },
      },
    });
    assert.deepEqual(data, { saved: true });
    assert.equal(calls[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(calls[0].body)), {
      bucket: BUCKET,
      object: 'dir/a b.txt',
      size: '5',
      etag: '5D41402ABC4B2A76B9719D911017C592',
      user: '42',
    });
  });

  test('sends a JSON body with quoted strings', async () => {
    await put({
      callbackUrl: url,
      callbackBody: '{"object":${object},"size":${size}}',
      callbackBodyType: 'application/json',
    });
    assert.deepEqual(JSON.parse(calls[0]?.body ?? ''), { object: 'with-callback', size: 5 });
  });

  test('is sent after a multipart upload', async () => {
    const { data } = await sdk(oss).multipartUpload('in-parts', Buffer.alloc(250 * 1024), {
      partSize: 100 * 1024,
      callback: { url, body: 'size=${size}' },
    });
    assert.deepEqual(data, { saved: true });
    assert.equal(calls[0]?.body, `size=${250 * 1024}`);
  });

  for (const path of ['/error', '/not-json']) {
    test(`responds with 203 and keeps the object if the callback fails (${path})`, async () => {
      const response = await put({ callbackUrl: url + path, callbackBody: 'x=1' });
      assert.deepEqual([response.status, response.code], [203, 'CallbackFailed']);
      assert.equal((await sdk(oss).get('with-callback')).content.toString(), 'hello');
    });
  }

  test('tries the second URL when the first one fails', async () => {
    const response = await put({ callbackUrl: `${url}/error;${url}`, callbackBody: 'x=1' });
    assert.equal(response.text, '{"saved":true}');
  });

  test('is only sent to loopback addresses', async () => {
    const response = await put({ callbackUrl: 'http://callback.example/', callbackBody: 'x=1' });
    assert.equal(response.code, 'CallbackFailed');
    assert.match(response.text, /loopback addresses only/);
  });
});
