import { expect } from '@open-wc/testing';
import { UploadError, type Checkpoint } from '../../src/core/index.js';
import {
  createElement,
  detailOf,
  makeFile,
  PART,
  pickOne,
  spoken,
  statusIs,
  type TestUpload,
} from './support.js';

const size = 10 * PART;

async function underWay(element: TestUpload): Promise<{ release: () => void }> {
  await pickOne(element, makeFile(size));
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  return held;
}

describe('an upload under way', () => {
  it('goes on when the element moves in the page', async () => {
    const element = await createElement();
    const held = await underWay(element);
    const elsewhere = document.createElement('div');
    element.before(elsewhere);
    elsewhere.append(element);
    held.release();
    await statusIs(element, 'succeeded');
    expect(element.oss.sentParts).to.have.length(10);
  });

  it('pauses when the element leaves the page', async () => {
    const element = await createElement();
    await underWay(element);
    const change = detailOf(element, 'oss-state-change');
    element.remove();
    expect((await change).to).to.equal('paused');
  });

  it('stays paused when the element comes back, and goes on when asked', async () => {
    const element = await createElement();
    await underWay(element);
    const parent = element.parentElement!;
    const change = detailOf(element, 'oss-state-change');
    element.remove();
    await change;
    parent.append(element);
    await statusIs(element, 'paused');
    element.resume();
    await statusIs(element, 'succeeded');
    expect(element.oss.objects.get('film.mp4')?.bytes).to.have.length(size);
  });
});

describe('the methods', () => {
  it('do no harm in any state', async () => {
    const element = await createElement();
    const all = async (): Promise<void> => {
      element.pause();
      element.resume();
      element.retry();
      element.start();
      await element.cancel();
      element.clear();
    };
    await all();
    await pickOne(element, makeFile(size));
    await all();
    await element.updateComplete;
    expect([element.status, element.progress.total]).to.deep.equal(['idle', 0]);
  });

  it('clear away what is over', async () => {
    const element = await createElement({ autoStart: true });
    await element.addFiles([makeFile(PART)]);
    await statusIs(element, 'succeeded');
    element.clear();
    await statusIs(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('tell the progress over all', async () => {
    const element = await createElement();
    await underWay(element);
    const { loaded, total, ratio } = element.progress;
    expect([loaded, total, ratio]).to.deep.equal([4 * PART, size, 0.4]);
  });
});

describe('a checkpoint', () => {
  /** What another page would have kept. */
  async function leftOff(): Promise<{ oss: TestUpload['oss']; checkpoint: Checkpoint }> {
    const element = await createElement();
    await underWay(element);
    element.pause();
    const { file: _, ...checkpoint } = element.uploads[0]!.checkpoint!;
    return { oss: element.oss, checkpoint };
  }

  it('is gone on from, without sending again what has arrived', async () => {
    const { oss, checkpoint } = await leftOff();
    const element = await createElement();
    for (const [id, upload] of oss.uploads) element.oss.uploads.set(id, upload);
    element.resumeFrom(checkpoint, makeFile(size));
    await statusIs(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([5, 6, 7, 8, 9, 10]);
  });

  it('of another file is refused in words, and leaves nothing behind', async () => {
    const { checkpoint } = await leftOff();
    const element = await createElement();
    let refused: unknown;
    try {
      element.resumeFrom(checkpoint, makeFile(PART));
    } catch (error) {
      refused = error;
    }
    expect([refused instanceof UploadError && refused.message, element.uploads.length]).to.deep.equal([
      'This is not the file that the upload began with, or its record is damaged.',
      0,
    ]);
  });

  it('has to wait while another upload is under way', async () => {
    const { checkpoint } = await leftOff();
    const element = await createElement();
    await underWay(element);
    expect(element.resumeFrom(checkpoint, makeFile(size))).to.be.undefined;
  });
});

describe('the status', () => {
  it('is an attribute and a custom state from the beginning', async () => {
    const element = await createElement();
    expect([element.getAttribute('status'), element.matches(':state(idle)')]).to.deep.equal(['idle', true]);
  });

  it('is one at a time', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    expect([element.matches(':state(ready)'), element.matches(':state(idle)')]).to.deep.equal([true, false]);
  });

  it('can’t be set from outside', async () => {
    const element = await createElement();
    element.setAttribute('status', 'succeeded');
    expect(element.status).to.equal('idle');
  });

  it('is offline beside it while the network is waited for', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.env.online = false;
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    element.start();
    await statusIs(element, 'waiting');
    expect([element.matches(':state(offline)'), spoken(element)]).to.deep.equal([
      true,
      'Waiting for the network. Goes on by itself.',
    ]);
  });
});
