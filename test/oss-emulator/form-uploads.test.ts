// PostObject: what a form stores, and the response.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { MultipartReader } from '../../dev/oss-emulator/multipart-form.js';
import {
  BOUNDARY,
  encodeFile,
  encodeForm,
  FORM_TYPE,
  HELLO,
  postBody,
  postForm,
  signForm,
  type FormFile,
} from './support/form.js';
import { send, sendPartialBody, type RawResponse } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const MIB = 1024 ** 2;
const ORIGIN = 'https://app.example';

async function* split(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe('a form upload', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { domains: ['localhost'] } } });
  });
  beforeEach(() => oss.requests.clear());
  after(() => oss.close());

  const content = async (key: string): Promise<Buffer> => (await sdk(oss).get(key)).content;
  const storedHeaders = async (key: string) => (await sdk(oss).head(key)).res.headers;
  const refused = ({ status, code }: RawResponse) => [status, code];

  test('with the signature of the SDK stores the file that fetch sends', async () => {
    const date = new Date(oss.now());
    const timestamp = date.toISOString().replace(/[-:]|\.\d+/g, '');
    const { accessKeyId } = oss.accessKey;
    const fields = {
      'x-oss-signature-version': 'OSS4-HMAC-SHA256',
      'x-oss-credential': `${accessKeyId}/${timestamp.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`,
      'x-oss-date': timestamp,
    };
    const policy = {
      expiration: new Date(oss.now() + 60_000).toISOString(),
      conditions: [
        { bucket: BUCKET },
        ['starts-with', '$key', 'sdk/'],
        ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
      ],
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('policy', Buffer.from(JSON.stringify(policy)).toString('base64'));
    form.append('x-oss-signature', sdk(oss).signPostObjectPolicyV4(policy, date));
    form.append('key', 'sdk/${filename}');
    form.append('file', new File(['hello'], '你好 "1".txt', { type: 'text/plain' }));
    const response = await fetch(oss.url, { method: 'POST', body: form });
    assert.equal(response.status, 204);
    assert.equal((await content('sdk/你好 "1".txt')).toString(), 'hello');
  });

  test('returns the ETag and the CRC-64 of the file', async () => {
    const { headers } = await postForm(oss, { key: 'digests' }, { content: '123456789', filename: '' });
    assert.match(String(headers['etag']), /^"[0-9A-F]{32}"$/);
    assert.equal(headers['x-oss-hash-crc64ecma'], '11051210869376104954');
    assert.match(String(headers['x-oss-request-id']), /^[0-9A-F]{24}$/);
  });

  test('has an ETag that is not the MD5', async () => {
    await postForm(oss, { key: 'etag' });
    const md5 = createHash('md5').update('hello').digest('hex').toUpperCase();
    const headers = await storedHeaders('etag');
    assert.notEqual(headers['etag'], `"${md5}"`);
  });

  test('has the same ETag in later responses', async () => {
    const { headers } = await postForm(oss, { key: 'same-etag' });
    assert.equal((await storedHeaders('same-etag'))['etag'], headers['etag']);
  });

  const contents: Record<string, Buffer> = {
    'an empty file': Buffer.alloc(0),
    'line breaks': Buffer.from('\r\n\r\n'),
    'all bytes': Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    'the boundary within a line': Buffer.from(`a--${BOUNDARY}--\r\n`),
    'the boundary at the start': Buffer.from(`--${BOUNDARY}\r\n`),
    'a longer boundary': Buffer.from(`\r\n--${BOUNDARY}X\r\n\r\n--${BOUNDARY}-`),
    'starts of the boundary': Buffer.from(`\r\n--${BOUNDARY.slice(0, -1)}\r\n-\r\r\n--`),
    'more than one chunk': Buffer.alloc(3 * MIB, '\r\n--'),
  };
  for (const [name, bytes] of Object.entries(contents)) {
    test(`stores every byte: ${name}`, async () => {
      await postForm(oss, { key: 'bytes' }, { content: bytes, filename: 'bytes' });
      assert.ok((await content('bytes')).equals(bytes));
    });
  }

  test('is read the same however it is split', async () => {
    const bytes = `\r\n--${BOUNDARY}X\r\n-`;
    const body = encodeForm({ key: 'x' }, { content: bytes, filename: 'x' });
    for (let size = 1; size <= body.length; size += 1) {
      const reader = new MultipartReader(split(body, size), BOUNDARY);
      await reader.nextPart();
      await reader.nextPart();
      const resumed = await MultipartReader.resume(split(body, size), BOUNDARY, reader.position);
      for (const each of [reader, resumed]) {
        assert.equal(await text(each.content()), bytes);
        assert.equal(await each.nextPart(), undefined);
      }
    }
  });

  test('has names of fields in any case', async () => {
    const { status } = await postForm(oss, { KEY: 'case', 'Cache-CONTROL': 'no-cache' });
    assert.equal(status, 204);
    assert.equal((await storedHeaders('case'))['cache-control'], 'no-cache');
  });

  test('ignores fields after the file', async () => {
    const fields = { ...signForm(oss), key: 'after' };
    await postBody(oss, encodeForm(fields, HELLO, { 'cache-control': 'no-store', submit: 'Upload' }));
    assert.equal((await content('after')).toString(), 'hello');
    assert.equal((await storedHeaders('after'))['cache-control'], undefined);
  });

  test('ignores fields that OSS does not know', async () => {
    assert.equal((await postForm(oss, { key: 'unknown', name: 'hello.txt' })).status, 204);
  });

  test('replaces ${filename} in the key after the policy was checked', async () => {
    const conditions = [['eq', '$key', 'dir/${filename}']];
    const { status } = await postForm(oss, { key: 'dir/${filename}' }, HELLO, { conditions });
    assert.equal(status, 204);
    assert.equal((await content('dir/hello.txt')).toString(), 'hello');
  });

  test('stores the settings in its fields', async () => {
    const settings = {
      'cache-control': 'max-age=60',
      'content-disposition': 'attachment',
      'content-encoding': 'identity',
      expires: 'Thu, 01 Dec 2033 16:00:00 GMT',
      'x-oss-meta-author': '作者',
      'x-oss-storage-class': 'IA',
      'x-oss-server-side-encryption': 'AES256',
    };
    const response = await postForm(oss, { key: 'settings', ...settings });
    const head = await send(oss, {
      method: 'HEAD',
      target: (await sdk(oss).signatureUrlV4('HEAD', 60, {}, 'settings')).replace(
        /^http:\/\/[^/]*/,
        `/${BUCKET}`,
      ),
    });
    for (const [name, value] of Object.entries(settings))
      assert.equal(Buffer.from(String(head.headers[name]), 'latin1').toString(), value);
    assert.equal(response.headers['x-oss-server-side-encryption'], 'AES256');
  });

  test('stores its ACL', async () => {
    await postForm(oss, { key: 'acl', 'x-oss-object-acl': 'public-read' });
    assert.equal((await sdk(oss).getACL('acl')).acl, 'public-read');
  });

  test('stores the ACL in a header of the request', async () => {
    const body = encodeForm({ ...signForm(oss), key: 'acl-header' }, HELLO);
    await postBody(oss, body, { 'x-oss-object-acl': 'private' });
    assert.equal((await sdk(oss).getACL('acl-header')).acl, 'private');
  });

  const file: FormFile = { content: 'x', filename: 'x' };
  const types: [name: string, fields: Record<string, string>, file: FormFile, stored: string][] = [
    ['x-oss-content-type', { 'x-oss-content-type': 'a/a' }, { ...file, contentType: 'b/b' }, 'a/a'],
    ['the file', { 'content-type': 'c/c' }, { ...file, contentType: 'b/b' }, 'b/b'],
    ['the field Content-Type', { 'content-type': 'c/c' }, file, 'c/c'],
    ['no field', {}, file, 'application/octet-stream'],
  ];
  for (const [name, fields, typed, stored] of types) {
    test(`has the content type of ${name}`, async () => {
      await postForm(oss, { key: 'type', ...fields }, typed);
      assert.equal((await storedHeaders('type'))['content-type'], stored);
    });
  }

  for (const status of [200, 204]) {
    test(`returns the status ${status} without a body`, async () => {
      const response = await postForm(oss, { key: 'status', success_action_status: String(status) });
      assert.deepEqual([response.status, response.text], [status, '']);
    });
  }

  test('returns 204 for an invalid status', async () => {
    assert.equal((await postForm(oss, { key: 'status', success_action_status: '302' })).status, 204);
  });

  test('returns a document with the status 201', async () => {
    const response = await postForm(oss, { key: 'dir/a b&c', success_action_status: '201' });
    const { etag } = response.headers;
    assert.equal(response.status, 201);
    assert.equal(response.headers['content-type'], 'application/xml');
    assert.ok(
      response.text.endsWith(
        `<PostResponse><Bucket>${BUCKET}</Bucket><ETag>${String(etag).replaceAll('"', '&quot;')}</ETag>` +
          `<Key>dir/a b&amp;c</Key><Location>http://${BUCKET}.localhost:${oss.port}/dir/a%20b%26c</Location></PostResponse>`,
      ),
    );
  });

  test('redirects after success', async () => {
    const fields = {
      key: 'a b',
      success_action_redirect: `${ORIGIN}/done?form=1`,
      success_action_status: '200',
    };
    const { status, headers } = await postForm(oss, fields);
    const { searchParams } = new URL(String(headers.location));
    assert.equal(status, 303);
    assert.deepEqual(Object.fromEntries(searchParams), {
      ...{ form: '1', bucket: BUCKET, key: 'a b', etag: headers['etag'] },
    });
  });

  test('does not redirect after a refusal', async () => {
    const fields = { key: '/x', success_action_redirect: `${ORIGIN}/done` };
    assert.deepEqual(refused(await postForm(oss, fields)), [400, 'InvalidObjectName']);
  });

  test('replaces an object', async () => {
    await postForm(oss, { key: 'replaced' }, { content: 'first', filename: 'x' });
    await postForm(oss, { key: 'replaced' }, { content: 'second', filename: 'x' });
    assert.equal((await content('replaced')).toString(), 'second');
  });

  test('does not replace an object with x-oss-forbid-overwrite', async () => {
    await sdk(oss).put('kept', Buffer.from('first'));
    const response = await postForm(oss, { key: 'kept', 'x-oss-forbid-overwrite': 'true' });
    assert.deepEqual(refused(response), [409, 'FileAlreadyExists']);
    assert.equal((await content('kept')).toString(), 'first');
  });

  test('is checked against the MD5 of the whole body', async () => {
    const body = encodeForm({ ...signForm(oss), key: 'md5' }, HELLO);
    const md5 = createHash('md5').update(body).digest('base64');
    assert.equal((await postBody(oss, body, { 'content-md5': md5 })).status, 204);
  });

  test('with the MD5 of the file alone is refused', async () => {
    const body = encodeForm({ ...signForm(oss), key: 'wrong-md5' }, HELLO);
    const md5 = createHash('md5').update('hello').digest('base64');
    assert.deepEqual(refused(await postBody(oss, body, { 'content-md5': md5 })), [400, 'InvalidDigest']);
    assert.equal(oss.bucket(BUCKET).objects.has('wrong-md5'), false);
  });

  test('is possible at a path-style address of a relaxed bucket', async () => {
    await oss.createBucket('relaxedbucket', { pathStyle: true });
    const { status } = await send(oss, {
      method: 'POST',
      target: '/relaxedbucket/',
      headers: {
        host: `127.0.0.1:${oss.port}`,
        'content-type': `multipart/form-data; boundary="${BOUNDARY}"`,
      },
      body: encodeForm({ ...signForm(oss), key: 'x' }, HELLO),
    });
    assert.equal(status, 204);
  });

  test('ignores the signature in a header', async () => {
    const body = encodeForm({ ...signForm(oss), key: 'header' }, HELLO);
    const headers = { authorization: 'OSS4-HMAC-SHA256 Credential=x,Signature=y', 'x-oss-date': 'x' };
    assert.equal((await postBody(oss, body, headers)).status, 204);
  });

  test('to a key in the path is not implemented', async () => {
    const response = await send(oss, {
      method: 'POST',
      target: `/${BUCKET}/key`,
      headers: { 'content-type': FORM_TYPE },
      body: encodeForm({ ...signForm(oss), key: 'key' }, HELLO),
    });
    assert.deepEqual(refused(response), [501, 'NotImplemented']);
  });

  for (const field of ['x-oss-tagging', 'x-oss-callback', 'x-oss-process']) {
    test(`with the field ${field} is not implemented`, async () => {
      const response = await postForm(oss, { key: 'x', [field]: 'x' });
      assert.deepEqual(refused(response), [501, 'NotImplemented']);
      assert.match(response.text, new RegExp(`<Field>${field}</Field>`));
    });
  }

  test('with settings in headers is not implemented', async () => {
    const body = encodeForm({ ...signForm(oss), key: 'x' }, HELLO);
    const response = await postBody(oss, body, { 'x-oss-forbid-overwrite': 'true' });
    assert.deepEqual(refused(response), [501, 'NotImplemented']);
  });

  describe('that is not valid', () => {
    const signed = () => ({ ...signForm(oss), key: 'invalid' });
    const form = () => encodeForm(signed(), HELLO);
    const bodies: Record<string, () => Buffer> = {
      'an empty body': () => Buffer.alloc(0),
      'no delimiter at the end': () => form().subarray(0, -10),
      'no end of the headers of the file': () => form().subarray(0, form().indexOf('text/plain')),
      'a part without a name': () =>
        Buffer.from(`--${BOUNDARY}\r\nContent-Type: a/b\r\n\r\nx\r\n--${BOUNDARY}--`),
      'endless headers': () => Buffer.from(`--${BOUNDARY}\r\n${'x'.repeat(100_000)}`),
      'another boundary': () => Buffer.from(form().toString().replaceAll(BOUNDARY, 'other')),
    };
    for (const [name, body] of Object.entries(bodies)) {
      test(`is refused: ${name}`, async () => {
        assert.deepEqual(refused(await postBody(oss, body())), [400, 'MalformedPOSTRequest']);
        assert.equal(oss.bucket(BUCKET).objects.has('invalid'), false);
      });
    }

    for (const type of ['multipart/form-data', 'multipart/mixed; boundary=x', 'text/plain', '']) {
      test(`is refused with the content type "${type}"`, async () => {
        const response = await postBody(oss, form(), { 'content-type': type });
        assert.deepEqual(refused(response), [400, 'MalformedPOSTRequest']);
      });
    }

    test('is refused without a file', async () => {
      const response = await postBody(oss, encodeForm(signed(), undefined));
      assert.deepEqual(refused(response), [400, 'IncorrectNumberOfFilesInPOSTRequest']);
    });

    test('is refused with two files', async () => {
      const body = Buffer.concat([encodeFile(HELLO), encodeForm({}, HELLO)]);
      const fields = encodeForm(signed(), undefined).subarray(0, -`--${BOUNDARY}--\r\n`.length);
      const response = await postBody(oss, Buffer.concat([fields, body]));
      assert.deepEqual(refused(response), [400, 'IncorrectNumberOfFilesInPOSTRequest']);
      assert.equal(oss.bucket(BUCKET).objects.has('invalid'), false);
    });

    test('is refused without a key', async () => {
      assert.deepEqual(refused(await postForm(oss, {})), [400, 'InvalidArgument']);
    });

    test('is refused with the key after the file', async () => {
      const response = await postBody(oss, encodeForm(signForm(oss), HELLO, { key: 'invalid' }));
      assert.deepEqual(refused(response), [400, 'InvalidArgument']);
    });

    test('is refused with an empty key', async () => {
      const response = await postForm(oss, { key: '${filename}' }, { content: 'x', filename: '' });
      assert.deepEqual(refused(response), [400, 'InvalidArgument']);
    });

    test('is refused with a key that is too long', async () => {
      assert.deepEqual(refused(await postForm(oss, { key: 'x'.repeat(1024) })), [400, 'InvalidObjectName']);
    });

    test('is refused with a field of more than 2 MB', async () => {
      const response = await postForm(oss, { key: 'x', field: 'x'.repeat(2 * MIB + 1) });
      assert.deepEqual(refused(response), [400, 'FieldItemTooLong']);
    });

    test('is refused with fields of more than 8 MB', async () => {
      const fields = Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [`f${index}`, 'x'.repeat(2 * MIB)]),
      );
      const response = await postForm(oss, { key: 'x', ...fields });
      assert.deepEqual(refused(response), [400, 'MaxPOSTPreDataLengthExceededError']);
    });

    test('is refused with invalid settings', async () => {
      const response = await postForm(oss, { key: 'x', 'x-oss-storage-class': 'Unknown' });
      assert.deepEqual(refused(response), [400, 'InvalidArgument']);
    });

    test('is refused at a bucket that does not exist', async () => {
      const response = await postBody(oss, form(), { host: `missingbucket.localhost:${oss.port}` });
      assert.deepEqual(refused(response), [404, 'NoSuchBucket']);
    });
  });

  describe('from another origin', () => {
    const rule = { allowedOrigins: [ORIGIN], allowedMethods: ['POST'], exposeHeaders: ['ETag'] };
    const post = async (key: string) =>
      postBody(oss, encodeForm({ ...signForm(oss), key }, HELLO), { origin: ORIGIN });

    test('has CORS headers in the response if a rule matches', async () => {
      await oss.setCors(BUCKET, [rule]);
      const { status, headers } = await post('cors');
      assert.equal(status, 204);
      assert.equal(headers['access-control-allow-origin'], ORIGIN);
      assert.equal(headers['access-control-expose-headers'], 'ETag');
    });

    test('has CORS headers in a refusal if a rule matches', async () => {
      await oss.setCors(BUCKET, [rule]);
      const { status, headers } = await post('/cors');
      assert.equal(status, 400);
      assert.equal(headers['access-control-allow-origin'], ORIGIN);
    });

    for (const [name, rules] of Object.entries({
      'no rule': [],
      'a rule for another origin': [{ ...rule, allowedOrigins: ['https://other.example'] }],
      'a rule for another method': [{ ...rule, allowedMethods: ['PUT'] }],
    })) {
      test(`is stored without CORS headers: ${name}`, async () => {
        await oss.setCors(BUCKET, rules);
        const { status, headers } = await post(`cors-${name}`);
        assert.equal(status, 204);
        assert.equal(headers['access-control-allow-origin'], undefined);
        assert.ok(oss.bucket(BUCKET).objects.has(`cors-${name}`));
      });
    }
  });

  describe('in the log and with faults', () => {
    test('is logged with its key and its credentials', async () => {
      const body = encodeForm({ ...signForm(oss), key: 'logs/${filename}' }, HELLO);
      await postBody(oss, body);
      const [entry] = oss.requests.all({ operation: 'PostObject', key: 'logs/hello.txt' });
      assert.equal(entry?.bytesReceived, body.length);
      assert.deepEqual([entry.status, entry.signatureVersion], [204, 'v4-form']);
      assert.equal(entry.accessKeyId, oss.accessKey.accessKeyId);
    });

    test('fails with a fault for its key', async (t) => {
      const fault = { kind: 'status', status: 503, code: 'ServiceUnavailable' } as const;
      oss.faults.add({ match: { operation: 'PostObject', key: 'faulty' }, fault });
      t.after(() => oss.faults.clear());
      assert.equal((await postForm(oss, { key: 'healthy' })).status, 204);
      assert.deepEqual(refused(await postForm(oss, { key: 'faulty' })), [503, 'ServiceUnavailable']);
    });

    test('is corrupted in its file', async () => {
      oss.faults.add({ match: { operation: 'PostObject' }, fault: { kind: 'corrupt', offset: 1 } });
      assert.equal((await postForm(oss, { key: 'corrupt' })).status, 204);
      assert.equal((await content('corrupt')).toString(), 'hdllo');
    });

    for (const at of ['before-body', 'in-body', 'after-body'] as const) {
      test(`is not stored if the connection is reset: ${at}`, async () => {
        oss.faults.add({ match: { operation: 'PostObject' }, fault: { kind: 'reset', at } });
        await assert.rejects(postForm(oss, { key: 'reset' }, { content: Buffer.alloc(MIB), filename: 'x' }));
        assert.equal(oss.bucket(BUCKET).objects.has('reset'), false);
      });
    }

    test('is stored if only the response is lost', async () => {
      oss.faults.add({ match: { operation: 'PostObject' }, fault: { kind: 'lost-response' } });
      await assert.rejects(postForm(oss, { key: 'lost' }));
      assert.equal((await content('lost')).toString(), 'hello');
    });

    test('continues when a stall ends', async () => {
      const id = oss.faults.add({
        match: { operation: 'PostObject' },
        fault: { kind: 'stall', afterBytes: 100 },
      });
      const response = postForm(oss, { key: 'stalled' });
      await oss.requests.waitFor({ operation: 'PostObject' }, 1, 'faulted');
      oss.faults.remove(id);
      assert.equal((await response).status, 204);
    });

    test('is logged as disconnected if the client leaves before the fields end', async () => {
      const ended = oss.requests.waitForNext({ operation: 'PostObject' });
      const request = { method: 'POST', target: `/${BUCKET}/`, headers: { 'content-type': FORM_TYPE } };
      const body = encodeForm(signForm(oss), HELLO);
      const socket = await sendPartialBody(oss, request, body.length, body.subarray(0, 50));
      socket.destroy();
      assert.equal((await ended).disconnected, true);
    });
  });
});

