import { expect, waitUntil } from '@open-wc/testing';
import {
  createElement,
  film,
  hasPart,
  makeFile,
  nextDetail,
  pick,
  query,
  part,
  PART,
  textOf,
  waitForStatus,
  TestSetup,
  type TestUpload,
} from './support.js';

type Picker = (options: { types?: unknown }) => Promise<unknown>;

const page = window as unknown as { showOpenFilePicker?: Picker };
const original = Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker');

/** Replaces the picker of the browser, which a test can't operate. */
function stubPicker(picker: Picker | undefined): void {
  Object.defineProperty(window, 'showOpenFilePicker', { value: picker, configurable: true, writable: true });
}

interface InputClicks {
  count: number;
  /** Resolves when the input is clicked. */
  first: Promise<void>;
}

/** Counts the clicks on the file input, and keeps them from opening the picker of the browser. */
function countInputClicks(element: TestUpload): InputClicks {
  const clicks = { count: 0 } as InputClicks;
  clicks.first = new Promise((resolve) => {
    query(element, 'input').addEventListener('click', (event) => {
      event.preventDefault();
      clicks.count++;
      resolve();
    });
  });
  return clicks;
}

/** Selects a file with the input, and returns the names of the files in the list. */
async function selectWithInput(element: TestUpload): Promise<string[]> {
  pick(element, film);
  await waitForStatus(element, 'ready');
  return element.uploads.map(({ fileName }) => fileName);
}

/** Creates a real handle, of a file in the origin private file system. */
async function makeHandle(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle('film.mp4', { create: true });
  const writable = await handle.createWritable();
  await writable.write(film);
  await writable.close();
  return handle;
}

