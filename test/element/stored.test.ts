import { expect, fixture } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import type { FileRemoveDetail } from '../../src/events.js';
import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { StoredFileInit } from '../../src/stored-files.js';
import {
  createElement,
  hasPart,
  makeFile,
  part,
  PART,
  passUndoTime,
  pick,
  query,
  TestSetup,
  TestUpload,
  textOf,
  waitForStatus,
  leaveUnfinished,
} from './support.js';

const film = { key: 'films/film.mp4', name: 'film.mp4', size: 4e9, type: 'video/mp4' };
const poster = { key: 'films/poster.png', name: 'poster.png', size: 2e6 };

type Props = Partial<OssResumableUpload>;
interface InForm {
  form: HTMLFormElement;
  element: TestUpload;
}

/** Creates an element with stored files in a form, with the name `film`. */
async function createStored(stored: unknown, props: Props = {}, setup?: TestSetup): Promise<InForm> {
  const element = Object.assign(new TestUpload(setup), {
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    partSize: PART,
    parallel: 1,
    name: 'film',
    ...props,
  });
  element.setAttribute('stored', typeof stored === 'string' ? stored : JSON.stringify(stored));
  const form = document.createElement('form');
  form.append(element);
  await fixture(form);
  await element.updateComplete;
  return { form, element };
}

const submitted = (form: HTMLFormElement): FormDataEntryValue[] => new FormData(form).getAll('film');
const rows = (element: TestUpload): string[] =>
  [...(element.shadowRoot?.querySelectorAll('[part~=file-name] .unseen') ?? [])].map(textOf);
const listedKeys = (element: TestUpload): string[] => element.uploads.map(({ key }) => key);

function removals(element: TestUpload): FileRemoveDetail[] {
  const details: FileRemoveDetail[] = [];
  element.addEventListener('oss-file-remove', ({ detail }) => details.push(detail));
  return details;
}

function removeFirst(element: TestUpload): void {
  query(element, '[part~=item] [part~=remove-button]').click();
}

function changes(element: TestUpload): Event[] {
  const events: Event[] = [];
  element.addEventListener('change', (event) => events.push(event));
  return events;
}

async function upload(element: TestUpload, ...files: File[]): Promise<void> {
  await element.addFiles(files);
  element.start();
  await waitForStatus(element, 'succeeded');
}

