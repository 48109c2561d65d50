import { expect } from '@open-wc/testing';
import {
  createElement,
  film,
  hasPart,
  nextDetail,
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

/** Resolves when the file input is clicked. */
function inputOpened(element: TestUpload): Promise<void> {
  return new Promise((resolve) => {
    query(element, 'input').addEventListener('click', (event) => {
      event.preventDefault();
      resolve();
    });
  });
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
    const opened = inputOpened(element);
    part(element, 'browse-button').click();
    await opened;
  });

  it('is opened by the input if showOpenFilePicker fails', async () => {
    stubPicker(() => Promise.reject(new DOMException('cross-origin', 'SecurityError')));
    const element = await createElement();
    const opened = inputOpened(element);
    part(element, 'browse-button').click();
    await opened;
  });

  it('is opened by the input with no-resume, which needs no handles', async () => {
    stubPicker(() => Promise.reject(new Error('The picker was opened.')));
    const element = await createElement({ noResume: true });
    let opened = false;
    void inputOpened(element).then(() => (opened = true));
    element.browse();
    await Promise.resolve();
    expect(opened).to.be.true;
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
    stubPicker(() => Promise.reject(new DOMException('dismissed', 'AbortError')));
    const element = await createElement();
    let opened = false;
    void inputOpened(element).then(() => (opened = true));
    element.browse();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect([opened, element.status, hasPart(element, 'error')]).to.deep.equal([false, 'idle', false]);
  });

  it('opens once when browse is called twice', async () => {
    let times = 0;
    stubPicker(() => {
      times++;
      return new Promise(() => {});
    });
    const element = await createElement();
    element.browse();
    element.browse();
    expect(times).to.equal(1);
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

describe('a dropped file', () => {
  const items = DataTransferItem.prototype as { getAsFileSystemHandle?: () => Promise<unknown> };
  const originalMethod = Object.getOwnPropertyDescriptor(items, 'getAsFileSystemHandle');

  function stubHandle(getAsFileSystemHandle: () => Promise<unknown>): void {
    Object.defineProperty(items, 'getAsFileSystemHandle', {
      value: getAsFileSystemHandle,
      configurable: true,
      writable: true,
    });
  }

  async function dropFilm(setup: TestSetup): Promise<TestUpload> {
    const element = await createElement({}, setup);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(film);
    element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
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

  it('is added without a handle when the browser denies it', async () => {
    stubHandle(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const element = await dropFilm(new TestSetup());
    expect(element.uploads[0]?.fileSize).to.equal(10 * PART);
  });
});
