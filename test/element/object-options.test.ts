import { expect } from '@open-wc/testing';
import { createElement, makeFile, part, PART, pickOne, textOf, waitForStatus } from './support.js';

const file = (name: string) => makeFile(PART, name);

describe('the property objectOptions', () => {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const action of undo.splice(0)) action();
  });

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

  it('fails the uploads of files for which it throws, and logs the error once', async () => {
    const logged = captureConsole();
    const element = await createElement({
      multiple: true,
      objectOptions: (_file, key) => {
        if (key !== 'good') throw new TypeError('user is null');
      },
    });
    await element.addFiles(['a', 'b', 'good'].map(file));
    element.start();
    await waitForStatus(element, 'failed');
    await element.updateComplete;
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['failed', 'failed', 'succeeded']);
    expect(textOf(part(element, 'error'))).to.match(
      /^Uploads aren’t set up correctly.*objectOptions is invalid: a function. The function throws an error./,
    );
    expect(logged.map((text) => text.replace(/.*The value/, 'The value'))).to.deep.equal([
      'The value of objectOptions is invalid: a function. The function throws an error.',
      'TypeError: user is null',
    ]);
  });

  it('is named in the console if it is not a function', async () => {
    const logged = captureConsole();
    await createElement({ objectOptions: {} as never });
    expect(logged).to.have.length(1);
    expect(logged[0]).to.include('objectOptions is invalid: [object Object]. Set it to a function');
  });

  it('may be corrected, after which Retry uploads the file', async () => {
    captureConsole();
    const element = await createElement({ objectOptions: () => ({ meta: { 'a b': 'c' } }) });
    await pickOne(element, file('a'));
    element.start();
    await waitForStatus(element, 'failed');
    element.objectOptions = () => ({ meta: { 'a-b': 'c' } });
    part(element, 'retry-button').click();
    await waitForStatus(element, 'succeeded');
  });

  it('is taken from a class instance with accessors', async () => {
    class Options {
      get storageClass() {
        return 'IA';
      }
    }
    const element = await createElement({ objectOptions: () => new Options(), autoStart: true });
    await element.addFiles([file('a')]);
    await waitForStatus(element, 'succeeded');
  });
});
