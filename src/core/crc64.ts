/**
 * CRC-64/XZ (ECMA-182, reflected), the checksum that OSS answers as `x-oss-hash-crc64ecma`.
 * Slice-by-8 over two 32-bit halves: plain JavaScript needs no CSP relaxation, as WebAssembly would.
 */

const POLYNOMIAL = 0xc96c5795d7870f42n;

const low = new Int32Array(8 * 256);
const high = new Int32Array(8 * 256);

for (let byte = 0; byte < 256; byte++) {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n;
  low[byte] = Number(crc & 0xffffffffn) | 0;
  high[byte] = Number(crc >> 32n) | 0;
}
for (let slice = 1; slice < 8; slice++) {
  for (let byte = 0; byte < 256; byte++) {
    const at = slice * 256 + byte;
    const lo = low[at - 256]!;
    const hi = high[at - 256]!;
    low[at] = ((lo >>> 8) | (hi << 24)) ^ low[lo & 255]!;
    high[at] = (hi >>> 8) ^ high[lo & 255]!;
  }
}

/** Whether this machine keeps the low byte first; all that run browsers do. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** A running CRC-64: `update` with bytes in order, then read `value`. */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): this {
    let lo = this.#low;
    let hi = this.#high;
    let at = 0;
    const { length } = bytes;
    const step = () => {
      const index = (lo ^ bytes[at++]!) & 255;
      lo = ((lo >>> 8) | (hi << 24)) ^ low[index]!;
      hi = (hi >>> 8) ^ high[index]!;
    };
    // A few bytes may end before a word begins.
    if (littleEndian && length >= 8) {
      while ((bytes.byteOffset + at) % 4 !== 0) step();
      const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, ((length - at) >> 3) * 2);
      for (let word = 0; word < words.length; word += 2) {
        const a = lo ^ words[word]!;
        const b = hi ^ words[word + 1]!;
        const a0 = 1792 + (a & 255);
        const a1 = 1536 + ((a >>> 8) & 255);
        const a2 = 1280 + ((a >>> 16) & 255);
        const a3 = 1024 + (a >>> 24);
        const b0 = 768 + (b & 255);
        const b1 = 512 + ((b >>> 8) & 255);
        const b2 = 256 + ((b >>> 16) & 255);
        const b3 = b >>> 24;
        lo = low[a0]! ^ low[a1]! ^ low[a2]! ^ low[a3]! ^ low[b0]! ^ low[b1]! ^ low[b2]! ^ low[b3]!;
        hi = high[a0]! ^ high[a1]! ^ high[a2]! ^ high[a3]! ^ high[b0]! ^ high[b1]! ^ high[b2]! ^ high[b3]!;
      }
      at += words.length * 4;
    }
    while (at < length) step();
    this.#low = lo;
    this.#high = hi;
    return this;
  }

  get value(): bigint {
    return (BigInt(~this.#high >>> 0) << 32n) | BigInt(~this.#low >>> 0);
  }
}

/** The CRC-64 of a Blob, read piece by piece: it never is in memory as a whole. */
export async function crc64OfBlob(blob: Blob, signal?: AbortSignal): Promise<bigint> {
  const crc = new Crc64();
  // Twice to three times as fast, for a file on the disk, as slices that are read one after the other.
  const reader = blob.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return crc.value;
      crc.update(value);
      release(value.buffer);
    }
  } finally {
    // Ends the reading where it is not at its end; there is nothing to wait for.
    reader.cancel().catch(() => {});
  }
}

/** Gives the memory back at once, where the platform can: garbage collectors let buffers pile up. */
function release(buffer: ArrayBufferLike & { transfer?: (size: number) => ArrayBuffer }): void {
  buffer.transfer?.(0);
}

/**
 * The CRC-64 of A followed by B, from those of A and B alone.
 *
 * @param length of B, in bytes
 */
export function combineCrc64(a: bigint, b: bigint, length: number): bigint {
  return times(appendZeros(length), a) ^ b;
}

type BitMatrix = readonly bigint[];

let lastLength = 0;
let lastMap = identity();

/** The linear map over GF(2) that appending zero bytes is. The last is kept, as all parts but one have one length. */
function appendZeros(length: number): BitMatrix {
  if (length === lastLength) return lastMap;
  let map = identity();
  let power = appendZeroBit();
  for (let bits = BigInt(length) * 8n; bits > 0n; bits >>= 1n) {
    if (bits & 1n) map = map.map((column) => times(power, column));
    power = power.map((column) => times(power, column));
  }
  lastLength = length;
  lastMap = map;
  return map;
}

function identity(): BitMatrix {
  return Array.from({ length: 64 }, (_, bit) => 1n << BigInt(bit));
}

function appendZeroBit(): BitMatrix {
  return Array.from({ length: 64 }, (_, bit) => (bit === 0 ? POLYNOMIAL : 1n << BigInt(bit - 1)));
}

function times(matrix: BitMatrix, vector: bigint): bigint {
  let product = 0n;
  for (let bit = 0; vector > 0n; bit++, vector >>= 1n) if (vector & 1n) product ^= matrix[bit]!;
  return product;
}
