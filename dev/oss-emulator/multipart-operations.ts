// Operations of multipart uploads: initiate, upload a part, list parts, complete, abort.

import { checkKey, parseInteger } from './address.js';
import { findCopySource, receiveCopy } from './copy-operations.js';
import { callbackOf, runCallback, checkBodySize } from './object-operations.js';
import {
  checkContentMd5,
  checkOverwrite,
  parseAcl,
  parseContentMd5,
  parseObjectSettings,
  readText,
} from './object-settings.js';
import { invalidArgument, malformedXml, noSuchUpload, OssError } from './oss-error.js';
import { xmlResponse, type OssRequest, type OssResponse } from './oss-message.js';
import { childrenOf, parseXml } from './parse-xml.js';
import type { Part, Upload } from './store.js';
import { xmlDocument, xmlTime } from './xml.js';

const MAX_PART_NUMBER = 10_000;
/** Maximum number of parts in one ListParts response. */
const MAX_PARTS_LISTED = 1000;
/** Minimum size in bytes of every part except the last one. OSS checks it on completion. */
const MIN_PART_SIZE = 100 * 1024;
/** Maximum size of the request body of CompleteMultipartUpload. 10,000 indented parts take 1.2 MB. */
const MAX_XML_BYTES = 2 * 1024 * 1024;

export async function initiateMultipartUpload(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, key, headers, bucket } = request;
  checkKey(key);
  checkOverwrite(request);
  // OSS takes the ACL from CompleteMultipartUpload.
  const settings = { ...parseObjectSettings(headers), acl: 'default' };
  const upload = await bucketStore.createUpload(key, settings);
  const encoding = parseEncoding(request);
  return xmlResponse(
    xmlDocument('InitiateMultipartUploadResult', {
      ...encoding.element,
      Bucket: bucket,
      Key: encoding.encode(key),
      UploadId: upload.id,
    }),
    settings.encryption,
  );
}

export async function uploadPart(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, headers, query, body } = request;
  const number = parseInteger('partNumber', query.get('partNumber') ?? '', 1, MAX_PART_NUMBER);
  const upload = findUpload(request);
  checkBodySize(request);
  const contentMd5 = parseContentMd5(headers);
  const received = await bucketStore.receive(body, contentMd5 !== undefined);
  try {
    checkContentMd5(contentMd5, received.md5);
  } catch (error) {
    await bucketStore.discard(received);
    throw error;
  }
  const part = await bucketStore.putPart(upload, number, received);
  if (!part) throw noSuchUpload(upload.id);
  return {
    status: 200,
    headers: {
      ETag: `"${part.etag}"`,
      ...(received.md5 && { 'Content-MD5': received.md5.toString('base64') }),
      'x-oss-hash-crc64ecma': String(part.crc64),
      ...upload.settings.encryption,
    },
    body: '',
  };
}

/** Copies a range of an object into a part. */
export async function uploadPartCopy(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, headers, query } = request;
  const number = parseInteger('partNumber', query.get('partNumber') ?? '', 1, MAX_PART_NUMBER);
  const upload = findUpload(request);
  const source = findCopySource(request);
  const { start, end } = parseCopyRange(headers.get('x-oss-copy-source-range'), source.size);
  const received = await receiveCopy(request, source, start, end);
  const part = await bucketStore.putPart(upload, number, received);
  if (!part) throw noSuchUpload(upload.id);
  const ETag = `"${part.etag}"`;
  const LastModified = xmlTime(part.modified);
  return xmlResponse(xmlDocument('CopyPartResult', { LastModified, ETag }), { ETag });
}

function parseCopyRange(header: string | undefined, size: number): { start: number; end: number } {
  if (header === undefined) return { start: 0, end: size };
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const start = parseInteger('x-oss-copy-source-range', first, 0, size - 1);
  return { start, end: parseInteger('x-oss-copy-source-range', last, start, size - 1) + 1 };
}

export async function listParts(request: OssRequest): Promise<OssResponse> {
  const { bucket, query } = request;
  const upload = findUpload(request);
  const maxParts = parseInteger(
    'max-parts',
    query.get('max-parts') ?? String(MAX_PARTS_LISTED),
    1,
    MAX_PARTS_LISTED,
  );
  const marker = parseInteger(
    'part-number-marker',
    query.get('part-number-marker') ?? '0',
    0,
    Number.MAX_SAFE_INTEGER,
  );
  const remaining = [...upload.parts.values()]
    .filter((part) => part.number > marker)
    .sort((a, b) => a.number - b.number);
  const page = remaining.slice(0, maxParts);
  const encoding = parseEncoding(request);
  return xmlResponse(
    xmlDocument('ListPartsResult', {
      ...encoding.element,
      Bucket: bucket,
      Key: encoding.encode(upload.key),
      UploadId: upload.id,
      StorageClass: upload.settings.storageClass,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? marker,
      MaxParts: maxParts,
      IsTruncated: remaining.length > page.length,
      Part: page.map((part) => ({
        PartNumber: part.number,
        LastModified: xmlTime(part.modified),
        ETag: `"${part.etag}"`,
        HashCrc64ecma: String(part.crc64),
        Size: part.size,
      })),
    }),
  );
}

