// What an upload does with an object that is stored already: by itself, by another upload, or with an unanswered callback.
import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { Upload } from '../../src/core/upload.js';
import type { UploadStatus } from '../../src/core/upload-state.js';
import type { Operation } from '../support/fake-oss.js';
import { createTestUploader, makeFile, PART, reached, type TestUploader } from '../support/uploads.js';

const KEY = 'film.mp4';
const SIZES = [0, PART, 3 * PART + 1];
const checksum = {
  crc64: (blob: Blob, signal: AbortSignal) => crc64OfBlob(blob, signal),
};
const network = () => new UploadError('network');
const accessDenied = () => new UploadError('access-denied', { status: 403 });
const callback = { url: 'https://example.com/uploaded', body: 'key=${object}' };

let test: TestUploader;
let upload: Upload;

function add(size: number, options = {}): void {
  test = createTestUploader({ parallel: 1, ...options }, { checksum });
  upload = test.uploader.add(makeFile(size), KEY);
}

function start(size: number, options = {}): void {
  add(size, options);
  upload.start();
}

const until = (status: UploadStatus) => reached(test.uploader, upload, status);

/** Stores an object with the key of the upload. @param lastModified by default, long before the upload */
async function storeObject(content: Blob, etag = '"OTHER"', lastModified = 0): Promise<void> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  test.oss.objects.set(KEY, { bytes, etag, lastModified });
}

const operations = () => test.oss.calls.map(({ operation }) => operation);
const result = () => (upload.state.status === 'succeeded' ? upload.state.result : undefined);
const errorCode = () => (upload.state.status === 'failed' ? upload.state.error.code : undefined);

/** Loses the response to the next request of an operation, which takes effect. */
function loseResponse(operation: Operation): void {
  test.oss.intercept(operation, () => () => {
    throw network();
  });
}

