// Multipart uploads: initiate, upload a part, list, complete, abort.

import { checkKey, readInteger } from './address.js';
import { readCallback } from './callback.js';
import { answerCallback, checkBodySize } from './object-operations.js';
import { checkContentMd5, checkOverwrite, readContentMd5, readObjectSettings } from './object-settings.js';
import { invalidArgument, malformedXml, noSuchUpload, OssError } from './oss-error.js';
import { childrenOf, parseXml } from './parse-xml.js';
import { xmlReply, type OssRequest, type Reply } from './reply.js';
import type { Part, Upload } from './store.js';
import { xmlDocument } from './xml.js';

const MAX_PART_NUMBER = 10_000;
const MAX_PARTS_LISTED = 1000;
/** Bytes; every part but the last one, checked when the upload is completed. */
const MIN_PART_SIZE = 100 * 1024;
const MAX_XML = 4 * 1024 * 1024;

export async function initiateMultipartUpload(request: OssRequest): Promise<Reply> {
  const { bucketStore, key, headers, bucket } = request;
  checkKey(key);
  checkOverwrite(request);
  const upload = await bucketStore.createUpload(key, readObjectSettings(headers));
  const encoding = readEncoding(request);
  return xmlReply(
    xmlDocument('InitiateMultipartUploadResult', {
      ...encoding.element,
      Bucket: bucket,
      Key: encoding.write(key),
      UploadId: upload.id,
    }),
  );
}

export async function uploadPart(request: OssRequest): Promise<Reply> {
  const { bucketStore, headers, query, body } = request;
  const number = readInteger('partNumber', query.get('partNumber') ?? '', 1, MAX_PART_NUMBER);
  const upload = findUpload(request);
  checkBodySize(request);
  const contentMd5 = readContentMd5(headers);
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
    },
    body: '',
  };
}

export async function listParts(request: OssRequest): Promise<Reply> {
  const { bucket, query } = request;
  const upload = findUpload(request);
  const maxParts = readInteger(
    'max-parts',
    query.get('max-parts') ?? String(MAX_PARTS_LISTED),
    1,
    MAX_PARTS_LISTED,
  );
  const marker = readInteger(
    'part-number-marker',
    query.get('part-number-marker') ?? '0',
    0,
    Number.MAX_SAFE_INTEGER,
  );
  const rest = [...upload.parts.values()]
    .filter((part) => part.number > marker)
    .sort((a, b) => a.number - b.number);
  const page = rest.slice(0, maxParts);
  const encoding = readEncoding(request);
  return xmlReply(
    xmlDocument('ListPartsResult', {
      ...encoding.element,
      Bucket: bucket,
      Key: encoding.write(upload.key),
      UploadId: upload.id,
      StorageClass: upload.settings.storageClass,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? marker,
      MaxParts: maxParts,
      IsTruncated: rest.length > page.length,
      Part: page.map((part) => ({
        PartNumber: part.number,
        LastModified: new Date(part.modified).toISOString(),
        ETag: `"${part.etag}"`,
        HashCrc64ecma: String(part.crc64),
        Size: part.size,
      })),
    }),
  );
}

export async function completeMultipartUpload(request: OssRequest): Promise<Reply> {
  const { bucketStore, headers, bucket, key, url } = request;
  const xml = await request.body.text(MAX_XML);
  const upload = findUpload(request);
  checkOverwrite(request);
  const callback = readCallback(headers.get('x-oss-callback'), headers.get('x-oss-callback-var'));
  const parts =
    headers.get('x-oss-complete-all') === 'yes' ? allParts(upload, xml) : listedParts(upload, xml);
  checkPartSizes(parts);
  const object = await bucketStore.completeUpload(upload, parts);
  const digests = { ETag: `"${object.etag}"`, 'x-oss-hash-crc64ecma': String(object.crc64) };
  const answer = await answerCallback(request, object, callback);
  if (answer !== undefined) {
    return { status: 200, headers: { ...digests, 'Content-Type': 'application/json' }, body: answer };
  }
  const encoding = readEncoding(request);
  return xmlReply(
    xmlDocument('CompleteMultipartUploadResult', {
      ...encoding.element,
      Location: url,
      Bucket: bucket,
      Key: encoding.write(key),
      ETag: digests.ETag,
    }),
    digests,
  );
}

function allParts(upload: Upload, xml: string): Part[] {
  if (xml !== '') throw invalidArgument('With x-oss-complete-all the request must have no body.');
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
    },
  );
}

export async function abortMultipartUpload(request: OssRequest): Promise<Reply> {
  await request.bucketStore.abortUpload(findUpload(request));
  return { status: 204 };
}

function findUpload({ bucketStore, query, key }: OssRequest): Upload {
  const id = query.get('uploadId') ?? '';
  const upload = bucketStore.uploads.get(id);
  if (upload?.key !== key) throw noSuchUpload(id);
  return upload;
}

export interface Encoding {
  element: { EncodingType?: string };
  write: (text: string) => string;
}

/** How the answer writes keys: XML can't hold every character of one, so a client may ask for `url`. */
export function readEncoding({ query }: OssRequest): Encoding {
  const type = query.get('encoding-type');
  if (type === undefined) return { element: {}, write: (text) => text };
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request.');
  return { element: { EncodingType: type }, write: encodeURIComponent };
}
