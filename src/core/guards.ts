/** Type guards for values from outside: stores, servers, the page. */

/** Whether the value is an object with named fields. Arrays are not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is a whole number from 0 up to `Number.MAX_SAFE_INTEGER`. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whether a setting has no value. */
export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Returns a setting as text. */
export function toText(value: unknown): string {
  return isUnset(value) ? '' : String(value);
}

/** Returns an entry of a table. Inherited members, such as `constructor`, are not entries. */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether the value is a Blob, also of another realm such as an iframe. Files are Blobs. */
export function isBlob(value: unknown): value is Blob {
  return isBuiltIn(value, 'Blob') || isFile(value);
}

/** Whether the value is a File, also of another realm such as an iframe. */
export function isFile(value: unknown): value is File {
  return isBuiltIn(value, 'File');
}

/** Whether the value is a Date, also of another realm such as an iframe. */
export function isDate(value: unknown): value is Date {
  return isBuiltIn(value, 'Date');
}

/** Whether the value is a Response of `fetch`, also of another realm such as an iframe. */
export function isResponse(value: unknown): value is Response {
  return isBuiltIn(value, 'Response');
}

/** Unlike `instanceof`, the tag doesn't depend on the realm. The classes of happy-dom have none. */
function isBuiltIn(value: unknown, type: string): boolean {
  const own = (globalThis as Record<string, unknown>)[type];
  return (
    Object.prototype.toString.call(value) === `[object ${type}]` ||
    (typeof own === 'function' && value instanceof own)
  );
}

/**
 * Whether the value can be an ETag: printable ASCII in optional quotes, without characters that XML treats specially. The SDK
 * writes it into the XML of CompleteMultipartUpload without escaping it.
 */
export function isETag(value: unknown): value is string {
  return typeof value === 'string' && /^"?[!#-%'-;=?-~]{1,500}"?$/.test(value);
}

/** Whether the value can be an ID that OSS has assigned: letters, digits and a few other characters. */
export function isOssId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.~*+/=-]{1,500}$/.test(value);
}