describe('stored files', () => {
  it('are shown as uploaded, with name and size', async () => {
    const { element } = await createStored([film, poster], { multiple: true });
    expect([element.status, rows(element)]).to.deep.equal(['succeeded', ['film.mp4', 'poster.png']]);
    const [status, size] = ['status', 'file-size'].map((name) =>
      query(element, `[part~=item] [part~=${name}]`),
    );
    expect([textOf(status!), textOf(size!)]).to.deep.equal(['Uploaded 4.0 GB', '4.0 GB']);
  });

  it('show no size if it is unknown', async () => {
    const { element } = await createStored([{ key: 'a.mp4' }]);
    expect([hasPart(element, 'file-size'), textOf(part(element, 'status'))]).to.deep.equal([
      false,
      'Uploaded',
    ]);
    const [upload] = element.uploads;
    expect([upload?.fileSize, upload?.state.progress.ratio]).to.deep.equal([undefined, 1]);
  });

  it('show no total size if that of one file is unknown', async () => {
    const { element } = await createStored([film, { key: 'a.mp4' }], { multiple: true });
    const summary = query(element, '[part=summary]');
    expect(summary.querySelector('[part~=file-size]')).to.equal(null);
  });

  it('are shown although the page has cleared the empty list before', async () => {
    const { form, element } = await createStored([]);
    element.clear();
    element.stored = [film];
    expect(submitted(form)).to.deep.equal([film.key]);
  });

  it('show the icon of their type, whatever their name', async () => {
    const iconOf = (element: TestUpload) => query(element, '[part~=thumbnail] svg').innerHTML;
    const [typed, named, other] = [
      await createStored([{ key: 'a', type: 'video/mp4' }]),
      await createStored([{ key: 'a.mov' }]),
      await createStored([{ key: 'a' }]),
    ].map(({ element }) => iconOf(element));
    expect([typed === named, typed === other]).to.deep.equal([true, false]);
  });

  it('are submitted in their order, before new files', async () => {
    const { form, element } = await createStored([poster, film], { multiple: true });
    await upload(element, makeFile(PART, 'new.mp4'));
    expect(submitted(form)).to.deep.equal([poster.key, film.key, 'new.mp4']);
  });

  it('satisfy required', async () => {
    const { form } = await createStored([film], { required: true });
    expect(form.checkValidity()).to.be.true;
  });

  it('count towards max-files', async () => {
    const { element } = await createStored([film, poster], { multiple: true, maxFiles: 2 });
    const reasons: string[] = [];
    element.addEventListener('oss-file-reject', ({ detail }) => reasons.push(detail.reason));
    await element.addFiles([makeFile(PART)]);
    expect(reasons).to.deep.equal(['count']);
  });

  it('dispatch no change event', async () => {
    const element = await createElement();
    const events = changes(element);
    element.stored = [film];
    await element.updateComplete;
    expect(events).to.be.empty;
  });

  it('can be removed by the user, which changes the value', async () => {
    const { form, element } = await createStored([film], { required: true });
    const events = changes(element);
    removeFirst(element);
    await waitForStatus(element, 'idle');
    expect([submitted(form), form.checkValidity(), events.length]).to.deep.equal([[], false, 1]);
  });

  it('let no other file have their key', async () => {
    const { element } = await createStored([{ key: 'photo.jpg' }], { multiple: true, overwrite: true });
    const reasons: string[] = [];
    element.addEventListener('oss-file-reject', ({ detail }) => reasons.push(detail.reason));
    await element.addFiles([makeFile(PART, 'photo.jpg')]);
    element.onCollision = 'rename';
    await element.addFiles([makeFile(PART, 'photo.jpg')]);
    expect([reasons, listedKeys(element)]).to.deep.equal([['duplicate-key'], ['photo.jpg', 'photo (2).jpg']]);
  });

  it('stay when the page names the user for the first time', async () => {
    const { form, element } = await createStored([film]);
    element.resumeScope = 'ada';
    await element.updateComplete;
    expect(submitted(form)).to.deep.equal([film.key]);
  });

  it('are dropped with the user whose files they are, also from the default value', async () => {
    const { form, element } = await createStored([film], { resumeScope: 'ada' });
    element.resumeScope = 'bob';
    await element.updateComplete;
    const shown = rows(element);
    form.reset();
    await element.updateComplete;
    expect([shown, submitted(form), element.value]).to.deep.equal([[], [], '']);
  });

  for (const order of [
    ['stored', 'resumeScope'],
    ['resumeScope', 'stored'],
  ] as const) {
    it(`belong to the new user if ${order.join(' and ')} are set together`, async () => {
      const { form, element } = await createStored([film], { resumeScope: 'ada' });
      const next = { stored: [poster], resumeScope: 'bob' };
      for (const name of order) Object.assign(element, { [name]: next[name] });
      await element.updateComplete;
      expect(submitted(form)).to.deep.equal([poster.key]);
    });
  }

  it('are listed when there are 10,000', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ key: `files/${index}.jpg`, size: index }));
    const { form, element } = await createStored(many, { multiple: true });
    expect([element.uploads.length, submitted(form).length]).to.deep.equal([10_000, 10_000]);
    expect(element.shadowRoot!.querySelectorAll('[part~=item]').length).to.be.within(1, 100);
  });
});

