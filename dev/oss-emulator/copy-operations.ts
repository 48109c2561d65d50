// CopyObject, and the source of a copy. Only copies within a bucket are implemented.

import { checkKey } from './address.js';
import { checkOverwrite, parseObjectSettings } from './object-settings.js';
import { invalidArgument, noSuchKey, notImplemented, OssError } from './oss-error.js';
import { xmlResponse, type OssRequest, type OssResponse } from './oss-message.js';
import type { SignableRequest } from './signature.js';
import type { WrittenFile } from './hashing-file.js';
import type { ObjectSettings, StoredObject } from './store.js';
import { xmlDocument, xmlTime } from './xml.js';

/** Conditions on the source that aren't implemented. Ignoring them would copy too much. */
const UNSUPPORTED_CONDITIONS = ['if-none-match', 'if-modified-since', 'if-unmodified-since'];

export async function copyObject(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, key, headers } = request;
  checkKey(key);
  checkOverwrite(request);
  const source = findCopySource(request);
  const settings = copiedSettings(headers, source);
  const received = await receiveCopy(request, source);
  try {
    checkOverwrite(request);
  } catch (error) {
    await bucketStore.discard(received);
    throw error;
  }
  const object = await bucketStore.putObject(key, received, settings);
  const ETag = `"${object.etag}"`;
  const LastModified = xmlTime(object.modified);
  return xmlResponse(xmlDocument('CopyObjectResult', { ETag, LastModified }), {
    ETag,
    'x-oss-hash-crc64ecma': String(object.crc64),
  });
}

/** Content headers and metadata are copied, unless the request replaces them. The ACL and storage class aren't. */
function copiedSettings(headers: ReadonlyMap<string, string>, source: StoredObject): ObjectSettings {
  const settings = parseObjectSettings(headers);
  const isReplaced = (directive: string, copy: string, replace: string): boolean => {
    const value = headers.get(directive) ?? copy;
    if (value !== copy && value !== replace) throw invalidArgument(`The ${directive} is not valid.`);
    return value === replace;
  };
  return {
    ...settings,
    ...(!isReplaced('x-oss-metadata-directive', 'COPY', 'REPLACE') && { headers: source.settings.headers }),
    ...(!isReplaced('x-oss-tagging-directive', 'Copy', 'Replace') && { tags: source.settings.tags }),
  };
}

/**
 * Writes the bytes of a source from `start` (inclusive) to `end` (exclusive) to a file.
 * @throws {OssError} `NoSuchKey` (404) if another request deletes the source before its file is open.
 */
export async function receiveCopy(
  { bucketStore }: OssRequest,
  source: StoredObject,
  start = 0,
  end = source.size,
): Promise<WrittenFile> {
  return await bucketStore.receive(bucketStore.read(source, start, end), false).catch((error: unknown) => {
    throw bucketStore.objects.get(source.key) === source ? error : noSuchKey(source.key);
  });
}

/**
 * Returns the object that a request copies.
 * @throws {OssError} `NoSuchKey` (404), or `PreconditionFailed` (412) if its ETag isn't the requested one.
 */
export function findCopySource(request: OssRequest): StoredObject {
  const { bucketStore, headers } = request;
  const key = copySourceKey(request);
  if (UNSUPPORTED_CONDITIONS.some((name) => headers.has(`x-oss-copy-source-${name}`))) throw notImplemented();
  const source = bucketStore.objects.get(key);
  if (!source) throw noSuchKey(key);
  const etag = headers.get('x-oss-copy-source-if-match')?.replace(/^"|"$/g, '');
  if (etag === undefined || etag === source.etag) return source;
  throw new OssError(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold.',
  );
}

/**
 * Returns the key in `x-oss-copy-source`.
 * @throws {OssError} `InvalidArgument` (400) if it is malformed, `NotImplemented` (501) for another bucket or a version.
 */
export function copySourceKey({ bucket, headers }: SignableRequest): string {
  const [, name, encoded = '', query] =
    /^\/([^/]+)\/([^?]+)(\?.*)?$/.exec(headers.get('x-oss-copy-source') ?? '') ?? [];
  if (name === undefined) throw invalidArgument('The x-oss-copy-source is not valid.');
  if (name !== bucket || query !== undefined) throw notImplemented();
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalidArgument('The x-oss-copy-source is not valid.');
  }
}
