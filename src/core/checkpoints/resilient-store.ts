/** Isolates uploads from storage errors: storage may be full or blocked. */

import type { CheckpointStore, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';

/**
 * Wraps a {@link CheckpointStore} so that it never rejects. Reports the first failure. Afterwards, nothing is read or saved.
 */
export class ResilientStore {
  readonly #store: () => CheckpointStore | undefined;
  readonly #now: () => number;
  readonly #onFailure: (cause: unknown) => void;
  #failed = false;

  /**
   * @param store called for each operation; returns `undefined` if checkpoints are not saved
   * @param now returns milliseconds since 1970
   * @param onFailure called once, at the first failure
   */
  constructor(
    store: () => CheckpointStore | undefined,
    now: () => number,
    onFailure: (cause: unknown) => void,
  ) {
    this.#store = store;
    this.#now = now;
    this.#onFailure = onFailure;
  }

  /** Returns all checkpoints, or `undefined` after a failure. */
  list(): Promise<StoredCheckpoint[] | undefined> {
    return this.#unlessFailed((store) => store.list(), undefined);
  }

  /** Returns the checkpoint with this fingerprint, if there is one. */
  find(fingerprint: string): Promise<StoredCheckpoint | undefined> {
    return this.#unlessFailed((store) => store.find(fingerprint), undefined);
  }

  /** Creates or replaces the upload of a checkpoint. Keeps its parts. */
  save(upload: Omit<StoredUpload, 'savedAt'>): Promise<void> {
    return this.#unlessFailed((store) => store.save({ ...upload, savedAt: this.#now() }), undefined);
  }

  /** Adds a part to a checkpoint. */
  addPart(id: string, part: StoredPart): Promise<void> {
    return this.#unlessFailed((store) => store.addPart(id, part, this.#now()), undefined);
  }

  /** Deletes a checkpoint. Also tried after a failure, because a full store can still delete. */
  remove(id: string): Promise<void> {
    return this.#perform(this.#store(), (store) => store.remove(id), undefined);
  }

  #unlessFailed<T>(operation: (store: CheckpointStore) => Promise<T>, fallback: T): Promise<T> {
    return this.#perform(this.#failed ? undefined : this.#store(), operation, fallback);
  }

  async #perform<T>(
    store: CheckpointStore | undefined,
    operation: (store: CheckpointStore) => Promise<T>,
    fallback: T,
  ): Promise<T> {
    if (!store) return fallback;
    try {
      return await operation(store);
    } catch (cause) {
      if (!this.#failed) {
        this.#failed = true;
        this.#onFailure(cause);
      }
      return fallback;
    }
  }
}
