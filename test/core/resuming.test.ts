import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { CheckpointStore, Locks } from '../../src/core/ports.js';
import type { Upload } from '../../src/core/upload.js';
import { Uploader, type UploaderOptions } from '../../src/core/uploader.js';
import { FakeOss } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { makeFile, PART, reached } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const KEY = 'film.mp4';
const lastModified = Date.UTC(2026, 0, 1);

/** One browser, with what it keeps; each page in it has an uploader of its own. */
class Browser {
  readonly oss = new FakeOss();
  readonly env = new VirtualEnvironment();
  store: CheckpointStore = new MemoryStore();
  readonly #held = new Map<string, (() => void)[]>();

  openPage(options: UploaderOptions = {}): Uploader {
    return new Uploader(
      { region: 'cn-hangzhou', bucket: 'films', partSize: PART, parallel: 1, ...options },
      {
        openGateway: this.oss.open,
        env: this.env,
        store: this.store,
        locks: this.#locks,
        checksum: { crc64: (blob) => crc64OfBlob(blob) },
        openHandle: (handle) => Promise.resolve((handle as { file?: File }).file),
      },
    );
  }

  /** What a page that is gone held is given back. */
  releaseLocks(): void {
    this.#held.clear();
  }

  readonly #locks: Locks = {
    acquire: async (name, signal, onWait) => {
      const held = this.#held.get(name);
      const queue = held ?? [];
      this.#held.set(name, queue);
      if (held) {
        onWait();
        await new Promise<void>((resolve, reject) => {
          queue.push(resolve);
          signal.addEventListener('abort', () => {
            queue.splice(queue.indexOf(resolve), 1);
            reject(signal.reason as Error);
          });
        });
      }
      return () => {
        if (this.#held.get(name) !== queue) return;
        const next = queue.shift();
        if (next) next();
        else this.#held.delete(name);
      };
    },
    isHeld: async (name) => this.#held.has(name),
  };
}

function film(size = 4 * PART, changes: FilePropertyBag = {}): File {
  return new File([makeFile(size)], KEY, { lastModified, type: 'video/mp4', ...changes });
}