describe('the default value', () => {
  it('is shown as soon as it changes, while the list is unchanged', async () => {
    const { form, element } = await createStored([film]);
    element.setAttribute('stored', JSON.stringify([poster]));
    expect([submitted(form), element.value]).to.deep.equal([[poster.key], poster.key]);
    await element.updateComplete;
    expect(rows(element)).to.deep.equal(['poster.png']);
  });

  it('keeps its rows when an equal array is set', async () => {
    const { element } = await createStored([film]);
    const [before] = element.uploads;
    element.stored = [{ ...film }];
    await element.updateComplete;
    expect(element.uploads[0]).to.equal(before);
  });

  it('is only remembered once the user has removed a file', async () => {
    const { form, element } = await createStored([film]);
    removeFirst(element);
    element.stored = [poster];
    await element.updateComplete;
    const before = submitted(form);
    form.reset();
    await element.updateComplete;
    expect([before, submitted(form), rows(element)]).to.deep.equal([[], [poster.key], ['poster.png']]);
  });

  it('is only remembered once a file was added', async () => {
    const { form, element } = await createStored([film], { multiple: true });
    await upload(element, makeFile(PART, 'new.mp4'));
    element.stored = [film, { key: 'new.mp4' }];
    await element.updateComplete;
    expect(submitted(form)).to.deep.equal([film.key, 'new.mp4']);
  });

  it('is followed again after a reset', async () => {
    const { form, element } = await createStored([film]);
    element.value = '';
    form.reset();
    element.stored = [poster];
    await element.updateComplete;
    expect(submitted(form)).to.deep.equal([poster.key]);
  });

  it('comes back without a change event when the form is reset, and other files go', async () => {
    const { form, element } = await createStored([film, poster], { multiple: true });
    await upload(element, makeFile(PART, 'new.mp4'));
    removeFirst(element);
    await element.updateComplete;
    const [events, removed] = [changes(element), removals(element)];
    form.reset();
    await element.updateComplete;
    expect([submitted(form), rows(element), events, removed]).to.deep.equal([
      [film.key, poster.key],
      ['film.mp4', 'poster.png'],
      [],
      [],
    ]);
  });

  it('is empty without the attribute', async () => {
    const { form, element } = await createStored([film]);
    element.removeAttribute('stored');
    await element.updateComplete;
    expect([element.stored, submitted(form)]).to.deep.equal([[], []]);
  });

  it('can be set as JSON, also by frameworks that set properties', async () => {
    const { form, element } = await createStored([]);
    Object.assign(element, { stored: JSON.stringify([film]) });
    expect(submitted(form)).to.deep.equal([film.key]);
  });

  it('can be read before the element is connected', () => {
    const element = new TestUpload();
    element.stored = [film];
    expect(element.value).to.equal(film.key);
  });
});

