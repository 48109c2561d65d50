// CRC-64/XZ as OSS sends it in `x-oss-hash-crc64ecma`, from hash-wasm: an implementation independent of the
// one that the widget verifies with. Combining two of them is plain arithmetic in GF(2)[x].

import { createCRC64, type IHasher } from 'hash-wasm';

// The ECMA-182 polynomial, bit-reflected: bit 63 stands for x⁰.
const POLYNOMIAL = 0xc96c5795d7870f42n;
const X_0 = 1n << 63n;
const X_8 = 1n << 55n;

// An instance is a WebAssembly module of its own: worth keeping for the next part.
const idle: IHasher[] = [];

/** Takes a fresh hasher; hand it back through {@link finishCrc64} or {@link releaseCrc64}. */
export async function startCrc64(): Promise<IHasher> {
  const hasher = idle.pop() ?? (await createCRC64());
  return hasher.init();
}

export function releaseCrc64(hasher: IHasher): void {
  idle.push(hasher);
}

export function finishCrc64(hasher: IHasher): bigint {
  const value = BigInt(`0x${hasher.digest('hex')}`);
  releaseCrc64(hasher);
  return value;
}

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  for (let bit = X_0; bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= b;
    b = b & 1n ? (b >> 1n) ^ POLYNOMIAL : b >> 1n;
  }
  return product;
}

function shiftBy(bytes: number): bigint {
  let power = X_0;
  let square = X_8;
  for (let rest = BigInt(bytes); rest > 0n; rest >>= 1n) {
    if (rest & 1n) power = multiply(power, square);
    square = multiply(square, square);
  }
  return power;
}

/** The CRC-64 of blocks laid one after the other, from the CRC-64 and the size in bytes of each. */
export function combineCrc64(blocks: readonly { crc64: bigint; size: number }[]): bigint {
  const shifts = new Map<number, bigint>();
  let combined = 0n;
  for (const { crc64, size } of blocks) {
    const shift = shifts.get(size) ?? shiftBy(size);
    shifts.set(size, shift);
    combined = multiply(combined, shift) ^ crc64;
  }
  return combined;
}
