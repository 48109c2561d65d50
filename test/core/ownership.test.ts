// Several tabs or elements hold the same upload: uploaders that share a checkpoint store, locks and a channel.
import { expect } from '@open-wc/testing';
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { Channel, CheckpointStore } from '../../src/core/ports.js';
import type { Upload } from '../../src/core/upload.js';
import { Uploader, type UploaderOptions, type UploaderPorts } from '../../src/core/uploader.js';
import { FakeOss } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { makeFile, PART, reached } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const KEY = 'film.mp4';

class Browser {
  readonly oss = new FakeOss();
  store: CheckpointStore = new MemoryStore();
  readonly locks = createPageLocks();
  /** The number of posts. */
  posts = 0;
  readonly #listeners = new Set<() => void>();
  readonly #disconnects: (() => void)[] = [];
  readonly #channel: Channel = {
    post: () => {
      this.posts++;
      for (const listener of this.#listeners) listener();
    },
    subscribe: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  open(options: UploaderOptions = {}, ports: Partial<UploaderPorts> = {}): Uploader {
    return new Uploader(
      { region: 'cn-hangzhou', bucket: 'films', partSize: PART, parallel: 1, ...options },
      {
        openGateway: this.oss.open,
        env: new VirtualEnvironment(),
        store: this.store,
        locks: this.locks,
        channel: this.#channel,
        checksum: { crc64: (blob) => crc64OfBlob(blob) },
        ...ports,
      },
    );
  }

  /** Connects an uploader until the end of the test. Returns a function that disconnects it earlier. */
  connect(uploader: Uploader, onChange: () => void = () => {}): () => void {
    const disconnect = uploader.connect(onChange);
    this.#disconnects.push(disconnect);
    return disconnect;
  }

  close(): void {
    for (const disconnect of this.#disconnects) disconnect();
  }
}

function film(size = 4 * PART, lastModified = Date.UTC(2026, 0, 1)): File {
  return new File([makeFile(size)], KEY, { lastModified });
}

let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});
afterEach(() => browser.close());

/** Runs an upload until two of its four parts are stored, and pauses it. */
async function pauseHalfway(page: Uploader, upload = page.add(film(), KEY)): Promise<Upload> {
  const third = browser.oss.hold('uploadPart', 3);
  page.start([upload.id]);
  page.resume([upload.id]);
  await third.reached;
  upload.pause();
  await upload.atRest;
  return upload;
}

/** Leaves an upload of an earlier visit with two of four parts stored. */
async function leaveUnfinished(options?: UploaderOptions): Promise<void> {
  const page = browser.open(options);
  await pauseHalfway(page);
  await page.reset();
}

const doneParts = (upload: Upload | undefined): number | undefined => upload?.checkpoint?.doneParts.length;

