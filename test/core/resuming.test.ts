import { expect } from '@open-wc/testing';
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { CheckpointStore } from '../../src/core/ports.js';
import type { Upload } from '../../src/core/upload.js';
import { Uploader, type UploaderOptions } from '../../src/core/uploader.js';
import { FakeOss, type FakeUpload } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { completeAnotherUpload } from './another-upload.js';
import { makeFile, PART, reached } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const KEY = 'film.mp4';
const lastModified = Date.UTC(2026, 0, 1);

/** A browser: its pages share the checkpoint store and the locks, and each has its own uploader. */
class Browser {
  readonly env = new VirtualEnvironment();
  readonly oss = new FakeOss(() => this.env.now());
  store: CheckpointStore = new MemoryStore();
  #locks = createPageLocks();

  openPage(options: UploaderOptions = {}): Uploader {
    return new Uploader(
      { region: 'cn-hangzhou', bucket: 'films', partSize: PART, parallel: 1, ...options },
      {
        openGateway: this.oss.open,
        env: this.env,
        store: this.store,
        locks: {
          acquire: (...args) => this.#locks.acquire(...args),
          claim: (name) => this.#locks.claim(name),
          claimed: () => this.#locks.claimed(),
        },
        checksum: { crc64: (blob) => crc64OfBlob(blob) },
        openHandle: (handle) => Promise.resolve((handle as { file?: File }).file),
      },
    );
  }

  /** Releases all locks and claims, as the browser does when a page closes. */
  releaseLocks(): void {
    this.#locks = createPageLocks();
  }
}

function film(size = 4 * PART, changes: FilePropertyBag = {}): File {
  return new File([makeFile(size)], KEY, { lastModified, type: 'video/mp4', ...changes });
}

