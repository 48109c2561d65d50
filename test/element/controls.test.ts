import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  detailOf,
  hasPart,
  leaveUnfinished,
  makeFile,
  CONFIRM_DISCARD_BYTES,
  one,
  part,
  PART,
  pickOne,
  revisit,
  spoken,
  statusIs,
  textOf,
  type TestUpload,
  World,
} from './support.js';

const size = 10 * PART;

/** Holds the fifth of ten parts. */
async function underWay(element: TestUpload): Promise<{ release: () => void }> {
  await pickOne(element, makeFile(size));
  const held = element.oss.hold('uploadPart', 5);
  part(element, 'upload-button').click();
  await held.reached;
  await detailOf(element, 'oss-upload-progress');
  await element.updateComplete;
  return held;
}

describe('the controls', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
  });

  it('invite to choose a file', () => {
    expect(textOf(part(element, 'dropzone'))).to.equal('Drop a file here, or Choose file');
  });

  it('offer to upload the file that was picked', async () => {
    await pickOne(element, makeFile(size));
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      '1.0 MB',
      'Upload',
      'Remove',
    ]);
  });

  it('are described by the name of the file as one word, in two halves as it may be drawn', async () => {
    await pickOne(element, makeFile(size, 'film-2026-final-cut.mp4'));
    const name = one(element, `#${part(element, 'upload-button').getAttribute('aria-describedby')}`);
    const read = [...name.children].filter((child) => child.ariaHidden !== 'true');
    expect(read.map(textOf)).to.deep.equal(['film-2026-final-cut.mp4']);
  });

  it('take the file away again', async () => {
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').click();
    await statusIs(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('tell how far an upload is', async () => {
    await underWay(element);
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      '40% 0.4 of 1.0 MB',
      'Pause',
      'Cancel',
    ]);
  });

  it('fill the bar', async () => {
    await underWay(element);
    const bar = part(element, 'progress');
    expect([bar.ariaValueNow, bar.ariaValueText, part(element, 'progress-bar').style.cssText]).to.deep.equal([
      '40',
      '40%, 0.4 of 1.0 MB',
      '--_ratio: 0.4;',
    ]);
  });

  it('pause', async () => {
    await underWay(element);
    part(element, 'pause-button').click();
    await statusIs(element, 'paused');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'Paused at 40%',
      'Resume',
      'Cancel',
    ]);
  });

  it('resume, and say when it is done', async () => {
    await underWay(element);
    part(element, 'pause-button').click();
    await statusIs(element, 'paused');
    part(element, 'resume-button').click();
    await statusIs(element, 'succeeded');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal(['Uploaded', 'Remove']);
  });

  it('have nothing to press while OSS puts the parts together', async () => {
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    part(element, 'upload-button').click();
    await statusIs(element, 'completing');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal(['Finishing…']);
  });

  it('cancel, and invite anew', async () => {
    await underWay(element);
    part(element, 'cancel-button').click();
    await statusIs(element, 'cancelled');
    expect(hasPart(element, 'dropzone')).to.be.true;
  });

  it('count down to the next attempt, and offer to try now', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled', { retryAfter: 30_000 }));
    part(element, 'upload-button').click();
    await statusIs(element, 'waiting');
    expect(textOf(part(element, 'status'))).to.match(/^The storage is busy\. Trying again in \d+ seconds\.$/);
  });

  it('try now', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    part(element, 'upload-button').click();
    await statusIs(element, 'waiting');
    expect(buttons(element)).to.deep.equal(['Try now', 'Pause', 'Cancel']);
  });

  it('wait for the network', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.env.online = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    part(element, 'upload-button').click();
    await statusIs(element, 'waiting');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'Waiting for the network. Goes on by itself.',
      'Pause',
      'Cancel',
    ]);
  });

  it('tell what failed and what to do, with what to quote one step away', async () => {
    await pickOne(element, makeFile(size));
    element.oss.fail(
      'createUpload',
      () =>
        new UploadError('object-exists', { status: 409, requestId: 'REQUEST', values: { key: 'film.mp4' } }),
    );
    part(element, 'upload-button').click();
    await statusIs(element, 'failed');
    const error = part(element, 'error');
    expect([
      textOf(error.querySelector('[role=alert]')!),
      textOf(error.querySelector('details')!),
    ]).to.deep.equal([
      'A file is stored under “film.mp4” already. Rename the file and choose it again.',
      'Details object-exists · 409 Request ID REQUEST',
    ]);
  });

  it('retry what failed', async () => {
    await pickOne(element, makeFile(size));
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    part(element, 'upload-button').click();
    await statusIs(element, 'failed');
    part(element, 'retry-button').click();
    await statusIs(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('are out of use while the element is disabled', async () => {
    await pickOne(element, makeFile(size));
    element.disabled = true;
    await element.updateComplete;
    const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    expect(all.every(({ disabled }) => disabled)).to.be.true;
  });
});

describe('giving up where much has arrived', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement({ partSize: 52e6 });
    await pickOne(element, new File([new Uint8Array(53e6)], 'film.mp4'));
    const held = element.oss.hold('uploadPart', 2);
    part(element, 'upload-button').click();
    await held.reached;
    part(element, 'cancel-button').click();
    await element.updateComplete;
  });

  it('is asked about', () => {
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      '52 MB have arrived. Discard them?',
      'Keep',
      'Discard',
    ]);
  });

  it('goes on meanwhile', () => {
    expect(element.status).to.equal('uploading');
  });

  it('is withdrawn by Keep', async () => {
    one(element, '[part~=item] button').click();
    await element.updateComplete;
    expect(buttons(element)).to.deep.equal(['Pause', 'Cancel']);
  });

  it('is confirmed by Discard', async () => {
    part(element, 'cancel-button').click();
    await statusIs(element, 'cancelled');
    expect(element.oss.count('abortUpload')).to.equal(1);
  });
});

