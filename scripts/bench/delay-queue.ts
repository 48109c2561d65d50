// Runs actions at their due times, in order, with one timer.

interface Entry {
  /** In `performance.now()` milliseconds. */
  dueAt: number;
  action: () => void;
}

/** A queue whose due times never decrease. */
export class DelayQueue {
  #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Runs an action at `dueAt`, in `performance.now()` milliseconds, or later if an earlier entry is due later. */
  push(dueAt: number, action: () => void): void {
    this.#entries.push({ dueAt, action });
    if (!this.#timer) this.#schedule();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#entries = [];
  }

  #schedule(): void {
    const [next] = this.#entries;
    this.#timer = next && setTimeout(() => this.#run(), Math.max(0, next.dueAt - performance.now()));
  }

  #run(): void {
    const now = performance.now();
    // Timers have a resolution of 1 ms.
    const later = this.#entries.findIndex(({ dueAt }) => dueAt > now + 0.5);
    const due = this.#entries.splice(0, later === -1 ? Infinity : later);
    for (const { action } of due) action();
    this.#schedule();
  }
}
