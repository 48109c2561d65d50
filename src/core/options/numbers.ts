/** Parses numbers and sizes, which attributes contain as text. */

import { parseByteSize } from '../byte-size.js';
import { MAX_PART_SIZE, MIN_PART_SIZE } from '../transfer/part-plan.js';
import { describeValue, isUnset, type ReportInvalid } from './invalid-option.js';

/** Returns a whole number or `Infinity`. `undefined` if it is not set, `auto` or invalid. */
export function parseWholeNumber(
  option: string,
  value: unknown,
  minimum: number,
  invalid: ReportInvalid,
): number | undefined {
  if (isUnset(value) || value === 'auto') return undefined;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  if ((Number.isInteger(number) || number === Infinity) && number >= minimum) return number;
  return invalid(option, describeValue(value), `Use a whole number from ${minimum}.`);
}

/** Returns bytes. `undefined` if the size is not set, `auto` or invalid. */
export function parseSize(option: string, value: unknown, invalid: ReportInvalid): number | undefined {
  if (isUnset(value) || value === 'auto') return undefined;
  const isReadable = typeof value === 'string' || typeof value === 'number';
  const bytes = value === Infinity ? Infinity : isReadable ? parseByteSize(value) : undefined;
  return bytes || invalid(option, describeValue(value), 'Use bytes or a unit, such as 500MB or 2 GiB.');
}

/** Returns bytes. `undefined` if the part size is not set, `auto` or invalid. */
export function parsePartSize(value: unknown, invalid: ReportInvalid): number | undefined {
  const bytes = parseSize('part-size', value, invalid);
  if (bytes === undefined || (bytes >= MIN_PART_SIZE && bytes <= MAX_PART_SIZE)) return bytes;
  return invalid('part-size', describeValue(value), 'Use 100KiB to 5GiB, which are the limits of OSS.');
}
