// What headers say of an object beside its bytes, in and out: types, metadata, storage class, ACL, tags, digests.

import { fileAlreadyExists, invalidArgument, OssError } from './oss-error.js';
import type { OssRequest } from './reply.js';
import type { ObjectSettings, StoredObject } from './store.js';

const KEPT_HEADERS = new Set([
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
]);
const STORAGE_CLASSES = ['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive'];
const ACLS = ['default', 'private', 'public-read', 'public-read-write'];
const MAX_TAGS = 10;

/** @throws {OssError} InvalidArgument or InvalidTag. */
export function readObjectSettings(headers: ReadonlyMap<string, string>): ObjectSettings {
  const kept = [...headers].filter(([name]) => KEPT_HEADERS.has(name) || name.startsWith('x-oss-meta-'));
  const storageClass = headers.get('x-oss-storage-class') ?? 'Standard';
  const acl = headers.get('x-oss-object-acl') ?? 'default';
  if (!STORAGE_CLASSES.includes(storageClass)) throw invalidArgument('The storage class is not valid.');
  if (!ACLS.includes(acl)) throw invalidArgument('The object ACL is not valid.');
  return {
    headers: Object.fromEntries(kept),
    storageClass,
    acl,
    tags: readTags(headers.get('x-oss-tagging') ?? ''),
  };
}

function readTags(tagging: string): Record<string, string> {
  return checkTags([...new URLSearchParams(tagging)]);
}

/** @throws {OssError} InvalidTag: more than ten, a key twice, or too long a key or value. */
export function checkTags(tags: [key: string, value: string][]): Record<string, string> {
  const unique = new Map(tags);
  const isValid =
    tags.length <= MAX_TAGS &&
    unique.size === tags.length &&
    tags.every(([key, value]) => key.length > 0 && key.length <= 128 && value.length <= 256);
  if (!isValid) throw new OssError(400, 'InvalidTag', 'The tags provided are not valid.');
  return Object.fromEntries(unique);
}

export function objectHeaders(object: StoredObject): Record<string, string | number> {
  const tagCount = Object.keys(object.settings.tags).length;
  return {
    'Content-Type': 'application/octet-stream',
    ...properCase(object.settings.headers),
    ETag: `"${object.etag}"`,
    'Last-Modified': new Date(object.modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    'x-oss-object-type': object.type,
    'x-oss-storage-class': object.settings.storageClass,
    'x-oss-hash-crc64ecma': String(object.crc64),
    ...(tagCount > 0 && { 'x-oss-tagging-count': tagCount }),
  };
}

const properCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.startsWith('x-oss-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
      value,
    ]),
  );

/** @throws {OssError} FileAlreadyExists where the request forbids overwriting and there is an object. */
export function checkOverwrite({ headers, bucketStore, key }: OssRequest): void {
  if (headers.get('x-oss-forbid-overwrite') === 'true' && bucketStore.objects.has(key))
    throw fileAlreadyExists();
}

/** The `Content-MD5` of a request. @throws {OssError} InvalidDigest where it isn't the base64 of 16 bytes. */
export function readContentMd5(headers: ReadonlyMap<string, string>): Buffer | undefined {
  const value = headers.get('content-md5');
  if (value === undefined) return undefined;
  const digest = Buffer.from(value, 'base64');
  if (digest.length === 16 && digest.toString('base64') === value) return digest;
  throw new OssError(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
}

/** @throws {OssError} BadDigest where the body's MD5 is not the one announced. */
export function checkContentMd5(announced: Buffer | undefined, actual: Buffer | undefined): void {
  if (!announced || !actual || announced.equals(actual)) return;
  throw new OssError(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    details: {
      ClientComputedContentMD5: announced.toString('hex'),
      ServerCalculatedContentMD5: actual.toString('hex'),
    },
  });
}
