// The contract of the OssGateway port. Every implementation runs these tests.
import { expect } from '@open-wc/testing';
import type { ListOptions, OssGateway, StoredPart } from '../../src/core/ports.js';
import { fileOnDisk, neverAborted, randomBlob, rejectionOf, sha256, uploadErrorOf } from './support.js';

/** The smallest part that may be followed by another, in bytes. */
const PART = 100 * 1024;

/** What the contract needs to know of one implementation. */
export interface GatewayHarness {
  bucket: string;
  /** The URL of the bucket, without a trailing slash. */
  bucketUrl: string;
  /** Opens a gateway to an object of the bucket. */
  open(key: string): Promise<OssGateway>;
  /** Returns the stored object, read without the gateway, or a nullish value if there is none. */
  readObject(key: string): Promise<ObjectOnServer | null | undefined>;
}

export interface ObjectOnServer {
  size: number;
  /** Without quotes. */
  etag: string;
  /** Decimal. */
  crc64: string;
  sha256: string;
}

/** @param setUp creates an empty bucket */
export function describeGatewayContract(setUp: () => Promise<GatewayHarness>): void {
  describe('as any gateway', () => {
    let harness: GatewayHarness;
    let gateway: OssGateway;
    let key: string;

    before(async () => {
      harness = await setUp();
    });

    beforeEach(async () => {
      key = `${crypto.randomUUID()}.bin`;
      gateway = await harness.open(key);
    });

    const uploadPart = (uploadId: string, number: number, body: Blob): Promise<StoredPart> =>
      gateway.uploadPart(uploadId, number, body, neverAborted());

    const listNumbers = async (uploadId: string, options: Pick<ListOptions, 'after' | 'limit'> = {}) => {
      const parts = await gateway.listParts(uploadId, { ...options, ...neverAborted() });
      return parts.map(({ number }) => number);
    };

    /** An upload of one part that is not completed yet. */
    const startUpload = async (body = randomBlob(1)) => {
      const uploadId = await gateway.createUpload(neverAborted());
      return { uploadId, part: await uploadPart(uploadId, 1, body) };
    };

    const upload = async (body: Blob) => {
      const { uploadId, part } = await startUpload(body);
      return gateway.completeUpload(uploadId, [part], neverAborted());
    };

    describe('put', () => {
      it('stores a body as it is', async () => {
        const body = randomBlob(3_000);
        const stored = await gateway.put(body, neverAborted());
        const object = await harness.readObject(key);
        expect(object?.sha256).to.equal(await sha256(body));
        expect(stored.crc64).to.equal(object?.crc64);
        expect(stored.etag).to.equal(`"${object?.etag}"`);
        expect(stored.url).to.equal(`${harness.bucketUrl}/${key}`);
      });

      it('returns the MD5 as the ETag, quoted and in upper case, and the CRC-64 in decimal', async () => {
        const stored = await gateway.put(new Blob(['123456789']), neverAborted());
        expect(stored).to.include({
          etag: '"25F9E794323B453885F5181F1B624D0B"',
          crc64: '11051210869376104954',
        });
      });

      it('stores an empty body', async () => {
        const stored = await gateway.put(new Blob(), neverAborted());
        expect(stored).to.include({ etag: '"D41D8CD98F00B204E9800998ECF8427E"', crc64: '0' });
        expect((await harness.readObject(key))?.size).to.equal(0);
      });

      for (const size of [0, 1]) {
        it(`stores ${size} bytes`, async () => {
          await gateway.put(randomBlob(size), neverAborted());
          expect((await harness.readObject(key))?.size).to.equal(size);
        });
      }

      it('doesn’t modify the options', async () => {
        const options = { headers: { 'Cache-Control': 'no-cache' }, meta: { a: 'b' }, ...neverAborted() };
        const copy = structuredClone({ headers: options.headers, meta: options.meta });
        await gateway.put(randomBlob(1), options);
        expect({ headers: options.headers, meta: options.meta }).to.deep.equal(copy);
        expect(Object.keys(options)).to.deep.equal(['headers', 'meta', 'signal']);
      });

      it('accepts a Blob with a type', async () => {
        await gateway.put(new Blob(['{}'], { type: 'application/json' }), neverAborted());
        expect((await harness.readObject(key))?.size).to.equal(2);
      });
    });

    describe('createUpload', () => {
      it('returns a new upload ID each time', async () => {
        const first = await gateway.createUpload(neverAborted());
        const second = await gateway.createUpload(neverAborted());
        expect(first).to.be.a('string').that.is.not.equal('');
        expect(second).not.to.equal(first);
      });

      it('keeps uploads of one object separate', async () => {
        const first = await startUpload();
        const second = await gateway.createUpload(neverAborted());
        expect(await listNumbers(second)).to.deep.equal([]);
        await gateway.abortUpload(second, neverAborted());
        expect(await listNumbers(first.uploadId)).to.deep.equal([1]);
      });
    });

    describe('uploadPart', () => {
      it('returns the ETag and the CRC-64 of a part as OSS does', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const part = await uploadPart(uploadId, 7, new Blob(['123456789']));
        expect(part).to.deep.equal({
          number: 7,
          etag: '"25F9E794323B453885F5181F1B624D0B"',
          crc64: '11051210869376104954',
        });
      });

      it('accepts a Blob with a type', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const part = await uploadPart(uploadId, 1, new Blob(['{}'], { type: 'application/json' }));
        expect(part.number).to.equal(1);
      });

      it('replaces a part with the same number', async () => {
        const { uploadId } = await startUpload(randomBlob(5));
        const body = randomBlob(9);
        const part = await uploadPart(uploadId, 1, body);
        expect(await gateway.listParts(uploadId, neverAborted())).to.deep.equal([{ ...part, size: 9 }]);
        await gateway.completeUpload(uploadId, [part], neverAborted());
        expect((await harness.readObject(key))?.sha256).to.equal(await sha256(body));
      });

      for (const number of [0, 10_001]) {
        it(`rejects the part number ${number}`, async () => {
          const uploadId = await gateway.createUpload(neverAborted());
          const error = await uploadErrorOf(uploadPart(uploadId, number, randomBlob(1)));
          expect(error).to.include({ code: 'request-refused', status: 400, ossCode: 'InvalidArgument' });
        });
      }

      it('rejects with file-unreadable if the file has changed on disk', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const { file, truncate } = await fileOnDisk(200_000);
        await truncate();
        const error = await uploadErrorOf(uploadPart(uploadId, 1, file.slice(0, 150_000)));
        expect(error).to.include({ code: 'file-unreadable', retryable: false });
        expect(await listNumbers(uploadId)).to.deep.equal([]);
      });
    });

    describe('listParts', () => {
      it('returns all parts by ascending number', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const parts = [];
        for (const number of [10_000, 2, 7, 1]) {
          const part = await uploadPart(uploadId, number, randomBlob(number % 100));
          parts.push({ ...part, size: number % 100 });
        }
        expect(await gateway.listParts(uploadId, neverAborted())).to.deep.equal(
          parts.sort((a, b) => a.number - b.number),
        );
      });

      it('returns an empty list and a list of one part', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        expect(await gateway.listParts(uploadId, neverAborted())).to.deep.equal([]);
        const part = await uploadPart(uploadId, 3, randomBlob(9));
        expect(await gateway.listParts(uploadId, neverAborted())).to.deep.equal([{ ...part, size: 9 }]);
      });

      describe('with `after` and `limit`', () => {
        let uploadId: string;
        beforeEach(async () => {
          uploadId = await gateway.createUpload(neverAborted());
          for (const number of [1, 2, 3, 4]) await uploadPart(uploadId, number, randomBlob(1));
        });

        for (const { after, limit, numbers } of [
          { after: 1, limit: 2, numbers: [2, 3] },
          { after: 2, limit: undefined, numbers: [3, 4] },
          { after: undefined, limit: 1, numbers: [1] },
          { after: 0, limit: 10, numbers: [1, 2, 3, 4] },
          { after: 4, limit: 1, numbers: [] },
        ]) {
          it(`returns ${numbers.join(', ') || 'nothing'} for after ${after}, limit ${limit}`, async () => {
            expect(await listNumbers(uploadId, { after, limit })).to.deep.equal(numbers);
          });
        }
      });
    });

    describe('copyPart', () => {
      const overwriting = () => ({ overwrite: true, ...neverAborted() });

      it('copies the object onto itself, so that it keeps its bytes', async () => {
        const body = randomBlob(3 * PART + 1);
        const { etag, crc64 } = await gateway.put(body, neverAborted());
        const uploadId = await gateway.createUpload(overwriting());
        const parts = [];
        for (const [index, start] of [0, PART, 2 * PART].entries()) {
          const end = index === 2 ? body.size : start + PART;
          parts.push(await gateway.copyPart(uploadId, index + 1, { start, end, etag }, neverAborted()));
        }
        const stored = await gateway.completeUpload(uploadId, parts, overwriting());
        expect(stored.crc64).to.equal(crc64);
        expect((await harness.readObject(key))?.sha256).to.equal(await sha256(body));
        expect(stored.etag).not.to.equal(etag);
      });

      it('returns the ETag of the copied range', async () => {
        const { etag } = await gateway.put(new Blob(['0123456789-']), neverAborted());
        const uploadId = await gateway.createUpload(overwriting());
        const part = await gateway.copyPart(uploadId, 7, { start: 1, end: 10, etag }, neverAborted());
        expect(part).to.deep.equal({ number: 7, etag: '"25F9E794323B453885F5181F1B624D0B"' });
      });

      it('is refused if the object has another ETag', async () => {
        await gateway.put(randomBlob(9), neverAborted());
        const uploadId = await gateway.createUpload(overwriting());
        const source = { start: 0, end: 9, etag: '"25F9E794323B453885F5181F1B624D0B"' };
        const error = await uploadErrorOf(gateway.copyPart(uploadId, 1, source, neverAborted()));
        expect(error).to.include({ status: 412, ossCode: 'PreconditionFailed', retryable: false });
        expect(await listNumbers(uploadId)).to.deep.equal([]);
      });

      it('is refused if there is no object', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const source = { start: 0, end: 1, etag: '"25F9E794323B453885F5181F1B624D0B"' };
        const error = await uploadErrorOf(gateway.copyPart(uploadId, 1, source, neverAborted()));
        expect(error).to.include({ status: 404, ossCode: 'NoSuchKey' });
      });

      for (const name of ["it's (a) + test!*~ %.bin", '影片/测试 文件.mp4']) {
        it(`accepts the key ${name}`, async () => {
          gateway = await harness.open(`${key}/${name}`);
          const { etag } = await gateway.put(randomBlob(9), neverAborted());
          const uploadId = await gateway.createUpload(overwriting());
          await gateway.copyPart(uploadId, 1, { start: 0, end: 9, etag }, neverAborted());
          expect(await listNumbers(uploadId)).to.deep.equal([1]);
        });
      }
    });

    describe('completeUpload', () => {
      it('joins the parts by number, regardless of the order in which they are uploaded and listed', async () => {
        const [first, last] = [randomBlob(PART), randomBlob(1)];
        const uploadId = await gateway.createUpload(neverAborted());
        const parts = [await uploadPart(uploadId, 2, last), await uploadPart(uploadId, 1, first)];
        const stored = await gateway.completeUpload(uploadId, parts, neverAborted());
        const object = await harness.readObject(key);
        expect(object?.sha256).to.equal(await sha256(new Blob([first, last])));
        expect(stored.crc64).to.equal(object?.crc64);
        expect(stored.etag).to.equal(`"${object?.etag}"`);
        expect(stored.url).to.equal(`${harness.bucketUrl}/${key}`);
      });

      for (const count of [1, 2]) {
        it(`returns an ETag with the number of parts (${count})`, async () => {
          const uploadId = await gateway.createUpload(neverAborted());
          const parts = [];
          for (let number = 1; number <= count; number++) {
            parts.push(await uploadPart(uploadId, number, randomBlob(PART)));
          }
          const { etag } = await gateway.completeUpload(uploadId, parts, neverAborted());
          expect(etag).to.match(new RegExp(`^"[0-9A-F]{32}-${count}"$`));
        });
      }

      it('returns the CRC-64 of all bytes', async () => {
        const stored = await upload(new Blob(['123456789']));
        expect(stored.crc64).to.equal('11051210869376104954');
      });

      it('stores an empty object from an empty part', async () => {
        const stored = await upload(new Blob());
        expect(stored.crc64).to.equal('0');
        expect((await harness.readObject(key))?.size).to.equal(0);
      });

      it('ignores a part that is listed twice', async () => {
        const { uploadId, part } = await startUpload(randomBlob(9));
        await gateway.completeUpload(uploadId, [part, part], neverAborted());
        expect((await harness.readObject(key))?.size).to.equal(9);
      });

      it('leaves out the parts that are not listed', async () => {
        const { uploadId, part } = await startUpload(randomBlob(PART));
        await uploadPart(uploadId, 2, randomBlob(1));
        await gateway.completeUpload(uploadId, [part], neverAborted());
        expect((await harness.readObject(key))?.size).to.equal(PART);
      });

      it('accepts numbers with gaps', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const parts = [
          await uploadPart(uploadId, 5, randomBlob(PART)),
          await uploadPart(uploadId, 10_000, randomBlob(1)),
        ];
        await gateway.completeUpload(uploadId, parts, neverAborted());
        expect((await harness.readObject(key))?.size).to.equal(PART + 1);
      });

      it('doesn’t modify the list of parts', async () => {
        const uploadId = await gateway.createUpload(neverAborted());
        const parts = [
          await uploadPart(uploadId, 2, randomBlob(1)),
          await uploadPart(uploadId, 1, randomBlob(PART)),
        ];
        const copy = structuredClone(parts);
        await gateway.completeUpload(uploadId, parts, neverAborted());
        expect(parts).to.deep.equal(copy);
      });

      it('invalidates the upload ID', async () => {
        const { uploadId, part } = await startUpload();
        await gateway.completeUpload(uploadId, [part], neverAborted());
        const again = gateway.completeUpload(uploadId, [part], { overwrite: true, ...neverAborted() });
        expect((await uploadErrorOf(again)).code).to.equal('upload-gone');
        expect((await uploadErrorOf(uploadPart(uploadId, 1, randomBlob(1)))).code).to.equal('upload-gone');
      });

      const wrongParts = {
        'a missing part': { number: 2, etag: '"25F9E794323B453885F5181F1B624D0B"' },
        'a wrong ETag': { number: 1, etag: '"25F9E794323B453885F5181F1B624D0B"' },
      };
      for (const [name, wrong] of Object.entries(wrongParts)) {
        it(`rejects ${name} and keeps the upload`, async () => {
          const { uploadId, part } = await startUpload(randomBlob(PART));
          const parts = wrong.number === 1 ? [wrong] : [part, wrong];
          const error = await uploadErrorOf(gateway.completeUpload(uploadId, parts, neverAborted()));
          expect(error).to.include({ code: 'request-refused', status: 400, ossCode: 'InvalidPart' });
          expect(error.retryable).to.equal(false);
          expect(await harness.readObject(key)).not.to.be.ok;
          await gateway.completeUpload(uploadId, [part], neverAborted());
          expect((await harness.readObject(key))?.size).to.equal(PART);
        });
      }

      it('rejects a part that is too small to be followed by another', async () => {
        const { uploadId, part } = await startUpload(randomBlob(PART - 1));
        const last = await uploadPart(uploadId, 2, randomBlob(1));
        const error = await uploadErrorOf(gateway.completeUpload(uploadId, [part, last], neverAborted()));
        expect(error).to.include({ code: 'request-refused', status: 400, ossCode: 'EntityTooSmall' });
      });

      it('rejects an empty list of parts', async () => {
        const { uploadId } = await startUpload();
        const error = await uploadErrorOf(gateway.completeUpload(uploadId, [], neverAborted()));
        expect(error).to.include({ code: 'request-refused', status: 400, ossCode: 'MalformedXML' });
      });
    });

    describe('abortUpload', () => {
      it('discards an upload', async () => {
        const { uploadId } = await startUpload();
        await gateway.abortUpload(uploadId, neverAborted());
        const error = await uploadErrorOf(gateway.listParts(uploadId, neverAborted()));
        expect(error.code).to.equal('upload-gone');
        expect(error).to.include({ status: 404, ossCode: 'NoSuchUpload' });
      });

      it('leaves the gateway usable', async () => {
        await gateway.abortUpload(await gateway.createUpload(neverAborted()), neverAborted());
        const uploadId = await gateway.createUpload(neverAborted());
        const part = await uploadPart(uploadId, 1, randomBlob(1));
        expect(part.number).to.equal(1);
      });

      it('keeps the object', async () => {
        const { uploadId } = await startUpload();
        await gateway.put(randomBlob(9), neverAborted());
        await gateway.abortUpload(uploadId, neverAborted());
        expect((await harness.readObject(key))?.size).to.equal(9);
      });
    });

    describe('an unknown upload ID', () => {
      const part = { number: 1, etag: '"25F9E794323B453885F5181F1B624D0B"' };
      const operations: Record<string, (uploadId: string) => Promise<unknown>> = {
        uploadPart: (uploadId) => uploadPart(uploadId, 1, randomBlob(1)),
        listParts: (uploadId) => gateway.listParts(uploadId, neverAborted()),
        copyPart: (uploadId) =>
          gateway.copyPart(uploadId, 1, { start: 0, end: 1, etag: part.etag }, neverAborted()),
        completeUpload: (uploadId) => gateway.completeUpload(uploadId, [part], neverAborted()),
        abortUpload: (uploadId) => gateway.abortUpload(uploadId, neverAborted()),
      };
      for (const [name, operation] of Object.entries(operations)) {
        it(`is reported as upload-gone by ${name}`, async () => {
          const error = await uploadErrorOf(operation('0004B9894A22E5B1888A1E29F823'));
          expect(error).to.include({ code: 'upload-gone', status: 404, ossCode: 'NoSuchUpload' });
          expect(error.values).to.include({ key, bucket: harness.bucket });
        });
      }

      it('includes the upload ID of another object', async () => {
        const { uploadId } = await startUpload();
        const other = await harness.open(`other-${key}`);
        const error = await uploadErrorOf(other.listParts(uploadId, neverAborted()));
        expect(error.code).to.equal('upload-gone');
      });
    });

    describe('head', () => {
      it('returns the size, the ETag, the CRC-64 and the date of an object', async () => {
        const stored = await gateway.put(randomBlob(2_000), { contentType: 'text/plain', ...neverAborted() });
        const summary = await gateway.head(neverAborted());
        expect(summary).to.include({ ...stored, size: 2_000 });
        expect(summary?.lastModified).to.be.closeTo(Date.now(), 60_000);
      });

      it('returns the same for a multipart object', async () => {
        const stored = await upload(randomBlob(2_000));
        expect(await gateway.head(neverAborted())).to.include({ ...stored, size: 2_000 });
      });

      it('returns undefined if there is no object', async () => {
        expect(await gateway.head(neverAborted())).to.equal(undefined);
      });

      it('returns undefined while an upload is not completed', async () => {
        await startUpload();
        expect(await gateway.head(neverAborted())).to.equal(undefined);
      });
    });

    describe('overwriting', () => {
      it('is refused in every request by default', async () => {
        const early = await startUpload();
        await gateway.put(new Blob(['first']), neverAborted());
        const errors = [
          await uploadErrorOf(gateway.put(randomBlob(1), neverAborted())),
          await uploadErrorOf(gateway.createUpload(neverAborted())),
          await uploadErrorOf(gateway.completeUpload(early.uploadId, [early.part], neverAborted())),
        ];
        expect(errors.map(({ code }) => code)).to.deep.equal([
          'object-exists',
          'object-exists',
          'object-exists',
        ]);
        expect(errors[0]).to.include({ status: 409, ossCode: 'FileAlreadyExists', retryable: false });
        expect(errors[0]?.values).to.include({ key, bucket: harness.bucket });
        expect((await harness.readObject(key))?.size).to.equal(5);
      });

      it('keeps the upload when it is refused', async () => {
        const { uploadId, part } = await startUpload();
        await gateway.put(new Blob(['first']), neverAborted());
        await uploadErrorOf(gateway.completeUpload(uploadId, [part], neverAborted()));
        await gateway.completeUpload(uploadId, [part], { overwrite: true, ...neverAborted() });
        expect((await harness.readObject(key))?.size).to.equal(1);
      });

      it('replaces the object in a multipart upload if allowed', async () => {
        await gateway.put(new Blob(['first']), neverAborted());
        const uploadId = await gateway.createUpload({ overwrite: true, ...neverAborted() });
        const part = await uploadPart(uploadId, 1, randomBlob(1));
        await gateway.completeUpload(uploadId, [part], { overwrite: true, ...neverAborted() });
        expect((await harness.readObject(key))?.size).to.equal(1);
      });

      it('replaces the object in put if allowed', async () => {
        await gateway.put(new Blob(['first']), neverAborted());
        await gateway.put(randomBlob(1), { overwrite: true, ...neverAborted() });
        expect((await harness.readObject(key))?.size).to.equal(1);
      });
    });

    describe('object keys', () => {
      const keys = {
        'spaces and plus signs': 'a b+c  d.bin',
        'percent signs': '100%25 %.bin',
        'characters that browsers don’t encode': "it's (a) test!*~_-.bin",
        'reserved characters': 'a?b#c&d=e;f,g:h@i$j[k]|l\\m"n<o>`{p}^.bin',
        Chinese: '影片/测试 文件.mp4',
        emoji: '🎬/👩‍👩‍👧.bin',
        'double slashes': 'a//b/c/.bin',
        '1,023 bytes': `${'长'.repeat(340)}abc`,
      };
      for (const [name, key] of Object.entries(keys)) {
        it(`may contain ${name}`, async () => {
          gateway = await harness.open(key);
          const stored = await upload(new Blob(['x']));
          expect((await harness.readObject(key))?.size).to.equal(1);
          const bucketPath = new URL(`${harness.bucketUrl}/`).pathname;
          expect(decodeURIComponent(new URL(stored.url).pathname)).to.equal(bucketPath + key);
        });
      }

      const invalidKeys = {
        'path segments that browsers resolve': 'a/../b',
        'a leading slash': '/a',
        'more than 1,023 bytes': 'a'.repeat(1_024),
        'no characters': '',
      };
      for (const [name, invalidKey] of Object.entries(invalidKeys)) {
        it(`are rejected with ${name}`, async () => {
          expect((await uploadErrorOf(harness.open(invalidKey))).code).to.equal('key-invalid');
        });
      }

      it('keep objects separate', async () => {
        await gateway.put(randomBlob(1), neverAborted());
        const other = await harness.open(`other-${key}`);
        expect(await other.head(neverAborted())).to.equal(undefined);
      });
    });

    describe('abort signals', () => {
      const reason = new Error('enough');
      const part = { number: 1, etag: '"25F9E794323B453885F5181F1B624D0B"' };
      const operations: Record<string, (uploadId: string, signal: AbortSignal) => Promise<unknown>> = {
        put: (_, signal) => gateway.put(randomBlob(1), { signal }),
        createUpload: (_, signal) => gateway.createUpload({ signal }),
        uploadPart: (uploadId, signal) => gateway.uploadPart(uploadId, 1, randomBlob(1), { signal }),
        listParts: (uploadId, signal) => gateway.listParts(uploadId, { signal }),
        copyPart: (uploadId, signal) =>
          gateway.copyPart(uploadId, 1, { start: 0, end: 1, etag: part.etag }, { signal }),
        completeUpload: (uploadId, signal) => gateway.completeUpload(uploadId, [part], { signal }),
        abortUpload: (uploadId, signal) => gateway.abortUpload(uploadId, { signal }),
        head: (_, signal) => gateway.head({ signal }),
      };
      for (const [name, operation] of Object.entries(operations)) {
        it(`make ${name} reject with their reason if they are aborted already`, async () => {
          const uploadId = await gateway.createUpload(neverAborted());
          expect(await rejectionOf(operation(uploadId, AbortSignal.abort(reason)))).to.equal(reason);
          await uploadPart(uploadId, 2, randomBlob(1));
          expect(await listNumbers(uploadId)).to.deep.equal([2]);
          expect(await harness.readObject(key)).not.to.be.ok;
        });

        it(`make ${name} reject with their reason if they are aborted during the call`, async () => {
          const uploadId = await gateway.createUpload(neverAborted());
          const controller = new AbortController();
          const rejection = rejectionOf(operation(uploadId, controller.signal));
          controller.abort(reason);
          expect(await rejection).to.equal(reason);
        });
      }

      it('stop progress reports', async () => {
        const controller = new AbortController();
        const reports: number[] = [];
        const onProgress = (bytesSent: number) => reports.push(bytesSent);
        const call = rejectionOf(gateway.put(randomBlob(PART), { signal: controller.signal, onProgress }));
        controller.abort(reason);
        expect(await call).to.equal(reason);
        await gateway.put(randomBlob(1), { overwrite: true, ...neverAborted() });
        expect(reports).to.deep.equal([]);
      });

      it('reject if they are aborted from a progress report, and no report follows', async () => {
        const controller = new AbortController();
        let reports = 0;
        const onProgress = () => {
          reports += 1;
          controller.abort(reason);
        };
        const options = { signal: controller.signal, onProgress };
        expect(await rejectionOf(gateway.put(randomBlob(PART), options))).to.equal(reason);
        await gateway.put(randomBlob(1), { overwrite: true, ...neverAborted() });
        expect(reports).to.equal(1);
      });

      it('don’t affect the other calls of the gateway', async () => {
        const controller = new AbortController();
        const uploadId = await gateway.createUpload(neverAborted());
        const { signal } = controller;
        const aborted = rejectionOf(gateway.uploadPart(uploadId, 1, randomBlob(PART), { signal }));
        const other = gateway.uploadPart(uploadId, 2, randomBlob(PART), neverAborted());
        controller.abort(reason);
        expect(await aborted).to.equal(reason);
        expect((await other).number).to.equal(2);
      });
    });

    describe('progress', () => {
      const calls: Record<string, (body: Blob, onProgress: (sent: number) => void) => Promise<unknown>> = {
        put: (body, onProgress) => gateway.put(body, { onProgress, ...neverAborted() }),
        uploadPart: async (body, onProgress) => {
          const uploadId = await gateway.createUpload(neverAborted());
          await gateway.uploadPart(uploadId, 1, body, { onProgress, ...neverAborted() });
        },
      };
      for (const [name, call] of Object.entries(calls)) {
        it(`of ${name} grows to the size of the body`, async () => {
          const reports: number[] = [];
          await call(randomBlob(300_000), (sent) => reports.push(sent));
          expect(reports.at(-1)).to.equal(300_000);
          expect(reports).to.deep.equal([...new Set(reports)].sort((a, b) => a - b));
        });

        it(`of ${name} is not reported for an empty body`, async () => {
          const reports: number[] = [];
          await call(new Blob(), (sent) => reports.push(sent));
          expect(reports).to.deep.equal([]);
        });
      }
    });
  });
}