describe('an upload from an earlier visit', () => {
  let browser: Browser;

  /** Uploads two of four parts, then closes the page. */
  async function leaveUnfinished(file = film(), options?: UploaderOptions, handle?: unknown): Promise<void> {
    const page = browser.openPage(options);
    const upload = page.add(file, await page.keyFor(file), handle);
    const third = browser.oss.hold('uploadPart', 3);
    upload.start();
    await third.reached;
    upload.pause();
    browser.releaseLocks();
  }

  async function revisit(options?: UploaderOptions): Promise<{ page: Uploader; upload: Upload | undefined }> {
    const page = browser.openPage(options);
    const [upload] = await page.restore();
    return { page, upload };
  }

  beforeEach(() => {
    browser = new Browser();
  });

  it('is restored', async () => {
    await leaveUnfinished();
    const { upload } = await revisit();
    expect(upload!.state).to.deep.include({ status: 'resumable' });
    expect(upload!.state.progress.ratio).to.equal(0.5);
    expect(upload).to.include({ key: KEY, fileName: KEY, fileSize: 4 * PART, file: undefined });
  });

  it('resumes from the last stored part when its file is picked again', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    expect(page.add(film(), KEY)).to.equal(upload);
    expect(upload!.state.status).to.equal('paused');
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
    expect(upload!.state).to.have.nested.property('result.verified', true);
  });

  it('resumes even if its file is added before `restore`', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('keeps its key even if the template generates another', async () => {
    await leaveUnfinished(film(), { objectKey: '{uuid}.mp4' });
    const { page, upload } = await revisit({ objectKey: '{uuid}.mp4' });
    const { key } = upload!;
    page.add(film(), await page.keyFor(film()));
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect([...browser.oss.objects.keys()]).to.deep.equal([key]);
  });

  it('resumes without a picked file if it has a handle', async () => {
    await leaveUnfinished(film(), {}, { file: film() });
    const { page, upload } = await revisit();
    expect(upload!.state).to.include({ reopenable: true });
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
    expect(browser.oss.objects.get(KEY)?.bytes).to.deep.equal(new Uint8Array(await film().arrayBuffer()));
  });

  it('needs its file picked again if the handle can’t be opened', async () => {
    await leaveUnfinished(film(), {}, {});
    const { page, upload } = await revisit();
    const nextEvent = new Promise<void>((resolve) => page.subscribe(() => resolve()));
    upload!.resume();
    await nextEvent;
    expect(upload!.state.status).to.equal('resumable');
    expect(upload!.state).to.include({ reopenable: false });
  });

  for (const [what, file, code] of [
    ['another file', new File(['x'], 'other.mp4', { lastModified }), 'checkpoint-mismatch'],
    ['a file of another size', film(5 * PART), 'file-changed'],
  ] as const) {
    it(`does not accept ${what}`, async () => {
      await leaveUnfinished();
      const { page, upload } = await revisit();
      expect(() => upload!.attach(file))
        .to.throw(UploadError)
        .with.property('code', code);
      expect(page.findResumable(file, await page.keyFor(file))).to.be.undefined;
      expect(upload!.state.status).to.equal('resumable');
    });
  }

  it('fails if the file was edited but kept its size and date, and starts over on retry', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    const edited = new File([new Uint8Array(4 * PART)], KEY, { lastModified });
    page.add(edited, KEY);
    upload!.resume();
    await reached(page, upload!, 'failed');
    expect(upload!.state).to.have.nested.property('error.code', 'file-changed');
    upload!.retry();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.objects.get(KEY)?.bytes).to.deep.equal(new Uint8Array(4 * PART));
  });

  it('keeps its stored parts and checkpoint when it fails because its file has changed', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    page.add(new File([new Uint8Array(4 * PART)], KEY, { lastModified }), KEY);
    upload!.resume();
    await reached(page, upload!, 'failed');
    expect([browser.oss.uploads.size, (await browser.store.list()).length]).to.deep.equal([1, 1]);
  });

  it('starts over on retry if the file behind its handle has changed', async () => {
    const handle = { file: film() };
    await leaveUnfinished(film(), {}, handle);
    const stored = await browser.store.list();
    (stored[0]!.upload.handle as typeof handle).file = film(3 * PART, { lastModified: lastModified + 1 });
    await browser.store.save(stored[0]!.upload);
    const { page, upload } = await revisit();
    upload!.resume();
    await reached(page, upload!, 'failed');
    expect(upload!.state).to.have.nested.property('error.code', 'file-changed');
    upload!.retry();
    await reached(page, upload!, 'succeeded');
    expect([browser.oss.objects.get(KEY)?.bytes.length, browser.oss.uploads.size]).to.deep.equal([
      3 * PART,
      0,
    ]);
  });

  it('reports the current file size after it starts over with a changed file', async () => {
    const handle = { file: film() };
    await leaveUnfinished(film(), {}, handle);
    const [stored] = await browser.store.list();
    (stored!.upload.handle as typeof handle).file = film(3 * PART, { lastModified: lastModified + 1 });
    await browser.store.save(stored!.upload);
    const { page, upload } = await revisit();
    upload!.resume();
    await reached(page, upload!, 'failed');
    upload!.retry();
    await reached(page, upload!, 'succeeded');
    expect([upload!.fileSize, upload!.state.progress.total]).to.deep.equal([3 * PART, 3 * PART]);
  });

  it('can be reopened on the next visit if its file was added with a handle', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    const third = browser.oss.hold('uploadPart', 3);
    page.add(film(), KEY, { file: film() });
    upload!.resume();
    await third.reached;
    upload!.pause();
    browser.releaseLocks();
    expect((await revisit()).upload!.state).to.include({ reopenable: true });
  });

  it('does not affect a checkpoint for another key', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    browser.oss.uploads.set('from-ali-oss', { parts: new Map() });
    const checkpoint = { name: 'other.mp4', fileSize: 4 * PART, partSize: PART, uploadId: 'from-ali-oss' };
    const upload = page.addFrom({ ...checkpoint, doneParts: [] }, film());
    upload.resume();
    await reached(page, upload, 'succeeded');
    expect([...browser.oss.objects.keys()]).to.deep.equal(['other.mp4']);
  });

  it('saves its checkpoint again on resume if the checkpoint was removed during the pause', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    const third = browser.oss.hold('uploadPart', 3);
    upload.start();
    await third.reached;
    upload.pause();
    await browser.store.remove((await browser.store.list())[0]!.upload.id);
    const thirdAgain = browser.oss.hold('uploadPart', 3);
    upload.resume();
    await thirdAgain.reached;
    expect((await browser.store.list()).map(({ parts }) => parts.length)).to.deep.equal([2]);
  });

  it('leaves no checkpoint after it has succeeded, even if a part could not be stored', async () => {
    const { store } = browser;
    const addPart = store.addPart.bind(store);
    let writes = 0;
    store.addPart = (...args) =>
      writes++ === 0 ? Promise.reject(new Error('The storage is full.')) : addPart(...args);
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(await store.list()).to.deep.equal([]);
  });

  it('is removed from the list when the resume scope changes', async () => {
    await leaveUnfinished(film(), { resumeScope: 'user 1' });
    const { page } = await revisit({ resumeScope: 'user 1' });
    page.options.resumeScope = 'user 2';
    await page.restore();
    expect(page.uploads).to.be.empty;
  });

  it('is not cancelled with all other uploads', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    await page.cancel();
    expect(upload!.state.status).to.equal('resumable');
    await completeAnotherUpload(page);
    expect([browser.oss.count('abortUpload'), browser.oss.uploads.size]).to.deep.equal([0, 1]);
    expect((await revisit()).upload?.state.progress.ratio).to.equal(0.5);
  });

  it('is reopened only by `Upload.resume`, not by `Uploader.resume`', async () => {
    await leaveUnfinished(film(), {}, { file: film() });
    const { page, upload } = await revisit();
    page.resume();
    await completeAnotherUpload(page);
    expect(upload!.state.status).to.equal('resumable');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3]);
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('does not count towards the progress before its file is attached', async () => {
    await leaveUnfinished();
    const { page } = await revisit();
    expect(page.progress.total).to.equal(0);
  });

  it('is returned for a checkpoint with the same upload ID', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    expect(page.addFrom(upload!.checkpoint, film())).to.equal(upload);
  });

  it('is added once by concurrent calls of `restore`', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    await Promise.all([page.restore(), page.restore()]);
    expect(page.uploads).to.have.length(1);
  });

  it('is added once if its file was added before `restore`', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    page.add(film(), KEY);
    await page.restore();
    expect(page.uploads).to.have.length(1);
  });

  it('is not restored in another resume scope', async () => {
    await leaveUnfinished(film(), { resumeScope: 'user 1' });
    expect((await revisit({ resumeScope: 'user 2' })).upload).to.equal(undefined);
  });

  it('is not restored for another bucket', async () => {
    await leaveUnfinished();
    expect((await revisit({ bucket: 'photos' })).upload).to.equal(undefined);
  });

  it('is added once by repeated calls of `restore`', async () => {
    await leaveUnfinished();
    const { page } = await revisit();
    expect(await page.restore()).to.deep.equal([]);
    expect(page.uploads).to.have.length(1);
  });

  it('is removed from OSS and from the store when it is discarded', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    await page.remove([upload!.id]);
    expect(browser.oss.uploads.size).to.equal(0);
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('is removed from the store after it has succeeded', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('succeeds without completing again if the page closed during completion', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    browser.oss.intercept('completeUpload', () => () => {
      throw new UploadError('network');
    });
    const { reached: headSent } = browser.oss.hold('head');
    upload.start();
    await headSent;
    browser.releaseLocks();
    const { page: later, upload: found } = await revisit();
    void upload.cancel();
    later.add(film(), KEY);
    found!.resume();
    await reached(later, found!, 'succeeded');
    expect(browser.oss.count('completeUpload')).to.equal(1);
    expect(found!.state).to.have.nested.property('result.verified', true);
  });

  describe('that is not verified', () => {
    const options: UploaderOptions = { noVerify: true };

    /** Uploads all parts, and closes the page before the response to CompleteMultipartUpload. @param isStored whether it arrives */
    const leaveCompleting = async (isStored: boolean) => {
      const page = browser.openPage(options);
      const upload = page.add(film(), KEY);
      const completing = browser.oss.hold(isStored ? 'head' : 'completeUpload');
      browser.oss.intercept('completeUpload', () => () => {
        throw new UploadError('network');
      });
      upload.start();
      await completing.reached;
      browser.releaseLocks();
      browser.env.time += 3_600_000;
    };

    const resume = async () => {
      const { page, upload } = await revisit(options);
      page.add(film(), KEY);
      upload!.resume();
      return { page, upload: upload! };
    };

    it('succeeds without sending anything again if OSS has completed it', async () => {
      await leaveCompleting(true);
      const { page, upload } = await resume();
      await reached(page, upload, 'succeeded');
      expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
    });

    it('is not mistaken for an older object with the same size and number of parts', async () => {
      await leaveCompleting(false);
      browser.oss.uploads.clear();
      const older = { bytes: new Uint8Array(4 * PART), etag: '"OLDER-4"', lastModified: lastModified };
      browser.oss.objects.set(KEY, older);
      const { page, upload } = await resume();
      await reached(page, upload, 'failed');
      expect(upload.state).to.have.nested.property('error.code', 'object-exists');
    });
  });

  it('succeeds without starting over if the page closed before it removed the checkpoint', async () => {
    await leaveUnfinished();
    const bytes = new Uint8Array(await film().arrayBuffer());
    browser.oss.objects.set(KEY, { bytes, etag: '"OBJECT-4"' });
    browser.oss.uploads.clear();
    const { page, upload } = await revisit();
    page.add(film(), KEY);
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.count('createUpload')).to.equal(1);
    expect(upload!.state).to.have.nested.property('result.verified', true);
  });

  it('saves its checkpoint before it sends the first part', async () => {
    const { store } = browser;
    const save = store.save.bind(store);
    let finishSaving!: () => void;
    const saved = new Promise<void>((resolve) => (finishSaving = resolve));
    const saving = new Promise<void>((resolve) => {
      store.save = async (stored) => {
        resolve();
        await saved;
        await save(stored);
      };
    });
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await saving;
    await completeAnotherUpload(page);
    expect(browser.oss.sentParts).to.deep.equal([]);
    finishSaving();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
  });

  it('starts over automatically if OSS has aborted it', async () => {
    await leaveUnfinished();
    browser.oss.uploads.clear();
    const { page, upload } = await revisit();
    page.add(film(), KEY);
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.count('createUpload')).to.equal(2);
  });

  it('can be prevented from starting over', async () => {
    await leaveUnfinished();
    browser.oss.uploads.clear();
    const { page, upload } = await revisit({ onBeforeStart: () => false });
    page.add(film(), KEY);
    upload!.resume();
    await reached(page, upload!, 'preparing');
    await reached(page, upload!, 'ready');
    expect(browser.oss.count('createUpload')).to.equal(1);
  });

  it('leaves no checkpoint with `noResume`', async () => {
    await leaveUnfinished(film(), { noResume: true });
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('continues without a checkpoint if storage fails, and reports that once', async () => {
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    browser.store = { list: full, find: full, save: full, addPart: full, remove: full };
    const causes: unknown[] = [];
    const page = browser.openPage({ onPersistenceError: (cause) => causes.push(cause) });
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(causes).to.have.length(1);
  });

  it('stores no credentials', async () => {
    await leaveUnfinished();
    const stored = JSON.stringify(await browser.store.list());
    expect(stored).to.not.match(/secret|token|accesskey/i);
  });
});

