import { expect } from '@open-wc/testing';
import { autoPartSize, mayStart, parseLine, startInterval, type Line } from '../../src/core/transfer/line.js';
import { makeStoredLine } from '../support/checkpoint-store-contract.js';
import { fc } from '../support/properties.js';

const MiB = 2 ** 20;
const GiB = 2 ** 30;
const MBIT = 125_000;
const DAY = 24 * 3_600_000;

/** Returns what parts have shown about a network. @param parallel parts that were in flight */
function makeLine(roundTrip: number, mbits: number, parallel = 6): Line {
  const throughput = mbits * MBIT;
  return { roundTrip, throughput, rate: throughput / parallel };
}

const anyLine = fc.record({
  rate: fc.double({ min: 100, max: 1e11, noNaN: true }),
  throughput: fc.double({ min: 100, max: 1e11, noNaN: true }),
  roundTrip: fc.double({ min: 0, max: 60_000, noNaN: true }),
});

describe('the automatic part size', () => {
  it('is 4 MiB while nothing is known', () => {
    expect(autoPartSize(GiB, undefined)).to.equal(4 * MiB);
  });

  it('is larger on a fast and far network', () => {
    expect(autoPartSize(GiB, makeLine(150, 300))).to.be.within(16 * MiB, 64 * MiB);
  });

  it('is smaller on a slow network', () => {
    expect(autoPartSize(GiB, makeLine(300, 5, 2))).to.be.within(MiB, 2 * MiB);
  });

  it('is at least 512 KiB on the slowest network', () => {
    expect(autoPartSize(GiB, makeLine(300, 0.1, 2))).to.equal(MiB / 2);
  });

  it('is at most 64 MiB on the fastest network', () => {
    expect(autoPartSize(96 * GiB, makeLine(100, 10_000))).to.equal(64 * MiB);
  });

  it('is larger for a larger file', () => {
    const sizes = [MiB * 100, GiB, 10 * GiB].map((size) => autoPartSize(size, makeLine(20, 600)));
    expect(sizes).to.deep.equal([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes)).to.have.property('size', 3);
  });

  it('gives all connections the same number of parts', () => {
    for (const size of [100 * MiB, 333 * MiB, GiB]) {
      expect(Math.ceil(size / autoPartSize(size, makeLine(150, 300))) % 6).to.equal(0);
    }
  });

  it('sends a photo in a single request, unless that takes long', () => {
    const size = 3 * MiB;
    expect(autoPartSize(size, makeLine(100, 50))).to.be.at.least(size);
    expect(autoPartSize(size, makeLine(100, 2, 2))).to.be.lessThan(size);
  });

  it('lets two parts be in flight for five seconds at most, unless they are the smallest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 * GiB }), anyLine, (fileSize, line) => {
        const size = Math.min(autoPartSize(fileSize, line), fileSize);
        expect(size).to.be.at.most(Math.max(MiB / 2, 2.5 * line.throughput));
      }),
    );
  });

  it('is a whole number from 512 KiB to 64 MiB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), anyLine, (fileSize, line) => {
        const size = autoPartSize(fileSize, line);
        expect(Number.isInteger(size)).to.equal(true);
        expect(size).to.be.within(MiB / 2, 64 * MiB);
      }),
    );
  });
});

describe('the automatic number of parts in flight', () => {
  /** Returns how many parts of this size are in flight. */
  const partsInFlight = (size: number, line: Line | undefined): number => {
    let parts = 0;
    while (mayStart(size, { parts, bytes: parts * size }, line)) parts++;
    return parts;
  };

  it('is two while nothing is known', () => {
    expect(partsInFlight(4 * MiB, undefined)).to.equal(2);
  });

  it('is six on a fast network', () => {
    expect(partsInFlight(4 * MiB, makeLine(20, 100))).to.equal(6);
  });

  it('is two on a slow network', () => {
    const line = makeLine(300, 5, 2);
    expect(partsInFlight(autoPartSize(GiB, line), line)).to.equal(2);
  });

  it('is one if the round trips take little of a part’s time', () => {
    expect(partsInFlight(4 * MiB, makeLine(20, 1))).to.equal(1);
  });

  it('is never zero', () => {
    expect(partsInFlight(5 * GiB, makeLine(0, 0.001))).to.equal(1);
  });

  it('takes five seconds at most with parts of the automatic size, on any network faster than 2 Mbit/s', () => {
    const network = fc.tuple(
      fc.double({ min: 2, max: 10_000, noNaN: true }),
      fc.nat(500),
      fc.integer({ min: 1, max: 6 }),
    );
    fc.assert(
      fc.property(network, ([mbits, roundTrip, parallel]) => {
        const line = makeLine(roundTrip, mbits, parallel);
        const size = autoPartSize(10 * GiB, line);
        expect((partsInFlight(size, line) * size) / line.throughput).to.be.at.most(5.01);
      }),
    );
  });
});

describe('the time between the starts of parts', () => {
  it('is as long as a connection is idle between two parts', () => {
    expect(startInterval(24 * MiB, makeLine(150, 300))).to.equal(2 * 150);
  });

  it('never delays parts that end one after the other', () => {
    const line = makeLine(150, 300);
    const average = (4 * MiB * 1_000) / line.throughput;
    expect(startInterval(4 * MiB, line)).to.be.lessThan(average);
  });
});

describe('what is saved about a network', () => {
  const now = Date.UTC(2026, 0, 31);
  const endpoint = 'oss-cn-hangzhou';
  const saved = makeStoredLine({ savedAt: now - DAY });
  const invalid: Record<string, unknown> = {
    missing: undefined,
    null: null,
    text: 'fast',
    empty: {},
    'of another endpoint': { ...saved, endpoint: 'oss-cn-beijing' },
    'of a newer version': { ...saved, version: 2 },
    'of a checkpoint': { id: endpoint, savedAt: now, partSize: 1e6 },
    outdated: { ...saved, savedAt: now - 31 * DAY },
    'from the future': { ...saved, savedAt: now + DAY },
    'without a time': { ...saved, savedAt: undefined },
    'with a rate of 0': { ...saved, rate: 0 },
    'with a negative rate': { ...saved, rate: -1 },
    'with an infinite rate': { ...saved, rate: Infinity },
    'with a rate that is no number': { ...saved, rate: NaN },
    'with a rate as text': { ...saved, rate: '6000000' },
    'with an absurd throughput': { ...saved, throughput: 1e300 },
    'with a negative round trip': { ...saved, roundTrip: -1 },
    'with a round trip of an hour': { ...saved, roundTrip: 3_600_000 },
  };

  it('is used again', () => {
    const { rate, throughput, roundTrip } = saved;
    expect(parseLine(saved, endpoint, now)).to.deep.equal({ rate, throughput, roundTrip });
  });

  for (const [what, value] of Object.entries(invalid)) {
    it(`is ignored if it is ${what}`, () => {
      expect(parseLine(value, endpoint, now)).to.equal(undefined);
    });
  }
});
