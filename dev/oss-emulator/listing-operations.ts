// Lists of a bucket: its objects (version 2) and its uploads under way.

import { readInteger } from './address.js';
import { readEncoding } from './multipart-operations.js';
import { xmlReply, type OssRequest, type Reply } from './reply.js';
import type { StoredObject } from './store.js';
import { xmlDocument } from './xml.js';

const MAX_LISTED = 1000;

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export async function listObjectsV2(request: OssRequest): Promise<Reply> {
  const { bucket, bucketStore, query } = request;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = readInteger('max-keys', query.get('max-keys') ?? '100', 1, MAX_LISTED);
  const token = query.get('continuation-token');
  const after =
    token === undefined ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64').toString();
  const { write, element } = readEncoding(request);

  // What is listed under each name: an object, or `undefined` for the common prefix of several.
  const entries = new Map<string, StoredObject | undefined>();
  for (const [key, object] of bucketStore.objects) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut < 0) entries.set(key, object);
    else entries.set(key.slice(0, cut + delimiter.length), undefined);
  }
  const rest = [...entries.keys()].filter((name) => byUtf8(name, after) > 0).sort(byUtf8);
  const page = rest.slice(0, maxKeys);
  const isTruncated = rest.length > page.length;
  const objects = page.map((name) => entries.get(name)).filter((object) => object !== undefined);
  const commonPrefixes = page.filter((name) => !entries.get(name));
  return xmlReply(
    xmlDocument('ListBucketResult', {
      ...element,
      Name: bucket,
      Prefix: write(prefix),
      MaxKeys: maxKeys,
      Delimiter: delimiter === '' ? undefined : write(delimiter),
      IsTruncated: isTruncated,
      KeyCount: page.length,
      NextContinuationToken: isTruncated ? Buffer.from(page.at(-1) ?? '').toString('base64') : undefined,
      Contents: objects.map((object) => ({
        Key: write(object.key),
        LastModified: new Date(object.modified).toISOString(),
        ETag: `"${object.etag}"`,
        Type: object.type,
        Size: object.size,
        StorageClass: object.settings.storageClass,
      })),
      CommonPrefixes: commonPrefixes.map((name) => ({ Prefix: write(name) })),
    }),
  );
}

export async function listMultipartUploads(request: OssRequest): Promise<Reply> {
  const { bucket, bucketStore, query } = request;
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const maxUploads = readInteger(
    'max-uploads',
    query.get('max-uploads') ?? String(MAX_LISTED),
    1,
    MAX_LISTED,
  );
  const { write, element } = readEncoding(request);

  const rest = [...bucketStore.uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix))
    .filter((upload) => {
      const order = byUtf8(upload.key, keyMarker);
      return order > 0 || (order === 0 && idMarker !== '' && upload.id > idMarker);
    })
    .sort((a, b) => byUtf8(a.key, b.key) || byUtf8(a.id, b.id));
  const page = rest.slice(0, maxUploads);
  const last = page.at(-1);
  return xmlReply(
    xmlDocument('ListMultipartUploadsResult', {
      ...element,
      Bucket: bucket,
      Prefix: write(prefix),
      KeyMarker: write(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: write(last?.key ?? ''),
      NextUploadIdMarker: last?.id ?? '',
      MaxUploads: maxUploads,
      IsTruncated: rest.length > page.length,
      Upload: page.map((upload) => ({
        Key: write(upload.key),
        UploadId: upload.id,
        StorageClass: upload.settings.storageClass,
        Initiated: new Date(upload.initiated).toISOString(),
      })),
    }),
  );
}
