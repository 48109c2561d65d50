// Makes IndexedDB silent: operations neither succeed nor fail, as when the database of a browser hangs.
import type { StorageFault } from '../schedule.js';

/** Silences all operations that begin from now on. Nothing that they write is saved. */
export function silenceStorage(silent: StorageFault['silent']): void {
  switch (silent) {
    case 'open':
      IDBFactory.prototype.open = () => silentRequest<IDBOpenDBRequest>();
      return;
    case 'transactions':
      IDBDatabase.prototype.transaction = () => silentTransaction();
      return;
    default:
      silent satisfies never;
  }
}

const silentRequest = <T extends IDBRequest>(): T => new EventTarget() as T;

function silentTransaction(): IDBTransaction {
  const transaction = new EventTarget() as IDBTransaction;
  return Object.assign(transaction, { objectStore: silentStore, abort: () => {}, commit: () => {} });
}

/** Returns a store, or an index, on which every method returns a request that never ends. */
const silentStore = (): IDBObjectStore =>
  new Proxy({} as IDBObjectStore, {
    get: (_, name) => (name === 'index' ? silentStore : () => silentRequest()),
  });
