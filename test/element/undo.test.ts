// Undo after the buttons Cancel and Remove. The methods of the element and of an upload cancel immediately.
import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { UploadError } from '../../src/core/index.js';
import {
  announcement,
  buttons,
  createElement,
  film,
  hasPart,
  leaveUnfinished,
  makeFile,
  part,
  PART,
  passUndoTime,
  pick,
  pickOne,
  query,
  revisit,
  TestSetup,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';

let setup: TestSetup;
beforeEach(() => (setup = new TestSetup()));

/** Starts an upload and holds the fifth of ten parts. */
async function startUpload(props: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement(props, setup);
  await pickOne(element, film);
  const held = setup.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await waitForStatus(element, 'uploading');
  return element;
}

/** Presses a button of the first row. */
async function press(element: TestUpload, name: string): Promise<void> {
  query(element, `[part=item] [part~=${name}-button]`).click();
  await element.updateComplete;
}

const row = (element: TestUpload): string[] => [
  textOf(part(element, 'file-name').querySelector('.unseen')!),
  textOf(part(element, 'status')),
  ...buttons(element),
];
const rows = (element: TestUpload): string[] =>
  [...element.shadowRoot!.querySelectorAll('[part=item] .unseen, [part=item] .name[translate=no]')].map(
    textOf,
  );

const several = ['a', 'b', 'c'].map((name) => makeFile(3 * PART, name));

/** Adds three files, of which the first one is being sent. */
async function startSeveral(): Promise<TestUpload> {
  const element = await createElement({ multiple: true, concurrentFiles: 1 }, setup);
  await element.addFiles(several);
  const held = setup.oss.hold('uploadPart', 2);
  element.start();
  await held.reached;
  await waitForStatus(element, 'uploading');
  return element;
}

async function cancelAll(element: TestUpload): Promise<void> {
  query(element, '[part=summary] [part~=cancel-button]').click();
  await element.updateComplete;
}

describe('Cancel', () => {
  it('offers Undo in the row, and the drop zone for another file', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    expect([...row(element), hasPart(element, 'dropzone')]).to.deep.equal([
      'film.mp4',
      'Upload cancelled',
      'Undo',
      true,
    ]);
  });

  it('stops sending at once', async () => {
    const element = await startUpload();
    const { signal } = setup.oss.calls.at(-1)!;
    await press(element, 'cancel');
    expect([signal.aborted, element.status]).to.deep.equal([true, 'cancelled']);
  });

  it('dispatches oss-upload-cancel at once', async () => {
    const element = await startUpload();
    const cancelled = oneEvent(element, 'oss-upload-cancel');
    await press(element, 'cancel');
    await cancelled;
  });

  it('keeps the parts until the time is over', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    await passUndoTime(element, 7);
    const before = [setup.oss.count('abortUpload'), hasPart(element, 'undo-button')];
    const aborted = setup.oss.next('abortUpload');
    await passUndoTime(element, 1);
    await aborted;
    expect([before, hasPart(element, 'undo-button'), await setup.store.list()]).to.deep.equal([
      [0, true],
      false,
      [],
    ]);
  });

  it('is announced with Undo', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    expect(announcement(element)).to.equal(
      'Upload of film.mp4 cancelled. You can undo this for a few seconds.',
    );
  });

  it('asks nothing about a paused upload, and Undo leaves it paused', async () => {
    const element = await startUpload();
    await press(element, 'pause');
    await press(element, 'cancel');
    await press(element, 'undo');
    expect([element.status, announcement(element)]).to.deep.equal(['paused', 'Paused at 40%']);
  });

  it('cancels for good without Undo if the browser saves no progress', async () => {
    const element = await startUpload({ noResume: true });
    const aborted = setup.oss.next('abortUpload');
    await press(element, 'cancel');
    await aborted;
    expect(hasPart(element, 'undo-button')).to.be.false;
  });

  it('cancels for good without Undo if storage has failed', async () => {
    const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    setup.store = { list: full, find: full, save: full, addPart: full, remove: full };
    const element = await startUpload();
    const aborted = setup.oss.next('abortUpload');
    await press(element, 'cancel');
    await aborted;
    expect(hasPart(element, 'undo-button')).to.be.false;
  });
});