describe('an upload whose file is selected again with other metadata', () => {
  const DECOMPOSED = 'Fu\u0308r Zoe\u0308.mp4';
  const COMPOSED = DECOMPOSED.normalize('NFC');
  const newDate = { lastModified: lastModified + 86_400_000 };
  let browser: Browser;

  /** A file like {@link film}. @param at where a byte differs */
  const fileNamed = async (name: string, date: FilePropertyBag = {}, at?: number) => {
    const bytes = new Uint8Array(await film().arrayBuffer());
    if (at !== undefined) bytes[at]! ^= 1;
    return new File([bytes], name, { lastModified, ...date });
  };

  /** Uploads three of four parts, then closes the page. */
  const leaveUnfinished = async (file: File, options?: UploaderOptions, handle?: unknown) => {
    const page = browser.openPage(options);
    const upload = page.add(file, await page.keyFor(file), handle);
    const fourth = browser.oss.hold('uploadPart', 4);
    upload.start();
    await fourth.reached;
    await page.reset();
    browser.releaseLocks();
  };

  const revisit = async (file: File, options?: UploaderOptions) => {
    const page = browser.openPage(options);
    const [restored] = await page.restore();
    const upload = page.add(file, await page.keyFor(file));
    upload.resume();
    upload.start();
    await new Promise<void>((resolve) => {
      const check = () => ['succeeded', 'failed'].includes(upload.state.status) && resolve();
      page.subscribe(check);
      check();
    });
    return { page, restored, upload };
  };

  beforeEach(() => {
    browser = new Browser();
  });

  for (const [what, before, after, date] of [
    ['another date', KEY, KEY, newDate],
    ['a composed name', DECOMPOSED, COMPOSED, {}],
    ['a decomposed name', COMPOSED, DECOMPOSED, {}],
    ['another date and name form', COMPOSED, DECOMPOSED, newDate],
  ] as const) {
    it(`continues with the same bytes (${what})`, async () => {
      await leaveUnfinished(await fileNamed(before));
      const { restored, upload } = await revisit(await fileNamed(after, date));
      expect(upload).to.equal(restored);
      expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
      expect(upload.state).to.have.nested.property('result.verified', true);
    });

    for (const part of [1, 2, 3]) {
      it(`fails before it sends anything if part ${part} differs (${what})`, async () => {
        await leaveUnfinished(await fileNamed(before));
        const { upload } = await revisit(await fileNamed(after, date, (part - 1) * PART));
        expect(upload.state).to.have.nested.property('error.code', 'file-changed');
        expect([browser.oss.sentParts, browser.oss.uploads.size]).to.deep.equal([[1, 2, 3, 4], 1]);
      });
    }
  }

  it('starts over on retry if its bytes differ', async () => {
    await leaveUnfinished(film());
    const changed = await fileNamed(KEY, newDate, PART);
    const { page, upload } = await revisit(changed);
    upload.retry();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.objects.get(KEY)?.bytes).to.deep.equal(new Uint8Array(await changed.arrayBuffer()));
  });

  it('continues on retry if the original file is attached instead of another one', async () => {
    await leaveUnfinished(film());
    const { page, upload } = await revisit(await fileNamed(KEY, newDate, PART));
    upload.attach(film());
    upload.retry();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
  });

  it('is compared by the checksums that OSS lists if it has no others', async () => {
    await leaveUnfinished(film());
    for (const checkpoint of await browser.store.list()) {
      for (const { number, etag } of checkpoint.parts)
        await browser.store.addPart(checkpoint.upload.id, { number, etag }, 0);
    }
    const { upload } = await revisit(await fileNamed(KEY, newDate, PART));
    expect(upload.state).to.have.nested.property('error.code', 'file-changed');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
  });

  /** Leaves a checkpoint without parts, as if the browser had been killed before it saved them. */
  const leaveUnsaved = async (): Promise<FakeUpload> => {
    await leaveUnfinished(film());
    for (const { upload } of await browser.store.list()) {
      await browser.store.remove(upload.id);
      await browser.store.save(upload);
    }
    return [...browser.oss.uploads.values()][0]!;
  };

  it('is not offered without a saved part, but continues with those that OSS lists', async () => {
    await leaveUnsaved();
    const { restored, upload } = await revisit(film());
    expect(restored).to.equal(undefined);
    expect(upload.state).to.have.nested.property('result.verified', true);
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
  });

  it('continues if OSS lists a damaged part that no visit has learned of', async () => {
    const { parts } = await leaveUnsaved();
    parts.get(1)!.bytes[0]! ^= 1;
    const { upload } = await revisit(await fileNamed(KEY, newDate));
    expect(upload.state).to.have.nested.property('result.verified', true);
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 1, 4]);
  });

  it('counts as changed if OSS lists only parts with other bytes', async () => {
    const { parts } = await leaveUnsaved();
    for (const { bytes } of parts.values()) bytes[0]! ^= 1;
    const { upload } = await revisit(await fileNamed(KEY, newDate));
    expect(upload.state).to.have.nested.property('error.code', 'file-changed');
  });

  it('counts as changed if there is no checksum to compare', async () => {
    const options = { noVerify: true };
    await leaveUnfinished(film(), options);
    const { upload } = await revisit(film(4 * PART, newDate), options);
    expect(upload.state).to.have.nested.property('error.code', 'file-changed');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
  });

  it('is not compared if no part is stored', async () => {
    const page = browser.openPage({ noVerify: true });
    const stopped = page.add(film(), KEY);
    const first = browser.oss.hold('uploadPart', 1);
    stopped.start();
    await first.reached;
    await page.reset();
    browser.releaseLocks();
    const { upload } = await revisit(film(4 * PART, newDate), { noVerify: true });
    expect(upload.state.status).to.equal('succeeded');
    expect(browser.oss.count('createUpload')).to.equal(1);
  });

  it('keeps the identity of its checkpoint, which takes the new date', async () => {
    await leaveUnfinished(film());
    const [before] = await browser.store.list();
    const page = browser.openPage();
    await page.restore();
    const upload = page.add(film(4 * PART, newDate), KEY);
    const fourth = browser.oss.hold('uploadPart', 4);
    upload.resume();
    await fourth.reached;
    const [after, ...others] = await browser.store.list();
    const { fingerprint, id } = before!.upload;
    expect(after!.upload).to.deep.include({ fingerprint, id, ...newDate });
    expect([others, upload.fingerprint]).to.deep.equal([[], fingerprint]);
  });

  it('does not take the date of another file', async () => {
    await leaveUnfinished(film());
    await revisit(await fileNamed(KEY, newDate, PART));
    expect((await browser.store.list()).map(({ upload }) => upload.lastModified)).to.deep.equal([
      lastModified,
    ]);
  });

  it('waits in this tab while another tab sends it', async () => {
    await leaveUnfinished(film());
    const [first, second] = [browser.openPage(), browser.openPage()];
    await Promise.all([first.restore(), second.restore()]);
    const sending = first.add(film(), KEY);
    const waiting = second.add(film(4 * PART, newDate), KEY);
    const fourth = browser.oss.hold('uploadPart', 4);
    sending.resume();
    await fourth.reached;
    waiting.resume();
    await reached(second, waiting, 'waiting');
    expect(waiting.state).to.include({ reason: 'other-tab' });
    fourth.release();
    await reached(second, waiting, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
  });

  it('continues when its handle opens the same bytes with another date', async () => {
    const handle = { file: film() };
    await leaveUnfinished(film(), {}, handle);
    const [stored] = await browser.store.list();
    (stored!.upload.handle as typeof handle).file = film(4 * PART, newDate);
    await browser.store.save(stored!.upload);
    const page = browser.openPage();
    const [upload] = await page.restore();
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
  });

  it('continues from its own checkpoint', async () => {
    await leaveUnfinished(film());
    const page = browser.openPage();
    const [upload] = await page.restore();
    expect(page.addFrom(upload!.checkpoint, film(4 * PART, newDate))).to.equal(upload);
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4, 4]);
  });

  for (const [what, at, sent] of [
    ['continues with the same bytes', undefined, [1, 2, 2, 3, 4]],
    ['fails if the bytes differ', 0, [1, 2]],
  ] as const) {
    it(`${what} after its file has become unreadable`, async () => {
      const page = browser.openPage();
      const upload = page.add(film(), KEY);
      browser.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 2 });
      upload.start();
      await reached(page, upload, 'failed');
      upload.attach(await fileNamed(KEY, newDate, at));
      upload.retry();
      await reached(page, upload, 'preparing');
      await reached(page, upload, at === undefined ? 'succeeded' : 'failed');
      expect(browser.oss.sentParts).to.deep.equal(sent);
    });
  }

  it('is recognized when it is added again after it has become unreadable', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    browser.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 2 });
    upload.start();
    await reached(page, upload, 'failed');
    expect(page.add(film(4 * PART, newDate), KEY)).to.equal(upload);
    page.retry();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 2, 3, 4]);
  });

  it('prefers the upload whose file has the same date', async () => {
    const options = { objectKey: '{uuid}.mp4' };
    const other = await fileNamed(KEY, newDate, PART);
    await leaveUnfinished(film(), options);
    await leaveUnfinished(other, options);
    const page = browser.openPage(options);
    const restored = await page.restore();
    const added = [other, film()].map((file) => page.add(file, `${crypto.randomUUID()}.mp4`));
    expect(added.map(({ fingerprint }) => fingerprint)).to.deep.equal([
      page.fingerprintOf(other, ''),
      page.fingerprintOf(film(), ''),
    ]);
    expect(new Set([...restored, ...added])).to.have.property('size', 2);
  });

  it('is a new upload if several unfinished ones may be meant', async () => {
    const options = { objectKey: '{uuid}.mp4' };
    await leaveUnfinished(film(), options);
    await leaveUnfinished(await fileNamed(KEY, newDate, PART), options);
    const { restored, upload } = await revisit(film(4 * PART, { lastModified: 1 }), options);
    expect(upload).to.not.equal(restored);
    expect(browser.oss.objects.get(upload.key)?.bytes).to.deep.equal(
      new Uint8Array(await film().arrayBuffer()),
    );
    expect(browser.oss.uploads.size).to.equal(2);
  });
});

