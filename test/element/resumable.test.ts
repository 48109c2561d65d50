import { expect, waitUntil } from '@open-wc/testing';
import { broadcastChannel } from '../../src/adapters/browser/broadcast-channel.js';
import { webLocks } from '../../src/adapters/browser/web-locks.js';
import { lockNameOf } from '../../src/core/checkpoints/fingerprint.js';
import { UploadError, type UploadState } from '../../src/core/index.js';
import type { StoredCheckpoint } from '../../src/core/ports.js';
import { unverifiedReason } from '../../src/presentation/status-text.js';
import { completeLocalization } from '../../src/presentation/complete-localization.js';
import { createLocalization } from '../../src/presentation/localization.js';
import english from '../../src/i18n/locales/en.js';
import { UnreliableStore } from '../support/unreliable-store.js';
import {
  buttons,
  createElement,
  nextDetail,
  drop,
  film,
  hasPart,
  leaveUnfinished,
  makeFile,
  largeUpload,
  query,
  part,
  PART,
  passUndoTime,
  pick,
  pickOne,
  revisit,
  announcement,
  waitForStatus,
  textOf,
  TestSetup,
  type TestUpload,
} from './support.js';

const other = (): File => makeFile(PART, 'other.mp4');

const statusOf = (element: TestUpload): string => textOf(part(element, 'status'));
const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

/** Chooses a file with the button in its row. */
function chooseInRow(element: TestUpload, file: File): void {
  query(element, '.resumable [part~=browse-button], .failed [part~=browse-button]').click();
  pick(element, file);
}

