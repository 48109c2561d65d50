// The small Buffer against Node's: every call that the SDK makes of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Buffer as SmallBuffer } from '../../../src/adapters/ali-oss/slim/buffer.js';

const texts = ['', 'plain', 'a 文 🎬', '\u0000\u00ff', 'x'.repeat(1_000)];

describe('small Buffer', () => {
  for (const text of texts) {
    for (const encoding of ['utf8', 'latin1', 'hex', 'base64'] as const) {
      it(`writes ${JSON.stringify(text.slice(0, 10))} in ${encoding} as Node's does`, () => {
        assert.equal(SmallBuffer.from(text).toString(encoding), Buffer.from(text).toString(encoding));
      });
    }

    it(`reads ${JSON.stringify(text.slice(0, 10))} from Latin-1 as Node's does`, () => {
      assert.deepEqual([...SmallBuffer.from(text, 'latin1')], [...Buffer.from(text, 'latin1')]);
    });
  }

  it('joins, fills up and cuts off', () => {
    const parts = [Uint8Array.of(1, 2), Uint8Array.of(3, 4)];
    for (const size of [undefined, 3, 6]) {
      assert.deepEqual([...SmallBuffer.concat(parts, size)], [...Buffer.concat(parts, size)]);
    }
  });

  it('reads and writes 32 bits in both orders, inside a slice too', () => {
    const [small, nodes] = [SmallBuffer.alloc(12), Buffer.alloc(12)];
    for (const buffer of [small.subarray(2), nodes.subarray(2)] as (typeof small)[]) {
      buffer.writeInt32BE(-123_456_789, 0);
      buffer.writeInt32LE(987_654_321, 5);
    }
    assert.deepEqual([...small], [...nodes]);
    const slice = small.subarray(2) as typeof small;
    assert.equal(slice.readInt32BE(0), -123_456_789);
    assert.equal(slice.readInt32LE(5), 987_654_321);
  });

  it('knows its own', () => {
    assert.equal(SmallBuffer.isBuffer(SmallBuffer.alloc(1)), true);
    assert.equal(SmallBuffer.isBuffer(new Uint8Array(1)), false);
    assert.equal(SmallBuffer.isBuffer('text'), false);
  });
});
