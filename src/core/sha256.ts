/**
 * SHA-256. Synchronous, unlike `crypto.subtle`, which also doesn't exist on pages without TLS: identities are compared while
 * files are added, and are migrated within a database transaction.
 */

const primes = firstPrimes(64);
/** Round constants and initial hash: the first 32 bits of the fractional parts of the roots of primes. */
const CONSTANTS = primes.map((prime) => fraction(Math.cbrt(prime)));
const INITIAL = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** Bytes of a block. */
const BLOCK = 64;

/** Returns the SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  const state = Int32Array.from(INITIAL);
  const message = pad(new TextEncoder().encode(text));
  for (let start = 0; start < message.byteLength; start += BLOCK) addBlock(state, message, start);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Returns whole blocks: the bytes, a 1 bit, zeros, and the length in bits. */
function pad(bytes: Uint8Array): DataView {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(view.byteLength - 4, bytes.length * 8);
  return view;
}

function addBlock(state: Int32Array, message: DataView, start: number): void {
  const schedule = new Int32Array(CONSTANTS.length);
  const word = (round: number) => schedule[round] ?? 0;
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  CONSTANTS.forEach((constant, round) => {
    schedule[round] =
      round < 16
        ? message.getInt32(start + 4 * round)
        : word(round - 16) +
          mix(word(round - 15), 7, 18, 3) +
          word(round - 7) +
          mix(word(round - 2), 17, 19, 10);
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const change = h + spread(e, 6, 11, 25) + choice + constant + word(round);
    [h, g, f, e, d] = [g, f, e, (d + change) | 0, c];
    [c, b, a] = [b, a, (change + spread(a, 2, 13, 22) + majority) | 0];
  });
  [a, b, c, d, e, f, g, h].forEach((value, index) => (state[index] = (state[index] ?? 0) + value));
}

function mix(word: number, first: number, second: number, shift: number): number {
  return rotate(word, first) ^ rotate(word, second) ^ (word >>> shift);
}

function spread(word: number, first: number, second: number, third: number): number {
  return rotate(word, first) ^ rotate(word, second) ^ rotate(word, third);
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fraction(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
