/** Parses file sizes with units, as written in attributes. */

import { lookUp } from './guards.js';

/** Bytes per unit, by lower-case name. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Returns a size in bytes, or `undefined` if the text is not a size. `kB`, `MB`, `GB` and `TB` are powers of 1,000;
 * `KiB`, `MiB`, `GiB` and `TiB` are powers of 1,024. Case and spaces don't matter.
 *
 * @example
 * parseByteSize('500MB'); // 500000000
 * parseByteSize('2 GiB'); // 2147483648
 * parseByteSize(5242880); // 5242880
 */
export function parseByteSize(text: string | number): number | undefined {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(text)) ?? [];
  const factor = lookUp(units, unit.toLowerCase()) ?? NaN;
  const bytes = Math.round(Number(number) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
