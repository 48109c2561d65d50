/** Type guards for values from outside: stores, servers, the page. */

/** Whether the value is an object with named fields. Arrays are not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a whole number from 0 up to `Number.MAX_SAFE_INTEGER`. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
