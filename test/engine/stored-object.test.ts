import { expect } from '@open-wc/testing';
import { UploadError, type Upload, type UploadCallback } from '../../src/core/index.js';
import type { Uploader } from '../../src/create-uploader.js';
import { callbackUrl } from '../support/responses.js';
import { control, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 3;
const SIZES = [0, PART, COUNT * PART];

const failing: UploadCallback = { url: 'http://127.0.0.1:1/', body: 'key=${object}' };
const working: UploadCallback = { url: callbackUrl(), body: 'key=${object}' };

describe('an object that is stored already', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  const start = (file: File, options = {}) => {
    const uploader = bucket.uploader({ parallel: 2, ...options });
    const upload = uploader.add(file, KEY);
    upload.start();
    return { uploader, upload, result: succeeded(uploader, upload) };
  };
  const until = (uploader: Uploader, condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => condition() && resolve();
      uploader.subscribe(check);
      check();
    });
  const errorOf = (result: Promise<unknown>) => result.catch((reason: unknown) => reason);
  const count = async (operation: 'UploadPart' | 'UploadPartCopy' | 'PutObject' | 'HeadObject') =>
    (await bucket.requests({ operation })).length;

  for (const size of SIZES) {
    it(`is reused for the same ${size} bytes`, async () => {
      const file = randomFile(size);
      const first = await start(file).result;
      const second = await start(file).result;
      expect([first.reused, second.reused, second.verified]).to.deep.equal([false, true, true]);
      expect(second.etag).to.equal(first.etag);
      expect(await count('UploadPart')).to.equal(size > PART ? COUNT : 0);
    });

    it(`is not replaced by ${size + 1} bytes`, async () => {
      const file = randomFile(size);
      await start(file).result;
      const error = await errorOf(start(randomFile(size + 1)).result);
      expect(error).to.be.instanceOf(UploadError).with.property('code', 'object-exists');
      await bucket.expectStored(KEY, file);
    });

    it(`makes OSS send a failed callback again on retry (${size} bytes)`, async () => {
      const file = randomFile(size);
      const { uploader, upload, result } = start(file, { callback: failing });
      expect(await errorOf(result)).to.have.property('code', 'callback-failed');
      uploader.options.callback = working;
      upload.retry();
      const { callback, verified, reused } = await succeeded(uploader, upload);
      expect(callback).to.deep.equal({ saved: true });
      expect([verified, reused]).to.deep.equal([true, false]);
      expect(await count('UploadPart')).to.equal(size > PART ? COUNT : 0);
      expect(await count('UploadPartCopy')).to.equal(size > PART ? 1 : 0);
      await bucket.expectStored(KEY, file);
      expect((await control.uploads()).filter((other) => other.bucket === bucket.name)).to.deep.equal([]);
    });
  }

  for (const size of [PART, COUNT * PART]) {
    for (const overwrite of [false, true]) {
      it(`is reused once another tab has sent it (${size} bytes, overwrite: ${overwrite})`, async () => {
        const file = randomFile(size);
        const last = size > PART ? 'CompleteMultipartUpload' : 'PutObject';
        await bucket.addFault(last, { kind: 'stall' });
        const first = start(file, { overwrite });
        await control.waitFor({ bucket: bucket.name, operation: last }, 1, 'started');
        const second = start(file, { overwrite });
        await until(second.uploader, () => second.upload.state.status === 'waiting');
        await bucket.removeFaults();
        await first.result;
        expect((await second.result).reused).to.equal(true);
        expect(await count('UploadPart')).to.equal(size > PART ? COUNT : 0);
        expect(await count('PutObject')).to.equal(size > PART ? 0 : 1);
        await bucket.expectStored(KEY, file);
      });
    }
  }

  it('makes OSS send the callback again after a lost response', async () => {
    await bucket.addFault('CompleteMultipartUpload', { kind: 'lost-response' });
    const { upload, result } = start(randomFile(COUNT * PART), { callback: working });
    expect((await result).callback).to.deep.equal({ saved: true });
    expect(await count('UploadPart')).to.equal(COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  describe('while its upload is cancelled', () => {
    const cancel = async (upload: Upload) => {
      await upload.cancel();
      return upload.state.status;
    };
    /** Resolves once OSS has stored the object. */
    const objectStored = async () => {
      while ((await control.object(bucket.name, KEY)) === null);
    };

    it('leaves the upload succeeded (multipart)', async () => {
      await bucket.addFault('CompleteMultipartUpload', { kind: 'delayed-response', delay: 60_000 });
      const { upload } = start(randomFile(COUNT * PART));
      await objectStored();
      expect(await cancel(upload)).to.equal('succeeded');
      await bucket.expectStored(KEY, upload.file!);
    });

    it('leaves the upload succeeded (single request)', async () => {
      await bucket.addFault('PutObject', { kind: 'delayed-response', delay: 60_000 });
      const { uploader, upload } = start(randomFile(PART));
      await until(uploader, () => upload.state.progress.loaded === PART);
      await objectStored();
      expect(await cancel(upload)).to.equal('succeeded');
      await bucket.expectStored(KEY, upload.file!);
    });

    it('does not exist if OSS has not completed the upload', async () => {
      await bucket.addFault('CompleteMultipartUpload', { kind: 'stall', afterBytes: 0 });
      const { uploader, upload } = start(randomFile(COUNT * PART));
      await until(uploader, () => upload.state.status === 'completing');
      expect(await cancel(upload)).to.equal('cancelled');
      expect(await control.object(bucket.name, KEY)).to.equal(null);
      expect((await control.uploads()).filter((other) => other.bucket === bucket.name)).to.deep.equal([]);
    });
  });
});
