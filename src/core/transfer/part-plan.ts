/**
 * Splits a file into parts that OSS accepts. Pure.
 *
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload for the limits
 */

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Minimum size of every part except the last, in bytes. */
export const MIN_PART_SIZE = 100 * KiB;
/** Maximum size of a part and of a single-request upload, in bytes. */
export const MAX_PART_SIZE = 5 * GiB;
/** Maximum number of parts of an object. */
export const MAX_PARTS = 10_000;
/** Maximum size of an object in bytes: 48.8 TiB. */
export const MAX_OBJECT_SIZE = MAX_PARTS * MAX_PART_SIZE;

/** A part size that is raised for a large file is a multiple of this, in bytes. */
const PART_SIZE_STEP = MiB;

/** The byte range of a part. */
export interface PartRange {
  /** Part number, 1 to 10,000. */
  number: number;
  /** Offset of the first byte. */
  start: number;
  /** Offset after the last byte. */
  end: number;
}

/**
 * Returns the part size for a file: the preferred one, adjusted to the limits of OSS and raised if the file would need
 * more than 10,000 parts.
 *
 * @param fileSize bytes, at most {@link MAX_OBJECT_SIZE}
 * @param preferred bytes
 * @returns bytes
 */
export function choosePartSize(fileSize: number, preferred: number): number {
  const partSize = clamp(Math.floor(preferred));
  if (partSize * MAX_PARTS >= fileSize) return partSize;
  return clamp(Math.ceil(fileSize / MAX_PARTS / PART_SIZE_STEP) * PART_SIZE_STEP);
}

/** Whether OSS accepts parts of this size for a file of this size. Both are in bytes. */
export function isPartSizeAllowed(partSize: number, fileSize: number): boolean {
  if (partSize < 1 || partSize > MAX_PART_SIZE) return false;
  const count = countParts(fileSize, partSize);
  return count <= MAX_PARTS && (count === 1 || partSize >= MIN_PART_SIZE);
}

/** Returns the number of parts of a file. An empty file has one empty part. */
export function countParts(fileSize: number, partSize: number): number {
  return Math.max(1, Math.ceil(fileSize / partSize));
}

/** Returns the byte range of one part. @param number 1 to `countParts(fileSize, partSize)` */
export function partRange(number: number, fileSize: number, partSize: number): PartRange {
  const start = (number - 1) * partSize;
  return { number, start, end: Math.min(start + partSize, fileSize) };
}

/** Returns the byte ranges of all parts, in order. */
export function planParts(fileSize: number, partSize: number): PartRange[] {
  return Array.from({ length: countParts(fileSize, partSize) }, (_, i) =>
    partRange(i + 1, fileSize, partSize),
  );
}

function clamp(partSize: number): number {
  return Math.min(Math.max(partSize, MIN_PART_SIZE), MAX_PART_SIZE);
}
