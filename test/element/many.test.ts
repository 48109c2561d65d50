import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  drag,
  drop,
  hasPart,
  leaveUnfinished,
  makeFile,
  CONFIRM_DISCARD_BYTES,
  one,
  part,
  PART,
  pick,
  revisit,
  spoken,
  statusIs,
  textOf,
  World,
  type TestUpload,
} from './support.js';

const a = makeFile(PART, 'a.mp4');
const b = makeFile(2 * PART, 'b.mp4');
const c = makeFile(3 * PART, 'c.mp4');

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

/** What is said of all files, and the words on the buttons for all. */
const summary = (element: TestUpload): string => textOf(part(element, 'summary'));

/** The lines of the list, one a file. */
const lines = (element: TestUpload): string[] =>
  [...(element.shadowRoot?.querySelectorAll('[part=item] [part=status]') ?? [])].map(textOf);

function pressForAll(element: TestUpload, name: string): void {
  one(element, `[part=summary] [part~='${name}']`).click();
}

async function createMany(set: Partial<TestUpload> = {}, world?: World): Promise<TestUpload> {
  return createElement({ multiple: true, ...set }, world);
}

/** One of two files is under way; the other waits for its turn. */
async function oneUnderWay(
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
  it('are invited', async () => {
    const element = await createMany();
    expect(textOf(part(element, 'dropzone'))).to.equal('Drop files here, or Choose files');
  });

  it('are picked at once', async () => {
    const element = await createMany();
    pick(element, a, b);
    await statusIs(element, 'ready');
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('join those that are there', async () => {
    const element = await createMany();
    await element.addFiles([a]);
    await element.addFiles([b]);
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('join those that are under way', async () => {
    const { element } = await oneUnderWay();
    await element.addFiles([a]);
    expect(names(element)).to.deep.equal(['b.mp4', 'c.mp4', 'a.mp4']);
  });

  it('are counted above the list', async () => {
    const element = await createMany();
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(summary(element)).to.equal('0 of 2 uploaded Upload all Cancel all 307 kB');
  });

  it('have nothing said of all where there is one', async () => {
    const element = await createMany();
    await element.addFiles([a]);
    await element.updateComplete;
    expect(hasPart(element, 'summary')).to.be.false;
  });

  it('are each on the list once', async () => {
    const element = await createMany();
    const [first] = await element.addFiles([a]);
    const [again] = await element.addFiles([a]);
    await element.updateComplete;
    expect([names(element), again === first, textOf(part(element, 'error'))]).to.deep.equal([
      ['a.mp4'],
      true,
      '“a.mp4” is on the list already.',
    ]);
  });

  it('are on the list once, even where they come twice at the same time', async () => {
    const element = await createMany();
    await Promise.all([element.addFiles([a, b]), element.addFiles([a, b])]);
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });

  it('have another try when one that could not be read is picked again', async () => {
    const element = await createMany({ autoStart: true });
    element.oss.fail('put', () => new UploadError('file-unreadable'));
    await element.addFiles([a]);
    await statusIs(element, 'failed');
    await element.addFiles([a]);
    await statusIs(element, 'succeeded');
    expect(names(element)).to.deep.equal(['a.mp4']);
  });

  it('are no more than may be taken', async () => {
    const element = await createMany({ maxFiles: 2 });
    await element.addFiles([a, b, c]);
    await element.updateComplete;
    expect([names(element), textOf(part(element, 'error'))]).to.deep.equal([
      ['a.mp4', 'b.mp4'],
      'No more than 2 at a time: “c.mp4” was not added.',
    ]);
  });

  it('are not invited where there is no more room', async () => {
    const element = await createMany({ maxFiles: 2 });
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(hasPart(element, 'dropzone')).to.be.false;
  });

  it('that are not taken are named up to a point', async () => {
    const element = await createMany({ accept: 'image/*' });
    await element.addFiles(Array.from({ length: 1_005 }, (_, index) => new File([], `${index}.txt`)));
    await element.updateComplete;
    const told = [...(element.shadowRoot?.querySelectorAll('[part=error]') ?? [])].map(textOf);
    expect([told.length, told.at(-1)]).to.deep.equal([6, 'Not added either: 1,000 more.']);
  });

  it('are said once', async () => {
    const element = await createMany();
    await element.addFiles([a, b]);
    await element.updateComplete;
    expect(spoken(element)).to.equal('Files added: 2.');
  });

  it('go on beside those of an earlier visit', async () => {
    const world = new World();
    await leaveUnfinished(world, { multiple: true });
    const element = await revisit(world, { multiple: true });
    await element.addFiles([a]);
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['film.mp4', 'a.mp4']);
  });
});

describe('all files', () => {
  it('wait for their turn, and say so', async () => {
    const { element } = await oneUnderWay();
    expect(lines(element)[1]).to.equal('307 kB Waiting for its turn');
  });

  it('are uploaded one after the other', async () => {
    const { element, release } = await oneUnderWay();
    release();
    await statusIs(element, 'succeeded');
    expect(summary(element)).to.equal('2 of 2 uploaded Clear list 512 kB');
  });

  it('are paused by one press, and none takes another’s place', async () => {
    const { element } = await oneUnderWay();
    pressForAll(element, 'pause-button');
    await statusIs(element, 'paused');
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['paused', 'ready']);
  });

  it('are resumed by one press', async () => {
    const { element } = await oneUnderWay();
    pressForAll(element, 'pause-button');
    await statusIs(element, 'paused');
    pressForAll(element, 'resume-button');
    await statusIs(element, 'ready');
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['succeeded', 'ready']);
  });

  it('are resumed no more at once than may be', async () => {
    const element = await createMany({ concurrentFiles: 2 });
    await element.addFiles([b, c]);
    const held = [element.oss.hold('createUpload'), element.oss.hold('createUpload')];
    element.start();
    await Promise.all(held.map(({ reached }) => reached));
    element.pause();
    element.concurrentFiles = 1;
    element.oss.hold('createUpload');
    element.resume();
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['preparing', 'paused']);
  });

  it('are tried again by one press', async () => {
    const element = await createMany();
    element.oss.fail('createUpload', () => new UploadError('access-denied'), { times: 2 });
    await element.addFiles([b, c]);
    element.start();
    await statusIs(element, 'failed');
    await Promise.all(element.uploads.map(async ({ id }) => failed(element, id)));
    pressForAll(element, 'retry-button');
    await statusIs(element, 'succeeded');
    expect(element.oss.objects.size).to.equal(2);
  });

  it('are given up by one press', async () => {
    const { element } = await oneUnderWay();
    pressForAll(element, 'cancel-button');
    await statusIs(element, 'cancelled');
    expect(hasPart(element, 'list')).to.be.false;
  });

  describe('of which it is asked whether they are given up', () => {
    async function asked(): Promise<{ element: TestUpload; release: () => void }> {
      const { element, release } = await oneUnderWay({ partSize: CONFIRM_DISCARD_BYTES.partSize }, [
        CONFIRM_DISCARD_BYTES.file,
        c,
      ]);
      one(element, '[part=summary] [part~=cancel-button]').focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      return { element, release };
    }

    it('are kept until that is answered, where much has arrived', async () => {
      const { element } = await asked();
      expect(summary(element)).to.equal('0 of 2 uploaded Keep Discard 52 MB have arrived. Discard them?');
    });

    it('leave the focus with the answer that loses nothing', async () => {
      const { element } = await asked();
      expect(textOf(element.shadowRoot!.activeElement!)).to.equal('Keep');
    });

    it('are asked about no more once all are stored', async () => {
      const { element, release } = await asked();
      release();
      await statusIs(element, 'succeeded');
      expect(summary(element)).to.match(/^2 of 2 uploaded Clear list/);
    });

    it('are asked about no more once the form is reset', async () => {
      const { element } = await asked();
      const form = document.createElement('form');
      element.before(form);
      form.append(element);
      form.reset();
      await element.addFiles([a, b]);
      await element.updateComplete;
      expect(summary(element)).to.match(/^0 of 2 uploaded Upload all/);
    });
  });

  it('leave the list once they are stored, by one press', async () => {
    const { element, release } = await oneUnderWay();
    release();
    await statusIs(element, 'succeeded');
    pressForAll(element, 'remove-button');
    await statusIs(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('are said to be uploaded once, at the end', async () => {
    const { element, release } = await oneUnderWay();
    release();
    await statusIs(element, 'succeeded');
    expect(spoken(element)).to.equal('2 of 2 uploaded.');
  });
});

describe('one of many', () => {
  it('is taken out of its turn', async () => {
    const { element, release } = await oneUnderWay();
    const [, second] = element.shadowRoot?.querySelectorAll<HTMLElement>('[part=item]') ?? [];
    second?.querySelector<HTMLElement>('[part~=pause-button]')?.click();
    release();
    await statusIs(element, 'ready');
    expect(lines(element)).to.deep.equal(['Uploaded', '307 kB']);
  });

  it('has controls of its own', async () => {
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

  it('is drawn as far as it can be seen', async () => {
    expect(items(await createLong())).to.have.length.within(1, countLong / 2);
  });

  it('is drawn to its end once that can be seen', async () => {
    const element = await createLong();
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await drawn();
    expect(items(element)).to.have.length.within(1, countLong / 2);
  });

  it('is drawn to its end after the element has moved in the page', async () => {
    const element = await createLong();
    element.parentElement!.append(element);
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await drawn();
    expect(items(element)).to.have.length.within(1, countLong / 2);
  });

  it('keeps what has the focus', async () => {
    const element = await createLong();
    const list = part(element, 'list');
    part(element, 'item').focus();
    list.scrollTop = list.scrollHeight;
    while (!names(element).includes('199.txt')) await drawn();
    expect(element.shadowRoot?.activeElement).to.equal(items(element)[0]);
  });

  it('tells where each of its files stands', async () => {
    const [, second] = items(await createLong());
    expect([second?.getAttribute('aria-posinset'), second?.getAttribute('aria-setsize')]).to.deep.equal([
      '2',
      '200',
    ]);
  });
});

describe('files that are dragged', () => {
  const note = new File(['x'], 'note.txt', { type: 'text/plain' });

  it('are refused where none is of a kind that is taken', async () => {
    const element = await createMany({ accept: 'video/*' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(part(element, 'label'))).to.equal('This kind of file can’t be uploaded here');
  });

  it('are welcome where one of them is', async () => {
    const element = await createMany({ accept: 'video/*' });
    drag(element, 'dragover', [note, new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
    expect(textOf(part(element, 'label'))).to.equal('Drop the files here');
  });

  it('are welcome where their suffixes decide, which no browser tells', async () => {
    const element = await createMany({ accept: '.mp4' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(part(element, 'label'))).to.equal('Drop the files here');
  });

  it('are welcome where the file of an earlier upload may be among them', async () => {
    const world = new World();
    await leaveUnfinished(world);
    const element = await revisit(world, { accept: 'video/*' });
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect(textOf(part(element, 'label'))).to.equal('Drop the file here');
  });

  it('are welcome where one of them may be that of an earlier upload, though another one is under way', async () => {
    const world = new World();
    await leaveUnfinished(world);
    const element = await revisit(world);
    element.oss.hold('createUpload');
    await element.addFiles([a]);
    element.start();
    await statusIs(element, 'preparing');
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    expect([...part(element, 'base').classList]).to.include('dragging');
  });

  it('are refused where there is no room', async () => {
    const element = await createMany({ maxFiles: 1 });
    await element.addFiles([a]);
    drag(element, 'dragover', [note]);
    await element.updateComplete;
    const { classList } = part(element, 'base');
    expect([classList.contains('refused'), classList.contains('dragging')]).to.deep.equal([true, false]);
  });

  it('are all taken where they are dropped', async () => {
    const element = await createMany();
    drop(element, a, b);
    await statusIs(element, 'ready');
    await element.updateComplete;
    expect(names(element)).to.deep.equal(['a.mp4', 'b.mp4']);
  });
});

describe('a folder', () => {
  it('is asked for', async () => {
    const element = await createElement({ directory: true, noResume: true });
    const input = one<HTMLInputElement>(element, 'input[type=file]');
    input.addEventListener('click', (event) => event.preventDefault());
    part(element, 'browse-button').click();
    expect([input.webkitdirectory, textOf(part(element, 'browse-button'))]).to.deep.equal([
      true,
      'Choose folder',
    ]);
  });

  it('keeps its path in the key', async () => {
    const element = await createElement({ directory: true, objectKey: 'films/{path}' });
    const file = Object.defineProperty(makeFile(PART, 'a.mp4'), 'webkitRelativePath', {
      value: 'trip/day 1/a.mp4',
    });
    const [upload] = await element.addFiles([file]);
    expect(upload?.key).to.equal('films/trip/day 1/a.mp4');
  });
});

const drawn = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Resolves once this upload has failed. */
function failed(element: TestUpload, id: string): Promise<void> {
  const upload = element.uploads.find((one) => one.id === id);
  if (upload?.state.status === 'failed') return Promise.resolve();
  return new Promise((resolve) =>
    element.addEventListener('oss-upload-error', ({ detail }) => detail.upload.id === id && resolve()),
  );
}
