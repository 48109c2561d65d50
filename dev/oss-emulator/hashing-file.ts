// Writes a stream of chunks to a new file while it computes CRC-64 and, on request, MD5. Knows nothing of OSS.

import { createHash, type Hash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { IHasher } from 'hash-wasm';
import { finishCrc64, releaseCrc64, startCrc64 } from './crc64.js';

/** Bytes gathered before they are handed to the disk in one call. */
const BATCH = 1024 * 1024;

export interface WrittenFile {
  path: string;
  /** Bytes. */
  size: number;
  /** Raw, 16 bytes; absent where it was not asked for. */
  md5: Buffer | undefined;
  crc64: bigint;
}

/**
 * Writes `chunks` to `path`. When the source fails half way, the file is removed and the source's error is thrown.
 * Hashing overlaps with the writing of the batch before.
 */
export async function writeHashed(
  path: string,
  chunks: AsyncIterable<Buffer>,
  options: { fsync: boolean; md5: boolean },
): Promise<WrittenFile> {
  const file = await open(path, 'wx');
  const crc64 = await startCrc64();
  let finished = false;
  try {
    const written = await copy(file, chunks, crc64, options.md5 ? createHash('md5') : undefined);
    if (options.fsync) await file.sync();
    finished = true;
    return { path, ...written, crc64: finishCrc64(crc64) };
  } finally {
    await file.close();
    if (!finished) {
      releaseCrc64(crc64);
      await rm(path, { force: true });
    }
  }
}

async function copy(
  file: FileHandle,
  chunks: AsyncIterable<Buffer>,
  crc64: IHasher,
  md5: Hash | undefined,
): Promise<{ size: number; md5: Buffer | undefined }> {
  let size = 0;
  let batch: Buffer[] = [];
  let batched = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of chunks) {
      md5?.update(chunk);
      crc64.update(chunk);
      size += chunk.length;
      batch.push(chunk);
      batched += chunk.length;
      if (batched >= BATCH) {
        await writing;
        writing = writeAll(file, batch);
        // Its failure is met at the next await of `writing`; until then it must not count as unhandled.
        writing.catch(() => {});
        batch = [];
        batched = 0;
      }
    }
    await writing;
    await writeAll(file, batch);
  } finally {
    await writing.catch(() => {});
  }
  return { size, md5: md5?.digest() };
}

async function writeAll(file: FileHandle, buffers: Buffer[]): Promise<void> {
  let rest = buffers;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest);
    let first = 0;
    for (let buffer = rest[0]; buffer && buffer.length <= bytesWritten; buffer = rest[first]) {
      bytesWritten -= buffer.length;
      first += 1;
    }
    rest = rest.slice(first);
    const [partial] = rest;
    if (partial && bytesWritten > 0) rest[0] = partial.subarray(bytesWritten);
  }
}
