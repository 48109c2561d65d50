import { expect } from '@open-wc/testing';
import { combineCrc64, Crc64, crc64OfBlob } from '../../src/core/crc64.js';
import { fc } from '../support/properties.js';
import { seededRandom } from '../support/seeded-random.js';

const crcOf = (bytes: Uint8Array) => new Crc64().update(bytes).value;

function randomBytes(length: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length }, () => random() * 256);
}

describe('CRC-64', () => {
  it('matches the check value of CRC-64/XZ', () => {
    expect(crcOf(new TextEncoder().encode('123456789'))).to.equal(0x995dc9bbdf1939fan);
  });

  it('is 0 for no bytes', () => {
    expect(crcOf(new Uint8Array())).to.equal(0n);
  });

  const anyBytes = () => fc.uint8Array({ maxLength: 300 });

  it('does not depend on how the bytes are split or aligned', () => {
    const anySplit = fc.tuple(fc.array(anyBytes(), { maxLength: 5 }), fc.nat(8));
    fc.assert(
      fc.property(anySplit, ([pieces, offset]) => {
        const all = pieces.flatMap((piece) => [...piece]);
        const crc = new Crc64();
        for (const piece of pieces) {
          const shifted = new Uint8Array(piece.length + offset);
          shifted.set(piece, offset);
          crc.update(shifted.subarray(offset));
        }
        expect(crc.value).to.equal(crcOf(Uint8Array.from(all)));
      }),
    );
  });

  it('combines the values of two pieces into that of the whole', () => {
    fc.assert(
      fc.property(anyBytes(), anyBytes(), (a, b) => {
        expect(combineCrc64(crcOf(a), crcOf(b), b.length)).to.equal(crcOf(new Uint8Array([...a, ...b])));
      }),
    );
  });

  it('combines the largest parts that OSS allows, in any order', () => {
    const crc = () => fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const length = () => fc.integer({ min: 0, max: 5 * 2 ** 30 });
    fc.assert(
      fc.property(crc(), crc(), crc(), length(), length(), (a, b, c, m, n) => {
        const fromLeft = combineCrc64(combineCrc64(a, b, m), c, n);
        expect(combineCrc64(a, combineCrc64(b, c, n), m + n)).to.equal(fromLeft);
      }),
    );
  });

  it('is not that of a file that has shrunk', async () => {
    const blob = new Blob(['123456789']);
    blob.stream = () => new Blob(['12345']).stream();
    const error: unknown = await crc64OfBlob(blob).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(RangeError);
  });

  it('is given up as soon as its signal is aborted, even if the file never responds', async () => {
    const blob = new Blob(['123456789']);
    blob.stream = () => new ReadableStream({ pull: () => new Promise(() => {}) });
    const controller = new AbortController();
    const result = crc64OfBlob(blob, controller.signal);
    controller.abort(new Error('stopped'));
    const error: unknown = await result.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  it('is the same for a Blob and for its bytes', async () => {
    const bytes = randomBytes(200_001, seededRandom(66));
    expect(await crc64OfBlob(new Blob([bytes as BlobPart]))).to.equal(crcOf(bytes));
  });
});
