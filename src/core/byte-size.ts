/**
 * Reads sizes as people write them in attributes.
 */

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
 * `5242880`, `500MB` (10⁶), `2 GiB` (2³⁰).
 *
 * @returns bytes, or `undefined` where the text is not a size
 */
export function parseByteSize(text: string | number): number | undefined {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(text)) ?? [];
  const factor = units[unit.toLowerCase()] ?? NaN;
  const bytes = Math.round(Number(number) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
