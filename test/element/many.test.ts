import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  nextDetail,
  drag,
  drop,
  hasPart,
  leaveUnfinished,
  makeFile,
  largeUpload,
  query,
  part,
  PART,
  passUndoTime,
  pick,
  revisit,
  announcement,
  waitForStatus,
  textOf,
  TestSetup,
  type TestUpload,
} from './support.js';

const a = makeFile(PART, 'a.mp4');
const b = makeFile(2 * PART, 'b.mp4');
const c = makeFile(3 * PART, 'c.mp4');

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

/** Returns the text of the summary, with the labels of its buttons. */
const summary = (element: TestUpload): string => textOf(part(element, 'summary'));

/** Returns the status of each row. */
const statuses = (element: TestUpload): string[] =>
  [...(element.shadowRoot?.querySelectorAll('[part=item] [part=status]') ?? [])].map(textOf);

function pressForAll(element: TestUpload, name: string): void {
  query(element, `[part=summary] [part~='${name}']`).click();
}

async function createMany(set: Partial<TestUpload> = {}, setup?: TestSetup): Promise<TestUpload> {
  return createElement({ multiple: true, ...set }, setup);
}

/** Starts two files: the first is uploading, the second is queued. */
async function startFirst(
  set: Partial<TestUpload> = {},
  files = [b, c],
): Promise<{ element: TestUpload; release: () => void }> {
  const element = await createMany({ concurrentFiles: 1, ...set });
  await element.addFiles(files);
  const { reached, release } = element.oss.hold('uploadPart', 2);
  element.start();
  await reached;
  await element.updateComplete;
  return { element, release };
}