describe('the file picker', () => {
  afterEach(() => {
    if (original) Object.defineProperty(window, 'showOpenFilePicker', original);
    else delete page.showOpenFilePicker;
  });

  it('gets ready for the upload while the user selects files', async () => {
    stubPicker(undefined);
    const setup = new TestSetup();
    const element = await createElement({}, setup);
    const clicks = countInputClicks(element);
    part(element, 'browse-button').click();
    await clicks.first;
    await waitUntil(() => setup.preparations === 1);
  });

  it('adds the other files when one of the selected files can’t be read', async () => {
    const handle = await makeHandle();
    const unreadable = {
      kind: 'file',
      name: 'gone.mp4',
      getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    };
    stubPicker(() => Promise.resolve([unreadable, handle]));
    const element = await createElement({ multiple: true });
    const rejected = nextDetail(element, 'oss-file-reject');
    part(element, 'browse-button').click();
    expect((await rejected).file.name).to.equal('gone.mp4');
    expect(element.uploads.map(({ fileName }) => fileName)).to.deep.equal(['film.mp4']);
    await element.updateComplete;
    expect(textOf(part(element, 'error'))).to.contain('“gone.mp4” can’t be read.');
  });

  it('is opened by the input if showOpenFilePicker is missing', async () => {
    stubPicker(undefined);
    const element = await createElement();
    const clicks = countInputClicks(element);
    part(element, 'browse-button').click();
    await clicks.first;
    expect([await selectWithInput(element), clicks.count]).to.deep.equal([['film.mp4'], 1]);
  });

  it('is opened by the input if showOpenFilePicker fails', async () => {
    let calls = 0;
    stubPicker(() => {
      calls++;
      return Promise.reject(new DOMException('cross-origin', 'SecurityError'));
    });
    const element = await createElement();
    const clicks = countInputClicks(element);
    part(element, 'browse-button').click();
    await clicks.first;
    expect([await selectWithInput(element), calls, clicks.count]).to.deep.equal([['film.mp4'], 1, 1]);
  });

  it('is opened by the input with no-resume, which needs no handles', async () => {
    let calls = 0;
    stubPicker(() => {
      calls++;
      return Promise.reject(new Error('The picker was opened.'));
    });
    const element = await createElement({ noResume: true });
    const clicks = countInputClicks(element);
    element.browse();
    await clicks.first;
    expect([await selectWithInput(element), calls, clicks.count]).to.deep.equal([['film.mp4'], 0, 1]);
  });

  it('returns a handle that is stored with the upload', async () => {
    const handle = await makeHandle();
    stubPicker(() => Promise.resolve([handle]));
    const setup = new TestSetup();
    const element = await createElement({}, setup);
    part(element, 'browse-button').click();
    await waitForStatus(element, 'ready');
    const held = element.oss.hold('uploadPart', 2);
    element.start();
    await held.reached;
    const [kept] = await setup.store.list();
    expect(await handle.isSameEntry(kept!.upload.handle as FileSystemHandle)).to.be.true;
  });

  it('can be dismissed', async () => {
    const handle = await makeHandle();
    const statuses: string[] = [];
    const element = await createElement();
    const clicks = countInputClicks(element);
    stubPicker(() => {
      statuses.push(element.status);
      return statuses.length === 1
        ? Promise.reject(new DOMException('dismissed', 'AbortError'))
        : Promise.resolve([handle]);
    });
    // The picker opens again once the dismissal has been handled.
    while (statuses.length < 2) {
      element.browse();
      await new Promise(requestAnimationFrame);
    }
    await waitForStatus(element, 'ready');
    expect([statuses, clicks.count, element.uploads.length, hasPart(element, 'error')]).to.deep.equal([
      ['idle', 'idle'],
      0,
      1,
      false,
    ]);
  });

  it('opens once when browse is called twice', async () => {
    const handle = await makeHandle();
    let times = 0;
    let select!: (handles: FileSystemFileHandle[]) => void;
    stubPicker(() => {
      times++;
      return new Promise((resolve) => (select = resolve));
    });
    const element = await createElement();
    const clicks = countInputClicks(element);
    element.browse();
    element.browse();
    select([handle]);
    await waitForStatus(element, 'ready');
    expect([times, clicks.count, element.uploads.length]).to.deep.equal([1, 0, 1]);
  });

  it('adds files that start once the element is inserted again, if it was removed meanwhile', async () => {
    const handle = await makeHandle();
    let select!: (handles: FileSystemFileHandle[]) => void;
    stubPicker(() => new Promise((resolve) => (select = resolve)));
    const element = await createElement({ autoStart: true });
    const parent = element.parentElement!;
    element.browse();
    element.remove();
    const added = nextDetail(element, 'oss-file-add');
    select([handle]);
    await added;
    await element.updateComplete;
    const { status } = element;
    parent.append(element);
    await waitForStatus(element, 'succeeded');
    expect(status).to.equal('ready');
  });

  it('adds no files if the element was disabled meanwhile', async () => {
    const handle = await makeHandle();
    let select!: (handles: FileSystemFileHandle[]) => void;
    let times = 0;
    stubPicker(() => {
      times++;
      return new Promise((resolve) => (select = resolve));
    });
    const element = await createElement();
    element.browse();
    element.disabled = true;
    select([handle]);
    // The picker opens again once the selection has been handled.
    while (times < 2) {
      await new Promise(requestAnimationFrame);
      element.disabled = false;
      element.browse();
      element.disabled = times < 2;
    }
    expect(element.uploads).to.be.empty;
  });

  it('filters by accept', async () => {
    let types: unknown;
    stubPicker((options) => {
      ({ types } = options);
      return new Promise(() => {});
    });
    const element = await createElement({ accept: 'video/*,.srt' });
    element.browse();
    expect(types).to.deep.equal([{ accept: { 'video/*': [], 'application/x-any': ['.srt'] } }]);
  });
});

const items = DataTransferItem.prototype as { getAsFileSystemHandle?: () => Promise<unknown> };
const originalMethod = Object.getOwnPropertyDescriptor(items, 'getAsFileSystemHandle');

/** Replaces the method with which a dropped file is opened. */
function stubHandle(getAsFileSystemHandle: () => Promise<unknown>): void {
  Object.defineProperty(items, 'getAsFileSystemHandle', {
    value: getAsFileSystemHandle,
    configurable: true,
    writable: true,
  });
}

function drop(element: TestUpload): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(film);
  element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
}

