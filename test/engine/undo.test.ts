// Cancelling and removing uploads so that it can be undone, on the OSS emulator.
import { expect } from '@open-wc/testing';
import type { Uploader } from '../../src/create-uploader.js';
import { control, nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const COUNT = 12;
const KEY = 'film.mp4';

let bucket: TestBucket;
beforeEach(async () => {
  bucket = await TestBucket.create();
});
afterEach(() => bucket.removeFaults());

const uploadsAtOss = async () =>
  (await control.uploads()).filter((upload) => upload.bucket === bucket.name).length;
const aborts = () => bucket.requests({ operation: 'AbortMultipartUpload' });

/** Starts an upload of which four parts are stored. */
async function startUpload(uploader: Uploader, key = KEY) {
  await bucket.stallPartsAfter(4);
  const upload = uploader.add(randomFile(COUNT * PART, key), key);
  const firstParts = nextEvent(uploader, 'part', 4);
  uploader.start([upload.id]);
  await firstParts;
  return upload;
}

describe('an upload that is cancelled undoably', () => {
  it('continues without sending a stored part again', async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = await startUpload(uploader);
    const undoable = uploader.cancelUndoable([upload.id]);
    const { status } = upload.state;
    await upload.atRest;
    await bucket.removeFaults();
    undoable.undo();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
    expect([status, (await aborts()).length]).to.deep.equal(['cancelled', 0]);
  });

  it('continues when it is cancelled and brought back repeatedly', async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = await startUpload(uploader);
    for (let times = 0; times < 5; times++) uploader.cancelUndoable().undo();
    await bucket.removeFaults();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    expect(await bucket.requests({ operation: 'CompleteMultipartUpload' })).to.have.length(1);
  });

  it('keeps its parts until it is finished', async () => {
    const uploader = bucket.uploader();
    const upload = await startUpload(uploader);
    const undoable = uploader.cancelUndoable([upload.id]);
    await upload.atRest;
    const kept = await uploadsAtOss();
    await undoable.finish();
    undoable.undo();
    expect([kept, await uploadsAtOss(), upload.state.status, undoable.uploads]).to.deep.equal([
      1,
      0,
      'cancelled',
      [],
    ]);
  });

  for (const [command, run] of Object.entries({
    cancel: (uploader: Uploader) => uploader.cancel(),
    remove: (uploader: Uploader) => uploader.remove(uploader.uploads.map(({ id }) => id)),
    clear: (uploader: Uploader) => uploader.clear(),
    reset: (uploader: Uploader) => uploader.reset(),
  })) {
    it(`is finished by ${command}()`, async () => {
      const uploader = bucket.uploader();
      const upload = await startUpload(uploader);
      uploader.cancelUndoable([upload.id]);
      await upload.atRest;
      const { length } = await aborts();
      await run(uploader);
      await bucket.waitFor({ operation: 'AbortMultipartUpload' }, 'ended');
      expect([length, await uploadsAtOss()]).to.deep.equal([0, 0]);
    });
  }

  it('is cancelled for good if no checkpoint is saved', async () => {
    const uploader = bucket.uploader({ noResume: true });
    await startUpload(uploader);
    const undoable = uploader.cancelUndoable();
    await bucket.waitFor({ operation: 'AbortMultipartUpload' }, 'ended');
    expect([undoable.uploads, await uploadsAtOss()]).to.deep.equal([[], 0]);
  });

  it('can be resumed by the next page if this one is closed', async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = await startUpload(uploader);
    uploader.cancelUndoable();
    await upload.atRest;
    // A closed page releases its claims.
    await upload.release();
    await bucket.removeFaults();
    const next = bucket.uploader({ parallel: 3 });
    const [found] = await next.restore();
    found!.attach(upload.file!);
    next.resume([found!.id]);
    await succeeded(next, found!);
    await bucket.expectNoPartResent(KEY, COUNT);
  });

  it('keeps the parts that another uploader has continued meanwhile', async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = await startUpload(uploader);
    const undoable = uploader.cancelUndoable();
    await upload.atRest;
    await upload.release();
    const other = bucket.uploader({ parallel: 3 });
    const [found] = await other.restore();
    found!.attach(upload.file!);
    other.resume([found!.id]);
    await nextEvent(other, 'state');
    await undoable.finish();
    await bucket.removeFaults();
    await succeeded(other, found!);
    await bucket.expectNoPartResent(KEY, COUNT);
  });

  it('is cancelled for good if OSS may have stored the object, and succeeds if it has', async () => {
    await bucket.addFault('PutObject', { kind: 'delayed-response', delay: 60_000 });
    const uploader = bucket.uploader();
    const upload = uploader.add(randomFile(PART), KEY);
    uploader.start();
    while ((await control.object(bucket.name, KEY)) === null);
    // The browser may report the last bytes later.
    while (upload.state.progress.loaded < PART) await nextEvent(uploader, 'progress');
    const undoable = uploader.cancelUndoable();
    const { status } = upload.state;
    await succeeded(uploader, upload);
    expect([undoable.uploads, status]).to.deep.equal([[], 'completing']);
  });
});

describe('a failed upload that is removed undoably', () => {
  it('is not in the list, and continues with its stored parts when it is brought back', async () => {
    const uploader = bucket.uploader({ parallel: 1, retries: 0 });
    await bucket.addFault(
      'UploadPart',
      { kind: 'status', status: 403, code: 'AccessDenied' },
      { partNumber: 5 },
    );
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    await new Promise<void>((resolve) => {
      uploader.subscribe(() => {
        if (upload.state.status === 'failed') resolve();
      });
    });
    const undoable = uploader.removeUndoable([upload.id]);
    const during = [uploader.uploads, await uploader.restore(), uploader.get(upload.id)];
    undoable.undo();
    uploader.retry();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    expect(during).to.deep.equal([[], [], undefined]);
  });
});

describe('the duration of an upload', () => {
  it('is unknown for an upload of an earlier visit', async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = await startUpload(uploader);
    upload.pause();
    await upload.atRest;
    await upload.release();
    await bucket.removeFaults();
    const next = bucket.uploader({ parallel: 3 });
    const [found] = await next.restore();
    found!.attach(upload.file!);
    next.resume([found!.id]);
    await succeeded(next, found!);
    expect(found!.state).to.not.have.property('duration');
  });

  it('is unknown if nothing was sent, because the object was stored already', async () => {
    const uploader = bucket.uploader();
    const first = uploader.add(randomFile(3 * PART), KEY);
    uploader.start();
    await succeeded(uploader, first);
    const second = bucket.uploader().add(first.file!, KEY);
    second.start();
    while (second.state.status !== 'succeeded') await second.atRest;
    expect(second.state).to.not.have.property('duration');
  });
});