describe('several files', () => {
  it('show a drop zone for several files', async () => {
    const element = await createMany();
    expect(textOf(part(element, 'dropzone'))).to.equal('Drag files here, or Choose files');
  });

  it('can be picked together', async () => {
    const element = await createMany();
    pick(element, a, b);
    await waitForStatus(element, 'ready');
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('are added to those in the list', async () => {
    const element = await createMany();
    await element.addFiles([a]);
    await element.addFiles([b]);
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('are added while others are uploading', async () => {
    const { element } = await startFirst();
    await element.addFiles([a]);
    expect(names(element)).to.deep.equal(['b.mp4', 'c.mp4', 'a.mp4']);
  });

  it('are summarized above the list', async () => {
    const element = await createMany();
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(summary(element)).to.equal('2 files, 307 kB Upload all Cancel all');
  });

  it('have no summary while there is one file', async () => {
    const element = await createMany();
    await element.addFiles([a]);
    await element.updateComplete;
    expect(hasPart(element, 'summary')).to.be.false;
  });

  it('are each listed only once', async () => {
    const element = await createMany();
    const [first] = await element.addFiles([a]);
    const [again] = await element.addFiles([a]);
    await element.updateComplete;
    expect([names(element), again === first, textOf(part(element, 'error'))]).to.deep.equal([
      ['a.mp4'],
      true,
      '“a.mp4” is already in the list.',
    ]);
  });

  it('are each listed only once when added twice at the same time', async () => {
    const element = await createMany();
    await Promise.all([element.addFiles([a, b]), element.addFiles([a, b])]);
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('are retried if they were unreadable and are added again', async () => {
    const element = await createMany({ autoStart: true });
    element.oss.fail('put', () => new UploadError('file-unreadable'));
    await element.addFiles([a]);
    await waitForStatus(element, 'failed');
    await element.addFiles([a]);
    await waitForStatus(element, 'succeeded');
    expect(names(element)).to.deep.equal(['a.mp4']);
  });

  it('are limited by max-files', async () => {
    const element = await createMany({ maxFiles: 2 });
    await element.addFiles([a, b, c]);
    await element.updateComplete;
    expect([names(element), textOf(part(element, 'error'))]).to.deep.equal([
      ['a.mp4', 'b.mp4'],
      'Up to 2 files are allowed. “c.mp4” wasn’t added.',
    ]);
  });

  it('hide the drop zone at the limit', async () => {
    const element = await createMany({ maxFiles: 2 });
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(hasPart(element, 'dropzone')).to.be.false;
  });

  it('are announced together', async () => {
    const element = await createMany();
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(announcement(element)).to.equal('2 files added.');
  });

  it('can be added next to those of an earlier visit', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup, { multiple: true });
    const element = await revisit(setup, { multiple: true });
    await element.addFiles([a]);
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['film.mp4', 'a.mp4']);
  });
});

describe('all files', () => {
  it('are shown as queued', async () => {
    const { element } = await startFirst();
    expect(statuses(element)[1]).to.equal('307 kB Queued');
  });

  it('are uploaded one after the other', async () => {
    const { element, release } = await startFirst();
    release();
    await waitForStatus(element, 'succeeded');
    expect(summary(element)).to.equal('2 of 2 uploaded 512 kB Clear completed');
  });

  it('are paused by one button, without starting a queued one', async () => {
    const { element } = await startFirst();
    pressForAll(element, 'pause-button');
    await waitForStatus(element, 'paused');
    const [third] = await element.addFiles([a]);
    third!.start();
    const { key } = await nextDetail(element, 'oss-upload-success');
    expect([key, element.uploads.map(({ state }) => state.status), element.oss.sentParts]).to.deep.equal([
      'a.mp4',
      ['paused', 'paused', 'succeeded'],
      [1, 2],
    ]);
  });

  it('are resumed by one button', async () => {
    const { element } = await startFirst();
    pressForAll(element, 'pause-button');
    await waitForStatus(element, 'paused');
    pressForAll(element, 'resume-button');
    await waitForStatus(element, 'succeeded');
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['succeeded', 'succeeded']);
  });

  it('respect concurrent-files when resumed', async () => {
    const element = await createMany({ concurrentFiles: 2 });
    await element.addFiles([b, c]);
    const held = [element.oss.hold('createUpload'), element.oss.hold('createUpload')];
    element.start();
    await Promise.all(held.map(({ reached }) => reached));
    element.pause();
    element.concurrentFiles = 1;
    const heldAgain = element.oss.hold('createUpload');
    element.resume();
    await heldAgain.reached;
    const during = element.uploads.map(({ state }) => state.status);
    const last = element.oss.hold('completeUpload');
    heldAgain.release();
    await last.reached;
    const atEnd = element.uploads.map(({ state }) => state.status);
    last.release();
    await waitForStatus(element, 'succeeded');
    expect([during, atEnd, element.oss.count('createUpload')]).to.deep.equal([
      ['preparing', 'paused'],
      ['completing', 'paused'],
      4,
    ]);
  });

  it('are retried by one button', async () => {
    const element = await createMany();
    element.oss.fail('createUpload', () => new UploadError('access-denied'), { times: 2 });
    await element.addFiles([b, c]);
    element.start();
    await waitForStatus(element, 'failed');
    await Promise.all(element.uploads.map(async ({ id }) => failed(element, id)));
    pressForAll(element, 'retry-button');
    await waitForStatus(element, 'succeeded');
    expect(element.oss.objects.size).to.equal(2);
  });

  it('are cancelled by one button', async () => {
    const { element } = await startFirst();
    pressForAll(element, 'cancel-button');
    await waitForStatus(element, 'cancelled');
    await passUndoTime(element);
    expect(hasPart(element, 'list')).to.be.false;
  });

  describe('whose cancellation needs confirmation', () => {
    async function pressCancelAll(): Promise<{ element: TestUpload; release: () => void }> {
      const { element, release } = await startFirst({ partSize: largeUpload.partSize }, [
        largeUpload.file,
        c,
      ]);
      query(element, '[part=summary] [part~=cancel-button]').focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      return { element, release };
    }

    it('are kept until it is confirmed', async () => {
      const { element } = await pressCancelAll();
      expect(summary(element)).to.equal(
        '0 of 2 uploaded Discard all unfinished uploads? 52 MB is already uploaded. Keep uploading Discard uploads',
      );
    });

    it('focus the Keep uploading button', async () => {
      const { element } = await pressCancelAll();
      expect(textOf(element.shadowRoot!.activeElement!)).to.equal('Keep uploading');
    });

    it('need no confirmation once all are uploaded', async () => {
      const { element, release } = await pressCancelAll();
      release();
      await waitForStatus(element, 'succeeded');
      expect(summary(element)).to.match(/^2 of 2 uploaded .* Clear completed$/);
    });

    it('need no confirmation once the form is reset', async () => {
      const { element } = await pressCancelAll();
      const form = document.createElement('form');
      element.before(form);
      form.append(element);
      form.reset();
      await element.addFiles([a, b]);
      await element.updateComplete;
      expect(summary(element)).to.match(/^2 files, 307 kB Upload all/);
    });
  });

  it('are cleared by one button once uploaded', async () => {
    const { element, release } = await startFirst();
    release();
    await waitForStatus(element, 'succeeded');
    pressForAll(element, 'remove-button');
    await waitForStatus(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('are announced as uploaded when the last one has succeeded', async () => {
    const { element, release } = await startFirst();
    release();
    await waitForStatus(element, 'succeeded');
    expect(announcement(element)).to.equal('2 of 2 uploaded.');
  });
});

describe('one of many', () => {
  it('can be removed from the queue', async () => {
    const { element, release } = await startFirst();
    const [, second] = element.shadowRoot?.querySelectorAll<HTMLElement>('[part=item]') ?? [];
    second?.querySelector<HTMLElement>('[part~=pause-button]')?.click();
    release();
    await waitForStatus(element, 'paused');
    expect(statuses(element)).to.deep.equal(['Uploaded 205 kB', 'Paused at 0%']);
  });

  it('has its own controls', async () => {
    const element = await createMany();
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(buttons(element)).to.deep.equal(['Upload', 'Remove', 'Upload', 'Remove']);
  });
});

describe('a long list', () => {
  const countLong = 200;
  const createLong = async (): Promise<TestUpload> => {
    const element = await createMany();
    await element.addFiles(Array.from({ length: countLong }, (_, index) => new File([], `${index}.txt`)));
    await element.updateComplete;
    return element;
  };
  const items = (element: TestUpload): Element[] => [
    ...(element.shadowRoot?.querySelectorAll('[part=item]') ?? []),
  ];
  const names = (element: TestUpload): string[] => items(element).map((item) => textOf(item).split(' ')[0]!);

  it('renders only visible rows', async () => {
    expect(items(await createLong())).to.have.length.within(1, countLong / 2);
  });

  it('renders the last rows when scrolled to the end', async () => {
    const element = await createLong();
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await nextFrame();
    expect(items(element)).to.have.length.within(1, countLong / 2);
  });

  it('renders the last rows after the element has moved within the page', async () => {
    const element = await createLong();
    element.parentElement!.append(element);
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await nextFrame();
    expect(items(element)).to.have.length.within(1, countLong / 2);
  });

  it('keeps the focused row', async () => {
    const element = await createLong();
    const list = part(element, 'list');
    part(element, 'item').focus();
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await nextFrame();
    expect(element.shadowRoot?.activeElement).to.equal(items(element)[0]);
  });

  it('exposes the position of each row', async () => {
    const [, second] = items(await createLong());
    expect([second?.getAttribute('aria-posinset'), second?.getAttribute('aria-setsize')]).to.deep.equal([
      '2',
      '200',
    ]);
  });
});

describe('dragged files', () => {
  const note = new File(['x'], 'note.txt', { type: 'text/plain' });

  it('are refused when none has an accepted type', async () => {
    const element = await createMany({ accept: 'video/*' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('This file type isn’t accepted');
  });

  it('are accepted when one has an accepted type', async () => {
    const element = await createMany({ accept: 'video/*' });
    drag(element, 'dragover', [note, new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop the files here');
  });

  it('are accepted when `accept` has extensions, which are unknown during a drag', async () => {
    const element = await createMany({ accept: '.mp4' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop the files here');
  });

  it('are accepted when one may belong to an earlier upload', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const element = await revisit(setup, { accept: 'video/*' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop the file here');
  });

  it('are accepted when one may belong to an earlier upload, even while another is uploading', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    element.oss.hold('createUpload');
    await element.addFiles([a]);
    element.start();
    await waitForStatus(element, 'preparing');
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect([...part(element, 'base').classList]).to.include('dragging');
  });

  it('are refused at the limit', async () => {
    const element = await createMany({ maxFiles: 1 });
    await element.addFiles([a]);
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    const { classList } = part(element, 'base');
    expect([classList.contains('refused'), classList.contains('dragging')]).to.deep.equal([true, false]);
  });

  it('are all added when dropped', async () => {
    const element = await createMany();
    drop(element, a, b);
    await waitForStatus(element, 'ready');
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });
});

describe('a folder', () => {
  it('can be chosen', async () => {
    const element = await createElement({ directory: true, noResume: true });
    const input = query<HTMLInputElement>(element, 'input[type=file]');
    input.addEventListener('click', (event) => event.preventDefault());
    part(element, 'browse-button').click();
    expect([input.webkitdirectory, textOf(part(element, 'browse-button'))]).to.deep.equal([
      true,
      'Choose folder',
    ]);
  });

  it('adds the paths of its files to their keys', async () => {
    const element = await createElement({ directory: true, objectKey: 'films/{path}' });
    const file = Object.defineProperty(makeFile(PART, 'a.mp4'), 'webkitRelativePath', {
      value: 'trip/day 1/a.mp4',
    });
    const [upload] = await element.addFiles([file]);
    expect(upload?.key).to.equal('films/trip/day 1/a.mp4');
  });
});

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Resolves once the upload has failed. */
function failed(element: TestUpload, id: string): Promise<void> {
  const upload = element.uploads.find((one) => one.id === id);
  if (upload?.state.status === 'failed') return Promise.resolve();
  return new Promise((resolve) =>
    element.addEventListener('oss-upload-error', ({ detail }) => detail.upload.id === id && resolve()),
  );
}