describe('an upload of an earlier visit', () => {
  let browser: Browser;

  /** Sends two of four parts, then the page is gone without a word. */
  async function leaveUnfinished(file = film(), options?: UploaderOptions, handle?: unknown): Promise<void> {
    const page = browser.openPage(options);
    const upload = page.add(file, await page.keyFor(file), handle);
    const third = browser.oss.hold('uploadPart', 3);
    upload.start();
    await third.reached;
    // What a page that is gone holds, its locks, is given back; what it remembers stays.
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

  it('is found', async () => {
    await leaveUnfinished();
    const { upload } = await revisit();
    expect(upload!.state).to.deep.include({ status: 'resumable' });
    expect(upload!.state.progress.ratio).to.equal(0.5);
    expect(upload).to.include({ key: KEY, fileName: KEY, fileSize: 4 * PART, file: undefined });
  });

  it('goes on from its last part when its file is picked again', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    expect(page.add(film(), KEY)).to.equal(upload);
    expect(upload!.state.status).to.equal('paused');
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
    expect(upload!.state).to.have.nested.property('result.verified', true);
  });

  it('goes on when the file is picked before anything was looked for', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('keeps the key that it had, though the template makes another', async () => {
    await leaveUnfinished(film(), { objectKey: '{uuid}.mp4' });
    const { page, upload } = await revisit({ objectKey: '{uuid}.mp4' });
    const { key } = upload!;
    page.add(film(), await page.keyFor(film()));
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect([...browser.oss.objects.keys()]).to.deep.equal([key]);
  });

  it('goes on without the file being picked where there is a handle', async () => {
    await leaveUnfinished(film(), {}, { file: film() });
    const { page, upload } = await revisit();
    expect(upload!.state).to.include({ reopenable: true });
    upload!.resume();
    await reached(page, upload!, 'succeeded');
  });

  it('wants the file picked where the handle leads nowhere', async () => {
    await leaveUnfinished(film(), {}, {});
    const { page, upload } = await revisit();
    const told = new Promise<void>((resolve) => page.subscribe(() => resolve()));
    upload!.resume();
    await told;
    expect(upload!.state.status).to.equal('resumable');
    expect(upload!.state).to.include({ reopenable: false });
  });

  for (const [what, file, code] of [
    ['another file', new File(['x'], 'other.mp4', { lastModified }), 'checkpoint-mismatch'],
    ['a file of another size', film(5 * PART), 'file-changed'],
    ['a file of another date', film(4 * PART, { lastModified: lastModified + 1 }), 'file-changed'],
  ] as const) {
    it(`is not mixed with ${what}`, async () => {
      await leaveUnfinished();
      const { page, upload } = await revisit();
      expect(() => upload!.attach(file))
        .to.throw(UploadError)
        .with.property('code', code);
      expect(page.add(file, await page.keyFor(file))).to.not.equal(upload);
      expect(upload!.state.status).to.equal('resumable');
    });
  }

  it('events a file that was edited and kept its size and date, and a retry begins anew', async () => {
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

  it('is not lost when its file was changed: the person retries first', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    page.add(new File([new Uint8Array(4 * PART)], KEY, { lastModified }), KEY);
    upload!.resume();
    await reached(page, upload!, 'failed');
    expect([browser.oss.uploads.size, (await browser.store.list()).length]).to.deep.equal([1, 1]);
  });

  it('begins anew at retry where the file behind its handle has changed', async () => {
    const handle = { file: film() };
    await leaveUnfinished(film(), {}, handle);
    const handles = await browser.store.list();
    (handles[0]!.upload.handle as typeof handle).file = film(3 * PART, { lastModified: lastModified + 1 });
    await browser.store.save(handles[0]!.upload);
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

  it('has the size of the file as it is, where it begins anew with one that has changed', async () => {
    const handle = { file: film() };
    await leaveUnfinished(film(), {}, handle);
    const [kept] = await browser.store.list();
    (kept!.upload.handle as typeof handle).file = film(3 * PART, { lastModified: lastModified + 1 });
    await browser.store.save(kept!.upload);
    const { page, upload } = await revisit();
    upload!.resume();
    await reached(page, upload!, 'failed');
    upload!.retry();
    await reached(page, upload!, 'succeeded');
    expect([upload!.fileSize, upload!.state.progress.total]).to.deep.equal([3 * PART, 3 * PART]);
  });

  it('can be reopened at the next visit, where it was picked in a way that allows that', async () => {
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

  it('does not stand in the way of a checkpoint for another key', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    browser.oss.uploads.set('theirs', { parts: new Map() });
    const checkpoint = { name: 'theirs.mp4', fileSize: 4 * PART, partSize: PART, uploadId: 'theirs' };
    const upload = page.addFrom({ ...checkpoint, doneParts: [] }, film());
    upload.resume();
    await reached(page, upload, 'succeeded');
    expect([...browser.oss.objects.keys()]).to.deep.equal(['theirs.mp4']);
  });

  it('is written down again at Resume, where it was removed while it was paused', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    const third = browser.oss.hold('uploadPart', 3);
    upload.start();
    await third.reached;
    upload.pause();
    await browser.store.remove((await browser.store.list())[0]!.upload.id);
    const again = browser.oss.hold('uploadPart', 3);
    upload.resume();
    await again.reached;
    expect((await browser.store.list()).map(({ parts }) => parts.length)).to.deep.equal([2]);
  });

  it('is not offered once it has succeeded, though not all of it could be written down', async () => {
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

  it('leaves the list when another user comes', async () => {
    await leaveUnfinished(film(), { resumeScope: 'user 1' });
    const { page } = await revisit({ resumeScope: 'user 1' });
    page.options.resumeScope = 'user 2';
    await page.restore();
    expect(page.uploads).to.be.empty;
  });

  it('is not given up with all others', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    await page.cancel();
    expect(upload!.state.status).to.equal('resumable');
  });

  it('asks for its file by itself only, not with all others', async () => {
    await leaveUnfinished(film(), {}, { file: film() });
    const { page, upload } = await revisit();
    page.resume();
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('counts for nothing in the progress before its file is there', async () => {
    await leaveUnfinished();
    const { page } = await revisit();
    expect(page.progress.total).to.equal(0);
  });

  it('is the one that a checkpoint of the page speaks of', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    expect(page.addFrom(upload!.checkpoint, film())).to.equal(upload);
  });

  it('is taken in once, where two look for it at the same time', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    await Promise.all([page.restore(), page.restore()]);
    expect(page.uploads).to.have.length(1);
  });

  it('is taken in once, where its file was picked before it was looked for', async () => {
    await leaveUnfinished();
    const page = browser.openPage();
    page.add(film(), KEY);
    await page.restore();
    expect(page.uploads).to.have.length(1);
  });

  it('is not shown to another user of the browser', async () => {
    await leaveUnfinished(film(), { resumeScope: 'user 1' });
    expect((await revisit({ resumeScope: 'user 2' })).upload).to.equal(undefined);
  });

  it('is not shown where another bucket is meant', async () => {
    await leaveUnfinished();
    expect((await revisit({ bucket: 'photos' })).upload).to.equal(undefined);
  });

  it('is taken in once, however often it is looked for', async () => {
    await leaveUnfinished();
    const { page } = await revisit();
    expect(await page.restore()).to.deep.equal([]);
    expect(page.uploads).to.have.length(1);
  });

  it('is removed from OSS and from memory when it is discarded', async () => {
    await leaveUnfinished();
    const { page, upload } = await revisit();
    await page.remove([upload!.id]);
    expect(browser.oss.uploads.size).to.equal(0);
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('is forgotten once it has succeeded', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('is found to have succeeded where the page went away while OSS put it together', async () => {
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    browser.oss.intercept('completeUpload', () => () => {
      throw new UploadError('network');
    });
    const { reached: isAsked } = browser.oss.hold('head');
    upload.start();
    await isAsked;
    browser.releaseLocks();
    const { page: later, upload: found } = await revisit();
    void upload.cancel();
    later.add(film(), KEY);
    found!.resume();
    await reached(later, found!, 'succeeded');
    expect(browser.oss.count('completeUpload')).to.equal(1);
    expect(found!.state).to.have.nested.property('result.verified', true);
  });

  it('is found to have succeeded where the page went away before it wrote that down', async () => {
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

  it('is written down before the first part leaves', async () => {
    const store = new MemoryStore();
    let sentBefore: number | undefined;
    browser.store = {
      find: (fingerprint) => store.find(fingerprint),
      list: () => store.list(),
      addPart: (id, part, savedAt) => store.addPart(id, part, savedAt),
      remove: (id) => store.remove(id),
      save: async (upload) => {
        // What takes a database a while, told in turns of the event loop.
        await new Promise((resolve) => setTimeout(resolve));
        sentBefore ??= browser.oss.sentParts.length;
        await store.save(upload);
      },
    };
    const page = browser.openPage();
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(sentBefore).to.equal(0);
  });

  it('begins anew by itself when OSS has forgotten it', async () => {
    await leaveUnfinished();
    browser.oss.uploads.clear();
    const { page, upload } = await revisit();
    page.add(film(), KEY);
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.count('createUpload')).to.equal(2);
  });

  it('leaves nothing where nothing is to be kept', async () => {
    await leaveUnfinished(film(), { noResume: true });
    expect((await revisit()).upload).to.equal(undefined);
  });

  it('leaves nothing where the browser can’t keep anything, which is said once, and the upload goes on', async () => {
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    browser.store = { list: full, find: full, save: full, addPart: full, remove: full };
    const causes: unknown[] = [];
    const page = browser.openPage({ onPersistenceError: (cause) => causes.push(cause) });
    const upload = page.add(film(), KEY);
    upload.start();
    await reached(page, upload, 'succeeded');
    expect(causes).to.have.length(1);
  });

  it('holds no credential', async () => {
    await leaveUnfinished();
    const kept = JSON.stringify(await browser.store.list());
    expect(kept).to.not.match(/secret|token|accesskey/i);
  });
});

describe('an upload that another tab has gone on with meanwhile', () => {
  let browser: Browser;
  let staleTab: Uploader;
  let stale: Upload;
  let otherTab: Uploader;
  let other: Upload;

  const listingIsDenied = () => new UploadError('access-denied', { status: 403 });

  /** Both tabs know of two parts of four. */
  async function knowOfTwoParts(options?: UploaderOptions): Promise<void> {
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

  it('sends nothing again that the other sent, where listing is not allowed', async () => {
    await knowOfTwoParts();
    browser.oss.fail('listParts', listingIsDenied, { times: Infinity });
    const fourth = browser.oss.hold('uploadPart', 4);
    other.resume();
    await fourth.reached;
    other.pause();
    await other.atRest;
    stale.resume();
    await reached(staleTab, stale, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4, 4]);
  });

  it('stays as it is when it is given up where it was paused', async () => {
    await knowOfTwoParts();
    const third = browser.oss.hold('uploadPart', 3);
    other.resume();
    await third.reached;
    await stale.cancel();
    third.release();
    await reached(otherTab, other, 'succeeded');
    expect(browser.oss.count('createUpload')).to.equal(1);
  });
});

describe('an upload that is resumed in the breath in which it was paused', () => {
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

  it('does not wait for itself', async () => {
    await reached(page, upload, 'succeeded');
    expect(statuses).to.not.include('waiting');
  });

  it('leaves nothing behind when it is cancelled then', async () => {
    await new Promise<void>((resolve) => {
      const stop = page.subscribe(() => {
        stop();
        void upload.cancel().then(resolve);
      });
    });
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

  it('is under way in one of them; the other says so', () => {
    expect(second.state).to.deep.include({ status: 'waiting', reason: 'other-tab' });
    expect(browser.oss.count('createUpload')).to.equal(1);
  });

  it('is taken over, from its last part, when the first is gone', async () => {
    first.pause();
    await reached(secondTab, second, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('is not offered as left unfinished in a third', async () => {
    expect(await browser.openPage().restore()).to.be.empty;
  });

  it('stays as it is when a third discards what it found before', async () => {
    first.pause();
    second.pause();
    browser.releaseLocks();
    const third = browser.openPage();
    const [found] = await third.restore();
    const held = browser.oss.hold('uploadPart', 3);
    first.resume();
    await held.reached;
    await third.remove([found!.id]);
    expect([browser.oss.uploads.size, (await browser.store.list()).length]).to.deep.equal([1, 1]);
  });

  it('stays as it is when the other gives up', async () => {
    await second.cancel();
    expect(browser.oss.uploads.size).to.equal(1);
    release();
    await reached(firstTab, first, 'succeeded');
  });
});
