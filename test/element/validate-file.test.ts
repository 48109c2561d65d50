import { expect } from '@open-wc/testing';
import type { ValidateFile } from '../../src/restrictions.js';
import {
  createElement,
  drop,
  leaveUnfinished,
  makeFile,
  nextDetail,
  part,
  PART,
  pick,
  pickOne,
  query,
  revisit,
  TestSetup,
  textOf,
  validateSlowly,
  waitForStatus,
  type TestUpload,
} from './support.js';

let lastSize = PART;
/** A file that differs from all others. */
const file = (name: string) => makeFile(++lastSize, name);

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

function rejections(element: TestUpload): string[] {
  const rejected: string[] = [];
  element.addEventListener('oss-file-reject', ({ detail }) =>
    rejected.push(`${detail.file.name}: ${detail.reason}`),
  );
  return rejected;
}

const alerts = (element: TestUpload): string[] =>
  [...element.shadowRoot!.querySelectorAll('.alerts [role=alert]')].map(textOf);

const refuse = 'Choose a picture that is at least 800 pixels wide.';

/** Adds one file, and returns the detail of its rejection. */
async function refused(validateFile: ValidateFile, settings: Partial<TestUpload> = {}) {
  const element = await createElement({ validateFile, ...settings });
  const rejected = nextDetail(element, 'oss-file-reject');
  await element.addFiles([file('a.png')]);
  await element.updateComplete;
  return { element, detail: await rejected };
}

/** Collects what is logged and reported to the console until the test is over. */
function captureConsole(): string[] {
  const logged: string[] = [];
  const { error } = console;
  const { onerror } = window;
  // The test runner logs reported errors, too.
  console.error = (value: unknown) => {
    if (typeof value === 'string') logged.push(value);
  };
  window.onerror = (_message, _source, _line, _column, thrown) => (logged.push(String(thrown)), true);
  undo.push(() => {
    console.error = error;
    window.onerror = onerror;
  });
  return logged;
}
const undo: (() => void)[] = [];
afterEach(() => {
  for (const action of undo.splice(0)) action();
});

