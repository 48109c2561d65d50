// Drags and the clipboard in pages with handlers, text fields and pictures of their own.
import { expect } from '@open-wc/testing';
import {
  createElement,
  film,
  hasPart,
  nextDetail,
  part,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';

const image = new File(['x'], 'picture.png', { type: 'image/png' });

const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

interface Content {
  files?: readonly File[];
  /** Text by MIME type. */
  texts?: Readonly<Record<string, string>>;
}

function dataOf({ files = [], texts = {} }: Content): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  for (const [type, text] of Object.entries(texts)) data.setData(type, text);
  return data;
}

/** Pretends that the data contains files, as some apps do. */
function claimFiles(data: DataTransfer): DataTransfer {
  return Object.defineProperty(data, 'types', { value: ['Files'] });
}

function dragOver(target: Element, type: string, dataTransfer = dataOf({ files: [film] })): DragEvent {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer });
  target.dispatchEvent(event);
  return event;
}

function paste(target: Element, content: Content): ClipboardEvent {
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
  // Firefox ignores it in the constructor.
  Object.defineProperty(event, 'clipboardData', { value: dataOf(content) });
  target.dispatchEvent(event);
  return event;
}

/** Removes the listeners of the page after each test. */
let page: AbortController;
beforeEach(() => (page = new AbortController()));
afterEach(() => page.abort());

function onPage(types: string, listener: (event: Event) => void, options?: AddEventListenerOptions): void {
  for (const type of types.split(' ')) {
    window.addEventListener(type, listener, { ...options, signal: page.signal });
  }
}

const isDragging = async (element: TestUpload): Promise<boolean> => {
  await element.updateComplete;
  return element.matches(':state(dragging)');
};

const DRAG = 'dragenter dragover dragleave drop';

describe('a drop in a page with a drag guard', () => {
  for (const capture of [true, false]) {
    it(`is accepted if the guard prevents ${capture ? 'captured' : 'bubbling'} events`, async () => {
      onPage(DRAG, (event) => event.preventDefault(), { capture });
      const element = await createElement();
      dragOver(element, 'dragenter');
      const dragging = await isDragging(element);
      dragOver(element, 'drop');
      await waitForStatus(element, 'ready');
      expect([dragging, await isDragging(element), names(element)]).to.deep.equal([
        true,
        false,
        ['film.mp4'],
      ]);
    });
  }

  it('is offered as a copy although the guard refuses drops', async () => {
    onPage('dragover', (event) => {
      event.preventDefault();
      (event as DragEvent).dataTransfer!.dropEffect = 'none';
    });
    const element = await createElement();
    // Chromium changes the effect of real drags only.
    const data = Object.defineProperty(dataOf({ files: [film] }), 'dropEffect', {
      value: '',
      writable: true,
    });
    expect(dragOver(element, 'dragover', data).dataTransfer!.dropEffect).to.equal('copy');
  });

  it('is left to slotted content that handles it', async () => {
    const element = await createElement();
    const target = document.createElement('div');
    target.addEventListener('drop', (event) => event.preventDefault());
    element.append(target);
    dragOver(target, 'drop');
    dragOver(element, 'drop', dataOf({ files: [image] }));
    await waitForStatus(element, 'ready');
    expect(names(element)).to.deep.equal(['picture.png']);
  });
});

describe('the highlight during a drag', () => {
  const ends: Record<string, (element: TestUpload) => void> = {
    'the page stops the drop': (element) => {
      onPage('drop', (event) => event.stopPropagation(), { capture: true });
      dragOver(element, 'drop');
    },
    'the page stops the leave event': (element) => {
      onPage('dragleave', (event) => event.stopPropagation(), { capture: true });
      dragOver(element, 'dragleave');
    },
    'the page prevents the leave event': (element) => {
      onPage('dragleave', (event) => event.preventDefault(), { capture: true });
      dragOver(element, 'dragleave');
    },
    'the drag continues elsewhere': () => dragOver(document.body, 'dragover'),
    'the drop is elsewhere': () => dragOver(document.body, 'drop'),
    'the dragged element reports the end': () => dragOver(document.body, 'dragend'),
    'the user presses Escape': () =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    'the pointer moves without a drag': () =>
      document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true })),
    'the element starts to ignore drops': (element) => {
      element.noDrop = true;
      dragOver(element, 'dragover');
    },
    'the element is disabled': (element) => {
      element.disabled = true;
      dragOver(element, 'dragover');
    },
    'slotted content takes over': (element) => {
      const target = document.createElement('div');
      target.addEventListener('dragover', (event) => event.preventDefault());
      element.append(target);
      dragOver(target, 'dragover');
    },
    'the element is removed': (element) => element.remove(),
  };
  for (const [condition, end] of Object.entries(ends)) {
    it(`ends when ${condition}`, async () => {
      const element = await createElement();
      dragOver(element, 'dragover');
      const before = await isDragging(element);
      end(element);
      expect([before, await isDragging(element)]).to.deep.equal([true, false]);
    });
  }

  it('stays while the pointer moves within the element', async () => {
    const element = await createElement();
    const inside = document.createElement('div');
    element.append(inside);
    dragOver(element, 'dragenter');
    inside.dispatchEvent(
      new DragEvent('dragleave', { bubbles: true, composed: true, relatedTarget: element }),
    );
    expect(await isDragging(element)).to.be.true;
  });
});

