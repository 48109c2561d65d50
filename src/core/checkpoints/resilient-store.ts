/**
 * What uploads remember beyond the life of the page. Storage may be full or forbidden: then nothing more is
 * remembered, which is told once, and the uploads go on.
 */

import type { CheckpointStore, StoredCheckpoint, StoredPart, StoredUpload } from '../ports.js';

export class ResilientStore {
  readonly #store: () => CheckpointStore | undefined;
  readonly #now: () => number;
  readonly #onFailure: (cause: unknown) => void;
  #failed = false;

  /**
   * @param store asked at each call; `undefined` where nothing is to be remembered
   * @param now milliseconds since 1970
   * @param onFailure called at the first failure
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

  list(): Promise<StoredCheckpoint[]> {
    return this.#try((store) => store.list(), []);
  }

  find(fingerprint: string): Promise<StoredCheckpoint | undefined> {
    return this.#try((store) => store.find(fingerprint), undefined);
  }

  save(upload: Omit<StoredUpload, 'savedAt'>): Promise<void> {
    return this.#try((store) => store.save({ ...upload, savedAt: this.#now() }), undefined);
  }

  addPart(id: string, part: StoredPart): Promise<void> {
    return this.#try((store) => store.addPart(id, part, this.#now()), undefined);
  }

  /** Also where writing has failed: what is over is offered to nobody, and removing it wants no room. */
  remove(id: string): Promise<void> {
    return this.#attempt(this.#store(), (store) => store.remove(id), undefined);
  }

  #try<T>(operation: (store: CheckpointStore) => Promise<T>, otherwise: T): Promise<T> {
    return this.#attempt(this.#failed ? undefined : this.#store(), operation, otherwise);
  }

  async #attempt<T>(
    store: CheckpointStore | undefined,
    operation: (store: CheckpointStore) => Promise<T>,
    otherwise: T,
  ): Promise<T> {
    if (!store) return otherwise;
    try {
      return await operation(store);
    } catch (cause) {
      if (!this.#failed) {
        this.#failed = true;
        this.#onFailure(cause);
      }
      return otherwise;
    }
  }
}
