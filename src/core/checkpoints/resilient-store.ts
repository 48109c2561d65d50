/** Isolates uploads from storage that is full, blocked, slow or unresponsive. */

import type { CheckpointStore, Environment, StoredCheckpoint } from '../ports.js';
import { startTimer, withinTime } from '../time-limit.js';
import { parseLine, type Line } from '../transfer/line.js';

/** Delay before the first retry after a failure, in milliseconds. It doubles up to the maximum. */
const FIRST_RETRY_DELAY = 1_000;
const MAX_RETRY_DELAY = 30_000;
/** With nothing to save, storage is not tried again after this many failures: it may be blocked for good. */
const MAX_READ_RETRIES = 10;

/**
 * Writes to a store. Resolves with `false` if the store still lacks something. The whole checkpoint is then written, by as
 * many calls as that takes. Each call has its own time limit.
 *
 * @param now milliseconds since 1970
 */
export type Write = (store: CheckpointStore, now: number) => Promise<unknown>;

export interface StoreObserver {
  /** Called when checkpoints can't be saved any more. */
  onFailure(cause: unknown): void;
  /** Called when they can be saved again, and all are saved. */
  onRecovery(): void;
}

/**
 * Wraps a {@link CheckpointStore}. No method rejects, or waits for longer than the time limit. While the store is
 * unresponsive, no method waits for it.
 *
 * What can't be written is written once storage works again, with the next operation or after a delay.
 */
export class ResilientStore {
  readonly #getStore: () => CheckpointStore | undefined;
  readonly #env: Environment;
  readonly #observer: StoreObserver;
  /** How to write each checkpoint as a whole, by ID. Checkpoints that are not listed are deleted. */
  readonly #checkpoints = new Map<string, Write>();
  /** IDs of checkpoints that the store may hold in an outdated version. */
  readonly #unsaved = new Set<string>();
  #hasFailed = false;
  /** Whether the store has not answered within the time limit. */
  #isUnresponsive = false;
  #retries = 0;
  #cancelRetry: (() => void) | undefined;
  #flushing: Promise<void> | undefined;

  /** @param getStore called for each operation; returns `undefined` if checkpoints are not saved */
  constructor(getStore: () => CheckpointStore | undefined, env: Environment, observer: StoreObserver) {
    this.#getStore = getStore;
    this.#env = env;
    this.#observer = observer;
  }

  /** Whether checkpoints are saved, as far as is known. */
  get isWorking(): boolean {
    return this.#getStore() !== undefined && !this.#hasFailed;
  }

  /** Returns all checkpoints, or `undefined` if storage fails. */
  async list(): Promise<StoredCheckpoint[] | undefined> {
    return this.#isUnresponsive ? undefined : this.#list();
  }

