// Compares the slim Buffer with Node's, for every method that the SDK calls.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Buffer as SlimBuffer } from '../../../src/adapters/ali-oss/slim/buffer.js';

const texts = ['', 'plain', 'a 文 🎬', '\u0000\u00ff', 'x'.repeat(1_000)];

describe('slim Buffer', () => {
  for (const text of texts) {
    for (const encoding of ['utf8', 'latin1', 'hex', 'base64'] as const) {
      it(`encodes ${JSON.stringify(text.slice(0, 10))} in ${encoding} like Node`, () => {
        assert.equal(SlimBuffer.from(text).toString(encoding), Buffer.from(text).toString(encoding));
      });
    }

    it(`decodes ${JSON.stringify(text.slice(0, 10))} from Latin-1 as Node's does`, () => {
      assert.deepEqual([...SlimBuffer.from(text, 'latin1')], [...Buffer.from(text, 'latin1')]);
    });
  }

  it('concatenates, pads and truncates like Node', () => {
    const parts = [Uint8Array.of(1, 2), Uint8Array.of(3, 4)];
    for (const size of [undefined, 3, 6]) {
      assert.deepEqual([...SlimBuffer.concat(parts, size)], [...Buffer.concat(parts, size)]);
    }
  });

  it('reads and writes 32-bit integers in both byte orders, also in a slice', () => {
    const [slim, native] = [SlimBuffer.alloc(12), Buffer.alloc(12)];
    for (const buffer of [slim.subarray(2), native.subarray(2)] as unknown as (typeof slim)[]) {
      buffer.writeInt32BE(-123_456_789, 0);
      buffer.writeInt32LE(987_654_321, 5);
    }
    assert.deepEqual([...slim], [...native]);
    const slice = slim.subarray(2) as unknown as typeof slim;
    assert.equal(slice.readInt32BE(0), -123_456_789);
    assert.equal(slice.readInt32LE(5), 987_654_321);
  });

  it('recognizes its own instances', () => {
    assert.equal(SlimBuffer.isBuffer(SlimBuffer.alloc(1)), true);
    assert.equal(SlimBuffer.isBuffer(new Uint8Array(1)), false);
    assert.equal(SlimBuffer.isBuffer('text'), false);
  });
});
