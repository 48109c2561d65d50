import { expect } from '@open-wc/testing';
import { UploadError, type Checkpoint } from '../../src/core/index.js';
import {
  createElement,
  nextDetail,
  makeFile,
  PART,
  pickOne,
  announcement,
  waitForStatus,
  type TestUpload,
} from './support.js';

const size = 10 * PART;

async function startUpload(element: TestUpload): Promise<{ release: () => void }> {
  await pickOne(element, makeFile(size));
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  return held;
}

describe('a running upload', () => {
  it('continues when the element moves within the page', async () => {
    const element = await createElement();
    const held = await startUpload(element);
    const elsewhere = document.createElement('div');
    element.before(elsewhere);
    elsewhere.append(element);
    held.release();
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.have.length(10);
  });

  it('pauses when the element is removed', async () => {
    const element = await createElement();
    await startUpload(element);
    const change = nextDetail(element, 'oss-state-change');
    element.remove();
    expect((await change).to).to.equal('paused');
  });

  it('stays paused when the element is reinserted, until it is resumed', async () => {
    const element = await createElement({ multiple: true });
    await startUpload(element);
    const parent = element.parentElement!;
    const change = nextDetail(element, 'oss-state-change');
    element.remove();
    await change;
    parent.append(element);
    await waitForStatus(element, 'paused');
    const [other] = await element.addFiles([makeFile(PART, 'other.mp4')]);
    const success = nextDetail(element, 'oss-upload-success');
    other!.start();
    const { key } = await success;
    const during = [key, element.uploads.map(({ state }) => state.status), element.oss.sentParts];
    element.resume();
    await waitForStatus(element, 'succeeded');
    expect(during).to.deep.equal(['other.mp4', ['paused', 'succeeded'], [1, 2, 3, 4, 5]]);
    expect(element.oss.objects.get('film.mp4')?.bytes).to.have.length(size);
  });
});

describe('the methods', () => {
  it('are safe to call in any state', async () => {
    const element = await createElement();
    const all = async (): Promise<void> => {
      element.pause();
      element.resume();
      element.retry();
      element.start();
      await element.cancel();
      element.clear();
    };
    const reach = {
      idle: () => Promise.resolve(),
      ready: () => pickOne(element, makeFile(size)),
      uploading: () => startUpload(element),
      failed: async () => {
        element.oss.fail('put', () => new UploadError('access-denied'));
        await pickOne(element, makeFile(PART));
        element.start();
        await waitForStatus(element, 'failed');
      },
      succeeded: async () => {
        await pickOne(element, makeFile(PART, 'other.mp4'));
        element.start();
        await waitForStatus(element, 'succeeded');
      },
    };
    for (const [status, reachStatus] of Object.entries(reach)) {
      await reachStatus();
      expect(element.status).to.equal(status);
      await all();
      await waitForStatus(element, 'idle');
      expect([element.status, element.progress.total]).to.deep.equal(['idle', 0]);
    }
    // None of the cancelled uploads has continued while the last one ran.
    expect([...element.oss.objects.keys()]).to.deep.equal(['other.mp4']);
  });

  it('clear removes finished uploads', async () => {
    const element = await createElement({ autoStart: true });
    await element.addFiles([makeFile(PART)]);
    await waitForStatus(element, 'succeeded');
    element.clear();
    await waitForStatus(element, 'idle');
    expect(element.uploads).to.be.empty;
  });

  it('progress has bytes and a ratio', async () => {
    const element = await createElement();
    await startUpload(element);
    const { loaded, total, ratio } = element.progress;
    expect([loaded, total, ratio]).to.deep.equal([4 * PART, size, 0.4]);
  });
});

describe('a checkpoint', () => {
  /** Returns a checkpoint as another page would have stored it. */
  async function makeCheckpoint(): Promise<{ oss: TestUpload['oss']; checkpoint: Checkpoint }> {
    const element = await createElement();
    await startUpload(element);
    element.pause();
    const { file: _, ...checkpoint } = element.uploads[0]!.checkpoint!;
    return { oss: element.oss, checkpoint };
  }

  it('is resumed without sending stored parts again', async () => {
    const { oss, checkpoint } = await makeCheckpoint();
    const element = await createElement();
    for (const [id, upload] of oss.uploads) element.oss.uploads.set(id, upload);
    element.resumeFrom(checkpoint, makeFile(size));
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([5, 6, 7, 8, 9, 10]);
  });

  it('of another file is rejected with a readable error and adds no upload', async () => {
    const { checkpoint } = await makeCheckpoint();
    const element = await createElement();
    let thrown: unknown;
    try {
      element.resumeFrom(checkpoint, makeFile(PART));
    } catch (error) {
      thrown = error;
    }
    expect([thrown instanceof UploadError && thrown.message, element.uploads.length]).to.deep.equal([
      'This isn’t the file you started with. Choose the original file or start a new upload.',
      0,
    ]);
  });

  it('is not resumed while another upload is running', async () => {
    const { checkpoint } = await makeCheckpoint();
    const element = await createElement();
    const held = await startUpload(element);
    const resumed = element.resumeFrom(checkpoint, makeFile(size));
    held.release();
    await waitForStatus(element, 'succeeded');
    expect([
      resumed,
      element.uploads.length,
      element.oss.count('listParts'),
      element.oss.sentParts,
    ]).to.deep.equal([undefined, 1, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  });
});

describe('the status', () => {
  it('is reflected as an attribute and a custom state from the start', async () => {
    const element = await createElement();
    expect([element.getAttribute('status'), element.matches(':state(idle)')]).to.deep.equal(['idle', true]);
  });

  it('matches one custom state at a time', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    expect([element.matches(':state(ready)'), element.matches(':state(idle)')]).to.deep.equal([true, false]);
  });

  it('can’t be set by attribute', async () => {
    const element = await createElement();
    element.setAttribute('status', 'succeeded');
    expect(element.status).to.equal('idle');
  });

  it('matches the offline state while waiting for the network', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(size));
    element.env.online = false;
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    element.start();
    await waitForStatus(element, 'waiting');
    expect([element.matches(':state(offline)'), announcement(element)]).to.deep.equal([
      true,
      'You’re offline. The upload resumes automatically.',
    ]);
  });
});
