/**
 * Makes the object key of a file from a template, and tells whether OSS and browsers can take it.
 */

import { UploadError } from './errors.js';
import { randomUuid } from './random-uuid.js';

/** A template such as `videos/{date}/{uuid}.{ext}`, or a function that makes the key. */
export type ObjectKey = string | ((file: File) => string | Promise<string>);

/** Bytes of UTF-8. */
const MAX_KEY_LENGTH = 1_023;

/**
 * The key for a file, well-formed but not checked.
 *
 * `{name}` is the file's name, `{basename}` and `{ext}` its two halves (a dot before an empty `{ext}` goes away),
 * `{path}` the path inside the folder that was picked, name included, `{date}` today as `2026-01-31`, `{uuid}` a
 * random one.
 */
export async function makeObjectKey(objectKey: ObjectKey, file: File, now: number): Promise<string> {
  const key: unknown = typeof objectKey === 'string' ? expand(objectKey, file, now) : await objectKey(file);
  // A function that gives something else must not make a key of the word `undefined`.
  return typeof key === 'string' ? wellFormed(key) : '';
}

/**
 * @throws UploadError `key-invalid` where the key is empty, longer than 1,023 bytes, begins with `/` or `\`, or holds
 *   a `.` or `..` segment, which browsers normalise away
 */
export function checkObjectKey(key: string): void {
  const length = new TextEncoder().encode(key).length;
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
    (placeholder, word: string) => values[word]?.() ?? placeholder,
  );
}

/** The day in the person's own time zone. */
function isoDate(now: number): string {
  const date = new Date(now);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** A file name may hold half a surrogate pair, which no URL can carry. */
function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
