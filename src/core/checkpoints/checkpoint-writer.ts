/** Saves the checkpoint of one upload, and restores a transfer from it. */

import type { ResilientStore } from './resilient-store.js';
import { PartTracker, type TrackedPart } from '../transfer/part-tracker.js';
import type { CheckpointStore, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';
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
  | 'field'
>;

/** How many parts are written at a time, within one time limit, when a whole checkpoint is saved. */
const BATCH_SIZE = 100;

/** Keeps the saved checkpoint of one upload up to date. */
export class CheckpointWriter {
  readonly #store: ResilientStore;
  #saved: Omit<StoredUpload, 'savedAt'> | undefined;
  #tracker: PartTracker | undefined;
  /** ETags of the parts that the store holds, by part number. */
  #written = new Map<number, string>();

  /** @param saved checkpoint of an earlier visit */
  constructor(store: ResilientStore, saved?: StoredUpload) {
    this.#store = store;
    this.#saved = saved;
  }

  /** Whether the checkpoint was saved, and not removed by this writer since. */
  get isSaved(): boolean {
    return this.#saved !== undefined;
  }

  /** Whether the store lacks something of the checkpoint. */
  get isOutdated(): boolean {
    return this.#saved !== undefined && this.#store.isOutdated(this.#saved.id);
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
    this.#tracker = tracker;
    if (this.#saved?.uploadId === uploadId) {
      const { fileName, lastModified, handle = this.#saved.handle, field } = subject;
      const changed = { fileName, lastModified, handle, field };
      if (isEqual(changed, this.#saved)) return;
      // The file was selected again: with another date or name form, with a handle, or in another field.
      return this.#update({ ...this.#saved, ...changed });
    }
    this.#written = new Map();
    this.#saved = { ...subject, id, uploadId, partSize: tracker.partSize, completeUnanswered };
    await this.#store.save(id, this.#writeAll);
  }

  /** Adds a stored part to the checkpoint. */
  addPart(part: TrackedPart): void {
    if (!this.#saved) return;
    const { id } = this.#saved;
    void this.#store.save(id, this.#writeAll, async (store, now) => {
      const exists = await store.addPart(id, toStoredPart(part), now);
      // The user may have deleted the site's data.
      if (exists === false) this.#written = new Map();
      return exists;
    });
  }

  /** Saves that Complete is about to be sent, after which the object may exist. Resolves once that is written. */
  async markCompleting(): Promise<void> {
    if (this.#saved) await this.#update({ ...this.#saved, completeUnanswered: true });
  }

  /** Deletes the checkpoint. */
  async remove(): Promise<void> {
    const saved = this.#saved;
    this.#saved = undefined;
    if (saved) await this.#store.remove(saved.id);
  }

  #update(saved: Omit<StoredUpload, 'savedAt'>): Promise<void> {
    this.#saved = saved;
    return this.#store.save(saved.id, this.#writeAll, (store, now) => store.save({ ...saved, savedAt: now }));
  }

  /** Writes the upload and a batch of the parts that the store lacks. Resolves with whether that was the last batch. */
  readonly #writeAll = async (store: CheckpointStore, now: number): Promise<boolean> => {
    const saved = this.#saved;
    if (!saved) return true;
    const { id } = saved;
    const written = this.#written;
    await store.save({ ...saved, savedAt: now });
    const all = this.#tracker?.storedParts ?? [];
    const missing = all.filter(({ number, etag }) => written.get(number) !== etag);
    const batch = missing.slice(0, BATCH_SIZE).map(toStoredPart);
    await (store.addParts?.(id, batch, now) ??
      Promise.all(batch.map((part) => store.addPart(id, part, now))));
    for (const { number, etag } of batch) written.set(number, etag);
    return batch.length === missing.length;
  };
}

/** Returns the multipart upload that a checkpoint of an earlier visit describes. */
export function toMultipartUpload({ upload, parts }: StoredCheckpoint): MultipartUpload {
  const { bucket, uploadId, fileSize, partSize, completeUnanswered, savedAt } = upload;
  const tracker = new PartTracker(fileSize, partSize, parts.map(toTrackedPart));
  // Complete is sent only once the checkpoint is saved.
  return { bucket, uploadId, tracker, completeUnanswered, incompleteAt: savedAt, fromEarlierVisit: true };
}

/** Adds the parts that another tab has saved for the same multipart upload. */
export function mergeParts(multipart: MultipartUpload, { upload, parts }: StoredCheckpoint): void {
  multipart.tracker.merge(parts.map(toTrackedPart));
  multipart.completeUnanswered ||= upload.completeUnanswered;
}

function toTrackedPart({ number, etag, crc64 }: StoredPart): TrackedPart {
  return { number, etag, ...(crc64 !== undefined && { crc64: BigInt(crc64) }) };
}

function toStoredPart({ number, etag, crc64 }: TrackedPart): StoredPart {
  return { number, etag, ...(crc64 !== undefined && { crc64: String(crc64) }) };
}

/** Whether `whole` has the same values as `part`. A handle is compared by whether there is one. */
function isEqual(part: Partial<StoredUpload>, whole: Partial<StoredUpload>): boolean {
  return (
    part.fileName === whole.fileName &&
    part.lastModified === whole.lastModified &&
    part.field === whole.field &&
    (part.handle === undefined) === (whole.handle === undefined)
  );
}
