import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { errorTexts } from '../../src/core/error-texts.js';
import { UploadError } from '../../src/core/errors.js';
import type { Upload } from '../../src/core/upload.js';
import type { UploadStatus } from '../../src/core/upload-state.js';
import { completeAnotherUpload } from './another-upload.js';
import type { FakeCall } from '../support/fake-oss.js';
import { createTestUploader, makeFile, PART, reached, type TestUploader } from '../support/uploads.js';

const network = () => new UploadError('network');

async function expectStored({ oss }: TestUploader, { key, file }: Upload): Promise<void> {
  const bytes = new Uint8Array(await file!.arrayBuffer());
  expect(oss.objects.get(key)?.bytes).to.deep.equal(bytes);
}

/** The requests so far, in the order in which they were sent. */
function operations({ oss }: TestUploader): string[] {
  return oss.calls.map(({ operation }) => operation);
}

/** Counts the parts in flight from now on; `most` is the highest count. */
function countPartsInFlight({ oss }: TestUploader): { most: number } {
  const inFlight = { now: 0, most: 0 };
  oss.intercept(
    'uploadPart',
    () => {
      inFlight.most = Math.max(inFlight.most, ++inFlight.now);
      return () => inFlight.now--;
    },
    { times: Infinity },
  );
  return inFlight;
}