describe('a form upload beyond the quota', () => {
  test('is refused', async (t) => {
    const oss = await startOss({ quota: MIB });
    t.after(() => oss.close());
    const response = await postForm(oss, { key: 'x' }, { content: Buffer.alloc(2 * MIB), filename: 'x' });
    assert.deepEqual([response.status, response.code], [403, 'QuotaExceeded']);
    assert.equal(await codeOf(sdk(oss).get('x')), 'NoSuchKey');
  });
});

describe('a form upload with a callback', () => {
  let oss: LocalOss;
  let application: Server;
  let url: string;
  let calls: string[] = [];
  before(async () => {
    application = createServer((request, response) => {
      void text(request).then((body) => {
        calls.push(body);
        response.end('{"saved":true}');
      });
    });
    await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
    oss = await startOss({ callbacks: [url] });
  });
  beforeEach(() => {
    calls = [];
  });
  after(async () => {
    await oss.close();
    application.close();
  });
  const encode = (callback: object) => Buffer.from(JSON.stringify(callback)).toString('base64');

  test('returns the response of the application server', async () => {
    const callback = encode({ callbackUrl: url, callbackBody: 'size=${size}' });
    const response = await postForm(oss, { key: 'x', callback });
    assert.deepEqual([response.status, response.text], [200, '{"saved":true}']);
    assert.deepEqual(calls, ['size=5']);
  });

  test('sends fields as custom variables', async () => {
    const callbackBody = '${operation} ${object} ${x:user} ${contentMd5}';
    const callback = encode({ callbackUrl: url, callbackBody });
    await postForm(oss, { key: 'x', callback, 'x:user': '42' });
    const md5 = createHash('md5').update('hello').digest('base64');
    assert.deepEqual(calls, [`PostObject x 42 ${encodeURIComponent(md5)}`]);
  });

  test('is stored if the callback fails', async () => {
    const callback = encode({ callbackUrl: 'http://127.0.0.1:1', callbackBody: 'x' });
    const { status, code } = await postForm(oss, { key: 'failed', callback });
    assert.deepEqual([status, code], [203, 'CallbackFailed']);
    assert.ok(oss.bucket(BUCKET).objects.has('failed'));
  });
});
