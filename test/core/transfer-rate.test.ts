import { expect } from '@open-wc/testing';
import { progressOf } from '../../src/core/upload-state.js';
import { Throughput, TransferRate } from '../../src/core/transfer/transfer-rate.js';

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

  it('falls while no bytes are sent, and is unknown after a few seconds', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    addSteadily(10, 0, 5_000, rate);
    expect(rate.bytesPerSecond(9_000)).to.be.below(6_000);
    expect(rate.bytesPerSecond(10_001)).to.equal(undefined);
  });

  it('is unknown after each of several stalls', () => {
    const rate = new TransferRate();
    rate.reset(0, 0);
    addSteadily(10, 0, 5_000, rate);
    addSteadily(10, 60_000, 65_000, rate, 50_000);
    expect(rate.bytesPerSecond(65_000)).to.be.above(0);
    expect(rate.bytesPerSecond(73_000)).to.equal(undefined);
  });

  it('is known again after the clock was set back', () => {
    const rate = new TransferRate();
    rate.reset(3_600_000, 0);
    addSteadily(2, 3_600_000, 3_630_000, rate);
    addSteadily(2, 30_000, 35_000, rate, 60_000);
    expect(rate.bytesPerSecond(35_000)).to.be.closeTo(2_000, 20);
  });

  it('stays known between additions that are always far apart', () => {
    const rate = new TransferRate(300_000);
    rate.reset(0, 0);
    for (let time = 20_000; time <= 100_000; time += 20_000) rate.add(time, time);
    expect(rate.bytesPerSecond(119_000)).to.be.above(0);
    expect(rate.bytesPerSecond(131_000)).to.equal(undefined);
  });
});

describe('Throughput', () => {
  const progress = (loaded: number, stored = 0) => progressOf(loaded, stored, 100e6);

  it('is unknown while buffers have accepted the first bytes and OSS has acknowledged none', () => {
    const throughput = new Throughput();
    throughput.reset(0, progress(0));
    throughput.add(300, progress(19e6));
    throughput.add(1_500, progress(19e6));
    expect(throughput.estimate(1_500, progress(19e6), false)).to.deep.equal({
      bytesPerSecond: undefined,
      secondsLeft: undefined,
    });
  });

  it('is known once OSS has acknowledged the first bytes', () => {
    const throughput = new Throughput();
    throughput.reset(0, progress(0));
    throughput.add(300, progress(20e6, 10e6));
    expect(throughput.estimate(2_000, progress(20e6, 10e6), false)).to.deep.equal({
      bytesPerSecond: 10e6,
      secondsLeft: 8,
    });
  });
});
