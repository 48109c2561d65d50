/**
 * Keeps what is remembered of one upload in step with it.
 */

import type { ResilientStore } from './resilient-store.js';
import { PartTracker, type TrackedPart } from '../transfer/part-tracker.js';
import type { DonePart, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';
import type { MultipartUpload } from '../transfer/multipart-transfer.js';

/** What stays the same as long as the upload lives. */
export type CheckpointSubject = Pick<
  StoredUpload,
  | 'fingerprint'
  | 'destination'
  | 'bucket'
  | 'key'
  | 'fileName'
  | 'fileType'
  | 'fileSize'
  | 'lastModified'
  | 'handle'
>;

export class CheckpointWriter {
  readonly #memory: ResilientStore;
  #written: Omit<StoredUpload, 'savedAt'> | undefined;

  /** @param remembered what an earlier visit wrote */
  constructor(memory: ResilientStore, remembered?: StoredUpload) {
    this.#memory = memory;
    this.#written = remembered;
  }

  /** A run begins: what it knows is written, where it is not yet. Resolves when it is. */
  async begin(
    id: string,
    subject: CheckpointSubject,
    { uploadId, tracker, completeUnanswered }: MultipartUpload,
  ): Promise<void> {
    if (this.#written?.uploadId === uploadId) {
      if (this.#written.handle !== undefined || subject.handle === undefined) return;
      // This time the file was picked in a way that lets it be opened again.
      this.#written = { ...this.#written, handle: subject.handle };
      return this.#memory.save(this.#written);
    }
    this.#written = { ...subject, id, uploadId, partSize: tracker.partSize, completeUnanswered };
    const written = this.#memory.save(this.#written);
    for (const part of tracker.doneParts) void this.#memory.addPart(id, part);
    await written;
  }

  addPart({ number, etag, crc64 }: DonePart & { crc64?: bigint | undefined }): void {
    if (!this.#written) return;
    void this.#memory.addPart(this.#written.id, {
      number,
      etag,
      ...(crc64 !== undefined && { crc64: String(crc64) }),
    });
  }

  /** Complete is about to be sent: from now on the object may be there. Resolves when that is written. */
  async completing(): Promise<void> {
    if (!this.#written) return;
    this.#written = { ...this.#written, completeUnanswered: true };
    await this.#memory.save(this.#written);
  }

  remove(): void {
    if (this.#written) void this.#memory.remove(this.#written.id);
    this.#written = undefined;
  }
}

/** What an earlier visit knew, as a run goes on from it. */
export function toMultipartUpload({ upload, parts }: StoredCheckpoint): MultipartUpload {
  const { bucket, uploadId, fileSize, partSize, completeUnanswered } = upload;
  const tracker = new PartTracker(fileSize, partSize, parts.map(toEntry));
  return { bucket, uploadId, tracker, completeUnanswered, fromEarlierVisit: true };
}

/** Adds what another tab has noted since to what is known of the same upload. */
export function mergeParts(multipart: MultipartUpload, { upload, parts }: StoredCheckpoint): void {
  multipart.tracker.merge(parts.map(toEntry));
  multipart.completeUnanswered ||= upload.completeUnanswered;
}

function toEntry({ number, etag, crc64 }: StoredPart): TrackedPart {
  return { number, etag, ...(crc64 !== undefined && { crc64: BigInt(crc64) }) };
}
