import { expect } from '@open-wc/testing';
import type { FileRejectDetail } from '../../src/events.js';
import {
  createElement,
  nextDetail,
  drag,
  drop,
  makeFile,
  query,
  hasPart,
  part,
  PART,
  pick,
  pickOne,
  waitForStatus,
  textOf,
  type TestUpload,
} from './support.js';

const film = makeFile(3 * PART);
const note = new File(['x'], 'note.txt', { type: 'text/plain' });

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

describe('a file that is picked', () => {
  it('dispatches oss-file-add with its key, which can be prevented', async () => {
    const element = await createElement({ objectKey: 'films/{name}' });
    element.addEventListener('oss-file-add', (event) => {
      if (event.detail.key === 'films/film.mp4') event.preventDefault();
    });
    const rejected = nextDetail(element, 'oss-file-reject');
    pick(element, film);
    expect([(await rejected).reason, names(element)]).to.deep.equal(['prevented', []]);
  });

  it('replaces one that has not started', async () => {
    const element = await createElement();
    await pickOne(element, film);
    await element.addFiles([note]);
    expect(names(element)).to.deep.equal(['note.txt']);
  });

  it('does not replace one that is uploading', async () => {
    const element = await createElement();
    await pickOne(element, film);
    const held = element.oss.hold('createUpload');
    element.start();
    await held.reached;
    const rejected = nextDetail(element, 'oss-file-reject');
    await element.addFiles([note]);
    expect([(await rejected).reason, names(element)]).to.deep.equal(['count', ['film.mp4']]);
  });

  it('does not replace a paused one', async () => {
    const element = await createElement();
    await pickOne(element, film);
    const held = element.oss.hold('createUpload');
    element.start();
    await held.reached;
    element.pause();
    await element.addFiles([note]);
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  it('uploads immediately with auto-start', async () => {
    const element = await createElement({ autoStart: true });
    pick(element, film);
    await waitForStatus(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('can be picked again', async () => {
    const element = await createElement();
    await pickOne(element, film);
    expect(query<HTMLInputElement>(element, 'input').files).to.have.length(0);
  });

  it('is ignored while the element is disabled', async () => {
    const element = await createElement({ disabled: true });
    expect(await element.addFiles([film])).to.be.empty;
  });

  it('uses an object-key that was set just before', async () => {
    const element = await createElement();
    element.objectKey = 'later/{name}';
    const [upload] = await element.addFiles([film]);
    expect(upload?.key).to.equal('later/film.mp4');
  });
});

describe('a Blob passed to addFiles', () => {
  it('rejects with an error that explains the fix, and adds no file', async () => {
    const element = await createElement({ multiple: true });
    const blob = new Blob(['x']) as File;
    const error: unknown = await element.addFiles([film, blob]).catch((thrown: unknown) => thrown);
    expect([String(error), names(element)]).to.deep.equal([
      'TypeError: addFiles() accepts File objects. Wrap a Blob: new File([blob], name).',
      [],
    ]);
  });
});

describe('a rejected file', () => {
  const cases: [
    condition: string,
    settings: Partial<TestUpload>,
    reason: FileRejectDetail['reason'],
    message: string,
  ][] = [
    [
      'has another type',
      { accept: 'video/*' },
      'type',
      '“note.txt” isn’t an accepted file type. Accepted: videos.',
    ],
    ['is too large', { maxSize: '0.5 kB' }, 'size', '“note.txt” is too large. Maximum size: 500 bytes.'],
    ['has no key', { objectKey: () => '' }, 'empty-key', 'Rename “note.txt” and try again.'],
  ];
  for (const [condition, settings, reason, message] of cases) {
    it(`is reported when it ${condition}`, async () => {
      const element = await createElement(settings);
      const rejected = nextDetail(element, 'oss-file-reject');
      drop(element, new File(['x'.repeat(600)], 'note.txt', { type: 'text/plain' }));
      const detail = await rejected;
      while (!hasPart(element, 'error')) await element.updateComplete;
      expect([detail.reason, textOf(part(element, 'error'))]).to.deep.equal([reason, message]);
    });
  }

  it('is not blamed on its name when the key function throws', async () => {
    const error = new TypeError('user is null');
    const element = await createElement({ objectKey: () => Promise.reject(error) });
    const rejected = nextDetail(element, 'oss-file-reject');
    const { onerror } = window;
    const reported = new Promise((resolve) => {
      window.onerror = (_message, _source, _line, _column, thrown) => (resolve(thrown), true);
    });
    drop(element, film);
    const { reason } = await rejected;
    const thrown = await reported;
    window.onerror = onerror;
    while (!hasPart(element, 'error')) await element.updateComplete;
    expect([reason, textOf(query(element, '.alerts .message')), thrown]).to.deep.equal([
      'empty-key',
      'Uploads aren’t set up correctly on this site. Contact the site administrator.',
      error,
    ]);
  });

  it('does not affect other dropped files', async () => {
    const element = await createElement({ accept: '.mp4' });
    const added = nextDetail(element, 'oss-file-add');
    drop(element, note, film);
    expect((await added).file.name).to.equal('film.mp4');
  });

  it('is the second of two dropped files without multiple', async () => {
    const element = await createElement();
    const rejected = nextDetail(element, 'oss-file-reject');
    drop(element, film, note);
    const { file, reason } = await rejected;
    expect([file.name, reason]).to.deep.equal(['note.txt', 'count']);
  });

  it('doesn’t resume its upload, which is in the list already, with auto-start', async () => {
    const element = await createElement({ multiple: true, autoStart: true });
    const held = element.oss.hold('uploadPart', 2);
    const [upload] = await element.addFiles([film]);
    await held.reached;
    upload!.pause();
    await element.addFiles([film]);
    expect(upload!.state.status).to.equal('paused');
  });

  it('is no longer reported once another file is added', async () => {
    const element = await createElement({ accept: '.mp4' });
    await element.addFiles([note]);
    await pickOne(element, film);
    expect(element.shadowRoot?.querySelector('[part~=error]')).to.be.null;
  });
});

describe('a file that is added in the same task in which the user changes', () => {
  it('belongs to the new user', async () => {
    const element = await createElement({ multiple: true, resumeScope: 'a' });
    await element.addFiles([makeFile(PART, 'of-a.txt')]);
    element.resumeScope = 'b';
    await element.addFiles([makeFile(PART, 'of-b.txt')]);
    expect(element.uploads.map(({ fileName }) => fileName)).to.deep.equal(['of-b.txt']);
  });
});

describe('a dragged file', () => {
  it('shows what a drop would do over the element', async () => {
    const element = await createElement();
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect([element.matches(':state(dragging)'), textOf(query(element, '.overlay'))]).to.deep.equal([
      true,
      'Drop the file here',
    ]);
  });

  it('has no effect after it leaves the element', async () => {
    const element = await createElement();
    drag(element, 'dragenter', [film]);
    drag(element, 'dragleave', [film]);
    await element.updateComplete;
    expect(element.matches(':state(dragging)')).to.be.false;
  });

  it('is not opened by the browser when dropped', async () => {
    const element = await createElement();
    expect(drop(element, film).defaultPrevented).to.be.true;
  });

  it('is left to the page with no-drop', async () => {
    const element = await createElement({ noDrop: true, multiple: true });
    const { defaultPrevented } = drop(element, film);
    element.noDrop = false;
    drop(element, note);
    await waitForStatus(element, 'ready');
    expect([defaultPrevented, names(element)]).to.deep.equal([false, ['note.txt']]);
  });

  it('is neither added nor opened while the element is disabled', async () => {
    const element = await createElement({ disabled: true, multiple: true });
    const { defaultPrevented } = drop(element, film);
    element.disabled = false;
    drop(element, note);
    await waitForStatus(element, 'ready');
    expect([defaultPrevented, names(element)]).to.deep.equal([true, ['note.txt']]);
  });

  it('is distinguished from dragged text', async () => {
    const element = await createElement();
    expect(drag(element, 'dragover', []).defaultPrevented).to.be.false;
  });
});

describe('the drop zone on a touch screen', () => {
  const { matchMedia } = window;
  before(() => {
    window.matchMedia = (query) => Object.assign({}, matchMedia.call(window, query), { matches: true });
  });
  after(() => {
    window.matchMedia = matchMedia;
  });

  it('offers the camera instead of dragging', async () => {
    const element = await createElement();
    expect(textOf(part(element, 'dropzone'))).to.equal('Choose or take a photo');
  });

  for (const accept of ['image/*', '.png,.JPG', 'image/jpeg', 'image/jpg']) {
    it(`offers the camera for ${accept}`, async () => {
      const element = await createElement({ accept });
      expect(textOf(part(element, 'browse-button'))).to.equal('Choose or take a photo');
    });
  }

  for (const accept of ['.pdf', 'image/png', 'application/pdf', 'video/*', 'undefined']) {
    it(`does not offer the camera for ${accept}, which accepts no photos`, async () => {
      const element = await createElement({ accept });
      expect(textOf(part(element, 'browse-button'))).to.equal('Choose file');
    });
  }
});
