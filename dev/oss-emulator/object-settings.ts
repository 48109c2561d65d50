// Maps object settings to HTTP headers and back: content headers, metadata, storage class, ACL, tags, encryption and
// digests.

import { createHash } from 'node:crypto';
import { parseEncryption } from './encryption.js';
import { fileAlreadyExists, invalidArgument, OssError } from './oss-error.js';
import type { OssRequest } from './oss-message.js';
import type { ObjectSettings, StoredObject } from './store.js';

/** Content headers that are stored with an object. GetObject can replace them in a response. */
export const CONTENT_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
]);
const STORAGE_CLASSES = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];
const ACLS = ['default', 'private', 'public-read', 'public-read-write'];
const META_PREFIX = 'x-oss-meta-';
/** Maximum size of all metadata headers: names and values, in bytes. */
const MAX_META_BYTES = 8 * 1024;
const MAX_TAGS = 10;
const TAG_TEXT = /^[A-Za-z\d +\-=._:/]*$/;

/**
 * Parses the settings of a new object from the request headers.
 * @throws {OssError} `InvalidArgument`, `InvalidTag` or `InvalidEncryptionAlgorithmError` (400).
 */
export function parseObjectSettings(headers: ReadonlyMap<string, string>): ObjectSettings {
  const stored = [...headers].filter(([name]) => CONTENT_HEADERS.has(name) || name.startsWith(META_PREFIX));
  checkMeta(stored.filter(([name]) => name.startsWith(META_PREFIX)));
  const storageClass = headers.get('x-oss-storage-class') ?? 'Standard';
  if (!STORAGE_CLASSES.includes(storageClass)) throw invalidArgument('The storage class is not valid.');
  return {
    headers: Object.fromEntries(stored),
    storageClass,
    acl: parseAcl(headers),
    tags: parseTags(headers.get('x-oss-tagging') ?? ''),
    encryption: parseEncryption(headers),
  };
}

/**
 * Parses the ACL of an object.
 * @throws {OssError} `InvalidArgument` (400) for an unknown ACL.
 */
export function parseAcl(headers: ReadonlyMap<string, string>): string {
  const acl = headers.get('x-oss-object-acl') ?? 'default';
  if (!ACLS.includes(acl)) throw invalidArgument('The object ACL is not valid.');
  return acl;
}

/** @throws {OssError} `InvalidArgument` (400) for an invalid name or more than 8 KB. */
function checkMeta(meta: [name: string, value: string][]): void {
  if (!meta.every(([name]) => /^[a-z\d-]+$/.test(name))) {
    throw invalidArgument('A user metadata name contains invalid characters.', '0011-00000004');
  }
  if (Buffer.byteLength(meta.flat().join('')) > MAX_META_BYTES) {
    throw invalidArgument('The user metadata is larger than 8 KB.', '0011-00000002');
  }
}

function parseTags(tagging: string): Record<string, string> {
  if (/=[^&]*=/.test(tagging)) throw invalidTag('0010-00000219');
  return checkTags([...new URLSearchParams(tagging)]);
}

/**
 * Validates tags and returns them by key.
 * @throws {OssError} `InvalidTag` (400) for more than 10 tags, a duplicate key, or a key or value that is too long or
 *   contains other characters than ASCII letters, digits, spaces and `+-=._:/`.
 */
export function checkTags(tags: [key: string, value: string][]): Record<string, string> {
  const unique = new Map(tags);
  const isValid =
    tags.length <= MAX_TAGS &&
    unique.size === tags.length &&
    tags.flat().every((text) => TAG_TEXT.test(text)) &&
    tags.every(([key, value]) => key.length > 0 && key.length <= 128 && value.length <= 256);
  if (!isValid) throw invalidTag('0010-00000217');
  return Object.fromEntries(unique);
}

const invalidTag = (ec: string): OssError =>
  new OssError(400, 'InvalidTag', 'The tags provided are not valid.', { ec });

/**
 * Returns the response headers that describe a stored object.
 * @param overrides Content headers that replace those of the object; names in lowercase.
 */
export function objectHeaders(
  object: StoredObject,
  overrides: Record<string, string> = {},
): Record<string, string | number> {
  const tagCount = Object.keys(object.settings.tags).length;
  return {
    'Content-Type': 'application/octet-stream',
    ...toTitleCase({ ...object.settings.headers, ...overrides }),
    ETag: `"${object.etag}"`,
    'Last-Modified': new Date(object.modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    'x-oss-object-type': object.type,
    'x-oss-storage-class': object.settings.storageClass,
    'x-oss-hash-crc64ecma': String(object.crc64),
    ...object.settings.encryption,
    ...(tagCount > 0 && { 'x-oss-tagging-count': tagCount }),
  };
}

// Headers are stored in lowercase; responses use the usual spelling, such as `Cache-Control`.
const toTitleCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.startsWith('x-oss-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
      value,
    ]),
  );

/**
 * Checks whether a request may replace an existing object.
 * @throws {OssError} `FileAlreadyExists` (409) if the object exists and `x-oss-forbid-overwrite` is `true`;
 *   `InvalidArgument` (400) if the header is neither `true` nor `false`.
 */
export function checkOverwrite({ headers, bucketStore, key }: OssRequest): void {
  const forbidOverwrite = headers.get('x-oss-forbid-overwrite') ?? 'false';
  if (forbidOverwrite !== 'true' && forbidOverwrite !== 'false')
    throw invalidArgument('x-oss-forbid-overwrite must be true or false.', '0017-00000279');
  if (forbidOverwrite === 'true' && bucketStore.objects.has(key)) throw fileAlreadyExists();
}

/**
 * Parses the `Content-MD5` header; returns `undefined` if there is none.
 * @throws {OssError} `InvalidDigest` (400) if the value isn't base64 of 16 bytes.
 */
export function parseContentMd5(headers: ReadonlyMap<string, string>): Buffer | undefined {
  const value = headers.get('content-md5');
  if (value === undefined) return undefined;
  const digest = Buffer.from(value, 'base64');
  if (digest.length === 16 && digest.toString('base64') === value) return digest;
  throw invalidDigest(value, '0017-00000502');
}

/**
 * Compares the MD5 of the received body with the `Content-MD5` header.
 * @throws {OssError} `InvalidDigest` (400) if they differ.
 */
export function checkContentMd5(expected: Buffer | undefined, actual: Buffer | undefined): void {
  if (!expected || !actual || expected.equals(actual)) return;
  throw invalidDigest(expected.toString('base64'), '0017-00000503');
}

const invalidDigest = (contentMd5: string, ec: string): OssError =>
  new OssError(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', {
    details: { 'Content-MD5': contentMd5 },
    ec,
  });

/**
 * Reads a body as text and compares it with the `Content-MD5` header.
 * @param limit Maximum size in bytes.
 * @throws {OssError} `EntityTooLarge` or `InvalidDigest` (400).
 */
export async function readText({ body, headers }: OssRequest, limit: number): Promise<string> {
  const contentMd5 = parseContentMd5(headers);
  const text = await body.text(limit);
  if (contentMd5) checkContentMd5(contentMd5, createHash('md5').update(text).digest());
  return text;
}
