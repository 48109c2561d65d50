/** Creates object keys from templates and validates them. */

import { UploadError } from './errors.js';
import {
  describeValue,
  invalidOption,
  isUnset,
  parseText,
  type ReportInvalid,
} from './options/invalid-option.js';
import { callFunction } from './options/page-function.js';
import { randomUuid } from './random-uuid.js';
import type { Timers } from './time-limit.js';

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

export const DEFAULT_OBJECT_KEY = '{name}';

const placeholder = /\{(name|basename|ext|path|date|uuid)\}/g;
const OPTION = 'object-key';

/** Reports a template that can't create valid keys, and a value that is neither a template nor a function. */
export function checkObjectKeyOption(value: unknown, invalid: ReportInvalid): void {
  if (typeof value === 'function') return;
  const template = parseText(OPTION, value, invalid);
  if (template === undefined) return;
  const text = template.replace(placeholder, '');
  const report = (fix: string) => invalid(OPTION, describeValue(value), fix);
  if (/[{}]/.test(text) || template.includes('${')) {
    report('Use only the placeholders {name}, {basename}, {ext}, {path}, {date} and {uuid}.');
  } else if (/[\0-\x1f\x7f\\]/.test(text)) {
    report('Remove backslashes, line breaks and control characters.');
  } else if (template.endsWith('/')) {
    report(`Add a placeholder for the file: use ${template}{name}.`);
  } else if (template.split('/').some(isDotSegment)) {
    report('Remove the “.” and “..” segments.');
  }
}

/** Reports a value that {@link OnCollision} doesn't have. */
export function checkOnCollision(value: unknown, invalid: ReportInvalid): void {
  if (isUnset(value) || value === 'reject' || value === 'rename') return;
  invalid('on-collision', describeValue(value), 'Use reject or rename.');
}

/** Whether files with different names and paths get different keys. A function may return any keys. */
export function makesUniqueKeys(objectKey: unknown): boolean {
  return typeof objectKey !== 'string' || /^\s*$|\{(?:name|basename|path|uuid)\}/.test(objectKey);
}

/**
 * Returns the object key for a file. It is well-formed Unicode, but may be invalid: see {@link checkObjectKey}. Slashes at
 * the start are removed, as ali-oss does.
 *
 * @param now milliseconds since 1970
 * @throws UploadError `option-invalid` if the template is invalid, or if the function throws, doesn't answer or returns no
 *   string. The error that a function has thrown is the `cause`
 */
export async function makeObjectKey(
  objectKey: ObjectKey,
  file: File,
  now: number,
  timers?: Timers,
): Promise<string> {
  if (typeof objectKey === 'function') return clean(await keyFromFunction(objectKey, file, timers));
  checkObjectKeyOption(objectKey, (...problem) => {
    throw invalidOption(...problem);
  });
  return clean(expand(objectKey.trim() || DEFAULT_OBJECT_KEY, file, now));
}

async function keyFromFunction(
  objectKey: (file: File) => unknown,
  file: File,
  timers?: Timers,
): Promise<string> {
  const key = await callFunction('objectKey', () => objectKey(file), timers);
  if (typeof key === 'string') return key;
  throw invalidOption(
    'objectKey',
    describeValue(key),
    'Return a string from the function, or a promise of one.',
  );
}

/**
 * Validates an object key.
 *
 * @throws UploadError `key-invalid` if the key is empty, longer than 1,023 bytes, starts with `/` or `\`, or contains a
 *   `.` or `..` segment, which browsers remove from URLs
 */
export function checkObjectKey(key: string): void {
  const length = byteLength(key);
  if (length < 1 || length > MAX_KEY_LENGTH || /^[/\\]/.test(key) || key.split('/').some(isDotSegment)) {
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
    placeholder,
    (_, name: string) => values[name]?.() ?? '',
  );
}

/** Returns the date in the user's time zone, such as `2026-01-31`. */
function isoDate(now: number): string {
  const date = new Date(now);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

function isDotSegment(segment: string): boolean {
  return segment === '.' || segment === '..';
}

/** Removes slashes at the start, and replaces unpaired surrogates, which file names may contain but URLs can't encode. */
function clean(key: string): string {
  const text = key.replace(/^\/+/, '');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