describe('an object that another tab or an earlier visit has stored', () => {
  let browser: Browser;
  beforeEach(() => {
    browser = new Browser();
  });

  /** Uploads the file in one tab while the other one waits. */
  const uploadInTwoTabs = async (size: number, options?: UploaderOptions) => {
    const [firstTab, secondTab] = [browser.openPage(options), browser.openPage(options)];
    const first = firstTab.add(film(size), KEY);
    const second = secondTab.add(film(size), KEY);
    const held = browser.oss.hold(size > PART ? 'completeUpload' : 'put');
    first.start();
    await held.reached;
    second.start();
    await reached(secondTab, second, 'waiting');
    held.release();
    await reached(firstTab, first, 'succeeded');
    return { first, second, secondTab };
  };

  for (const size of [PART, 4 * PART]) {
    for (const overwrite of [false, true]) {
      const what = `${size} bytes${overwrite ? ', with `overwrite`' : ''}`;

      it(`is reused by the tab that waited (${what})`, async () => {
        const { second, secondTab } = await uploadInTwoTabs(size, { overwrite });
        await reached(secondTab, second, 'succeeded');
        expect(second.state).to.have.nested.property('result.reused', true);
        expect(browser.oss.calls.filter(({ operation }) => operation.match(/put|complete/))).to.have.length(
          1,
        );
      });
    }
  }

  it('is replaced by the tab that waited if its bytes differ', async () => {
    const [firstTab, secondTab] = [browser.openPage(), browser.openPage({ overwrite: true })];
    const first = firstTab.add(film(PART), KEY);
    const second = secondTab.add(film(PART), KEY);
    const put = browser.oss.hold('put');
    first.start();
    await put.reached;
    second.start();
    await reached(secondTab, second, 'waiting');
    browser.oss.objects.set(KEY, { bytes: new Uint8Array(PART), etag: '"OTHER"' });
    first.pause();
    await reached(secondTab, second, 'succeeded');
    expect(browser.oss.objects.get(KEY)?.bytes).to.deep.equal(new Uint8Array(await film(PART).arrayBuffer()));
  });

  describe('and whose callback is unanswered', () => {
    const options = { callback: { url: 'https://example.com/uploaded', body: 'key=${object}' } };

    /** Uploads all parts, then closes the page. @param isAnswered whether the application server answers later */
    const leaveUnanswered = async (isAnswered: boolean) => {
      browser.oss.callback = () => {
        throw new Error('The application server is down.');
      };
      const page = browser.openPage(options);
      const upload = page.add(film(), KEY);
      upload.start();
      await reached(page, upload, 'failed');
      await page.reset();
      browser.releaseLocks();
      if (isAnswered) browser.oss.callback = () => ({ saved: true });
    };

    const resume = async () => {
      const page = browser.openPage(options);
      const [upload] = await page.restore();
      page.add(film(), KEY);
      upload!.resume();
      return { page, upload: upload! };
    };

    it('succeeds after a reload once OSS has sent the callback again', async () => {
      await leaveUnanswered(true);
      const { page, upload } = await resume();
      await reached(page, upload, 'succeeded');
      expect(upload.state).to.have.nested.property('result.callback').that.deep.equals({ saved: true });
      expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
    });

    it('fails after a reload as long as the callback fails', async () => {
      await leaveUnanswered(false);
      const { page, upload } = await resume();
      await reached(page, upload, 'failed');
      expect(upload.state).to.have.nested.property('error.code', 'callback-failed');
      expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
    });

    it('is remembered for the next visit', async () => {
      await leaveUnanswered(false);
      const { page, upload } = await resume();
      await reached(page, upload, 'failed');
      expect((await browser.store.list()).map((stored) => stored.upload.completeUnanswered)).to.deep.equal([
        true,
      ]);
    });
  });

  it('may be stored if the unfinished upload is discarded without its file', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    const completing = browser.oss.hold('completeUpload');
    upload.start();
    await completing.reached;
    browser.releaseLocks();
    const later = browser.openPage();
    const [restored] = await later.restore();
    await restored!.cancel();
    expect(restored!.state).to.include({ status: 'cancelled', mayBeStored: true });
    expect(browser.oss.uploads.size).to.equal(0);
  });
});

