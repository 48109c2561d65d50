/**
 * Notices that a file is edited while it is uploaded. Chromium and WebKit then refuse to read it. Firefox reads the new bytes
 * under the old name, size and date, and the parts sent before and after would be stored as a file that never existed.
 * @see https://github.com/w3c/FileAPI/issues/47
 */

import { abortable } from '../abortable.js';
import { Crc64 } from '../crc64.js';

/** Samples are spread evenly over the file, with its start and its end. */
const SAMPLES = 16;
/** Bytes of a sample. */
const SAMPLE_SIZE = 4_096;

/** What was read of a file when it was first seen. */
const firstRead = new WeakMap<Blob, bigint>();

/**
 * Returns whether samples of a file have the same bytes as in the first call. An edit between two samples that moves nothing
 * isn't noticed.
 *
 * @throws DOMException if the file can't be read; the signal's reason
 */
export async function isUnchanged(file: Blob, signal: AbortSignal): Promise<boolean> {
  const step = Math.max(0, file.size - SAMPLE_SIZE) / (SAMPLES - 1);
  const samples = Array.from({ length: SAMPLES }, (_, index) => {
    const start = Math.floor(index * step);
    return file.slice(start, start + SAMPLE_SIZE);
  });
  const bytes = await abortable(new Blob(samples).arrayBuffer(), signal);
  const crc64 = new Crc64().update(new Uint8Array(bytes)).value;
  const before = firstRead.get(file);
  if (before === undefined) firstRead.set(file, crc64);
  return before === undefined || before === crc64;
}
