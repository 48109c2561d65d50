// Two uploaders share the browser's IndexedDB, Web Locks and BroadcastChannel.
import { expect } from '@open-wc/testing';
import { createIndexedDbCheckpoints } from '../../src/adapters/browser/indexeddb-checkpoints.js';
import { nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 8;

describe('the name of a user and of a file', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    await bucket.stallPartsAfter(1);
  });
  afterEach(() => bucket.removeFaults());

  it('is not part of the names of locks, and that of the user not of what is stored', async () => {
    const uploader = bucket.uploader({ resumeScope: 'zoe@example.com' });
    const upload = uploader.add(randomFile(3 * PART, 'diagnosis.pdf'), KEY);
    const firstPart = nextEvent(uploader, 'part');
    upload.start();
    await firstPart;
    const { held = [] } = await navigator.locks.query();
    const names = held
      .map(({ name }) => name ?? '')
      .filter((name) => name.startsWith('oss-resumable-upload'));
    const stored = await createIndexedDbCheckpoints().list();
    const own = stored.filter(({ upload: { id } }) => id === upload.id);
    await upload.cancel();
    expect([names.length >= 2, own.length]).to.deep.equal([true, 1]);
    expect(names.join()).not.to.match(/zoe|example|diagnosis|film/);
    // No part of a hash in hexadecimal digits.
    expect(JSON.stringify(own)).not.to.contain('zoe');
  });
});

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
