import { expect } from '@open-wc/testing';
import { createElement, detailOf, film, part, pickOne, statusIs, type TestUpload } from './support.js';

async function underWay(set: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement(set);
  await pickOne(element, film);
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await statusIs(element, 'uploading');
  return element;
}

const hide = (persisted: boolean): boolean =>
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
const show = (): boolean => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

describe('a page that falls asleep', () => {
  const ways: Record<string, [sleep: () => void, wake: () => void]> = {
    'in the back/forward cache': [() => hide(true), show],
    'frozen in the background': [
      () => document.dispatchEvent(new Event('freeze')),
      () => document.dispatchEvent(new Event('resume')),
    ],
  };
  for (const [how, [sleep, wake]] of Object.entries(ways)) {
    it(`pauses, ${how}, and goes on when it wakes`, async () => {
      const element = await underWay();
      sleep();
      await statusIs(element, 'paused');
      wake();
      await statusIs(element, 'succeeded');
      expect(element.oss.sentParts).to.deep.equal([1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10]);
    });
  }

  it('goes on once where it is both', async () => {
    const element = await underWay();
    hide(true);
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    show();
    await statusIs(element, 'succeeded');
    expect(element.oss.count('completeUpload')).to.equal(1);
  });

  it('leaves alone what the person has paused', async () => {
    const element = await underWay();
    element.pause();
    hide(true);
    show();
    await element.updateComplete;
    expect(element.status).to.equal('paused');
  });

  it('leaves it paused where the element went away meanwhile', async () => {
    const element = await underWay();
    hide(true);
    element.remove();
    show();
    expect(element.uploads[0]!.state.status).to.equal('paused');
  });

  it('goes on where the page is hidden and not kept', async () => {
    const element = await underWay();
    hide(false);
    await element.updateComplete;
    expect(element.status).to.equal('uploading');
  });
});

describe('leaving the page', () => {
  const asks = (): boolean => {
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    return leaving.defaultPrevented;
  };

  it('is asked about while an upload is under way', async () => {
    await underWay({ warnOnLeave: true });
    expect(asks()).to.be.true;
  });

  it('is asked about after the element has moved in the page', async () => {
    const element = await underWay({ warnOnLeave: true });
    element.parentElement!.append(element);
    await element.updateComplete;
    expect(asks()).to.be.true;
  });

  it('is not asked about unless the page wants it', async () => {
    await underWay();
    expect(asks()).to.be.false;
  });

  it('is not asked about while nothing is under way', async () => {
    const element = await underWay({ warnOnLeave: true });
    part(element, 'pause-button').click();
    await statusIs(element, 'paused');
    expect(asks()).to.be.false;
  });

  it('is not asked about once the element is gone', async () => {
    const element = await underWay({ warnOnLeave: true });
    element.remove();
    expect(asks()).to.be.false;
  });
});

describe('the screen', () => {
  const own = Object.getOwnPropertyDescriptor(navigator, 'wakeLock');
  const visibility = Object.getOwnPropertyDescriptor(document, 'visibilityState');
  /** What is asked of the browser, in order; a screen can't be looked at. */
  let asked: string[];
  let release: () => void;

  beforeEach(() => {
    asked = [];
    stub(() => {
      asked.push('lock');
      return Promise.resolve({
        release: () => {
          asked.push('release');
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

  it('stays awake while bytes move, and no longer', async () => {
    setVisibility('visible');
    const element = await underWay({ keepAwake: true });
    const during = [...asked];
    const over = released();
    element.pause();
    await over;
    expect([during, asked]).to.deep.equal([['lock'], ['lock', 'release']]);
  });

  it('stays awake again when the page is seen again', async () => {
    setVisibility('visible');
    const element = await underWay({ keepAwake: true });
    const over = released();
    setVisibility('hidden');
    await over;
    setVisibility('visible');
    expect(asked).to.deep.equal(['lock', 'release', 'lock']);
    const again = released();
    element.remove();
    await again;
  });

  it('may sleep unless the page wants it awake', async () => {
    setVisibility('visible');
    await underWay();
    expect(asked).to.be.empty;
  });

  it('is no matter of the upload where the browser refuses', async () => {
    setVisibility('visible');
    stub(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const element = await createElement({ keepAwake: true, autoStart: true });
    const success = detailOf(element, 'oss-upload-success');
    await element.addFiles([film]);
    expect((await success).key).to.equal('film.mp4');
  });
});
