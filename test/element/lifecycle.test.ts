import { expect } from '@open-wc/testing';
import { UploadError, type Checkpoint } from '../../src/core/index.js';
import {
  createElement,
  film,
  leaveUnfinished,
  nextDetail,
  revisit,
  makeFile,
  PART,
  pickOne,
  announcement,
  waitForStatus,
  TestSetup,
  TestUpload,
} from './support.js';

const size = 10 * PART;

async function startUpload(element: TestUpload): Promise<{ release: () => void }> {
  await pickOne(element, makeFile(size));
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  return held;
}

/** Removes the element and waits until it has noticed that it isn't only moved. */
async function removeAndWait(element: TestUpload): Promise<void> {
  element.remove();
  await Promise.resolve();
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

  it('resumes when the element is inserted again', async () => {
    const element = await createElement();
    await startUpload(element);
    const parent = element.parentElement!;
    await removeAndWait(element);
    parent.append(element);
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
  });

  it('resumes after several removals', async () => {
    const element = await createElement();
    await startUpload(element);
    const parent = element.parentElement!;
    await removeAndWait(element);
    parent.append(element);
    element.remove();
    await Promise.resolve();
    const { status } = element;
    parent.append(element);
    await waitForStatus(element, 'succeeded');
    expect([status, element.oss.sentParts]).to.deep.equal(['paused', [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]]);
  });

  for (const [time, pause] of Object.entries({
    'before the element was removed': async (element: TestUpload) => {
      element.pause();
      await removeAndWait(element);
    },
    'while the element was removed': async (element: TestUpload) => {
      await removeAndWait(element);
      element.pause();
    },
  })) {
    it(`stays paused when it was paused ${time}`, async () => {
      const element = await createElement({ multiple: true });
      await startUpload(element);
      const parent = element.parentElement!;
      await pause(element);
      parent.append(element);
      const [other] = await element.addFiles([makeFile(PART, 'other.mp4')]);
      const success = nextDetail(element, 'oss-upload-success');
      other!.start();
      const { key } = await success;
      expect([key, element.uploads.map(({ state }) => state.status)]).to.deep.equal([
        'other.mp4',
        ['paused', 'succeeded'],
      ]);
    });
  }

  it('keeps its place in the queue when the element is inserted again', async () => {
    const element = await createElement({ multiple: true, concurrentFiles: 1 });
    await element.addFiles(['a', 'b', 'c'].map((name) => makeFile(PART, name)));
    const held = element.oss.hold('put');
    element.start();
    await held.reached;
    const parent = element.parentElement!;
    await removeAndWait(element);
    parent.append(element);
    await waitForStatus(element, 'succeeded');
    expect([...element.oss.objects.keys()]).to.deep.equal(['a', 'b', 'c']);
  });
});

describe('an element that was removed', () => {
  /** Creates an element with a started upload, and removes it. */
  async function createRemoved(
    set: Partial<TestUpload> = {},
  ): Promise<{ element: TestUpload; putBack: () => void }> {
    const element = await createElement(set);
    const parent = element.parentElement!;
    await element.addFiles([makeFile(size)]);
    element.remove();
    await Promise.resolve();
    return { element, putBack: () => parent.append(element) };
  }

  for (const [command, run] of Object.entries<(element: TestUpload) => void>({
    'start()': (element) => element.start(),
    'start() of an upload': (element) => element.uploads[0]!.start(),
  })) {
    it(`starts with ${command} once it is inserted again`, async () => {
      const { element, putBack } = await createRemoved();
      run(element);
      const { status } = element;
      putBack();
      await waitForStatus(element, 'succeeded');
      expect(status).to.equal('ready');
    });
  }

  it('does not start what was cancelled before it is inserted again', async () => {
    const { element, putBack } = await createRemoved();
    element.start();
    await element.cancel();
    putBack();
    await waitForStatus(element, 'cancelled');
    expect(element.oss.count('createUpload')).to.equal(0);
  });

  it('retries a failed upload once it is inserted again', async () => {
    const { element, putBack } = await createRemoved();
    putBack();
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    element.start();
    await waitForStatus(element, 'failed');
    element.remove();
    await Promise.resolve();
    element.uploads[0]!.retry();
    const { status } = element;
    putBack();
    await waitForStatus(element, 'succeeded');
    expect(status).to.equal('failed');
  });

  it('adds files, which start once it is inserted again', async () => {
    const { element, putBack } = await createRemoved({ autoStart: true, multiple: true });
    await element.addFiles([makeFile(PART, 'other.mp4')]);
    const statuses = element.uploads.map(({ state }) => state.status);
    putBack();
    await waitForStatus(element, 'succeeded');
    expect([statuses, [...element.oss.objects.keys()].sort()]).to.deep.equal([
      ['paused', 'ready'],
      ['film.mp4', 'other.mp4'],
    ]);
  });

  it('opens the file of an earlier upload, which resumes once it is inserted again', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup, { handle: { file: film } });
    const element = await revisit(setup);
    const parent = element.parentElement!;
    await removeAndWait(element);
    const opened = nextDetail(element, 'oss-state-change');
    element.uploads[0]!.resume();
    const { to } = await opened;
    await element.updateComplete;
    const { status } = element;
    parent.append(element);
    await waitForStatus(element, 'succeeded');
    expect([to, status, element.oss.sentParts]).to.deep.equal([
      'paused',
      'paused',
      [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10],
    ]);
  });

  it('uploads before it is inserted for the first time', async () => {
    const element = Object.assign(new TestUpload(), {
      region: 'oss-cn-hangzhou',
      bucket: 'examplebucket',
      credentialsUrl: '/sts',
    });
    const [upload] = await element.addFiles([makeFile(PART)]);
    const success = nextDetail(element, 'oss-upload-success');
    upload!.start();
    expect((await success).key).to.equal('film.mp4');
  });
});

