// Combining the CRC-64 values of blocks.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { combineCrc64, finishCrc64, startCrc64 } from '../../dev/oss-emulator/crc64.js';

const crc64 = async (bytes: Buffer): Promise<bigint> => finishCrc64((await startCrc64()).update(bytes));

for (const sizes of [[], [0], [1], [0, 0], [9], [1, 2, 3], [65_536, 65_536, 65_536, 17], [100_000, 0, 1]]) {
  test(`combines blocks of ${JSON.stringify(sizes)} bytes`, async () => {
    const buffers = sizes.map((size) => randomBytes(size));
    const blocks = await Promise.all(
      buffers.map(async (bytes) => ({ crc64: await crc64(bytes), size: bytes.length })),
    );
    assert.equal(combineCrc64(blocks), await crc64(Buffer.concat(buffers)));
  });
}

test('matches the check value of CRC-64/XZ', async () => {
  assert.equal(await crc64(Buffer.from('123456789')), 0x995dc9bbdf1939fan);
});
