/**
 * CRC-64/XZ (ECMA-182, reflected), the checksum that OSS returns as `x-oss-hash-crc64ecma`.
 *
 * Uses the slicing-by-8 algorithm on two 32-bit halves. WebAssembly would require `wasm-unsafe-eval` in the page's CSP.
 */

import { abortable } from './abortable.js';

const POLYNOMIAL = 0xc96c5795d7870f42n;
const POLYNOMIAL_LOW = lowHalf(POLYNOMIAL);
const POLYNOMIAL_HIGH = highHalf(POLYNOMIAL);

/** Eight lookup tables, one for each byte of a 64-bit word. Each entry is split into a low and a high half. */
const low = new Int32Array(8 * 256);
const high = new Int32Array(8 * 256);

for (let byte = 0; byte < 256; byte++) {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n;
  low[byte] = lowHalf(crc);
  high[byte] = highHalf(crc);
}
for (let slice = 1; slice < 8; slice++) {
  for (let byte = 0; byte < 256; byte++) {
    const index = slice * 256 + byte;
    const lo = low[index - 256]!;
    const hi = high[index - 256]!;
    low[index] = ((lo >>> 8) | (hi << 24)) ^ low[lo & 255]!;
    high[index] = (hi >>> 8) ^ high[lo & 255]!;
  }
}

/** Whether this machine is little-endian. In practice, every machine that runs a browser is. */
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Computes a CRC-64 incrementally.
 *
 * @example
 * new Crc64().update(firstBytes).update(nextBytes).value;
 */
export class Crc64 {
  #low = -1;
  #high = -1;

  /** Adds the next bytes. */
  update(bytes: Uint8Array): this {
    let lo = this.#low;
    let hi = this.#high;
    let position = 0;
    const { length } = bytes;
    const addByte = () => {
      const index = (lo ^ bytes[position++]!) & 255;
      lo = ((lo >>> 8) | (hi << 24)) ^ low[index]!;
      hi = (hi >>> 8) ^ high[index]!;
    };
    // Shorter input may end before the first aligned word.
    if (littleEndian && length >= 8) {
      while ((bytes.byteOffset + position) % 4 !== 0) addByte();
      const words = new Int32Array(bytes.buffer, bytes.byteOffset + position, ((length - position) >> 3) * 2);
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
      position += words.length * 4;
    }
    while (position < length) addByte();
    this.#low = lo;
    this.#high = hi;
    return this;
  }

  /** The CRC-64 of all bytes added so far. */
  get value(): bigint {
    return join(~this.#low, ~this.#high);
  }
}

/** How many bytes are processed before a pause. Before the code is compiled, that takes a few milliseconds on a slow phone. */
const BYTES_PER_PAUSE = 32 * 1024;

/**
 * Returns the CRC-64 of a Blob. Reads it as a stream, so that it is never in memory as a whole.
 *
 * @param pause called between chunks; lets other work run, if that is needed
 */
export async function crc64OfBlob(
  blob: Blob,
  signal?: AbortSignal,
  pause?: () => Promise<void>,
): Promise<bigint> {
  const crc = new Crc64();
  // For files on disk, a stream is two to three times as fast as reading slices one after the other.
  const reader = blob.stream().getReader();
  let bytesLeft = blob.size;
  try {
    for (;;) {
      // A file on a network drive that has become unreachable may never respond.
      const { done, value } = await abortable(reader.read(), signal);
      if (done) {
        // Firefox reads a file that has shrunk up to its new end.
        if (bytesLeft > 0) throw new RangeError(`${bytesLeft} bytes are missing.`);
        return crc.value;
      }
      bytesLeft -= value.length;
      for (let start = 0; start < value.length; start += BYTES_PER_PAUSE) {
        await pause?.();
        crc.update(value.subarray(start, start + BYTES_PER_PAUSE));
      }
      freeMemory(value.buffer);
    }
  } finally {
    // Stops reading if an error or the signal ended the loop. Has no effect at the end of the stream.
    reader.cancel().catch(() => {});
  }
}

/** Frees a buffer immediately, if the browser can. Garbage collection would let many buffers accumulate first. */
function freeMemory(buffer: ArrayBufferLike & { transfer?: (size: number) => ArrayBuffer }): void {
  buffer.transfer?.(0);
}

/**
 * Returns the CRC-64 of the concatenation of A and B, given the CRC-64 of each.
 *
 * @param lengthOfB bytes
 */
export function combineCrc64(a: bigint, b: bigint, lengthOfB: number): bigint {
  return multiply(a, shiftBy(lengthOfB)) ^ b;
}

// Polynomials over GF(2), modulo that of the CRC. The highest bit is the coefficient of x⁰.
const ONE = 1n << 63n;
const X = ONE >> 1n;

let lastLength = 0;
let lastShift = ONE;

/**
 * Returns x to the power of `8 * length`. Multiplied by the CRC-64 of some bytes, it gives that of the same bytes followed by
 * `length` zeros. The last one is cached, because all parts of a file except the last have the same length.
 */
function shiftBy(length: number): bigint {
  if (length === lastLength) return lastShift;
  let shift = ONE;
  let power = X;
  for (let bits = BigInt(length) * 8n; bits > 0n; bits >>= 1n) {
    if (bits & 1n) shift = multiply(shift, power);
    power = multiply(power, power);
  }
  lastLength = length;
  lastShift = shift;
  return shift;
}

/** Multiplies two polynomials. BigInt arithmetic would allocate memory for each bit. */
function multiply(a: bigint, b: bigint): bigint {
  let productLow = 0;
  let productHigh = 0;
  let bLow = lowHalf(b);
  let bHigh = highHalf(b);
  for (const half of [highHalf(a), lowHalf(a)]) {
    for (let bit = 31; bit >= 0; bit--) {
      if ((half >>> bit) & 1) {
        productLow ^= bLow;
        productHigh ^= bHigh;
      }
      const overflows = bLow & 1;
      bLow = (bLow >>> 1) | (bHigh << 31);
      bHigh >>>= 1;
      if (overflows) {
        bLow ^= POLYNOMIAL_LOW;
        bHigh ^= POLYNOMIAL_HIGH;
      }
    }
  }
  return join(productLow, productHigh);
}

function lowHalf(value: bigint): number {
  return Number(value & 0xffffffffn) | 0;
}

function highHalf(value: bigint): number {
  return Number(value >> 32n) | 0;
}

function join(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