describe('Cancel of a file that OSS may have stored', () => {
  it('doesn’t replace the stored file later, after the form has its value again', async () => {
    const element = await createElement({ stored: [{ key: 'old.txt' }] }, setup);
    const removed: string[] = [];
    element.addEventListener('oss-file-remove', ({ detail }) => removed.push(detail.key));
    await pickOne(element, makeFile(10, 'new.txt'));
    const pressed = new Promise<void>((resolve) => {
      setup.oss.intercept('put', () => () => void press(element, 'cancel').then(resolve));
    });
    element.start();
    await pressed;
    const [upload] = element.uploads;
    while (upload!.state.status === 'completing') await oneEvent(element, 'oss-state-change');
    const values = [element.value];
    const before = [...removed];
    await passUndoTime(element);
    values.push(element.value);
    expect([values, before, removed]).to.deep.equal([['new.txt', 'new.txt'], ['old.txt'], ['old.txt']]);
  });
});

describe('Undo', () => {
  it('continues a cancelled upload without sending a stored part again', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    await press(element, 'undo');
    await waitForStatus(element, 'succeeded');
    expect([
      setup.oss.sentParts,
      setup.oss.count('createUpload'),
      setup.oss.count('abortUpload'),
    ]).to.deep.equal([[1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10], 1, 0]);
  });

  it('shows the progress at once', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    setup.oss.hold('uploadPart', 5);
    await press(element, 'undo');
    await waitForStatus(element, 'uploading');
    expect(textOf(part(element, 'progress-text'))).to.equal('40%');
  });

  it('works again after another Cancel', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    const held = setup.oss.hold('uploadPart', 7);
    await press(element, 'undo');
    await held.reached;
    await press(element, 'cancel');
    await passUndoTime(element, 7);
    await press(element, 'undo');
    await waitForStatus(element, 'succeeded');
    expect(setup.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10]);
  });

  it('ends the time', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    setup.oss.hold('uploadPart', 5);
    await press(element, 'undo');
    await waitForStatus(element, 'uploading');
    await passUndoTime(element);
    expect([element.status, setup.oss.count('abortUpload')]).to.deep.equal(['uploading', 0]);
  });

  it('brings back a queued upload into the queue', async () => {
    const element = await startSeveral();
    const [first, second] = element.uploads;
    const items = element.shadowRoot!.querySelectorAll('[part=item]');
    items[1]!.querySelector<HTMLElement>('[part~=remove-button]')!.click();
    await element.updateComplete;
    const during = element.uploads.length;
    await press(element, 'undo');
    expect([during, element.uploads.indexOf(second!), second!.state]).to.deep.include.members([2, 1]);
    expect([first!.state.status, 'queued' in second!.state && second!.state.queued]).to.deep.equal([
      'uploading',
      true,
    ]);
  });

  for (const [status, prepare] of [
    ['ready', () => Promise.resolve()],
    [
      'succeeded',
      async (element: TestUpload) => {
        element.start();
        await waitForStatus(element, 'succeeded');
      },
    ],
    [
      'failed',
      async (element: TestUpload) => {
        setup.oss.fail('uploadPart', () => new UploadError('access-denied'), { number: 5 });
        element.start();
        await waitForStatus(element, 'failed');
      },
    ],
  ] as const) {
    it(`brings back a removed file that is ${status}, as it was`, async () => {
      const element = await createElement({}, setup);
      await pickOne(element, film);
      await prepare(element);
      const [upload] = element.uploads;
      const { state } = upload!;
      await press(element, 'remove');
      const removed = [row(element), element.uploads.length];
      await press(element, 'undo');
      expect([
        removed,
        element.uploads[0] === upload,
        upload!.state === state,
        announcement(element),
      ]).to.deep.equal([
        [['film.mp4', 'Removed from the list', 'Undo'], 0],
        true,
        true,
        'film.mp4 is back in the list.',
      ]);
    });
  }

  it('brings back a failed upload, which continues without sending stored parts again', async () => {
    const element = await createElement({}, setup);
    setup.oss.fail('uploadPart', () => new UploadError('access-denied'), { number: 5 });
    await pickOne(element, film);
    element.start();
    await waitForStatus(element, 'failed');
    await press(element, 'remove');
    await press(element, 'undo');
    await press(element, 'retry');
    await waitForStatus(element, 'succeeded');
    expect(setup.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('brings back a file of an earlier visit that was discarded', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await press(element, 'cancel');
    const during = row(element).slice(0, 2);
    // Looks for earlier uploads again, as after a change in another tab.
    const found = await element.listResumable();
    await press(element, 'undo');
    query(element, '.resumable [part~=browse-button]').click();
    pick(element, film);
    await waitForStatus(element, 'succeeded');
    expect([during, found, setup.oss.sentParts]).to.deep.equal([
      ['film.mp4', 'Upload cancelled'],
      [],
      [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10],
    ]);
  });

  it('keeps the place of a file in the list', async () => {
    const element = await createElement({ multiple: true }, setup);
    await element.addFiles(['a', 'b', 'c'].map((name) => makeFile(PART, name)));
    await element.updateComplete;
    await press(element, 'remove');
    const during = rows(element);
    await press(element, 'undo');
    expect([during, rows(element), element.uploads.map(({ fileName }) => fileName)]).to.deep.equal([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  it('is offered for two files at the same time', async () => {
    const element = await createElement({ multiple: true }, setup);
    await element.addFiles(['a', 'b', 'c'].map((name) => makeFile(PART, name)));
    await element.updateComplete;
    await press(element, 'remove');
    await press(element, 'remove');
    const during = buttons(element);
    await press(element, 'undo');
    expect([during, buttons(element)]).to.deep.equal([
      ['Undo', 'Undo', 'Upload', 'Remove'],
      ['Upload', 'Remove', 'Undo', 'Upload', 'Remove'],
    ]);
  });

  it('is one button for all uploads that were cancelled together', async () => {
    const element = await startSeveral();
    await cancelAll(element);
    const during = [rows(element), buttons(element), announcement(element)];
    await press(element, 'undo');
    await waitForStatus(element, 'succeeded');
    await Promise.all(element.uploads.map((upload) => upload.atRest));
    expect([during, rows(element)]).to.deep.equal([
      [['3 uploads cancelled'], ['Undo'], '3 uploads cancelled. You can undo this for a few seconds.'],
      ['a', 'b', 'c'],
    ]);
  });

  it('of Cancel all leaves a file that was not started as it was', async () => {
    const element = await createElement({ multiple: true }, setup);
    await element.addFiles(['a', 'b'].map((name) => makeFile(PART, name)));
    await element.updateComplete;
    await cancelAll(element);
    await press(element, 'undo');
    expect(element.uploads.map(({ state }) => state.status)).to.deep.equal(['ready', 'ready']);
  });

  it('does not make a cancelled file final when all others are cancelled', async () => {
    const element = await startSeveral();
    await press(element, 'cancel');
    await cancelAll(element);
    expect(buttons(element)).to.deep.equal(['Undo', 'Undo']);
  });

  it('is not offered after a confirmation', async () => {
    const element = await startUpload({ partSize: PART });
    await press(element, 'cancel');
    await element.cancel();
    await element.updateComplete;
    expect(hasPart(element, 'undo-button')).to.be.false;
  });
});

describe('the file that was cancelled a moment ago', () => {
  it('continues when it is selected again', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    pick(element, film);
    await waitForStatus(element, 'succeeded');
    expect([setup.oss.sentParts, setup.oss.count('abortUpload'), element.uploads.length]).to.deep.equal([
      [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10],
      0,
      1,
    ]);
  });

  it('replaces the stored file again when it is selected again', async () => {
    const element = await startUpload({ stored: [{ key: 'old.mp4' }] });
    await press(element, 'cancel');
    const during = element.uploads.map(({ key }) => key);
    setup.oss.hold('uploadPart', 5);
    await element.addFiles([film]);
    expect([during, element.uploads.map(({ key }) => key), element.value]).to.deep.equal([
      ['film.mp4', 'old.mp4'],
      ['film.mp4'],
      'old.mp4',
    ]);
  });

  it('continues when it is selected again with others after Cancel all', async () => {
    const element = await startSeveral();
    await cancelAll(element);
    await element.addFiles(several.toReversed());
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([
      setup.oss.sentParts.filter((number) => number === 1).length,
      setup.oss.count('abortUpload'),
    ]).to.deep.equal([3, 0]);
  });

  it('is discarded when another file is selected', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    const aborted = setup.oss.next('abortUpload');
    await pickOne(element, makeFile(PART, 'other.mp4'));
    await aborted;
    expect(buttons(element)).to.deep.equal(['Upload', 'Remove']);
  });

  it('stays when a file is rejected', async () => {
    const element = await startUpload({ accept: '.mp4' });
    await press(element, 'cancel');
    pick(element, makeFile(PART, 'note.txt'));
    await element.updateComplete;
    expect(hasPart(element, 'undo-button')).to.be.true;
  });

  it('stays when a file is dropped that is in the list already', async () => {
    const element = await startUpload({ multiple: true });
    const other = makeFile(PART, 'other.mp4');
    await element.addFiles([other]);
    await press(element, 'cancel');
    const listed = await element.addFiles([other]);
    await element.updateComplete;
    expect([hasPart(element, 'undo-button'), listed.length]).to.deep.equal([true, 1]);
  });

  for (const command of ['clear', 'cancel'] as const) {
    it(`is discarded by ${command}()`, async () => {
      const element = await startUpload();
      await press(element, 'cancel');
      const aborted = setup.oss.next('abortUpload');
      void element[command]();
      await aborted;
      await element.updateComplete;
      expect(hasPart(element, 'undo-button')).to.be.false;
    });
  }

  it('continues when the page retries it', async () => {
    const element = await startUpload();
    const [upload] = element.uploads;
    await press(element, 'cancel');
    upload!.retry();
    await passUndoTime(element);
    await waitForStatus(element, 'succeeded');
    expect(setup.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is discarded at once when the page cancels it', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    await element.uploads[0]!.cancel();
    await passUndoTime(element);
    expect([setup.oss.count('abortUpload'), hasPart(element, 'undo-button')]).to.deep.equal([1, false]);
  });

  it('is discarded when the element is removed, and not offered when it is added again', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    const aborted = setup.oss.next('abortUpload');
    const { parentNode } = element;
    element.remove();
    await aborted;
    parentNode!.append(element);
    await element.updateComplete;
    expect([hasPart(element, 'undo-button'), await setup.store.list()]).to.deep.equal([false, []]);
  });

  it('can still be brought back when the element is moved', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    element.parentNode!.append(element);
    await element.updateComplete;
    await press(element, 'undo');
    await waitForStatus(element, 'succeeded');
    expect(setup.oss.count('abortUpload')).to.equal(0);
  });

  it('is resumable at the next visit if the page was closed', async () => {
    setup.locks = createPageLocks();
    const element = await startUpload();
    await press(element, 'cancel');
    // A closed page releases its locks and runs nothing any more.
    delete setup.locks;
    const next = await revisit(setup);
    expect(textOf(part(next, 'status'))).to.equal('Upload stopped at 40%. Select film.mp4 to continue.');
  });

  it('is not offered by another element meanwhile', async () => {
    setup.locks = createPageLocks();
    const element = await startUpload();
    await press(element, 'cancel');
    const other = await createElement({}, setup);
    expect(await other.listResumable()).to.deep.equal([]);
  });

  it('can be brought back after the page was in the back/forward cache', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await press(element, 'undo');
    await waitForStatus(element, 'succeeded');
    expect(setup.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is left to its user when the user changes', async () => {
    const element = await startUpload({ resumeScope: 'ada' });
    await press(element, 'cancel');
    element.resumeScope = 'bob';
    await element.updateComplete;
    await passUndoTime(element);
    expect([hasPart(element, 'undo-button'), setup.oss.count('abortUpload')]).to.deep.equal([false, 0]);
  });

  it('is not offered to a user whom the page names afterwards, also if it was only removed', async () => {
    const element = await createElement({}, setup);
    await pickOne(element, film);
    await press(element, 'remove');
    element.resumeScope = 'bob';
    await element.updateComplete;
    expect(hasPart(element, 'item')).to.be.false;
  });

  it('is discarded when the time is over although the element is disabled', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    element.disabled = true;
    await element.updateComplete;
    const { disabled } = part<HTMLButtonElement>(element, 'undo-button');
    const aborted = setup.oss.next('abortUpload');
    await passUndoTime(element);
    await aborted;
    expect(disabled).to.be.true;
  });
});

