import { expect } from '@open-wc/testing';
import type { FileRejectDetail } from '../../src/events.js';
import {
  createElement,
  detailOf,
  drag,
  drop,
  makeFile,
  one,
  part,
  PART,
  pick,
  pickOne,
  statusIs,
  textOf,
  type TestUpload,
} from './support.js';

const film = makeFile(3 * PART);
const note = new File(['x'], 'note.txt', { type: 'text/plain' });

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

describe('a file that is picked', () => {
  it('is told with its key, and can be prevented', async () => {
    const element = await createElement({ objectKey: 'films/{name}' });
    element.addEventListener('oss-file-add', (event) => {
      if (event.detail.key === 'films/film.mp4') event.preventDefault();
    });
    const rejected = detailOf(element, 'oss-file-reject');
    pick(element, film);
    expect([(await rejected).reason, names(element)]).to.deep.equal(['prevented', []]);
  });

  it('takes the place of one that is not under way', async () => {
    const element = await createElement();
    await pickOne(element, film);
    await element.addFiles([note]);
    expect(names(element)).to.deep.equal(['note.txt']);
  });

  it('does not take the place of one that is under way', async () => {
    const element = await createElement();
    await pickOne(element, film);
    const held = element.oss.hold('createUpload');
    element.start();
    await held.reached;
    const rejected = detailOf(element, 'oss-file-reject');
    await element.addFiles([note]);
    expect([(await rejected).reason, names(element)]).to.deep.equal(['count', ['film.mp4']]);
  });

  it('does not take the place of a paused one', async () => {
    const element = await createElement();
    await pickOne(element, film);
    const held = element.oss.hold('createUpload');
    element.start();
    await held.reached;
    element.pause();
    await element.addFiles([note]);
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  it('begins at once with auto-start', async () => {
    const element = await createElement({ autoStart: true });
    pick(element, film);
    await statusIs(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('can be the same one again', async () => {
    const element = await createElement();
    await pickOne(element, film);
    expect(one<HTMLInputElement>(element, 'input').files).to.have.length(0);
  });

  it('is not taken while the element is disabled', async () => {
    const element = await createElement({ disabled: true });
    expect(await element.addFiles([film])).to.be.empty;
  });

  it('takes the key that was set just before', async () => {
    const element = await createElement();
    element.objectKey = 'later/{name}';
    const [upload] = await element.addFiles([film]);
    expect(upload?.key).to.equal('later/film.mp4');
  });
});

describe('what is no file', () => {
  it('is refused in words that say what to do, and nothing beside it is taken', async () => {
    const element = await createElement({ multiple: true });
    const blob = new Blob(['x']) as File;
    const error: unknown = await element.addFiles([film, blob]).catch((thrown: unknown) => thrown);
    expect([String(error), names(element)]).to.deep.equal([
      'TypeError: addFiles() accepts File objects. Wrap a Blob: new File([blob], name).',
      [],
    ]);
  });
});

describe('a file that is not taken', () => {
  const cases: [
    because: string,
    set: Partial<TestUpload>,
    reason: FileRejectDetail['reason'],
    says: string,
  ][] = [
    [
      'of another kind',
      { accept: 'video/*' },
      'type',
      '“note.txt” is not a kind of file that can be uploaded here.',
    ],
    ['too large', { maxSize: '0.5 kB' }, 'size', '“note.txt” is larger than 500 bytes.'],
    ['without a key', { objectKey: () => '' }, 'empty-key', '“note.txt” can’t be stored under its name.'],
  ];
  for (const [because, set, reason, says] of cases) {
    it(`is told where it is ${because}`, async () => {
      const element = await createElement(set);
      const rejected = detailOf(element, 'oss-file-reject');
      drop(element, new File(['x'.repeat(600)], 'note.txt', { type: 'text/plain' }));
      const detail = await rejected;
      await element.updateComplete;
      expect([detail.reason, textOf(part(element, 'error'))]).to.deep.equal([reason, says]);
    });
  }

  it('leaves the others of a drop alone', async () => {
    const element = await createElement({ accept: '.mp4' });
    const added = detailOf(element, 'oss-file-add');
    drop(element, note, film);
    expect((await added).file.name).to.equal('film.mp4');
  });

  it('is one of several, since there is room for one', async () => {
    const element = await createElement();
    const rejected = detailOf(element, 'oss-file-reject');
    drop(element, film, note);
    const { file, reason } = await rejected;
    expect([file.name, reason]).to.deep.equal(['note.txt', 'count']);
  });

  it('is forgotten with the next one', async () => {
    const element = await createElement({ accept: '.mp4' });
    await element.addFiles([note]);
    await pickOne(element, film);
    expect(element.shadowRoot?.querySelector('[part~=error]')).to.be.null;
  });
});

describe('a file that is dragged', () => {
  it('is welcomed over the element', async () => {
    const element = await createElement();
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect([element.matches(':state(dragging)'), textOf(part(element, 'label'))]).to.deep.equal([
      true,
      'Drop the file here',
    ]);
  });

  it('is forgotten when it leaves', async () => {
    const element = await createElement();
    drag(element, 'dragenter', [film]);
    drag(element, 'dragleave', [film]);
    await element.updateComplete;
    expect(element.matches(':state(dragging)')).to.be.false;
  });

  it('is not opened by the browser when it is dropped', async () => {
    const element = await createElement();
    expect(drop(element, film).defaultPrevented).to.be.true;
  });

  it('is left to the page with no-drop', async () => {
    const element = await createElement({ noDrop: true });
    expect(drop(element, film).defaultPrevented).to.be.false;
  });

  it('is neither taken nor opened while the element is disabled', async () => {
    const element = await createElement({ disabled: true });
    const { defaultPrevented } = drop(element, film);
    expect([defaultPrevented, names(element)]).to.deep.equal([true, []]);
  });

  it('is no matter of text that is dragged', async () => {
    const element = await createElement();
    expect(drag(element, 'dragover', []).defaultPrevented).to.be.false;
  });
});
