import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
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
    uploader.remove(upload);
    expect(uploader.uploads).to.deep.equal([]);
    expect(upload.state.status).to.equal('cancelled');
  });

  it('is suspended whole, and goes on with what was under way and what was next', async () => {
    const { uploader, oss } = createTestUploader({ concurrentFiles: 1 });
    const [first, next] = ['a', 'b'].map((key) => uploader.add(makeFile(PART, key), key));
    const held = oss.hold('put');
    uploader.start();
    await held.reached;
    const goOn = uploader.suspend();
    expect([first!.state.status, next!.state.status]).to.deep.equal(['paused', 'ready']);
    goOn();
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

  it('refuses a key that OSS can’t take', async () => {
    const { uploader } = createTestUploader({ objectKey: () => '' });
    const error: unknown = await uploader.keyFor(makeFile(1)).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'key-invalid');
  });
});
