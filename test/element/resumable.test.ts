import { expect } from '@open-wc/testing';
import { webLocks } from '../../src/adapters/browser/web-locks.js';
import { UploadError, type UploadState } from '../../src/core/index.js';
import { unverifiedReason } from '../../src/presentation/status-text.js';
import { createLocalization } from '../../src/presentation/localization.js';
import { defaultLanguage } from '../../src/i18n/registry.js';
import {
  buttons,
  createElement,
  detailOf,
  drop,
  film,
  hasPart,
  leaveUnfinished,
  makeFile,
  CONFIRM_DISCARD_BYTES,
  one,
  part,
  PART,
  pick,
  pickOne,
  revisit,
  spoken,
  statusIs,
  textOf,
  World,
  type TestUpload,
} from './support.js';

const other = (): File => makeFile(PART, 'other.mp4');

const line = (element: TestUpload): string => textOf(part(element, 'status'));
const names = (element: TestUpload): string[] => element.uploads.map(({ fileName }) => fileName);

/** Chooses a file by the button of the row. */
function chooseInRow(element: TestUpload, file: File): void {
  one(element, '.resumable [part~=browse-button], .failed [part~=browse-button]').click();
  pick(element, file);
}

describe('what an earlier visit left', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
  });

  it('is told, with a way to go on and one to let go', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    expect([line(element), ...buttons(element)]).to.deep.equal([
      '40% uploaded today. Choose the file again to go on.',
      'Choose file',
      'Discard',
    ]);
  });

  it('is dated where that was on another day', async () => {
    await leaveUnfinished(world);
    const [kept] = await world.store.list();
    await world.store.save({ ...kept!.upload, savedAt: new Date(2026, 0, 30).getTime() });
    expect(line(await revisit(world))).to.equal(
      '40% uploaded on January 30, 2026. Choose the file again to go on.',
    );
  });

  it('is announced to the page', async () => {
    await leaveUnfinished(world);
    const element = await createElement({ bucket: 'elsewhere' }, world);
    const found = detailOf(element, 'oss-resumable-found');
    element.bucket = 'examplebucket';
    expect((await found).uploads).to.deep.equal(element.uploads);
  });

  it('is spoken', async () => {
    await leaveUnfinished(world);
    expect(spoken(await revisit(world))).to.equal(
      'film.mp4: 40% uploaded today. Choose the file again to go on.',
    );
  });

  it('leaves room for a new file', async () => {
    await leaveUnfinished(world);
    expect(textOf(part(await revisit(world), 'dropzone'))).to.equal('Drop another file here, or Choose file');
  });

  it('goes on at once when its file is chosen in its row', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    chooseInRow(element, film);
    await statusIs(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('is paused when its file is dropped, and goes on with Resume', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    drop(element, film);
    await statusIs(element, 'paused');
    const said = [line(element), ...buttons(element)];
    part(element, 'resume-button').click();
    await statusIs(element, 'succeeded');
    expect(said).to.deep.equal(['Paused at 40%', 'Resume', 'Cancel']);
  });

  it('goes on at once when its file is dropped with auto-start', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world, { autoStart: true });
    drop(element, film);
    await statusIs(element, 'succeeded');
    expect(element.oss.count('createUpload')).to.equal(1);
  });

  for (const [why, set] of Object.entries({
    'of its kind': { accept: '.txt' },
    'of its size': { maxSize: 1 },
  })) {
    it(`is not refused its file because ${why}`, async () => {
      await leaveUnfinished(world);
      const element = await revisit(world, set);
      drop(element, film);
      await statusIs(element, 'paused');
      expect(hasPart(element, 'error')).to.be.false;
    });
  }

  it('is not refused its file while another upload is under way', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    await pickOne(element, makeFile(3 * PART, 'other.mp4'));
    const held = element.oss.hold('uploadPart', 1);
    element.start();
    await held.reached;
    const [upload] = await element.addFiles([film]);
    expect([upload?.state.status, element.status]).to.deep.equal(['paused', 'uploading']);
  });

  it('stays when another file is chosen in its row, which is told there', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    chooseInRow(element, other());
    await element.updateComplete;
    expect([textOf(one(element, '.item [role=alert]')), ...buttons(element)]).to.deep.equal([
      '“other.mp4” is another file, so it can’t go on here.',
      'Choose file',
      'Discard',
    ]);
  });

  it('says so where its file has changed', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    chooseInRow(element, makeFile(film.size + 1));
    await element.updateComplete;
    expect(textOf(one(element, '.item [role=alert]'))).to.equal(
      '“film.mp4” has changed since then, so it has to be uploaded anew.',
    );
  });

  it('forgets the other file when the right one is chosen', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    chooseInRow(element, other());
    chooseInRow(element, film);
    await statusIs(element, 'succeeded');
    expect(hasPart(element, 'error')).to.be.false;
  });

  it('stays when a new file is picked, sent and removed', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    await pickOne(element, other());
    element.start();
    await statusIs(element, 'succeeded');
    part(element, 'remove-button').click();
    await statusIs(element, 'resumable');
    expect([names(element), world.oss.uploads.size]).to.deep.equal([['film.mp4'], 1]);
  });

  it('stays when all else is cancelled', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    await element.cancel();
    expect(element.status).to.equal('resumable');
  });

  it('is not wanted any more once the picker was dismissed', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    part(element, 'browse-button').click();
    one(element, 'input').dispatchEvent(new Event('cancel'));
    await pickOne(element, other());
    expect(names(element)).to.deep.equal(['film.mp4', 'other.mp4']);
  });

  it('is removed by Discard from the list, from OSS and from memory', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    const aborted = element.oss.next('abortUpload');
    part(element, 'cancel-button').click();
    await aborted;
    await statusIs(element, 'idle');
    expect([names(element), await world.store.list()]).to.deep.equal([[], []]);
  });

  it('is asked about before much of it is discarded', async () => {
    await leaveUnfinished(world, CONFIRM_DISCARD_BYTES);
    const element = await revisit(world);
    part(element, 'cancel-button').click();
    await element.updateComplete;
    expect([line(element), ...buttons(element)]).to.deep.equal([
      '52 MB have arrived. Discard them?',
      'Keep',
      'Discard',
    ]);
  });

  it('is listed and discarded by the page', async () => {
    await leaveUnfinished(world);
    const element = await createElement({}, world);
    const [upload] = await element.listResumable();
    await element.discardResumable(upload!.id);
    expect([upload!.fileName, world.oss.uploads.size, await element.listResumable()]).to.deep.equal([
      'film.mp4',
      0,
      [],
    ]);
  });

  it('is not discarded by an id that is not its own', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    await element.discardResumable('unknown');
    expect(element.status).to.equal('resumable');
  });

  it('is shown to the user who left it, and to no other', async () => {
    await leaveUnfinished(world, { resumeScope: 'user 1' });
    const element = await revisit(world, { resumeScope: 'user 1' });
    element.resumeScope = 'user 2';
    await statusIs(element, 'idle');
    element.resumeScope = 'user 1';
    await statusIs(element, 'resumable');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });

  it('is nothing with no-resume', async () => {
    await leaveUnfinished(world, { noResume: true });
    const element = await createElement({}, world);
    expect(await element.listResumable()).to.be.empty;
  });

  it('is not looked at with no-resume', async () => {
    await leaveUnfinished(world);
    const element = await createElement({ noResume: true }, world);
    expect(await element.listResumable()).to.be.empty;
  });

  it('goes on from a checkpoint that the page has kept, in the same row', async () => {
    await leaveUnfinished(world);
    const element = await revisit(world);
    element.resumeFrom(element.uploads[0]!.checkpoint!, film);
    await statusIs(element, 'succeeded');
    expect(names(element)).to.deep.equal(['film.mp4']);
  });
});