describe('an object with the same bytes', () => {
  for (const size of SIZES) {
    it(`is reused for a file of ${size} bytes`, async () => {
      add(size);
      await storeObject(upload.file!);
      upload.start();
      await until('succeeded');
      expect(result()).to.deep.include({ reused: true, verified: true, etag: '"OTHER"' });
      expect(operations()).to.deep.equal([size > PART ? 'createUpload' : 'put', 'head']);
    });

    it(`is not reused for a file of ${size} bytes if its checksum is hidden`, async () => {
      add(size);
      test.oss.exposesChecksum = false;
      await storeObject(upload.file!);
      upload.start();
      await until('failed');
      expect(errorCode()).to.equal('object-exists');
    });

    it(`is not reused for a file of ${size} bytes with \`noVerify\``, async () => {
      add(size, { noVerify: true });
      await storeObject(upload.file!);
      upload.start();
      await until('failed');
      expect(errorCode()).to.equal('object-exists');
    });

    it(`is not reused for a file of ${size} bytes without permission to read it`, async () => {
      add(size);
      await storeObject(upload.file!);
      test.oss.fail('head', accessDenied);
      upload.start();
      await until('failed');
      expect(errorCode()).to.equal('object-exists');
    });

    it(`is replaced by a file of ${size} bytes with \`overwrite\``, async () => {
      add(size, { overwrite: true });
      await storeObject(upload.file!);
      upload.start();
      await until('succeeded');
      expect(result()).to.deep.include({ reused: false });
      expect(test.oss.objects.get(KEY)?.etag).to.not.equal('"OTHER"');
    });
  }

  for (const size of [PART, 3 * PART]) {
    it(`is told apart from one of the same size with other bytes (${size} bytes)`, async () => {
      add(size);
      await storeObject(new Blob([new Uint8Array(size)]));
      upload.start();
      await until('failed');
      expect(errorCode()).to.equal('object-exists');
      expect(test.oss.objects.get(KEY)?.etag).to.equal('"OTHER"');
    });
  }

  it('is compared only if its size is equal', async () => {
    let computed = 0;
    test = createTestUploader({}, { checksum: { crc64: () => Promise.resolve(BigInt(++computed)) } });
    upload = test.uploader.add(makeFile(3 * PART), KEY);
    await storeObject(new Blob(['x']));
    upload.start();
    await until('failed');
    expect(computed).to.equal(0);
  });

  for (const command of ['pause', 'cancel'] as const) {
    it(`is compared while the upload is preparing, until \`${command}\``, async () => {
      let compare!: (signal: AbortSignal) => void;
      const comparing = new Promise<AbortSignal>((resolve) => (compare = resolve));
      const hanging = (_: Blob, signal: AbortSignal) =>
        new Promise<bigint>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          compare(signal);
        });
      test = createTestUploader({}, { checksum: { crc64: hanging } });
      upload = test.uploader.add(makeFile(3 * PART), KEY);
      await storeObject(upload.file!);
      upload.start();
      const signal = await comparing;
      expect(upload.state.status).to.equal('preparing');
      void upload[command]();
      expect(signal.aborted).to.equal(true);
      expect(upload.state.status).to.equal(command === 'pause' ? 'paused' : 'cancelled');
    });
  }

  it('is found again on retry, once the other object is gone', async () => {
    add(3 * PART);
    await storeObject(new Blob(['x']));
    upload.start();
    await until('failed');
    await storeObject(upload.file!);
    upload.retry();
    await until('succeeded');
    expect(result()).to.deep.include({ reused: true });
  });

  for (const [what, operation, size] of [
    ['PutObject', 'put', PART],
    ['CompleteMultipartUpload', 'completeUpload', 2 * PART],
  ] as const) {
    it(`is not called reused after a lost response to ${what}`, async () => {
      add(size);
      loseResponse(operation);
      upload.start();
      await until('succeeded');
      expect(result()).to.deep.include({ reused: false, verified: true });
      expect(test.oss.count(operation)).to.equal(1);
    });
  }

  it('is not called reused if it was stored before a pause', async () => {
    add(PART);
    test.oss.intercept('put', () => () => upload.pause());
    upload.start();
    await until('paused');
    upload.resume();
    await until('succeeded');
    expect(result()).to.deep.include({ reused: false });
    expect(operations()).to.deep.equal(['put', 'head']);
  });

  it('is not called reused if the browser repeated CompleteMultipartUpload', async () => {
    add(2 * PART);
    test.oss.intercept('completeUpload', () => () => {
      throw new UploadError('object-exists');
    });
    upload.start();
    await until('succeeded');
    expect(result()).to.deep.include({ reused: false });
  });

  it('is reused if another client stored it while parts were sent, and the parts are removed', async () => {
    add(2 * PART);
    const last = test.oss.hold('uploadPart', 2);
    upload.start();
    await last.reached;
    await storeObject(upload.file!);
    last.release();
    await until('succeeded');
    expect(result()).to.deep.include({ reused: true });
    expect([test.oss.objects.get(KEY)?.etag, test.oss.uploads.size]).to.deep.equal(['"OTHER"', 0]);
  });

  /** Adds an upload of three parts, the first of which an earlier visit has stored. */
  const addStarted = async (): Promise<File> => {
    add(3 * PART);
    const file = upload.file!;
    const bytes = new Uint8Array(await file.slice(0, PART).arrayBuffer());
    test.oss.uploads.set('earlier', { parts: new Map([[1, { etag: '"1"', bytes }]]) });
    const checkpoint = { name: KEY, fileSize: file.size, partSize: PART, uploadId: 'earlier', doneParts: [] };
    upload = test.uploader.addFrom(checkpoint, file);
    return file;
  };

  it('is reused if another client stored it since the last visit', async () => {
    await storeObject(await addStarted());
    upload.resume();
    await until('succeeded');
    expect(result()).to.deep.include({ reused: true });
    expect(test.oss.uploads.size).to.equal(0);
  });

  it('keeps the parts of the last visit if its bytes differ', async () => {
    await addStarted();
    await storeObject(new Blob([new Uint8Array(3 * PART)]));
    upload.resume();
    await until('failed');
    expect(errorCode()).to.equal('object-exists');
    expect(test.oss.uploads.get('earlier')?.parts.size).to.equal(3);
  });

  for (const size of [PART, 2 * PART]) {
    it(`is not taken for a file with other metadata if its checksum is hidden (${size} bytes)`, async () => {
      add(size, { retries: 0 });
      test.oss.exposesChecksum = false;
      test.oss.listsChecksum = false;
      loseResponse(size > PART ? 'completeUpload' : 'put');
      if (size > PART) test.oss.fail('head', network);
      upload.start();
      await until('failed');
      upload.attach(new File([new Uint8Array(size)], KEY, { lastModified: 1 }));
      upload.retry();
      await until('preparing');
      await until('failed');
      expect(errorCode()).to.be.oneOf(['object-exists', 'file-changed']);
    });
  }

  for (const size of [PART, 2 * PART]) {
    it(`has the version that OSS reports (${size} bytes)`, async () => {
      add(size);
      test.oss.isVersioned = true;
      upload.start();
      await until('succeeded');
      expect(result()?.versionId).to.equal('version-1');
    });
  }
});

