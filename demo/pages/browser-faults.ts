// Faults that the page simulates in the browser itself: being offline, and failing storage.

/** Makes the browser report that it is offline. */
export function simulateOffline(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  dispatchEvent(new Event('offline'));
}

/** Undoes {@link simulateOffline}; does nothing if it isn't in effect. */
export function restoreOnline(): void {
  if (!Object.hasOwn(navigator, 'onLine')) return;
  delete (navigator as { onLine?: boolean }).onLine;
  dispatchEvent(new Event('online'));
}

const transaction = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')!;

/** Makes every IndexedDB transaction fail, as on a full disk. */
export function failStorage(): void {
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException('There is no space left.', 'QuotaExceededError');
  };
}

/** Undoes {@link failStorage}. */
export function restoreStorage(): void {
  Object.defineProperty(IDBDatabase.prototype, 'transaction', transaction);
}
