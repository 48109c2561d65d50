// What goes wrong in the browser itself, put on by the page: its hint about the network, and its storage.

/** The browser says that there is no network. */
export function hideNetwork(): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  dispatchEvent(new Event('offline'));
}

export function showNetwork(): void {
  if (!Object.hasOwn(navigator, 'onLine')) return;
  delete (navigator as { onLine?: boolean }).onLine;
  dispatchEvent(new Event('online'));
}

const transaction = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')!;

/** IndexedDB refuses whatever is asked of it, as on a full disk. */
export function forbidStorage(): void {
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException('There is no room left.', 'QuotaExceededError');
  };
}

export function allowStorage(): void {
  Object.defineProperty(IDBDatabase.prototype, 'transaction', transaction);
}
