import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { findLanguage } from '../../src/i18n/registry.js';
import {
  createElement,
  drop,
  makeFile,
  nextDetail,
  part,
  PART,
  query,
  textOf,
  type TestUpload,
} from './support.js';

const text = (name: string): File => new File(['x'], name, { type: 'text/plain' });
const texts = (count: number): File[] => Array.from({ length: count }, (_, index) => text(`${index}.txt`));

/** Adds files to an element that accepts MP4 files of up to one part, and at most two. */
async function reject(files: File[], set: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement({
    multiple: true,
    accept: '.mp4',
    maxSize: PART,
    maxFiles: 2,
    ...set,
  });
  await element.addFiles(files);
  await element.updateComplete;
  return element;
}

/** Returns the sentences of the alert. */
function sentences(element: TestUpload): string[] {
  return [...query(element, '[role=alert]').querySelectorAll('p, summary')].map(textOf);
}

/** Returns the names in the alert. */
function names(element: TestUpload): string[] {
  return [...query(element, '[role=alert]').querySelectorAll('li')].map(textOf);
}

/** Counts how often an alert appears or changes. */
function countAlerts(element: TestUpload): { count: number } {
  const alerts = { count: 0 };
  const observer = new MutationObserver((records) => {
    const isAlert = (node: Node): boolean =>
      node instanceof Element && (node.matches('[role=alert]') || !!node.querySelector('[role=alert]'));
    for (const { addedNodes, target } of records) {
      const changed = target.parentElement?.closest('[role=alert]');
      if (changed || [...addedNodes].some(isAlert)) alerts.count += 1;
    }
  });
  observer.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
  return alerts;
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

describe('the message about rejected files', () => {
  it('names a single file', async () => {
    expect(sentences(await reject([text('note.txt')]))).to.deep.equal([
      '“note.txt” isn’t an accepted file type. Accepted: MP4.',
    ]);
  });

  it('counts the files that were rejected for the same reason', async () => {
    expect(sentences(await reject(texts(5)))).to.deep.equal([
      '5 files aren’t an accepted type. Accepted: MP4.',
    ]);
  });

  it('has one sentence for each reason, below the total', async () => {
    const element = await reject([
      ...texts(3),
      makeFile(2 * PART, 'big.mp4'),
      ...['a', 'b', 'c', 'd'].map((name) => makeFile(10, `${name}.mp4`)),
    ]);
    expect(sentences(element)).to.deep.equal([
      '6 files weren’t added.',
      '3 files aren’t an accepted type. Accepted: MP4.',
      '“big.mp4” is too large. Maximum size: 102 kB.',
      'Up to 2 files are allowed. 2 files weren’t added.',
    ]);
  });

  it('has a sentence for files that have the object key of others', async () => {
    const element = await reject(
      ['a', 'b', 'c'].map((name) => makeFile(10, `${name}.mp4`)),
      {
        objectKey: 'film',
        maxFiles: 9,
      },
    );
    expect(sentences(element)).to.deep.equal([
      '2 files would replace other files in the list. Rename them, or remove the other files.',
    ]);
  });

  it('has a sentence for files that are in the list already', async () => {
    const files = ['a', 'b'].map((name) => makeFile(10, `${name}.mp4`));
    const element = await reject([...files, ...files], { maxFiles: 9 });
    expect(sentences(element)).to.deep.equal(['2 files are already in the list.']);
  });

  it('has a sentence for files that the page rejects', async () => {
    const element = await createElement({ multiple: true });
    element.addEventListener('oss-file-add', (event) => event.preventDefault());
    await element.addFiles(texts(2));
    await element.updateComplete;
    expect(sentences(element)).to.deep.equal(['This site doesn’t accept 2 of the files.']);
  });

  it('has a sentence for files that are more than one', async () => {
    const element = await reject(
      ['a', 'b', 'c'].map((name) => makeFile(10, `${name}.mp4`)),
      { multiple: false },
    );
    expect(sentences(element)).to.deep.equal(['Only one file is allowed. 2 files weren’t added.']);
  });

  it('names up to 20 files and counts the rest', async () => {
    const element = await reject(texts(1_005));
    expect([names(element).length, names(element).at(-1)]).to.deep.equal([
      21,
      '985 more files weren’t added.',
    ]);
  });

  it('names all files if only one more than the limit is rejected', async () => {
    const element = await reject(texts(21));
    expect([names(element).length, names(element).at(-1)]).to.deep.equal([21, '20.txt']);
  });

  it('shows the names on request', async () => {
    const element = await reject(texts(2));
    const before = query(element, '[role=alert] li').checkVisibility();
    query(element, '[role=alert] summary').focus();
    await sendKeys({ press: 'Enter' });
    expect([before, query(element, '[role=alert] li').checkVisibility()]).to.deep.equal([false, true]);
  });

  it('removes bidirectional controls from the names', async () => {
    const element = await reject([text('invoice\u202efdp.exe'), text('photo\u2066gpj.exe')]);
    expect(names(element)).to.deep.equal(['invoicefdp.exe', 'photogpj.exe']);
  });

  it('aligns the names with the text in right-to-left languages', async () => {
    await findLanguage('ar');
    const element = await reject(texts(2), { lang: 'ar', dir: 'rtl' });
    query<HTMLDetailsElement>(element, '[role=alert] details').open = true;
    const range = document.createRange();
    range.selectNodeContents(query(element, '[role=alert] li'));
    const { left, right } = query(element, '[role=alert]').getBoundingClientRect();
    expect(range.getBoundingClientRect().left).to.be.greaterThan((left + right) / 2);
  });

  it('appears once for all files of a drop, after they were checked', async () => {
    const element = await createElement({ multiple: true, accept: '.mp4', objectKey: waitBriefly });
    const alerts = countAlerts(element);
    const added = nextDetail(element, 'oss-file-add');
    drop(element, ...texts(3), makeFile(10, 'a.mp4'), text('last.txt'));
    await added;
    while (!element.shadowRoot?.querySelector('[role=alert]')) await nextFrame();
    await nextFrame();
    expect([alerts.count, sentences(element)]).to.deep.equal([
      1,
      ['4 files aren’t an accepted type. Accepted: MP4.'],
    ]);
  });

  it('appears again for the next drop, even with the same text', async () => {
    const element = await reject(texts(2));
    const first = query(element, '[role=alert]');
    await element.addFiles(texts(2));
    await element.updateComplete;
    expect(query(element, '[role=alert]')).not.to.equal(first);
  });

  it('doesn’t announce the names when they are shown', async () => {
    const element = await reject(texts(2));
    expect(query(element, '[role=alert] ul').ariaLive).to.equal('off');
  });

  it('can be dismissed', async () => {
    const element = await reject(texts(2));
    const button = part(element, 'dismiss-button');
    button.click();
    await element.updateComplete;
    expect([button.ariaLabel, element.shadowRoot?.querySelector('.alerts')]).to.deep.equal(['Dismiss', null]);
  });

  it('can be dismissed by keyboard, which returns the focus to the browse button', async () => {
    const element = await reject(texts(2));
    part(element, 'dismiss-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'browse-button'));
  });

  it('can be dismissed by keyboard at the limit, which moves the focus to another control', async () => {
    const element = await reject(
      ['a', 'b', 'c'].map((name) => makeFile(10, `${name}.mp4`)),
      { maxFiles: 2 },
    );
    part(element, 'dismiss-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(textOf(element.shadowRoot!.activeElement!)).to.equal('Upload all');
  });

  it('disappears when the next files are added', async () => {
    const element = await reject(texts(2));
    await element.addFiles([makeFile(10, 'a.mp4')]);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('[role=alert]')).to.be.null;
  });
});

/** An object key that is known after a task. */
async function waitBriefly({ name }: File): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  return name;
}
