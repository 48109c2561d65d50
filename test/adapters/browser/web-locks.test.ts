import { expect } from '@open-wc/testing';
import { webLocks } from '../../../src/adapters/browser/web-locks.js';

const neverAborted = new AbortController().signal;
const failIfWaiting = () => {
  throw new Error('The lock is not available.');
};

/** Whether a lock is held, in this page or another one. */
async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === `oss-resumable-upload:${name}`);
}

describe('web locks', () => {
  let name: string;

  beforeEach(() => {
    name = crypto.randomUUID();
  });

  it('grants an available lock immediately', async () => {
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const during = await isHeld(name);
    await release();
    expect([during, await isHeld(name)]).to.deep.equal([true, false]);
  });

  it('grants a released lock to the next request in the queue', async () => {
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const order: string[] = [];
    const second = webLocks.acquire(name, neverAborted, () => {
      order.push('waits');
      void release();
    });
    await (
      await second
    )();
    order.push('holds');
    expect(order).to.deep.equal(['waits', 'holds']);
  });

  it('grants a lock again immediately after it is released', async () => {
    await (
      await webLocks.acquire(name, neverAborted, failIfWaiting)
    )();
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const isHeldAgain = await isHeld(name);
    await release();
    expect(isHeldAgain).to.equal(true);
  });

  it('reports a released lock as not held', async () => {
    await (
      await webLocks.acquire(name, neverAborted, failIfWaiting)
    )();
    expect(await isHeld(name)).to.equal(false);
  });

  it('keeps locks with different names independent', async () => {
    const areHeld = () => Promise.all([isHeld(name), isHeld(`${name}-2`)]);
    const releaseFirst = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const held = [await areHeld()];
    const releaseSecond = await webLocks.acquire(`${name}-2`, neverAborted, failIfWaiting);
    await releaseFirst();
    held.push(await areHeld());
    await releaseSecond();
    held.push(await areHeld());
    expect(held).to.deep.equal([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('rejects with the reason of the signal while it waits', async () => {
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const controller = new AbortController();
    const error: unknown = await webLocks
      .acquire(name, controller.signal, () => controller.abort(new Error('stopped')))
      .catch((thrown: unknown) => thrown);
    await release();
    expect(error).to.have.property('message', 'stopped');
  });

  it('grants a lock when the page that holds it is closed', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    await new Promise<void>((resolve) => {
      void frame.contentWindow!.navigator.locks.request(`oss-resumable-upload:${name}`, () => {
        resolve();
        return new Promise(() => {});
      });
    });
    let waits = 0;
    const release = await webLocks.acquire(name, neverAborted, () => {
      waits++;
      frame.remove();
    });
    const during = await isHeld(name);
    await release();
    expect([waits, during, await isHeld(name)]).to.deep.equal([1, true, false]);
  });
});

describe('web locks that the browser forbids, like Firefox in cross-site frames', () => {
  const original = Object.getOwnPropertyDescriptor(navigator, 'locks');
  beforeEach(() => {
    const reject = () => Promise.reject(new DOMException('Not in this context', 'SecurityError'));
    Object.defineProperty(navigator, 'locks', {
      configurable: true,
      value: { request: reject, query: reject },
    });
  });
  afterEach(() => {
    if (original) Object.defineProperty(navigator, 'locks', original);
    else Reflect.deleteProperty(navigator, 'locks');
  });

  it('are granted immediately', async () => {
    const release = await webLocks.acquire('film', neverAborted, failIfWaiting);
    expect(await release()).to.equal(undefined);
  });
});
