/** Parses the settings of the stored object: headers, metadata, tags, storage class and callback. */

import { isRecord, lookUp } from '../guards.js';
import type { ObjectOptions, UploadCallback } from '../ports.js';
import { withoutPrototype, withoutRootPrototype } from '../without-prototype.js';
import {
  describeEntry,
  describeValue,
  isUnset,
  parseBoolean,
  parseText,
  type ReportInvalid,
} from './invalid-option.js';

type RawObjectOptions = { [Name in keyof ObjectOptions]?: unknown };
type Entry = [name: string, value: string];

/** Bytes of all header names and values together. */
const MAX_META_SIZE = 8 * 1024;
const MAX_TAGS = 10;

const controlCharacter = /[\0-\x1f\x7f]/;
const tagText = /^[A-Za-z\d +\-=._:/]*$/;
const mimeType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/;

const setByUploader =
  /^(?:authorization|content-md5|x-oss-(?:date|security-token|content-sha256|user-agent))$/;
/** Headers with a setting of their own, which later requests of the upload depend on. */
const settingByHeader: Readonly<Record<string, string>> = {
  'x-oss-forbid-overwrite': 'overwrite',
  'x-oss-callback': 'callback',
  'x-oss-callback-var': 'callback.customValue',
};

const storageClasses = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];

/** Returns new objects that contain only text. Header and metadata names are in lower case. */
export function parseObjectOptions(options: RawObjectOptions, invalid: ReportInvalid): ObjectOptions {
  const { contentType, overwrite, headers, meta, tags, storageClass, callback } = options;
  return {
    ...(!isUnset(contentType) && { contentType: parseContentType(contentType, invalid) }),
    overwrite: parseBoolean('overwrite', overwrite, invalid),
    headers: parseHeaders(headers, invalid),
    meta: parseMeta(meta, invalid),
    tags: parseTags(tags, invalid),
    storageClass: parseStorageClass(storageClass, invalid),
    callback: parseCallback(callback, invalid),
  };
}

const fileSettings = ['headers', 'meta', 'tags', 'storageClass', 'contentType', 'callback'] as const;

/**
 * Returns the settings of one object that the function `objectOptions` has returned, without those that it leaves
 * `undefined`.
 */
export function parseFileOptions(value: unknown, invalid: ReportInvalid): ObjectOptions | undefined {
  if (isUnset(value)) return {};
  if (!isRecord(value)) {
    return invalid(
      'objectOptions',
      describeValue(value),
      'Return an object with settings from the function.',
    );
  }
  for (const name of Object.keys(value)) {
    if (!fileSettings.some((setting) => setting === name)) {
      invalid('objectOptions', describeValue(name), `Return only ${fileSettings.join(', ')}.`);
    }
  }
  const options = withoutRootPrototype(value);
  const settings = fileSettings.map((name) => [name, options[name]] as const);
  const set = settings.filter(([, setting]) => setting !== undefined);
  const parsed = parseObjectOptions(withoutPrototype(Object.fromEntries(set)), (option, ...details) =>
    invalid(`objectOptions.${option}`, ...details),
  );
  return withoutPrototype(Object.fromEntries(set.map(([name]) => [name, parsed[name]])));
}

/** Replaces settings of all objects with those of one object. Both are validated. */
export function overrideOptions(common: ObjectOptions, own: ObjectOptions): ObjectOptions {
  const headers = { ...common.headers };
  // This header takes precedence over `contentType`.
  if (own.contentType) delete headers['content-type'];
  return { ...common, headers, ...own };
}

function parseContentType(value: unknown, invalid: ReportInvalid): string | undefined {
  const type = parseText('contentType', value, invalid);
  if (type === undefined || isMimeType(type)) return type;
  return invalid('contentType', describeValue(value), 'Use a MIME type, such as video/mp4.');
}

function parseHeaders(value: unknown, invalid: ReportInvalid): Record<string, string> | undefined {
  return parseEntries('headers', value, invalid, (name, text) => {
    const header = name.toLowerCase();
    const setting = lookUp(settingByHeader, header);
    // The value of a header that authorizes requests is never reported.
    const report = (fix: string): undefined => invalid('headers', describeValue(name), fix);
    if (!isHeaderAllowed(name)) return report('Remove this header. Browsers don’t allow it in requests.');
    if (setByUploader.test(header)) return report('Remove this header. The uploader sets it.');
    if (setting) return report(`Remove this header, and set ${setting} instead.`);
    const fix = headerFix(header, text);
    return fix ? invalid('headers', describeEntry(name, text), fix) : [header, text.trim()];
  });
}

/** Asks the browser, which rejects invalid names and ignores names such as `Host`. */
function isHeaderAllowed(name: string): boolean {
  try {
    return new Request('https://localhost', { headers: [[name, '']] }).headers.has(name);
  } catch {
    return false;
  }
}

