import { expect } from '@open-wc/testing';
import { broadcastChannel } from '../../../src/adapters/browser/broadcast-channel.js';

describe('the channel', () => {
  it('calls all listeners, also those of this page, until they are unsubscribed', async () => {
    const calls: string[] = [];
    const unsubscribe = broadcastChannel.subscribe(() => calls.push('unsubscribed'));
    unsubscribe();
    const called = ['first', 'second'].map(
      (name) =>
        new Promise<() => void>((resolve) => {
          const stop = broadcastChannel.subscribe(() => {
            calls.push(name);
            resolve(stop);
          });
        }),
    );
    broadcastChannel.post();
    for (const stop of await Promise.all(called)) stop();
    expect(calls.sort()).to.deep.equal(['first', 'second']);
  });

  it('does nothing where the browser has none', () => {
    const original = globalThis.BroadcastChannel;
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    try {
      broadcastChannel.post();
      expect(broadcastChannel.subscribe(() => {})()).to.equal(undefined);
    } finally {
      globalThis.BroadcastChannel = original;
    }
  });
});