describe('invalid entries of stored', () => {
  const { error, warn } = console;
  let logged: string[];
  beforeEach(() => {
    logged = [];
    console.error = console.warn = (text: string) => logged.push(text);
  });
  afterEach(() => void Object.assign(console, { error, warn }));

  async function keysAndWarnings(stored: unknown): Promise<[string[], string]> {
    const { form } = await createStored(stored, { multiple: true });
    return [submitted(form) as string[], logged.join('\n')];
  }

  const skipped: Record<string, [entry: unknown, name: string]> = {
    'without a key': [{ name: 'a' }, 'stored[1].key'],
    'with an empty key': [{ key: '' }, 'stored[1].key'],
    'with a number as the key': [{ key: 7 }, 'stored[1].key'],
    'that is a text': ['films/a.mp4', 'stored[1]'],
    'that is null': [null, 'stored[1]'],
    'that is an array': [[], 'stored[1]'],
    'with a key that an earlier one has': [film, 'stored[1].key'],
  };
  for (const [which, [entry, name]] of Object.entries(skipped)) {
    it(`skips one ${which}, with a warning`, async () => {
      const [keys, warnings] = await keysAndWarnings([film, entry, poster]);
      expect(keys).to.deep.equal([film.key, poster.key]);
      expect(warnings).to.contain(`The value of ${name} is invalid`);
    });
  }

  for (const [property, value] of [
    ['size', -1],
    ['size', '5'],
    ['size', 1.5],
    ['name', {}],
    ['type', 7],
    ['url', 'javascript:alert(1)'],
    ['url', ' JavaScript:alert(1)'],
    ['url', 'data:text/html,x'],
    ['url', 'https://user:password@example.com/'],
    ['url', 7],
  ] as const) {
    it(`ignores the ${property} ${JSON.stringify(value)}, with a warning`, async () => {
      const { element } = await createStored([{ key: 'a/b.mp4', [property]: value }]);
      const [upload] = element.uploads;
      expect(upload).to.include({ key: 'a/b.mp4', fileName: 'b.mp4', fileSize: undefined, fileType: '' });
      expect(upload?.state).to.deep.include({ result: { key: 'a/b.mp4', url: undefined } });
      expect(logged.join()).to.contain(`The value of stored[0].${property} is invalid`);
      expect(logged.join()).not.to.contain('password@');
    });
  }

  it('accept a URL that is relative to the page', async () => {
    const { element } = await createStored([{ key: 'a', url: '/files/a' }]);
    const { state } = element.uploads[0]!;
    expect(state.status === 'succeeded' && state.result.url).to.equal(`${location.origin}/files/a`);
  });

  it('accept null for what is unknown, without a warning', async () => {
    const [keys, warnings] = await keysAndWarnings([
      { key: 'a', name: null, size: null, type: null, url: null },
    ]);
    expect([keys, warnings]).to.deep.equal([['a'], '']);
  });

  for (const [value, text] of [
    ['[{"key":"a?Signature=secret"', 'stored'],
    ['{"key":"a"}', 'stored'],
    ['7', 'stored'],
  ] as const) {
    it(`shows nothing for ${value}, with a warning`, async () => {
      const [keys, warnings] = await keysAndWarnings(value);
      expect(keys).to.be.empty;
      expect(warnings).to.contain(`The value of ${text} is invalid`);
      expect(warnings).not.to.contain('secret');
    });
  }

  it('names only some of many problems', async () => {
    await keysAndWarnings(Array.from({ length: 1_000 }, () => ({})));
    expect(logged.length).to.be.within(1, 20);
  });

  it('displays names without characters that change the direction', async () => {
    const { element } = await createStored([{ key: 'a', name: 'invoice\u202efdp.exe' }]);
    expect(rows(element)).to.deep.equal(['invoicefdp.exe']);
  });

  it('neither pollute prototypes nor read them', async () => {
    const prototype = Object.prototype as { size?: unknown; polluted?: unknown };
    Object.defineProperty(prototype, 'size', { value: 5, configurable: true });
    try {
      const { element } = await createStored('[{"key":"a","__proto__":{"polluted":1,"size":7}}]');
      expect([element.uploads[0]?.fileSize, prototype.polluted]).to.deep.equal([undefined, undefined]);
    } finally {
      delete prototype.size;
    }
  });
});

