import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  createMixedList,
  hasPart,
  nextDetail,
  part,
  rowOf,
  rows,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Renders the result of the last event. */
async function rendered(element: TestUpload): Promise<void> {
  await nextFrame();
  await nextFrame();
  // Changes of a long list are rendered later.
  element.requestUpdate();
  await element.updateComplete;
}

/** Completes an upload. */
async function succeed(element: TestUpload, release: () => void): Promise<void> {
  const success = nextDetail(element, 'oss-upload-success');
  element.oss.hold('put');
  release();
  await success;
  await rendered(element);
}

async function moveMouseTo(target: Element): Promise<void> {
  const { x, y, width, height } = target.getBoundingClientRect();
  await sendMouse({ type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

async function moveMouseAway(): Promise<void> {
  await sendMouse({ type: 'move', position: [0, 0] });
}

async function expand(element: TestUpload): Promise<void> {
  part(element, 'expand-button').click();
  await element.updateComplete;
}

describe('a list of more than five files', () => {
  beforeEach(async () => {
    document.body.style.paddingBlockStart = '20px';
    await moveMouseAway();
  });
  afterEach(() => {
    document.body.style.paddingBlockStart = '';
  });

  it('shows failed files first, then active ones, and collapses uploaded ones', async () => {
    const { element } = await createMixedList();
    expect(rows(element)).to.deep.equal(['0.txt', '3.txt', '4.txt', '5.txt', '6.txt', '7.txt', '2 uploaded']);
  });

  it('keeps an uploaded file in sight while its removal can be undone', async () => {
    const { element } = await createMixedList();
    await expand(element);
    rowOf(element, '1.txt').querySelector<HTMLElement>('[part~=remove-button]')!.click();
    await rendered(element);
    await expand(element);
    await rendered(element);
    expect([rows(element).includes('1.txt'), rows(element).at(-1)]).to.deep.equal([true, '1 uploaded']);
  });

  it('shows a failed file first, although others were added before it', async () => {
    const { element, release } = await createMixedList();
    element.oss.fail('put', () => new UploadError('access-denied'));
    element.oss.hold('put');
    const failure = nextDetail(element, 'oss-upload-error');
    release[3]();
    await failure;
    await rendered(element);
    expect(rows(element)).to.deep.equal(['0.txt', '5.txt', '4.txt', '6.txt', '7.txt', '3 uploaded']);
  });

  it('shows an active file before paused ones', async () => {
    const { element } = await createMixedList();
    element.oss.hold('put');
    element.uploads[3]!.pause();
    await rendered(element);
    expect(rows(element).slice(0, 4)).to.deep.equal(['0.txt', '4.txt', '5.txt', '3.txt']);
  });

  it('shows the uploaded files when expanded', async () => {
    const { element } = await createMixedList();
    await expand(element);
    expect([rows(element).slice(-3), part(element, 'expand-button').ariaExpanded]).to.deep.equal([
      ['2 uploaded', '1.txt', '2.txt'],
      'true',
    ]);
  });

  it('hides the uploaded files when collapsed again', async () => {
    const { element } = await createMixedList();
    await expand(element);
    await expand(element);
    expect([rows(element).at(-1), part(element, 'expand-button').ariaExpanded]).to.deep.equal([
      '2 uploaded',
      'false',
    ]);
  });

  it('is expanded by keyboard and keeps the focus and the position', async () => {
    const { element } = await createMixedList(20);
    const list = part(element, 'list');
    const button = part(element, 'expand-button');
    button.focus();
    const before = [list.scrollTop, button.getBoundingClientRect().top];
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect([
      rows(element).at(-1),
      element.shadowRoot?.activeElement,
      list.scrollTop,
      button.getBoundingClientRect().top,
    ]).to.deep.equal(['2.txt', button, ...before]);
  });

  it('collapses a file when it is uploaded', async () => {
    const { element, release } = await createMixedList();
    await succeed(element, release[3]);
    expect(rows(element)).to.deep.equal(['0.txt', '4.txt', '5.txt', '6.txt', '7.txt', '3 uploaded']);
  });

  it('moves no row while the pointer is in the list', async () => {
    const { element, release } = await createMixedList();
    const before = rows(element);
    await moveMouseTo(rowOf(element, '4.txt'));
    await succeed(element, release[3]);
    expect(rows(element)).to.deep.equal(before);
  });

  it('moves the rows when the pointer leaves the list', async () => {
    const { element, release } = await createMixedList();
    await moveMouseTo(rowOf(element, '4.txt'));
    await succeed(element, release[3]);
    await moveMouseAway();
    while (rows(element).includes('3.txt')) await nextFrame();
    expect(rows(element)).to.deep.equal(['0.txt', '4.txt', '5.txt', '6.txt', '7.txt', '3 uploaded']);
  });

  it('is expanded although the pointer is in the list', async () => {
    const { element } = await createMixedList();
    part(element, 'list').scrollTop = 1_000;
    await moveMouseTo(part(element, 'expand-button'));
    await expand(element);
    expect(rows(element).slice(-2)).to.deep.equal(['1.txt', '2.txt']);
  });

  it('adds files before the uploaded ones while the pointer is in the list', async () => {
    const { element } = await createMixedList();
    await moveMouseTo(rowOf(element, '4.txt'));
    await element.addFiles([new File(['x'], 'added.txt')]);
    await element.updateComplete;
    expect(rows(element).slice(-2)).to.deep.equal(['added.txt', '2 uploaded']);
  });

  it('stays short while the pointer is in the list', async () => {
    const { element } = await createMixedList(5);
    await moveMouseTo(rowOf(element, '4.txt'));
    await element.addFiles([new File(['x'], 'added.txt')]);
    await element.updateComplete;
    expect(rows(element)).to.deep.equal(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt', 'added.txt']);
  });

  it('moves no row while the keyboard focus is in the list', async () => {
    const { element, release } = await createMixedList();
    const before = rows(element);
    await focusByKeyboard(rowOf(element, '3.txt').querySelector('button')!);
    await succeed(element, release[4]);
    expect(rows(element)).to.deep.equal(before);
  });

  it('keeps the focus in a row whose file is uploaded, and collapses it when the focus leaves', async () => {
    const { element, release } = await createMixedList();
    await focusByKeyboard(rowOf(element, '3.txt'));
    await succeed(element, release[3]);
    const focused = element.shadowRoot?.activeElement;
    const row = rowOf(element, '3.txt');
    part(element, 'browse-button').focus();
    while (rows(element).includes('3.txt')) await nextFrame();
    expect([focused, rows(element).at(-1)]).to.deep.equal([row, '3 uploaded']);
  });

  it('keeps the focus of a clicked row, while the others move', async () => {
    const { element, release } = await createMixedList();
    await focusByMouse(rowOf(element, '4.txt'));
    await succeed(element, release[4]);
    const focused = element.shadowRoot?.activeElement;
    await succeed(element, release[3]);
    expect([focused === rowOf(element, '4.txt'), rows(element)]).to.deep.equal([
      true,
      ['0.txt', '4.txt', '5.txt', '6.txt', '7.txt', '3 uploaded'],
    ]);
  });

  it('keeps the focus of a row that moves', async () => {
    const { element } = await createMixedList();
    await focusByMouse(rowOf(element, '5.txt'));
    element.oss.hold('put');
    element.oss.hold('put');
    element.uploads[3]!.pause();
    element.uploads[4]!.pause();
    await rendered(element);
    expect(element.shadowRoot?.activeElement).to.equal(rowOf(element, '5.txt'));
  });

  it('puts the arrow of the collapsed line at the end, in both directions', async () => {
    const { element } = await createMixedList();
    const side = (): string => {
      const [tick, arrow] = part(element, 'expand-button').querySelectorAll('.icon');
      return tick!.getBoundingClientRect().left < arrow!.getBoundingClientRect().left ? 'right' : 'left';
    };
    const sides = [side()];
    element.dir = 'rtl';
    sides.push(side());
    expect(sides).to.deep.equal(['right', 'left']);
  });
});

describe('a list of five files', () => {
  it('keeps the order in which they were added, and collapses none', async () => {
    const { element } = await createMixedList(5);
    expect(rows(element)).to.deep.equal(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt']);
  });
});

describe('a list of 10,000 files', () => {
  const count = 10_000;
  /** Creates a list of which the first has failed, two are uploaded and two are uploading. */
  const createLong = (): ReturnType<typeof createMixedList> => createMixedList(count);

  it('renders few rows, with the failed file first', async () => {
    const { element } = await createLong();
    await rendered(element);
    expect(rows(element).length).to.be.within(1, 100);
    expect(rows(element).slice(0, 4)).to.deep.equal(['0.txt', '3.txt', '4.txt', '5.txt']);
  });

  it('has the collapsed line at the end', async () => {
    const { element } = await createLong();
    const list = part(element, 'list');
    while (!hasPart(element, 'expand-button')) {
      list.scrollTop = list.scrollHeight;
      await nextFrame();
    }
    expect(textOf(part(element, 'expand-button'))).to.equal('2 uploaded');
  });

  it('shows only the failed file with the filter', async () => {
    const { element } = await createLong();
    part(element, 'filter-button').click();
    await rendered(element);
    expect(rows(element)).to.deep.equal(['0.txt']);
  });

  it('keeps the focus of a row that moves into another group of rows', async () => {
    const { element, release } = await createLong();
    await rendered(element);
    // The first row of the second group moves into the first one when another file is collapsed.
    const name = rows(element)[10]!;
    await focusByMouse(rowOf(element, name));
    await succeed(element, release[3]);
    expect(element.shadowRoot?.activeElement).to.equal(rowOf(element, name));
  });

  it('collapses into one line when all are uploaded', async () => {
    const element = await createElement({ multiple: true, concurrentFiles: 20 });
    await element.addFiles(Array.from({ length: 60 }, (_, index) => new File(['x'], `${index}.txt`)));
    element.start();
    await waitForStatus(element, 'succeeded');
    await rendered(element);
    expect(rows(element)).to.deep.equal(['60 uploaded']);
  });
});

/** Focuses an element as the Tab key does. */
async function focusByKeyboard(target: HTMLElement): Promise<void> {
  await sendKeys({ press: 'Tab' });
  target.focus();
  if (!target.matches(':focus-visible')) throw new Error('The keyboard focus is not visible.');
}

/** Focuses an element as a click does, with the pointer outside the list. */
async function focusByMouse(target: HTMLElement): Promise<void> {
  await sendMouse({ type: 'click', position: [0, 0] });
  target.focus({ focusVisible: false });
  if (target.matches(':focus-visible')) throw new Error('The keyboard focus is visible.');
}
