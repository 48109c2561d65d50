import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { Upload } from '../../src/core/upload.js';
import type { UploadStatus } from '../../src/core/upload-state.js';
import { createTestUploader, makeFile, PART, reached, type TestUploader } from '../support/uploads.js';

const network = () => new UploadError('network');

async function expectStored({ oss }: TestUploader, { key, file }: Upload): Promise<void> {
  const bytes = new Uint8Array(await file!.arrayBuffer());
  expect(oss.objects.get(key)?.bytes).to.deep.equal(bytes);
}

describe('an upload', () => {
  let test: TestUploader;
  let upload: Upload;

  const begin = (size: number, options = {}) => {
    test = createTestUploader(options);
    upload = test.uploader.add(makeFile(size), 'films/film.mp4');
    upload.start();
  };
  const until = (status: UploadStatus) => reached(test.uploader, upload, status);

  for (const size of [0, 1, PART - 1, PART]) {
    it(`puts a file of ${size} bytes in one request`, async () => {
      begin(size);
      await until('succeeded');
      await expectStored(test, upload);
      expect(test.oss.count('put')).to.equal(1);
      expect(test.oss.count('createUpload')).to.equal(0);
    });
  }

  for (const size of [PART + 1, 3 * PART, 3 * PART + 1]) {
    it(`sends a file of ${size} bytes in parts`, async () => {
      begin(size);
      await until('succeeded');
      await expectStored(test, upload);
      expect(test.oss.sentParts).to.have.length(Math.ceil(size / PART));
    });
  }

  it('has as many parts under way as it may, and no more', async () => {
    test = createTestUploader({ parallel: 3 });
    upload = test.uploader.add(makeFile(8 * PART), 'film.mp4');
    const holds = [1, 2, 3].map((number) => test.oss.hold('uploadPart', number));
    upload.start();
    await Promise.all(holds.map(({ reached }) => reached));
    expect(test.oss.sentParts).to.deep.equal([1, 2, 3]);
    for (const { release } of holds) release();
    await until('succeeded');
  });

  for (const parallel of [0, -3, 0.5, NaN]) {
    it(`sends its parts one after the other where ${parallel} are to be under way at once`, async () => {
      begin(3 * PART, { parallel });
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3]);
    });
  }

  it('tells each part with its number and ETag', async () => {
    begin(3 * PART, { parallel: 1 });
    await until('succeeded');
    const parts = test.events.flatMap((notice) => (notice.type === 'part' ? [notice.part] : []));
    expect(parts.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
    expect(parts.every(({ etag }) => etag !== '')).to.equal(true);
  });

  describe('that is paused', () => {
    beforeEach(async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(6 * PART), 'film.mp4');
      const { reached } = test.oss.hold('uploadPart', 4);
      upload.start();
      const call = await reached;
      upload.pause();
      expect(call.signal.aborted).to.equal(true);
    });

    it('asks for nothing more', async () => {
      const before = test.oss.calls.length;
      await new Promise((resolve) => setTimeout(resolve));
      expect(test.oss.calls.length).to.equal(before);
      expect(upload.state.status).to.equal('paused');
    });

    it('goes on without sending finished parts again', async () => {
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4, 5, 6]);
      await expectStored(test, upload);
    });

    it('goes on in one run however often it is resumed', async () => {
      upload.resume();
      upload.resume();
      upload.pause();
      upload.resume();
      await until('succeeded');
      expect(test.oss.count('completeUpload')).to.equal(1);
      expect(test.oss.count('createUpload')).to.equal(1);
    });

    it('sends a part again that the server has lost', async () => {
      for (const { parts } of test.oss.uploads.values()) parts.delete(2);
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts.filter((number) => number === 2)).to.have.length(2);
      await expectStored(test, upload);
    });

    it('keeps a part of which the page has not heard', async () => {
      const bytes = new Uint8Array(await upload.file!.slice(5 * PART).arrayBuffer());
      for (const { parts } of test.oss.uploads.values()) parts.set(6, { etag: '"unheard"', bytes });
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.not.include(6);
      await expectStored(test, upload);
    });

    it('does not take a part of another size for its own', async () => {
      for (const { parts } of test.oss.uploads.values())
        parts.set(6, { etag: '"other"', bytes: new Uint8Array(1) });
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.include(6);
      await expectStored(test, upload);
    });

    for (const code of ['access-denied', 'cors-blocked'] as const) {
      it(`trusts its own notes where listing is not allowed (${code})`, async () => {
        test.oss.fail('listParts', () => new UploadError(code), { times: 9 });
        upload.resume();
        await until('succeeded');
        expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4, 5, 6]);
        await expectStored(test, upload);
      });
    }

    it('begins anew by itself when the upload id is gone', async () => {
      test.oss.uploads.clear();
      upload.resume();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });

    it('removes its parts from OSS when it is cancelled', async () => {
      await upload.cancel();
      expect(upload.state.status).to.equal('cancelled');
      expect(test.oss.uploads.size).to.equal(0);
    });

    it('is cancelled all the same where removing is not allowed', async () => {
      test.oss.fail('abortUpload', () => new UploadError('access-denied', { status: 403 }));
      await upload.cancel();
      expect(upload.state.status).to.equal('cancelled');
    });

    it('begins at the first byte when it is tried again after a cancel', async () => {
      await upload.cancel();
      upload.retry();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });
  });

  describe('that meets faults', () => {
    it('sends a part again that was lost, and no other', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(4 * PART), 'film.mp4');
      test.oss.fail('uploadPart', network, { number: 2, times: 3 });
      upload.start();
      await until('succeeded');
      expect([...test.oss.sentParts].sort()).to.deep.equal([1, 2, 2, 2, 2, 3, 4]);
      await expectStored(test, upload);
    });

    it('waits longer from try to try', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', () => new UploadError('server-error', { status: 500 }), { times: 4 });
      upload.start();
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000, 2_000, 4_000, 8_000]);
    });

    it('tells what it waits for, and until when', async () => {
      test = createTestUploader();
      test.env.sleepless = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', () => new UploadError('throttled', { status: 503 }));
      upload.start();
      await until('waiting');
      expect(upload.state).to.deep.include({
        reason: 'retry',
        until: test.env.time + 1_000,
        during: 'uploading',
      });
    });

    it('tries at once when it is told to', async () => {
      test = createTestUploader();
      test.env.sleepless = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      upload.retry();
      await until('succeeded');
    });

    it('can be paused while it waits', async () => {
      test = createTestUploader();
      test.env.sleepless = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      upload.pause();
      expect(upload.state.status).to.equal('paused');
    });

    it('is not waiting while other parts move', async () => {
      test = createTestUploader({ parallel: 2 });
      test.env.sleepless = false;
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      test.oss.fail('uploadPart', network, { number: 1 });
      const { reached, release } = test.oss.hold('uploadPart', 2);
      upload.start();
      await reached;
      expect(upload.state.status).to.equal('uploading');
      release();
      await until('waiting');
    });

    it('gives up after as many failures as it may forgive', async () => {
      begin(PART, { retries: 2 });
      test.oss.fail('put', network, { times: 9 });
      await until('failed');
      expect(test.oss.count('put')).to.equal(3);
    });

    it('waits for the network as long as it takes, a day long', async () => {
      test = createTestUploader({ retries: 1 });
      test.env.online = false;
      const beginning = test.env.time;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network, { times: 2_900 });
      upload.start();
      await until('succeeded');
      expect((test.env.time - beginning) / 3_600_000).to.be.at.least(24);
    });

    it('loses no attempt to a request that had left before the network came back', async () => {
      test = createTestUploader({ retries: 0 });
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      const comeBack = () => {
        test.env.setOnline(false);
        test.env.setOnline(true);
        throw network();
      };
      test.oss.intercept('put', comeBack, { times: 3 });
      upload.start();
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000, 1_000, 1_000]);
    });

    for (const code of ['credentials-unreachable', 'sdk-unavailable', 'timeout', 'cors-blocked'] as const) {
      it(`waits for the network as long as it takes where ${code} comes of it`, async () => {
        test = createTestUploader({ retries: 1 });
        test.env.online = false;
        upload = test.uploader.add(makeFile(PART), 'film.mp4');
        test.oss.fail('put', () => new UploadError(code), { times: 20 });
        upload.start();
        await until('succeeded');
        expect(test.oss.count('put')).to.equal(21);
      });
    }

    it('goes on at once when the network is back', async () => {
      test = createTestUploader();
      test.env.sleepless = false;
      test.env.online = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      expect(upload.state).to.deep.include({ reason: 'offline' });
      test.env.setOnline(true);
      await until('succeeded');
    });

    it('keeps finished parts through a failure and a retry', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(4 * PART), 'film.mp4');
      test.oss.fail('uploadPart', () => new UploadError('access-denied', { status: 403 }), { number: 3 });
      upload.start();
      await until('failed');
      upload.retry();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
      await expectStored(test, upload);
    });

    it('says what failed in a message and a hint', async () => {
      begin(PART, { bucket: 'films' });
      test.oss.fail('put', () => new UploadError('bucket-not-found', { values: { bucket: 'films' } }));
      await until('failed');
      const { state } = upload;
      if (state.status !== 'failed') throw new Error(state.status);
      expect(state.error.message).to.not.equal('');
      expect(state.error.hint).to.contain('films');
    });

    for (const option of ['region', 'bucket'] as const) {
      it(`fails without ${option}, and succeeds once it is set`, async () => {
        begin(PART, { [option]: undefined });
        await until('failed');
        expect(upload.state).to.have.nested.property('error.code', `${option}-missing`);
        test.uploader.options = { ...test.uploader.options, [option]: 'cn-hangzhou' };
        upload.retry();
        await until('succeeded');
      });
    }

    it('finds the object that a Complete made whose answer was lost', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.intercept('completeUpload', () => () => {
        throw network();
      });
      upload.start();
      await until('succeeded');
      expect(test.oss.count('completeUpload')).to.equal(1);
      await expectStored(test, upload);
    });

    it('looks again for the object of a lost Complete where the look fails', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.intercept('completeUpload', () => () => {
        throw network();
      });
      test.oss.fail('head', network, { times: 2 });
      upload.start();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(1);
      expect(test.oss.sentParts).to.deep.equal([1, 2]);
    });

    it('asks for a part whose answer was lost before it sends it again', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      const lose = () => () => {
        throw network();
      };
      test.oss.intercept('uploadPart', lose, { number: 2 });
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3]);
      await expectStored(test, upload);
    });

    it('sends a part again whose answer was lost where listing is not allowed', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      test.oss.intercept('uploadPart', () => () => {
        throw network();
      });
      test.oss.fail('listParts', () => new UploadError('access-denied', { status: 403 }));
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 1, 2, 3]);
    });

    it('sends a part again that the server has lost when it is completed, and no other', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      test.oss.intercept('completeUpload', () => {
        for (const { parts } of test.oss.uploads.values()) parts.delete(2);
      });
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 2]);
      await expectStored(test, upload);
    });

    it('begins anew where the server has lost a part and does not say which', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      test.oss.intercept('completeUpload', () => {
        for (const { parts } of test.oss.uploads.values()) parts.delete(2);
      });
      test.oss.fail('listParts', () => new UploadError('access-denied', { status: 403 }), { times: 9 });
      upload.start();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });

    it('is not fooled by an older object of the same size', async () => {
      test = createTestUploader({ overwrite: true });
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older"' });
      test.oss.fail('completeUpload', network);
      upload.start();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('is not fooled by an older object of as many parts whose checksum can’t be seen', async () => {
      test = createTestUploader({ overwrite: true });
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older-2"' });
      test.oss.fail('completeUpload', network);
      upload.start();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('never replaces an object unless it may', async () => {
      test = createTestUploader();
      const bytes = new Uint8Array([1, 2, 3]);
      test.oss.objects.set('film.mp4', { bytes, etag: '"older"' });
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      upload.start();
      await until('failed');
      expect(upload.state).to.have.nested.property('error.code', 'object-exists');
      expect(test.oss.objects.get('film.mp4')?.bytes).to.equal(bytes);
    });
  });

  describe('that is verified', () => {
    const checksum = { crc64: (blob: Blob) => crc64OfBlob(blob) };
    const beginVerified = (size: number, options = {}) => {
      test = createTestUploader({ parallel: 1, ...options }, { checksum });
      upload = test.uploader.add(makeFile(size), 'film.mp4');
    };
    const verdict = () => (upload.state.status === 'succeeded' ? upload.state.result : undefined);

    for (const size of [0, PART, 3 * PART + 1]) {
      it(`says so for a file of ${size} bytes`, async () => {
        beginVerified(size);
        upload.start();
        await until('succeeded');
        expect(verdict()).to.deep.include({ verified: true, unverifiedReason: undefined });
      });
    }

    it('says so for parts that an earlier visit sent', async () => {
      beginVerified(3 * PART);
      const file = upload.file!;
      const bytes = new Uint8Array(await file.slice(0, PART).arrayBuffer());
      test.oss.uploads.set('earlier', { parts: new Map([[1, { etag: '"1"', bytes }]]) });
      upload = test.uploader.addFrom(
        { name: 'film.mp4', fileSize: file.size, partSize: PART, uploadId: 'earlier', doneParts: [] },
        file,
      );
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([2, 3]);
      expect(verdict()).to.deep.include({ verified: true });
    });

    it('sends a part again that was damaged on its way, and no other', async () => {
      beginVerified(3 * PART);
      test.oss.damage({ number: 2 });
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 2, 3]);
      await expectStored(test, upload);
    });

    it('keeps the other parts where one arrives damaged time and again', async () => {
      beginVerified(3 * PART, { retries: 1 });
      test.oss.damage({ number: 2 });
      test.oss.damage({ number: 2 });
      upload.start();
      await until('failed');
      upload.retry();
      await until('succeeded');
      expect([...test.oss.sentParts].sort()).to.deep.equal([1, 2, 2, 2, 3]);
      await expectStored(test, upload);
    });

    it('puts a small file again that was damaged on its way, in place of the damaged one', async () => {
      beginVerified(PART);
      test.oss.damage({});
      upload.start();
      await until('succeeded');
      expect(test.oss.count('put')).to.equal(2);
      await expectStored(test, upload);
    });

    it('sends a part again that was damaged before the page heard of it, and no other', async () => {
      beginVerified(3 * PART);
      test.oss.uploads.set('earlier', {
        parts: new Map([[1, { etag: '"1"', bytes: new Uint8Array(PART) }]]),
      });
      const file = upload.file!;
      upload = test.uploader.addFrom(
        { name: 'film.mp4', fileSize: file.size, partSize: PART, uploadId: 'earlier', doneParts: [] },
        file,
      );
      upload.resume();
      await until('succeeded');
      expect([...test.oss.sentParts].sort()).to.deep.equal([1, 2, 3]);
      await expectStored(test, upload);
    });

    it('fails where what is stored is not the file, and a retry sends it anew', async () => {
      beginVerified(2 * PART);
      test.oss.listsChecksum = false;
      const foreign = new Uint8Array(PART);
      test.oss.uploads.set('foreign', { parts: new Map([[1, { etag: '"1"', bytes: foreign }]]) });
      const file = upload.file!;
      upload = test.uploader.addFrom(
        { name: 'film.mp4', fileSize: file.size, partSize: PART, uploadId: 'foreign', doneParts: [] },
        file,
      );
      upload.resume();
      await until('failed');
      expect(upload.state).to.have.nested.property('error.code', 'verification-failed');
      upload.retry();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('finds its own object where a browser lost the answer to Put and sent it again', async () => {
      beginVerified(PART);
      test.oss.objects.set('film.mp4', {
        bytes: new Uint8Array(await upload.file!.arrayBuffer()),
        etag: '"PUT"',
      });
      upload.start();
      await until('succeeded');
      expect(verdict()).to.deep.include({ verified: true });
    });

    it('finds its own object where a look that was lost seemed to be forbidden by CORS', async () => {
      beginVerified(PART);
      test.oss.intercept('put', () => () => {
        throw network();
      });
      test.oss.fail('head', () => new UploadError('cors-blocked'));
      upload.start();
      await until('succeeded');
      expect(verdict()).to.deep.include({ verified: true });
    });

    it('finds its own object after a pause in which it was stored', async () => {
      beginVerified(PART);
      const pause = () => {
        upload.pause();
      };
      test.oss.intercept('put', () => pause);
      upload.start();
      await until('paused');
      upload.resume();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('finds its own object after a lost answer, where it is the same', async () => {
      beginVerified(PART);
      test.oss.intercept('put', () => () => {
        throw network();
      });
      upload.start();
      await until('succeeded');
      expect(verdict()).to.deep.include({ verified: true });
    });

    for (const code of ['upload-gone', 'object-exists'] as const) {
      it(`finds its own object where a browser lost the answer to Complete, sent it again and got ${code}`, async () => {
        beginVerified(2 * PART);
        test.oss.intercept('completeUpload', () => () => {
          throw new UploadError(code);
        });
        upload.start();
        await until('succeeded');
        expect(verdict()).to.deep.include({ verified: true });
        expect(test.oss.count('createUpload')).to.equal(1);
        await expectStored(test, upload);
      });
    }

    it('does not take an object for its own that has other bytes', async () => {
      beginVerified(2 * PART, { overwrite: true });
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older-2"' });
      test.oss.fail('completeUpload', () => new UploadError('upload-gone'));
      upload.start();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });

    it('says that the page can’t see the checksum', async () => {
      beginVerified(3 * PART);
      test.oss.exposesChecksum = false;
      upload.start();
      await until('succeeded');
      expect(verdict()).to.deep.include({ verified: false, unverifiedReason: 'not-exposed' });
    });
  });

  it('that is not verified says that this is switched off', async () => {
    begin(PART);
    await until('succeeded');
    expect(upload.state).to.have.nested.property('result.unverifiedReason', 'switched-off');
  });

  it('does not begin where the page does not want it', async () => {
    begin(PART, { onBeforeStart: () => false });
    await until('preparing');
    await until('ready');
    expect(test.oss.count('put')).to.equal(0);
  });

  it('goes on from a checkpoint of ali-oss', async () => {
    test = createTestUploader();
    const file = makeFile(3 * PART);
    const bytes = new Uint8Array(await file.slice(0, PART).arrayBuffer());
    test.oss.uploads.set('theirs', { parts: new Map([[1, { etag: '"1"', bytes }]]) });
    const doneParts = [{ number: 1, etag: '"1"' }];
    upload = test.uploader.addFrom(
      { file, name: 'film.mp4', fileSize: file.size, partSize: PART, uploadId: 'theirs', doneParts },
      file,
    );
    upload.resume();
    await until('succeeded');
    expect([...test.oss.sentParts].sort()).to.deep.equal([2, 3]);
    await expectStored(test, upload);
  });

  it('does not go on from a checkpoint of another file', () => {
    const { uploader } = createTestUploader();
    const checkpoint = { name: 'a', fileSize: 5 * PART, partSize: PART, uploadId: 'x', doneParts: [] };
    expect(() => uploader.addFrom(checkpoint, makeFile(PART)))
      .to.throw(UploadError)
      .with.property('code', 'checkpoint-mismatch');
  });
});
