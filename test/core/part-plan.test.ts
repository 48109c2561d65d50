import { expect } from '@open-wc/testing';
import {
  choosePartSize,
  countParts,
  MAX_OBJECT_SIZE,
  MAX_PART_SIZE,
  MAX_PARTS,
  MIN_PART_SIZE,
  planParts,
} from '../../src/core/transfer/part-plan.js';
import { fc } from '../support/properties.js';

describe('part plan', () => {
  it('uses the requested part size', () => {
    expect(choosePartSize(1e9, 8e6)).to.equal(8e6);
  });

  it('raises a part size below 100 KiB', () => {
    expect(choosePartSize(1e6, 1)).to.equal(MIN_PART_SIZE);
  });

  it('lowers a part size above 5 GiB', () => {
    expect(choosePartSize(1e12, 1e11)).to.equal(MAX_PART_SIZE);
  });

  it('raises the part size if 10,000 parts are not enough', () => {
    expect(countParts(1e12, choosePartSize(1e12, 1e6))).to.be.at.most(MAX_PARTS);
  });

  it('splits the largest possible object into 10,000 parts of 5 GiB', () => {
    expect(choosePartSize(MAX_OBJECT_SIZE, 1)).to.equal(MAX_PART_SIZE);
  });

  it('plans one empty part for an empty file', () => {
    expect(planParts(0, MIN_PART_SIZE)).to.deep.equal([{ number: 1, start: 0, end: 0 }]);
  });

  it('plans one part for a file of exactly the part size', () => {
    expect(planParts(MIN_PART_SIZE, MIN_PART_SIZE)).to.have.length(1);
  });

  describe('for any file size and requested part size', () => {
    /** Distributed evenly over orders of magnitude. */
    const fileSize = fc
      .tuple(fc.nat(Math.ceil(Math.log2(MAX_OBJECT_SIZE))), fc.double({ min: 1, max: 2, noNaN: true }))
      .map(([power, mantissa]) => Math.min(Math.floor(2 ** power * mantissa) - 1, MAX_OBJECT_SIZE));
    const requested = fc.oneof(
      fc.double({ min: -1, max: 2 * MAX_OBJECT_SIZE, noNaN: true }),
      fc.integer({ min: 1, max: 2 * MIN_PART_SIZE }),
    );
    const plan = fc.tuple(fileSize, requested).map(([size, requestedSize]) => {
      const partSize = choosePartSize(size, requestedSize);
      return { fileSize: size, partSize, parts: planParts(size, partSize) };
    });

    it('stays within the limits of OSS', () => {
      fc.assert(
        fc.property(plan, ({ partSize, parts }) => {
          expect(parts.length).to.be.within(1, MAX_PARTS);
          expect(partSize).to.be.within(MIN_PART_SIZE, MAX_PART_SIZE);
          expect(Number.isInteger(partSize)).to.equal(true);
        }),
      );
    });

    it('covers every byte exactly once, in order', () => {
      fc.assert(
        fc.property(plan, ({ fileSize: size, parts }) => {
          const ends = [0, ...parts.map(({ end }) => end)];
          expect(parts.every(({ number, start }, index) => number === index + 1 && start === ends[index])).to
            .be.true;
          expect(ends.at(-1)).to.equal(size);
        }),
      );
    });

    it('gives all parts but the last the same size', () => {
      fc.assert(
        fc.property(plan, ({ partSize, parts }) => {
          expect(parts.slice(0, -1).every(({ start, end }) => end - start === partSize)).to.be.true;
        }),
      );
    });
  });
});
