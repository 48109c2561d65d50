/** Groups what happens often: once a frame, or once a second where the page draws none. */

/** How long to wait for a frame that a tab in the background does not draw, in milliseconds. */
const LONGEST_WAIT = 1_000;

/** @returns a function that has `callback` called soon, and once only however often it is asked */
export function oncePerFrame(callback: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const call = () => {
      if (!asked) return;
      asked = false;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      callback();
    };
    const frame = requestAnimationFrame(call);
    const timer = setTimeout(call, LONGEST_WAIT);
  };
}
