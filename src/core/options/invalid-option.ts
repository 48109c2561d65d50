/** Describes settings with invalid values to the developer: which setting, its value and how to fix it. */

import { UploadError } from '../errors.js';
import { isUnset } from '../guards.js';

export { isUnset };

/**
 * Reports an invalid setting and returns `undefined`, so that parsers can return its result.
 *
 * @param option the attribute, or the property if there is no attribute
 * @param value from {@link describeValue}
 * @param fix a sentence in English
 */
export type ReportInvalid = (option: string, value: string, fix: string) => undefined;

/** Longer values are cut off. */
const MAX_VALUE_LENGTH = 100;

/** What templates and string concatenation make of a missing value. */
const missingValue = /^(?:undefined|null|NaN|\[object \w+\])$/;

/** @see ReportInvalid */
export function invalidOption(option: string, value: string, fix: string, cause?: unknown): UploadError {
  return new UploadError('option-invalid', { values: { option, value, fix }, cause });
}

/** Returns a value as a developer would write it. Line breaks and control characters are escaped. */
export function describeValue(value: unknown): string {
  const text = toText(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

/** Returns an entry of an object as text: its name and value. */
export function describeEntry(name: string, value: unknown): string {
  return `${describeValue(name).slice(1, -1)}: ${describeValue(value)}`;
}

/** Parses a text. White space around it is removed. */
export function parseText(option: string, value: unknown, invalid: ReportInvalid): string | undefined {
  if (isUnset(value)) return undefined;
  if (typeof value !== 'string') return invalid(option, describeValue(value), 'Set it to a string.');
  const text = value.trim();
  if (!missingValue.test(text)) return text;
  return invalid(
    option,
    describeValue(value),
    'The page has set a text for a missing value. Remove it instead.',
  );
}

/** Parses a boolean. Any text counts as true in JavaScript, also "false". */
export function parseBoolean(option: string, value: unknown, invalid: ReportInvalid): boolean {
  if (typeof value === 'string' && value !== '')
    invalid(option, describeValue(value), 'Set it to true or false.');
  return Boolean(value);
}

function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : Object.prototype.toString.call(value);
    default:
      return String(value);
  }
}
