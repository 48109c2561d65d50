import { expect } from '@open-wc/testing';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

const MINUTE = 60_000;

describe('the duration of an upload', () => {
  it('is the time that was spent sending, without pauses and waits', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const upload = uploader.add(makeFile(3 * PART), 'film.mp4');
    let held = oss.hold('uploadPart', 2);
    upload.start();
    await held.reached;
    env.time += MINUTE;
    upload.pause();
    env.time += 10 * MINUTE;
    held = oss.hold('uploadPart', 3);
    upload.resume();
    await held.reached;
    env.time += 2 * MINUTE;
    held.release();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.property('duration', 3 * MINUTE);
  });

  it('continues after Cancel was undone', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 }, { store: new MemoryStore() });
    const upload = uploader.add(makeFile(3 * PART), 'film.mp4');
    const held = oss.hold('uploadPart', 2);
    upload.start();
    await held.reached;
    env.time += MINUTE;
    upload.cancelUndoable();
    env.time += 10 * MINUTE;
    upload.undoCancel();
    upload.resume();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.property('duration', MINUTE);
  });

  it('starts over with an upload that was cancelled', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const upload = uploader.add(makeFile(3 * PART), 'film.mp4');
    const held = oss.hold('uploadPart', 2);
    upload.start();
    await held.reached;
    env.time += MINUTE;
    await upload.cancel();
    upload.retry();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.property('duration', 0);
  });

  it('is not negative if the clock of the device is set back', async () => {
    const { uploader, oss, env } = createTestUploader({ parallel: 1 });
    const upload = uploader.add(makeFile(3 * PART), 'film.mp4');
    const held = oss.hold('uploadPart', 2);
    upload.start();
    await held.reached;
    env.time -= MINUTE;
    held.release();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.property('duration', 0);
  });
});
