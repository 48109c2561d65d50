// Changes that frameworks and page translators make to the element.
import { expect, fixture, html } from '@open-wc/testing';
import type { UploadStatus } from '../../src/core/index.js';
import {
  announcement,
  drag,
  createElement,
  makeFile,
  part,
  PART,
  pickOne,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';
import { states, visit } from './states.js';

describe('the status attribute', () => {
  const changes: Record<string, (element: TestUpload) => void> = {
    removed: (element) => element.removeAttribute('status'),
    replaced: (element) => element.setAttribute('status', 'succeeded'),
    'removed and replaced': (element) => {
      element.removeAttribute('status');
      element.setAttribute('status', 'idle');
    },
  };
  for (const [change, run] of Object.entries(changes)) {
    it(`is restored when it is ${change}`, async () => {
      const element = await createElement();
      await pickOne(element, makeFile(PART));
      run(element);
      await element.updateComplete;
      expect([element.getAttribute('status'), element.status]).to.deep.equal(['ready', 'ready']);
    });
  }

  it('of a copied element is replaced by its own', async () => {
    const element = await fixture<TestUpload>(html`<test-upload status="succeeded"></test-upload>`);
    expect(element.getAttribute('status')).to.equal('idle');
  });

  it('is followed by later states after it was removed', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(PART));
    element.removeAttribute('status');
    element.start();
    await waitForStatus(element, 'succeeded');
    expect(element.status).to.equal('succeeded');
  });
});

/** Replaces text nodes as page translators do. */
function translate(root: Node, ignoresTranslateAttribute: boolean): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes) {
    const parent = node.parentElement;
    if (!parent || !node.data.trim()) continue;
    if (!ignoresTranslateAttribute && parent.closest('[translate=no]')) continue;
    const wrapper = document.createElement('span');
    wrapper.append(document.createElement('span'));
    wrapper.firstElementChild!.textContent = `[${node.data.trim()}]`;
    node.replaceWith(wrapper);
  }
}

/** Returns the texts in the shadow tree, in order. */
function textsOf(element: TestUpload): string[] {
  const walker = document.createTreeWalker(element.shadowRoot!, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode.textContent!.trim());
  return texts.filter(Boolean);
}

describe('a page translator', () => {
  it('leaves texts alone that change during an upload, and file names', async () => {
    const element = await visit('uploading');
    await states.uploading!(element);
    translate(element.shadowRoot!, false);
    expect([
      textOf(part(element, 'file-name')),
      textOf(part(element, 'progress-text')),
      textOf(part(element, 'file-size')),
      announcement(element),
      textOf(part(element, 'pause-button')),
    ]).to.deep.equal(['film.mp4', '30%', '0.3 of 1.0 MB', '25% uploaded.', '[Pause]']);
  });

  it('leaves the total progress alone', async () => {
    const element = await visit('several files are uploading');
    await states['several files are uploading']!(element);
    translate(element.shadowRoot!, false);
    expect(textOf(part(element, 'summary'))).not.to.match(/\[\d/);
  });

  const turns: [from: string, change: (element: TestUpload) => unknown, to?: UploadStatus][] = [
    ['idle', (element) => pickOne(element, makeFile(PART))],
    ['ready', (element) => element.start(), 'succeeded'],
    ['uploading', (element) => element.pause(), 'paused'],
    ['uploading', (element) => void (element.strings = { pause: 'Halt' })],
    ['paused', (element) => element.resume(), 'succeeded'],
    ['paused', (element) => element.cancel(), 'cancelled'],
    ['failed', (element) => element.retry(), 'succeeded'],
    ['failed', (element) => void (element.strings = { details: 'More', retry: 'Again' })],
    ['several files are ready', (element) => element.start(), 'succeeded'],
    ['several files are uploaded', (element) => element.clear()],
    ['rejecting a file', (element) => element.addFiles([new File([], 'other.txt')])],
    ['accepting a dragged file', (element) => void drag(element, 'dragleave', [])],
  ];
  for (const [index, [from, change, to]] of turns.entries()) {
    it(`does not keep texts from changing (${index + 1}: ${from})`, async () => {
      // The same changes without a translator.
      const [expected, element] = [await visit(from), await visit(from)];
      for (const one of [expected, element]) await states[from]!(one);
      translate(element.shadowRoot!, true);
      for (const one of [expected, element]) {
        await change(one);
        if (to) await waitForStatus(one, to);
        await one.updateComplete;
      }
      const shown = textsOf(element).map((text) => text.replace(/^\[|\]$/g, ''));
      expect(shown).to.deep.equal(textsOf(expected));
    });
  }
});
