// Computes the CRC-64/XZ that OSS returns in `x-oss-hash-crc64ecma`. Uses hash-wasm so that the emulator doesn't share
// an implementation with the code under test.

import { createCRC64, type IHasher } from 'hash-wasm';

// The bit-reflected ECMA-182 polynomial: bit 63 is the coefficient of x⁰.
const POLYNOMIAL = 0xc96c5795d7870f42n;
const X_0 = 1n << 63n;
const X_8 = 1n << 55n;

// Hashers are pooled because each one instantiates a WebAssembly module.
const idle: IHasher[] = [];

/** Returns an initialized hasher. Return it to the pool with {@link finishCrc64} or {@link releaseCrc64}. */
export async function startCrc64(): Promise<IHasher> {
  const hasher = idle.pop() ?? (await createCRC64());
  return hasher.init();
}

/** Returns a hasher to the pool without reading its result. */
export function releaseCrc64(hasher: IHasher): void {
  idle.push(hasher);
}

/** Returns the CRC-64 of the hashed bytes and returns the hasher to the pool. */
export function finishCrc64(hasher: IHasher): bigint {
  const value = BigInt(`0x${hasher.digest('hex')}`);
  releaseCrc64(hasher);
  return value;
}

// Multiplies two polynomials over GF(2) modulo POLYNOMIAL.
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = X_0; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= b;
    b = b & 1n ? (b >> 1n) ^ POLYNOMIAL : b >> 1n;
  }
  return product;
}

// Returns x^(8 * bytes), the factor that shifts a CRC past the given number of bytes.
function shiftFactor(bytes: number): bigint {
  let power = X_0;
  let square = X_8;
  for (let rest = BigInt(bytes); rest > 0n; rest >>= 1n) {
    if (rest & 1n) power = multiply(power, square);
    square = multiply(square, square);
  }
  return power;
}

/** Returns the CRC-64 of concatenated blocks from the CRC-64 and the size in bytes of each block. */
export function combineCrc64(blocks: readonly { crc64: bigint; size: number }[]): bigint {
  const shifts = new Map<number, bigint>();
  let combined = 0n;
  for (const { crc64, size } of blocks) {
    const shift = shifts.get(size) ?? shiftFactor(size);
    shifts.set(size, shift);
    combined = multiply(combined, shift) ^ crc64;
  }
  return combined;
}
