import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { snapshotOf } from '../../src/core/snapshot.js';
import type { Upload } from '../../src/core/upload.js';
import { createTestUploader, makeFile, PART, reached, type TestUploader } from '../support/uploads.js';

describe('a snapshot of an upload', () => {
  let test: TestUploader;
  let upload: Upload;

  beforeEach(() => {
    test = createTestUploader({ parallel: 1 });
    upload = test.uploader.add(makeFile(3 * PART), 'film.mp4');
  });

  const expectCloneable = () => {
    const snapshot = snapshotOf(upload);
    expect(structuredClone(snapshot)).to.deep.equal(snapshot);
    return snapshot;
  };

  it('can be cloned before the start', () => {
    expect(expectCloneable()).to.deep.include({
      fileName: 'film.mp4',
      key: 'film.mp4',
      checkpoint: undefined,
    });
  });

  it('can be cloned while paused, with the checkpoint but without the file', async () => {
    const held = test.oss.hold('uploadPart', 2);
    upload.start();
    await held.reached;
    upload.pause();
    expect(expectCloneable().checkpoint).to.have.keys([
      'name',
      'fileSize',
      'partSize',
      'uploadId',
      'doneParts',
    ]);
  });

  it('can be cloned while waiting, with the error as data', async () => {
    test.env.autoAdvance = false;
    test.oss.fail('createUpload', () => new UploadError('network', { cause: () => 'not cloneable' }));
    upload.start();
    await reached(test.uploader, upload, 'waiting');
    expect(expectCloneable().state).to.have.nested.property('error.code', 'network');
  });

  it('can be cloned after a failure, with code, texts and request ID', async () => {
    test.oss.fail(
      'createUpload',
      () => new UploadError('access-denied', { requestId: '5C3D9175', cause: () => 'not cloneable' }),
    );
    upload.start();
    await reached(test.uploader, upload, 'failed');
    const { state } = expectCloneable();
    expect(state.status === 'failed' && state.error).to.deep.include({
      code: 'access-denied',
      requestId: '5C3D9175',
      message: new UploadError('access-denied').message,
    });
  });

  it('can be cloned after success', async () => {
    upload.start();
    await reached(test.uploader, upload, 'succeeded');
    expect(expectCloneable().state).to.have.nested.property('result.key', 'film.mp4');
  });
});
