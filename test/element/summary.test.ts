import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { UploadError, type UploadCounts } from '../../src/core/index.js';
import { SummaryCounter } from '../../src/core/upload-summary.js';
import { bulkActions } from '../../src/presentation/actions.js';
import {
  announcement,
  createElement,
  createMixedList,
  hasPart,
  makeFile,
  nextDetail,
  part,
  PART,
  rowOf,
  rows,
  textOf,
  waitForStatus,
  type TestUpload,
  passUndoTime,
} from './support.js';

/** Returns the actions for a list with these numbers of files. */
function actionsFor(counts: Partial<UploadCounts>): string[] {
  const { active = 0, waiting: _, completing: __, ...exclusive } = counts;
  const count = Object.values(exclusive).reduce((sum, one) => sum + one, active);
  return bulkActions({ ...new SummaryCounter().counts, ...counts, count });
}

describe('the buttons for all files', () => {
  const cases: [situation: string, counts: Partial<UploadCounts>, actions: string[]][] = [
    ['all are ready', { ready: 6 }, ['upload', 'cancel']],
    ['all are uploading or queued', { active: 2, queued: 4 }, ['pause', 'cancel']],
    ['some are ready while others are uploading', { active: 2, ready: 4 }, ['upload', 'cancel']],
    ['some are paused while others are uploading', { active: 2, paused: 1 }, ['pause', 'cancel']],
    ['some have failed while others are uploading', { active: 2, failed: 1 }, ['pause', 'cancel']],
    ['all are paused', { paused: 6 }, ['resume', 'cancel']],
    ['some are paused and others are ready', { paused: 2, ready: 4 }, ['resume', 'cancel']],
    ['some are paused and others have failed', { paused: 2, failed: 4 }, ['resume', 'cancel']],
    ['some are ready and others have failed', { ready: 2, failed: 4 }, ['upload', 'cancel']],
    [
      'some are ready, paused, failed and uploading',
      { ready: 1, paused: 1, failed: 1, active: 1 },
      ['upload', 'cancel'],
    ],
    ['some have failed and the others are uploaded', { failed: 2, succeeded: 4 }, ['retry', 'cancel']],
    ['some wait for the network', { active: 2, waiting: 2, waitingForNetwork: 0 }, ['pause', 'cancel']],
    ['the last one is being completed', { active: 1, completing: 1, succeeded: 5 }, ['cancel']],
    [
      'one is being completed and others have failed',
      { active: 1, completing: 1, failed: 5 },
      ['retry', 'cancel'],
    ],
    [
      'one is being completed and others are paused',
      { active: 1, completing: 1, paused: 5 },
      ['resume', 'cancel'],
    ],
    ['all are uploaded', { succeeded: 6 }, ['clear']],
  ];
  for (const [situation, counts, actions] of cases) {
    it(`are ${actions.join(' and ')} when ${situation}`, () => {
      expect(actionsFor(counts)).to.deep.equal(actions);
    });
  }

  it('retry what has failed while only failed files are shown', () => {
    expect(
      bulkActions({ ...new SummaryCounter().counts, count: 3, failed: 1, active: 2 }, true),
    ).to.deep.equal(['retry']);
  });

  it('bring a mixed list to its end step by step', async () => {
    const { element, release } = await createMixedList();
    await element.addFiles([new File(['x'], 'added.txt')]);
    await element.updateComplete;
    const steps = [bulkButtons(element)];
    part(element, 'summary').querySelector<HTMLElement>('[part~=upload-button]')!.click();
    await element.updateComplete;
    steps.push(bulkButtons(element));
    release[3]();
    release[4]();
    await waitForStatus(element, 'failed');
    await element.updateComplete;
    steps.push(bulkButtons(element));
    part(element, 'summary').querySelector<HTMLElement>('[part~=retry-button]')!.click();
    await waitForStatus(element, 'succeeded');
    await element.updateComplete;
    steps.push(bulkButtons(element));
    expect(steps).to.deep.equal([
      ['Upload all', 'Cancel all'],
      ['Pause all', 'Cancel all'],
      ['Retry all', 'Cancel all'],
      ['Clear completed'],
    ]);
  });

  it('have names although they show icons', async () => {
    const { element } = await createMixedList();
    const icons = [...part(element, 'summary').querySelectorAll<HTMLElement>('.icon-button')];
    const names = icons.map((button) =>
      textOf(element.shadowRoot!.getElementById(button.getAttribute('aria-labelledby')!)!),
    );
    expect([names, icons.map(({ title }) => title)]).to.deep.equal([
      ['Pause all', 'Cancel all'],
      ['Pause all', 'Cancel all'],
    ]);
  });
});

