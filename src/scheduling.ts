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
 * Returns a function that calls `callback` immediately, or as soon as `interval` milliseconds have passed since the last
 * call.
 */
export function throttle(callback: () => void, interval: number): () => void {
  let lastAt = -Infinity;
  let isScheduled = false;
  const call = () => {
    isScheduled = false;
    lastAt = performance.now();
    callback();
  };
  return () => {
    if (isScheduled) return;
    const wait = interval - (performance.now() - lastAt);
    if (wait <= 0) return call();
    isScheduled = true;
    setTimeout(call, wait);
  };
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