describe('an upload that another tab has continued', () => {
  let browser: Browser;
  let staleTab: Uploader;
  let stale: Upload;
  let otherTab: Uploader;
  let other: Upload;

  const accessDenied = () => new UploadError('access-denied', { status: 403 });

  /** Restores an upload with two of four parts stored in both tabs. */
  async function restoreInBothTabs(options?: UploaderOptions): Promise<void> {
    const third = browser.oss.hold('uploadPart', 3);
    const page = browser.openPage(options);
    const upload = page.add(film(), KEY);
    upload.start();
    await third.reached;
    await page.reset();
    browser.releaseLocks();
    [staleTab, otherTab] = [browser.openPage(options), browser.openPage(options)];
    await Promise.all([staleTab.restore(), otherTab.restore()]);
    stale = staleTab.add(film(), KEY);
    other = otherTab.add(film(), KEY);
  }

  beforeEach(() => {
    browser = new Browser();
  });

  it('never re-sends a part that the other tab stored, even if listing is not allowed', async () => {
    await restoreInBothTabs();
    browser.oss.fail('listParts', accessDenied, { times: Infinity });
    const fourth = browser.oss.hold('uploadPart', 4);
    other.resume();
    await fourth.reached;
    other.pause();
    await other.atRest;
    stale.resume();
    await reached(staleTab, stale, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4, 4]);
  });

  it('is not aborted when the paused tab cancels it', async () => {
    await restoreInBothTabs();
    const third = browser.oss.hold('uploadPart', 3);
    other.resume();
    await third.reached;
    await stale.cancel();
    third.release();
    await reached(otherTab, other, 'succeeded');
    expect(browser.oss.count('createUpload')).to.equal(1);
  });
});