describe('the summary', () => {
  it('shows the count, the total and the number of failed files', async () => {
    const { element } = await createMixedList();
    expect(textOf(part(element, 'summary'))).to.match(/^2 of 8 uploaded 1 failed 25% 2 of 8 bytes/);
  });

  it('stays visible while the page scrolls', async () => {
    const { element } = await createMixedList();
    element.parentElement!.style.paddingBlock = '100vh';
    const { top } = part(element, 'summary').getBoundingClientRect();
    scrollBy(0, top + 100);
    const visibleTop = part(element, 'summary').getBoundingClientRect().top;
    scrollTo(0, 0);
    expect(visibleTop).to.equal(0);
  });

  it('stays visible while the list scrolls', async () => {
    const { element } = await createMixedList(40);
    const { top } = part(element, 'summary').getBoundingClientRect();
    part(element, 'list').scrollTop = 500;
    expect(part(element, 'summary').getBoundingClientRect().top).to.equal(top);
  });

  it('keeps its height from the start to the end', async () => {
    const element = await createElement({ multiple: true, concurrentFiles: 1 });
    await element.addFiles([makeFile(2 * PART, 'a.mp4'), makeFile(2 * PART, 'b.mp4')]);
    await element.updateComplete;
    const height = (): number => Math.round(part(element, 'summary').getBoundingClientRect().height);
    const heights = new Set([height()]);
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    const held = element.oss.hold('uploadPart', 2);
    element.start();
    await held.reached;
    await element.updateComplete;
    heights.add(height());
    held.release();
    await waitForStatus(element, 'failed');
    await element.updateComplete;
    heights.add(height());
    element.retry();
    await waitForStatus(element, 'succeeded');
    await element.updateComplete;
    heights.add(height());
    expect([...heights]).to.have.length(1);
  });
});

describe('the filter for failed files', () => {
  async function createFiltered(): ReturnType<typeof createMixedList> {
    const list = await createMixedList();
    part(list.element, 'filter-button').click();
    await list.element.updateComplete;
    return list;
  }

  it('is absent while no file has failed', async () => {
    const element = await createElement({ multiple: true });
    await element.addFiles([makeFile(PART, 'a.mp4'), makeFile(PART, 'b.mp4')]);
    await element.updateComplete;
    expect(hasPart(element, 'filter-button')).to.be.false;
  });

  it('shows only failed files when pressed, and announces it', async () => {
    const { element } = await createFiltered();
    expect([rows(element), part(element, 'filter-button').ariaPressed, announcement(element)]).to.deep.equal([
      ['0.txt'],
      'true',
      'Showing failed files only.',
    ]);
  });

  it('shows all files when pressed again, and announces it', async () => {
    const { element } = await createFiltered();
    part(element, 'filter-button').click();
    await element.updateComplete;
    expect([
      rows(element).length,
      part(element, 'filter-button').ariaPressed,
      announcement(element),
    ]).to.deep.equal([7, 'false', 'Showing all files.']);
  });

  it('works by keyboard and keeps the focus', async () => {
    const { element } = await createMixedList();
    part(element, 'filter-button').focus();
    await sendKeys({ press: ' ' });
    await element.updateComplete;
    expect([rows(element), element.shadowRoot?.activeElement]).to.deep.equal([
      ['0.txt'],
      part(element, 'filter-button'),
    ]);
  });

  it('works in a short list', async () => {
    const element = await createElement({ multiple: true });
    element.oss.fail('put', () => new UploadError('access-denied'));
    await element.addFiles([new File(['x'], 'a.txt'), new File(['x'], 'b.txt')]);
    element.start();
    await waitForStatus(element, 'failed');
    part(element, 'filter-button').click();
    await element.updateComplete;
    expect(rows(element)).to.deep.equal(['a.txt']);
  });

  it('ends when no file is failed any more, and announces it', async () => {
    const { element, release } = await createFiltered();
    part(element, 'summary').querySelector<HTMLElement>('[part~=retry-button]')!.click();
    await element.updateComplete;
    const shown = rows(element).length;
    const said = announcement(element);
    release[3]();
    expect([shown, hasPart(element, 'filter-button'), said]).to.deep.equal([7, false, 'Showing all files.']);
  });

  it('ends when the last failed file is removed', async () => {
    const { element } = await createFiltered();
    rowOf(element, '0.txt').querySelector<HTMLElement>('[part~=remove-button]')!.click();
    await passUndoTime(element);
    expect([rows(element).length, hasPart(element, 'filter-button')]).to.deep.equal([6, false]);
  });

  it('ends when files are added, so that they are visible', async () => {
    const { element } = await createFiltered();
    await element.addFiles([new File(['x'], 'added.txt')]);
    await element.updateComplete;
    expect([rows(element).includes('added.txt'), announcement(element)]).to.deep.equal([
      true,
      'added.txt is ready to upload. Showing all files.',
    ]);
  });

  it('ends when one file is left, which has no summary', async () => {
    const { element } = await createFiltered();
    const others = element.uploads.slice(1).map((upload) => upload.cancel());
    await Promise.all(others);
    element.clear();
    await element.addFiles([]);
    await element.updateComplete;
    expect([rows(element), hasPart(element, 'summary')]).to.deep.equal([['0.txt'], false]);
  });

  it('keeps a row that is retried while the pointer is in the list', async () => {
    const { element, release } = await createFiltered();
    element.oss.fail('put', () => new UploadError('access-denied'));
    const failure = nextDetail(element, 'oss-upload-error');
    element.oss.hold('put');
    release[3]();
    await failure;
    await element.updateComplete;
    const retry = rowOf(element, '0.txt').querySelector('[part~=retry-button]')!;
    const { x, y } = retry.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(x + 5), Math.round(y + 5)] });
    await element.updateComplete;
    const shown = rows(element);
    await sendMouse({ type: 'move', position: [0, 0] });
    expect([shown, element.uploads[0]?.state.status]).to.deep.equal([['0.txt', '5.txt'], 'failed']);
  });
});

/** Returns the labels of the buttons for all files. */
function bulkButtons(element: TestUpload): string[] {
  return [...part(element, 'summary').querySelectorAll('.buttons button')].map(textOf);
}
