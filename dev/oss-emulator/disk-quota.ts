// Limits the disk space of a store.

import { OssError } from './oss-error.js';

/** Bytes of a body between two checks of the quota. */
const CHECK_INTERVAL = 1024 ** 2;

/** Limit on the size of all stored objects and parts, including the bodies that are being received. */
export class DiskQuota {
  /** Bytes. */
  limit = Infinity;
  readonly #storedBytes: () => number;
  /** Bytes of bodies that are being received, or are received and not stored yet. */
  #received = 0;

  /** @param storedBytes Returns the size of all stored objects and parts in bytes. */
  constructor(storedBytes: () => number) {
    this.#storedBytes = storedBytes;
  }

  /**
   * Passes on the chunks of a body and counts them, until {@link release} is called with the size of the whole body.
   * @throws {OssError} `QuotaExceeded` (403).
   */
  async *meter(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0;
    let nextCheck = 0;
    let finished = false;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        this.#received += chunk.length;
        if (size >= nextCheck) {
          this.#check();
          nextCheck = size + CHECK_INTERVAL;
        }
        yield chunk;
      }
      this.#check();
      finished = true;
    } finally {
      if (!finished) this.release(size);
    }
  }

  /** Stops counting a received body, because it is stored or deleted. @param size Bytes. */
  release(size: number): void {
    this.#received -= size;
  }

  #check(): void {
    if (this.#storedBytes() + this.#received <= this.limit) return;
    throw new OssError(
      403,
      'QuotaExceeded',
      `The OSS emulator stores up to ${this.limit} bytes. Delete objects, or start it with a larger quota.`,
    );
  }
}