describe('the form', () => {
  async function createInForm(props: Partial<TestUpload> = {}) {
    const element = await createElement({ name: 'film', required: true, ...props }, setup);
    const form = document.createElement('form');
    element.before(form);
    form.append(element);
    await pickOne(element, film);
    return { element, form, submitted: () => new FormData(form).getAll('film') };
  }

  it('is not blocked by a file that can be brought back', async () => {
    const { element, form } = await createInForm({ required: false });
    setup.oss.hold('uploadPart', 5);
    element.start();
    await waitForStatus(element, 'uploading');
    const before = form.checkValidity();
    await press(element, 'cancel');
    expect([before, form.checkValidity()]).to.deep.equal([false, true]);
  });

  it('has the value without a removed file, and with it after Undo', async () => {
    const { element, form, submitted } = await createInForm();
    element.start();
    await waitForStatus(element, 'succeeded');
    const values = [submitted()];
    let change = oneEvent(form, 'change');
    await press(element, 'remove');
    await change;
    values.push(submitted(), [String(form.checkValidity())]);
    change = oneEvent(form, 'change');
    await press(element, 'undo');
    await change;
    expect([...values, submitted()]).to.deep.equal([['film.mp4'], [], ['false'], ['film.mp4']]);
  });

  it('discards the file when it is reset', async () => {
    const { element, form } = await createInForm();
    const held = setup.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await element.updateComplete;
    await press(element, 'cancel');
    const aborted = setup.oss.next('abortUpload');
    form.reset();
    await aborted;
    await waitForStatus(element, 'idle');
    expect([hasPart(element, 'item'), await setup.store.list()]).to.deep.equal([false, []]);
  });
});

