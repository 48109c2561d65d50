import { expect } from '@open-wc/testing';
import { takeFiles } from '../../src/controllers/data-transfer.js';
import { readFiles } from '../../src/controllers/transferred-files.js';
import { isHiddenName } from '../../src/hidden-files.js';
import { createElement, makeFile, pick, PART, waitForStatus, type TestUpload } from './support.js';

let lastSize = PART;
const file = (path: string): File => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const inFolder = path.includes('/') && { webkitRelativePath: { value: path } };
  return Object.defineProperties(makeFile(++lastSize, name), inFolder || {});
};

const hidden = [
  '.DS_Store',
  '._film.mp4',
  '.git/config',
  'day 1/.Spotlight-V100/store.db',
  'Thumbs.db',
  'day 1/THUMBS.DB',
  'ehthumbs.db',
  'desktop.ini',
  'Desktop.ini',
  'Icon\r',
  '__MACOSX/film.mp4',
  '$RECYCLE.BIN/a.mp4',
  'System Volume Information/a.dat',
];
const visible = [
  'film.mp4',
  'day 1/a.b.mp4',
  'my desktop.ini',
  'Thumbs.db.txt',
  '__MACOSX.zip',
  'Icon',
  '_DS_Store',
  '…',
];
const inFolder = (paths: readonly string[]) => paths.map((path) => file(`card/${path}`));
const paths = (element: TestUpload) =>
  element.uploads.map(({ file }) => file!.webkitRelativePath || file!.name);

const createFolderElement = (props: Partial<TestUpload> = {}) =>
  createElement({ directory: true, noResume: true, objectKey: '{path}', ...props });

/** Picks files and waits until they are in the list. */
async function picked(element: TestUpload, files: readonly File[]): Promise<string[]> {
  pick(element, ...files);
  await waitForStatus(element, 'ready');
  return paths(element);
}

interface Entry {
  name: string;
  /** The entries of a folder. */
  entries?: Entry[];
}

/** Returns the data of a dropped folder, which scripts can't create. Records the names of what is read. */
function droppedFolder(folder: Entry, read: string[]): DataTransfer {
  const toEntry = ({ name, entries }: Entry, parent: string): unknown => {
    const fullPath = `${parent}/${name}`;
    if (!entries) {
      const open = (resolve: (file: File) => void, reject: (error: Error) => void) => {
        read.push(name);
        if (name.includes('unreadable')) reject(new DOMException('denied', 'NotReadableError'));
        else resolve(file(name));
      };
      return { isDirectory: false, name, fullPath, file: open };
    }
    let rest = [...entries.map((entry) => toEntry(entry, fullPath))];
    const readEntries = (resolve: (batch: unknown[]) => void) => {
      read.push(name);
      resolve(rest);
      rest = [];
    };
    return { isDirectory: true, name, fullPath, createReader: () => ({ readEntries }) };
  };
  const item = {
    kind: 'file',
    getAsFile: () => file(folder.name),
    webkitGetAsEntry: () => toEntry(folder, ''),
  };
  return { items: [item] } as unknown as DataTransfer;
}

const folder: Entry = {
  name: '.photos',
  entries: [
    { name: 'a.jpg' },
    { name: '.DS_Store' },
    { name: '.hidden-unreadable' },
    { name: '.git', entries: [{ name: 'config' }] },
    { name: 'day', entries: [{ name: 'Thumbs.db' }, { name: 'b.jpg' }] },
  ],
};

describe('hidden files', () => {
  for (const path of hidden) {
    it(`of a folder, such as ${JSON.stringify(path)}, are left out silently`, async () => {
      const element = await createFolderElement();
      const rejected: unknown[] = [];
      element.addEventListener('oss-file-reject', ({ detail }) => rejected.push(detail));
      expect(await picked(element, inFolder([path, 'film.mp4']))).to.deep.equal(['card/film.mp4']);
      expect(rejected).to.deep.equal([]);
    });
  }

  it('are not confused with others', async () => {
    const element = await createFolderElement();
    expect(await picked(element, inFolder(visible))).to.deep.equal(visible.map((path) => `card/${path}`));
  });

  it('of a folder are added with include-hidden', async () => {
    const element = await createFolderElement({ includeHidden: true });
    const all = [...hidden, ...visible];
    expect(await picked(element, inFolder(all))).to.deep.equal(all.map((path) => `card/${path}`));
  });

  it('are added if they are selected themselves', async () => {
    const element = await createElement({ multiple: true, objectKey: '{path}' });
    const selected = ['.env', 'Thumbs.db', 'desktop.ini'];
    expect(await picked(element, selected.map(file))).to.deep.equal(selected);
  });

  it('are visible in a hidden folder that is selected itself', async () => {
    const element = await createFolderElement();
    expect(await picked(element, [file('.config/app/a.json'), file('.config/.cache/b')])).to.deep.equal([
      '.config/app/a.json',
    ]);
  });

  it('are left out of files that the page adds, too, if these are of a folder', async () => {
    const element = await createFolderElement();
    await element.addFiles([file('.env'), file('card/.env'), file('card/a')]);
    expect(paths(element)).to.deep.equal(['.env', 'card/a']);
  });

  it('of a dropped folder are not even read', async () => {
    const read: string[] = [];
    const { files, unreadable } = await readFiles(takeFiles(droppedFolder(folder, read)), {
      accepted: true,
      includeHidden: false,
    });
    expect(files.map(({ file }) => file.webkitRelativePath)).to.deep.equal([
      '.photos/a.jpg',
      '.photos/day/b.jpg',
    ]);
    expect(unreadable).to.deep.equal([]);
    expect(new Set(read)).to.deep.equal(new Set(['.photos', 'day', 'a.jpg', 'b.jpg']));
  });

  it('of a dropped folder are read with include-hidden', async () => {
    const { files, unreadable } = await readFiles(takeFiles(droppedFolder(folder, [])), {
      accepted: true,
      includeHidden: true,
    });
    expect(files).to.have.length(5);
    expect(unreadable.map(({ name }) => name)).to.deep.equal(['.hidden-unreadable']);
  });

  it('are recognized by any name without an error', () => {
    for (const name of ['', '/', '__proto__', 'constructor', '\u202e.DS_Store', '。DS_Store']) {
      expect(isHiddenName(name), name).to.equal(false);
    }
  });
});
