import { expect } from '@open-wc/testing';
import {
  createElement,
  film,
  hasPart,
  one,
  part,
  PART,
  statusIs,
  World,
  type TestUpload,
} from './support.js';

type Picker = (options: { types?: unknown }) => Promise<unknown>;

const page = window as unknown as { showOpenFilePicker?: Picker };
const own = Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker');

/** Puts a picker in the place of the browser's own, which waits for a person. */
function answerWith(picker: Picker | undefined): void {
  Object.defineProperty(window, 'showOpenFilePicker', { value: picker, configurable: true, writable: true });
}

/** Resolves when the picker of the input is opened, which a test can't look at. */
function inputOpened(element: TestUpload): Promise<void> {
  return new Promise((resolve) => {
    one(element, 'input').addEventListener('click', (event) => {
      event.preventDefault();
      resolve();
    });
  });
}

/** A real one, of a file in the origin's own file system. */
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
    if (own) Object.defineProperty(window, 'showOpenFilePicker', own);
    else delete page.showOpenFilePicker;
  });

  it('is that of the input where there is no other', async () => {
    answerWith(undefined);
    const element = await createElement();
    const opened = inputOpened(element);
    part(element, 'browse-button').click();
    await opened;
  });

  it('is that of the input where the other one fails', async () => {
    answerWith(() => Promise.reject(new DOMException('cross-origin', 'SecurityError')));
    const element = await createElement();
    const opened = inputOpened(element);
    part(element, 'browse-button').click();
    await opened;
  });

  it('is that of the input with no-resume, since handles are of no use then', async () => {
    answerWith(() => Promise.reject(new Error('It is asked.')));
    const element = await createElement({ noResume: true });
    let opened = false;
    void inputOpened(element).then(() => (opened = true));
    element.browse();
    await Promise.resolve();
    expect(opened).to.be.true;
  });

  it('gives a handle that is kept with the upload', async () => {
    const handle = await makeHandle();
    answerWith(() => Promise.resolve([handle]));
    const world = new World();
    const element = await createElement({}, world);
    part(element, 'browse-button').click();
    await statusIs(element, 'ready');
    const held = element.oss.hold('uploadPart', 2);
    element.start();
    await held.reached;
    const [kept] = await world.store.list();
    expect(await handle.isSameEntry(kept!.upload.handle as FileSystemHandle)).to.be.true;
  });

  it('may be dismissed', async () => {
    answerWith(() => Promise.reject(new DOMException('dismissed', 'AbortError')));
    const element = await createElement();
    let opened = false;
    void inputOpened(element).then(() => (opened = true));
    element.browse();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect([opened, element.status, hasPart(element, 'error')]).to.deep.equal([false, 'idle', false]);
  });

  it('is opened once, however often it is asked for', async () => {
    let times = 0;
    answerWith(() => {
      times++;
      return new Promise(() => {});
    });
    const element = await createElement();
    element.browse();
    element.browse();
    expect(times).to.equal(1);
  });

  it('shows the files that are accepted', async () => {
    let types: unknown;
    answerWith((options) => {
      ({ types } = options);
      return new Promise(() => {});
    });
    const element = await createElement({ accept: 'video/*,.srt' });
    element.browse();
    expect(types).to.deep.equal([{ accept: { 'video/*': [], 'application/x-any': ['.srt'] } }]);
  });
});

describe('a file that is dropped', () => {
  const items = DataTransferItem.prototype as { getAsFileSystemHandle?: () => Promise<unknown> };
  const original = Object.getOwnPropertyDescriptor(items, 'getAsFileSystemHandle');

  function answer(getAsFileSystemHandle: () => Promise<unknown>): void {
    Object.defineProperty(items, 'getAsFileSystemHandle', {
      value: getAsFileSystemHandle,
      configurable: true,
      writable: true,
    });
  }

  async function dropFilm(world: World): Promise<TestUpload> {
    const element = await createElement({}, world);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(film);
    element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    await statusIs(element, 'ready');
    return element;
  }

  afterEach(() => {
    if (original) Object.defineProperty(items, 'getAsFileSystemHandle', original);
    else delete items.getAsFileSystemHandle;
  });

  it('has a handle that is kept with the upload', async () => {
    const handle = await makeHandle();
    answer(() => Promise.resolve(handle));
    const world = new World();
    const element = await dropFilm(world);
    const held = element.oss.hold('uploadPart', 2);
    element.start();
    await held.reached;
    const [kept] = await world.store.list();
    expect(await handle.isSameEntry(kept!.upload.handle as FileSystemHandle)).to.be.true;
  });

  it('is taken where it has none', async () => {
    answer(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const element = await dropFilm(new World());
    expect(element.uploads[0]?.fileSize).to.equal(10 * PART);
  });
});
