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

  it('can be released after another script has stolen it', async () => {
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    await navigator.locks.request(`oss-resumable-upload:${name}`, { steal: true }, () => {});
    expect(await release()).to.equal(undefined);
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

describe('claims', () => {
  it('can be held several times, and end with the last release', async () => {
    const name = crypto.randomUUID();
    const isClaimed = async () => (await webLocks.claimed()).has(name);
    const releases = await Promise.all([webLocks.claim(name), webLocks.claim(name)]);
    const claimed = [await isClaimed()];
    for (const release of releases) {
      await release();
      claimed.push(await isClaimed());
    }
    expect(claimed).to.deep.equal([true, true, false]);
  });

  it('do not affect locks with the same name', async () => {
    const name = crypto.randomUUID();
    const releaseClaim = await webLocks.claim(name);
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    await release();
    await releaseClaim();
    expect((await webLocks.claimed()).has(name)).to.equal(false);
  });

  it('are granted before a lock that is requested later', async () => {
    const name = crypto.randomUUID();
    const claim = webLocks.claim(name);
    const release = await webLocks.acquire(name, neverAborted, failIfWaiting);
    const isClaimed = (await webLocks.claimed()).has(name);
    await release();
    await (
      await claim
    )();
    expect(isClaimed).to.equal(true);
  });

  it('end when the page that holds them is closed', async () => {
    const name = crypto.randomUUID();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { locks } = frame.contentWindow!.navigator;
    await new Promise<void>((resolve) => {
      void locks.request(`oss-resumable-upload-claim:${name}`, { mode: 'shared' }, () => {
        resolve();
        return new Promise(() => {});
      });
    });
    const before = (await webLocks.claimed()).has(name);
    frame.remove();
    // Granted once the browser has released the shared lock.
    await navigator.locks.request(`oss-resumable-upload-claim:${name}`, () => {});
    expect([before, (await webLocks.claimed()).has(name)]).to.deep.equal([true, false]);
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

  it('still exclude each other within the page', async () => {
    const release = await webLocks.acquire('film', neverAborted, failIfWaiting);
    const order: string[] = [];
    const second = webLocks.acquire('film', neverAborted, () => {
      order.push('waits');
      void release();
    });
    await (
      await second
    )();
    order.push('holds');
    expect(order).to.deep.equal(['waits', 'holds']);
  });

  it('can be given up while they are waited for', async () => {
    const release = await webLocks.acquire('film', neverAborted, failIfWaiting);
    const controller = new AbortController();
    const error: unknown = await webLocks
      .acquire('film', controller.signal, () => controller.abort(new Error('stopped')))
      .catch((thrown: unknown) => thrown);
    await release();
    await (
      await webLocks.acquire('film', neverAborted, failIfWaiting)
    )();
    expect(error).to.have.property('message', 'stopped');
  });

  it('still report claims within the page', async () => {
    const releases = await Promise.all([webLocks.claim('film'), webLocks.claim('film')]);
    const claimed = [[...(await webLocks.claimed())]];
    for (const release of releases) {
      await release();
      claimed.push([...(await webLocks.claimed())]);
    }
    expect(claimed).to.deep.equal([['film'], ['film'], []]);
  });
});