describe('an upload that a page holds', () => {
  const hold: Record<string, (page: Uploader) => Promise<Upload>> = {
    paused: (page) => pauseHalfway(page),
    queued: async (page) => {
      const upload = await pauseHalfway(page);
      page.options.concurrentFiles = 0;
      page.resume();
      return upload;
    },
    failed: async (page) => {
      browser.oss.fail('uploadPart', () => new UploadError('access-denied'), { number: 3 });
      const upload = page.add(film(), KEY);
      upload.start();
      await reached(page, upload, 'failed');
      return upload;
    },
    'waiting for the network': async () => {
      const env = new VirtualEnvironment();
      env.online = false;
      env.autoAdvance = false;
      const offline = browser.open({}, { env });
      browser.oss.fail('uploadPart', () => new UploadError('network'), { number: 3 });
      const upload = offline.add(film(), KEY);
      upload.start();
      await reached(offline, upload, 'waiting');
      return upload;
    },
    'selected again': async (page) => {
      await leaveUnfinished();
      await page.restore();
      return page.add(film(), KEY);
    },
  };

  for (const [state, reach] of Object.entries(hold)) {
    it(`is not offered elsewhere while it is ${state}`, async () => {
      await reach(browser.open());
      expect(await browser.open().restore()).to.deep.equal([]);
    });

    it(`is not aborted while it is ${state} when another tab discards what it offered before`, async () => {
      await leaveUnfinished();
      const other = browser.open();
      const [offered] = await other.restore();
      const upload = await reach(browser.open());
      await other.remove([offered!.id]);
      expect([browser.oss.count('abortUpload'), (await browser.store.list()).length]).to.deep.equal([0, 1]);
      expect(doneParts(upload)).to.equal(2);
    });
  }

  it('is resumed without sending a stored part again after a discard elsewhere', async () => {
    await leaveUnfinished();
    const [page, other] = [browser.open(), browser.open()];
    const [[upload], [offered]] = await Promise.all([page.restore(), other.restore()]);
    page.add(film(), KEY);
    await offered!.cancel();
    upload!.resume();
    await reached(page, upload!, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('is offered elsewhere once the page resets its list', async () => {
    const page = browser.open();
    await pauseHalfway(page);
    await page.reset();
    expect(await browser.open().restore()).to.have.length(1);
  });

  it('is offered elsewhere once its uploader is disconnected, and not after it is connected again', async () => {
    const page = browser.open();
    const disconnect = browser.connect(page);
    await pauseHalfway(page);
    const other = browser.open();
    const changed = new Promise<void>((resolve) => browser.connect(other, resolve));
    disconnect();
    await changed;
    const during = await other.restore();
    browser.connect(page);
    expect([during.length, await browser.open().restore()]).to.deep.equal([1, []]);
  });

  it('keeps its parts when another holder cancels it, until the last one does', async () => {
    const [page, other] = [browser.open(), browser.open()];
    const first = await pauseHalfway(page);
    const second = await pauseHalfway(other);
    await first.cancel();
    const kept = browser.oss.uploads.size;
    await second.cancel();
    expect([kept, browser.oss.uploads.size, await browser.store.list()]).to.deep.equal([1, 0, []]);
  });

  it('leaves no parts when all holders cancel it at the same time', async () => {
    const uploads = [await pauseHalfway(browser.open()), await pauseHalfway(browser.open())];
    await Promise.all(uploads.map((upload) => upload.cancel()));
    expect([browser.oss.uploads.size, await browser.store.list()]).to.deep.equal([0, []]);
  });

  it('continues in the tab that waits for it when it is cancelled in the tab that sends it', async () => {
    const [page, other] = [browser.open(), browser.open()];
    const [first, second] = [page.add(film(), KEY), other.add(film(), KEY)];
    const third = browser.oss.hold('uploadPart', 3);
    first.start();
    await third.reached;
    second.start();
    await reached(other, second, 'waiting');
    await first.cancel();
    await reached(other, second, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('succeeds without sending anything if another tab has completed it', async () => {
    const [page, other] = [browser.open(), browser.open()];
    const upload = await pauseHalfway(page);
    const finished = other.add(film(), KEY);
    finished.start();
    await reached(other, finished, 'succeeded');
    upload.resume();
    await reached(page, upload, 'succeeded');
    expect([browser.oss.sentParts, browser.oss.count('createUpload')]).to.deep.equal([[1, 2, 3, 3, 4], 1]);
  });

  it('succeeds without sending anything when the tab that it waits for completes it', async () => {
    const [page, other] = [browser.open({ objectKey: '{uuid}' }), browser.open({ objectKey: '{uuid}' })];
    const first = page.add(film(), 'key of the first tab');
    const third = browser.oss.hold('uploadPart', 3);
    first.start();
    await third.reached;
    const second = other.add(film(), 'key of the second tab');
    second.start();
    await reached(other, second, 'waiting');
    third.release();
    await reached(other, second, 'succeeded');
    expect([browser.oss.sentParts, second.key]).to.deep.equal([[1, 2, 3, 4], 'key of the first tab']);
  });

  it('is not aborted when another tab starts over with a changed file', async () => {
    const handle = { file: film() };
    const openHandle = () => Promise.resolve(film(3 * PART, 0));
    await leaveUnfinished();
    const [stored] = await browser.store.list();
    await browser.store.save({ ...stored!.upload, handle });
    const [page, other] = [browser.open(), browser.open({ objectKey: '{name}' }, { openHandle })];
    const [, [changed]] = await Promise.all([page.restore(), other.restore()]);
    const upload = page.add(film(), KEY);
    changed!.resume();
    await reached(other, changed!, 'failed');
    changed!.retry();
    await reached(other, changed!, 'succeeded');
    expect([browser.oss.count('abortUpload'), (await browser.store.list()).length]).to.deep.equal([0, 1]);
    expect(doneParts(upload)).to.equal(2);
  });

  it('starts over when it is retried right after it was cancelled', async () => {
    const page = browser.open();
    const upload = await pauseHalfway(page);
    void upload.cancel();
    upload.retry();
    await reached(page, upload, 'succeeded');
    expect([browser.oss.count('createUpload'), await browser.store.list()]).to.deep.equal([2, []]);
  });

  const release: Record<string, (page: Uploader) => Promise<unknown>> = {
    'has not started': async (page) => page.add(film(), KEY),
    'has succeeded': async (page) => {
      const upload = page.add(film(), KEY);
      upload.start();
      await reached(page, upload, 'succeeded');
    },
    'was cancelled': async (page) => (await pauseHalfway(page)).cancel(),
    'has failed without stored parts': async (page) => {
      browser.oss.fail('createUpload', () => new UploadError('access-denied'));
      const upload = page.add(film(), KEY);
      upload.start();
      await reached(page, upload, 'failed');
    },
    'was prevented from starting, and then removed': async (page) => {
      await leaveUnfinished();
      await page.restore();
      page.options.onBeforeStart = () => false;
      const upload = page.add(film(), KEY);
      upload.resume();
      await upload.atRest;
      await page.remove([upload.id]);
    },
  };

  for (const [state, reach] of Object.entries(release)) {
    it(`is not claimed if it ${state}`, async () => {
      await reach(browser.open());
      expect([...(await browser.locks.claimed())]).to.deep.equal([]);
    });
  }
});

describe('a resumable upload that two tabs offer', () => {
  let page: Uploader;
  let other: Uploader;
  let offered: Upload;
  beforeEach(async () => {
    await leaveUnfinished();
    [page, other] = [browser.open(), browser.open()];
    await page.restore();
    [offered] = (await other.restore()) as [Upload];
  });

  const changes: Record<string, () => Promise<unknown>> = {
    'its file is selected': async () => page.add(film(), KEY),
    'it is discarded': () => page.remove([page.uploads[0]!.id]),
    'it is finished': async () => {
      const upload = page.add(film(), KEY);
      upload.resume();
      await reached(page, upload, 'succeeded');
    },
    'the same file is uploaded': () => pauseHalfway(browser.open()),
  };

  for (const [change, make] of Object.entries(changes)) {
    it(`is removed from the other list when ${change} in one tab`, async () => {
      await make();
      await other.restore();
      expect(other.uploads).to.deep.equal([]);
    });

    it(`is reported to the other tab when ${change} in one tab`, async () => {
      const removed = new Promise<void>((resolve) => {
        other.subscribe(({ type }) => type === 'remove' && resolve());
      });
      browser.connect(other, () => void other.restore());
      await make();
      await removed;
      expect(other.uploads).to.deep.equal([]);
    });
  }

  it('is offered again with its progress when the tab that continued it is closed', async () => {
    const env = new VirtualEnvironment();
    env.time += 1_000;
    const later = browser.open({}, { env });
    const upload = later.add(film(), KEY);
    const fourth = browser.oss.hold('uploadPart', 4);
    upload.start();
    await fourth.reached;
    await later.reset();
    const [again] = await other.restore();
    expect([doneParts(offered), doneParts(again), other.uploads.length]).to.deep.equal([2, 3, 1]);
  });

  it('stays in the list if the store can’t be read', async () => {
    browser.store.list = () => Promise.reject(new Error('blocked'));
    await other.restore();
    expect(other.uploads).to.deep.equal([offered]);
  });

  it('does not run unlisted if it is taken elsewhere while its file is being opened', async () => {
    const [stored] = await browser.store.list();
    await browser.store.save({ ...stored!.upload, handle: {} });
    let open!: (file: File) => void;
    const openHandle = () => new Promise<File>((resolve) => (open = resolve));
    const third = browser.open({}, { openHandle });
    const [upload] = await third.restore();
    upload!.resume();
    page.add(film(), KEY);
    await third.restore();
    open(film());
    await upload!.atRest;
    expect([third.uploads, upload!.state.status]).to.deep.equal([[], 'resumable']);
  });

  it('succeeds with its file if it was finished elsewhere', async () => {
    const upload = page.add(film(), KEY);
    upload.resume();
    await reached(page, upload, 'succeeded');
    other.add(film(), KEY).resume();
    await reached(other, offered, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('does not remove a newer upload of the same file when it is discarded', async () => {
    await page.remove([page.uploads[0]!.id]);
    await leaveUnfinished();
    await other.remove([offered.id]);
    expect(await browser.store.list()).to.have.length(1);
  });
});

describe('an upload that is cancelled while it is completing', () => {
  it('may be stored if another tab waits for it', async () => {
    const page = browser.open();
    const upload = page.add(film(), KEY);
    const complete = browser.oss.hold('completeUpload');
    upload.start();
    await complete.reached;
    const other = browser.open();
    const waiting = other.add(film(), KEY);
    waiting.start();
    await reached(other, waiting, 'waiting');
    await upload.cancel();
    expect(upload.state).to.deep.include({ status: 'cancelled', mayBeStored: true });
    await reached(other, waiting, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 4]);
  });

  it('may be stored if another tab waits to send its single request', async () => {
    const file = makeFile(PART / 2);
    const page = browser.open();
    const upload = page.add(file, KEY);
    const put = browser.oss.hold('put');
    upload.start();
    const { onProgress } = await put.reached;
    onProgress?.(PART / 2);
    const other = browser.open();
    const waiting = other.add(file, KEY);
    waiting.start();
    await reached(other, waiting, 'waiting');
    await upload.cancel();
    expect(upload.state).to.deep.include({ status: 'cancelled', mayBeStored: true });
    await reached(other, waiting, 'succeeded');
  });

  it('is aborted although its element is moved meanwhile', async () => {
    let move = () => {};
    const claimed = () => {
      move();
      return browser.locks.claimed();
    };
    const page = browser.open({}, { locks: { ...browser.locks, claimed } });
    const disconnect = browser.connect(page);
    const upload = page.add(film(), KEY);
    const complete = browser.oss.hold('completeUpload');
    upload.start();
    await complete.reached;
    move = () => {
      move = () => {};
      disconnect();
      browser.connect(page);
    };
    await upload.cancel();
    expect(upload.state).to.deep.equal({ status: 'cancelled', progress: upload.state.progress });
    expect([browser.oss.uploads.size, await browser.store.list()]).to.deep.equal([0, []]);
    expect((await browser.locks.claimed()).size).to.equal(0);
  });
});

describe('an upload that is paused while its checkpoint is being read', () => {
  it('leaves the stored parts to other tabs', async () => {
    await leaveUnfinished();
    const page = browser.open();
    const upload = page.add(film(), KEY);
    const { find } = browser.store;
    browser.store.find = async (fingerprint) => {
      const found = await find.call(browser.store, fingerprint);
      upload.pause();
      return found;
    };
    upload.start();
    await reached(page, upload, 'paused');
    await upload.atRest;
    browser.store.find = find;
    expect([upload.checkpoint, (await browser.locks.claimed()).size]).to.deep.equal([undefined, 0]);
    upload.resume();
    await reached(page, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });
});

describe('uploads of several fields', () => {
  const names = ({ uploads }: Uploader): string[] => uploads.map(({ field }) => field ?? '(none)');

  /** Opens a page with these fields, and restores earlier uploads in each of them. */
  async function openFields(...fields: string[]): Promise<Uploader[]> {
    const uploaders = fields.map((field) => browser.open({ field }));
    for (const uploader of uploaders) browser.connect(uploader, () => void uploader.restore());
    await Promise.all(uploaders.map((uploader) => uploader.restore()));
    return uploaders;
  }

  it('are offered only in their own field', async () => {
    await leaveUnfinished({ field: 'passport' });
    const fields = await openFields('contract', 'passport');
    expect(fields.map(names)).to.deep.equal([[], ['passport']]);
  });

  it('are offered only in their own field without a connection to the page', async () => {
    await leaveUnfinished({ field: 'passport' });
    const fields = [browser.open({ field: 'contract' }), browser.open({ field: 'passport' })];
    await Promise.all(fields.map((field) => field.restore()));
    expect(fields.map(names)).to.deep.equal([[], ['passport']]);
  });

  it('are offered in the first field if they were saved without a field', async () => {
    await leaveUnfinished();
    const fields = await openFields('contract', 'passport');
    expect(fields.map(names)).to.deep.equal([['(none)'], []]);
  });

  it('are offered in the field without a name if their own is not on the page', async () => {
    await leaveUnfinished({ field: 'removed' });
    const fields = await openFields('contract', '', 'passport', '');
    expect(fields.map(names)).to.deep.equal([[], ['removed'], [], []]);
  });

  it('are offered in the first field if their own is not on the page', async () => {
    await leaveUnfinished({ field: 'removed' });
    const fields = await openFields('contract', 'passport');
    expect(fields.map(names)).to.deep.equal([['removed'], []]);
  });

  it('are offered in their own field when it is added to the page later', async () => {
    await leaveUnfinished({ field: 'passport' });
    const [contract] = await openFields('contract');
    const before = names(contract!);
    const removed = new Promise<void>((resolve) => {
      contract!.subscribe(({ type }) => type === 'remove' && resolve());
    });
    const [passport] = await openFields('passport');
    await removed;
    expect([before, names(contract!), names(passport!)]).to.deep.equal([['passport'], [], ['passport']]);
  });

  it('are not affected by fields for other destinations', async () => {
    await leaveUnfinished({ field: 'passport' });
    browser.connect(browser.open({ field: 'passport', bucket: 'elsewhere' }));
    const [contract] = await openFields('contract');
    expect(names(contract!)).to.deep.equal(['passport']);
  });

  it('are not sent at the same time if they have the same file and key', async () => {
    const [contract, passport] = await openFields('contract', 'passport');
    await pauseHalfway(contract!);
    const upload = passport!.add(film(), KEY);
    upload.start();
    await reached(passport!, upload, 'succeeded');
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });

  it('belong to the field that continued them last', async () => {
    await leaveUnfinished({ field: 'contract' });
    await leaveUnfinished({ field: 'passport' });
    const fields = await openFields('contract', 'passport');
    expect(fields.map(names)).to.deep.equal([[], ['passport']]);
  });
});

describe('the same file with another date', () => {
  it('waits for the upload that another tab runs, and sends nothing', async () => {
    const owner = browser.open();
    const upload = await pauseHalfway(owner);
    const third = browser.oss.hold('uploadPart', 3);
    owner.resume();
    await third.reached;
    const page = browser.open();
    await page.restore();
    const second = page.add(film(4 * PART, Date.UTC(2026, 5, 1)), KEY);
    page.start();
    await reached(page, second, 'waiting');
    third.release();
    await reached(owner, upload, 'succeeded');
    await reached(page, second, 'succeeded');
    expect(second.state).to.have.nested.property('result.reused', true);
    expect(browser.oss.sentParts).to.deep.equal([1, 2, 3, 3, 4]);
  });
});
