// Writes a stream to a new file and computes its CRC-64 and, optionally, its MD5 in the same pass.

import { createHash, type Hash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { IHasher } from 'hash-wasm';
import { finishCrc64, releaseCrc64, startCrc64 } from './crc64.js';

/** Bytes to collect before each write, so that small chunks don't cost a system call each. */
const BATCH_SIZE = 1024 * 1024;

/** A file written by {@link writeHashed}. */
export interface WrittenFile {
  path: string;
  /** Bytes. */
  size: number;
  /** Raw digest of 16 bytes; `undefined` if not requested. */
  md5: Buffer | undefined;
  crc64: bigint;
}

/**
 * Writes `chunks` to a new file. Hashing overlaps with writing the previous batch. If the source or the disk fails, the
 * file is removed.
 * @param options.fsync Whether to flush the file to disk before resolving.
 * @param options.md5 Whether to compute the MD5.
 * @throws The error of the source, or of the file system.
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
      if (batched >= BATCH_SIZE) {
        await writing;
        writing = writeAll(file, batch);
        // The next `await writing` handles a failure. Without this, it would be reported as unhandled until then.
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

// writev may write fewer bytes than requested, so it repeats until nothing is left.
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