describe('an upload of an earlier visit', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = new TestSetup();
  });

  it('is listed with buttons to continue and to discard', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    expect([statusOf(element), ...buttons(element)]).to.deep.equal([
      'Upload stopped at 40%. Select film.mp4 to continue.',
      'Choose film.mp4',
      'Discard',
    ]);
  });

  it('is listed once the page that was left has released it, which may take a moment', async () => {
    await leaveUnfinished(setup);
    const [{ upload }] = (await setup.store.list()) as [StoredCheckpoint];
    const claims = new Set([lockNameOf(upload.fingerprint)]);
    setup.locks = {
      acquire: () => Promise.resolve(() => {}),
      claim: () => Promise.resolve(() => {}),
      claimed: () => Promise.resolve(new Set(claims)),
    };
    const element = await createElement({}, setup);
    await element.listResumable();
    const before = names(element);
    claims.clear();
    element.env.advance(250);
    await waitForStatus(element, 'resumable');
    expect([before, names(element)]).to.deep.equal([[], ['film.mp4']]);
  });

  it('shows the date if it stopped on another day', async () => {
    await leaveUnfinished(setup);
    const [kept] = await setup.store.list();
    await setup.store.save({ ...kept!.upload, savedAt: new Date(2026, 0, 30).getTime() });
    expect(statusOf(await revisit(setup))).to.equal(
      'Upload stopped at 40% on January 30, 2026. Select film.mp4 to continue.',
    );
  });

  it('dispatches oss-resumable-found', async () => {
    await leaveUnfinished(setup);
    const element = await createElement({ bucket: 'elsewhere' }, setup);
    const found = nextDetail(element, 'oss-resumable-found');
    element.bucket = 'examplebucket';
    expect((await found).uploads).to.deep.equal(element.uploads);
  });

  it('is announced', async () => {
    await leaveUnfinished(setup);
    expect(announcement(await revisit(setup))).to.equal(
      'film.mp4: Upload stopped at 40%. Select film.mp4 to continue.',
    );
  });

  it('does not hide the drop zone', async () => {
    await leaveUnfinished(setup);
    expect(textOf(part(await revisit(setup), 'dropzone'))).to.equal('Drag another file here, or Choose file');
  });

  it('resumes when its file is chosen in its row', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    chooseInRow(element, film);
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is paused when its file is dropped, and resumes with Resume', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    drop(element, film);
    await waitForStatus(element, 'paused');
    const texts = [statusOf(element), ...buttons(element)];
    part(element, 'resume-button').click();
    await waitForStatus(element, 'succeeded');
    expect(texts).to.deep.equal(['Paused at 40%', 'Resume', 'Cancel']);
  });

  it('resumes when its file is dropped with auto-start', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup, { autoStart: true });
    drop(element, film);
    await waitForStatus(element, 'succeeded');
    expect(element.oss.count('createUpload')).to.equal(1);
  });

  for (const [restriction, set] of Object.entries({
    accept: { accept: '.txt' },
    'max-size': { maxSize: 1 },
  })) {
    it(`accepts its file regardless of ${restriction}`, async () => {
      await leaveUnfinished(setup);
      const element = await revisit(setup, set);
      drop(element, film);
      await waitForStatus(element, 'paused');
      expect(hasPart(element, 'error')).to.be.false;
    });
  }

  it('accepts its file while another upload is running', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await pickOne(element, makeFile(3 * PART, 'other.mp4'));
    const held = element.oss.hold('uploadPart', 1);
    element.start();
    await held.reached;
    const [upload] = await element.addFiles([film]);
    expect([upload?.state.status, element.status]).to.deep.equal(['paused', 'uploading']);
  });

  it('stays when another file is chosen in its row, with an alert there', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    chooseInRow(element, other());
    await element.updateComplete;
    expect([textOf(query(element, '.item [role=alert]')), ...buttons(element)]).to.deep.equal([
      '“other.mp4” isn’t the file you started with. Select “film.mp4”.',
      'Choose film.mp4',
      'Discard',
      'Upload other.mp4 instead',
    ]);
  });

  it('shortens a long name in its button', async () => {
    const name = 'a-very-long-name-of-a-film-that-fits-in-no-button-final-cut.mp4';
    await leaveUnfinished(setup, { file: makeFile(10 * PART, name) });
    expect(buttons(await revisit(setup))[0]).to.equal('Choose a-very-long-na…-cut.mp4');
  });

  it('is not listed if no part is stored', async () => {
    await leaveUnfinished(setup, { stopAt: 1 });
    expect(await setup.store.list()).to.have.length(1);
    const element = await createElement({}, setup);
    expect(await element.listResumable()).to.deep.equal([]);
    await element.updateComplete;
    expect([element.status, announcement(element), hasPart(element, 'item')]).to.deep.equal([
      'idle',
      '',
      false,
    ]);
  });

  it('makes room for another file if no part is stored', async () => {
    await leaveUnfinished(setup, { stopAt: 1 });
    const element = await createElement({}, setup);
    await element.listResumable();
    await pickOne(element, other());
    element.start();
    await waitForStatus(element, 'succeeded');
    expect(names(element)).to.deep.equal(['other.mp4']);
  });

  it('shows an alert when its file has changed', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    chooseInRow(element, makeFile(film.size + 1));
    await element.updateComplete;
    expect(textOf(query(element, '.item [role=alert]'))).to.equal(
      '“film.mp4” has changed, so the upload must start over.',
    );
  });

  describe('for which another file was chosen', () => {
    const uploadInstead = (element: TestUpload) => query(element, '.mismatch button').click();

    it('is discarded when that file is uploaded instead', async () => {
      await leaveUnfinished(setup);
      const element = await revisit(setup);
      chooseInRow(element, other());
      await element.updateComplete;
      uploadInstead(element);
      await waitForStatus(element, 'succeeded');
      expect([names(element), await setup.store.list(), setup.oss.uploads.size]).to.deep.equal([
        ['other.mp4'],
        [],
        0,
      ]);
    });

    it('is kept when that file is added to a list of several files', async () => {
      await leaveUnfinished(setup, { multiple: true });
      const element = await revisit(setup, { multiple: true });
      chooseInRow(element, other());
      await element.updateComplete;
      uploadInstead(element);
      await waitForStatus(element, 'succeeded');
      expect([names(element), setup.oss.uploads.size]).to.deep.equal([['film.mp4', 'other.mp4'], 1]);
    });

    for (const multiple of [false, true]) {
      it(`is discarded when a changed file is uploaded instead (multiple: ${multiple})`, async () => {
        await leaveUnfinished(setup, { multiple });
        const element = await revisit(setup, { multiple });
        chooseInRow(element, makeFile(film.size + 1));
        await element.updateComplete;
        uploadInstead(element);
        await waitForStatus(element, 'succeeded');
        expect(element.uploads.map(({ fileSize }) => fileSize)).to.deep.equal([film.size + 1]);
      });
    }

    it('is not discarded without confirmation if much of it is stored', async () => {
      await leaveUnfinished(setup, largeUpload);
      const element = await revisit(setup);
      chooseInRow(element, other());
      await element.updateComplete;
      uploadInstead(element);
      await element.updateComplete;
      expect(buttons(element)).to.deep.equal(['Keep uploading', 'Discard upload']);
      expect(statusOf(element)).to.equal('Discard this upload? 52 MB is already uploaded.');
      query(element, '.item [part~=cancel-button]').click();
      await waitForStatus(element, 'succeeded');
      expect(names(element)).to.deep.equal(['other.mp4']);
    });

    it('is kept if the user decides so, and so is the offer', async () => {
      await leaveUnfinished(setup, largeUpload);
      const element = await revisit(setup);
      chooseInRow(element, other());
      await element.updateComplete;
      uploadInstead(element);
      await element.updateComplete;
      query(element, '.item button').click();
      await element.updateComplete;
      expect(buttons(element)).to.include('Upload other.mp4 instead');
      part(element, 'cancel-button').click();
      await element.updateComplete;
      query(element, '.item [part~=cancel-button]').click();
      await waitForStatus(element, 'idle');
      expect(names(element)).to.deep.equal([]);
    });

    it('does not offer to upload a file that is not accepted', async () => {
      await leaveUnfinished(setup);
      const element = await revisit(setup, { accept: 'video/*' });
      chooseInRow(element, new File(['x'], 'note.txt'));
      await element.updateComplete;
      expect(buttons(element)).to.deep.equal(['Choose film.mp4', 'Discard']);
    });
  });

  it('removes the alert when the right file is chosen', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    chooseInRow(element, other());
    chooseInRow(element, film);
    await waitForStatus(element, 'succeeded');
    expect(hasPart(element, 'error')).to.be.false;
  });

  it('stays when a new file is picked, uploaded and removed', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await pickOne(element, other());
    element.start();
    await waitForStatus(element, 'succeeded');
    part(element, 'remove-button').click();
    await waitForStatus(element, 'resumable');
    expect([names(element), setup.oss.uploads.size]).to.deep.equal([['film.mp4'], 1]);
  });

  it('stays when all others are cancelled', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await pickOne(element, other());
    await element.cancel();
    const statuses = element.uploads.map(({ state }) => state.status);
    chooseInRow(element, film);
    await waitForStatus(element, 'succeeded');
    expect([statuses, element.oss.count('createUpload'), element.oss.count('abortUpload')]).to.deep.equal([
      ['resumable', 'cancelled'],
      1,
      0,
    ]);
  });

  it('does not claim the next file after the picker was dismissed', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    part(element, 'browse-button').click();
    query(element, 'input').dispatchEvent(new Event('cancel'));
    await pickOne(element, other());
    expect(names(element)).to.deep.equal(['film.mp4', 'other.mp4']);
  });

  it('is discarded from the list, from OSS and from the store', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    const aborted = element.oss.next('abortUpload');
    part(element, 'cancel-button').click();
    await waitForStatus(element, 'idle');
    await passUndoTime(element);
    await aborted;
    expect([names(element), await setup.store.list()]).to.deep.equal([[], []]);
  });

  it('asks for confirmation before much progress is discarded', async () => {
    await leaveUnfinished(setup, largeUpload);
    const element = await revisit(setup);
    part(element, 'cancel-button').click();
    await element.updateComplete;
    expect([statusOf(element), ...buttons(element)]).to.deep.equal([
      'Discard this upload? 52 MB is already uploaded.',
      'Keep uploading',
      'Discard upload',
    ]);
  });

  it('can be listed and discarded by a script', async () => {
    await leaveUnfinished(setup);
    const element = await createElement({}, setup);
    const [upload] = await element.listResumable();
    await element.discardResumable(upload!.id);
    expect([upload!.fileName, setup.oss.uploads.size, await element.listResumable()]).to.deep.equal([
      'film.mp4',
      0,
      [],
    ]);
  });

  it('is not discarded by an unknown id', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await element.discardResumable('unknown');
    const { status } = element;
    chooseInRow(element, film);
    await waitForStatus(element, 'succeeded');
    expect([status, element.oss.count('createUpload'), element.oss.count('abortUpload')]).to.deep.equal([
      'resumable',
      1,
      0,
    ]);
  });

  it('is only listed in its own resume-scope', async () => {
    await leaveUnfinished(setup, { resumeScope: 'user 1' });
    const element = await revisit(setup, { resumeScope: 'user 1' });
    element.resumeScope = 'user 2';
    await waitForStatus(element, 'idle');
    element.resumeScope = 'user 1';
    await waitForStatus(element, 'resumable');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  it('is not stored with no-resume', async () => {
    await leaveUnfinished(setup, { noResume: true });
    const element = await createElement({}, setup);
    expect(await element.listResumable()).to.be.empty;
  });

  it('is not listed with no-resume', async () => {
    await leaveUnfinished(setup);
    const element = await createElement({ noResume: true }, setup);
    expect(await element.listResumable()).to.be.empty;
  });

  it('resumes in the same row from a checkpoint of the page', async () => {
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await element.resumeFrom(element.uploads[0]!.checkpoint!, film);
    await waitForStatus(element, 'succeeded');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });
});