describe('a file that the browser still opens', () => {
  /** Lets files be opened when `open` is called. */
  function holdFiles(): { requested: Promise<void>; open: () => void } {
    let request!: () => void;
    let open!: () => void;
    const requested = new Promise<void>((resolve) => (request = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    const getFile = async () => {
      request();
      await opened;
      return film;
    };
    const handle = { kind: 'file', name: film.name, getFile };
    stubPicker(() => Promise.resolve([handle]));
    stubHandle(async () => {
      await getFile();
      return handle;
    });
    return { requested, open };
  }

  const actions: Record<string, (element: TestUpload) => void> = {
    selected: (element) => element.browse(),
    dropped: drop,
  };
  const changes: Record<string, (element: TestUpload) => void> = {
    'all uploads are cancelled': (element) => void element.cancel(),
    'the value is emptied': (element) => (element.value = ''),
    'the form is reset': (element) => element.closest('form')!.reset(),
    'the page names another user': (element) => (element.resumeScope = 'bob'),
  };

  async function createInForm(): Promise<TestUpload> {
    const element = await createElement({ multiple: true, resumeScope: 'ada' });
    const form = document.createElement('form');
    element.before(form);
    form.append(element);
    return element;
  }

  afterEach(() => {
    if (original) Object.defineProperty(window, 'showOpenFilePicker', original);
    else delete page.showOpenFilePicker;
    if (originalMethod) Object.defineProperty(items, 'getAsFileSystemHandle', originalMethod);
    else delete items.getAsFileSystemHandle;
  });

  for (const [name, act] of Object.entries(actions)) {
    for (const [condition, change] of Object.entries(changes)) {
      it(`is not added if it was ${name} before ${condition}`, async () => {
        const files = holdFiles();
        const element = await createInForm();
        act(element);
        await files.requested;
        change(element);
        files.open();
        await element.addFiles([makeFile(PART, 'later.mp4')]);
        // In the next task, it would have been added.
        await new Promise((resolve) => setTimeout(resolve));
        expect(element.uploads.map(({ fileName }) => fileName)).to.deep.equal(['later.mp4']);
      });
    }

    it(`keeps the form from being submitted after it was ${name}`, async () => {
      const files = holdFiles();
      const element = await createInForm();
      act(element);
      await files.requested;
      const isInvalid = element.matches(':invalid');
      files.open();
      await waitForStatus(element, 'ready');
      expect(isInvalid).to.equal(true);
    });
  }

  it('doesn’t keep the picker from opening again', async () => {
    const files = holdFiles();
    const element = await createElement();
    element.browse();
    await files.requested;
    let times = 0;
    stubPicker(() => {
      times++;
      return new Promise(() => {});
    });
    element.browse();
    expect(times).to.equal(1);
  });
});

describe('a dropped file', () => {
  async function dropFilm(setup: TestSetup): Promise<TestUpload> {
    const element = await createElement({}, setup);
    drop(element);
    await waitForStatus(element, 'ready');
    return element;
  }

  afterEach(() => {
    if (originalMethod) Object.defineProperty(items, 'getAsFileSystemHandle', originalMethod);
    else delete items.getAsFileSystemHandle;
  });

  it('has a handle that is stored with the upload', async () => {
    const handle = await makeHandle();
    stubHandle(() => Promise.resolve(handle));
    const setup = new TestSetup();
    const element = await dropFilm(setup);
    const held = element.oss.hold('uploadPart', 2);
    element.start();
    await held.reached;
    const [kept] = await setup.store.list();
    expect(await handle.isSameEntry(kept!.upload.handle as FileSystemHandle)).to.be.true;
  });

  it('is added without a handle when the browser doesn’t answer', async () => {
    stubHandle(() => new Promise(() => {}));
    const startedAt = performance.now();
    const element = await dropFilm(new TestSetup());
    expect(element.uploads[0]?.fileSize).to.equal(10 * PART);
    expect(performance.now() - startedAt).to.be.below(3_500);
  });

  it('is added without a handle when the browser denies it', async () => {
    stubHandle(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const element = await dropFilm(new TestSetup());
    expect(element.uploads[0]?.fileSize).to.equal(10 * PART);
  });
});
