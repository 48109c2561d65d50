/** Saves the checkpoint of one upload, and restores a transfer from it. */

import type { ResilientStore } from './resilient-store.js';
import { PartTracker, type TrackedPart } from '../transfer/part-tracker.js';
import type { DonePart, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';
import type { MultipartUpload } from '../transfer/multipart-transfer.js';

/** The file and destination of an upload. They don't change while it runs. The identity never changes. */
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

/** Keeps the saved checkpoint of one upload up to date. */
export class CheckpointWriter {
  readonly #store: ResilientStore;
  #saved: Omit<StoredUpload, 'savedAt'> | undefined;

  /** @param saved checkpoint of an earlier visit */
  constructor(store: ResilientStore, saved?: StoredUpload) {
    this.#store = store;
    this.#saved = saved;
  }

  /**
   * Saves a multipart upload with its known parts. If it is saved already, saves only what is new about its file. Resolves
   * once the upload is written.
   */
  async save(
    id: string,
    subject: CheckpointSubject,
    { uploadId, tracker, completeUnanswered }: MultipartUpload,
  ): Promise<void> {
    if (this.#saved?.uploadId === uploadId) {
      const { fileName, lastModified, handle } = subject;
      const isSaved =
        this.#saved.fileName === fileName &&
        this.#saved.lastModified === lastModified &&
        (this.#saved.handle !== undefined || handle === undefined);
      if (isSaved) return;
      // The file was selected again, with another date or name form, or with a handle.
      this.#saved = { ...this.#saved, fileName, lastModified, ...(handle !== undefined && { handle }) };
      return this.#store.save(this.#saved);
    }
    this.#saved = { ...subject, id, uploadId, partSize: tracker.partSize, completeUnanswered };
    const written = this.#store.save(this.#saved);
    for (const part of tracker.doneParts) void this.#store.addPart(id, part);
    await written;
  }

  /** Adds a stored part to the checkpoint. */
  addPart({ number, etag, crc64 }: DonePart & { crc64?: bigint | undefined }): void {
    if (!this.#saved) return;
    void this.#store.addPart(this.#saved.id, {
      number,
      etag,
      ...(crc64 !== undefined && { crc64: String(crc64) }),
    });
  }

  /** Saves that Complete is about to be sent, after which the object may exist. Resolves once that is written. */
  async markCompleting(): Promise<void> {
    if (!this.#saved) return;
    this.#saved = { ...this.#saved, completeUnanswered: true };
    await this.#store.save(this.#saved);
  }

  /** Deletes the checkpoint. */
  remove(): void {
    if (this.#saved) void this.#store.remove(this.#saved.id);
    this.#saved = undefined;
  }
}

/** Returns the multipart upload that a checkpoint of an earlier visit describes. */
export function toMultipartUpload({ upload, parts }: StoredCheckpoint): MultipartUpload {
  const { bucket, uploadId, fileSize, partSize, completeUnanswered } = upload;
  const tracker = new PartTracker(fileSize, partSize, parts.map(toTrackedPart));
  return { bucket, uploadId, tracker, completeUnanswered, fromEarlierVisit: true };
}

/** Adds the parts that another tab has saved for the same multipart upload. */
export function mergeParts(multipart: MultipartUpload, { upload, parts }: StoredCheckpoint): void {
  multipart.tracker.merge(parts.map(toTrackedPart));
  multipart.completeUnanswered ||= upload.completeUnanswered;
}

function toTrackedPart({ number, etag, crc64 }: StoredPart): TrackedPart {
  return { number, etag, ...(crc64 !== undefined && { crc64: BigInt(crc64) }) };
}
