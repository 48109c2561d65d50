import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import type { FileRejectDetail } from '../../src/events.js';
import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import {
  createElement,
  drop,
  leaveUnfinished,
  makeFile,
  PART,
  part,
  pick,
  revisit,
  TestSetup,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';

let lastSize = PART;
/** A file that differs from all others. */
const file = (name = 'photo.jpg') => makeFile(++lastSize, name);

const keys = (element: TestUpload) => element.uploads.map(({ key }) => key);

function rejections(element: TestUpload): FileRejectDetail['reason'][] {
  const reasons: FileRejectDetail['reason'][] = [];
  element.addEventListener('oss-file-reject', ({ detail }) => reasons.push(detail.reason));
  return reasons;
}

const createList = (props: Partial<OssResumableUpload> = {}) => createElement({ multiple: true, ...props });

describe('two files of one list with the same key', () => {
  it('are not both added, and the user is told what to do', async () => {
    const element = await createList();
    const reasons = rejections(element);
    await element.addFiles([file(), file()]);
    await element.addFiles([file()]);
    await element.updateComplete;
    expect([keys(element), reasons]).to.deep.equal([['photo.jpg'], ['duplicate-key', 'duplicate-key']]);
    expect(textOf(part(element, 'error'))).to.equal(
      '“photo.jpg” would replace another file in the list. Rename it, or remove the other file.',
    );
  });

  it('both get a key with on-collision="rename", which oss-file-add reports', async () => {
    const element = await createList({ onCollision: 'rename', objectKey: 'in/{name}' });
    const added: string[] = [];
    element.addEventListener('oss-file-add', ({ detail }) => added.push(detail.key));
    await element.addFiles([file(), file(), file('a.tar.gz'), file('a.tar.gz')]);
    const expected = ['in/photo.jpg', 'in/photo (2).jpg', 'in/a.tar.gz', 'in/a (2).tar.gz'];
    expect([keys(element), added]).to.deep.equal([expected, expected]);
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([...element.oss.objects.keys()].toSorted()).to.deep.equal(expected.toSorted());
  });

  it('are told apart by their bytes, if name, size and date are the same', async () => {
    const element = await createList();
    const reasons = rejections(element);
    const [first, second] = ['aaaa', 'bbbb'].map((text) => new File([text], 'a.txt', { lastModified: 1 }));
    const copy = new File([first!], 'a.txt', { lastModified: 1 });
    await element.addFiles([first!, second!]);
    await element.addFiles([copy]);
    await element.updateComplete;
    expect([keys(element), reasons]).to.deep.equal([['a.txt'], ['duplicate-key']]);
    expect(textOf(part(element, 'error'))).to.equal('“a.txt” is already in the list.');
  });

  it('are told apart by their paths, if the key has them', async () => {
    const element = await createList({ objectKey: '{path}' });
    const inFolder = (folder: string) =>
      Object.defineProperty(file(), 'webkitRelativePath', { value: `${folder}/photo.jpg` });
    await element.addFiles([inFolder('a'), inFolder('b')]);
    expect(keys(element)).to.deep.equal(['a/photo.jpg', 'b/photo.jpg']);
  });

  for (const onCollision of ['reject', 'rename'] as const) {
    it(`are noticed in concurrent calls with an asynchronous key function (${onCollision})`, async () => {
      const element = await createList({
        onCollision,
        objectKey: async ({ name }) => {
          await new Promise(requestAnimationFrame);
          return name;
        },
      });
      const reasons = rejections(element);
      await Promise.all([element.addFiles([file()]), element.addFiles([file(), file('other.jpg')])]);
      const isRename = onCollision === 'rename';
      expect(keys(element).toSorted()).to.deep.equal(
        isRename ? ['other.jpg', 'photo (2).jpg', 'photo.jpg'] : ['other.jpg', 'photo.jpg'],
      );
      expect(reasons).to.deep.equal(isRename ? [] : ['duplicate-key']);
    });
  }

  it('may follow each other once the first is cancelled', async () => {
    const element = await createList();
    const [first] = await element.addFiles([file()]);
    await first!.cancel();
    const [second] = await element.addFiles([file()]);
    expect(second?.key).to.equal('photo.jpg');
  });

  it('may replace each other without multiple', async () => {
    const element = await createElement();
    await element.addFiles([file()]);
    element.start();
    await waitForStatus(element, 'succeeded');
    const replacement = file();
    await element.addFiles([replacement]);
    expect(element.uploads.map(({ file }) => file)).to.deep.equal([replacement]);
  });

  it('don’t replace each other without multiple while the first can be resumed', async () => {
    const setup = new TestSetup();
    const original = makeFile(10 * PART, 'photo.jpg');
    await leaveUnfinished(setup, { file: original });
    const element = await revisit(setup);
    const reasons = rejections(element);
    await element.addFiles([file()]);
    expect([keys(element), reasons]).to.deep.equal([['photo.jpg'], ['duplicate-key']]);
    pick(element, original);
    await waitForStatus(element, 'paused');
    expect(reasons).to.deep.equal(['duplicate-key']);
  });

  it('are one file that is selected again after it failed', async () => {
    const element = await createList();
    const same = file();
    await element.addFiles([same]);
    element.oss.fail('put', () => new UploadError('file-unreadable'));
    element.oss.fail('createUpload', () => new UploadError('file-unreadable'));
    element.start();
    await waitForStatus(element, 'failed');
    const reasons = rejections(element);
    await element.addFiles([same]);
    expect([keys(element), reasons]).to.deep.equal([['photo.jpg'], []]);
  });

  it('are one file that is selected again after it was renamed', async () => {
    const element = await createList({ onCollision: 'rename', objectKey: ({ name }) => name });
    const second = file();
    await element.addFiles([file(), second]);
    await element.addFiles([second]);
    expect(keys(element)).to.deep.equal(['photo.jpg', 'photo (2).jpg']);
  });
});

describe('pasted images without a name', () => {
  function paste(element: HTMLElement, ...files: File[]): void {
    const clipboardData = new DataTransfer();
    for (const file of files) clipboardData.items.add(file);
    // Firefox ignores the `clipboardData` of scripted events.
    const event = new ClipboardEvent('paste', { cancelable: true, bubbles: true });
    element.dispatchEvent(Object.defineProperty(event, 'clipboardData', { value: clipboardData }));
  }
  const image = (name = 'image.png', options: FilePropertyBag = {}) =>
    new File([makeFile(++lastSize)], name, { type: 'image/png', ...options });

  async function pasted(...pastes: File[][]): Promise<string[]> {
    const element = await createList();
    for (const files of pastes) {
      const count = element.uploads.length;
      paste(element, ...files);
      while (element.uploads.length < count + files.length) await new Promise(requestAnimationFrame);
    }
    return element.uploads.map(({ fileName }) => fileName);
  }

  it('get distinct names with the date and time', async () => {
    const names = await pasted([image(), image()], [image()]);
    expect(new Set(names).size).to.equal(3);
    for (const name of names) expect(name).to.match(/^image-\d{4}-\d\d-\d\d-\d{6}(-\d)?\.png$/);
  });

  it('keep their extension and content', async () => {
    const element = await createList();
    const jpeg = image('image.jpeg', { type: 'image/jpeg' });
    paste(element, jpeg);
    await waitForStatus(element, 'ready');
    const { file } = element.uploads[0]!;
    expect(file?.name).to.match(/\.jpeg$/);
    expect([file?.type, file?.size, file?.lastModified]).to.deep.equal([
      'image/jpeg',
      jpeg.size,
      jpeg.lastModified,
    ]);
  });

  it('get an extension from their type if they have no name at all', async () => {
    const [name] = await pasted([image('', { type: 'image/svg+xml' })]);
    expect(name).to.match(/^image-.*\.svg$/);
  });

  it('are not files that were copied', async () => {
    const copied = image('image.png', { lastModified: Date.UTC(2025, 0, 1) });
    expect(await pasted([copied], [image('photo.png')])).to.deep.equal(['image.png', 'photo.png']);
  });

  it('are not dropped files', async () => {
    const element = await createList();
    drop(element, image());
    await waitForStatus(element, 'ready');
    expect(element.uploads[0]?.fileName).to.equal('image.png');
  });
});
