import { expect } from '@open-wc/testing';
import {
  createElement,
  nextDetail,
  film,
  makeFile,
  part,
  PART,
  pickOne,
  waitForStatus,
  type TestUpload,
} from './support.js';

async function startUpload(set: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement(set);
  await pickOne(element, film);
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await waitForStatus(element, 'uploading');
  return element;
}

const hide = (persisted: boolean): boolean =>
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
const show = (): boolean => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

describe('a suspended page', () => {
  const cases: Record<string, [suspend: () => void, resume: () => void]> = {
    'in the back/forward cache': [() => hide(true), show],
    'while frozen in the background': [
      () => document.dispatchEvent(new Event('freeze')),
      () => document.dispatchEvent(new Event('resume')),
    ],
  };
  for (const [condition, [suspend, resume]] of Object.entries(cases)) {
    it(`pauses ${condition} and resumes afterwards`, async () => {
      const element = await startUpload();
      suspend();
      await waitForStatus(element, 'paused');
      resume();
      await waitForStatus(element, 'succeeded');
      expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
    });
  }

  it('resumes once when it is both cached and frozen', async () => {
    const element = await startUpload();
    hide(true);
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    show();
    await waitForStatus(element, 'succeeded');
    expect(element.oss.count('completeUpload')).to.equal(1);
  });

  it('does not resume an upload that the user paused', async () => {
    const element = await startUpload({ multiple: true });
    element.pause();
    const [other] = await element.addFiles([makeFile(3 * PART, 'other.mp4')]);
    const held = element.oss.hold('uploadPart', 2);
    other!.start();
    await held.reached;
    hide(true);
    show();
    const { key } = await nextDetail(element, 'oss-upload-success');
    expect([key, element.uploads.map(({ state }) => state.status), element.oss.sentParts]).to.deep.equal([
      'other.mp4',
      ['paused', 'succeeded'],
      [1, 2, 3, 4, 5, 1, 2, 2, 3],
    ]);
  });

  for (const [condition, [suspend, resume]] of Object.entries(cases)) {
    it(`does not resume ${condition} while the element is removed`, async () => {
      const element = await startUpload();
      const parent = element.parentElement!;
      suspend();
      element.remove();
      await Promise.resolve();
      resume();
      const { status } = element;
      parent.append(element);
      await waitForStatus(element, 'succeeded');
      expect([status, element.oss.sentParts]).to.deep.equal(['paused', [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]]);
    });

    it(`does not resume when the element is inserted again ${condition}`, async () => {
      const element = await startUpload();
      const parent = element.parentElement!;
      element.remove();
      await Promise.resolve();
      parent.append(element);
      suspend();
      element.remove();
      await Promise.resolve();
      parent.append(element);
      await Promise.resolve();
      const { status } = element;
      resume();
      await waitForStatus(element, 'succeeded');
      expect(status).to.equal('paused');
    });
  }

  it('does not pause when the page is unloaded', async () => {
    const element = await createElement();
    await pickOne(element, film);
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    hide(false);
    held.release();
    await waitForStatus(element, 'succeeded');
    expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('beforeunload', () => {
  const isWarned = (): boolean => {
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    return leaving.defaultPrevented;
  };

  it('warns while an upload is running', async () => {
    await startUpload({ warnOnLeave: true });
    expect(isWarned()).to.be.true;
  });

  it('warns after the element has moved within the page', async () => {
    const element = await startUpload({ warnOnLeave: true });
    element.parentElement!.append(element);
    await element.updateComplete;
    expect(isWarned()).to.be.true;
  });

  it('does not warn without warn-on-leave', async () => {
    await startUpload();
    expect(isWarned()).to.be.false;
  });

  it('does not warn while no upload is running', async () => {
    const element = await startUpload({ warnOnLeave: true });
    part(element, 'pause-button').click();
    await waitForStatus(element, 'paused');
    expect(isWarned()).to.be.false;
  });

  it('does not warn after the element was removed', async () => {
    const element = await startUpload({ warnOnLeave: true });
    element.remove();
    expect(isWarned()).to.be.false;
  });
});

describe('the screen wake lock', () => {
  const own = Object.getOwnPropertyDescriptor(navigator, 'wakeLock');
  const visibility = Object.getOwnPropertyDescriptor(document, 'visibilityState');
  /** Calls to the wake lock API, in order. */
  let calls: string[];
  let release: () => void;

  beforeEach(() => {
    calls = [];
    stub(() => {
      calls.push('lock');
      return Promise.resolve({
        release: () => {
          calls.push('release');
          release();
        },
      });
    });
  });

  afterEach(() => {
    restore(navigator, 'wakeLock', own);
    restore(document, 'visibilityState', visibility);
  });

  function stub(request: () => Promise<unknown>): void {
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
  }

  function restore(target: object, name: string, descriptor: PropertyDescriptor | undefined): void {
    if (descriptor) Object.defineProperty(target, name, descriptor);
    else Reflect.deleteProperty(target, name);
  }

  function setVisibility(value: DocumentVisibilityState): void {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  const released = (): Promise<void> => new Promise((resolve) => (release = resolve));

  it('is held while an upload is transferring and released afterwards', async () => {
    setVisibility('visible');
    const element = await startUpload({ keepAwake: true });
    const during = [...calls];
    const over = released();
    element.pause();
    await over;
    expect([during, calls]).to.deep.equal([['lock'], ['lock', 'release']]);
  });

  it('is requested again when the page becomes visible', async () => {
    setVisibility('visible');
    const element = await startUpload({ keepAwake: true });
    const over = released();
    setVisibility('hidden');
    await over;
    setVisibility('visible');
    expect(calls).to.deep.equal(['lock', 'release', 'lock']);
    const again = released();
    element.remove();
    await again;
  });

  it('is not requested without keep-awake', async () => {
    setVisibility('visible');
    const element = await startUpload();
    element.pause();
    await waitForStatus(element, 'paused');
    element.resume();
    await waitForStatus(element, 'succeeded');
    expect(calls).to.be.empty;
  });

  it('does not affect the upload when the browser refuses it', async () => {
    setVisibility('visible');
    stub(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const element = await createElement({ keepAwake: true, autoStart: true });
    const success = nextDetail(element, 'oss-upload-success');
    await element.addFiles([film]);
    expect((await success).key).to.equal('film.mp4');
  });
});