  /**
   * Returns the checkpoint with this fingerprint, `null` if there is none, or `undefined` if storage fails. If there are
   * several, returns that of this multipart upload or, without one, the newest.
   */
  async find(fingerprint: string, uploadId?: string): Promise<StoredCheckpoint | null | undefined> {
    if (this.#isUnresponsive) return undefined;
    return this.#read(async (store) => {
      const found = await store.find(fingerprint);
      if (!found || !uploadId || found.upload.uploadId === uploadId) return found ?? null;
      return (await store.list()).find(({ upload }) => upload.uploadId === uploadId) ?? found;
    });
  }

  /** Whether the store may lack the current version of a checkpoint, which is written later. */
  isOutdated(id: string): boolean {
    return this.#unsaved.has(id);
  }

  /**
   * Saves a checkpoint.
   *
   * @param whole writes the current version of the checkpoint, at any later time
   * @param change writes only what has changed since the last call
   */
  save(id: string, whole: Write, change = whole): Promise<void> {
    this.#checkpoints.set(id, whole);
    return this.#write(id, change);
  }

  /** Deletes a checkpoint. */
  remove(id: string): Promise<void> {
    this.#checkpoints.delete(id);
    return this.#write(id, removal(id));
  }

  /** Returns what earlier visits have shown about the network to an endpoint, if that is known. */
  async findLine(endpoint: string): Promise<Line | undefined> {
    const found = await this.#try((store) => store.findLine?.(endpoint));
    return parseLine(found, endpoint, this.#env.now());
  }

  /** Saves what uploads have shown about the network to an endpoint. */
  async saveLine(endpoint: string, { rate, throughput, roundTrip }: Line): Promise<void> {
    const savedAt = this.#env.now();
    await this.#try((store) =>
      store.saveLine?.({ version: 1, endpoint, rate, throughput, roundTrip, savedAt }),
    );
  }

  /** Makes what was saved about the network to an endpoint outdated. */
  async forgetLine(endpoint: string): Promise<void> {
    const line = { version: 1, endpoint, rate: 0, throughput: 0, roundTrip: 0, savedAt: 0 } as const;
    await this.#try((store) => store.saveLine?.(line));
  }

  /** Performs an operation without which nothing is lost, so that its failure doesn't matter. */
  async #try<T>(operation: (store: CheckpointStore) => Promise<T> | undefined): Promise<T | undefined> {
    const store = this.#isUnresponsive ? undefined : this.#getStore();
    try {
      return store && (await withinTime(Promise.resolve(operation(store)), undefined, this.#env));
    } catch {
      return undefined;
    }
  }

  #list(): Promise<StoredCheckpoint[] | undefined> {
    return this.#read((store) => store.list());
  }

  async #read<T>(read: (store: CheckpointStore) => Promise<T>): Promise<T | undefined> {
    const store = this.#getStore();
    if (!store) return undefined;
    try {
      return await this.#answerOf(() => read(store));
    } catch (cause) {
      this.#onFailure(cause);
      return undefined;
    }
  }

  async #write(id: string, change: Write): Promise<void> {
    const store = this.#getStore();
    if (!store) return;
    if (!this.#isUnresponsive && !this.#unsaved.has(id)) {
      await this.#attempt(store, id, change);
      return;
    }
    this.#unsaved.add(id);
    if (this.#isUnresponsive) this.#scheduleRetry();
    else await this.#flush();
  }

  /** @returns whether it has succeeded, but the store still lacks something */
  async #attempt(store: CheckpointStore, id: string, change: Write): Promise<boolean> {
    const version = this.#checkpoints.get(id);
    try {
      return await this.#answerOf(async () => {
        const isIncomplete = (await change(store, this.#env.now())) === false;
        // Written late, this may have overwritten or restored what was saved or deleted meanwhile.
        if (isIncomplete || this.#checkpoints.get(id) !== version) this.#unsaved.add(id);
        return isIncomplete;
      });
    } catch (cause) {
      this.#unsaved.add(id);
      this.#onFailure(cause);
      return false;
    }
  }

  /** Writes all checkpoints that are not saved. Each fails alone. */
  #flush(): Promise<void> {
    this.#flushing ??= this.#writeUnsaved().finally(() => {
      this.#flushing = undefined;
      if (this.#unsaved.size > 0) this.#scheduleRetry();
      else this.#onAllSaved();
    });
    return this.#flushing;
  }

  async #writeUnsaved(): Promise<void> {
    for (const id of [...this.#unsaved]) {
      let isIncomplete = true;
      while (isIncomplete) {
        this.#unsaved.delete(id);
        const store = this.#getStore();
        const whole = this.#checkpoints.get(id) ?? removal(id);
        isIncomplete = store !== undefined && (await this.#attempt(store, id, whole));
        if (this.#isUnresponsive) return;
      }
    }
  }

  /** Also notices an answer that comes after the time limit. */
  #answerOf<T>(operation: () => Promise<T>): Promise<T> {
    const answer = operation().then((result) => {
      this.#onSuccess();
      return result;
    });
    return withinTime(answer, undefined, this.#env);
  }

  #onSuccess(): void {
    this.#isUnresponsive = false;
    if (this.#unsaved.size > 0) void this.#flush();
    // A checkpoint that is still being written isn't saved yet.
    else if (!this.#flushing) this.#onAllSaved();
  }

  #onAllSaved(): void {
    if (!this.#hasFailed) return;
    this.#hasFailed = false;
    this.#retries = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#observer.onRecovery();
  }

  #onFailure(cause: unknown): void {
    this.#isUnresponsive = cause instanceof Error && cause.name === 'TimeoutError';
    this.#scheduleRetry();
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#observer.onFailure(cause);
  }

  #scheduleRetry(): void {
    if (this.#cancelRetry || (this.#unsaved.size === 0 && this.#retries >= MAX_READ_RETRIES)) return;
    const delay = Math.min(FIRST_RETRY_DELAY * 2 ** this.#retries++, MAX_RETRY_DELAY);
    const retry = () => {
      this.#cancelRetry = undefined;
      void (this.#unsaved.size > 0 ? this.#flush() : this.#list());
    };
    this.#cancelRetry = startTimer(delay, retry, this.#env);
  }
}

function removal(id: string): Write {
  return (store) => store.remove(id);
}
