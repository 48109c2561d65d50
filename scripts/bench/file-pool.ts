// The files that are uploaded: each set is created once.
import { DiskFiles, type DiskFile } from '../../test/e2e/support/disk-file.js';

export class FilePool {
  readonly #files: DiskFiles;
  readonly #sets = new Map<string, Promise<DiskFile[]>>();

  private constructor(files: DiskFiles) {
    this.#files = files;
  }

  static async create(): Promise<FilePool> {
    return new FilePool(await DiskFiles.create());
  }

  /** @param size of each file, in bytes */
  get(size: number, count: number): Promise<DiskFile[]> {
    const name = `${size}-${count}`;
    const existing = this.#sets.get(name);
    if (existing) return existing;
    const created = this.#create(name, size, count);
    this.#sets.set(name, created);
    return created;
  }

  remove(): Promise<void> {
    return this.#files.remove();
  }

  async #create(name: string, size: number, count: number): Promise<DiskFile[]> {
    const files: DiskFile[] = [];
    for (let number = 1; number <= count; number += 1)
      files.push(await this.#files.make(`${name}-${number}.bin`, size));
    return files;
  }
}
