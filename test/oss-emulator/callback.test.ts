// Upload callbacks against a real application server.

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned } from './support/raw.js';
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
    oss = await startOss({
      buckets: { [BUCKET]: { v1Signatures: true } },
      callbacks: ['http://localhost:1', url],
    });
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

  /** Uploads to a presigned URL. */
  const open = (presigned: string) => {
    const { host, pathname, search } = new URL(presigned);
    return send(oss, { method: 'PUT', target: pathname + search, headers: { host }, body: 'hello' });
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

  test('substitutes every system variable', async () => {
    const names = [
      'bucket',
      'object',
      'etag',
      'size',
      'mimeType',
      'imageInfo.height',
      'crc64',
      'contentMd5',
      'vpcId',
      'clientIp',
      'reqId',
      'operation',
      'x:undefined',
      'constructor',
      '__proto__',
    ];
    const callbackBody = names.map((name) => `${name}=\${${name}}`).join('&');
    const { headers } = await put({ callbackUrl: url, callbackBody });
    assert.deepEqual(Object.fromEntries(new URLSearchParams(calls[0]?.body)), {
      bucket: BUCKET,
      object: 'with-callback',
      etag: '5D41402ABC4B2A76B9719D911017C592',
      size: '5',
      mimeType: 'application/octet-stream',
      'imageInfo.height': '',
      crc64: headers['x-oss-hash-crc64ecma'],
      contentMd5: 'XUFAKrxLKna5cZ2REBfFkg==',
      vpcId: '',
      clientIp: '127.0.0.1',
      reqId: headers['x-oss-request-id'],
      operation: 'PutObject',
      'x:undefined': '',
      constructor: '',
      ['__proto__']: '',
    });
  });

  test('is sent to a URL without a scheme', async () => {
    await put({ callbackUrl: url.replace('http://', ''), callbackBody: 'x=1' });
    assert.equal(calls[0]?.body, 'x=1');
  });

  test('is not sent without a URL', async () => {
    const response = await put({ callbackUrl: '', callbackBody: 'x=1' });
    assert.deepEqual([response.status, response.text, calls.length], [200, '', 0]);
  });

  const invalid: Record<string, object> = {
    'an array of settings': ['callbackUrl'],
    'six URLs': { callbackUrl: Array(6).fill('a.example').join(';'), callbackBody: 'x' },
    'an invalid port': { callbackUrl: 'a.example:test', callbackBody: 'x' },
    'no body': { callbackUrl: 'a.example' },
    'an empty body': { callbackUrl: 'a.example', callbackBody: '' },
    'a body that is not text': { callbackUrl: 'a.example', callbackBody: [1] },
    'a placeholder without a brace': { callbackUrl: 'a.example', callbackBody: 'x=$x:user}' },
    'an unfinished placeholder': { callbackUrl: 'a.example', callbackBody: 'x=${x:user' },
    'another body type': { callbackUrl: 'a.example', callbackBody: 'x', callbackBodyType: 'text/plain' },
    'more than 5 KB': { callbackUrl: 'a.example', callbackBody: 'x'.repeat(5 * 1024) },
  };
  for (const [name, callback] of Object.entries(invalid)) {
    test(`is refused with ${name}, and nothing is stored`, async () => {
      await sdk(oss).delete('with-callback');
      const response = await put(callback);
      assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
      assert.equal(await codeOf(sdk(oss).head('with-callback')), 'NoSuchKey');
    });
  }

  const toBase64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');
  const variables: Record<string, string> = {
    'a name without x:': toBase64({ user: '1' }),
    'an upper-case name': toBase64({ 'x:User': '1' }),
    'an array': toBase64(['x:user']),
    'no base64': 'x123-*&',
    'no JSON': Buffer.from('{"x:user":').toString('base64'),
  };
  for (const [name, value] of Object.entries(variables)) {
    test(`is refused with variables that have ${name}`, async () => {
      const response = await sendSigned(oss, {
        method: 'PUT',
        target: `/${BUCKET}/with-variables`,
        headers: {
          'x-oss-callback': toBase64({ callbackUrl: url, callbackBody: 'x=1' }),
          'x-oss-callback-var': value,
        },
        body: 'hello',
      });
      assert.deepEqual([response.status, response.code, calls.length], [400, 'InvalidArgument', 0]);
    });
  }

  const presign: Record<string, (key: string) => Promise<string> | string> = {
    V1: (key) =>
      sdk(oss, { authorizationV4: false }).signatureUrl(key, {
        method: 'PUT',
        callback: { url, body: 'object=${object}&user=${x:user}', customValue: { user: 'a+b/c' } },
      }),
    V4: (key) => {
      const callback = toBase64({ callbackUrl: url, callbackBody: 'object=${object}&user=${x:user}' });
      const queries = { callback, 'callback-var': toBase64({ 'x:user': 'a+b/c' }) };
      return sdk(oss).signatureUrlV4('PUT', 60, { queries }, key);
    },
  };
  for (const [version, sign] of Object.entries(presign)) {
    test(`can be in the query of a presigned URL (${version})`, async () => {
      const response = await open(await sign('presigned'));
      assert.deepEqual([response.status, response.text], [200, '{"saved":true}']);
      assert.equal(calls[0]?.body, 'object=presigned&user=a%2Bb%2Fc');
    });

    test(`is signed in the query of a presigned URL (${version})`, async () => {
      const forged = encodeURIComponent(toBase64({ callbackUrl: url, callbackBody: 'forged=1' }));
      const signed = await sign('presigned');
      const response = await open(signed.replace(/([?&]callback)=[^&]*/, `$1=${forged}`));
      assert.deepEqual([response.code, calls.length], ['SignatureDoesNotMatch', 0]);
    });
  }

  test('can be in the query of a completion', async () => {
    const { uploadId } = await sdk(oss).initMultipartUpload('in-query');
    const { etag } = await sdk(oss).uploadPart('in-query', uploadId, 1, Buffer.from('hello'), 0, 5);
    const callback = toBase64({ callbackUrl: url, callbackBody: 'size=${size}&operation=${operation}' });
    const part = `<Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part>`;
    const response = await sendSigned(oss, {
      method: 'POST',
      target: `/${BUCKET}/in-query?callback=${encodeURIComponent(callback)}&uploadId=${uploadId}`,
      body: `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`,
    });
    assert.equal(response.text, '{"saved":true}');
    assert.equal(calls[0]?.body, 'size=5&operation=CompleteMultipartUpload');
  });

  test('is refused in both the headers and the query', async () => {
    const callback = toBase64({ callbackUrl: url, callbackBody: 'x=1' });
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/twice?callback=${encodeURIComponent(callback)}`,
      headers: { 'x-oss-callback': callback },
      body: 'hello',
    });
    assert.deepEqual([response.code, calls.length], ['InvalidArgument', 0]);
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