for (const [what, options] of [
  ['has no checksum', {}],
  ['is not verified', { noVerify: true }],
] as const) {
  describe(`an object that ${what}`, () => {
    const addUnverified = (size: number) => {
      add(size, options);
      test.oss.exposesChecksum = false;
      test.oss.listsChecksum = false;
    };

    /** Stores other bytes of the same size, and fails a request before it arrives. */
    const storeAnother = (operation: Operation, size: number, etag: string, age = 0) =>
      test.oss.intercept(operation, async () => {
        await storeObject(new Blob([new Uint8Array(size)]), etag, test.env.time - age);
        throw network();
      });

    const expectOther = async (etag: string) => {
      upload.start();
      await until('failed');
      expect([errorCode(), test.oss.objects.get(KEY)?.etag]).to.deep.equal(['object-exists', etag]);
    };

    it('is not taken for that of a request that failed before any byte was sent', async () => {
      addUnverified(PART);
      storeAnother('put', PART, '"OTHER"', 3_600_000);
      await expectOther('"OTHER"');
    });

    it('is not taken for that of such a request even if another client has just stored it', async () => {
      addUnverified(PART);
      storeAnother('put', PART, '"OTHER"');
      await expectOther('"OTHER"');
    });

    it('is not taken for that of a request whose bytes were lost if it is older', async () => {
      addUnverified(PART);
      test.oss.intercept('put', async ({ onProgress }) => {
        onProgress?.(PART);
        await storeObject(new Blob([new Uint8Array(PART)]), '"OTHER"', test.env.time - 10_000);
        throw network();
      });
      await expectOther('"OTHER"');
    });

    it('is not taken for that of a multipart upload that OSS has not completed', async () => {
      addUnverified(2 * PART);
      storeAnother('completeUpload', 2 * PART, '"OTHER-2"');
      await expectOther('"OTHER-2"');
    });

    it('is not taken for that of a multipart upload if OSS may not be asked whether it is completed', async () => {
      addUnverified(2 * PART);
      storeAnother('completeUpload', 2 * PART, '"OTHER-2"');
      test.oss.fail('listParts', accessDenied, { times: Infinity });
      await expectOther('"OTHER-2"');
    });

    for (const [size, operation] of [
      [PART, 'put'],
      [2 * PART, 'completeUpload'],
    ] as const) {
      it(`is found after a lost response to \`${operation}\``, async () => {
        addUnverified(size);
        loseResponse(operation);
        upload.start();
        await until('succeeded');
        expect(result()).to.deep.include({ reused: false, verified: false });
        expect(test.oss.count(operation)).to.equal(1);
      });
    }

    it('is found after a lost response without permission to list parts', async () => {
      addUnverified(2 * PART);
      loseResponse('completeUpload');
      test.oss.fail('listParts', accessDenied, { times: Infinity });
      upload.start();
      await until('succeeded');
      expect([test.oss.count('createUpload'), test.oss.sentParts]).to.deep.equal([1, [1, 2]]);
    });
  });
}

