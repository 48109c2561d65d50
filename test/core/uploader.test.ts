import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { isQueued } from '../../src/core/upload-state.js';
import type { Locks } from '../../src/core/ports.js';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

describe('uploader', () => {
  it('has as many files under way as it may, and begins the next when one is through', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 2 });
    const uploads = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
    const first = oss.hold('put');
    const second = oss.hold('put');
    uploader.start();
    await Promise.all([first.reached, second.reached]);
    expect(uploads[2]!.state.status).to.equal('ready');
    first.release();
    second.release();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
  });

  it('resumes no more at once than it may', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 2 });
    const uploads = ['a', 'b'].map((key) => uploader.add(makeFile(3 * PART, key), key));
    const held = [oss.hold('createUpload'), oss.hold('createUpload')];
    uploader.start();
    await Promise.all(held.map(({ reached }) => reached));
    uploader.pause();
    uploader.options.concurrentFiles = 1;
    uploader.resume();
    expect(uploads.map((upload) => [upload.state.status, isQueued(upload.state)])).to.deep.equal([
      ['preparing', false],
      ['paused', true],
    ]);
  });

  it('tries again no more at once than it may', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const uploads = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    oss.fail('put', () => new UploadError('access-denied'), { times: 2 });
    uploader.start();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'failed')));
    const held = oss.hold('put');
    uploader.retry();
    await held.reached;
    expect(uploads.map((upload) => isQueued(upload.state))).to.deep.equal([false, true]);
  });

  it('gives no room to another when all are paused', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    uploader.pause();
    expect([first!.state.status, next!.state.status, isQueued(next!.state)]).to.deep.equal([
      'paused',
      'ready',
      false,
    ]);
  });

  it('leaves the room of one that waits for another tab to others', async () => {
    const held = new Set<string>();
    const locks: Locks = {
      isHeld: () => Promise.resolve(false),
      acquire: (name, signal, onWait) => {
        if (held.has(name) || held.size > 0) return Promise.resolve(() => {});
        held.add(name);
        onWait();
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      },
    };
    const { uploader } = createTestUploader({ concurrentFiles: 1 }, { locks });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    uploader.start();
    await reached(uploader, next!, 'succeeded');
    expect(first!.state).to.include({ status: 'waiting', reason: 'other-tab' });
  });

  it('is not stopped by a listener that throws, and tells the page of it', async () => {
    const { uploader } = createTestUploader();
    const broken = new Error('A mistake of the page.');
    const reported = new Promise((resolve) => {
      // The test runner would count it as its own.
      const own = window.onerror;
      window.onerror = (...[, , , , error]) => {
        window.onerror = own;
        resolve(error);
        return true;
      };
    });
    const stop = uploader.subscribe(() => {
      stop();
      throw broken;
    });
    const upload = uploader.add(makeFile(PART), 'film.mp4');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(await reported).to.equal(broken);
  });

  it('tells the rate of all files together, without the bytes that were there before', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const [first, second] = ['a', 'b'].map((key) => uploader.add(makeFile(4 * PART, key), key));
    const pause = oss.hold('uploadPart', 3);
    first!.start();
    await pause.reached;
    first!.pause();
    env.time += 3_600_000;
    const held = [oss.hold('uploadPart', 3), oss.hold('uploadPart', 3)];
    first!.resume();
    await held[0]!.reached;
    second!.start();
    await held[1]!.reached;
    env.time += 2_000;
    expect(uploader.progress).to.include({ bytesPerSecond: PART, secondsLeft: 4 });
  });

  it('takes all off the list and leaves what has arrived to a later visit', async () => {
    const store = new MemoryStore();
    const { uploader, oss } = createTestUploader({ parallel: 1 }, { store });
    const upload = uploader.add(makeFile(3 * PART), 'a');
    const held = oss.hold('uploadPart', 3);
    uploader.start();
    await held.reached;
    await uploader.reset();
    const [found] = await uploader.restore();
    expect([
      uploader.uploads.includes(upload),
      found?.checkpoint?.doneParts.map(({ number }) => number),
    ]).to.deep.equal([false, [1, 2]]);
  });

  it('shows what another page has stored', () => {
    const { uploader } = createTestUploader();
    const result = { bucket: 'bucket', key: 'a', etag: '"e"', url: 'https://example.com/a', verified: true };
    const upload = uploader.addStored({ fileName: 'a.mp4', fileSize: 5, result });
    expect([upload.key, upload.file, upload.state]).to.deep.equal([
      'a',
      undefined,
      { status: 'succeeded', progress: { loaded: 5, total: 5, ratio: 1 }, result },
    ]);
  });

  it('adds the progress of all files up', async () => {
    const { uploader } = createTestUploader();
    const done = uploader.add(makeFile(PART, 'a'), 'a');
    uploader.add(makeFile(3 * PART, 'b'), 'b');
    done.start();
    await reached(uploader, done, 'succeeded');
    expect(uploader.progress).to.deep.include({ loaded: PART, total: 4 * PART, ratio: 0.25 });
  });

  it('cancels one without a word to the others', async () => {
    const { uploader, oss } = createTestUploader();
    const [a, b] = ['a', 'b'].map((key) => uploader.add(makeFile(3 * PART, key), key));
    const { reached: isReached, release } = oss.hold('uploadPart', 1);
    a!.start();
    await isReached;
    b!.start();
    await a!.cancel();
    release();
    await reached(uploader, b!, 'succeeded');
    expect(a!.state.status).to.equal('cancelled');
  });

  it('cancels what is removed while it is under way', async () => {
    const { uploader, oss } = createTestUploader();
    const upload = uploader.add(makeFile(3 * PART), 'a');
    const { reached: isReached } = oss.hold('uploadPart', 1);
    upload.start();
    await isReached;
    void uploader.remove([upload.id]);
    expect(uploader.uploads).to.deep.equal([]);
    expect(upload.state.status).to.equal('cancelled');
  });

  it('is suspended whole, and goes on with what was under way and what was next', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    const retryNow = uploader.suspend();
    expect([first!.state.status, next!.state.status]).to.deep.equal(['paused', 'ready']);
    retryNow();
    await reached(uploader, next!, 'succeeded');
    expect(first!.state.status).to.equal('succeeded');
  });

  it('leaves alone, after it was suspended, what a person had paused', async () => {
    const { uploader, oss } = createTestUploader();
    const upload = uploader.add(makeFile(PART), 'a');
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    upload.pause();
    uploader.suspend()();
    expect(upload.state.status).to.equal('paused');
  });

  it('goes on with a file that could not be read, once it is picked again', async () => {
    const { uploader, oss } = createTestUploader();
    const file = makeFile(3 * PART);
    const upload = uploader.add(file, 'a');
    oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 3 });
    upload.start();
    await reached(uploader, upload, 'failed');
    upload.attach(new File([file], file.name, { lastModified: file.lastModified }));
    upload.retry();
    await reached(uploader, upload, 'succeeded');
    expect(oss.sentParts.toSorted()).to.deep.equal([1, 2, 3, 3]);
  });

  it('forgets what is over', async () => {
    const { uploader } = createTestUploader();
    const done = uploader.add(makeFile(PART, 'a'), 'a');
    const ready = uploader.add(makeFile(PART, 'b'), 'b');
    done.start();
    await reached(uploader, done, 'succeeded');
    uploader.clear();
    expect(uploader.uploads).to.deep.equal([ready]);
  });

  it('makes keys from the template', async () => {
    const { uploader } = createTestUploader({ objectKey: 'films/{name}' });
    expect(await uploader.keyFor(makeFile(1, 'a.mp4'))).to.equal('films/a.mp4');
  });

  it('refuses a key that is none', async () => {
    const { uploader } = createTestUploader({ objectKey: (() => undefined) as never });
    const error: unknown = await uploader.keyFor(makeFile(1)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'key-invalid');
  });

  it('refuses a key that OSS can’t take', async () => {
    const { uploader } = createTestUploader({ objectKey: () => '' });
    const error: unknown = await uploader.keyFor(makeFile(1)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'key-invalid');
  });
});
