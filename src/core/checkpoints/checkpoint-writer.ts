/** Saves the checkpoint of one upload, and restores a transfer from it. */

import type { ResilientStore } from './resilient-store.js';
import { PartTracker, type TrackedPart } from '../transfer/part-tracker.js';
import type { DonePart, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';
import type { MultipartUpload } from '../transfer/multipart-transfer.js';

/** The file and destination of an upload. They don't change while it runs. */
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
  | 'field'
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

  /** Whether the checkpoint was saved, and not removed by this writer since. */
  get isSaved(): boolean {
    return this.#saved !== undefined;
  }

  /** Saves a multipart upload with its known parts, unless it is saved already. Resolves once the upload is written. */
  async save(
    id: string,
    subject: CheckpointSubject,
    { uploadId, tracker, completeUnanswered }: MultipartUpload,
  ): Promise<void> {
    if (this.#saved?.uploadId === uploadId) {
      const { handle = subject.handle, field } = this.#saved;
      if (handle === this.#saved.handle && field === subject.field) return;
      // The file was selected again, now with a handle or in another field.
      this.#saved = { ...this.#saved, handle, field: subject.field };
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
  async remove(): Promise<void> {
    const saved = this.#saved;
    this.#saved = undefined;
    if (saved) await this.#store.remove(saved.id);
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