describe('validateFile', () => {
  for (const [kind, validateFile] of Object.entries<ValidateFile>({
    'a sentence': () => refuse,
    'a promise of one': () => Promise.resolve(refuse),
  })) {
    it(`rejects a file with ${kind}, which is shown as it is`, async () => {
      const { element, detail } = await refused(validateFile);
      expect([detail.reason, names(element), alerts(element)]).to.deep.equal(['invalid', [], [refuse]]);
    });
  }

  for (const nothing of [undefined, null, '', ' ']) {
    it(`accepts a file with ${JSON.stringify(nothing)}`, async () => {
      const element = await createElement({ validateFile: () => nothing as undefined });
      await element.addFiles([file('a.png')]);
      expect(names(element)).to.deep.equal(['a.png']);
    });
  }

  it('can measure pictures', async () => {
    const picture = async (width: number) => {
      const canvas = new OffscreenCanvas(width, 10);
      canvas.getContext('2d')!.fillRect(0, 0, width, 10);
      return new File([await canvas.convertToBlob()], `${width}.png`, { type: 'image/png' });
    };
    const element = await createElement({
      multiple: true,
      validateFile: async (file) => {
        const { width } = await createImageBitmap(file);
        return width < 800 ? `${file.name} is less than 800 pixels wide.` : undefined;
      },
    });
    await element.addFiles([await picture(900), await picture(700)]);
    await element.updateComplete;
    expect([names(element), alerts(element)]).to.deep.equal([
      ['900.png'],
      ['700.png is less than 800 pixels wide.'],
    ]);
  });

  it('keeps the order of files, and shows those that were added while it runs', async () => {
    const { validateFile, answer } = validateSlowly();
    const element = await createElement({
      multiple: true,
      validateFile: ({ name }) => (name === 'b' ? validateFile() : undefined),
    });
    const added = element.addFiles(['a', 'b', 'c'].map(file));
    await waitForStatus(element, 'ready');
    const shown = textOf(part(element, 'file-name'));
    answer();
    await added;
    expect([shown, names(element)]).to.deep.equal(['a', ['a', 'b', 'c']]);
  });

  it('also runs for picked, dropped and pasted files', async () => {
    const seen: string[] = [];
    const element = await createElement({
      multiple: true,
      noResume: true,
      validateFile: ({ name }) => {
        seen.push(name);
        return refuse;
      },
    });
    const next = () => nextDetail(element, 'oss-file-reject');
    let rejected = next();
    pick(element, file('picked'));
    await rejected;
    rejected = next();
    drop(element, file('dropped'));
    await rejected;
    rejected = next();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(file('pasted'));
    const paste = new ClipboardEvent('paste', { cancelable: true, bubbles: true });
    element.dispatchEvent(Object.defineProperty(paste, 'clipboardData', { value: clipboardData }));
    await rejected;
    expect(seen).to.deep.equal(['picked', 'dropped', 'pasted']);
  });

  it('is not called for files that are rejected anyway, or are in the list already', async () => {
    const seen: string[] = [];
    const element = await createElement({
      multiple: true,
      accept: '.png',
      maxSize: 2 * PART,
      validateFile: ({ name }) => void seen.push(name),
    });
    const listed = file('a.png');
    await element.addFiles([listed, file('b.txt'), makeFile(3 * PART, 'c.png')]);
    await element.addFiles([listed]);
    expect(seen).to.deep.equal(['a.png']);
  });

  it('is not called for the file of a resumable upload, which was accepted before', async () => {
    const setup = new TestSetup();
    const original = makeFile(10 * PART, 'film.mp4');
    await leaveUnfinished(setup, { file: original });
    const element = await revisit(setup, { validateFile: () => refuse });
    const rejected = rejections(element);
    pick(element, original);
    await waitForStatus(element, 'paused');
    await element.addFiles([file('other.mp4')]);
    expect([names(element), rejected.length]).to.deep.equal([['film.mp4'], 1]);
  });

  it('does not keep two concurrent calls from recognizing the same file', async () => {
    const element = await createElement({
      multiple: true,
      validateFile: () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())),
    });
    const same = file('a');
    await Promise.all([element.addFiles([same]), element.addFiles([same])]);
    expect(names(element)).to.deep.equal(['a']);
  });

  it('counts only accepted files towards max-files', async () => {
    const element = await createElement({
      multiple: true,
      maxFiles: 2,
      validateFile: ({ name }) => (name === 'b' ? Promise.resolve(refuse) : undefined),
    });
    const rejected = rejections(element);
    await element.addFiles(['a', 'b', 'c', 'd'].map(file));
    expect([names(element), rejected]).to.deep.equal([
      ['a', 'c'],
      ['b: invalid', 'd: count'],
    ]);
  });

  for (const [event, act] of Object.entries<(element: TestUpload) => void>({
    'all uploads are cancelled': (element) => void element.cancel(),
    'the element is disabled': (element) => (element.disabled = true),
    'the user changes': (element) => (element.resumeScope = 'bob'),
  })) {
    it(`adds nothing if ${event} while it runs`, async () => {
      const { validateFile, answer } = validateSlowly();
      const element = await createElement({ resumeScope: 'ada', multiple: true, validateFile });
      await element.addFiles([]);
      const adding = element.addFiles([file('a'), file('b')]);
      await new Promise(requestAnimationFrame);
      act(element);
      await element.updateComplete;
      answer();
      await adding;
      expect(names(element)).to.deep.equal([]);
    });
  }

  it('lets start() start the files that it accepts later', async () => {
    const { validateFile, answer } = validateSlowly();
    const element = await createElement({ validateFile });
    void element.addFiles([file('a')]);
    element.start();
    answer();
    await waitForStatus(element, 'succeeded');
  });

  it('lets start() start the files that it accepts later, also before retry() and resume()', async () => {
    const { validateFile, answer } = validateSlowly();
    const element = await createElement({ validateFile });
    void element.addFiles([file('a')]);
    element.start();
    element.retry();
    element.resume();
    answer();
    await waitForStatus(element, 'succeeded');
  });

  it('lets pause() keep the files that it accepts later from starting automatically', async () => {
    const { validateFile, answer } = validateSlowly();
    const element = await createElement({ validateFile, autoStart: true });
    const adding = element.addFiles([file('a')]);
    element.pause();
    answer();
    const [upload] = await adding;
    expect(upload!.state.status).to.equal('ready');
  });

  it('holds up no other files after all uploads are cancelled, although it doesn’t answer', async () => {
    const element = await createElement({
      multiple: true,
      accept: '.png',
      validateFile: ({ name }) => (name === 'a.png' ? new Promise(() => {}) : undefined),
    });
    const adding = element.addFiles([file('a.png')]);
    await new Promise(requestAnimationFrame);
    await element.cancel();
    await element.addFiles([file('b.png'), file('c.txt')]);
    await element.updateComplete;
    expect([await adding, names(element), alerts(element).length]).to.deep.equal([[], ['b.png'], 1]);
  });

  it('adds the file under the key of a destination that is set while it runs', async () => {
    const element = await createElement();
    element.validateFile = () => void (element.objectKey = 'new/{name}');
    const [upload] = await element.addFiles([file('a')]);
    expect(upload?.key).to.equal('new/a');
  });

  it('rejects a file that no longer fits when it has answered', async () => {
    const element = await createElement();
    element.validateFile = () => void (element.maxSize = 1);
    const rejected = rejections(element);
    await element.addFiles([file('a')]);
    expect(rejected).to.deep.equal(['a: size']);
  });
});

