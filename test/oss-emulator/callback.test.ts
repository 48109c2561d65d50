// Upload callbacks: the application's server is really called, and its answer handed on.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendSigned } from './support/raw.js';
import { BUCKET, sdk, startOss } from './support/sdk.js';

describe('an upload callback', () => {
  let oss: LocalOss;
  let application: Server;
  let url: string;
  let calls: { headers: IncomingHttpHeaders; body: string }[] = [];
  before(async () => {
    oss = await startOss();
    application = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push({ headers: request.headers, body });
        response.writeHead(request.url === '/broken' ? 500 : 200, { 'content-type': 'application/json' });
        response.end(request.url === '/prose' ? 'thanks' : '{"saved":true}');
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
      target: `/${BUCKET}/called`,
      headers: { 'x-oss-callback': header },
      body: 'hello',
    });
  };

  test('tells a form what was stored, and the answer comes back', async () => {
    const { data } = await sdk(oss).put('dir/a b.txt', Buffer.from('hello'), {
      callback: {
        url,
        body: 'bucket=${bucket}&object=${object}&size=${size}&etag=${etag}&user=${x:user}',
        customValue: { user: '42' },
      },
    });
    assert.deepEqual(data, { saved: true });
    assert.equal(calls[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(calls[0]?.body)), {
      bucket: BUCKET,
      object: 'dir/a b.txt',
      size: '5',
      etag: '5D41402ABC4B2A76B9719D911017C592',
      user: '42',
    });
  });

  test('tells JSON, quoted where it has to be', async () => {
    await put({
      callbackUrl: url,
      callbackBody: '{"object":${object},"size":${size}}',
      callbackBodyType: 'application/json',
    });
    assert.deepEqual(JSON.parse(calls[0]?.body ?? ''), { object: 'called', size: 5 });
  });

  test('comes after a multipart upload too', async () => {
    const { data } = await sdk(oss).multipartUpload('in-parts', Buffer.alloc(250 * 1024), {
      partSize: 100 * 1024,
      callback: { url, body: 'size=${size}' },
    });
    assert.deepEqual(data, { saved: true });
    assert.equal(calls[0]?.body, `size=${250 * 1024}`);
  });

  for (const path of ['/broken', '/prose']) {
    test(`that fails (${path}) is told by 203, and the object is stored`, async () => {
      const answer = await put({ callbackUrl: url + path, callbackBody: 'x=1' });
      assert.deepEqual([answer.status, answer.code], [203, 'CallbackFailed']);
      assert.equal((await sdk(oss).get('called')).content.toString(), 'hello');
    });
  }

  test('tries the second URL when the first one fails', async () => {
    const answer = await put({ callbackUrl: `${url}/broken;${url}`, callbackBody: 'x=1' });
    assert.equal(answer.text, '{"saved":true}');
  });

  test('never leaves this machine', async () => {
    const answer = await put({ callbackUrl: 'http://callback.example/', callbackBody: 'x=1' });
    assert.equal(answer.code, 'CallbackFailed');
    assert.match(answer.text, /this machine only/);
  });
});