describe('Upload', () => {
  let test: TestUploader;
  let upload: Upload;

  const startUpload = (size: number, options = {}) => {
    test = createTestUploader(options);
    upload = test.uploader.add(makeFile(size), 'films/film.mp4');
    upload.start();
  };
  const until = (status: UploadStatus) => reached(test.uploader, upload, status);

  for (const size of [0, 1, PART - 1, PART]) {
    it(`sends a file of ${size} bytes in a single PutObject request`, async () => {
      startUpload(size);
      await until('succeeded');
      await expectStored(test, upload);
      expect(test.oss.count('put')).to.equal(1);
      expect(test.oss.count('createUpload')).to.equal(0);
    });
  }

  for (const size of [PART + 1, 3 * PART, 3 * PART + 1]) {
    it(`sends a file of ${size} bytes in parts`, async () => {
      startUpload(size);
      await until('succeeded');
      await expectStored(test, upload);
      expect(test.oss.sentParts).to.have.length(Math.ceil(size / PART));
    });
  }

  it('rejects another file for a failed upload with a localized error', async () => {
    const message = 'Das ist eine andere Datei.';
    test = createTestUploader({
      errorTexts: { ...errorTexts, 'checkpoint-mismatch': { message, hint: '' } },
    });
    upload = test.uploader.add(makeFile(PART), 'film.mp4');
    test.oss.fail('put', () => new UploadError('access-denied'));
    upload.start();
    await until('failed');
    expect(() => upload.attach(makeFile(PART, 'other.mp4'))).to.throw(UploadError, message);
  });

  it('keeps uploading while one part waits for its retry and the others are sent one after another', async () => {
    test = createTestUploader({ parallel: 2 });
    test.env.autoAdvance = false;
    upload = test.uploader.add(makeFile(4 * PART), 'film.mp4');
    test.oss.fail('uploadPart', network, { number: 1 });
    const second = test.oss.hold('uploadPart', 2);
    upload.start();
    await second.reached;
    const statuses = [upload.state.status];
    test.uploader.subscribe((event) => event.type === 'state' && statuses.push(event.to.status));
    const fourth = test.oss.hold('uploadPart', 4);
    second.release();
    await fourth.reached;
    expect(statuses).to.deep.equal(['uploading']);
    test.env.wake();
    fourth.release();
    await until('succeeded');
    await expectStored(test, upload);
  });

  it('waits once every part waits for its retry', async () => {
    test = createTestUploader({ parallel: 2 });
    test.env.autoAdvance = false;
    upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
    test.oss.fail('uploadPart', network, { times: 2 });
    upload.start();
    await until('waiting');
    expect(test.oss.sentParts.toSorted()).to.deep.equal([1, 2]);
    test.env.wake();
    await until('succeeded');
    await expectStored(test, upload);
  });

  it('sends at most `parallel` parts at once', async () => {
    test = createTestUploader({ parallel: 3 });
    upload = test.uploader.add(makeFile(8 * PART), 'film.mp4');
    const holds = [1, 2, 3].map((number) => test.oss.hold('uploadPart', number));
    upload.start();
    await Promise.all(holds.map(({ reached }) => reached));
    await completeAnotherUpload(test.uploader);
    expect(test.oss.sentParts).to.deep.equal([1, 2, 3]);
    const inFlight = countPartsInFlight(test);
    for (const { release } of holds) release();
    await until('succeeded');
    expect(inFlight.most).to.equal(3);
    expect(test.oss.sentParts).to.have.length(8);
    await expectStored(test, upload);
  });

  for (const parallel of [0, -3, 0.5, NaN]) {
    it(`fails with option-invalid if \`parallel\` is ${parallel}`, async () => {
      startUpload(3 * PART, { parallel });
      await until('failed');
      expect(upload.state).to.have.nested.property('error.code', 'option-invalid');
      expect(test.oss.calls).to.deep.equal([]);
    });
  }

  it('emits a part event with the number and ETag of each part', async () => {
    startUpload(3 * PART, { parallel: 1 });
    await until('succeeded');
    const parts = test.events.flatMap((event) => (event.type === 'part' ? [event.part] : []));
    expect(parts.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
    expect(parts.every(({ etag }) => etag !== '')).to.equal(true);
  });

  describe('when paused', () => {
    beforeEach(async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(6 * PART), 'film.mp4');
      const { reached } = test.oss.hold('uploadPart', 4);
      upload.start();
      const call = await reached;
      upload.pause();
      expect(call.signal.aborted).to.equal(true);
    });

    it('sends no more requests', async () => {
      const sent = ['createUpload', 'uploadPart', 'uploadPart', 'uploadPart', 'uploadPart'];
      await upload.atRest;
      expect(operations(test)).to.deep.equal(sent);
      await completeAnotherUpload(test.uploader);
      expect(operations(test)).to.deep.equal([...sent, 'put']);
      expect(upload.state.status).to.equal('paused');
      expect(upload.checkpoint?.doneParts.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
    });

    it('never re-sends a stored part after it is resumed', async () => {
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4, 5, 6]);
      await expectStored(test, upload);
    });

    it('runs only once if it is paused and resumed repeatedly', async () => {
      upload.resume();
      upload.resume();
      upload.pause();
      upload.resume();
      await until('succeeded');
      expect(test.oss.count('completeUpload')).to.equal(1);
      expect(test.oss.count('createUpload')).to.equal(1);
    });

    it('re-sends a part that the server has lost', async () => {
      for (const { parts } of test.oss.uploads.values()) parts.delete(2);
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts.filter((number) => number === 2)).to.have.length(2);
      await expectStored(test, upload);
    });

    it('keeps a stored part whose response never reached the page', async () => {
      const bytes = new Uint8Array(await upload.file!.slice(5 * PART).arrayBuffer());
      for (const { parts } of test.oss.uploads.values()) parts.set(6, { etag: '"unacknowledged"', bytes });
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.not.include(6);
      await expectStored(test, upload);
    });

    it('re-sends a part whose stored size differs', async () => {
      for (const { parts } of test.oss.uploads.values())
        parts.set(6, { etag: '"other"', bytes: new Uint8Array(1) });
      upload.resume();
      await until('succeeded');
      expect(test.oss.sentParts).to.include(6);
      await expectStored(test, upload);
    });

    for (const code of ['access-denied', 'cors-blocked'] as const) {
      it(`relies on its own record of stored parts if it can’t list them (${code})`, async () => {
        test.oss.fail('listParts', () => new UploadError(code), { times: 9 });
        upload.resume();
        await until('succeeded');
        expect(test.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4, 5, 6]);
        await expectStored(test, upload);
      });
    }

    it('starts over automatically if the upload ID no longer exists', async () => {
      test.oss.uploads.clear();
      upload.resume();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });

    it('removes its parts from OSS when cancelled', async () => {
      await upload.cancel();
      expect(upload.state.status).to.equal('cancelled');
      expect(test.oss.uploads.size).to.equal(0);
    });

    it('is cancelled even if aborting the multipart upload is denied', async () => {
      test.oss.fail('abortUpload', () => new UploadError('access-denied', { status: 403 }));
      await upload.cancel();
      expect(upload.state.status).to.equal('cancelled');
    });

    it('starts over when it is retried after being cancelled', async () => {
      await upload.cancel();
      upload.retry();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });
  });

  describe('when requests fail', () => {
    it('re-sends only the part that failed', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(4 * PART), 'film.mp4');
      test.oss.fail('uploadPart', network, { number: 2, times: 3 });
      upload.start();
      await until('succeeded');
      expect([...test.oss.sentParts].sort()).to.deep.equal([1, 2, 2, 2, 2, 3, 4]);
      await expectStored(test, upload);
    });

    it('doubles the delay after each failed attempt', async () => {
      test = createTestUploader();
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', () => new UploadError('server-error', { status: 500 }), { times: 4 });
      upload.start();
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000, 2_000, 4_000, 8_000]);
    });

    it('reports why and until when it waits', async () => {
      test = createTestUploader();
      test.env.autoAdvance = false;
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

    it('retries immediately when `retry` is called during a wait', async () => {
      test = createTestUploader();
      test.env.autoAdvance = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      upload.retry();
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000]);
      expect(test.oss.count('put')).to.equal(2);
      await expectStored(test, upload);
    });

    it('sends no request after it is paused during a wait', async () => {
      test = createTestUploader();
      test.env.autoAdvance = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      upload.pause();
      expect(upload.state.status).to.equal('paused');
      test.env.wake();
      await upload.atRest;
      expect(operations(test)).to.deep.equal(['put']);
      await completeAnotherUpload(test.uploader);
      expect(operations(test)).to.deep.equal(['put', 'put']);
      expect(upload.state.status).to.equal('paused');
      expect(test.oss.objects.has(upload.key)).to.equal(false);
    });

    it('is not waiting while another part is in flight', async () => {
      test = createTestUploader({ parallel: 2 });
      test.env.autoAdvance = false;
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      test.oss.fail('uploadPart', network, { number: 1 });
      const { reached, release } = test.oss.hold('uploadPart', 2);
      upload.start();
      await reached;
      await completeAnotherUpload(test.uploader);
      expect(test.env.sleeps).to.have.length(1);
      expect(upload.state.status).to.equal('uploading');
      release();
      await until('waiting');
      test.env.wake();
      await until('succeeded');
      expect(test.oss.sentParts.toSorted()).to.deep.equal([1, 1, 2, 3]);
      await expectStored(test, upload);
    });

    it('fails after `retries` retries', async () => {
      startUpload(PART, { retries: 2 });
      test.oss.fail('put', network, { times: 9 });
      await until('failed');
      expect(test.oss.count('put')).to.equal(3);
    });

    it('keeps waiting for the network for a day', async () => {
      test = createTestUploader({ retries: 1 });
      test.env.online = false;
      const startedAt = test.env.time;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network, { times: 2_900 });
      upload.start();
      await until('succeeded');
      expect((test.env.time - startedAt) / 3_600_000).to.be.at.least(24);
    });

    it('does not count the failure of a request that a network change interrupted', async () => {
      test = createTestUploader({ retries: 0 });
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      const reconnect = () => {
        test.env.setOnline(false);
        test.env.setOnline(true);
        throw network();
      };
      test.oss.intercept('put', reconnect, { times: 3 });
      upload.start();
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000, 1_000, 1_000]);
    });

    for (const code of [
      'credentials-unreachable',
      'sdk-unavailable',
      'timeout',
      'cors-blocked',
      // A service worker may answer in place of OSS.
      'throttled',
      'server-error',
    ] as const) {
      it(`does not count failures with ${code} while offline`, async () => {
        test = createTestUploader({ retries: 1 });
        test.env.online = false;
        upload = test.uploader.add(makeFile(PART), 'film.mp4');
        test.oss.fail('put', () => new UploadError(code), { times: 20 });
        upload.start();
        await until('succeeded');
        expect(test.oss.count('put')).to.equal(21);
      });
    }

    it('counts errors of OSS even if the device claims to be offline', async () => {
      test = createTestUploader({ retries: 1 });
      test.env.online = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', () => new UploadError('throttled', { ossCode: 'ServiceUnavailable' }), {
        times: 20,
      });
      upload.start();
      await until('failed');
      expect(test.oss.count('put')).to.equal(2);
    });

    it('continues immediately when the network is back', async () => {
      test = createTestUploader();
      test.env.autoAdvance = false;
      test.env.online = false;
      upload = test.uploader.add(makeFile(PART), 'film.mp4');
      test.oss.fail('put', network);
      upload.start();
      await until('waiting');
      expect(upload.state).to.deep.include({ reason: 'offline' });
      test.env.setOnline(true);
      await until('succeeded');
      expect(test.env.sleeps).to.deep.equal([1_000]);
      expect(test.oss.count('put')).to.equal(2);
      await expectStored(test, upload);
    });

    describe('repeatedly', () => {
      /** The statuses that the upload has had, without repetitions. */
      const statuses = () =>
        test.events.flatMap((event) =>
          event.type === 'state' && event.from.status !== event.to.status ? [event.to.status] : [],
        );
      /** Resolves when the next request has failed and waits. */
      const nextFailure = () =>
        new Promise<void>((resolve) => {
          const stop = test.uploader.subscribe(({ type }) => {
            if (type !== 'retry') return;
            stop();
            resolve();
          });
        });
      const whole = ['preparing', 'uploading', 'waiting', 'uploading', 'completing', 'succeeded'];

      it('waits until bytes are sent while the device keeps going online and offline', async () => {
        test = createTestUploader({ parallel: 3 });
        test.env.autoAdvance = false;
        upload = test.uploader.add(makeFile(6 * PART), 'film.mp4');
        let isDead = true;
        const failWhileDead = () => {
          if (isDead) throw network();
        };
        test.oss.intercept('uploadPart', failWhileDead, { times: Infinity });
        test.env.online = false;
        upload.start();
        await until('waiting');
        for (let changes = 0; changes < 56; changes++) {
          const failure = nextFailure();
          test.env.setOnline(changes % 2 === 0);
          await failure;
        }
        isDead = false;
        test.env.autoAdvance = true;
        test.env.setOnline(true);
        await until('succeeded');
        expect(statuses()).to.deep.equal(whole);
      });

      it('does not fail while the device keeps going online and offline', async () => {
        test = createTestUploader({ retries: 1 });
        test.env.autoAdvance = false;
        upload = test.uploader.add(makeFile(PART), 'film.mp4');
        test.oss.fail('put', network, { times: 21 });
        const failure = nextFailure();
        upload.start();
        await failure;
        for (let changes = 0; changes < 20; changes++) {
          const failure = nextFailure();
          test.env.setOnline(changes % 2 === 0);
          await failure;
        }
        test.env.setOnline(true);
        await until('succeeded');
        expect(test.oss.count('put')).to.equal(22);
      });

      it('waits until bytes are sent although the browser claims to be online', async () => {
        test = createTestUploader({ parallel: 3, retries: 20 });
        upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
        test.oss.fail('uploadPart', network, { times: 12 });
        upload.start();
        await until('succeeded');
        expect(statuses()).to.deep.equal(whole);
      });

      it('waits until the first request succeeds', async () => {
        test = createTestUploader({ retries: 20 });
        upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
        test.oss.fail('createUpload', network, { times: 6 });
        upload.start();
        await until('succeeded');
        expect(statuses()).to.deep.equal(['preparing', 'waiting', 'preparing', ...whole.slice(3)]);
      });

      it('waits until a part is stored if the bytes that were sent before were lost', async () => {
        test = createTestUploader({ parallel: 1, retries: 20 });
        upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
        const lose = ({ onProgress }: FakeCall) => {
          onProgress?.(PART / 2);
          throw network();
        };
        test.oss.intercept('uploadPart', lose, { times: 8 });
        upload.start();
        await until('succeeded');
        expect(statuses()).to.deep.equal([
          'preparing',
          'uploading',
          'waiting',
          'uploading',
          'waiting',
          'uploading',
          'completing',
          'succeeded',
        ]);
      });

      it('says that it retries as soon as it does', async () => {
        test = createTestUploader({ parallel: 1 });
        test.env.autoAdvance = false;
        upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
        test.oss.fail('uploadPart', network);
        const retry = test.oss.hold('uploadPart');
        upload.start();
        await until('waiting');
        upload.resume();
        await retry.reached;
        expect(upload.state).to.include({ status: 'waiting', until: test.env.time });
        retry.release();
        await until('succeeded');
      });
    });

    it('keeps stored parts through a failure and a retry', async () => {
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

    it('describes a failure with a message and a hint', async () => {
      startUpload(PART, { bucket: 'films' });
      test.oss.fail('put', () => new UploadError('bucket-not-found', { values: { bucket: 'films' } }));
      await until('failed');
      const { state } = upload;
      if (state.status !== 'failed') throw new Error(state.status);
      expect(state.error.message).to.not.equal('');
      expect(state.error.hint).to.contain('films');
    });

    for (const option of ['region', 'bucket'] as const) {
      it(`fails without \`${option}\`, and succeeds on retry once it is set`, async () => {
        startUpload(PART, { [option]: undefined });
        await until('failed');
        expect(upload.state).to.have.nested.property('error.code', `${option}-missing`);
        test.uploader.options[option] = 'cn-hangzhou';
        upload.retry();
        await until('succeeded');
      });
    }

    it('finds the completed object if the response to CompleteMultipartUpload was lost', async () => {
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

    it('retries the search for the completed object', async () => {
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

    it('checks whether a part is stored before it re-sends the part after a lost response', async () => {
      test = createTestUploader({ parallel: 1 });
      upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
      const loseResponse = () => () => {
        throw network();
      };
      test.oss.intercept('uploadPart', loseResponse, { number: 2 });
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 3]);
      await expectStored(test, upload);
    });

    it('re-sends a part after a lost response if listing is not allowed', async () => {
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

    it('re-sends only the part that the server reports missing on completion', async () => {
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

    it('starts over if the server has lost a part and listing is not allowed', async () => {
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

    it('does not mistake an older object of the same size for its own', async () => {
      test = createTestUploader({ overwrite: true });
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older"' });
      test.oss.fail('completeUpload', network);
      upload.start();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('does not mistake an older object with the same number of parts for its own', async () => {
      test = createTestUploader({ overwrite: true });
      upload = test.uploader.add(makeFile(2 * PART), 'film.mp4');
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older-2"' });
      test.oss.fail('completeUpload', network);
      upload.start();
      await until('succeeded');
      await expectStored(test, upload);
    });

    it('never replaces an object unless `overwrite` is set', async () => {
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

  describe('with a checksum', () => {
    const checksum = { crc64: (blob: Blob) => crc64OfBlob(blob) };
    const addVerified = (size: number, options = {}) => {
      test = createTestUploader({ parallel: 1, ...options }, { checksum });
      upload = test.uploader.add(makeFile(size), 'film.mp4');
    };
    const resultOf = () => (upload.state.status === 'succeeded' ? upload.state.result : undefined);

    for (const size of [0, PART, 3 * PART + 1]) {
      it(`verifies a file of ${size} bytes`, async () => {
        addVerified(size);
        upload.start();
        await until('succeeded');
        expect(resultOf()).to.deep.include({ verified: true, unverifiedReason: undefined });
      });
    }

    it('verifies parts that an earlier visit sent', async () => {
      addVerified(3 * PART);
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
      expect(resultOf()).to.deep.include({ verified: true });
    });

    it('re-sends only the part that was damaged in transit', async () => {
      addVerified(3 * PART);
      test.oss.damage({ number: 2 });
      upload.start();
      await until('succeeded');
      expect(test.oss.sentParts).to.deep.equal([1, 2, 2, 3]);
      await expectStored(test, upload);
    });

    it('keeps the other parts if one is damaged repeatedly', async () => {
      addVerified(3 * PART, { retries: 1 });
      test.oss.damage({ number: 2 });
      test.oss.damage({ number: 2 });
      upload.start();
      await until('failed');
      upload.retry();
      await until('succeeded');
      expect([...test.oss.sentParts].sort()).to.deep.equal([1, 2, 2, 2, 3]);
      await expectStored(test, upload);
    });

    it('replaces a small file that was damaged in transit', async () => {
      addVerified(PART);
      test.oss.damage({});
      upload.start();
      await until('succeeded');
      expect(test.oss.count('put')).to.equal(2);
      await expectStored(test, upload);
    });

    it('re-sends only the stored part that turns out to be damaged', async () => {
      addVerified(3 * PART);
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

    it('fails if the stored object differs from the file, and starts over on retry', async () => {
      addVerified(2 * PART);
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
      const { state } = upload;
      upload.retry();
      await until('succeeded');
      await expectStored(test, upload);
      expect(state).to.have.nested.property('error.code', 'verification-failed');
      expect(state.progress).to.include({ loaded: 0, stored: 0 });
    });

    it('recognizes its object if the browser re-sent PutObject', async () => {
      addVerified(PART);
      test.oss.objects.set('film.mp4', {
        bytes: new Uint8Array(await upload.file!.arrayBuffer()),
        etag: '"PUT"',
      });
      upload.start();
      await until('succeeded');
      expect(resultOf()).to.deep.include({ verified: true });
    });

    it('recognizes its object if the first HeadObject fails with a CORS error', async () => {
      addVerified(PART);
      test.oss.intercept('put', () => () => {
        throw network();
      });
      test.oss.fail('head', () => new UploadError('cors-blocked'));
      upload.start();
      await until('succeeded');
      expect(resultOf()).to.deep.include({ verified: true });
    });

    it('recognizes its object if it was stored during a pause', async () => {
      addVerified(PART);
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

    it('recognizes its object after a lost response to PutObject', async () => {
      addVerified(PART);
      test.oss.intercept('put', () => () => {
        throw network();
      });
      upload.start();
      await until('succeeded');
      expect(resultOf()).to.deep.include({ verified: true });
    });

    for (const code of ['upload-gone', 'object-exists'] as const) {
      it(`recognizes its object if the browser re-sent CompleteMultipartUpload and got ${code}`, async () => {
        addVerified(2 * PART);
        test.oss.intercept('completeUpload', () => () => {
          throw new UploadError(code);
        });
        upload.start();
        await until('succeeded');
        expect(resultOf()).to.deep.include({ verified: true });
        expect(test.oss.count('createUpload')).to.equal(1);
        await expectStored(test, upload);
      });
    }

    it('does not mistake an object with other bytes for its own', async () => {
      addVerified(2 * PART, { overwrite: true });
      test.oss.objects.set('film.mp4', { bytes: new Uint8Array(2 * PART), etag: '"older-2"' });
      test.oss.fail('completeUpload', () => new UploadError('upload-gone'));
      upload.start();
      await until('succeeded');
      expect(test.oss.count('createUpload')).to.equal(2);
      await expectStored(test, upload);
    });

    it('reports that the response does not expose the checksum', async () => {
      addVerified(3 * PART);
      test.oss.exposesChecksum = false;
      upload.start();
      await until('succeeded');
      expect(resultOf()).to.deep.include({ verified: false, unverifiedReason: 'not-exposed' });
    });
  });

  describe('on a connection that loses what is sent', () => {
    const failTimes = (times: number, numbers: readonly number[]) => {
      for (const number of numbers) test.oss.fail('uploadPart', network, { times, number });
    };

    it('fails with an error of its own if most bytes are lost although parts are stored', async () => {
      startUpload(8 * PART, { parallel: 1 });
      failTimes(4, [1, 2, 3, 4, 5, 6, 7, 8]);
      await until('failed');
      expect(upload.state).to.have.nested.property('error.code', 'lossy-connection');
      expect(test.oss.sentParts.length).to.be.below(3 * 8);
    });

    it('keeps the stored parts for the retry', async () => {
      startUpload(8 * PART, { parallel: 1 });
      failTimes(4, [1, 2, 3, 4]);
      await until('failed');
      const stored = upload.checkpoint!.doneParts.length;
      upload.retry();
      await until('succeeded');
      expect(stored).to.be.above(0);
      expect(test.oss.sentParts.filter((number) => number <= stored)).to.have.length(5 * stored);
    });

    it('doesn’t count bytes that are lost while the device is offline', async () => {
      startUpload(8 * PART, { parallel: 1 });
      test.env.setOnline(false);
      failTimes(30, [1]);
      await until('succeeded');
      expect(test.oss.sentParts).to.have.length(30 + 8);
    });

    it('fails after `retries` retries if bytes are sent but nothing is acknowledged', async () => {
      startUpload(2 * PART, { parallel: 1, retries: 2 });
      test.oss.intercept(
        'uploadPart',
        ({ onProgress }) => {
          onProgress?.(PART / 2);
          throw network();
        },
        { times: 99 },
      );
      await until('failed');
      expect(test.oss.sentParts).to.have.length(3);
    });

    it('asks OSS for a part before it is sent again if no progress was reported', async () => {
      startUpload(2 * PART, { parallel: 1 });
      test.oss.fail('uploadPart', network, { number: 2 });
      await until('succeeded');
      expect(operations(test).slice(-4)).to.deep.equal([
        'uploadPart',
        'listParts',
        'uploadPart',
        'completeUpload',
      ]);
    });

    it('doesn’t ask OSS for a part of which only some bytes were sent', async () => {
      startUpload(2 * PART, { parallel: 1 });
      test.oss.intercept(
        'uploadPart',
        ({ onProgress }) => {
          onProgress?.(PART / 2);
          throw network();
        },
        { number: 2 },
      );
      await until('succeeded');
      expect(test.oss.count('listParts')).to.equal(0);
    });
  });

  describe('throughput', () => {
    const progress = () => upload.state.progress;

    it('falls while no bytes are sent, and is unknown after a few seconds', async () => {
      startUpload(4 * PART, { parallel: 1 });
      const { reached, release } = test.oss.hold('uploadPart', 1);
      const { onProgress } = await reached;
      test.env.tick(1_000);
      onProgress?.(PART / 2);
      test.env.tick(1_000);
      const before = progress().bytesPerSecond!;
      test.env.tick(4_000);
      expect(progress().bytesPerSecond!).to.be.below(before / 2);
      test.env.tick(2_000);
      expect(progress()).to.include({ bytesPerSecond: undefined, secondsLeft: undefined });
      release();
      await until('succeeded');
    });

    it('is that of acknowledged bytes if the browser reports bytes as sent that wait in a proxy', async () => {
      startUpload(4 * PART, { parallel: 1 });
      const first = test.oss.hold('uploadPart', 1);
      const second = test.oss.hold('uploadPart', 2);
      (await first.reached).onProgress?.(PART);
      test.env.tick(10_000);
      first.release();
      (await second.reached).onProgress?.(PART);
      test.env.tick(10_000);
      expect(progress()).to.deep.include({
        loaded: 2 * PART,
        stored: PART,
        bytesPerSecond: PART / 20,
        secondsLeft: 60,
      });
      second.release();
      await until('succeeded');
    });

    it('is unknown if such a proxy stops delivering parts', async () => {
      startUpload(8 * PART, { parallel: 1 });
      for (let number = 1; number <= 4; number++) {
        const { reached, release } = test.oss.hold('uploadPart', number);
        (await reached).onProgress?.(PART);
        test.env.tick(3_000);
        release();
      }
      const { reached, release } = test.oss.hold('uploadPart', 5);
      (await reached).onProgress?.(PART);
      test.env.tick(4_000);
      expect(progress().bytesPerSecond).to.be.closeTo(PART / 4, PART / 20);
      test.env.tick(4_000);
      expect(progress()).to.include({ bytesPerSecond: undefined, secondsLeft: undefined });
      release();
      await until('succeeded');
    });

    it('is unknown while such a proxy has not delivered a part yet', async () => {
      startUpload(4 * PART, { parallel: 1 });
      const { reached, release } = test.oss.hold('uploadPart', 1);
      (await reached).onProgress?.(PART);
      test.env.tick(10_000);
      expect(progress()).to.include({ bytesPerSecond: undefined, secondsLeft: undefined });
      release();
      await until('succeeded');
    });
  });

  it('reports that verification is switched off', async () => {
    startUpload(PART);
    await until('succeeded');
    expect(upload.state).to.have.nested.property('result.unverifiedReason', 'switched-off');
  });

  it('sends nothing if `onBeforeStart` returns false', async () => {
    startUpload(PART, { onBeforeStart: () => false });
    await until('preparing');
    await until('ready');
    expect(test.oss.count('put')).to.equal(0);
    await upload.atRest;
    expect(operations(test)).to.deep.equal([]);
  });

  it('resumes from a checkpoint of ali-oss', async () => {
    test = createTestUploader();
    const file = makeFile(3 * PART);
    const bytes = new Uint8Array(await file.slice(0, PART).arrayBuffer());
    test.oss.uploads.set('from-ali-oss', { parts: new Map([[1, { etag: '"1"', bytes }]]) });
    const doneParts = [{ number: 1, etag: '"1"' }];
    upload = test.uploader.addFrom(
      { file, name: 'film.mp4', fileSize: file.size, partSize: PART, uploadId: 'from-ali-oss', doneParts },
      file,
    );
    upload.resume();
    await until('succeeded');
    expect([...test.oss.sentParts].sort()).to.deep.equal([2, 3]);
    await expectStored(test, upload);
  });

  it('rejects a checkpoint of another file', () => {
    const { uploader } = createTestUploader();
    const checkpoint = { name: 'a', fileSize: 5 * PART, partSize: PART, uploadId: 'x', doneParts: [] };
    expect(() => uploader.addFrom(checkpoint, makeFile(PART)))
      .to.throw(UploadError)
      .with.property('code', 'checkpoint-mismatch');
  });
});