describe('a drag of something that is not a file', () => {
  const picture = {
    files: [image],
    texts: { 'text/html': '<img>', 'text/uri-list': 'https://example.com/' },
  };

  it('is refused if it is a picture of a page', async () => {
    const element = await createElement();
    const { defaultPrevented, dataTransfer } = dragOver(element, 'dragover', dataOf(picture));
    expect([defaultPrevented, dataTransfer!.dropEffect, await isDragging(element)]).to.deep.equal([
      true,
      'none',
      false,
    ]);
  });

  it('is not a file that comes with its own address, as from a list of downloads', async () => {
    const element = await createElement();
    dragOver(element, 'drop', dataOf({ files: [film], texts: { 'text/uri-list': 'file:///film.mp4' } }));
    await waitForStatus(element, 'ready');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  const dropped: Record<string, () => DataTransfer> = {
    'is a picture of a page': () => dataOf(picture),
    'contains no readable file': () => claimFiles(dataOf({ texts: { 'text/plain': 'Mail' } })),
    'is empty': () => claimFiles(dataOf({})),
  };
  for (const [condition, makeData] of Object.entries(dropped)) {
    it(`is explained when it is dropped and ${condition}`, async () => {
      const element = await createElement();
      const { defaultPrevented } = dragOver(element, 'drop', makeData());
      await element.updateComplete;
      expect([defaultPrevented, element.uploads.length, textOf(part(element, 'error'))]).to.deep.equal([
        true,
        0,
        'What you dropped contains no files. If it comes from an app or a page, save it to your device first.',
      ]);
    });
  }

  it('is left to the page if it is only text', async () => {
    const element = await createElement();
    const { defaultPrevented } = dragOver(element, 'drop', dataOf({ texts: { 'text/plain': 'x' } }));
    await element.updateComplete;
    expect([defaultPrevented, hasPart(element, 'error')]).to.deep.equal([false, false]);
  });

  it('is not explained while the element is disabled', async () => {
    const element = await createElement({ disabled: true });
    dragOver(element, 'drop', claimFiles(dataOf({})));
    await element.updateComplete;
    expect(hasPart(element, 'error')).to.be.false;
  });
});

describe('a paste into a text field in the element', () => {
  async function createField(tag: 'textarea' | 'div'): Promise<{ element: TestUpload; field: HTMLElement }> {
    const element = await createElement();
    const field = document.createElement(tag);
    if (tag === 'div') field.contentEditable = 'true';
    element.append(field);
    field.focus();
    return { element, field };
  }

  const left: [description: string, tag: 'textarea' | 'div', content: Content][] = [
    ['text', 'textarea', { texts: { 'text/plain': 'x' } }],
    [
      'text with a picture of it',
      'textarea',
      { files: [image], texts: { 'text/plain': 'x', 'text/html': '<b>x</b>' } },
    ],
    [
      'text with a picture of it',
      'div',
      { files: [image], texts: { 'text/plain': 'x', 'text/html': '<b>x</b>' } },
    ],
    ['HTML with its picture', 'div', { files: [image], texts: { 'text/html': '<img>' } }],
  ];
  for (const [description, tag, content] of left) {
    it(`leaves ${description} to the ${tag}`, async () => {
      const { element, field } = await createField(tag);
      const { defaultPrevented } = paste(field, content);
      // Would be in the list first.
      await element.addFiles([film]);
      expect([defaultPrevented, names(element)]).to.deep.equal([false, ['film.mp4']]);
    });
  }

  for (const tag of ['textarea', 'div'] as const) {
    it(`adds a file that the ${tag} can’t show`, async () => {
      const { element, field } = await createField(tag);
      const { defaultPrevented } = paste(field, { files: [image] });
      await waitForStatus(element, 'ready');
      expect([defaultPrevented, names(element)]).to.deep.equal([true, ['picture.png']]);
    });
  }

  it('adds a picture that was copied from a page, which a textarea can’t show', async () => {
    const { element, field } = await createField('textarea');
    paste(field, { files: [image], texts: { 'text/html': '<img>' } });
    await waitForStatus(element, 'ready');
    expect(names(element)).to.deep.equal(['picture.png']);
  });

  it('adds a file to a field that is read-only', async () => {
    const { element, field } = await createField('textarea');
    (field as HTMLTextAreaElement).readOnly = true;
    paste(field, { files: [image], texts: { 'text/plain': 'x' } });
    await waitForStatus(element, 'ready');
    expect(names(element)).to.deep.equal(['picture.png']);
  });
});

describe('a paste elsewhere in the page', () => {
  beforeEach(() => (document.activeElement as HTMLElement).blur());

  it('is added by the only element', async () => {
    const element = await createElement();
    const added = nextDetail(element, 'oss-file-add');
    const { defaultPrevented } = paste(document.body, { files: [image] });
    expect([defaultPrevented, (await added).file.name]).to.deep.equal([true, 'picture.png']);
  });

  const others: Record<string, (other: TestUpload) => void> = {
    'is hidden': (other) => (other.hidden = true),
    'is invisible': (other) => (other.style.visibility = 'hidden'),
    'is inert': (other) => (other.inert = true),
    'is disabled': (other) => (other.disabled = true),
    'ignores drops': (other) => (other.noDrop = true),
    'accepts other types': (other) => (other.accept = 'video/*'),
    'accepts smaller files': (other) => (other.maxSize = 1),
    'has no room': (other) => Object.assign(other, { multiple: true, maxFiles: 1 }),
    'is removed': (other) => other.remove(),
    'is in another document': (other) => {
      const frame = document.createElement('iframe');
      other.before(frame);
      frame.contentDocument!.body.append(other);
    },
  };
  for (const [condition, change] of Object.entries(others)) {
    it(`is added by the only element that can, if another one ${condition}`, async () => {
      const other = await createElement();
      const element = await createElement();
      change(other);
      if (condition === 'has no room') await other.addFiles([film]);
      await other.updateComplete;
      paste(document.body, { files: [new File(['xx'], 'picture.png', { type: 'image/png' })] });
      await waitForStatus(element, 'ready');
      expect([names(element), other.uploads.length]).to.deep.equal([
        ['picture.png'],
        condition === 'has no room' ? 1 : 0,
      ]);
    });
  }

  it('is added by the element that is focused, although there are several', async () => {
    const other = await createElement();
    const element = await createElement();
    element.focus();
    paste(document.body, { files: [image] });
    await waitForStatus(element, 'ready');
    expect([names(element), names(other)]).to.deep.equal([['picture.png'], []]);
  });

  const ignored: Record<string, () => Promise<{ target: Element; content: Content }>> = {
    'several elements could add it': async () => {
      await createElement();
      return { target: document.body, content: { files: [image] } };
    },
    'another control is focused': () => {
      const button = document.createElement('button');
      document.body.append(button);
      page.signal.addEventListener('abort', () => button.remove());
      button.focus();
      return Promise.resolve({ target: document.body, content: { files: [image] } });
    },
    'it goes into a text field': () => {
      const field = document.createElement('textarea');
      document.body.append(field);
      page.signal.addEventListener('abort', () => field.remove());
      return Promise.resolve({ target: field, content: { files: [image] } });
    },
    'it is text with a picture of it': () =>
      Promise.resolve({
        target: document.body,
        content: { files: [image], texts: { 'text/plain': 'x', 'text/html': '<b>x</b>' } },
      }),
    'it is text': () => Promise.resolve({ target: document.body, content: { texts: { 'text/plain': 'x' } } }),
  };
  for (const [condition, prepare] of Object.entries(ignored)) {
    it(`is ignored if ${condition}`, async () => {
      const element = await createElement();
      const { target, content } = await prepare();
      const { defaultPrevented } = paste(target, content);
      await element.addFiles([film]);
      expect([defaultPrevented, names(element)]).to.deep.equal([false, ['film.mp4']]);
    });
  }

  it('is ignored if the page has handled it', async () => {
    const element = await createElement();
    document.addEventListener('paste', (event) => event.preventDefault(), { signal: page.signal });
    paste(document.body, { files: [image] });
    await element.addFiles([film]);
    expect(names(element)).to.deep.equal(['film.mp4']);
  });
});
