/** Validates checkpoints from storage. They may be damaged, or written by another version or other code. */

import { isCount, isETag, isOssId, isRecord } from '../guards.js';
import { isPartSizeAllowed, MAX_PARTS } from '../transfer/part-plan.js';
import type { StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';

/** The latest time that a `Date` can represent, in milliseconds since 1970. */
const MAX_TIME = 8.64e15;

/** Returns a validated upload, or `undefined` if it is invalid. */
export function parseStoredUpload(value: unknown): StoredUpload | undefined {
  if (!isRecord(value)) return undefined;
  const hasTexts = ['id', 'fingerprint', 'destination', 'bucket', 'key', 'fileName'].every((name) =>
    isText(value[name]),
  );
  const hasCounts = ['fileSize', 'partSize'].every((name) => isCount(value[name]));
  const hasTimes = ['lastModified', 'savedAt'].every((name) => isTime(value[name]));
  if (!hasTexts || !hasCounts || !hasTimes || typeof value['fileType'] !== 'string') return undefined;
  if (!isOssId(value['uploadId'])) return undefined;
  const upload = value as unknown as StoredUpload;
  if (!isPartSizeAllowed(upload.partSize, upload.fileSize)) return undefined;
  if (upload.field !== undefined && !isText(upload.field)) return undefined;
  return { ...upload, completeUnanswered: value['completeUnanswered'] === true };
}

/** Returns a validated part, or `undefined` if it is invalid. */
export function parseStoredPart(value: unknown): StoredPart | undefined {
  if (!isRecord(value)) return undefined;
  const { number, etag, crc64 } = value;
  if (!isCount(number) || number < 1 || number > MAX_PARTS || !isETag(etag)) return undefined;
  return { number, etag, ...(typeof crc64 === 'string' && /^\d{1,20}$/.test(crc64) && { crc64 }) };
}

/** Returns the checkpoints that are defined, the oldest first. */
export function oldestFirst(checkpoints: readonly (StoredCheckpoint | undefined)[]): StoredCheckpoint[] {
  return checkpoints
    .filter((checkpoint) => checkpoint !== undefined)
    .sort((a, b) => a.upload.savedAt - b.upload.savedAt);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Whether a `Date` can represent the time. It is negative for files from before 1970. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_TIME;
}
