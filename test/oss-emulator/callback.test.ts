// Upload callbacks against a real application server.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendSigned } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

describe('upload callbacks', () => {
  let oss: LocalOss;
  let application: Server;
  let url: string;
  let calls: { headers: IncomingHttpHeaders; body: string }[] = [];
  before(async () => {
    application = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ headers: request.headers, body });
        response.writeHead(request.url === '/hooks/error' ? 500 : 200, {
          'content-type': 'application/json',
        });
        response.end(request.url === '/hooks/not-json' ? 'thanks' : '{"saved":true}');
      });
    });
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
    url = `${origin}/hooks`;
    oss = await startOss({ callbacks: ['http://localhost:1', url] });
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

  for (const path of ['', '/', '/below', '?query', '/a/../b']) {
    test(`is sent to a URL that the emulator was started with, or below it (${path})`, async () => {
      const response = await put({ callbackUrl: url + path, callbackBody: 'x=1' });
      assert.deepEqual([response.status, response.text], [200, '{"saved":true}']);
    });
  }

  const others: Record<string, (allowed: URL) => string> = {
    'another path of the same server': ({ origin }) => `${origin}/`,
    'a path that starts like the allowed one': ({ href }) => `${href}-of-others`,
    'a path that leaves the allowed one': ({ href }) => `${href}/../secret`,
    'an encoded path that leaves the allowed one': ({ href }) => `${href}/%2e%2e/secret`,
    'another name of the same server': ({ port, pathname }) => `http://localhost:${port}${pathname}`,
    'another port': ({ hostname, pathname }) => `http://${hostname}:${oss.port}${pathname}`,
    'the allowed URL as user name': ({ host, origin }) => `http://${host}@callback.example/${origin}/hooks`,
    'another protocol': ({ host, pathname }) => `https://${host}${pathname}`,
    'another machine': () => 'http://callback.example/hooks',
    'the control API': () => `${oss.url}/_control/requests`,
    'no URL': () => 'hooks',
  };
  for (const [name, other] of Object.entries(others)) {
    test(`is not sent to ${name}`, async () => {
      const response = await put({ callbackUrl: other(new URL(url)), callbackBody: 'x=1' });
      assert.deepEqual([response.status, response.code, calls.length], [203, 'CallbackFailed', 0]);
      assert.match(response.text, /Private address is forbidden to callback/);
    });
  }

  test('is not sent anywhere by default', async (t) => {
    const strict = await startOss();
    t.after(() => strict.close());
    const callback = { url, body: 'x=1' };
    assert.equal(await codeOf(sdk(strict).put('x', Buffer.from('x'), { callback })), 'CallbackFailed');
    assert.equal(calls.length, 0);
  });

  test('must be configured with valid URLs', async () => {
    await assert.rejects(startOss({ callbacks: ['not a URL'] }), TypeError);
  });
});