describe('an upload that is cancelled after all bytes were sent', () => {
  /** Cancels while CompleteMultipartUpload is in flight. @param isStored whether OSS completes the upload */
  const cancelCompleting = async (isStored: boolean, options = {}) => {
    start(2 * PART, options);
    if (isStored) {
      test.oss.intercept('completeUpload', () => () => void upload.cancel());
      await until('completing');
    } else {
      await test.oss.hold('completeUpload').reached;
      void upload.cancel();
    }
    const ended = new Promise<void>((resolve) => {
      const check = () => upload.state.status !== 'completing' && resolve();
      test.uploader.subscribe(check);
      check();
    });
    await ended;
  };

  it('is cancelled if OSS has not completed it', async () => {
    await cancelCompleting(false);
    expect(upload.state).to.deep.equal({ status: 'cancelled', progress: upload.state.progress });
    expect([test.oss.uploads.size, test.oss.objects.size]).to.deep.equal([0, 0]);
  });

  it('succeeds if OSS has completed it', async () => {
    await cancelCompleting(true);
    expect(result()).to.deep.include({ verified: true, reused: false });
    expect(test.oss.objects.has(KEY)).to.equal(true);
  });

  it('stays completing until that is known', async () => {
    start(2 * PART);
    const completing = test.oss.hold('completeUpload');
    await completing.reached;
    const abort = test.oss.hold('abortUpload');
    const cancelled = upload.cancel();
    await abort.reached;
    expect(upload.state.status).to.equal('completing');
    expect(test.events.filter(({ type }) => type === 'state').at(-1)).to.have.nested.property(
      'to.status',
      'completing',
    );
    abort.release();
    await cancelled;
    expect(upload.state.status).to.equal('cancelled');
  });

  it('is settled once if it is cancelled repeatedly', async () => {
    start(2 * PART);
    await test.oss.hold('completeUpload').reached;
    await Promise.all([upload.cancel(), upload.cancel(), test.uploader.cancel()]);
    expect(test.oss.count('abortUpload')).to.equal(1);
  });

  it('starts over on retry', async () => {
    await cancelCompleting(false);
    upload.retry();
    await until('succeeded');
    expect(test.oss.count('createUpload')).to.equal(2);
  });

  for (const [what, fail] of [
    ['OSS can’t be reached', network],
    ['the policy denies it', accessDenied],
  ] as const) {
    it(`is cancelled and says that it may be stored if ${what}`, async () => {
      start(2 * PART);
      await test.oss.hold('completeUpload').reached;
      test.oss.fail('abortUpload', fail);
      test.oss.fail('head', fail);
      await upload.cancel();
      expect(upload.state).to.deep.include({ status: 'cancelled', mayBeStored: true });
    });
  }

  it('succeeds if only aborting is denied and OSS has completed it', async () => {
    add(2 * PART);
    test.oss.fail('abortUpload', accessDenied);
    test.oss.intercept('completeUpload', () => () => void upload.cancel());
    upload.start();
    await until('succeeded');
    expect(result()).to.deep.include({ verified: true });
  });

  it('is cancelled if another object has its key', async () => {
    add(2 * PART);
    const completing = test.oss.hold('completeUpload');
    upload.start();
    await completing.reached;
    test.oss.uploads.clear();
    await storeObject(new Blob([new Uint8Array(2 * PART)]));
    await upload.cancel();
    expect(upload.state).to.deep.equal({ status: 'cancelled', progress: upload.state.progress });
  });

  it('succeeds if it waited for a retry of CompleteMultipartUpload', async () => {
    add(2 * PART);
    test.env.autoAdvance = false;
    loseResponse('completeUpload');
    test.oss.fail('head', network);
    upload.start();
    await until('waiting');
    await upload.cancel();
    expect(result()).to.deep.include({ verified: true });
  });

  it('succeeds if it failed without knowing that OSS has completed it', async () => {
    add(2 * PART, { retries: 0 });
    loseResponse('completeUpload');
    test.oss.fail('head', network);
    upload.start();
    await until('failed');
    await upload.cancel();
    expect(result()).to.deep.include({ verified: true });
  });

  for (const size of [0, PART]) {
    it(`succeeds if PutObject has stored it (${size} bytes)`, async () => {
      add(size);
      test.oss.intercept('put', () => () => void upload.cancel());
      upload.start();
      await until('succeeded');
      expect(result()).to.deep.include({ verified: true, reused: false });
    });
  }

  it('succeeds if it was paused after PutObject has stored it', async () => {
    add(PART);
    test.oss.intercept('put', () => () => upload.pause());
    upload.start();
    await until('paused');
    await upload.cancel();
    expect(result()).to.deep.include({ verified: true });
  });

  it('is cancelled at once if PutObject has not sent all bytes', async () => {
    start(PART);
    await test.oss.hold('put').reached;
    const cancelled = upload.cancel();
    expect(upload.state.status).to.equal('cancelled');
    await cancelled;
    expect([test.oss.count('head'), test.oss.objects.size]).to.deep.equal([0, 0]);
  });

  it('reports the outcome if it is removed from the list', async () => {
    add(2 * PART);
    let removed: Promise<void> | undefined;
    test.oss.intercept('completeUpload', () => () => void (removed = test.uploader.remove([upload.id])));
    upload.start();
    await until('succeeded');
    await removed;
    expect(test.uploader.uploads).to.deep.equal([]);
    expect(test.oss.objects.has(KEY)).to.equal(true);
  });

  it('leaves its callback unanswered if OSS has completed it', async () => {
    add(2 * PART, { callback });
    test.oss.intercept('completeUpload', () => () => void upload.cancel());
    upload.start();
    await until('failed');
    expect(errorCode()).to.equal('callback-failed');
  });
});