describe('replacing a stored file without multiple', () => {
  it('submits the stored file until the new one is stored', async () => {
    const { form, element } = await createStored([film]);
    const held = element.oss.hold('uploadPart', 2);
    await element.addFiles([makeFile(3 * PART, 'new.mp4')]);
    element.start();
    await held.reached;
    const during = [submitted(form), element.value, listedKeys(element), form.checkValidity()];
    held.release();
    await waitForStatus(element, 'succeeded');
    expect([during, submitted(form)]).to.deep.equal([
      [[film.key], film.key, ['new.mp4'], false],
      ['new.mp4'],
    ]);
  });

  it('reports the removal once the new file is stored', async () => {
    const { element } = await createStored([film]);
    const removed = removals(element);
    const during: number[] = [];
    element.addEventListener('oss-upload-success', () => during.push(removed.length));
    await element.addFiles([makeFile(PART, 'new.mp4')]);
    during.push(removed.length);
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([during, removed]).to.deep.equal([[0, 0], [{ key: film.key, file: undefined, stored: true }]]);
  });

  it('doesn’t report an object that the new file has overwritten as stored', async () => {
    const { element } = await createStored([{ key: 'photo.jpg' }], { overwrite: true });
    const removed = removals(element);
    await upload(element, makeFile(PART, 'photo.jpg'));
    expect(removed).to.deep.equal([{ key: 'photo.jpg', file: undefined, stored: false }]);
  });

  for (const [way, end] of Object.entries<(element: TestUpload) => unknown>({
    'it is removed': (element) => removeFirst(element),
    'all uploads are cancelled': (element) => element.cancel(),
    'it is cancelled while it runs': async (element) => {
      const held = element.oss.hold('createUpload');
      element.start();
      await held.reached;
      await element.uploads[0]!.cancel();
    },
    'it is removed after it has failed': async (element) => {
      element.oss.fail('createUpload', () => new UploadError('access-denied'));
      element.oss.fail('put', () => new UploadError('access-denied'));
      element.start();
      await waitForStatus(element, 'failed');
      removeFirst(element);
    },
    'another one is picked after it has failed, and is removed, too': async (element) => {
      element.oss.fail('createUpload', () => new UploadError('access-denied'));
      element.start();
      await waitForStatus(element, 'failed');
      await element.addFiles([makeFile(PART, 'other.mp4')]);
      await element.updateComplete;
      expect(rows(element)).to.deep.equal(['other.mp4']);
      removeFirst(element);
    },
    'another one is picked and removed, too': async (element) => {
      await element.addFiles([makeFile(PART, 'other.mp4')]);
      removeFirst(element);
    },
  })) {
    it(`returns to the stored file if ${way}`, async () => {
      const { form, element } = await createStored([film]);
      await element.addFiles([makeFile(3 * PART, 'new.mp4')]);
      await element.updateComplete;
      await end(element);
      await waitForStatus(element, 'succeeded');
      await passUndoTime(element);
      expect([rows(element), submitted(form)]).to.deep.equal([['film.mp4'], [film.key]]);
    });
  }

  it('replaces the stored file again if its removal is undone', async () => {
    const { element } = await createStored([film]);
    await element.addFiles([makeFile(3 * PART, 'new.mp4')]);
    await element.updateComplete;
    removeFirst(element);
    await waitForStatus(element, 'succeeded');
    part(element, 'undo-button').click();
    await waitForStatus(element, 'ready');
    expect(rows(element)).to.deep.equal(['new.mp4']);
  });

  it('returns to a file that was uploaded before, with the file', async () => {
    const { form, element } = await createStored([]);
    const first = makeFile(PART, 'first.mp4');
    await upload(element, first);
    await element.addFiles([makeFile(PART, 'second.mp4')]);
    await element.updateComplete;
    removeFirst(element);
    await waitForStatus(element, 'succeeded');
    expect([submitted(form), element.uploads[0]?.file]).to.deep.equal([['first.mp4'], first]);
  });

  it('happens when an upload of an earlier visit is finished', async () => {
    const setup = new TestSetup();
    const original = makeFile(3 * PART, 'new.mp4');
    await leaveUnfinished(setup, { file: original, stopAt: 2, name: 'film' });
    const { form, element } = await createStored([film], {}, setup);
    while (element.uploads.length < 2) await new Promise(requestAnimationFrame);
    await element.updateComplete;
    pick(element, original);
    while (element.uploads.some(({ state }) => state.status === 'resumable'))
      await new Promise(requestAnimationFrame);
    element.resume();
    await waitForStatus(element, 'succeeded');
    expect(submitted(form)).to.deep.equal(['new.mp4']);
  });

  it('is over when the form is reset', async () => {
    const { form, element } = await createStored([film]);
    await element.addFiles([makeFile(PART, 'new.mp4')]);
    form.reset();
    await waitForStatus(element, 'succeeded');
    expect([rows(element), submitted(form)]).to.deep.equal([['film.mp4'], [film.key]]);
  });
});

describe('value', () => {
  it('is the first key of the form value', async () => {
    const { element } = await createStored([film, poster], { multiple: true });
    const empty = await createElement();
    await upload(empty, makeFile(PART, 'new.mp4'));
    expect([element.value, empty.value, new TestUpload().value]).to.deep.equal([film.key, 'new.mp4', '']);
  });

  it('removes all files when it is set to an empty string, without a change event', async () => {
    const { form, element } = await createStored([film], { multiple: true, required: true });
    await upload(element, makeFile(PART, 'new.mp4'));
    await element.updateComplete;
    const events = changes(element);
    element.value = '';
    expect([submitted(form), element.value, form.checkValidity()]).to.deep.equal([[], '', false]);
    await waitForStatus(element, 'idle');
    expect(events).to.be.empty;
  });

  it('cancels unfinished uploads when it is emptied', async () => {
    const { element } = await createStored([film]);
    const [cancelled, removed, events] = [[] as string[], removals(element), changes(element)];
    element.addEventListener('oss-upload-cancel', ({ detail }) => cancelled.push(detail.upload.key));
    const held = element.oss.hold('uploadPart', 2);
    await element.addFiles([makeFile(3 * PART, 'new.mp4')]);
    element.start();
    await held.reached;
    const aborted = element.oss.next('abortUpload');
    element.value = '';
    await aborted;
    await element.updateComplete;
    expect([cancelled, removed.map(({ key }) => key), element.uploads, events]).to.deep.equal([
      ['new.mp4'],
      [film.key],
      [],
      [],
    ]);
  });

  it('throws an InvalidStateError when it is set to something else', async () => {
    const { element } = await createStored([film]);
    for (const value of ['x', film.key, undefined, 0]) {
      let thrown: unknown;
      try {
        element.value = value as string;
      } catch (error) {
        thrown = error;
      }
      expect(thrown).to.be.instanceOf(DOMException).and.include({ name: 'InvalidStateError' });
    }
    expect(element.value).to.equal(film.key);
  });
});

