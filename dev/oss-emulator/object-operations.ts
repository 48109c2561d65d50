// Operations on whole objects: put, get, head, delete, tags.

import { checkKey } from './address.js';
import { callBack, readCallback, type Callback } from './callback.js';
import {
  checkContentMd5,
  checkOverwrite,
  checkTags,
  objectHeaders,
  readContentMd5,
  readObjectSettings,
} from './object-settings.js';
import { malformedXml, noSuchKey, OssError } from './oss-error.js';
import { xmlReply, type OssRequest, type Reply } from './reply.js';
import { childrenOf, parseXml } from './parse-xml.js';
import type { StoredObject } from './store.js';
import { xmlDocument } from './xml.js';

/** Bytes: what one request may bring. */
export const MAX_BODY = 5 * 1024 ** 3;
const MAX_XML = 4 * 1024 * 1024;

export async function putObject(request: OssRequest): Promise<Reply> {
  const { bucketStore, body, headers, key } = request;
  checkKey(key);
  checkBodySize(request);
  checkOverwrite(request);
  const settings = readObjectSettings(headers);
  const contentMd5 = readContentMd5(headers);
  const callback = readCallback(headers.get('x-oss-callback'), headers.get('x-oss-callback-var'));
  const received = await bucketStore.receive(body, contentMd5 !== undefined);
  try {
    checkContentMd5(contentMd5, received.md5);
    checkOverwrite(request);
  } catch (error) {
    await bucketStore.discard(received);
    throw error;
  }
  const object = await bucketStore.putObject(key, received, settings);
  const answer = await answerCallback(request, object, callback);
  return {
    status: 200,
    headers: {
      ETag: `"${object.etag}"`,
      ...(received.md5 && { 'Content-MD5': received.md5.toString('base64') }),
      'x-oss-hash-crc64ecma': String(object.crc64),
      ...(answer !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: answer ?? '',
  };
}

/** Calls the application's server where the request asks for it; returns what that answered. */
export async function answerCallback(
  request: OssRequest,
  object: StoredObject,
  callback: Callback | undefined,
): Promise<string | undefined> {
  if (!callback) return undefined;
  return await callBack(callback, {
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

/** @throws {OssError} MissingContentLength or EntityTooLarge. */
export function checkBodySize({ body }: OssRequest): void {
  if (body.announcedSize === undefined && !body.isChunked) {
    throw new OssError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if ((body.announcedSize ?? 0) > MAX_BODY) {
    throw new OssError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
  }
}

export async function getObject(request: OssRequest): Promise<Reply> {
  const object = findObject(request);
  const { bucketStore, headers, query } = request;
  const overrides = [...query]
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]) => [name.slice('response-'.length), value]);
  const common = { ...objectHeaders(object), ...(Object.fromEntries(overrides) as Record<string, string>) };
  const range = readRange(headers.get('range'), object.size);
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

// A range that makes no sense is as good as none: so does OSS, unless told otherwise by x-oss-range-behavior.
function readRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(Number(to) + 1, size);
  return start < end ? { start, end } : undefined;
}

export async function headObject(request: OssRequest): Promise<Reply> {
  const object = findObject(request);
  return { status: 200, headers: { ...objectHeaders(object), 'Content-Length': object.size } };
}

export async function deleteObject({ bucketStore, key }: OssRequest): Promise<Reply> {
  checkKey(key);
  await bucketStore.deleteObject(key);
  return { status: 204 };
}

export async function getObjectTagging(request: OssRequest): Promise<Reply> {
  const { tags } = findObject(request).settings;
  const tagSet = { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  return xmlReply(xmlDocument('Tagging', { TagSet: tagSet }));
}

export async function putObjectTagging(request: OssRequest): Promise<Reply> {
  const object = findObject(request);
  const root = parseXml(await request.body.text(MAX_XML), 'Tagging');
  const [tagSet] = childrenOf(root, 'TagSet');
  const tags = childrenOf(tagSet ?? {}, 'Tag').map(({ Key, Value }): [string, string] => {
    if (typeof Key !== 'string' || typeof Value !== 'string') throw malformedXml();
    return [Key, Value];
  });
  await request.bucketStore.retag(object, checkTags(tags));
  return { status: 200 };
}

function findObject({ bucketStore, key }: OssRequest): StoredObject {
  checkKey(key);
  const object = bucketStore.objects.get(key);
  if (!object) throw noSuchKey(key);
  return object;
}