function headerFix(header: string, text: string): string | undefined {
  if (controlCharacter.test(text)) return 'A header value has no line breaks or control characters.';
  return header === 'content-type' && !isMimeType(text) ? 'Use a MIME type, such as video/mp4.' : undefined;
}

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/manage-object-metadata-10 */
function parseMeta(value: unknown, invalid: ReportInvalid): Record<string, string> | undefined {
  const meta = parseEntries('meta', value, invalid, (name, text) => {
    const shortName = name.toLowerCase().replace(/^x-oss-meta-/, '');
    if (!/^[a-z\d-]+$/.test(shortName)) {
      return invalid('meta', describeValue(name), 'A metadata name has only letters, digits and hyphens.');
    }
    if (!controlCharacter.test(text)) return [shortName, text.trim()];
    return invalid(
      'meta',
      describeEntry(name, text),
      'Encode line breaks and control characters, for example with encodeURIComponent().',
    );
  });
  const headers = Object.entries(meta ?? {}).map(([name, text]) => `x-oss-meta-${name}${text}`);
  const size = new TextEncoder().encode(headers.join('')).length;
  return size > MAX_META_SIZE
    ? invalid('meta', `${size} bytes`, 'OSS stores at most 8 KB of metadata.')
    : meta;
}

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/object-tagging-8 */
function parseTags(value: unknown, invalid: ReportInvalid): Record<string, string> | undefined {
  const tags = parseEntries('tags', value, invalid, (name, text) => {
    const isValid = tagText.test(name) && name.length >= 1 && name.length <= 128;
    if (isValid && tagText.test(text) && text.length <= 256) return [name, text];
    return invalid(
      'tags',
      describeEntry(name, text),
      'A tag name has 1 to 128 characters and a value up to 256: ASCII letters, digits, spaces and + - = . _ : /',
    );
  });
  const count = Object.keys(tags ?? {}).length;
  return count > MAX_TAGS ? invalid('tags', `${count} tags`, 'OSS stores at most 10 tags.') : tags;
}

/** OSS decides whether it knows the storage class. */
function parseStorageClass(value: unknown, invalid: ReportInvalid): string | undefined {
  const text = parseText('storageClass', value, invalid);
  if (text === undefined || /^[A-Za-z]+$/.test(text)) {
    return storageClasses.find((name) => name.toLowerCase() === text?.toLowerCase()) ?? text;
  }
  return invalid('storageClass', describeValue(value), `Use ${storageClasses.join(', ')}.`);
}

/** @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback */
function parseCallback(value: unknown, invalid: ReportInvalid): UploadCallback | undefined {
  if (isUnset(value)) return undefined;
  if (!isRecord(value)) {
    return invalid('callback', describeValue(value), 'Set it to an object with url and body.');
  }
  const { url, body, host, contentType, customValue } = withoutRootPrototype(value);
  if (typeof url !== 'string' || !url.split(';').every(isCallbackUrl)) {
    return invalid('callback.url', describeValue(url), 'Set it to an absolute URL that OSS can reach.');
  }
  if (typeof body !== 'string' || body === '') {
    return invalid('callback.body', describeValue(body), 'Set it to the text of the request body.');
  }
  return {
    url,
    body,
    host: parseText('callback.host', host, invalid),
    contentType: parseText('callback.contentType', contentType, invalid),
    customValue: parseEntries('callback.customValue', customValue, invalid, (name, text) => [
      name.replace(/^x:/, ''),
      text,
    ]),
  };
}

/** OSS also accepts a URL without a scheme. */
function isCallbackUrl(text: string): boolean {
  const url = text.includes('://') ? text : `http://${text}`;
  return (
    !/\s/.test(text.trim()) && !text.startsWith('/') && URL.canParse(url) && /^https?:/i.test(url.trim())
  );
}

/**
 * Parses names and values: an object, or entries such as `Headers` and `Map`. Skips `undefined` and `null`, and converts
 * numbers and booleans to text.
 *
 * @param parseEntry returns the name and value to use, or `undefined` if it has reported an error
 */
function parseEntries(
  option: string,
  value: unknown,
  invalid: ReportInvalid,
  parseEntry: (name: string, text: string) => Entry | undefined,
): Record<string, string> | undefined {
  if (isUnset(value)) return undefined;
  const entries = toEntries(value);
  if (!entries) return invalid(option, describeValue(value), 'Set it to an object with names and values.');
  const parsed = entries.map(([name, item]) => {
    if (item === undefined || item === null) return undefined;
    return isScalar(item)
      ? parseEntry(name, String(item))
      : invalid(option, describeEntry(name, item), 'Set it to a string.');
  });
  return Object.fromEntries(parsed.filter((entry) => entry !== undefined));
}

function toEntries(value: unknown): [name: string, value: unknown][] | undefined {
  if (!isRecord(value)) return undefined;
  if (!(Symbol.iterator in value)) return Object.entries(value);
  try {
    return Object.entries(Object.fromEntries<unknown>(value as never));
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isMimeType(text: string): boolean {
  return mimeType.test(text) && /^[\x20-\x7e]+$/.test(text);
}
