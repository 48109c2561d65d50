import { expect } from '@open-wc/testing';
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { UploadError } from '../../src/core/errors.js';
import type { Locks } from '../../src/core/ports.js';
import { isActive, isQueued } from '../../src/core/upload-state.js';
import { Uploader, type UploaderOptions } from '../../src/core/uploader.js';
import { MemoryStore } from '../support/memory-store.js';
import { completeAnotherUpload } from './another-upload.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

/** Counts the active uploads from now on; `most` is the highest count. */
function countActiveUploads(uploader: Uploader): { most: number } {
  const active = { most: 0 };
  const count = () => {
    const now = uploader.uploads.filter(({ state }) => isActive(state)).length;
    active.most = Math.max(active.most, now);
  };
  uploader.subscribe(count);
  count();
  return active;
}

describe('Uploader', () => {
  it('uploads at most `concurrentFiles` files at once, and starts the next when one ends', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 2 });
    const uploads = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
    const first = oss.hold('put');
    const second = oss.hold('put');
    uploader.start();
    await Promise.all([first.reached, second.reached]);
    expect(uploads[2]!.state.status).to.equal('ready');
    const active = countActiveUploads(uploader);
    const third = oss.hold('put');
    first.release();
    await third.reached;
    expect(uploads.map(({ state }) => state.status).toSorted()).to.deep.equal([
      'succeeded',
      'uploading',
      'uploading',
    ]);
    second.release();
    third.release();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(active.most).to.equal(2);
    expect(oss.count('put')).to.equal(3);
  });

  it('resumes at most `concurrentFiles` files at once', async () => {
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
    const active = countActiveUploads(uploader);
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(active.most).to.equal(1);
  });

  it('retries at most `concurrentFiles` files at once', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const uploads = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    oss.fail('put', () => new UploadError('access-denied'), { times: 2 });
    uploader.start();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'failed')));
    const held = oss.hold('put');
    uploader.retry();
    await held.reached;
    expect(uploads.map((upload) => isQueued(upload.state))).to.deep.equal([false, true]);
    const active = countActiveUploads(uploader);
    held.release();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(active.most).to.equal(1);
  });

  it('starts no queued file when all files are paused', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    uploader.pause();
    expect([first!.state.status, next!.state.status, isQueued(next!.state)]).to.deep.equal([
      'paused',
      'paused',
      false,
    ]);
    await first!.atRest;
    await completeAnotherUpload(uploader);
    expect([first!.state.status, next!.state.status]).to.deep.equal(['paused', 'paused']);
    expect(oss.count('put')).to.equal(2);
  });

  it('resumes the queue as a whole after all files were paused, and starts no other file', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 2 });
    const uploads = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    uploader.pause();
    const added = uploader.add(makeFile(PART, 'g'), 'g');
    uploader.resume();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(added.state.status).to.equal('ready');
  });

  for (const code of ['access-denied', 'file-changed'] as const) {
    it(`resumes queued retries after all files were paused (${code})`, async () => {
      const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
      const uploads = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
      oss.fail('put', () => new UploadError(code), { times: 3 });
      uploader.start();
      await Promise.all(uploads.map((upload) => reached(uploader, upload, 'failed')));
      const held = oss.hold('put');
      uploader.retry();
      await held.reached;
      uploader.pause();
      expect(uploads.map(({ state }) => state.status)).to.deep.equal(['paused', 'paused', 'paused']);
      uploader.resume();
      await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    });
  }

  it('retries an upload of a changed file from the start after its queued retry was paused', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1, parallel: 1 });
    const changed = uploader.add(makeFile(3 * PART, 'a'), 'a');
    oss.fail('uploadPart', () => new UploadError('file-changed'), { number: 2 });
    changed.start();
    await reached(uploader, changed, 'failed');
    const other = uploader.add(makeFile(PART, 'b'), 'b');
    const held = oss.hold('put');
    other.start();
    await held.reached;
    uploader.retry();
    uploader.pause();
    uploader.resume();
    await reached(uploader, changed, 'succeeded');
    expect(oss.sentParts).to.deep.equal([1, 2, 1, 2, 3]);
  });

  it('starts the next file when a queued one is paused', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, second, third] = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    second!.pause();
    held.release();
    await Promise.all([first!, third!].map((upload) => reached(uploader, upload, 'succeeded')));
    expect(second!.state).to.include({ status: 'paused', queued: false });
  });

  it('can’t pause a stored upload while its lock is being released', async () => {
    const release = () =>
      new Promise<void>((resolve) =>
        setTimeout(() => {
          upload.pause();
          resolve();
        }),
      );
    const locks: Locks = { ...createPageLocks(), acquire: () => Promise.resolve(release) };
    const { uploader } = createTestUploader({}, { locks });
    const upload = uploader.add(makeFile(PART), 'a');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state.status).to.equal('succeeded');
  });

  it('frees the slot of an upload that waits for another tab', async () => {
    const held = new Set<string>();
    const locks: Locks = {
      ...createPageLocks(),
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

  /** Resolves with the next uncaught error, which the test runner would report as a failure. */
  function uncaughtError(): Promise<unknown> {
    return new Promise((resolve) => {
      const original = window.onerror;
      window.onerror = (...[, , , , error]) => {
        window.onerror = original;
        resolve(error);
        return true;
      };
    });
  }

  it('keeps uploading if a listener throws, and reports the error to the page', async () => {
    const { uploader } = createTestUploader();
    const listenerError = new Error('Thrown by a listener.');
    const reported = uncaughtError();
    const stop = uploader.subscribe(() => {
      stop();
      throw listenerError;
    });
    const upload = uploader.add(makeFile(PART), 'film.mp4');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(await reported).to.equal(listenerError);
  });

  it('adds the file of another user if onOwnerChange throws, and reports the error to the page', async () => {
    const callbackError = new Error('Thrown by onOwnerChange.');
    const options: UploaderOptions = {
      resumeScope: 'ada',
      onOwnerChange: () => {
        throw callbackError;
      },
    };
    const { uploader } = createTestUploader(options);
    uploader.add(makeFile(PART), 'film.mp4');
    const reported = uncaughtError();
    uploader.options.resumeScope = 'bob';
    const upload = uploader.add(makeFile(PART), 'film.mp4');
    expect(await reported).to.equal(callbackError);
    expect(uploader.uploads).to.deep.equal([upload]);
  });

  it('reports the rate of all files together, without the bytes sent before a pause', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const [first, second] = ['a', 'b'].map((key) => uploader.add(makeFile(4 * PART, key), key));
    const third = oss.hold('uploadPart', 3);
    first!.start();
    await third.reached;
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

  it('reports the time left of what is being sent or queued', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const upload = uploader.add(makeFile(4 * PART, 'a'), 'a');
    uploader.add(makeFile(100 * PART, 'not-started'), 'not-started');
    const [first, third] = [oss.hold('uploadPart', 1), oss.hold('uploadPart', 3)];
    upload.start();
    await first.reached;
    first.release();
    env.time += 2_000;
    await third.reached;
    const { bytesPerSecond, secondsLeft } = uploader.progress;
    expect((bytesPerSecond ?? NaN) * (secondsLeft ?? NaN)).to.equal(2 * PART);
  });

  it('`reset` removes all uploads and keeps their stored parts for a later visit', async () => {
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

  it('lists a file that another page has stored', () => {
    const { uploader } = createTestUploader();
    const result = { bucket: 'bucket', key: 'a', etag: '"e"', url: 'https://example.com/a', verified: true };
    const upload = uploader.addStored({ fileName: 'a.mp4', fileSize: 5, result });
    expect([upload.key, upload.file, upload.state]).to.deep.equal([
      'a',
      undefined,
      { status: 'succeeded', progress: { loaded: 5, stored: 5, total: 5, ratio: 1 }, result },
    ]);
  });

  it('sums up the progress of all files', async () => {
    const { uploader } = createTestUploader();
    const done = uploader.add(makeFile(PART, 'a'), 'a');
    uploader.add(makeFile(3 * PART, 'b'), 'b');
    done.start();
    await reached(uploader, done, 'succeeded');
    expect(uploader.progress).to.deep.include({ loaded: PART, total: 4 * PART, ratio: 0.25 });
  });

  it('cancels one upload without affecting the others', async () => {
    const { uploader, oss } = createTestUploader();
    const [a, b] = ['a', 'b'].map((key) => uploader.add(makeFile(3 * PART, key), key));
    const held = oss.hold('uploadPart', 1);
    a!.start();
    await held.reached;
    b!.start();
    await a!.cancel();
    held.release();
    await reached(uploader, b!, 'succeeded');
    expect(a!.state.status).to.equal('cancelled');
  });

  it('cancels an active upload when it is removed', async () => {
    const { uploader, oss } = createTestUploader();
    const upload = uploader.add(makeFile(3 * PART), 'a');
    const held = oss.hold('uploadPart', 1);
    upload.start();
    await held.reached;
    void uploader.remove([upload.id]);
    expect(uploader.uploads).to.deep.equal([]);
    expect(upload.state.status).to.equal('cancelled');
  });

  it('`suspend` pauses all uploads, and returns a function that continues the active and queued ones', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    const continueAll = uploader.suspend();
    expect([first!, next!].map(({ state }) => [state.status, isQueued(state)])).to.deep.equal([
      ['paused', true],
      ['paused', true],
    ]);
    continueAll();
    await reached(uploader, next!, 'succeeded');
    expect(first!.state.status).to.equal('succeeded');
  });

  it('`suspend` leaves an upload paused that was paused before', async () => {
    const { uploader, oss } = createTestUploader();
    const upload = uploader.add(makeFile(PART), 'a');
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    upload.pause();
    uploader.suspend()();
    expect(upload.state.status).to.equal('paused');
    await upload.atRest;
    await completeAnotherUpload(uploader);
    expect(upload.state.status).to.equal('paused');
    expect(oss.count('put')).to.equal(2);
  });

  it('resumes when the last of several suspensions ends', async () => {
    const { uploader, oss } = createTestUploader();
    const upload = uploader.add(makeFile(PART), 'a');
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    const resumes = [uploader.suspend(), uploader.suspend()];
    resumes[0]!();
    resumes[0]!();
    expect(upload.state.status).to.equal('paused');
    resumes[1]!();
    await reached(uploader, upload, 'succeeded');
  });

  it('starts nothing while it is suspended', async () => {
    const { uploader } = createTestUploader();
    const [first, second] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const resume = uploader.suspend();
    first!.start();
    uploader.start([second!.id]);
    second!.pause();
    expect([first!.state.status, second!.state.status]).to.deep.equal(['ready', 'paused']);
    resume();
    await reached(uploader, first!, 'succeeded');
    expect(second!.state.status).to.equal('paused');
  });

  it('continues after an unreadable file is picked again', async () => {
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

  it('`clear` removes succeeded uploads', async () => {
    const { uploader } = createTestUploader();
    const done = uploader.add(makeFile(PART, 'a'), 'a');
    const ready = uploader.add(makeFile(PART, 'b'), 'b');
    done.start();
    await reached(uploader, done, 'succeeded');
    uploader.clear();
    expect(uploader.uploads).to.deep.equal([ready]);
  });

  it('generates keys from the template', async () => {
    const { uploader } = createTestUploader({ objectKey: 'films/{name}' });
    expect(await uploader.keyFor(makeFile(1, 'a.mp4'))).to.equal('films/a.mp4');
  });

  it('rejects a key that is not a string', async () => {
    const { uploader } = createTestUploader({ objectKey: (() => undefined) as never });
    const error: unknown = await uploader.keyFor(makeFile(1)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'option-invalid');
  });

  it('rejects a key that OSS does not allow', async () => {
    const { uploader } = createTestUploader({ objectKey: () => '' });
    const error: unknown = await uploader.keyFor(makeFile(1)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'key-invalid');
  });

  it('reports each upload that is added or removed', () => {
    const { uploader, events } = createTestUploader();
    const upload = uploader.add(makeFile(PART), 'a');
    void uploader.remove([upload.id]);
    expect(events.map((event) => [event.type, event.upload])).to.deep.equal([
      ['add', upload],
      ['remove', upload],
    ]);
  });

  it('reports an upload that enters the queue, with `queued` in its state', async () => {
    const { uploader, oss, events } = createTestUploader({ concurrentFiles: 1 });
    const [, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    const event = events.find((event) => event.type === 'state' && event.upload === next);
    expect(event?.type === 'state' && [event.from, event.to]).to.deep.equal([
      { status: 'ready', progress: next!.state.progress, queued: false },
      { status: 'ready', progress: next!.state.progress, queued: true },
    ]);
  });

  it('starts queued uploads in the order in which they were queued', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, second, third] = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
    const started: string[] = [];
    uploader.subscribe((event) => {
      if (event.type === 'state' && event.to.status === 'preparing') started.push(event.upload.key);
    });
    const held = oss.hold('put');
    uploader.start([first!.id]);
    uploader.start([third!.id]);
    uploader.start([second!.id]);
    await held.reached;
    held.release();
    await Promise.all([first, second, third].map((upload) => reached(uploader, upload!, 'succeeded')));
    expect(started).to.deep.equal(['a', 'c', 'b']);
  });

  it('ignores ids that are not in the list', () => {
    const { uploader } = createTestUploader();
    const upload = uploader.add(makeFile(PART), 'a');
    uploader.start(['unknown']);
    expect(upload.state.status).to.equal('ready');
  });

  it('reads its options from a function when they are needed', async () => {
    const options: UploaderOptions = { region: 'cn-hangzhou' };
    const { oss, env } = createTestUploader();
    const uploader = new Uploader(() => ({ ...options }), { openGateway: oss.open, env });
    const upload = uploader.add(makeFile(PART), 'a');
    options.bucket = 'films';
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.nested.property('result.bucket', 'films');
  });

  it('retries a queued upload of a changed file once, within `concurrentFiles`', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const uploads = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    oss.fail('put', () => new UploadError('file-changed'), { times: 2 });
    uploader.start();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'failed')));
    const active = countActiveUploads(uploader);
    uploader.retry();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect([active.most, oss.count('put')]).to.deep.equal([1, 4]);
  });

  describe('paused by a listener', () => {
    it('starts none of the remaining files', async () => {
      const { uploader, oss } = createTestUploader({ concurrentFiles: 2 });
      const uploads = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
      const stop = uploader.subscribe(({ upload }) => {
        if (upload.state.status !== 'preparing') return;
        stop();
        uploader.pause();
      });
      uploader.start();
      expect(uploads.map(({ state }) => state.status)).to.deep.equal(['paused', 'paused', 'paused']);
      await completeAnotherUpload(uploader);
      expect([...oss.objects.keys()]).to.deep.equal(['another-3.mp4']);
    });

    it('sends nothing for the file that was starting', async () => {
      const { uploader, oss } = createTestUploader();
      const upload = uploader.add(makeFile(3 * PART), 'a');
      uploader.subscribe((event) => event.upload === upload && event.type === 'state' && upload.pause());
      upload.start();
      await completeAnotherUpload(uploader);
      expect([upload.state.status, oss.count('createUpload')]).to.deep.equal(['paused', 0]);
    });
  });

  for (const command of ['pause', 'cancel'] as const) {
    it(`starts no queued file on ${command}, even if concurrentFiles was raised`, async () => {
      const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
      for (const key of ['a', 'b', 'c']) uploader.add(makeFile(PART, key), key);
      const held = oss.hold('put');
      uploader.start();
      await held.reached;
      uploader.options.concurrentFiles = 5;
      const started: string[] = [];
      uploader.subscribe((event) => {
        if (event.type === 'state' && event.to.status === 'preparing') started.push(event.upload.key);
      });
      void uploader[command]();
      expect(started).to.deep.equal([]);
    });
  }

  it('starts files in the order of the list', async () => {
    const { uploader } = createTestUploader({ concurrentFiles: 3 });
    const started: string[] = [];
    uploader.options.onBeforeStart = ({ key }) => started.push(key) > 0;
    const uploads = ['a', 'b', 'c'].map((key) => uploader.add(makeFile(PART, key), key));
    uploader.start();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(started).to.deep.equal(['a', 'b', 'c']);
  });

  it('doesn’t count a removed upload when it succeeds after it was restored under the same id', async () => {
    const { uploader, oss } = createTestUploader({ parallel: 1 }, { store: new MemoryStore() });
    const upload = uploader.add(makeFile(2 * PART), 'a');
    const held = oss.hold('completeUpload');
    upload.start();
    await held.reached;
    void uploader.reset();
    const [restored] = await uploader.restore();
    expect(restored!.id).to.equal(upload.id);
    held.release();
    await upload.atRest;
    expect(uploader.summary).to.deep.include({ count: 0, succeeded: 0 });
    expect(uploader.progress.total).to.equal(0);
  });
});