describe('an upload that is resumed right after it was paused', () => {
  let browser: Browser;
  let page: Uploader;
  let upload: Upload;
  let statuses: string[];

  beforeEach(async () => {
    browser = new Browser();
    page = browser.openPage();
    upload = page.add(film(), KEY);
    const third = browser.oss.hold('uploadPart', 3);
    upload.start();
    await third.reached;
    statuses = [];
    page.subscribe(() => statuses.push(upload.state.status));
    upload.pause();
    upload.resume();
  });

  it('does not wait for its own lock', async () => {
    await reached(page, upload, 'succeeded');
    expect(statuses).to.not.include('waiting');
  });

  it('leaves no parts and no checkpoint when it is then cancelled', async () => {
    await new Promise<void>((resolve) => {
      const stop = page.subscribe(() => {
        stop();
        void upload.cancel().then(resolve);
      });
    });
    await upload.atRest;
    expect([browser.oss.uploads.size, await browser.store.list()]).to.deep.equal([0, []]);
  });
});

describe('the same upload in two tabs', () => {
  let browser: Browser;
  let first: Upload;
  let second: Upload;
  let firstTab: Uploader;
  let secondTab: Uploader;
  let release: () => void;

  beforeEach(async () => {
    browser = new Browser();
    firstTab = browser.openPage();
    secondTab = browser.openPage();
    first = firstTab.add(film(), KEY);
    second = secondTab.add(film(), KEY);
    const third = browser.oss.hold('uploadPart', 3);
    release = third.release;
    first.start();
    await third.reached;
    second.start();
    await reached(secondTab, second, 'waiting');
  });

  it('runs in one tab and waits in the other', () => {
    expect(second.state).to.deep.include({ status: 'waiting', reason: 'other-tab' });
    expect(browser.oss.count('createUpload')).to.equal(1);
  });

  it('continues in the second tab from the last stored part when the first pauses', async () => {
    first.pause();
    await reached(secondTab, second, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('is not restored in a third tab', async () => {
    expect(await browser.openPage().restore()).to.be.empty;
  });

  it('is not aborted when a third tab discards it', async () => {
    await Promise.all([firstTab.reset(), secondTab.reset()]);
    const third = browser.openPage();
    const [found] = await third.restore();
    const held = browser.oss.hold('uploadPart', 3);
    firstTab.add(film(), KEY).start();
    await held.reached;
    await third.remove([found!.id]);
    expect([browser.oss.uploads.size, (await browser.store.list()).length]).to.deep.equal([1, 1]);
  });

  it('is not aborted when the waiting tab cancels', async () => {
    await second.cancel();
    expect(browser.oss.uploads.size).to.equal(1);
    release();
    await reached(firstTab, first, 'succeeded');
  });
});
