// Operations that list a bucket's objects (ListObjects, ListObjectsV2) and in-progress uploads (ListMultipartUploads).

import { parseInteger } from './address.js';
import { parseEncoding } from './multipart-operations.js';
import { notImplemented } from './oss-error.js';
import { OWNER, xmlResponse, type OssRequest, type OssResponse } from './oss-message.js';
import type { StoredObject } from './store.js';
import { xmlDocument, xmlTime, type XmlChildren } from './xml.js';

/** Maximum number of entries in one response. */
const MAX_LISTED = 1000;

// OSS sorts names by their UTF-8 bytes, which differs from JavaScript's UTF-16 order.
const compareUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export async function listObjects(request: OssRequest): Promise<OssResponse> {
  const marker = request.query.get('marker') ?? '';
  const { encode } = parseEncoding(request);
  const { page, isTruncated, elements } = selectObjects(request, { startAfter: marker, withOwner: true });
  return xmlResponse(
    xmlDocument('ListBucketResult', {
      ...elements,
      Marker: encode(marker),
      NextMarker: isTruncated ? encode(page.at(-1) ?? '') : undefined,
    }),
  );
}

export async function listObjectsV2(request: OssRequest): Promise<OssResponse> {
  const { query } = request;
  const token = query.get('continuation-token');
  const startAfter =
    token === undefined ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64').toString();
  const withOwner = query.get('fetch-owner') === 'true';
  const { page, isTruncated, elements } = selectObjects(request, { startAfter, withOwner });
  return xmlResponse(
    xmlDocument('ListBucketResult', {
      ...elements,
      KeyCount: page.length,
      NextContinuationToken: isTruncated ? Buffer.from(page.at(-1) ?? '').toString('base64') : undefined,
    }),
  );
}

/** Returns the names on a page, and the elements that both versions of the operation respond with. */
function selectObjects(
  request: OssRequest,
  { startAfter, withOwner }: { startAfter: string; withOwner: boolean },
): { page: string[]; isTruncated: boolean; elements: XmlChildren } {
  const { bucket, bucketStore, query } = request;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = parseInteger('max-keys', query.get('max-keys') ?? '100', 1, MAX_LISTED);
  const { encode, element } = parseEncoding(request);

  // Listed names: keys map to their object, common prefixes to `undefined`.
  const entries = new Map<string, StoredObject | undefined>();
  for (const [key, object] of bucketStore.objects) {
    if (!key.startsWith(prefix)) continue;
    const delimiterIndex = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (delimiterIndex < 0) entries.set(key, object);
    else entries.set(key.slice(0, delimiterIndex + delimiter.length), undefined);
  }
  const remaining = [...entries.keys()].filter((name) => compareUtf8(name, startAfter) > 0).sort(compareUtf8);
  const page = remaining.slice(0, maxKeys);
  const isTruncated = remaining.length > page.length;
  const objects = page.map((name) => entries.get(name)).filter((object) => object !== undefined);
  const commonPrefixes = page.filter((name) => !entries.get(name));
  const elements = {
    ...element,
    Name: bucket,
    Prefix: encode(prefix),
    MaxKeys: maxKeys,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    IsTruncated: isTruncated,
    Contents: objects.map((object) => ({
      Key: encode(object.key),
      LastModified: xmlTime(object.modified),
      ETag: `"${object.etag}"`,
      Type: object.type,
      Size: object.size,
      StorageClass: object.settings.storageClass,
      Owner: withOwner ? OWNER : undefined,
    })),
    CommonPrefixes: commonPrefixes.map((name) => ({ Prefix: encode(name) })),
  };
  return { page, isTruncated, elements };
}

export async function listMultipartUploads(request: OssRequest): Promise<OssResponse> {
  const { bucket, bucketStore, query } = request;
  if (query.has('delimiter')) throw notImplemented({ Parameter: 'delimiter' });
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const maxUploads = parseInteger(
    'max-uploads',
    query.get('max-uploads') ?? String(MAX_LISTED),
    1,
    MAX_LISTED,
  );
  const { encode, element } = parseEncoding(request);

  const remaining = [...bucketStore.uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix))
    .filter((upload) => {
      const order = compareUtf8(upload.key, keyMarker);
      return order > 0 || (order === 0 && idMarker !== '' && upload.id > idMarker);
    })
    .sort((a, b) => compareUtf8(a.key, b.key) || compareUtf8(a.id, b.id));
  const page = remaining.slice(0, maxUploads);
  const last = page.at(-1);
  return xmlResponse(
    xmlDocument('ListMultipartUploadsResult', {
      ...element,
      Bucket: bucket,
      Prefix: encode(prefix),
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: encode(last?.key ?? ''),
      NextUploadIdMarker: last?.id ?? '',
      MaxUploads: maxUploads,
      IsTruncated: remaining.length > page.length,
      Upload: page.map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        StorageClass: upload.settings.storageClass,
        Initiated: xmlTime(upload.initiated),
      })),
    }),
  );
}
