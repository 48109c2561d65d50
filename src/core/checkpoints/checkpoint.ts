/** Checkpoints in the shape of ali-oss, so that its `multipartUpload` and this engine can resume each other's uploads. */

import { UploadError } from '../errors.js';
import { isBlob, isCount, isETag, isOssId, isRecord } from '../guards.js';
import { countParts, isPartSizeAllowed } from '../transfer/part-plan.js';
import type { DonePart } from '../ports.js';

/**
 * The stored parts of an upload, in the shape that `multipartUpload` of ali-oss passes to its `progress` callback and
 * accepts as its `checkpoint` option.
 *
 * @example
 * localStorage.setItem('checkpoint', JSON.stringify(upload.checkpoint));
 * // Later, with the same file:
 * element.resumeFrom(JSON.parse(localStorage.getItem('checkpoint')), file);
 */
export interface Checkpoint {
  /** The file. Lost when the checkpoint is serialized as JSON. */
  file?: Blob | undefined;
  /** The object key. */
  name: string;
  /** Size of the file in bytes. */
  fileSize: number;
  /** Size of each part except the last, in bytes. */
  partSize: number;
  /** ID of the multipart upload at OSS. */
  uploadId: string;
  /** Stored parts: `number` from 1 to 10,000, and `etag` as returned by OSS. */
  doneParts: DonePart[];
}

/**
 * Returns a validated checkpoint from any value.
 *
 * @throws UploadError `checkpoint-mismatch` if the checkpoint is damaged
 */
export function parseCheckpoint(value: unknown): Checkpoint {
  if (!isRecord(value)) throw damaged('checkpoint');
  const { file, name, fileSize, partSize, uploadId, doneParts } = value;
  const key = typeof name === 'string' ? name.replace(/^\/+/, '') : '';
  if (key === '') throw damaged('name');
  if (!isCount(fileSize)) throw damaged('fileSize');
  if (!isCount(partSize) || !isPartSizeAllowed(partSize, fileSize)) throw damaged('partSize');
  const count = countParts(fileSize, partSize);
  if (!isOssId(uploadId)) throw damaged('uploadId');
  if (!Array.isArray(doneParts)) throw damaged('doneParts');
  return {
    ...(isBlob(file) && { file }),
    // ali-oss removes leading slashes from the key of the object, but not from the name in the checkpoint.
    name: key,
    fileSize,
    partSize,
    uploadId,
    doneParts: doneParts.map((part: unknown) => parsePart(part, count)),
  };
}

function parsePart(part: unknown, count: number): DonePart {
  if (!isRecord(part)) throw damaged('doneParts');
  const { number, etag } = part;
  if (!Number.isInteger(number) || (number as number) < 1 || (number as number) > count)
    throw damaged('doneParts');
  if (!isETag(etag)) throw damaged('doneParts');
  return { number: number as number, etag };
}

function damaged(field: string): UploadError {
  return new UploadError('checkpoint-mismatch', { values: { field } });
}