describe('the keyboard', () => {
  const focused = (element: TestUpload): string => {
    const active = element.shadowRoot?.activeElement;
    return active ? textOf(active) : '';
  };

  it('keeps its place from Upload over Pause to Resume', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'upload-button').focus();
    const held = element.oss.hold('uploadPart', 5);
    await sendKeys({ press: 'Enter' });
    await held.reached;
    const during = focused(element);
    await sendKeys({ press: 'Enter' });
    await statusIs(element, 'paused');
    expect([during, focused(element)]).to.deep.equal(['Pause', 'Resume']);
  });

  it('begins at the first control with autofocus', async () => {
    const element = await createElement({ autofocus: true });
    expect(focused(element)).to.equal('Choose file');
  });

  it('is taken from no one by autofocus', async () => {
    const first = await createElement();
    first.focus();
    await createElement({ autofocus: true });
    expect(document.activeElement).to.equal(first);
  });

  it('goes from the picker to Upload', async () => {
    const element = await createElement();
    part(element, 'browse-button').focus();
    await pickOne(element, makeFile(size));
    expect(focused(element)).to.equal('Upload');
  });

  it('stays in the row that asks before much is lost', async () => {
    const world = new World();
    await leaveUnfinished(world);
    await leaveUnfinished(world, CONFIRM_DISCARD_BYTES);
    const element = await revisit(world);
    const second = element.shadowRoot!.querySelectorAll('[part~=item]')[1]!;
    const discard = second.querySelector<HTMLElement>('[part~=cancel-button]')!;
    discard.focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect([focused(element), second.contains(element.shadowRoot!.activeElement)]).to.deep.equal([
      'Keep',
      true,
    ]);
  });

  it('goes to the next row when one is discarded', async () => {
    const world = new World();
    for (const name of ['first.mp4', 'second.mp4']) {
      await leaveUnfinished(world, { file: makeFile(size, name) });
    }
    const element = await revisit(world);
    part(element, 'cancel-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    const row = element.shadowRoot!.activeElement?.closest('[part~=item]');
    expect([focused(element), textOf(row!.querySelector('[part~=file-name]')!)]).to.deep.equal([
      'Choose file',
      'second.mp4',
    ]);
  });

  it('comes back to the picker when the last row is discarded', async () => {
    const world = new World();
    await leaveUnfinished(world);
    const element = await revisit(world);
    part(element, 'cancel-button').focus();
    await sendKeys({ press: 'Enter' });
    await statusIs(element, 'idle');
    expect(element.shadowRoot!.activeElement?.closest('[part~=dropzone]')).not.to.be.null;
  });

  it('goes to a new file past one of an earlier visit', async () => {
    const world = new World();
    await leaveUnfinished(world);
    const element = await revisit(world);
    one(element, '.dropzone button').focus();
    await pickOne(element, makeFile(PART, 'new.mp4'));
    expect(focused(element)).to.equal('Upload');
  });

  it('comes back to the picker when the file is removed', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').focus();
    await sendKeys({ press: 'Enter' });
    await statusIs(element, 'idle');
    expect(focused(element)).to.equal('Choose file');
  });

  it('stays with the file while there is nothing to press', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    part(element, 'upload-button').focus();
    await sendKeys({ press: 'Enter' });
    await statusIs(element, 'completing');
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'item'));
  });

  it('is left alone where it is elsewhere', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').click();
    await statusIs(element, 'idle');
    expect(document.activeElement).to.equal(document.body);
  });
});

describe('the live region', () => {
  it('speaks when a file is there, when it pauses and when it is done', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    const heard = [spoken(element)];
    const held = element.oss.hold('uploadPart', 5);
    part(element, 'upload-button').click();
    await held.reached;
    part(element, 'pause-button').click();
    await statusIs(element, 'paused');
    heard.push(spoken(element));
    part(element, 'resume-button').click();
    await statusIs(element, 'succeeded');
    heard.push(spoken(element));
    expect(heard).to.deep.equal(['film.mp4 is ready to upload.', 'Paused at 40%', 'film.mp4 is uploaded.']);
  });

  it('leaves a failure to the alert', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    part(element, 'upload-button').click();
    await statusIs(element, 'failed');
    expect(spoken(element)).to.equal('Uploading film.mp4.');
  });
});
