// Several checkpoints of the same file: storage didn't answer when the file was added again.
import { expect } from '@open-wc/testing';
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { TIME_LIMIT } from '../../src/core/time-limit.js';
import type { Upload } from '../../src/core/upload.js';
import { Uploader, type UploaderOptions } from '../../src/core/uploader.js';
import { FakeOss } from '../support/fake-oss.js';
import { UnreliableStore } from '../support/unreliable-store.js';
import { makeFile, PART, reached } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const MINUTE = 60_000;
const film = new File([makeFile(4 * PART)], 'film.mp4', { lastModified: Date.UTC(2026, 0, 1) });
/** Lets operations that have been answered continue. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

for (const objectKey of ['{name}', '{uuid}']) {
  describe(`a file with two checkpoints and the object key ${objectKey}`, () => {
    let oss: FakeOss;
    let env: VirtualEnvironment;
    let store: UnreliableStore;
    let locks: ReturnType<typeof createPageLocks>;

    beforeEach(async () => {
      oss = new FakeOss();
      env = new VirtualEnvironment();
      store = new UnreliableStore();
      locks = createPageLocks();
      const page = openPage();
      await stopBefore(3, await start(page));
      await page.reset();
    });

    function openPage(options: UploaderOptions = {}): Uploader {
      return new Uploader(
        { region: 'cn-hangzhou', bucket: 'films', partSize: PART, parallel: 1, objectKey, ...options },
        { openGateway: oss.open, env, store, locks, checksum: { crc64: (blob) => crc64OfBlob(blob) } },
      );
    }

    async function start(page: Uploader): Promise<Upload> {
      const upload = page.add(film, await page.keyFor(film));
      upload.start();
      return upload;
    }

    /** Pauses an upload before a part is sent. */
    async function stopBefore(number: number, upload: Upload): Promise<void> {
      const held = oss.hold('uploadPart', number);
      if (upload.state.status === 'paused') upload.resume();
      await held.reached;
      upload.pause();
      await upload.atRest;
    }

    async function advance(ms: number): Promise<void> {
      await settle();
      env.advance(ms);
      await settle();
    }

    /** Starts the file again while storage doesn't answer, and pauses it after three parts. */
    async function startAgain(page: Uploader, mode: UnreliableStore['mode'] = 'silent'): Promise<Upload> {
      store.mode = mode;
      const upload = await start(page);
      const paused = stopBefore(4, upload);
      await advance(TIME_LIMIT);
      await paused;
      store.mode = 'work';
      return upload;
    }

    const savedParts = async () => (await store.memory.list()).map(({ parts }) => parts.length);

    it('resumes with its own parts, and leaves no checkpoint', async () => {
      const page = openPage();
      const upload = await startAgain(page);
      await advance(MINUTE);
      const saved = await savedParts();
      upload.resume();
      await reached(page, upload, 'succeeded');
      await settle();
      expect([saved, oss.sentParts.slice(7)]).to.deep.equal([[2, 3], [4]]);
      expect([await savedParts(), oss.uploads.size]).to.deep.equal([[], 0]);
    });

    it('resumes with its own parts if the store finds an older checkpoint', async () => {
      store.find = async (fingerprint) => {
        const all = await store.list();
        return all.find(({ upload }) => upload.fingerprint === fingerprint);
      };
      const page = openPage();
      const upload = await startAgain(page);
      await advance(MINUTE);
      upload.resume();
      await reached(page, upload, 'succeeded');
      expect(oss.sentParts.slice(7)).to.deep.equal([4]);
    });

    it('resumes with its own parts before they are saved', async () => {
      const page = openPage();
      const upload = await startAgain(page, 'fail');
      const saved = await savedParts();
      upload.resume();
      await reached(page, upload, 'succeeded');
      expect([saved, oss.sentParts.slice(7)]).to.deep.equal([[2], [4]]);
    });

    it('can be cancelled with undo after it was resumed', async () => {
      const upload = await startAgain(openPage());
      await advance(MINUTE);
      await stopBefore(4, upload);
      expect(upload.cancelUndoable()).to.equal(true);
    });

    it('leaves no checkpoint if it isn’t paused', async () => {
      const page = openPage();
      const third = oss.hold('uploadPart', 3);
      store.mode = 'silent';
      const upload = await start(page);
      await advance(TIME_LIMIT);
      await third.reached;
      store.mode = 'work';
      await advance(MINUTE);
      third.release();
      await reached(page, upload, 'succeeded');
      await settle();
      expect([await savedParts(), oss.uploads.size]).to.deep.equal([[], 0]);
    });

    it('is offered once at the next visit, with the newest checkpoint', async () => {
      const page = openPage();
      await startAgain(page);
      await advance(MINUTE);
      await page.reset();
      const restored = await openPage().restore();
      expect(restored.map(({ checkpoint }) => checkpoint?.doneParts.length)).to.deep.equal([3]);
    });

    it('is resumed from the newest checkpoint at the next visit, and leaves none', async () => {
      const page = openPage();
      await startAgain(page);
      await advance(MINUTE);
      await page.reset();
      const nextPage = openPage();
      await reached(nextPage, await start(nextPage), 'succeeded');
      await settle();
      expect([oss.sentParts.slice(7), await savedParts(), oss.uploads.size]).to.deep.equal([[4], [], 0]);
    });

    it('keeps a checkpoint that another tab holds', async () => {
      const otherPage = openPage();
      const [held] = await otherPage.restore();
      otherPage.attach(held!.id, film);
      const page = openPage();
      const upload = await startAgain(page);
      await advance(MINUTE);
      upload.resume();
      await reached(page, upload, 'succeeded');
      await settle();
      expect([await savedParts(), oss.uploads.size]).to.deep.equal([[2], 1]);
    });
  });
}

describe('an upload whose first save has failed', () => {
  it('can be cancelled with undo after it was resumed', async () => {
    const oss = new FakeOss();
    const store = new UnreliableStore();
    const page = new Uploader(
      { region: 'cn-hangzhou', bucket: 'films', partSize: PART, parallel: 1 },
      { openGateway: oss.open, env: new VirtualEnvironment(), store },
    );
    store.mode = 'fail';
    const upload = page.add(film, 'film.mp4');
    for (const mode of ['fail', 'work'] as const) {
      store.mode = mode;
      const third = oss.hold('uploadPart', 3);
      if (mode === 'fail') upload.start();
      else upload.resume();
      await third.reached;
      upload.pause();
      await upload.atRest;
    }
    expect(upload.cancelUndoable()).to.equal(true);
  });
});