describe('the time for Undo', () => {
  const focused = (element: TestUpload) => textOf(element.shadowRoot!.activeElement!);

  it('stops while the keyboard focus is on the button', async () => {
    const element = await startUpload();
    part(element, 'cancel-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    const label = focused(element);
    await passUndoTime(element, 20);
    await sendKeys({ press: 'Enter' });
    await waitForStatus(element, 'succeeded');
    expect([label, setup.oss.count('abortUpload')]).to.deep.equal(['Undo', 0]);
  });

  it('continues when the focus leaves the row', async () => {
    const element = await startUpload();
    part(element, 'cancel-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    await passUndoTime(element, 20);
    query(element, '.dropzone button').focus();
    await passUndoTime(element, 7);
    const isThere = hasPart(element, 'undo-button');
    await passUndoTime(element, 1);
    expect([isThere, hasPart(element, 'undo-button')]).to.deep.equal([true, false]);
  });

  it('stops while the pointer is in the row', async () => {
    const element = await startUpload();
    const { left, top } = part(element, 'cancel-button').getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + 5), Math.round(top + 5)] });
    await element.updateComplete;
    await passUndoTime(element, 20);
    const isThere = hasPart(element, 'undo-button');
    await sendMouse({ type: 'move', position: [0, 0] });
    await passUndoTime(element);
    expect([isThere, hasPart(element, 'undo-button')]).to.deep.equal([true, false]);
  });

  it('moves the focus on when it is over', async () => {
    const element = await startUpload();
    await press(element, 'cancel');
    // Without the keyboard, the focus doesn’t stop the time.
    const { left, top } = part(element, 'undo-button').getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(left + 5), Math.round(top + 5)] });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [0, 0] });
    await sendMouse({ type: 'up' });
    const before = focused(element);
    await passUndoTime(element);
    expect([before, focused(element)]).to.deep.equal(['Undo', 'Choose file']);
  });

  it('returns the focus to the button that was pressed', async () => {
    const element = await startUpload();
    part(element, 'cancel-button').focus();
    setup.oss.hold('uploadPart', 5);
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    await sendKeys({ press: 'Enter' });
    await waitForStatus(element, 'uploading');
    expect(focused(element)).to.equal('Cancel');
  });
});
