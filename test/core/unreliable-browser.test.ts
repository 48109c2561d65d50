// Uploads while storage, locks or file handles fail or don't answer.
import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { Upload } from '../../src/core/upload.js';
import { Uploader, type UploaderPorts } from '../../src/core/uploader.js';
import { TIME_LIMIT } from '../../src/core/time-limit.js';
import { FakeOss } from '../support/fake-oss.js';
import { UnreliableStore } from '../support/unreliable-store.js';
import { makeFile, PART, reached } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const KEY = 'film.mp4';
const MINUTE = 60_000;
const film = new File([makeFile(4 * PART)], KEY, { lastModified: Date.UTC(2026, 0, 1) });
const never = () => new Promise<never>(() => {});
/** Lets operations that have been answered continue. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('an upload in a browser that doesn’t answer', () => {
  let oss: FakeOss;
  let env: VirtualEnvironment;
  let store: UnreliableStore;
  let reports: string[];

  beforeEach(() => {
    oss = new FakeOss();
    env = new VirtualEnvironment();
    store = new UnreliableStore();
    reports = [];
  });

  function openPage(ports: Partial<UploaderPorts> = {}): Uploader {
    return new Uploader(
      {
        region: 'cn-hangzhou',
        bucket: 'films',
        partSize: PART,
        parallel: 1,
        onPersistenceError: () => reports.push('failed'),
        onPersistenceRestored: () => reports.push('restored'),
      },
      { openGateway: oss.open, env, store, checksum: { crc64: (blob) => crc64OfBlob(blob) }, ...ports },
    );
  }

  function start(page: Uploader, handle?: unknown): Upload {
    const upload = page.add(film, KEY, handle);
    upload.start();
    return upload;
  }

  /** Resumes in another page without asking OSS which parts it has. Returns the numbers of the parts that it sends. */
  async function resumeInNewPage(): Promise<number[]> {
    oss.fail('listParts', () => new UploadError('access-denied', { status: 403 }), { times: Infinity });
    const before = oss.sentParts.length;
    const page = openPage();
    await reached(page, start(page), 'succeeded');
    return oss.sentParts.slice(before);
  }

  async function advance(ms: number): Promise<void> {
    await settle();
    env.advance(ms);
    await settle();
  }

  it('waits for storage for two seconds in total', async () => {
    store.mode = 'silent';
    const page = openPage();
    const upload = start(page);
    await advance(1_500);
    store.release();
    await settle();
    const before = [...store.calls, ...oss.sentParts];
    await advance(TIME_LIMIT - 1_500);
    await reached(page, upload, 'succeeded');
    expect([before, oss.sentParts]).to.deep.equal([
      ['find', 'save'],
      [1, 2, 3, 4],
    ]);
  });

  it('waits once for all files, for storage and locks', async () => {
    store.mode = 'silent';
    const page = openPage({ locks: { acquire: never, claim: never, claimed: never } });
    const uploads = [1, 2, 3].map((number) => page.add(makeFile(number * PART), `${number}.mp4`));
    page.start();
    await advance(TIME_LIMIT);
    await advance(TIME_LIMIT);
    await Promise.all(uploads.map((upload) => reached(page, upload, 'succeeded')));
  });

  it('saves all parts once storage works again', async () => {
    store.mode = 'silent';
    const page = openPage();
    const fourth = oss.hold('uploadPart', 4);
    const upload = start(page);
    await advance(TIME_LIMIT);
    await fourth.reached;
    store.mode = 'work';
    await advance(MINUTE);
    upload.pause();
    expect([await resumeInNewPage(), reports]).to.deep.equal([[4], ['failed', 'restored']]);
  });

  it('saves the part during which a write failed', async () => {
    const page = openPage();
    const second = oss.hold('uploadPart', 2);
    const fourth = oss.hold('uploadPart', 4);
    const upload = start(page);
    await second.reached;
    store.mode = 'fail';
    const third = oss.hold('uploadPart', 3);
    second.release();
    await third.reached;
    store.mode = 'work';
    third.release();
    await fourth.reached;
    upload.pause();
    await settle();
    expect([await resumeInNewPage(), reports]).to.deep.equal([[4], ['failed', 'restored']]);
  });

  it('saves the whole checkpoint again after the site’s data was deleted', async () => {
    const page = openPage();
    const fourth = oss.hold('uploadPart', 4);
    const third = oss.hold('uploadPart', 3);
    const upload = start(page);
    await third.reached;
    for (const { upload } of await store.memory.list()) await store.memory.remove(upload.id);
    third.release();
    await fourth.reached;
    upload.pause();
    await settle();
    expect([await resumeInNewPage(), reports]).to.deep.equal([[4], []]);
  });

  it('leaves no checkpoint if storage answers after the upload has ended', async () => {
    const page = openPage();
    store.mode = 'silent';
    const upload = start(page);
    await advance(TIME_LIMIT);
    await reached(page, upload, 'succeeded');
    store.mode = 'work';
    await advance(MINUTE);
    store.release();
    await settle();
    expect(await store.memory.list()).to.deep.equal([]);
  });

  it('keeps its stored parts if storage doesn’t answer when it resumes', async () => {
    const page = openPage();
    const third = oss.hold('uploadPart', 3);
    const upload = start(page);
    await third.reached;
    upload.pause();
    await upload.atRest;
    store.mode = 'silent';
    upload.resume();
    await advance(TIME_LIMIT);
    await reached(page, upload, 'succeeded');
    store.mode = 'work';
    await advance(MINUTE);
    expect([oss.sentParts, await store.memory.list()]).to.deep.equal([[1, 2, 3, 3, 4], []]);
  });

  it('is not failed by a lock that was stolen', async () => {
    const release = () => Promise.reject(new DOMException('stolen', 'AbortError'));
    const page = openPage({
      locks: { acquire: () => Promise.resolve(release), claim: never, claimed: never },
    });
    await reached(page, start(page), 'succeeded');
  });

  describe('for the file of an earlier visit', () => {
    /** Leaves an upload unfinished, then restores it in a page that opens its handle with `openHandle`. */
    async function restore(openHandle: UploaderPorts['openHandle']): Promise<[Uploader, Upload]> {
      const third = oss.hold('uploadPart', 3);
      const upload = start(openPage(), 'handle');
      await third.reached;
      upload.pause();
      await settle();
      const page = openPage({ openHandle });
      const [restored] = await page.restore();
      restored!.resume();
      return [page, restored!];
    }

    it('offers the file picker after two seconds', async () => {
      const [, upload] = await restore(never);
      const before = upload.state;
      await advance(TIME_LIMIT);
      expect([before, upload.state]).to.have.nested.property('[0].reopenable', true);
      expect(upload.state).to.deep.include({ status: 'resumable', reopenable: false });
    });

    it('resumes if the browser opens the file later', async () => {
      let open!: (file: File) => void;
      const [page, upload] = await restore(() => new Promise((resolve) => (open = resolve)));
      await advance(TIME_LIMIT);
      open(film);
      await reached(page, upload, 'succeeded');
      expect(oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
    });

    it('gives the user a minute to answer a permission prompt', async () => {
      const [, upload] = await restore((_handle, onPrompt) => {
        onPrompt();
        return never();
      });
      await advance(MINUTE - 1);
      const before = upload.state;
      await advance(1);
      expect([before, upload.state].map((state) => 'reopenable' in state && state.reopenable)).to.deep.equal([
        true,
        false,
      ]);
    });

    it('offers the file picker if the handle can’t be opened', async () => {
      const [, upload] = await restore(() => Promise.reject(new DOMException('no', 'NotFoundError')));
      await settle();
      expect(upload.state).to.deep.include({ status: 'resumable', reopenable: false });
    });
  });
});
