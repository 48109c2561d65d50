// Operations on objects: put, get, head, delete, and tagging.

import { checkKey } from './address.js';
import { invokeCallback, parseCallback, type Callback } from './callback.js';
import {
  checkContentMd5,
  checkOverwrite,
  checkTags,
  objectHeaders,
  parseContentMd5,
  parseObjectSettings,
} from './object-settings.js';
import { malformedXml, noSuchKey, OssError } from './oss-error.js';
import { xmlResponse, type OssRequest, type OssResponse } from './oss-message.js';
import { childrenOf, parseXml } from './parse-xml.js';
import type { StoredObject } from './store.js';
import { xmlDocument } from './xml.js';

/** Maximum size of a request body. */
export const MAX_BODY_BYTES = 5 * 1024 ** 3;
/** Maximum size of the request body of PutObjectTagging. */
const MAX_XML_BYTES = 1024 * 1024;

export async function putObject(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, body, headers, key } = request;
  checkKey(key);
  checkBodySize(request);
  checkOverwrite(request);
  const settings = parseObjectSettings(headers);
  const contentMd5 = parseContentMd5(headers);
  const callback = parseCallback(headers.get('x-oss-callback'), headers.get('x-oss-callback-var'));
  const received = await bucketStore.receive(body, contentMd5 !== undefined);
  try {
    checkContentMd5(contentMd5, received.md5);
    checkOverwrite(request);
  } catch (error) {
    await bucketStore.discard(received);
    throw error;
  }
  const object = await bucketStore.putObject(key, received, settings);
  const callbackBody = await runCallback(request, object, callback);
  return {
    status: 200,
    headers: {
      ETag: `"${object.etag}"`,
      ...(received.md5 && { 'Content-MD5': received.md5.toString('base64') }),
      'x-oss-hash-crc64ecma': String(object.crc64),
      ...(callbackBody !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: callbackBody ?? '',
  };
}

/**
 * Sends the upload callback, if the request has one, and returns the application server's response body.
 * @throws {OssError} `CallbackFailed` (203).
 */
export async function runCallback(
  request: OssRequest,
  object: StoredObject,
  callback: Callback | undefined,
): Promise<string | undefined> {
  if (!callback) return undefined;
  return await invokeCallback(callback, request.callbackUrls, {
    bucket: request.bucket,
    object: object.key,
    etag: object.etag,
    size: object.size,
    mimeType: object.settings.headers['content-type'] ?? 'application/octet-stream',
    crc64: String(object.crc64),
    clientIp: request.clientIp,
    reqId: request.id,
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
  const overrides = [...query]
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]) => [name.slice('response-'.length), value]);
  const common = { ...objectHeaders(object), ...(Object.fromEntries(overrides) as Record<string, string>) };
  const range = parseRange(headers.get('range'), object.size);
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

// An invalid range returns the whole object, which is OSS's behavior without `x-oss-range-behavior: standard`.
function parseRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  return start < end ? { start, end } : undefined;
}

export async function headObject(request: OssRequest): Promise<OssResponse> {
  const object = findObject(request);
  return { status: 200, headers: { ...objectHeaders(object), 'Content-Length': object.size } };
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
  const root = parseXml(await request.body.text(MAX_XML_BYTES), 'Tagging');
  const [tagSet] = childrenOf(root, 'TagSet');
  const tags = childrenOf(tagSet ?? {}, 'Tag').map(({ Key, Value }): [string, string] => {
    if (typeof Key !== 'string' || typeof Value !== 'string') throw malformedXml();
    return [Key, Value];
  });
  await request.bucketStore.setTags(object, checkTags(tags));
  return { status: 200 };
}

function findObject({ bucketStore, key }: OssRequest): StoredObject {
  checkKey(key);
  const object = bucketStore.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}