describe('an upload of an earlier visit with a file handle', () => {
  let setup: TestSetup;
  beforeEach(() => {
    setup = new TestSetup();
  });

  it('resumes with one click', async () => {
    await leaveUnfinished(setup, { handle: { file: film } });
    const element = await revisit(setup);
    const texts = [statusOf(element), ...buttons(element)];
    part(element, 'resume-button').click();
    await waitForStatus(element, 'succeeded');
    expect(texts).to.deep.equal(['Upload stopped at 40%.', 'Resume', 'Discard']);
  });

  it('asks for its file when the handle is invalid, and announces it', async () => {
    await leaveUnfinished(setup, { handle: {} });
    const element = await revisit(setup);
    const button = part(element, 'resume-button');
    button.focus();
    button.click();
    while (!hasPart(element, 'item') || buttons(element)[0] !== 'Choose film.mp4') await nextFrame();
    expect([announcement(element), textOf(element.shadowRoot!.activeElement!)]).to.deep.equal([
      'Upload stopped at 40%. Select film.mp4 to continue.',
      'Choose film.mp4',
    ]);
  });

  it('fails when its file has changed, and starts over with Retry', async () => {
    await leaveUnfinished(setup, { handle: { file: makeFile(3 * PART) } });
    const element = await revisit(setup);
    part(element, 'resume-button').click();
    await waitForStatus(element, 'failed');
    const texts = [textOf(query(element, '[role=alert]')), ...buttons(element)];
    part(element, 'retry-button').click();
    await waitForStatus(element, 'succeeded');
    expect([...texts, element.oss.objects.get('film.mp4')?.bytes.length]).to.deep.equal([
      'The file has changed since the upload started. Retry to upload the new version from the start.',
      'Retry',
      'Remove',
      3 * PART,
    ]);
  });
});

