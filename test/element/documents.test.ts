// The element in another document than the one whose script defines it.
import { expect } from '@open-wc/testing';
import { registerLocale } from '../../src/i18n/registry.js';
import {
  createElement,
  film,
  makeFile,
  part,
  PART,
  pick,
  textOf,
  waitForStatus,
  query,
  TestUpload,
} from './support.js';

/** Documents of the same origin into which a page may move an element. */
let frame: HTMLIFrameElement;

function addFrame(): HTMLIFrameElement {
  const added = document.createElement('iframe');
  added.style.width = '600px';
  document.body.append(added);
  return added;
}

beforeEach(() => (frame = addFrame()));
afterEach(() => frame.remove());

const windowOfFrame = (): Window & typeof globalThis => frame.contentWindow as Window & typeof globalThis;
const bodyOfFrame = (): HTMLElement => frame.contentDocument!.body;

/** Starts an upload that stops before the fifth part. */
async function startUpload(set: Partial<TestUpload> = {}) {
  const element = await createElement(set);
  await element.addFiles([film]);
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await waitForStatus(element, 'uploading');
  return { element, held };
}

const paddingOf = (element: TestUpload): string =>
  element.ownerDocument.defaultView!.getComputedStyle(part(element, 'dropzone')).paddingTop;

describe('an element in another document', () => {
  it('keeps its styles when it is moved there, and when it is moved back', async () => {
    const element = await createElement();
    const parent = element.parentElement!;
    const paddings = [paddingOf(element)];
    for (const target of [bodyOfFrame(), parent]) {
      target.append(element);
      await element.updateComplete;
      paddings.push(paddingOf(element));
    }
    expect(paddings).to.deep.equal(['24px', '24px', '24px']);
  });

  it('has styles when it is connected there first', async () => {
    const element = new TestUpload();
    bodyOfFrame().append(element);
    await element.updateComplete;
    expect(paddingOf(element)).to.equal('24px');
  });

  it('has styles after it was in a document without a window', async () => {
    const element = new TestUpload();
    document.implementation.createHTMLDocument().body.append(element);
    await element.updateComplete;
    bodyOfFrame().append(element);
    await element.updateComplete;
    expect(paddingOf(element)).to.equal('24px');
  });

  it('keeps the styles of a subclass', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.dropzone { padding-top: 41px; }');
    class StyledUpload extends TestUpload {
      static override styles = [TestUpload.styles, sheet] as never;
    }
    customElements.define('styled-upload', StyledUpload);
    const element = new StyledUpload();
    document.body.append(element);
    bodyOfFrame().append(element);
    await element.updateComplete;
    expect(paddingOf(element)).to.equal('41px');
  });

  for (const [way, move] of Object.entries<(element: Element) => void>({
    'with append': (element) => bodyOfFrame().append(element),
    'with adoptNode': (element) => bodyOfFrame().append(frame.contentDocument!.adoptNode(element)),
    'into a document that was opened again': (element) => {
      const { contentDocument } = frame;
      contentDocument!.open();
      contentDocument!.close();
      contentDocument!.body.append(element);
    },
  })) {
    it(`continues its uploads when it is moved ${way}`, async () => {
      const { element, held } = await startUpload();
      move(element);
      held.release();
      await waitForStatus(element, 'succeeded');
      expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  }

  it('adds files and shows their states there', async () => {
    const element = await createElement();
    bodyOfFrame().append(element);
    pick(element, makeFile(3 * PART));
    await waitForStatus(element, 'ready');
    part(element, 'upload-button').click();
    await waitForStatus(element, 'succeeded');
    expect([element.matches(':state(succeeded)'), textOf(part(element, 'status'))]).to.deep.equal([
      true,
      'Uploaded 307 kB',
    ]);
  });

  it('opens the file picker of that window', async () => {
    const element = await createElement();
    bodyOfFrame().append(element);
    const opened: string[] = [];
    const stub = (name: string, view: Window) =>
      Object.defineProperty(view, 'showOpenFilePicker', {
        configurable: true,
        value: () => {
          opened.push(name);
          return new Promise(() => {});
        },
      });
    const original = Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker');
    stub('page', window);
    stub('frame', windowOfFrame());
    part(element, 'browse-button').click();
    if (original) Object.defineProperty(window, 'showOpenFilePicker', original);
    else Reflect.deleteProperty(window, 'showOpenFilePicker');
    expect(opened).to.deep.equal(['frame']);
  });

  it('follows its language', async () => {
    const { default: locale } = await import('../../src/i18n/locales/de.js');
    registerLocale('de', locale);
    const element = await createElement();
    bodyOfFrame().append(element);
    frame.contentDocument!.documentElement.lang = 'de';
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(textOf(part(element, 'browse-button'))).to.equal('Datei auswählen');
  });

  it('warns when the user leaves that page, and no longer when the user leaves the other', async () => {
    const { element } = await startUpload({ warnOnLeave: true });
    bodyOfFrame().append(element);
    await element.updateComplete;
    const isWarned = (view: Window) => !view.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect([isWarned(window), isWarned(windowOfFrame())]).to.deep.equal([false, true]);
    element.remove();
    expect(isWarned(windowOfFrame())).to.be.false;
  });

  it('pauses and resumes with that page, and no longer with the other', async () => {
    const { element, held } = await startUpload();
    bodyOfFrame().append(element);
    document.dispatchEvent(new Event('freeze'));
    const afterFirst = element.status;
    frame.contentDocument!.dispatchEvent(new Event('freeze'));
    const afterSecond = element.status;
    held.release();
    frame.contentDocument!.dispatchEvent(new Event('resume'));
    await waitForStatus(element, 'succeeded');
    document.dispatchEvent(new Event('resume'));
    expect([afterFirst, afterSecond]).to.deep.equal(['uploading', 'paused']);
  });

  it('pauses when that page is closed, and resumes in another', async () => {
    const { element } = await startUpload();
    bodyOfFrame().append(element);
    frame.remove();
    await element.updateComplete;
    const { status } = element;
    document.body.append(element);
    await waitForStatus(element, 'succeeded');
    element.remove();
    expect(status).to.equal('paused');
  });

  it('follows the network events of that window', async () => {
    const element = await createElement();
    bodyOfFrame().append(element);
    await element.updateComplete;
    const own = Object.getOwnPropertyDescriptor(navigator, 'onLine');
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    windowOfFrame().dispatchEvent(new Event('offline'));
    await element.updateComplete;
    if (own) Object.defineProperty(navigator, 'onLine', own);
    else Reflect.deleteProperty(navigator, 'onLine');
    expect(element.matches(':state(offline)')).to.be.true;
  });

  it('renders the visible part of a long list', async () => {
    const element = await createElement({ multiple: true });
    frame.style.height = '500px';
    bodyOfFrame().append(element);
    await element.addFiles(Array.from({ length: 120 }, (_, index) => new File([], `${index}.txt`)));
    await element.updateComplete;
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    const rows = () => query(element, '.group:last-child').querySelectorAll('.item').length;
    while (rows() === 0) await new Promise((resolve) => windowOfFrame().requestAnimationFrame(resolve));
    expect(rows()).to.equal(10);
  });
});