describe('what an earlier visit left, with a handle', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('goes on with one click', async () => {
    await leaveUnfinished(world, { handle: { file: film } });
    const element = await revisit(world);
    const said = [line(element), ...buttons(element)];
    part(element, 'resume-button').click();
    await statusIs(element, 'succeeded');
    expect(said).to.deep.equal(['40% uploaded today.', 'Resume', 'Discard']);
  });

  it('has to be chosen, which is said, where the handle leads nowhere', async () => {
    await leaveUnfinished(world, { handle: {} });
    const element = await revisit(world);
    const button = part(element, 'resume-button');
    button.focus();
    button.click();
    while (!hasPart(element, 'item') || buttons(element)[0] !== 'Choose file') await nextFrame();
    expect([spoken(element), textOf(element.shadowRoot!.activeElement!)]).to.deep.equal([
      '40% uploaded today. Choose the file again to go on.',
      'Choose file',
    ]);
  });

  it('asks before it begins anew where its file has changed', async () => {
    await leaveUnfinished(world, { handle: { file: makeFile(3 * PART) } });
    const element = await revisit(world);
    part(element, 'resume-button').click();
    await statusIs(element, 'failed');
    const said = [textOf(one(element, '[role=alert]')), ...buttons(element)];
    part(element, 'retry-button').click();
    await statusIs(element, 'succeeded');
    expect([...said, element.oss.objects.get('film.mp4')?.bytes.length]).to.deep.equal([
      'The file has changed since the upload began. Try again to upload it from the start, as it is now.',
      'Retry',
      'Remove',
      3 * PART,
    ]);
  });
});