describe('a file that is being added', () => {
  /** Returns an element whose key function runs until `resolve` is called. */
  async function addSlowly(set: Partial<TestUpload> = {}) {
    const keys: string[] = [];
    let resolve!: () => void;
    const element = await createElement({
      autoStart: true,
      multiple: true,
      objectKey: async ({ name }) => {
        keys.push(element.bucket!);
        if (keys.length === 1) await new Promise<void>((resume) => (resolve = resume));
        return `${element.bucket}/${name}`;
      },
      ...set,
    });
    const parent = element.parentElement!;
    const adding = element.addFiles([makeFile(PART), makeFile(PART, 'other.mp4')]);
    while (keys.length === 0) await Promise.resolve();
    return { element, adding, resolve, keys, putBack: () => parent.append(element) };
  }

  it('does not start when the element is removed meanwhile, until it is inserted again', async () => {
    const { element, adding, resolve, putBack } = await addSlowly();
    element.remove();
    resolve();
    const uploads = await adding;
    const statuses = uploads.map(({ state }) => state.status);
    putBack();
    await waitForStatus(element, 'succeeded');
    expect([statuses, element.oss.objects.size]).to.deep.equal([['ready', 'ready'], 2]);
  });

  for (const [condition, change] of Object.entries<(element: TestUpload) => void>({
    'the element is disabled': (element) => (element.disabled = true),
    'all uploads are cancelled': (element) => void element.cancel(),
    'the form is reset': (element) => {
      const form = document.createElement('form');
      element.before(form);
      form.append(element);
      form.reset();
    },
  })) {
    it(`is not added when ${condition} meanwhile`, async () => {
      const { element, adding, resolve } = await addSlowly();
      change(element);
      resolve();
      expect([await adding, element.uploads.length]).to.deep.equal([[], 0]);
    });
  }

  it('gets a new key when the bucket changes meanwhile', async () => {
    const { element, adding, resolve, keys } = await addSlowly({ autoStart: false });
    element.bucket = 'other-bucket';
    resolve();
    const uploads = await adding;
    expect([keys, uploads.map(({ key }) => key)]).to.deep.equal([
      ['examplebucket', 'other-bucket', 'other-bucket'],
      ['other-bucket/film.mp4', 'other-bucket/other.mp4'],
    ]);
  });

  it('is checked against settings that change meanwhile', async () => {
    const { element, adding, resolve } = await addSlowly();
    element.accept = '.pdf';
    const rejected = nextDetail(element, 'oss-file-reject');
    resolve();
    expect([await adding, (await rejected).reason]).to.deep.equal([[], 'type']);
  });
});

describe('an element whose setting `disabled` is undefined, as frameworks pass it on', () => {
  it('stays enabled', async () => {
    const element = await createElement();
    const wasDisabled = [1, 2].map(() => {
      Object.assign(element, { disabled: undefined });
      return element.hasAttribute('disabled');
    });
    expect(wasDisabled).to.deep.equal([false, false]);
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
    await element.resumeFrom(checkpoint, makeFile(size));
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([5, 6, 7, 8, 9, 10]);
  });

  it('of another file is rejected with a readable error and adds no upload', async () => {
    const { checkpoint } = await makeCheckpoint();
    const element = await createElement();
    let thrown: unknown;
    try {
      await element.resumeFrom(checkpoint, makeFile(PART));
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
    const resumed = await element.resumeFrom(checkpoint, makeFile(size));
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
