import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  hasPart,
  leaveUnfinished,
  makeFile,
  largeUpload,
  query,
  part,
  PART,
  pickOne,
  revisit,
  announcement,
  waitForStatus,
  textOf,
  type TestUpload,
  TestSetup,
} from './support.js';

const size = 10 * PART;

/** Starts an upload and holds the fifth of ten parts. */
async function startUpload(element: TestUpload): Promise<{ release: () => void }> {
  await pickOne(element, makeFile(size));
  const held = element.oss.hold('uploadPart', 5);
  part(element, 'upload-button').click();
  await held.reached;
  // Progress is rendered a few times a second.
  await waitUntil(() => part(element, 'progress').ariaValueNow === '40');
  return held;
}

describe('the controls', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
  });

  it('show the drop zone with the browse button', () => {
    expect(textOf(part(element, 'dropzone'))).to.equal('Drag a file here, or Choose file');
  });

  it('offer to upload or remove a picked file', async () => {
    await pickOne(element, makeFile(size));
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      '1.0 MB',
      'Upload',
      'Remove',
    ]);
  });

  it('are named after the file as one text, although it is rendered in two halves', async () => {
    await pickOne(element, makeFile(size, 'film-2026-final-cut.mp4'));
    const name = query(
      element,
      `#${part(element, 'upload-button').getAttribute('aria-labelledby')!.split(' ')[1]!}`,
    );
    const visible = [...name.children].filter((child) => child.ariaHidden !== 'true');
    expect(visible.map(textOf)).to.deep.equal(['film-2026-final-cut.mp4']);
  });

  it('remove the file', async () => {
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').click();
    await waitForStatus(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('show the progress of an upload', async () => {
    await startUpload(element);
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      '0.4 of 1.0 MB',
      'Pause',
      'Cancel',
    ]);
  });

  it('fill the progress bar', async () => {
    await startUpload(element);
    const bar = part(element, 'progress');
    expect([bar.ariaValueNow, bar.ariaValueText, part(element, 'progress-bar').style.cssText]).to.deep.equal([
      '40',
      '40%, 0.4 of 1.0 MB',
      '--_ratio: 0.4;',
    ]);
  });

  it('pause the upload', async () => {
    await startUpload(element);
    part(element, 'pause-button').click();
    await waitForStatus(element, 'paused');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'Paused at 40%',
      'Resume',
      'Cancel',
    ]);
  });

  it('resume the upload and show when it has succeeded', async () => {
    await startUpload(element);
    part(element, 'pause-button').click();
    await waitForStatus(element, 'paused');
    part(element, 'resume-button').click();
    await waitForStatus(element, 'succeeded');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'Uploaded 1.0 MB',
      'Replace',
      'Copy key',
      'Remove from list',
    ]);
  });

  it('have no buttons while OSS completes the upload', async () => {
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    part(element, 'upload-button').click();
    await waitForStatus(element, 'completing');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal(['Finishing…']);
  });

  it('cancel the upload and show the drop zone again', async () => {
    await startUpload(element);
    part(element, 'cancel-button').click();
    await waitForStatus(element, 'cancelled');
    expect(hasPart(element, 'dropzone')).to.be.true;
  });

  it('count down to the next attempt', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled', { retryAfter: 30_000 }));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'waiting');
    expect(textOf(part(element, 'status'))).to.match(
      /^The storage service is busy\. Your progress is saved\. Retrying in \d+ seconds\.$/,
    );
  });

  it('offer to retry now while waiting for the next attempt', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'waiting');
    expect(buttons(element)).to.deep.equal(['Retry now', 'Pause', 'Cancel']);
  });

  it('show that the upload waits for the network', async () => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.env.online = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'waiting');
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'You’re offline. The upload resumes automatically.',
      'Pause',
      'Cancel',
    ]);
  });

  it('show the message of an error, with hint, code and request ID under Details', async () => {
    await pickOne(element, makeFile(size));
    element.oss.fail(
      'createUpload',
      () =>
        new UploadError('object-exists', { status: 409, requestId: 'REQUEST', values: { key: 'film.mp4' } }),
    );
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    const error = part(element, 'error');
    expect([
      textOf(error.querySelector('[role=alert]')!),
      textOf(error.querySelector('details')!),
    ]).to.deep.equal([
      'A file named “film.mp4” already exists. Rename your file and choose it again.',
      'Details An object with this key exists. Set the overwrite attribute to replace it, or use a template in object-key that makes keys unique. object-exists · 409 Request ID REQUEST',
    ]);
  });

  it('open the details of an error by keyboard', async () => {
    await pickOne(element, makeFile(size));
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    query(element, 'summary').focus();
    await sendKeys({ press: 'Enter' });
    expect(query<HTMLDetailsElement>(element, 'details').open).to.be.true;
  });

  it('retry a failed upload', async () => {
    await pickOne(element, makeFile(size));
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    part(element, 'retry-button').click();
    await waitForStatus(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('are disabled while the element is disabled', async () => {
    await pickOne(element, makeFile(size));
    element.disabled = true;
    await element.updateComplete;
    const all = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    expect(all.every(({ disabled }) => disabled)).to.be.true;
  });
});

describe('cancelling a large upload', () => {
  let element: TestUpload;
  let release: () => void;
  beforeEach(async () => {
    element = await createElement({ partSize: 52e6 });
    await pickOne(element, new File([new Uint8Array(53e6)], 'film.mp4'));
    const held = element.oss.hold('uploadPart', 2);
    ({ release } = held);
    part(element, 'upload-button').click();
    await held.reached;
    part(element, 'cancel-button').click();
    await element.updateComplete;
  });

  it('asks for confirmation', () => {
    expect([textOf(part(element, 'status')), ...buttons(element)]).to.deep.equal([
      'Discard this upload? 52 MB is already uploaded.',
      'Keep uploading',
      'Discard upload',
    ]);
  });

  it('does not stop the upload before it is confirmed', async () => {
    const { status } = element;
    release();
    await waitForStatus(element, 'succeeded');
    expect([status, element.oss.sentParts, element.oss.count('abortUpload')]).to.deep.equal([
      'uploading',
      [1, 2],
      0,
    ]);
  });

  it('can be dismissed with Keep uploading', async () => {
    query(element, '[part~=item] button').click();
    await element.updateComplete;
    expect(buttons(element)).to.deep.equal(['Pause', 'Cancel']);
  });

  it('can be confirmed with Discard upload', async () => {
    const aborted = element.oss.next('abortUpload');
    part(element, 'cancel-button').click();
    await waitForStatus(element, 'cancelled');
    await aborted;
    expect(element.oss.count('abortUpload')).to.equal(1);
  });
});

describe('the focus', () => {
  const focused = (element: TestUpload): string => {
    const active = element.shadowRoot?.activeElement;
    return active ? textOf(active) : '';
  };

  it('stays on the button that changes from Upload to Pause to Resume', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'upload-button').focus();
    const held = element.oss.hold('uploadPart', 5);
    await sendKeys({ press: 'Enter' });
    await held.reached;
    const during = focused(element);
    await sendKeys({ press: 'Enter' });
    await waitForStatus(element, 'paused');
    expect([during, focused(element)]).to.deep.equal(['Pause', 'Resume']);
  });

  it('starts at the first control with autofocus', async () => {
    const element = await createElement({ autofocus: true });
    expect(focused(element)).to.equal('Choose file');
  });

  it('is not taken from another element by autofocus', async () => {
    const first = await createElement();
    first.focus();
    await createElement({ autofocus: true });
    expect(document.activeElement).to.equal(first);
  });

  it('moves from the browse button to Upload', async () => {
    const element = await createElement();
    part(element, 'browse-button').focus();
    await pickOne(element, makeFile(size));
    expect(focused(element)).to.equal('Upload');
  });

  it('stays in the row that asks for confirmation', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    await leaveUnfinished(setup, largeUpload);
    const element = await revisit(setup);
    const second = element.shadowRoot!.querySelectorAll('[part~=item]')[1]!;
    const discard = second.querySelector<HTMLElement>('[part~=cancel-button]')!;
    discard.focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect([focused(element), second.contains(element.shadowRoot!.activeElement)]).to.deep.equal([
      'Keep uploading',
      true,
    ]);
  });

  it('moves to the next row when one is discarded', async () => {
    const setup = new TestSetup();
    for (const name of ['first.mp4', 'second.mp4']) {
      await leaveUnfinished(setup, { file: makeFile(size, name) });
    }
    const element = await revisit(setup);
    part(element, 'cancel-button').focus();
    await element.discardResumable(element.uploads[0]!.id);
    await element.updateComplete;
    const row = element.shadowRoot!.activeElement?.closest('[part~=item]');
    expect([focused(element), textOf(row!.querySelector('[part~=file-name]')!)]).to.deep.equal([
      'Choose second.mp4',
      'second.mp4',
    ]);
  });

  it('returns to the drop zone when the last row is discarded', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    part(element, 'cancel-button').focus();
    await element.discardResumable(element.uploads[0]!.id);
    await waitForStatus(element, 'idle');
    expect(element.shadowRoot!.activeElement?.closest('[part~=dropzone]')).not.to.be.null;
  });

  it('moves to a new file, skipping the row of an earlier visit', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    query(element, '.dropzone button').focus();
    await pickOne(element, makeFile(PART, 'new.mp4'));
    expect(focused(element)).to.equal('Upload');
  });

  it('moves to Undo when the file is removed', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').focus();
    await sendKeys({ press: 'Enter' });
    await waitForStatus(element, 'idle');
    expect(focused(element)).to.equal('Undo');
  });

  it('returns to the browse button when the file is removed by the page', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').focus();
    await element.cancel();
    await waitForStatus(element, 'cancelled');
    expect(focused(element)).to.equal('Choose file');
  });

  it('moves to the row while it has no buttons', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    part(element, 'upload-button').focus();
    await sendKeys({ press: 'Enter' });
    await waitForStatus(element, 'completing');
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'item'));
  });

  it('does not move when it is outside the element', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    part(element, 'remove-button').click();
    await waitForStatus(element, 'idle');
    expect(document.activeElement).to.equal(document.body);
  });
});

describe('the live region', () => {
  it('announces that a file was added, paused and uploaded', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    const announcements = [announcement(element)];
    const held = element.oss.hold('uploadPart', 5);
    part(element, 'upload-button').click();
    await held.reached;
    part(element, 'pause-button').click();
    await waitForStatus(element, 'paused');
    announcements.push(announcement(element));
    part(element, 'resume-button').click();
    await waitForStatus(element, 'succeeded');
    announcements.push(announcement(element));
    expect(announcements).to.deep.equal([
      'film.mp4 is ready to upload.',
      'Paused at 40%',
      'film.mp4 is uploaded.',
    ]);
  });

  it('does not repeat a failure that an alert announces', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    expect(announcement(element)).to.equal('Uploading film.mp4.');
  });
});
