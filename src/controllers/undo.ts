/** Lets the user undo Cancel and Remove for some seconds. */

import type { Undoable, Upload } from '../core/index.js';

/** How long Undo is offered, in seconds. */
const UNDO_SECONDS = 8;

export interface UndoOptions {
  /** Calls `callback` after `ms` milliseconds. Returns a function that cancels it. */
  startTimer: (ms: number, callback: () => void) => () => void;
  /** Whether the pointer or the keyboard focus is in the row of this upload. The time doesn't run meanwhile. */
  isInUse: (upload: Upload) => boolean;
  /** Called when Undo is no longer offered for some uploads. */
  onChange: () => void;
}

export class UndoList {
  readonly #options: UndoOptions;
  /** Each with a function that stops its timer. */
  readonly #pending = new Map<Undoable, () => void>();

  constructor(options: UndoOptions) {
    this.#options = options;
  }

  get pending(): readonly Undoable[] {
    return [...this.#pending.keys()];
  }

  /** What Undo in the row of an upload brings back. Several uploads share the row of the first one. */
  get rows(): ReadonlyMap<Upload, Undoable> {
    const rows = new Map<Upload, Undoable>();
    for (const undoable of this.pending) {
      const [first] = undoable.uploads;
      if (first) rows.set(first, undoable);
    }
    return rows;
  }

  /** Offers to undo. Discards the uploads when the time is over. */
  add(undoable: Undoable): void {
    if (undoable.uploads.length > 0) this.#wait(undoable, UNDO_SECONDS);
  }

  /** Brings the uploads back. */
  undo(undoable: Undoable): void {
    this.#take(undoable);
    undoable.undo();
  }

  /** Discards the uploads without waiting, by default all of them. Resolves when OSS has removed their parts. */
  async finish(undoables = this.pending): Promise<void> {
    for (const undoable of undoables) this.#take(undoable);
    await Promise.all(undoables.map((undoable) => undoable.finish()));
  }

  /** Forgets all uploads without discarding them. */
  clear(): void {
    for (const undoable of this.pending) this.#take(undoable);
  }

  #wait(undoable: Undoable, seconds: number): void {
    const stop = this.#options.startTimer(1_000, () => {
      const left = this.#isInUse(undoable) ? seconds : seconds - 1;
      if (left > 0) return this.#wait(undoable, left);
      void this.finish([undoable]);
      this.#options.onChange();
    });
    this.#pending.set(undoable, stop);
  }

  #isInUse({ uploads: [first] }: Undoable): boolean {
    return first !== undefined && this.#options.isInUse(first);
  }

  #take(undoable: Undoable): void {
    this.#pending.get(undoable)?.();
    this.#pending.delete(undoable);
  }
}
