/**
 * Cuts a file into parts that OSS accepts. Pure arithmetic.
 * Limits: https://www.alibabacloud.com/help/en/oss/user-guide/multipart-upload
 */

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Smallest size of any part but the last, in bytes. */
export const MIN_PART_SIZE = 100 * KiB;
/** Largest size of a part, and of an object that is put in one request, in bytes. */
export const MAX_PART_SIZE = 5 * GiB;
export const MAX_PARTS = 10_000;
/** 48.8 TiB, in bytes. */
export const MAX_OBJECT_SIZE = MAX_PARTS * MAX_PART_SIZE;

/**
 * Small parts make a crash cheap and fill a line as well as large ones do while several are under way; below this,
 * the cost of each request begins to show on fast lines.
 */
const AUTO_PART_SIZE = 4 * MiB;
const PART_SIZE_STEP = MiB;

/** A stretch of the file, `end` exclusive, in bytes. */
export interface PartRange {
  /** 1 to 10,000 */
  number: number;
  start: number;
  end: number;
}

/**
 * The part size for a file: what is wanted, moved into OSS's limits and raised where 10,000 parts would not do.
 *
 * @param fileSize bytes, at most {@link MAX_OBJECT_SIZE}
 * @param wanted bytes, or `auto`
 * @returns bytes
 */
export function choosePartSize(fileSize: number, wanted: number | 'auto'): number {
  const preferred = clamp(wanted === 'auto' ? AUTO_PART_SIZE : Math.floor(wanted));
  if (preferred * MAX_PARTS >= fileSize) return preferred;
  return clamp(Math.ceil(fileSize / MAX_PARTS / PART_SIZE_STEP) * PART_SIZE_STEP);
}

/** Whether OSS accepts parts of this size for a file of this size. Both in bytes. */
export function isPartSizeAllowed(partSize: number, fileSize: number): boolean {
  if (partSize < 1 || partSize > MAX_PART_SIZE) return false;
  const count = countParts(fileSize, partSize);
  return count <= MAX_PARTS && (count === 1 || partSize >= MIN_PART_SIZE);
}

/** How many parts a file has; an empty file has one, empty. */
export function countParts(fileSize: number, partSize: number): number {
  return Math.max(1, Math.ceil(fileSize / partSize));
}

/** @param number 1 to `countParts(fileSize, partSize)` */
export function partRange(number: number, fileSize: number, partSize: number): PartRange {
  const start = (number - 1) * partSize;
  return { number, start, end: Math.min(start + partSize, fileSize) };
}

/** Every part of the file, in order. */
export function planParts(fileSize: number, partSize: number): PartRange[] {
  return Array.from({ length: countParts(fileSize, partSize) }, (_, i) =>
    partRange(i + 1, fileSize, partSize),
  );
}

function clamp(partSize: number): number {
  return Math.min(Math.max(partSize, MIN_PART_SIZE), MAX_PART_SIZE);
}
