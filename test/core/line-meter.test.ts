import { expect } from '@open-wc/testing';
import { LineMeter, type SentPart } from '../../src/core/transfer/line-meter.js';

const MB = 1e6;
/** Of six parts in flight, at 1 MB/s each. */
const part: SentPart = { size: 4 * MB, duration: 4_200, latency: 100, parallel: 6 };
const remembered = { rate: 2 * MB, throughput: 4 * MB, roundTrip: 20 };

describe('LineMeter', () => {
  let meter: LineMeter;
  beforeEach(() => (meter = new LineMeter()));

  const add = (count: number, changes: Partial<SentPart> = {}) => {
    for (let i = 0; i < count; i++) meter.add({ ...part, ...changes });
  };

  it('knows nothing before the first part', () => {
    expect([meter.line, meter.measured, meter.current]).to.deep.equal([undefined, undefined, undefined]);
  });

  it('measures the rate of one connection without the round trips', () => {
    add(3);
    expect(meter.measured?.rate).to.equal(MB);
  });

  it('measures the throughput of all connections by the first part', () => {
    add(1);
    expect(meter.current?.throughput).to.be.closeTo(6 * MB, 0.3 * MB);
  });

  it('takes the shortest latency as the round trip', () => {
    add(4);
    add(1, { latency: 40 });
    expect(meter.measured?.roundTrip).to.equal(40);
  });

  it('needs three parts before it counts more than an earlier visit', () => {
    meter.remember(remembered);
    add(2);
    expect([meter.line, meter.current]).to.deep.equal([remembered, remembered]);
    add(1);
    expect(meter.line?.rate).to.equal(MB);
  });

  it('ignores single outliers, such as a part during which the clock or the network jumped', () => {
    add(6);
    add(1, { duration: 3_600_000 });
    add(1, { duration: 1, latency: 100 });
    expect(meter.measured?.rate).to.equal(MB);
  });

  it('follows a network that becomes slower or faster', () => {
    add(8);
    add(5, { duration: 40_200 });
    expect(meter.measured?.rate).to.equal(0.1 * MB);
    add(5, { duration: 600 });
    expect(meter.measured?.rate).to.equal(10 * MB);
  });

  for (const [what, changes] of Object.entries({
    'tiny files': { size: 200, duration: 800 },
    'tiny files to which OSS responds late': { size: 200, duration: 10_000 },
    'empty files': { size: 0, duration: 800 },
    'images that take little longer than their round trips': { size: 400_000, duration: 1_000 },
  })) {
    it(`learns nothing from ${what}`, () => {
      add(20, changes);
      expect(meter.current).to.equal(undefined);
    });

    it(`prefers what an earlier visit has measured to ${what}`, () => {
      meter.remember(remembered);
      add(20, changes);
      expect([meter.measured, meter.current]).to.deep.equal([undefined, remembered]);
    });
  }

  const slow = { size: 100_000, duration: 50_000, parallel: 2 };

  it('knows the throughput of a slow network by small files', () => {
    add(3, slow);
    expect([meter.current?.throughput, meter.measured]).to.deep.equal([4_000, undefined]);
  });

  it('forgets a slow small file after a fast one', () => {
    add(1, slow);
    add(1, { size: 100_000, duration: 300 });
    expect(meter.current).to.equal(undefined);
  });

  it('prefers large parts to small ones', () => {
    add(3, slow);
    add(3);
    add(20, slow);
    expect(meter.measured?.rate).to.equal(MB);
  });
});