describe('an unreadable file', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
    await pickOne(element, film);
    element.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 5 });
    element.start();
    await waitForStatus(element, 'failed');
  });

  it('can be retried, chosen again or removed', () => {
    expect(buttons(element)).to.deep.equal(['Retry', 'Choose file', 'Remove']);
  });

  it('resumes when the same file is chosen', async () => {
    chooseInRow(element, film);
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('keeps its progress when another file is added', async () => {
    chooseInRow(element, other());
    await nextDetail(element, 'oss-file-add');
    await element.updateComplete;
    expect([names(element), element.oss.uploads.size]).to.deep.equal([['film.mp4', 'other.mp4'], 1]);
  });
});

describe('an upload that runs in another tab', () => {
  it('is shown as such, and is not aborted when cancelled here', async () => {
    const setup = new TestSetup();
    setup.locks = webLocks;
    const objectKey = `${crypto.randomUUID()}/{name}`;
    const first = await createElement({ objectKey }, setup);
    await pickOne(first, film);
    const held = first.oss.hold('uploadPart', 5);
    first.start();
    await held.reached;
    const element = await createElement({ objectKey }, setup);
    await pickOne(element, film);
    element.start();
    await waitForStatus(element, 'waiting');
    const texts = [statusOf(element), announcement(element), ...buttons(element)];
    await element.cancel();
    const running = setup.oss.uploads.size;
    held.release();
    await waitForStatus(first, 'succeeded');
    expect([...texts, running, setup.oss.count('abortUpload'), setup.oss.objects.size]).to.deep.equal([
      'Uploading in another tab',
      'Uploading in another tab',
      'Cancel',
      1,
      0,
      1,
    ]);
  });
});

