/**
 * Checks what comes out of a store: it may be damaged, foreign, or of another version.
 */

import { isCount, isRecord } from '../guards.js';
import { isPartSizeAllowed, MAX_PARTS } from '../transfer/part-plan.js';
import type { StoredPart, StoredUpload } from '../ports.js';

/** The last moment that a `Date` can be, in milliseconds since 1970. */
const MAX_TIME = 8.64e15;

/** @returns the upload, or `undefined` where it is not sound */
export function parseStoredUpload(value: unknown): StoredUpload | undefined {
  if (!isRecord(value)) return undefined;
  const texts = ['id', 'fingerprint', 'destination', 'bucket', 'key', 'fileName', 'uploadId'].every((name) =>
    isText(value[name]),
  );
  const counts = ['fileSize', 'partSize'].every((name) => isCount(value[name]));
  const times = ['lastModified', 'savedAt'].every((name) => isTime(value[name]));
  if (!texts || !counts || !times || typeof value['fileType'] !== 'string') return undefined;
  const upload = value as unknown as StoredUpload;
  if (!isPartSizeAllowed(upload.partSize, upload.fileSize)) return undefined;
  return { ...upload, completeUnanswered: value['completeUnanswered'] === true };
}

/** @returns the part, or `undefined` where it is not sound */
export function parseStoredPart(value: unknown): StoredPart | undefined {
  if (!isRecord(value)) return undefined;
  const { number, etag, crc64 } = value;
  if (!isCount(number) || number < 1 || number > MAX_PARTS || !isText(etag)) return undefined;
  return { number, etag, ...(typeof crc64 === 'string' && /^\d{1,20}$/.test(crc64) && { crc64 }) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** A file may be from before 1970; a time of which nobody can tell the day would break whoever shows it. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_TIME;
}