describe('oss-file-remove', () => {
  it('is dispatched when the removal of a stored file can no longer be undone', async () => {
    const { form, element } = await createStored([film]);
    const values: FormDataEntryValue[][] = [];
    element.addEventListener('oss-file-remove', () => values.push(submitted(form)));
    const removed = removals(element);
    removeFirst(element);
    expect([removed, submitted(form)]).to.deep.equal([[], []]);
    await passUndoTime(element);
    expect([removed, values]).to.deep.equal([[{ key: film.key, file: undefined, stored: true }], [[]]]);
  });

  it('has the file of this visit', async () => {
    const { element } = await createStored([]);
    const file = makeFile(PART, 'new.mp4');
    await element.addFiles([file]);
    await element.updateComplete;
    const removed = removals(element);
    removeFirst(element);
    await passUndoTime(element);
    expect(removed).to.deep.equal([{ key: 'new.mp4', file, stored: false }]);
  });

  it('is not dispatched if the removal is undone', async () => {
    const { form, element } = await createStored([film]);
    const removed = removals(element);
    removeFirst(element);
    await element.updateComplete;
    part(element, 'undo-button').click();
    await passUndoTime(element);
    expect([removed, submitted(form)]).to.deep.equal([[], [film.key]]);
  });

  it('is dispatched at once if another command ends the time for Undo', async () => {
    const { element } = await createStored([film, poster], { multiple: true });
    const removed = removals(element);
    removeFirst(element);
    element.clear();
    expect(removed.map(({ key }) => key)).to.deep.equal([film.key, poster.key]);
  });

  it('does not say that an object is stored which a reset lists again', async () => {
    const { form, element } = await createStored([film]);
    const removed = removals(element);
    removeFirst(element);
    form.reset();
    await passUndoTime(element);
    expect([removed.filter(({ stored }) => stored), submitted(form)]).to.deep.equal([[], [film.key]]);
  });

  it('does not say that an object is stored which a new file will replace', async () => {
    const { element } = await createStored([film], {
      multiple: true,
      overwrite: true,
      objectKey: () => film.key,
    });
    const removed = removals(element);
    removeFirst(element);
    await element.addFiles([makeFile(PART, 'film.mp4')]);
    expect(removed).to.deep.equal([{ key: film.key, file: undefined, stored: false }]);
  });

  it('is dispatched for each file that clear() removes', async () => {
    const { element } = await createStored([film, poster], { multiple: true });
    const removed = removals(element);
    await element.addFiles([makeFile(PART, 'ready.mp4')]);
    element.clear();
    expect(removed.map(({ key, stored }) => [key, stored])).to.deep.equal([
      [film.key, true],
      [poster.key, true],
    ]);
  });

  it('is dispatched for a file that another one replaces before it is uploaded', async () => {
    const { element } = await createStored([]);
    const removed = removals(element);
    await element.addFiles([makeFile(PART, 'first.mp4')]);
    await element.addFiles([makeFile(PART, 'second.mp4')]);
    expect(removed.map(({ key, stored }) => [key, stored])).to.deep.equal([['first.mp4', false]]);
  });

  it('says that an object is stored although its callback has failed', async () => {
    const { element } = await createStored([]);
    element.oss.fail('createUpload', () => new UploadError('callback-failed'));
    element.oss.fail('put', () => new UploadError('callback-failed'));
    await element.addFiles([makeFile(3 * PART, 'new.mp4')]);
    element.start();
    await waitForStatus(element, 'failed');
    const removed = removals(element);
    removeFirst(element);
    await passUndoTime(element);
    expect(removed.map(({ stored }) => stored)).to.deep.equal([true]);
  });

  it('is not dispatched for an upload that is cancelled', async () => {
    const { element } = await createStored([]);
    const removed = removals(element);
    const held = element.oss.hold('createUpload');
    await element.addFiles([makeFile(3 * PART)]);
    element.start();
    await held.reached;
    await element.cancel();
    element.clear();
    expect(removed).to.be.empty;
  });
});

