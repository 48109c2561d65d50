/** Helpers that spread work over frames and tasks, so that the page stays responsive. */

/** The longest that work may run without a break, in milliseconds. A frame lasts 16. */
const MAX_TASK_TIME = 8;

/** Background tabs render no frames. After this time the callback runs anyway, in milliseconds. */
const MAX_FRAME_DELAY = 1_000;

/**
 * Creates a function that yields to the main thread whenever work has run for 8 ms.
 *
 * @example
 * const yieldToMain = createYield();
 * for (const file of files) {
 *   await yieldToMain();
 *   add(file);
 * }
 */
export function createYield(): () => Promise<void> {
  let startedAt = performance.now();
  return async () => {
    if (performance.now() - startedAt < MAX_TASK_TIME) return;
    await nextTask();
    startedAt = performance.now();
  };
}

/** Returns a function that calls `callback` at most once a frame, or once a second in a background tab. */
export function throttleToFrame(callback: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    const call = () => {
      if (!scheduled) return;
      scheduled = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      callback();
    };
    const frame = requestAnimationFrame(call);
    const timer = setTimeout(call, MAX_FRAME_DELAY);
  };
}

/**
 * Spreads work of the same kind, such as renderings: it may begin in the next frame, but not before `interval` milliseconds
 * have passed since it began last.
 *
 * @example
 * const pace = new Pace(250);
 * await pace.next();
 * render();
 */
export class Pace {
  readonly #interval: number;
  #lastAt = -Infinity;
  #endWait: (() => void) | undefined;

  constructor(interval: number) {
    this.#interval = interval;
  }

  /** Resolves when the work may begin. Call it again once it has. */
  async next(): Promise<void> {
    const wait = this.#interval - (performance.now() - this.#lastAt);
    if (wait > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.#endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#endWait = undefined;
    }
    await nextFrame();
    this.#lastAt = performance.now();
  }

  /** Lets the next work begin in the next frame, because somebody waits for it. */
  hurry(): void {
    this.#lastAt = -Infinity;
    this.#endWait?.();
  }
}

/** Resolves in the next frame, or after a second in a background tab. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => throttleToFrame(resolve)());
}

function nextTask(): Promise<void> {
  // Timers are throttled to one a second in background tabs; messages aren't.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
