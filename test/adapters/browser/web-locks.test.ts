import { expect } from '@open-wc/testing';
import { webLocks } from '../../../src/adapters/browser/web-locks.js';

const never = new AbortController().signal;
const unexpected = () => {
  throw new Error('It waits.');
};

describe('web locks', () => {
  let name: string;

  beforeEach(() => {
    name = crypto.randomUUID();
  });

  it('gives a free lock at once', async () => {
    const release = await webLocks.acquire(name, never, unexpected);
    await release();
  });

  it('gives it to the next when it is given back', async () => {
    const release = await webLocks.acquire(name, never, unexpected);
    const order: string[] = [];
    const second = webLocks.acquire(name, never, () => {
      order.push('waits');
      void release();
    });
    await (
      await second
    )();
    order.push('holds');
    expect(order).to.deep.equal(['waits', 'holds']);
  });

  it('can be had at once when it has been given back', async () => {
    await (
      await webLocks.acquire(name, never, unexpected)
    )();
    await (
      await webLocks.acquire(name, never, unexpected)
    )();
  });

  it('is held by nobody when it has been given back', async () => {
    await (
      await webLocks.acquire(name, never, unexpected)
    )();
    expect(await webLocks.isHeld(name)).to.equal(false);
  });

  it('keeps different uploads out of each other’s way', async () => {
    const releases = [
      await webLocks.acquire(name, never, unexpected),
      await webLocks.acquire(`${name}-2`, never, unexpected),
    ];
    for (const release of releases) await release();
  });

  it('knows whether anyone holds a lock', async () => {
    const before = await webLocks.isHeld(name);
    const release = await webLocks.acquire(name, never, unexpected);
    const during = await webLocks.isHeld(name);
    await release();
    expect([before, during]).to.deep.equal([false, true]);
  });

  it('stops waiting with the reason when it is told to', async () => {
    const release = await webLocks.acquire(name, never, unexpected);
    const stop = new AbortController();
    const error: unknown = await webLocks
      .acquire(name, stop.signal, () => stop.abort(new Error('stopped')))
      .catch((thrown: unknown) => thrown);
    await release();
    expect(error).to.have.property('message', 'stopped');
  });

  it('is taken over when the page that holds it is gone', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    await new Promise<void>((resolve) => {
      void frame.contentWindow!.navigator.locks.request(`oss-resumable-upload:${name}`, () => {
        resolve();
        return new Promise(() => {});
      });
    });
    const release = await webLocks.acquire(name, never, () => frame.remove());
    await release();
  });
});

describe('locks that the browser refuses, as Firefox does in a frame of another site', () => {
  const own = Object.getOwnPropertyDescriptor(navigator, 'locks');
  beforeEach(() => {
    const refuse = () => Promise.reject(new DOMException('Not in this context', 'SecurityError'));
    Object.defineProperty(navigator, 'locks', {
      configurable: true,
      value: { request: refuse, query: refuse },
    });
  });
  afterEach(() => {
    if (own) Object.defineProperty(navigator, 'locks', own);
    else Reflect.deleteProperty(navigator, 'locks');
  });

  it('keep no upload from beginning', async () => {
    const release = await webLocks.acquire('film', never, unexpected);
    expect(await release()).to.equal(undefined);
  });

  it('keep nothing that was left unfinished from being found', async () => {
    expect(await webLocks.isHeld('film')).to.equal(false);
  });
});