describe('the sentence of validateFile', () => {
  it('is shown as text', async () => {
    const { element } = await refused(() => '<img src=x onerror=alert(1)> {name} $& \u0000');
    expect([alerts(element), query(element, '.alerts').querySelector('img')]).to.deep.equal([
      ['<img src=x onerror=alert(1)> {name} $& \u0000'],
      null,
    ]);
  });

  it('is cut off if it is too long', async () => {
    const { element } = await refused(() => '😀'.repeat(100_000));
    expect(alerts(element)).to.deep.equal([`${'😀'.repeat(300)}…`]);
  });

  it('can’t change the writing direction of the text around it', async () => {
    const { element } = await refused(({ name }) => `\u202e\u2066${name}`);
    expect(query(element, '.alerts [role=alert] p').textContent).to.equal('\u2068a.png\u2069');
  });
});

describe('validateFile that fails', () => {
  const generic = '“a.png” couldn’t be checked. Try adding it again.';
  const failures: [condition: string, validateFile: () => unknown, hint: string, cause?: string][] = [
    [
      'throws',
      () => {
        throw new TypeError('ctx is null');
      },
      'a function. The function throws an error.',
      'TypeError: ctx is null',
    ],
    [
      'rejects',
      () => Promise.reject(new Error('HTTP 500')),
      'a function. The function throws an error.',
      'Error: HTTP 500',
    ],
    ['returns true', () => true, 'true. Return a sentence or undefined.'],
    ['returns false', () => false, 'false. Return a sentence or undefined.'],
    ['returns an object', () => ({ message: 'x' }), '[object Object]. Return a sentence or undefined.'],
    ['is not a function', 7 as never, '7. Set it to a function that returns a sentence or undefined.'],
  ];
  for (const [condition, validateFile, hint, cause] of failures) {
    it(`rejects the file if it ${condition}, and logs that once`, async () => {
      const logged = captureConsole();
      const { element, detail } = await refused(validateFile as ValidateFile, { multiple: true });
      await element.addFiles([file('a.png'), file('b.png')]);
      await element.updateComplete;
      expect([detail.reason, names(element)]).to.deep.equal(['invalid', []]);
      expect(alerts(element)[alerts(element).length > 2 ? 1 : 0]).to.include('couldn’t be checked');
      expect(logged.filter((text) => text.includes(`validateFile is invalid: ${hint}`))).to.have.length(1);
      if (cause) expect(logged.filter((text) => text === cause)).to.have.length(1);
    });
  }

  it('tells the user to try again', async () => {
    captureConsole();
    const { element } = await refused(() => Promise.reject(new Error('x')));
    expect(alerts(element)).to.deep.equal([generic]);
  });

  it('does not block the other files if it does not answer', async () => {
    const logged = captureConsole();
    const { setTimeout } = window;
    window.setTimeout = ((callback: () => void, ms = 0) =>
      setTimeout(callback, ms > 10_000 ? 0 : ms)) as typeof window.setTimeout;
    undo.push(() => (window.setTimeout = setTimeout));
    const element = await createElement({
      multiple: true,
      validateFile: ({ name }) => (name === 'a.png' ? new Promise(() => {}) : undefined),
    });
    const rejected = rejections(element);
    await element.addFiles([file('a.png'), file('b.png')]);
    expect([names(element), rejected]).to.deep.equal([['b.png'], ['a.png: invalid']]);
    expect(logged).to.have.length(1);
    expect(logged[0]).to.include('The function doesn’t answer within 30 seconds.');
  });

  it('accepts files again once it works', async () => {
    captureConsole();
    const { element } = await refused(() => Promise.reject(new Error('x')));
    element.validateFile = () => undefined;
    await pickOne(element, file('a.png'));
    expect(names(element)).to.deep.equal(['a.png']);
  });
});