describe('a file that can’t be read any more', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
    await pickOne(element, film);
    element.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 5 });
    element.start();
    await statusIs(element, 'failed');
  });

  it('can be tried again, chosen again or let go', () => {
    expect(buttons(element)).to.deep.equal(['Retry', 'Choose file', 'Remove']);
  });

  it('goes on when the same one is chosen', async () => {
    chooseInRow(element, film);
    await statusIs(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('makes room for another one without losing what has arrived', async () => {
    chooseInRow(element, other());
    await detailOf(element, 'oss-file-add');
    await element.updateComplete;
    expect([names(element), element.oss.uploads.size]).to.deep.equal([['film.mp4', 'other.mp4'], 1]);
  });
});

describe('an upload that another tab is busy with', () => {
  it('says so, and leaves it alone when it is cancelled', async () => {
    const world = new World();
    world.locks = webLocks;
    const objectKey = `${crypto.randomUUID()}/{name}`;
    const busy = await createElement({ objectKey }, world);
    await pickOne(busy, film);
    const held = busy.oss.hold('uploadPart', 5);
    busy.start();
    await held.reached;
    const element = await createElement({ objectKey }, world);
    await pickOne(element, film);
    element.start();
    await statusIs(element, 'waiting');
    const said = [line(element), spoken(element), ...buttons(element)];
    await element.cancel();
    expect([...said, world.oss.uploads.size]).to.deep.equal([
      'Uploading in another tab',
      'Uploading in another tab',
      'Cancel',
      1,
    ]);
    busy.pause();
  });
});

describe('a browser that can’t keep anything', () => {
  const note = 'Keep this page open until the upload is done: this browser can’t remember it for later.';
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));

  async function create(): Promise<TestUpload> {
    const world = new World();
    world.store = { list: full, find: full, save: full, addPart: full, remove: full };
    return createElement({}, world);
  }

  it('is no matter before there is a file', async () => {
    const element = await create();
    await element.listResumable();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('.remark')).to.be.null;
  });

  it('is told, calmly, once there is one', async () => {
    const element = await create();
    await pickOne(element, film);
    expect([textOf(one(element, '.remark')), spoken(element)]).to.deep.equal([
      note,
      `film.mp4 is ready to upload. ${note}`,
    ]);
  });

  it('is no matter any more when the upload is done', async () => {
    const element = await create();
    await pickOne(element, film);
    element.start();
    await statusIs(element, 'succeeded');
    expect(element.shadowRoot!.querySelector('.remark')).to.be.null;
  });
});

describe('an upload that was not verified', () => {
  it('says why to developers', async () => {
    const element = await createElement({ noVerify: true });
    await pickOne(element, film);
    element.start();
    await statusIs(element, 'succeeded');
    expect([line(element), one(element, '[part~=status] [title]').title]).to.deep.equal([
      'Uploaded',
      'Not verified: no-verify is set.',
    ]);
  });

  it('names the header that the bucket does not expose', () => {
    const state: UploadState = {
      status: 'succeeded',
      progress: { loaded: 1, total: 1, ratio: 1 },
      result: { bucket: 'b', key: 'k', etag: '', url: '', verified: false, unverifiedReason: 'not-exposed' },
    };
    expect(unverifiedReason(state, createLocalization(defaultLanguage, undefined))).to.contain(
      'x-oss-hash-crc64ecma',
    );
  });
});

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
