/** Looks whether checkpoints are saved in IndexedDB. indexeddb-checkpoints.ts, which reads and writes them, is larger. */

export const DATABASE = 'oss-resumable-upload';
/** Uploads by id, with an index by fingerprint. */
export const UPLOADS = 'uploads';

/**
 * Whether an upload to this bucket is saved, of whatever user and age. Doesn't create the database.
 *
 * @throws DOMException if the browser doesn't allow access to its storage
 */
export async function hasSavedCheckpoints(bucket: string): Promise<boolean> {
  // Not all browsers have `databases()`.
  const databases = await indexedDB.databases?.();
  if (databases?.some(({ name }) => name === DATABASE) === false) return false;
  const request = indexedDB.open(DATABASE);
  // It doesn't exist. Otherwise, this would create it.
  request.onupgradeneeded = () => request.transaction?.abort();
  const database = await resultOf(request);
  try {
    // A fingerprint is JSON that starts with its destination, which is JSON that starts with the bucket.
    const start = JSON.stringify([JSON.stringify([bucket]).slice(0, -1)]).slice(0, -2);
    const fingerprints = database.transaction(UPLOADS).objectStore(UPLOADS).index('fingerprint');
    return (await resultOf(fingerprints.count(IDBKeyRange.bound(start, `${start}\uffff`)))) > 0;
  } finally {
    database.close();
  }
}

export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(errorOf(request));
  });
}

/** A transaction that is aborted on purpose has no error. */
export function errorOf({ error }: IDBRequest | IDBTransaction): DOMException {
  return error ?? new DOMException('Aborted.', 'AbortError');
}
