// Operations on objects: put, get, head, delete, and tagging.

import { checkKey } from './address.js';
import { invokeCallback, parseCallback, type Callback } from './callback.js';
import { isNotModified } from './conditions.js';
import {
  checkContentMd5,
  checkOverwrite,
  checkTags,
  objectHeaders,
  parseAcl,
  parseContentMd5,
  parseObjectSettings,
  readText,
} from './object-settings.js';
import { invalidArgument, malformedXml, noSuchKey, OssError } from './oss-error.js';
import { OWNER, xmlResponse, type OssRequest, type OssResponse } from './oss-message.js';
import { childrenOf, parseXml } from './parse-xml.js';
import type { StoredObject } from './store.js';
import { OVERRIDE_PREFIX } from './supported.js';
import { xmlDocument } from './xml.js';

/** Maximum size of a request body. */
export const MAX_BODY_BYTES = 5 * 1024 ** 3;
/** Headers of a GetObjectMeta response. */
const META_HEADERS = ['Content-Length', 'ETag', 'Last-Modified', 'x-oss-hash-crc64ecma'];
/** Maximum size of the request body of PutObjectTagging. */
const MAX_XML_BYTES = 1024 * 1024;

export async function putObject(request: OssRequest): Promise<OssResponse> {
  const { object, md5, callbackBody } = await storeObject(request, {
    content: request.body,
    contentMd5: parseContentMd5(request.headers),
    callback: callbackOf(request),
  });
  return {
    status: 200,
    headers: {
      ETag: `"${object.etag}"`,
      ...(md5 && { 'Content-MD5': md5.toString('base64') }),
      'x-oss-hash-crc64ecma': String(object.crc64),
      ...object.settings.encryption,
      ...(callbackBody !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: callbackBody ?? '',
  };
}

/** An object to store. */
export interface NewObject {
  content: AsyncIterable<Buffer>;
  /** MD5 that the content must have. */
  contentMd5?: Buffer | undefined;
  callback: Callback | undefined;
  /** By default the digest of the content. */
  etag?: string;
}

/** A stored object. */
export interface StoreResult {
  object: StoredObject;
  /** `undefined` if nothing needed it. */
  md5: Buffer | undefined;
  /** Response of the application server; `undefined` without a callback. */
  callbackBody: string | undefined;
}

/**
 * Receives the content of the object that a request uploads, stores it with the settings in the headers and sends the
 * callback.
 * @throws {OssError} If the request isn't valid, and `CallbackFailed` (203).
 */
export async function storeObject(
  request: OssRequest,
  { content, contentMd5, callback, etag }: NewObject,
): Promise<StoreResult> {
  const { bucketStore, headers, key } = request;
  checkKey(key);
  checkBodySize(request);
  checkOverwrite(request);
  const settings = parseObjectSettings(headers);
  const received = await bucketStore.receive(content, (contentMd5 ?? callback) !== undefined);
  try {
    checkContentMd5(contentMd5, received.md5);
    checkOverwrite(request);
  } catch (error) {
    await bucketStore.discard(received);
    throw error;
  }
  const object = await bucketStore.putObject(key, received, settings, etag);
  const callbackBody = await runCallback(
    request,
    object,
    callback,
    request.form ? 'PostObject' : 'PutObject',
    received.md5,
  );
  return { object, md5: received.md5, callbackBody };
}

/**
 * Returns the callback of an upload, from its headers or the query of a presigned URL.
 * @throws {OssError} `InvalidArgument` (400) if it is in both, or invalid.
 */
export function callbackOf({ headers, query }: OssRequest): Callback | undefined {
  const read = (name: string): string | undefined => {
    const header = headers.get(`x-oss-${name}`);
    const parameter = query.get(name);
    if (header !== undefined && parameter !== undefined)
      throw invalidArgument(`${name} is both a header and a parameter.`);
    return header ?? parameter;
  };
  return parseCallback(read('callback'), read('callback-var'));
}

/**
 * Sends the upload callback, if the request has one, and returns the application server's response body.
 * @param operation The operation that stored the object.
 * @param md5 MD5 of the content, if known.
 * @throws {OssError} `CallbackFailed` (203).
 */
export async function runCallback(
  request: OssRequest,
  object: StoredObject,
  callback: Callback | undefined,
  operation: 'PutObject' | 'PostObject' | 'CompleteMultipartUpload',
  md5?: Buffer,
): Promise<string | undefined> {
  if (!callback) return undefined;
  return await invokeCallback(callback, request.callbackUrls, {
    bucket: request.bucket,
    object: object.key,
    etag: object.etag,
    size: object.size,
    mimeType: object.settings.headers['content-type'] ?? 'application/octet-stream',
    crc64: String(object.crc64),
    contentMd5: md5?.toString('base64') ?? '',
    clientIp: request.clientIp,
    reqId: request.id,
    operation,
  });
}

/**
 * Checks the size of an upload's body before it is read.
 * @throws {OssError} `MissingContentLength` (411) or `EntityTooLarge` (400).
 */
export function checkBodySize({ body }: OssRequest): void {
  if (body.contentLength === undefined && !body.isChunked) {
    throw new OssError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if ((body.contentLength ?? 0) > MAX_BODY_BYTES) {
    throw new OssError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
  }
}

export async function getObject(request: OssRequest): Promise<OssResponse> {
  const object = findObject(request);
  const { bucketStore, headers, query } = request;
  if (isNotModified(request, object)) return notModified(object);
  const overrides = [...query]
    .filter(([name]) => name.startsWith(OVERRIDE_PREFIX))
    .map(([name, value]): [string, string] => [name.slice(OVERRIDE_PREFIX.length), value]);
  const common = objectHeaders(object, Object.fromEntries(overrides));
  const range = parseRange(headers, object.size);
  if (!range) {
    return {
      status: 200,
      headers: { ...common, 'Content-Length': object.size },
      body: bucketStore.read(object),
    };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...common,
      'Content-Length': end - start,
      'Content-Range': `bytes ${start}-${end - 1}/${object.size}`,
    },
    body: bucketStore.read(object, start, end),
  };
}

/**
 * Returns `undefined` for the whole object, as OSS sends it if the range is malformed or reaches beyond the object.
 * @throws {OssError} `InvalidRange` (416) if `x-oss-range-behavior` is `standard` and no byte is in the range.
 */
function parseRange(
  headers: ReadonlyMap<string, string>,
  size: number,
): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? size - Number(last) : Number(first);
  const end = first === '' || last === '' ? size : Number(last) + 1;
  if (start >= 0 && start < end && end <= size) return { start, end };
  if (headers.get('x-oss-range-behavior') !== 'standard') return undefined;
  if (start >= size) throw new OssError(416, 'InvalidRange', 'The requested range cannot be satisfied');
  return start < end ? { start: Math.max(start, 0), end: Math.min(end, size) } : undefined;
}

const notModified = (object: StoredObject): OssResponse => ({ status: 304, headers: objectHeaders(object) });

/** HeadObject and, with the parameter `objectMeta`, GetObjectMeta, whose response has fewer headers. */
export async function headObject(request: OssRequest): Promise<OssResponse> {
  const object = findObject(request);
  if (isNotModified(request, object)) return notModified(object);
  const headers = { ...objectHeaders(object), 'Content-Length': object.size };
  if (!request.query.has('objectMeta')) return { status: 200, headers };
  const isMeta = ([name]: [string, unknown]): boolean => META_HEADERS.includes(name);
  return { status: 200, headers: Object.fromEntries(Object.entries(headers).filter(isMeta)) };
}

export async function deleteObject({ bucketStore, key }: OssRequest): Promise<OssResponse> {
  checkKey(key);
  await bucketStore.deleteObject(key);
  return { status: 204 };
}

export async function getObjectTagging(request: OssRequest): Promise<OssResponse> {
  const { tags } = findObject(request).settings;
  const tagSet = { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  return xmlResponse(xmlDocument('Tagging', { TagSet: tagSet }));
}

export async function putObjectTagging(request: OssRequest): Promise<OssResponse> {
  const object = findObject(request);
  const root = parseXml(await readText(request, MAX_XML_BYTES), 'Tagging');
  const [tagSet] = childrenOf(root, 'TagSet');
  const tags = childrenOf(tagSet ?? {}, 'Tag').map(({ Key, Value }): [string, string] => {
    if (typeof Key !== 'string' || typeof Value !== 'string') throw malformedXml();
    return [Key, Value];
  });
  await request.bucketStore.changeObject(object, { tags: checkTags(tags) });
  return { status: 200 };
}

export async function getObjectAcl(request: OssRequest): Promise<OssResponse> {
  const { acl } = findObject(request).settings;
  return xmlResponse(xmlDocument('AccessControlPolicy', { Owner: OWNER, AccessControlList: { Grant: acl } }));
}

export async function putObjectAcl(request: OssRequest): Promise<OssResponse> {
  const object = findObject(request);
  if (!request.headers.get('x-oss-object-acl'))
    throw invalidArgument('x-oss-object-acl is missing.', '0017-00000105');
  await request.bucketStore.changeObject(object, { acl: parseAcl(request.headers) });
  return { status: 200 };
}

function findObject({ bucketStore, key }: OssRequest): StoredObject {
  checkKey(key);
  const object = bucketStore.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}
