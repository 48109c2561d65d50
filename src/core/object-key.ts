/** Creates object keys from templates and validates them. */

import { UploadError } from './errors.js';
import { randomUuid } from './random-uuid.js';

/**
 * A template for object keys, or a function that returns the key of a file.
 *
 * Placeholders of a template:
 *
 * - `{name}`: name of the file.
 * - `{basename}`: name without its extension.
 * - `{ext}`: extension without the dot. If the file has none, a dot before `{ext}` is removed.
 * - `{path}`: path inside the selected folder, including the name. The name alone for single files.
 * - `{date}`: current date in the user's time zone, such as `2026-01-31`.
 * - `{uuid}`: random UUID.
 *
 * @example
 * element.objectKey = 'videos/{date}/{uuid}.{ext}';
 * element.objectKey = (file) => `users/${userId}/${file.name}`;
 */
export type ObjectKey = string | ((file: File) => string | Promise<string>);

/** What happens to a file whose key another file of the list has. `rename` adds a number: `photo (2).jpg`. */
export type OnCollision = 'reject' | 'rename';

/** Bytes in UTF-8. */
const MAX_KEY_LENGTH = 1_023;

/**
 * Returns the object key for a file. It is well-formed Unicode, but may be invalid: see {@link checkObjectKey}.
 *
 * @param now milliseconds since 1970
 */
export async function makeObjectKey(objectKey: ObjectKey, file: File, now: number): Promise<string> {
  const key: unknown = typeof objectKey === 'string' ? expand(objectKey, file, now) : await objectKey(file);
  // A function that returns nothing must not create the key "undefined".
  return typeof key === 'string' ? wellFormed(key) : '';
}

/**
 * Validates an object key.
 *
 * @throws UploadError `key-invalid` if the key is empty, longer than 1,023 bytes, starts with `/` or `\`, or contains a
 *   `.` or `..` segment, which browsers remove from URLs
 */
export function checkObjectKey(key: string): void {
  const length = byteLength(key);
  const segments = key.split('/');
  if (
    length < 1 ||
    length > MAX_KEY_LENGTH ||
    /^[/\\]/.test(key) ||
    segments.includes('.') ||
    segments.includes('..')
  ) {
    throw new UploadError('key-invalid', { values: { key } });
  }
}

/**
 * Adds a number before the extension: `photo (2).jpg`, `archive (2).tar.gz`. Shortens the name if the key would be too
 * long. Returns `undefined` if nothing would be left of the name.
 */
export function numberedKey(key: string, number: number): string | undefined {
  const path = key.slice(0, key.lastIndexOf('/') + 1);
  const [, name = '', extension = ''] =
    /^(.+?)((?:\.tar)?\.[^\s.]{1,16})?$/is.exec(key.slice(path.length)) ?? [];
  const suffix = ` (${number})${extension}`;
  let room = MAX_KEY_LENGTH - byteLength(path + suffix);
  let shortened = '';
  for (const character of name) {
    room -= byteLength(character);
    if (room < 0) break;
    shortened += character;
  }
  return shortened ? path + shortened + suffix : undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function expand(template: string, file: File, now: number): string {
  const { name } = file;
  const dot = name.lastIndexOf('.');
  const ext = dot > 0 ? name.slice(dot + 1) : '';
  const values: Record<string, () => string> = {
    name: () => name,
    basename: () => (dot > 0 ? name.slice(0, dot) : name),
    ext: () => ext,
    path: () => (file as { webkitRelativePath?: string }).webkitRelativePath || name,
    date: () => isoDate(now),
    uuid: randomUuid,
  };
  return (ext ? template : template.replaceAll('.{ext}', '')).replace(
    /\{(\w+)\}/g,
    (placeholder, name: string) => values[name]?.() ?? placeholder,
  );
}

/** Returns the date in the user's time zone, such as `2026-01-31`. */
function isoDate(now: number): string {
  const date = new Date(now);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Replaces unpaired surrogates, which file names may contain but URLs can't encode. */
function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
