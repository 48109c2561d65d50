// Uploads with the real adapters, in a page whose storage, locks or workers fail or don't answer.
import { expect } from '@open-wc/testing';
import { lockNameOf } from '../../src/core/checkpoints/fingerprint.js';
import { nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const never = () => new Promise<never>(() => {});

/** Names of global objects and their replacements. Returns a function that restores them. */
function replaceGlobals(target: object, replacements: Record<string, PropertyDescriptor>): () => void {
  const originals = Object.keys(replacements).map(
    (name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const,
  );
  for (const [name, descriptor] of Object.entries(replacements)) {
    Object.defineProperty(target, name, { ...descriptor, configurable: true });
  }
  return () => {
    for (const [name, original] of originals) {
      if (original) Object.defineProperty(target, name, original);
      else Reflect.deleteProperty(target, name);
    }
  };
}

const deny = () => {
  throw new DOMException('Denied', 'SecurityError');
};

/** What is wrong with the browser. Each returns a function that repairs it. */
const faults: Record<string, () => () => void> = {
  'a database that never opens': () =>
    replaceGlobals(IDBFactory.prototype, { open: { value: () => ({}), writable: true } }),
  'a database whose transactions never end': () =>
    replaceGlobals(IDBDatabase.prototype, {
      transaction: { value: () => ({ objectStore: () => new Proxy({}, { get: () => () => ({}) }) }) },
    }),
  'an `indexedDB` that throws': () => replaceGlobals(window, { indexedDB: { get: deny } }),
  'an `indexedDB` that is null': () => replaceGlobals(window, { indexedDB: { value: null } }),
  'locks that never answer': () =>
    replaceGlobals(navigator, { locks: { value: { request: never, query: never } } }),
  'locks that throw': () => replaceGlobals(navigator, { locks: { value: { request: deny, query: deny } } }),
  'a `navigator.locks` that throws': () => replaceGlobals(navigator, { locks: { get: deny } }),
};

describe('an upload in a page with', () => {
  let bucket: TestBucket;
  let repair: () => void;

  before(async () => {
    bucket = await TestBucket.create();
  });

  afterEach(() => repair());

  for (const [name, breakPage] of Object.entries(faults)) {
    it(`${name} is stored and verified, at most two seconds later`, async () => {
      repair = breakPage();
      const file = randomFile(3 * PART);
      const uploader = bucket.uploader();
      const upload = uploader.add(file, `${name}.mp4`);
      const startedAt = performance.now();
      const restored = await uploader.restore();
      upload.start();
      const { verified } = await succeeded(uploader, upload);
      const duration = performance.now() - startedAt;
      await bucket.expectStored(upload.key, file);
      expect([verified, restored]).to.deep.equal([true, []]);
      // Restoring and uploading are limited separately. The rest is the upload itself.
      expect(duration).to.be.below(6_000);
    });
  }

  it('a database that opens late is resumed with all parts after a reload', async () => {
    repair = faults['a database that never opens']!();
    await bucket.stallPartsAfter(2);
    const file = randomFile(3 * PART);
    const reports: string[] = [];
    let onRestored!: () => void;
    const isRestored = new Promise<void>((resolve) => (onRestored = resolve));
    const uploader = bucket.uploader({
      onPersistenceError: () => reports.push('failed'),
      onPersistenceRestored: onRestored,
    });
    const upload = uploader.add(file, 'late.mp4');
    const parts = nextEvent(uploader, 'part', 2);
    upload.start();
    await parts;
    repair();
    await isRestored;
    await uploader.reset();
    await bucket.removeFaults();
    const reloaded = bucket.uploader();
    await reloaded.restore();
    const resumed = reloaded.add(file, 'late.mp4');
    const kept = resumed.checkpoint?.doneParts.length;
    resumed.resume();
    await succeeded(reloaded, resumed);
    await bucket.expectNoPartResent('late.mp4', 3);
    expect([kept, reports]).to.deep.equal([2, ['failed']]);
  });

  it('a lock that another script steals is stored and verified', async () => {
    repair = () => {};
    await bucket.stallPartsAfter(1);
    const file = randomFile(3 * PART);
    const uploader = bucket.uploader();
    const upload = uploader.add(file, 'stolen.mp4');
    const firstPart = nextEvent(uploader, 'part');
    upload.start();
    await firstPart;
    const lock = `oss-resumable-upload:${lockNameOf(upload.fingerprint)}`;
    const { held = [] } = await navigator.locks.query();
    await navigator.locks.request(lock, { steal: true }, () => {});
    await bucket.removeFaults();
    await succeeded(uploader, upload);
    await bucket.expectStored('stolen.mp4', file);
    expect(held.map(({ name }) => name)).to.include(lock);
  });

  it('several uploaders starts one worker', async () => {
    let workers = 0;
    const OriginalWorker = Worker;
    class CountedWorker extends OriginalWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers++;
      }
    }
    repair = replaceGlobals(window, { Worker: { value: CountedWorker } });
    await Promise.all(
      [1, 2, 3].map(async (number) => {
        const uploader = bucket.uploader();
        const upload = uploader.add(randomFile(3 * PART), `shared-${number}.mp4`);
        upload.start();
        await succeeded(uploader, upload);
      }),
    );
    // An earlier test may have started it.
    expect(workers).to.be.at.most(1);
  });
});
