// The automatic part size of uploads, and what the browser remembers of the network to an endpoint.
import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { PartLimiter } from '../../src/core/transfer/part-limiter.js';
import type { UploaderOptions } from '../../src/core/uploader.js';
import { makeStoredLine } from '../support/checkpoint-store-contract.js';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, reached } from '../support/uploads.js';

const MiB = 2 ** 20;
const DAY = 24 * 3_600_000;
const REGION = 'oss-cn-hangzhou';
/** Parts of 1 MiB, in a second each. */
const slow = { rate: MiB, throughput: 6 * MiB, roundTrip: 0 };
/** On which 9 MiB are sent in a single request. */
const fast = { rate: 100 * MiB, throughput: 600 * MiB, roundTrip: 20 };
const auto: UploaderOptions = { partSize: 'auto' };

function makeLargeFile(size: number): File {
  return new File([new Uint8Array(size)], 'film.mp4', { lastModified: 1 });
}

describe('an upload with the automatic part size', () => {
  let store: MemoryStore;
  /** Milliseconds since 1970. */
  let time: number;
  beforeEach(() => {
    store = new MemoryStore();
    time = createTestUploader().env.now();
  });

  const remember = (changes: object = {}) => {
    const { env } = createTestUploader();
    const line = makeStoredLine({ ...slow, endpoint: REGION, savedAt: env.now(), ...changes });
    store.lines.set(REGION, { ...line, endpoint: REGION, ...changes });
  };

  /** Uploads a file. Each part takes a second. Returns the part size, or `undefined` for a single request. */
  const upload = async (options: UploaderOptions = auto, size = 9 * MiB) => {
    const test = createTestUploader(options, { store });
    const { uploader, oss, env } = test;
    env.time = time;
    oss.intercept('uploadPart', () => void (env.time += 1_000), { times: Infinity });
    oss.intercept('put', () => void (env.time += 1_000), { times: Infinity });
    const file = makeLargeFile(size);
    const added = uploader.add(file, file.name);
    uploader.start();
    const partSize = uploaderPartSize(test);
    await reached(uploader, added, 'succeeded');
    time = env.time;
    return { ...test, upload: added, partSize: partSize() };
  };

  /** Records the part size of the first part. */
  const uploaderPartSize = ({ uploader }: ReturnType<typeof createTestUploader>) => {
    let partSize: number | undefined;
    uploader.subscribe(({ upload }) => (partSize ??= upload.checkpoint?.partSize));
    return () => partSize;
  };

  it('has parts of 4 MiB while nothing is known', async () => {
    expect((await upload()).partSize).to.equal(4 * MiB);
  });

  it('has parts that suit the network of an earlier visit', async () => {
    remember();
    expect((await upload()).partSize).to.equal(0.75 * MiB);
  });

  it('remembers the network for the next visit', async () => {
    const { env } = await upload();
    const line = store.lines.get(REGION);
    expect(line).to.include({ version: 1, endpoint: REGION, savedAt: env.now() });
    expect(line?.rate).to.be.within(0.5 * MiB, 8 * MiB);
    expect((await upload()).partSize).not.to.equal(4 * MiB);
  });

  it('remembers numbers only, and the endpoint', async () => {
    await upload();
    expect(Object.keys(store.lines.get(REGION)!).sort()).to.deep.equal([
      'endpoint',
      'rate',
      'roundTrip',
      'savedAt',
      'throughput',
      'version',
    ]);
  });

  it('doesn’t use what is known about another endpoint', async () => {
    remember();
    const other = { ...auto, endpoint: 'https://oss-cn-beijing.aliyuncs.com' };
    expect((await upload(other)).partSize).to.equal(4 * MiB);
    expect((await upload({ ...auto, region: 'cn-beijing' })).partSize).to.equal(4 * MiB);
  });

  it('shares what is known between the buckets of an endpoint', async () => {
    remember();
    expect((await upload({ ...auto, bucket: 'another' })).partSize).to.equal(0.75 * MiB);
  });

  for (const [what, changes] of Object.entries({
    damaged: { rate: 'fast' },
    absurd: { throughput: -1 },
    foreign: { version: 7 },
    outdated: { savedAt: Date.UTC(2026, 0, 31) - 31 * DAY },
    'from the future': { savedAt: Date.UTC(2026, 0, 31) + DAY },
  })) {
    it(`ignores a record that is ${what}`, async () => {
      remember(changes);
      expect((await upload()).partSize).to.equal(4 * MiB);
    });
  }

  it('succeeds if nothing can be remembered', async () => {
    store.findLine = () => Promise.reject(new Error('damaged'));
    store.saveLine = () => {
      throw new Error('full');
    };
    expect((await upload()).partSize).to.equal(4 * MiB);
  });

  it('succeeds with a store that remembers no networks', async () => {
    Object.assign(store, { findLine: undefined, saveLine: undefined });
    expect((await upload()).partSize).to.equal(4 * MiB);
  });

  it('remembers and recalls nothing without checkpoints', async () => {
    remember();
    const before = store.lines.get(REGION);
    expect((await upload({ ...auto, noResume: true })).partSize).to.equal(4 * MiB);
    expect(store.lines.get(REGION)).to.equal(before);
  });

  it('remembers nothing of an upload that was forgotten', async () => {
    const { uploader, oss, env } = createTestUploader(auto, { store });
    oss.intercept('uploadPart', () => void (env.time += 1_000), { times: Infinity });
    const added = uploader.add(makeLargeFile(17 * MiB), 'film.mp4');
    const { reached: completing, release } = oss.hold('completeUpload');
    uploader.start();
    await completing;
    await uploader.forgetSaved(undefined);
    release();
    await reached(uploader, added, 'succeeded');
    expect(store.lines.size).to.equal(0);
  });

  it('remembers nothing of tiny files', async () => {
    for (let i = 0; i < 4; i++) await upload({ partSize: 'auto' }, 1_000);
    expect(store.lines.size).to.equal(0);
  });

  it('keeps its part size when it is resumed, although the network has changed', async () => {
    const limiter = new PartLimiter(createTestUploader().env);
    const { uploader, oss, env } = createTestUploader(auto, { store, limiterFor: () => limiter });
    const { reached: sent } = oss.hold('uploadPart', 3);
    oss.intercept('uploadPart', () => void (env.time += 1_000), { times: Infinity });
    const added = uploader.add(makeLargeFile(9 * MiB), 'film.mp4');
    uploader.start();
    await sent;
    uploader.pause();
    await added.atRest;
    limiter.remember(slow);
    uploader.resume();
    await reached(uploader, added, 'succeeded');
    expect([oss.count('createUpload'), oss.objects.get('film.mp4')?.bytes.length]).to.deep.equal([
      1,
      9 * MiB,
    ]);
    expect(oss.sentParts.filter((number) => number < 3)).to.have.length(2);
  });

  it('keeps its part size at the next visit', async () => {
    const first = createTestUploader(auto, { store });
    const { reached: sent } = first.oss.hold('uploadPart', 3);
    const added = first.uploader.add(makeLargeFile(9 * MiB), 'film.mp4');
    first.uploader.start();
    await sent;
    first.uploader.pause();
    await added.atRest;
    remember();
    const second = createTestUploader(auto, { store, openGateway: first.oss.open });
    const resumed = second.uploader.add(makeLargeFile(9 * MiB), 'film.mp4');
    const partSize = uploaderPartSize(second);
    second.uploader.start();
    await reached(second.uploader, resumed, 'succeeded');
    expect([partSize(), first.oss.count('createUpload')]).to.deep.equal([4 * MiB, 1]);
  });

  describe('on a network that was fast at an earlier visit', () => {
    /** Uploads a file whose first PutObject fails. @param bytesSent by then @param duration milliseconds until then */
    const lose = async (bytesSent: number, duration: number, options = auto) => {
      remember(fast);
      const test = createTestUploader(options, { store });
      const { uploader, oss, env } = test;
      oss.intercept('put', ({ onProgress }) => {
        onProgress?.(bytesSent);
        env.stayAwake(duration);
        throw new UploadError('network');
      });
      oss.intercept('uploadPart', () => void (env.time += 1_000), { times: Infinity });
      const added = uploader.add(makeLargeFile(9 * MiB), 'film.mp4');
      added.start();
      await new Promise<void>((resolve) => {
        uploader.subscribe(() => ['succeeded', 'failed'].includes(added.state.status) && resolve());
      });
      return { ...test, added };
    };

    it('sends a file in parts after its single request was lost because the network is slow', async () => {
      const { oss } = await lose(5 * MiB, 180_000);
      expect([oss.count('put'), oss.sentParts, oss.objects.get('film.mp4')?.bytes.length]).to.deep.equal([
        ...[1, [1, 2, 3], 9 * MiB],
      ]);
    });

    it('sends the single request again if it was lost at once', async () => {
      const { oss } = await lose(MiB, 100);
      expect([oss.count('put'), oss.count('createUpload')]).to.deep.equal([2, 0]);
    });

    it('sends no parts if all bytes of the single request were sent', async () => {
      const { oss } = await lose(9 * MiB, 180_000);
      expect([oss.count('put'), oss.count('createUpload')]).to.deep.equal([2, 0]);
    });

    it('has parts of 4 MiB at the next visit if the network is slow', async () => {
      const { added } = await lose(5 * MiB, 180_000, { ...auto, retries: 0 });
      expect(added.state.status).to.equal('failed');
      expect((await upload()).partSize).to.equal(4 * MiB);
    });
  });

  it('respects a part size that the page sets', async () => {
    remember();
    expect((await upload({ partSize: '2MiB' })).partSize).to.equal(2 * MiB);
  });

  it('learns the same network although it is paused for an hour', async () => {
    const { uploader, oss, env } = createTestUploader(auto, { store });
    const { reached: sent } = oss.hold('uploadPart', 4);
    oss.intercept('uploadPart', () => void (env.time += 1_000), { times: Infinity });
    const added = uploader.add(makeLargeFile(25 * MiB), 'film.mp4');
    uploader.start();
    await sent;
    uploader.pause();
    await added.atRest;
    env.time += 3_600_000;
    uploader.resume();
    await reached(uploader, added, 'succeeded');
    expect(store.lines.get(REGION)?.rate).to.be.greaterThan(0.5 * MiB);
  });
});
