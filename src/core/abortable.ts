/** Lets a promise be abandoned when a signal is aborted. */

/**
 * Settles like `promise`, or rejects with the signal's reason as soon as the signal is aborted.
 * Without a signal it returns the promise unchanged.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
