/**
 * Checkpoints in ali-oss's own shape, so that `multipartUpload` of the SDK and this engine can take over from each
 * other. Everything that comes from outside is checked.
 */

import { UploadError } from '../errors.js';
import { isCount, isRecord } from '../guards.js';
import { countParts, isPartSizeAllowed } from '../transfer/part-plan.js';
import type { DonePart } from '../ports.js';

/** What `multipartUpload` hands to its `progress` callback and takes as its `checkpoint` option. */
export interface Checkpoint {
  /** The file itself; it can't be serialised and is absent after a visit to a store. */
  file?: Blob | undefined;
  /** The object key. */
  name: string;
  /** Bytes. */
  fileSize: number;
  /** Bytes. */
  partSize: number;
  uploadId: string;
  doneParts: DonePart[];
}

/**
 * Reads a checkpoint from anywhere.
 *
 * @throws UploadError `checkpoint-mismatch` where it is damaged
 */
export function parseCheckpoint(value: unknown): Checkpoint {
  if (!isRecord(value)) throw damaged('checkpoint');
  const { file, name, fileSize, partSize, uploadId, doneParts } = value;
  const key = typeof name === 'string' ? name.replace(/^\/+/, '') : '';
  if (key === '') throw damaged('name');
  if (!isCount(fileSize)) throw damaged('fileSize');
  if (!isCount(partSize) || !isPartSizeAllowed(partSize, fileSize)) throw damaged('partSize');
  const count = countParts(fileSize, partSize);
  if (typeof uploadId !== 'string' || uploadId === '') throw damaged('uploadId');
  if (!Array.isArray(doneParts)) throw damaged('doneParts');
  return {
    ...(file instanceof Blob && { file }),
    // As ali-oss stores it: a key does not begin with a slash, whatever it was asked for.
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
  if (typeof etag !== 'string' || etag === '') throw damaged('doneParts');
  return { number: number as number, etag };
}

function damaged(field: string): UploadError {
  return new UploadError('checkpoint-mismatch', { values: { field } });
}