describe('an upload that another element holds', () => {
  let setup: TestSetup;
  let objectKey: string;
  beforeEach(() => {
    setup = new TestSetup();
    setup.locks = webLocks;
    setup.channel = broadcastChannel;
    objectKey = `${crypto.randomUUID()}/{name}`;
  });

  /** Pauses an upload after four of ten parts. */
  async function pauseUpload(props: Partial<TestUpload> = {}): Promise<TestUpload> {
    const element = await createElement({ objectKey, ...props }, setup);
    await element.addFiles([film]);
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    element.pause();
    await waitForStatus(element, 'paused');
    return element;
  }

  it('is not offered while it is paused', async () => {
    await pauseUpload();
    const element = await createElement({ objectKey }, setup);
    expect(await element.listResumable()).to.deep.equal([]);
  });

  it('is offered as soon as the other element is removed, and not any more when it is back', async () => {
    const first = await pauseUpload();
    const parent = first.parentElement!;
    const element = await createElement({ objectKey }, setup);
    await element.listResumable();
    first.remove();
    await waitForStatus(element, 'resumable');
    parent.append(first);
    await waitForStatus(element, 'idle');
    first.resume();
    await waitForStatus(first, 'succeeded');
    expect(first.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is not offered twice when the element is moved within the page', async () => {
    const first = await pauseUpload();
    const element = await createElement({ objectKey }, setup);
    const elsewhere = document.createElement('div');
    first.before(elsewhere);
    elsewhere.append(first);
    await first.updateComplete;
    expect(await element.listResumable()).to.deep.equal([]);
  });

  it('is offered again after a form reset', async () => {
    const element = await pauseUpload();
    const form = document.createElement('form');
    element.before(form);
    form.append(element);
    form.reset();
    await waitForStatus(element, 'resumable');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  it('disappears from the list when the other element discards it', async () => {
    await leaveUnfinished(setup, { objectKey });
    const [first, element] = [await revisit(setup, { objectKey }), await revisit(setup, { objectKey })];
    part(first, 'cancel-button').click();
    await passUndoTime(first);
    await waitForStatus(element, 'idle');
    expect([setup.oss.uploads.size, names(first), names(element)]).to.deep.equal([0, [], []]);
  });

  it('disappears from the list when the other element resumes it', async () => {
    await leaveUnfinished(setup, { objectKey });
    const [first, element] = [await revisit(setup, { objectKey }), await revisit(setup, { objectKey })];
    chooseInRow(first, film);
    await waitForStatus(element, 'idle');
    await waitForStatus(first, 'succeeded');
    expect(setup.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is added as a file if it was discarded elsewhere while the file picker was open', async () => {
    await leaveUnfinished(setup, { objectKey });
    const [first, element] = [await revisit(setup, { objectKey }), await revisit(setup, { objectKey })];
    query(element, '.resumable [part~=browse-button]').click();
    part(first, 'cancel-button').click();
    await passUndoTime(first);
    await waitForStatus(element, 'idle');
    await pickOne(element, film);
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  for (const attribute of ['id', 'name']) {
    it(`is offered only in its own field, which has the same ${attribute}`, async () => {
      await leaveUnfinished(setup, { objectKey, [attribute]: 'passport' });
      const contract = await createElement({ objectKey, [attribute]: 'contract' }, setup);
      const passport = await revisit(setup, { objectKey, [attribute]: 'passport' });
      expect([(await contract.listResumable()).length, names(passport)]).to.deep.equal([0, ['film.mp4']]);
    });
  }
});

describe('a browser that can’t store progress', () => {
  const warning = 'Keep this page open. This browser can’t save your progress.';
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));

  async function create(): Promise<TestUpload> {
    const setup = new TestSetup();
    setup.store = { list: full, find: full, save: full, addPart: full, remove: full };
    return createElement({}, setup);
  }

  it('shows no warning before a file is added', async () => {
    const element = await create();
    await element.listResumable();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('.remark')).to.be.null;
  });

  it('shows and announces a warning once a file is added', async () => {
    const element = await create();
    await pickOne(element, film);
    expect([textOf(query(element, '.remark')), announcement(element)]).to.deep.equal([
      warning,
      `film.mp4 is ready to upload. ${warning}`,
    ]);
  });

  it('shows no warning once progress is saved again', async () => {
    const setup = new TestSetup();
    const store = new UnreliableStore();
    setup.store = store;
    store.mode = 'fail';
    const element = await createElement({}, setup);
    await pickOne(element, film);
    const held = element.oss.hold('uploadPart', 3);
    element.start();
    await held.reached;
    await element.updateComplete;
    const before = textOf(query(element, '.remark'));
    store.mode = 'work';
    const next = element.oss.hold('uploadPart', 4);
    held.release();
    await next.reached;
    await waitUntil(() => element.shadowRoot!.querySelector('.remark') === null);
    const [saved] = await store.memory.list();
    expect([before, saved?.parts.length]).to.deep.equal([warning, 3]);
  });

  it('offers earlier uploads as soon as storage works', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const store = new UnreliableStore(setup.store);
    setup.store = store;
    store.mode = 'fail';
    const element = await createElement({}, setup);
    await element.listResumable();
    store.mode = 'work';
    element.env.advance(1_000);
    await waitForStatus(element, 'resumable');
    expect(element.uploads.map(({ fileName }) => fileName)).to.deep.equal(['film.mp4']);
  });

  it('shows no warning after the upload', async () => {
    const element = await create();
    await pickOne(element, film);
    element.start();
    await waitForStatus(element, 'succeeded');
    expect(element.shadowRoot!.querySelector('.remark')).to.be.null;
  });
});

describe('an upload that was not verified', () => {
  it('shows the reason in a tooltip', async () => {
    const element = await createElement({ noVerify: true });
    await pickOne(element, film);
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([statusOf(element), query(element, '[part~=status] [title]').title]).to.deep.equal([
      'Uploaded 1.0 MB',
      'Not verified: the no-verify attribute is set.',
    ]);
  });

  it('names the header that the bucket doesn’t expose', () => {
    const state: UploadState = {
      status: 'succeeded',
      progress: { loaded: 1, stored: 1, total: 1, ratio: 1 },
      result: { bucket: 'b', key: 'k', etag: '', url: '', verified: false, unverifiedReason: 'not-exposed' },
    };
    expect(
      unverifiedReason(
        state,
        completeLocalization(createLocalization({ tag: 'en', locale: english }, undefined)),
      ),
    ).to.contain('x-oss-hash-crc64ecma');
  });
});

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