export async function completeMultipartUpload(request: OssRequest): Promise<OssResponse> {
  const { bucketStore, headers, bucket, key, url } = request;
  const xml = await readText(request, MAX_XML_BYTES);
  const upload = findUpload(request);
  checkOverwrite(request);
  const acl = parseAcl(headers);
  const callback = callbackOf(request);
  const parts =
    headers.get('x-oss-complete-all') === 'yes' ? allParts(upload, xml) : listedParts(upload, xml);
  checkPartSizes(parts);
  const object = await bucketStore.completeUpload(upload, parts, acl);
  const resultHeaders = {
    ETag: `"${object.etag}"`,
    'x-oss-hash-crc64ecma': String(object.crc64),
    ...object.settings.encryption,
  };
  const callbackBody = await runCallback(request, object, callback, 'CompleteMultipartUpload');
  if (callbackBody !== undefined) {
    return {
      status: 200,
      headers: { ...resultHeaders, 'Content-Type': 'application/json' },
      body: callbackBody,
    };
  }
  const encoding = parseEncoding(request);
  return xmlResponse(
    xmlDocument('CompleteMultipartUploadResult', {
      ...encoding.element,
      Location: url,
      Bucket: bucket,
      Key: encoding.encode(key),
      ETag: resultHeaders.ETag,
    }),
    resultHeaders,
  );
}

function allParts(upload: Upload, xml: string): Part[] {
  if (xml !== '') {
    throw invalidArgument('The request body must be empty if x-oss-complete-all is set.', '0042-00000216');
  }
  return [...upload.parts.values()].sort((a, b) => a.number - b.number);
}

function listedParts(upload: Upload, xml: string): Part[] {
  const listed = childrenOf(parseXml(xml, 'CompleteMultipartUpload'), 'Part').map(({ PartNumber, ETag }) => {
    if (typeof PartNumber !== 'string' || typeof ETag !== 'string' || !/^\d+$/.test(PartNumber))
      throw malformedXml();
    return { number: Number(PartNumber), etag: ETag.replace(/^"|"$/g, '').toUpperCase() };
  });
  if (listed.length === 0 || listed.length > MAX_PART_NUMBER) throw malformedXml();
  listed.reduce((previous, current) => {
    if (current.number > previous.number) return current;
    throw new OssError(
      400,
      'InvalidPartOrder',
      'The list of parts was not in ascending order by part number.',
      { ec: '0042-00000209' },
    );
  });
  return listed.map(({ number, etag }) => {
    const part = upload.parts.get(number);
    if (part?.etag === etag) return part;
    throw new OssError(
      400,
      'InvalidPart',
      'One or more of the specified parts could not be found, or its ETag does not match.',
      { details: { PartNumber: number, ETag: etag, UploadId: upload.id } },
    );
  });
}

function checkPartSizes(parts: readonly Part[]): void {
  if (parts.length === 0) throw malformedXml();
  const tooSmall = parts.slice(0, -1).find((part) => part.size < MIN_PART_SIZE);
  if (!tooSmall) return;
  throw new OssError(
    400,
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size.',
    {
      details: { MinSizeAllowed: MIN_PART_SIZE, ProposedSize: tooSmall.size, PartNumber: tooSmall.number },
      ec: '0042-00000213',
    },
  );
}

export async function abortMultipartUpload(request: OssRequest): Promise<OssResponse> {
  await request.bucketStore.abortUpload(findUpload(request));
  return { status: 204 };
}

function findUpload({ bucketStore, query, key }: OssRequest): Upload {
  const id = query.get('uploadId') ?? '';
  const upload = bucketStore.uploads.get(id);
  if (upload?.key !== key) throw noSuchUpload(id);
  return upload;
}

/** Encoding of keys in XML responses. */
export interface Encoding {
  /** Element that names the encoding in the response; empty without one. */
  element: { EncodingType?: string };
  encode: (text: string) => string;
}

/**
 * Parses the `encoding-type` parameter. XML can't represent every character of a key, so clients can request URL
 * encoding.
 * @throws {OssError} `InvalidArgument` (400) for any value other than `url`.
 */
export function parseEncoding({ query }: OssRequest): Encoding {
  const type = query.get('encoding-type');
  if (type === undefined) return { element: {}, encode: (text) => text };
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request.');
  return { element: { EncodingType: type }, encode: encodeURIComponent };
}
