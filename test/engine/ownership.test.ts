// Two uploaders share the browser's IndexedDB, Web Locks and BroadcastChannel.
import { expect } from '@open-wc/testing';
import { nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 8;

describe('an upload that two uploaders offer', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    await bucket.stallPartsAfter(3);
  });
  afterEach(() => bucket.removeFaults());

  it('belongs to the one that resumes it, and is not aborted by the other', async () => {
    const file = randomFile(COUNT * PART - 7);
    const [first, second] = [bucket.uploader({ parallel: 1 }), bucket.uploader({ parallel: 1 })];
    const upload = first.add(file, KEY);
    const firstParts = nextEvent(first, 'part', 3);
    upload.start();
    await firstParts;
    upload.pause();
    const whilePaused = await second.restore();
    await first.reset();
    await bucket.removeFaults();
    const [[found], [offered]] = await Promise.all([first.restore(), second.restore()]);
    const changed = new Promise<void>((resolve) => {
      const disconnect = second.connect(() => {
        disconnect();
        resolve();
      });
    });
    first.add(file, KEY);
    await changed;
    await offered!.cancel();
    found!.resume();
    await succeeded(first, found!);
    expect(whilePaused).to.deep.equal([]);
    expect(await bucket.requests({ operation: 'AbortMultipartUpload' })).to.deep.equal([]);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });
});
