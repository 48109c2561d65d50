import { expect } from '@open-wc/testing';
import { TransferRate } from '../../src/core/transfer/transfer-rate.js';

/** Adds a sample every 50 ms between two times, in milliseconds. @param start bytes sent before `from` */
function addSteadily(
  bytesPerMillisecond: number,
  from: number,
  to: number,
  rate: TransferRate,
  start = 0,
): void {
  for (let time = from + 50; time <= to; time += 50)
    rate.add(time, start + (time - from) * bytesPerMillisecond);
}

describe('TransferRate', () => {
  it('is undefined before it has enough samples', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    rate.add(500, 1_000_000);
    expect(rate.bytesPerSecond(500)).to.equal(undefined);
  });

  it('reports a steady rate', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    addSteadily(2, 0, 30_000, rate);
    expect(rate.bytesPerSecond(30_000)).to.be.closeTo(2_000, 20);
  });

  it('ignores bytes from before the reset', () => {
    const rate = new TransferRate();
    rate.reset(0, 5e9);
    addSteadily(2, 0, 5_000, rate, 5e9);
    expect(rate.bytesPerSecond(5_000)).to.be.closeTo(2_000, 20);
  });

  it('adapts to a new rate within its window', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    addSteadily(10, 0, 20_000, rate);
    addSteadily(1, 20_000, 40_000, rate, 200_000);
    expect(rate.bytesPerSecond(40_000)).to.be.closeTo(1_000, 20);
  });

  it('falls while no bytes are sent', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    addSteadily(10, 0, 5_000, rate);
    expect(rate.bytesPerSecond(50_000)).to.be.below(2_000);
  });
});