describe('a restored form with stored files', () => {
  const { setFormValue } = ElementInternals.prototype;
  let state: unknown;
  beforeEach(() => {
    ElementInternals.prototype.setFormValue = function (...args) {
      state = args[1];
      setFormValue.apply(this, args);
    };
  });
  afterEach(() => void (ElementInternals.prototype.setFormValue = setFormValue));

  // A browser only calls this after a real navigation.
  async function restored(stored: readonly StoredFileInit[], kept: unknown): Promise<InForm> {
    const inForm = await createStored(stored, { multiple: true });
    (
      inForm.element as unknown as { formStateRestoreCallback(state: unknown, reason: string): void }
    ).formStateRestoreCallback(kept, 'restore');
    await inForm.element.updateComplete;
    return inForm;
  }

  it('has no state while the list shows the default value', async () => {
    await createStored([film]);
    expect(state).to.equal(null);
    const { form } = await restored([poster], state);
    expect(submitted(form)).to.deep.equal([poster.key]);
  });

  it('shows what the user has kept and added', async () => {
    const { element } = await createStored([film, poster], { multiple: true });
    await upload(element, makeFile(PART, 'new.mp4'));
    removeFirst(element);
    await element.updateComplete;
    const { form, element: next } = await restored([film, poster], state);
    expect([
      submitted(form).length,
      rows(next).length,
      next.uploads.map(({ fileSize }) => fileSize),
    ]).to.deep.equal([2, 2, [poster.size, PART]]);
  });

  it('stays empty if the user has removed everything', async () => {
    const { element } = await createStored([film]);
    removeFirst(element);
    await element.updateComplete;
    const { form } = await restored([film], state);
    const before = submitted(form);
    form.reset();
    expect([before, submitted(form)]).to.deep.equal([[], [film.key]]);
  });

  it('keeps no URL with a query, which may be signed, but shows the one of the page', async () => {
    const signed = { ...film, url: 'https://example.com/film?Signature=secret' };
    const { element } = await createStored([signed], { multiple: true });
    await element.addFiles([makeFile(PART, 'ready.mp4')]);
    await element.updateComplete;
    expect(state).to.be.a('string').that.does.not.contain('secret');
    const { element: next } = await restored([signed], state);
    expect(next.uploads[0]?.state).to.deep.include({ result: { key: film.key, url: signed.url } });
  });
});

describe('the validity outside a form', () => {
  for (const [which, bring] of Object.entries<(element: TestUpload) => unknown>({
    'a selected file': (element) => element.addFiles([makeFile(PART)]),
    'a failed file': async (element) => {
      element.oss.fail('createUpload', () => new UploadError('access-denied'));
      await element.addFiles([makeFile(3 * PART)]);
      element.start();
      await waitForStatus(element, 'failed');
    },
    'a required file that is missing': (element) => (element.required = true),
  })) {
    it(`is valid with ${which}, and invalid once the element is in a form`, async () => {
      const element = await createElement();
      await bring(element);
      await element.updateComplete;
      const outside = [element.matches(':invalid'), element.checkValidity()];
      const form = document.createElement('form');
      element.replaceWith(form);
      form.append(element);
      const inside = [element.matches(':invalid'), form.checkValidity()];
      form.replaceWith(element);
      expect([outside, inside, element.matches(':invalid')]).to.deep.equal([
        [false, true],
        [true, false],
        false,
      ]);
    });
  }

  it('is invalid with a message of the page', async () => {
    const element = await createElement();
    element.setCustomValidity('Not that one.');
    expect(element.checkValidity()).to.be.false;
  });
});
