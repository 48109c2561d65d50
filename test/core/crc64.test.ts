import { expect } from '@open-wc/testing';
import { combineCrc64, Crc64, crc64OfBlob } from '../../src/core/crc64.js';
import { seededRandom } from '../support/seeded-random.js';

const crcOf = (bytes: Uint8Array) => new Crc64().update(bytes).value;

function randomBytes(length: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length }, () => random() * 256);
}

describe('CRC-64', () => {
  it('gives the check value of CRC-64/XZ', () => {
    expect(crcOf(new TextEncoder().encode('123456789'))).to.equal(0x995dc9bbdf1939fan);
  });

  it('of nothing is 0', () => {
    expect(crcOf(new Uint8Array())).to.equal(0n);
  });

  it('does not depend on how the bytes are cut or aligned', () => {
    const random = seededRandom(64);
    const bytes = randomBytes(10_007, random);
    const whole = crcOf(bytes);
    for (let i = 0; i < 50; i++) {
      const cut = Math.floor(random() * bytes.length);
      expect(new Crc64().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).value).to.equal(whole);
    }
  });

  it('of two stretches combines into that of both', () => {
    const random = seededRandom(65);
    for (let i = 0; i < 50; i++) {
      const a = randomBytes(Math.floor(random() * 300), random);
      const b = randomBytes(Math.floor(random() * 300), random);
      expect(combineCrc64(crcOf(a), crcOf(b), b.length)).to.equal(crcOf(new Uint8Array([...a, ...b])));
    }
  });

  it('of a Blob is that of its bytes', async () => {
    const bytes = randomBytes(200_001, seededRandom(66));
    expect(await crc64OfBlob(new Blob([bytes as BlobPart]))).to.equal(crcOf(bytes));
  });
});
