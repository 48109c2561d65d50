import { expect } from '@open-wc/testing';
import { throttle } from '../../src/scheduling.js';

/** Longer than any test, in milliseconds. */
const FOREVER = 3_600_000;

describe('throttle', () => {
  it('calls the function immediately at first', () => {
    let calls = 0;
    const call = throttle(() => calls++, FOREVER);
    call();
    expect(calls).to.equal(1);
  });

  it('doesn’t call it again before the interval is over', () => {
    let calls = 0;
    const call = throttle(() => calls++, FOREVER);
    for (let i = 0; i < 3; i++) call();
    expect(calls).to.equal(1);
  });

  it('calls it once when the interval is over', async () => {
    const times: number[] = [];
    const call = throttle(() => times.push(performance.now()), 50);
    for (let i = 0; i < 3; i++) call();
    while (times.length < 2) await new Promise(requestAnimationFrame);
    expect(times[1]! - times[0]!).to.be.at.least(49);
    expect(times).to.have.length(2);
  });
});