describe('an upload with a callback', () => {
  /** Bodies of the callbacks that the application server has answered. */
  let answered: number;
  const failOnce = () => {
    answered = 0;
    let calls = 0;
    test.oss.callback = () => {
      if (++calls === 1) throw new Error('The application server is down.');
      answered++;
      return { saved: true };
    };
  };

  const startAndFail = async (size: number, options = {}) => {
    add(size, { callback, ...options });
    failOnce();
    upload.start();
    await until('failed');
    expect([errorCode(), answered]).to.deep.equal(['callback-failed', 0]);
  };

  for (const size of SIZES) {
    it(`makes OSS send the failed callback again on retry (${size} bytes)`, async () => {
      await startAndFail(size);
      const { length: sent } = test.oss.sentParts;
      upload.retry();
      await until('succeeded');
      expect(result()).to.deep.include({ callback: { saved: true }, verified: true, reused: false });
      expect([answered, test.oss.sentParts.length]).to.deep.equal([1, sent]);
      expect(test.oss.objects.get(KEY)?.bytes).to.deep.equal(
        new Uint8Array(await upload.file!.arrayBuffer()),
      );
    });

    it(`fails again as long as the callback fails (${size} bytes)`, async () => {
      await startAndFail(size);
      test.oss.callback = () => {
        throw new Error('The application server is still down.');
      };
      for (let times = 0; times < 2; times++) {
        upload.retry();
        await until('preparing');
        await until('failed');
        expect(errorCode()).to.equal('callback-failed');
      }
      expect(test.oss.uploads.size).to.equal(0);
    });

    it(`does not succeed on retry if the object can’t be compared (${size} bytes)`, async () => {
      add(size, { callback });
      failOnce();
      test.oss.exposesChecksum = false;
      upload.start();
      await until('failed');
      upload.retry();
      await until('preparing');
      await until('failed');
      expect([errorCode(), answered]).to.deep.equal(['callback-failed', 0]);
    });

    it(`does not succeed on retry without permission to read the object (${size} bytes)`, async () => {
      await startAndFail(size);
      test.oss.fail('head', accessDenied, { times: 9 });
      const { length: sent } = test.oss.sentParts;
      upload.retry();
      await until('preparing');
      await until('failed');
      expect([errorCode(), answered, test.oss.sentParts.length]).to.deep.equal(['callback-failed', 0, sent]);
    });

    it(`never replaces an object of another upload on retry (${size} bytes)`, async () => {
      await startAndFail(size);
      await storeObject(new Blob([new Uint8Array(size + 1)]));
      test.oss.uploads.clear();
      upload.retry();
      await until('preparing');
      await until('failed');
      expect([errorCode(), answered]).to.deep.equal(['object-exists', 0]);
      expect(test.oss.objects.get(KEY)?.etag).to.equal('"OTHER"');
    });

    it(`does not reuse an object, because OSS would not send the callback (${size} bytes)`, async () => {
      add(size, { callback });
      await storeObject(upload.file!);
      upload.start();
      await until('failed');
      expect(errorCode()).to.equal('object-exists');
    });

    it(`makes OSS send the callback again after a lost response (${size} bytes)`, async () => {
      add(size, { callback });
      let calls = 0;
      test.oss.callback = () => ({ calls: ++calls });
      loseResponse(size > PART ? 'completeUpload' : 'put');
      upload.start();
      await until('succeeded');
      expect(result()).to.deep.include({ callback: { calls: 2 }, reused: false });
      expect(test.oss.sentParts).to.have.length(size > PART ? 4 : 0);
    });
  }

  for (const [size, operation] of [
    [0, 'put'],
    [PART, 'put'],
    [2 * PART, 'completeUpload'],
  ] as const) {
    /** OSS stores the object, its callback fails, and OSS refuses the request that the browser repeats by itself. */
    const refuseRepeated = () => {
      add(size, { callback });
      failOnce();
      test.oss.intercept(operation, async () => {
        await storeObject(upload.file!);
        Object.assign(test.oss.objects.get(KEY)!, { lastModified: test.env.time });
        if (operation === 'completeUpload') test.oss.uploads.clear();
        throw new UploadError('object-exists');
      });
    };

    it(`makes OSS send the callback again after the browser repeated \`${operation}\` (${size} bytes)`, async () => {
      refuseRepeated();
      upload.start();
      await until('failed');
      expect([errorCode(), answered]).to.deep.equal(['callback-failed', 0]);
      upload.retry();
      await until('succeeded');
      expect(result()).to.deep.include({ callback: { saved: true }, verified: true, reused: false });
      expect(test.oss.sentParts).to.have.length(size > PART ? 2 : 0);
    });
  }

  it('never replaces an older object after PutObject is refused', async () => {
    add(PART, { callback });
    await storeObject(upload.file!);
    Object.assign(test.oss.objects.get(KEY)!, { lastModified: test.env.time - 10_000 });
    upload.start();
    await until('failed');
    expect([errorCode(), test.oss.objects.get(KEY)?.etag]).to.deep.equal(['object-exists', '"OTHER"']);
  });

  it('makes OSS send the callback again on retry after it was cancelled while completing', async () => {
    add(2 * PART, { callback });
    test.oss.intercept('completeUpload', () => () => void upload.cancel());
    upload.start();
    await until('failed');
    test.oss.callback = () => ({ saved: true });
    upload.retry();
    await until('succeeded');
    expect(result()).to.deep.include({ callback: { saved: true }, reused: false });
    expect(test.oss.sentParts).to.have.length(2);
  });

  it('sends no stored part again to repeat the callback if the part size was raised meanwhile', async () => {
    await startAndFail(2 * PART);
    test.uploader.options.partSize = 4 * PART;
    upload.retry();
    await until('succeeded');
    expect([answered, test.oss.count('put'), test.oss.sentParts]).to.deep.equal([1, 0, [1, 2]]);
  });

  it('describes what is stored if a multipart object can’t be copied', async () => {
    await startAndFail(2 * PART, { bucket: 'films' });
    test.oss.fail('copyPart', accessDenied);
    upload.retry();
    await until('completing');
    await until('failed');
    expect(errorCode()).to.equal('callback-failed');
    expect(upload.state).to.have.nested.property('error.hint').that.contains(KEY).and.contains('films');
    expect([test.oss.uploads.size, test.oss.objects.size]).to.deep.equal([0, 1]);
  });

  it('keeps its object when it is cancelled', async () => {
    await startAndFail(2 * PART);
    await upload.cancel();
    expect(errorCode()).to.equal('callback-failed');
    expect(test.oss.objects.has(KEY)).to.equal(true);
  });

  it('leaves the list without further requests when it is removed', async () => {
    await startAndFail(2 * PART);
    const { length } = test.oss.calls;
    await test.uploader.remove([upload.id]);
    expect([test.uploader.uploads.length, test.oss.calls.length]).to.deep.equal([0, length]);
  });
});
