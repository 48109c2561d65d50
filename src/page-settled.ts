/** Tells when the scripts of the page have set up the elements. */

/** How long to wait for the scripts of the page after it has loaded, in milliseconds. */
const MAX_IDLE_DELAY = 1_000;

let isSettled = false;
let settling: Promise<void> | undefined;

/** Whether {@link whenPageSettled} has resolved. */
export function isPageSettled(): boolean {
  return isSettled;
}

/**
 * Resolves when the page has loaded and its scripts have become idle, once for all elements. Then the scripts have set the
 * element's properties, and a framework has compared the attributes with those that the server has rendered.
 */
export function whenPageSettled(): Promise<void> {
  return (settling ??= settle());
}

async function settle(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  }
  // Not all browsers have idle callbacks.
  const { requestIdleCallback: schedule } = globalThis as Partial<typeof globalThis>;
  await new Promise<void>((resolve) => {
    if (schedule) schedule(() => resolve(), { timeout: MAX_IDLE_DELAY });
    else setTimeout(resolve);
  });
  isSettled = true;
}
