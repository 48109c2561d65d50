import { expect } from '@open-wc/testing';
import { parseRememberedPart, parseRememberedUpload } from '../../src/core/remembered.js';
import { remembered } from '../support/checkpoint-store-contract.js';
import { seededRandom } from '../support/seeded-random.js';

const oddities = [undefined, null, -1, 0, 0.5, NaN, Infinity, 1e300, '', 'x', '1', [], {}, true, 10_001, 2n];

/** Replaces fields by what has no business there. */
function damage(record: object, random: () => number): unknown {
  const odd = () => oddities[Math.floor(random() * oddities.length)];
  if (random() < 0.02) return odd();
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, random() < 0.25 ? odd() : (value as unknown)]),
  );
}

describe('what a store gives back', () => {
  it('is an upload whose parts OSS accepts, or nothing', () => {
    const random = seededRandom(13);
    for (let round = 0; round < 5_000; round++) {
      const upload = parseRememberedUpload(damage(remembered(), random));
      if (!upload) continue;
      const { fileSize, partSize, uploadId, key, completeUnanswered } = upload;
      expect(Number.isSafeInteger(fileSize) && fileSize >= 0).to.equal(true);
      expect(Math.ceil(fileSize / partSize)).to.be.within(0, 10_000);
      expect([typeof uploadId, typeof key, typeof completeUnanswered]).to.deep.equal([
        'string',
        'string',
        'boolean',
      ]);
    }
  });

  it('is a part that OSS can have, or nothing', () => {
    const random = seededRandom(17);
    for (let round = 0; round < 5_000; round++) {
      const part = parseRememberedPart(damage({ number: 3, etag: '"A"', crc64: '17' }, random));
      if (!part) continue;
      expect(part.number).to.be.within(1, 10_000);
      expect(part.etag).to.be.a('string').that.is.not.equal('');
      expect(() => BigInt(part.crc64 ?? 0)).to.not.throw();
    }
  });
});
