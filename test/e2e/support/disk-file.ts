// Creates files on disk for a browser to select.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MiB = 1024 * 1024;

export interface DiskFile {
  path: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/** Writes other bytes into a file, which keeps its size. */
export async function overwrite({ path, size }: DiskFile): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(randomBytes(size), 0, size, 0);
  await file.close();
}

/** A temporary folder of files with random content. */
export class DiskFiles {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<DiskFiles> {
    return new DiskFiles(await mkdtemp(join(tmpdir(), 'oss-resumable-upload-')));
  }

  async make(name: string, size: number): Promise<DiskFile> {
    const path = join(this.#folder, name);
    const file = await open(path, 'w');
    for (let left = size; left > 0; left -= MiB) await file.write(randomBytes(Math.min(left, MiB)));
    await file.close();
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { path, name, size, sha256: hash.digest('hex') };
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
