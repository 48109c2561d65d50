import { expect } from '@open-wc/testing';
import {
  choosePartSize,
  countParts,
  MAX_OBJECT_SIZE,
  MAX_PART_SIZE,
  MAX_PARTS,
  MIN_PART_SIZE,
  planParts,
} from '../../src/core/part-plan.js';
import { seededRandom } from '../support/seeded-random.js';

describe('part plan', () => {
  it('takes the part size that is wanted', () => {
    expect(choosePartSize(1e9, 8e6)).to.equal(8e6);
  });

  it('raises a part size below 100 KiB', () => {
    expect(choosePartSize(1e6, 1)).to.equal(MIN_PART_SIZE);
  });

  it('lowers a part size above 5 GiB', () => {
    expect(choosePartSize(1e12, 1e11)).to.equal(MAX_PART_SIZE);
  });

  it('raises the part size where 10,000 parts would not do', () => {
    expect(countParts(1e12, choosePartSize(1e12, 1e6))).to.be.at.most(MAX_PARTS);
  });

  it('cuts the largest object that OSS can hold into 10,000 parts of 5 GiB', () => {
    expect(choosePartSize(MAX_OBJECT_SIZE, 'auto')).to.equal(MAX_PART_SIZE);
  });

  it('gives an empty file one empty part', () => {
    expect(planParts(0, MIN_PART_SIZE)).to.deep.equal([{ number: 1, start: 0, end: 0 }]);
  });

  it('gives a file of exactly one part one part', () => {
    expect(planParts(MIN_PART_SIZE, MIN_PART_SIZE)).to.have.length(1);
  });

  it('covers every byte of any file once, in order, within the limits', () => {
    const random = seededRandom(20260131);
    for (let i = 0; i < 300; i++) {
      const fileSize = Math.floor(2 ** (random() * 45));
      const partSize = choosePartSize(fileSize, random() < 0.5 ? 'auto' : Math.floor(2 ** (random() * 36)));
      const parts = planParts(fileSize, partSize);
      expect(parts.length).to.be.within(1, MAX_PARTS);
      expect(partSize).to.be.within(MIN_PART_SIZE, MAX_PART_SIZE);
      let end = 0;
      for (const [index, part] of parts.entries()) {
        expect(part.number).to.equal(index + 1);
        expect(part.start).to.equal(end);
        end = part.end;
      }
      expect(end).to.equal(fileSize);
    }
  });
});
