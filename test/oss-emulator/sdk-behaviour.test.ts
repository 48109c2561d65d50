// What applications rely on when they upload with the SDK: results, headers, progress, lists, callbacks and errors.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import type { OssCheckpoint } from 'ali-oss';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const PART = 100 * 1024;

describe('the SDK', () => {
  let oss: LocalOss;
  let folder: string;
  before(async () => {
    oss = await startOss();
    folder = await mkdtemp(join(tmpdir(), 'sdk-behaviour-'));
  });
  after(async () => {
    await oss.close();
    await rm(folder, { recursive: true });
  });

  async function writeTemporary(name: string, bytes: Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  }
  const contentOf = async (key: string) => (await sdk(oss).get(key)).content;

  describe('put', () => {
    const contents: Record<string, (bytes: Buffer) => Promise<Buffer | string | Readable>> = {
      'a buffer': (bytes) => Promise.resolve(bytes),
      'a file': (bytes) => writeTemporary('put.bin', bytes),
      'a stream': (bytes) => Promise.resolve(Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)])),
      'an empty buffer': () => Promise.resolve(Buffer.alloc(0)),
    };
    for (const [kind, create] of Object.entries(contents)) {
      test(`stores ${kind}`, async () => {
        const bytes = kind.includes('empty') ? Buffer.alloc(0) : randomBytes(5000);
        const { name, url, res } = await sdk(oss).put('put/kind.bin', await create(bytes));
        assert.equal(name, 'put/kind.bin');
        assert.equal(url, `http://${BUCKET}.localhost:${oss.port}/put/kind.bin`);
        assert.equal(res.status, 200);
        assert.match(res.headers['x-oss-request-id'] ?? '', /^[0-9A-F]{24}$/);
        assert.deepEqual(await contentOf('put/kind.bin'), bytes);
      });
    }

    test('removes a slash at the start of the key', async () => {
      assert.equal((await sdk(oss).put('/put/slash', Buffer.from('x'))).name, 'put/slash');
      assert.equal((await contentOf('put/slash')).toString(), 'x');
    });

    test('returns content headers unchanged', async () => {
      const headers = {
        'Cache-Control': 'no-cache',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent('名字.txt')}`,
        'Content-Encoding': 'identity',
        'Content-Language': 'zh-CN',
        Expires: 1_000_000,
      };
      await sdk(oss).put('put/headers', Buffer.from('x'), { headers });
      const { res } = await sdk(oss).head('put/headers');
      for (const [name, value] of Object.entries(headers)) {
        assert.equal(res.headers[name.toLowerCase()], String(value));
      }
    });

    test('returns metadata as text, with names in lower case', async () => {
      await sdk(oss).put('put/meta', Buffer.from('x'), { meta: { uid: 1, Title: 'a b' } });
      assert.deepEqual((await sdk(oss).head('put/meta')).meta, { uid: '1', title: 'a b' });
    });

    const types: [key: string, options: object, type: string][] = [
      ['put/type.html', {}, 'text/html'],
      ['put/type', {}, 'application/octet-stream'],
      ['put/type.html', { mime: 'video/mp4' }, 'video/mp4'],
      [
        'put/type.html',
        { headers: { 'Content-Type': 'text/plain; charset=gbk' } },
        'text/plain; charset=gbk',
      ],
      ['put/type.html', { headers: { 'content-type': 'text/css' } }, 'text/css'],
    ];
    for (const [key, options, type] of types) {
      test(`stores ${key} with ${JSON.stringify(options)} as ${type}`, async () => {
        await sdk(oss).put(key, Buffer.from('x'), options);
        assert.equal((await sdk(oss).head(key)).res.headers['content-type'], type);
      });
    }
  });

  describe('putStream', () => {
    test('sends a stream of unknown size chunked', async () => {
      const bytes = randomBytes(300_000);
      const path = await writeTemporary('stream.bin', bytes);
      await sdk(oss).putStream('stream/chunked', createReadStream(path));
      assert.ok((await contentOf('stream/chunked')).equals(bytes));
    });

    test('sends a stream of known size with its length', async () => {
      const bytes = randomBytes(70_000);
      const path = await writeTemporary('sized.bin', bytes);
      await sdk(oss).putStream('stream/sized', createReadStream(path), { contentLength: bytes.length });
      assert.ok((await contentOf('stream/sized')).equals(bytes));
    });

    test('stores nothing if the stream fails', async () => {
      const failing = Readable.from(
        (function* () {
          yield Buffer.alloc(100_000);
          throw new Error('The source is gone.');
        })(),
      );
      await assert.rejects(sdk(oss).putStream('stream/failed', failing));
      assert.equal(await codeOf(sdk(oss).head('stream/failed')), 'NoSuchKey');
    });
  });

  describe('multipartUpload', () => {
    test('reports progress, checkpoints and request IDs', async () => {
      const path = await writeTemporary('progress.bin', randomBytes(10 * PART + 1));
      const ratios: number[] = [];
      const requestIds: (string | undefined)[] = [];
      let checkpoint: OssCheckpoint | undefined;
      const { res } = await sdk(oss).multipartUpload('multipart/progress', path, {
        partSize: PART,
        progress: (ratio, current, response) => {
          ratios.push(ratio);
          checkpoint = current ?? checkpoint;
          requestIds.push(response?.headers['x-oss-request-id']);
        },
      });
      assert.equal(res.status, 200);
      assert.equal(ratios.length, 13);
      assert.deepEqual([ratios[0], ratios.at(-1)], [0, 1]);
      assert.deepEqual(
        ratios.toSorted((a, b) => a - b),
        ratios,
      );
      assert.equal(checkpoint?.doneParts.length, 11);
      assert.equal(new Set(requestIds).size, requestIds.length);
      assert.ok(requestIds.every(Boolean));
    });

    test('sends a file below 100 KiB in one request', async () => {
      const bytes = randomBytes(PART - 1);
      const path = await writeTemporary('small.bin', bytes);
      oss.requests.clear();
      await sdk(oss).multipartUpload('multipart/small', path);
      assert.deepEqual(
        oss.requests.all().map(({ operation }) => operation),
        ['PutObject'],
      );
      assert.ok((await contentOf('multipart/small')).equals(bytes));
    });

    test('sends a file of 100 KiB as a multipart upload', async () => {
      const path = await writeTemporary('exact.bin', randomBytes(PART));
      await sdk(oss).multipartUpload('multipart/exact', path);
      assert.equal((await sdk(oss).head('multipart/exact')).res.headers['x-oss-object-type'], 'Multipart');
    });

    test('resumes a buffer from the checkpoint of a failed part', async () => {
      const bytes = randomBytes(11 * PART);
      oss.faults.add({
        match: { operation: 'UploadPart', key: 'multipart/resumed', partNumber: 5 },
        fault: { kind: 'status', status: 403, code: 'AccessDenied' },
      });
      let checkpoint: OssCheckpoint | undefined;
      const options = {
        partSize: PART,
        parallel: 1,
        progress: (_: number, current?: OssCheckpoint) => {
          checkpoint = structuredClone(current) ?? checkpoint;
        },
      };
      const failed = sdk(oss).multipartUpload('multipart/resumed', bytes, options);
      await assert.rejects(failed, { partNum: 5, code: 'AccessDenied' });
      assert.ok(checkpoint);
      const done = checkpoint.doneParts.map(({ number }) => number);
      oss.requests.clear();
      // The copy of a checkpoint has no file.
      Object.assign(checkpoint, { file: bytes });
      await sdk(oss).multipartUpload('multipart/resumed', bytes, { checkpoint });
      const sent = oss.requests.all({ operation: 'UploadPart' }).map(({ partNumber }) => partNumber ?? 0);
      const numbers = Array.from({ length: 11 }, (_, index) => index + 1);
      assert.deepEqual(
        [...done, ...sent].sort((a, b) => a - b),
        numbers,
      );
      assert.ok((await contentOf('multipart/resumed')).equals(bytes));
    });

    test('keeps type, metadata and storage class', async () => {
      const path = await writeTemporary('movie.mp4', randomBytes(2 * PART));
      const headers = { 'x-oss-storage-class': 'IA', 'Cache-Control': 'no-cache' };
      await sdk(oss).multipartUpload('multipart/settings', path, { headers, meta: { uid: 1 } });
      const { res, meta } = await sdk(oss).head('multipart/settings');
      assert.equal(res.headers['content-type'], 'video/mp4');
      assert.equal(res.headers['cache-control'], 'no-cache');
      assert.equal(res.headers['x-oss-storage-class'], 'IA');
      assert.deepEqual(meta, { uid: '1' });
    });
  });

  describe('lists of uploads and parts', () => {
    test('list uploads after a key', async () => {
      const ids: string[] = [];
      for (const letter of ['a', 'b', 'c']) {
        ids.push((await sdk(oss).initMultipartUpload(`listed/${letter}`)).uploadId);
      }
      const list = async (query: Record<string, string | number>) =>
        (await sdk(oss).listUploads({ prefix: 'listed/', ...query })).uploads.map(({ uploadId }) => uploadId);
      assert.deepEqual(await list({}), ids);
      assert.deepEqual(await list({ 'key-marker': 'listed/a' }), ids.slice(1));
      assert.deepEqual(await list({ 'key-marker': 'listed/c' }), []);
      assert.deepEqual(await list({ 'upload-id-marker': ids[1]! }), ids);
      assert.deepEqual(await list({ 'max-uploads': 2 }), ids.slice(0, 2));
    });

    test('list the uploads of one key after an ID', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        ids.push((await sdk(oss).initMultipartUpload('same-key')).uploadId);
      }
      ids.sort();
      const query = { prefix: 'same-key', 'key-marker': 'same-key', 'upload-id-marker': ids[0]! };
      const { uploads } = await sdk(oss).listUploads(query);
      assert.deepEqual(
        uploads.map(({ uploadId }) => uploadId),
        ids.slice(1),
      );
    });

    test('list the parts that were uploaded in any order', async () => {
      const { uploadId } = await sdk(oss).initMultipartUpload('any-order');
      const etags: Record<string, string> = {};
      for (const number of [3, 1, 2]) {
        const content = Buffer.alloc(number, 'x');
        etags[number] = (await sdk(oss).uploadPart('any-order', uploadId, number, content, 0, number)).etag;
      }
      const { parts } = await sdk(oss).listParts('any-order', uploadId);
      assert.deepEqual(
        [parts].flat().map(({ PartNumber, ETag, Size }) => [PartNumber, ETag, Size]),
        ['1', '2', '3'].map((number) => [number, etags[number], number]),
      );
    });

    test('an aborted upload is in no list, and the object of its key stays', async () => {
      await sdk(oss).put('aborted', Buffer.from('kept'));
      const { uploadId } = await sdk(oss).initMultipartUpload('aborted');
      const { res } = await sdk(oss).abortMultipartUpload('aborted', uploadId);
      assert.equal(res.status, 204);
      assert.deepEqual((await sdk(oss).listUploads({ prefix: 'aborted' })).uploads, []);
      assert.equal(await codeOf(sdk(oss).listParts('aborted', uploadId)), 'NoSuchUpload');
      assert.equal((await contentOf('aborted')).toString(), 'kept');
    });
  });

  describe('get', () => {
    before(() => sdk(oss).put('get/content', Buffer.from('0123456789')));

    test('returns a range', async () => {
      const { res, content } = await sdk(oss).get('get/content', { headers: { Range: 'bytes=2-5' } });
      assert.deepEqual([res.status, content.toString()], [206, '2345']);
      assert.equal(res.headers['content-length'], '4');
    });

    test('saves a file', async () => {
      const path = join(folder, 'saved.txt');
      await sdk(oss).get('get/content', path);
      assert.equal(await readFile(path, 'utf8'), '0123456789');
    });

    test('saves no file if there is no object', async () => {
      const path = join(folder, 'missing.txt');
      assert.equal(await codeOf(sdk(oss).get('get/missing', path)), 'NoSuchKey');
      await assert.rejects(access(path));
    });

    test('returns a stream', async () => {
      const { stream } = await sdk(oss).getStream('get/content');
      assert.equal((await buffer(stream)).toString(), '0123456789');
    });
  });

  describe('delete', () => {
    test('succeeds with and without an object', async () => {
      await sdk(oss).put('deleted', Buffer.from('x'));
      for (let count = 0; count < 2; count += 1) {
        assert.equal((await sdk(oss).delete('deleted')).res.status, 204);
      }
      assert.equal(await codeOf(sdk(oss).get('deleted')), 'NoSuchKey');
    });
  });

  describe('keys', () => {
    const keys = [
      'special/;,?:@&=+$#-_.!~*\'()"<>[]{}|\\^`%',
      'special/%2B %2F',
      'special/\r\n\t',
      'special/￥！（字）',
      'special//',
    ];
    for (const key of keys) {
      test(`keep ${JSON.stringify(key)} in requests, lists and presigned URLs`, async () => {
        await sdk(oss).put(key, Buffer.from(key));
        assert.equal((await contentOf(key)).toString(), key);
        const { objects } = await sdk(oss).listV2({ prefix: key, 'encoding-type': 'url' });
        assert.deepEqual(
          objects?.map(({ name }) => decodeURIComponent(name)),
          [key],
        );
        const { host, pathname, search } = new URL(await sdk(oss).signatureUrlV4('GET', 60, {}, key));
        const response = await send(oss, { method: 'GET', target: pathname + search, headers: { host } });
        assert.equal(response.text, key);
      });
    }
  });

  describe('callbacks', () => {
    let oss: LocalOss;
    let application: Server;
    let url: string;
    const bodies: string[] = [];
    before(async () => {
      application = createServer((request, response) => {
        void text(request).then((body) => {
          bodies.push(body);
          response.writeHead(request.url === '/fail' ? 400 : 200).end('{"saved":true}');
        });
      });
      await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
      oss = await startOss({ callbacks: [url] });
    });
    after(async () => {
      await oss.close();
      application.close();
    });

    for (const size of [10, 2 * PART]) {
      test(`return the response of the application server for ${size} bytes`, async () => {
        const callback = {
          url,
          body: '{"key":${object},"user":${x:user},"size":${size}}',
          contentType: 'application/json',
          customValue: { user: 'a "b"' },
        };
        const { data } = await sdk(oss).multipartUpload('callback 1', randomBytes(size), { callback });
        assert.deepEqual(data, { saved: true });
        assert.deepEqual(JSON.parse(bodies.at(-1) ?? ''), { key: 'callback 1', user: 'a "b"', size });
      });
    }

    test('fail with CallbackFailed after the object is stored', async () => {
      const callback = { url: `${url}/fail`, body: 'x=1' };
      const put = sdk(oss).put('callback-failed', Buffer.from('x'), { callback });
      await assert.rejects(put, { code: 'CallbackFailed', status: 203 });
      assert.equal((await sdk(oss).get('callback-failed')).content.toString(), 'x');
    });
  });

  describe('errors', () => {
    test('have code, status, request ID and host', async () => {
      await assert.rejects(sdk(oss).get('missing'), (error: Record<string, unknown>) => {
        assert.deepEqual(
          [error['name'], error['code'], error['status'], error['message']],
          ['NoSuchKeyError', 'NoSuchKey', 404, 'The specified key does not exist.'],
        );
        assert.match(String(error['requestId']), /^[0-9A-F]{24}$/);
        assert.equal(error['hostId'], `${BUCKET}.localhost:${oss.port}`);
        return true;
      });
    });

    test('of HEAD have a code, too', async () => {
      await assert.rejects(sdk(oss).head('missing'), { name: 'NoSuchKeyError', status: 404 });
    });
  });
});
