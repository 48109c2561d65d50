/**
 * Stores checkpoints in IndexedDB. Each upload and each part has its own record, so that the cost of storing a part
 * doesn't depend on the number of parts.
 */

import { hashSavedScope } from '../../core/checkpoints/fingerprint.js';
import { oldestFirst, parseStoredPart, parseStoredUpload } from '../../core/checkpoints/stored-upload.js';
import type { CheckpointStore, StoredCheckpoint, StoredPart } from '../../core/ports.js';
import { TimeoutError, withinTime } from '../../core/time-limit.js';
import { DATABASE, errorOf, resultOf, UPLOADS } from './saved-checkpoints.js';

const VERSION = 2;
/** Parts by the id of their upload and their number. */
const PARTS = 'parts';
/** What uploads have shown about the network, by endpoint. */
const LINES = 'lines';
const STORES = [UPLOADS, PARTS, LINES];
/** Milliseconds since the last change after which a record is deleted. */
const MAX_AGE = 30 * 24 * 3_600_000;

/** How long to wait until everything is erased, in milliseconds. */
const ERASE_TIME_LIMIT = 10_000;

/** Creates a checkpoint store. @param name of the database */
export function createIndexedDbCheckpoints(name = DATABASE): CheckpointStore {
  let connection: Promise<IDBDatabase> | undefined;

  /**
   * Performs an operation on the database. If it fails or isn't answered in time, the next operation uses another
   * connection. A connection that was open before may be lost, so the operation is tried once more.
   */
  const perform = async <T>(
    operation: (database: IDBDatabase) => Promise<T>,
    isRetry = false,
  ): Promise<T> => {
    const isReused = connection !== undefined;
    const forget = () => {
      if (connection === current) connection = undefined;
    };
    const current = (connection ??= openDatabase(name, () => forget()));
    let isOpen = false;
    let isLate = false;
    const result = current.then((database) => {
      // Performed late, it could undo what another connection has done meanwhile.
      if (isLate) throw new TimeoutError();
      isOpen = true;
      return operation(database);
    });
    try {
      return await withinTime(result);
    } catch (error) {
      isLate = error instanceof TimeoutError;
      forget();
      const keepOrClose = (database: IDBDatabase) => {
        if (!isOpen && isLate) connection ??= current;
        if (connection !== current) database.close();
      };
      current.then(keepOrClose).catch(() => {});
      if (isReused && !isRetry && !isLate) return perform(operation, true);
      throw error;
    }
  };

  const addParts = (id: string, added: StoredPart[], savedAt: number) =>
    perform(async (database) => {
      let exists = false;
      await write(database, (uploads, parts) => {
        const request = uploads.get(id) as IDBRequest<object | undefined>;
        request.onsuccess = () => {
          // A part may be acknowledged after its upload was removed. Storing it would leave an orphaned record.
          if (!request.result) return;
          exists = true;
          for (const part of added) parts.put(part, [id, part.number]);
          uploads.put({ ...request.result, savedAt });
        };
      });
      return exists;
    });

  return {
    list: () =>
      perform(async (database) => {
        const records = await readAll(database);
        const results = await Promise.allSettled(records.map((record) => toCheckpoint(database, record)));
        return oldestFirst(
          results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)),
        );
      }),

    find: (fingerprint) =>
      perform(async (database) => {
        const query = (uploads: IDBObjectStore) => uploads.index('fingerprint').getAll(fingerprint);
        const records = await read<unknown[]>(database, query);
        const found = await Promise.all(records.map((record) => toCheckpoint(database, record)));
        return oldestFirst(found).at(-1);
      }),

    save: (upload) =>
      perform((database) =>
        write(database, (uploads) => {
          try {
            uploads.put(upload);
          } catch {
            // The handle can't be stored. Without it, the user selects the file again.
            const { handle, ...rest } = upload;
            uploads.put(rest);
          }
        }),
      ),

    addPart: (id, part, savedAt) => addParts(id, [part], savedAt),

    addParts,

    remove: (id) =>
      perform((database) =>
        write(database, (uploads, parts) => {
          uploads.delete(id);
          parts.delete(keyRangeOfParts(id));
        }),
      ),

    findLine: (endpoint) =>
      perform((database) => read<unknown>(database, (_uploads, _parts, lines) => lines.get(endpoint))),

    saveLine: (line) => perform((database) => write(database, (_uploads, _parts, lines) => lines.put(line))),

    // Opening it deletes them.
    prune: () => inExisting(name, async () => {}),
  };
}

/**
 * Erases checkpoints, whichever uploader has saved them, and what is known about the network.
 *
 * @param isErased whether to erase the checkpoints with this destination; by default, everything is erased
 * @throws DOMException or Error if the browser doesn't allow access to its storage, or doesn't respond
 */
export function eraseCheckpoints(
  isErased?: (destination: string) => boolean,
  name = DATABASE,
): Promise<void> {
  const erase = (...[uploads, parts, lines]: Stores) => {
    lines.clear();
    if (!isErased) {
      uploads.clear();
      parts.clear();
      return;
    }
    forEachRecord(uploads, (record, cursor) => {
      const { destination } = record as { destination?: unknown };
      if (typeof destination !== 'string' || !isErased(destination)) return;
      parts.delete(keyRangeOfParts(cursor.primaryKey as string));
      cursor.delete();
    });
  };
  return withinTime(
    inExisting(name, (database) => write(database, erase)),
    ERASE_TIME_LIMIT,
  );
}

/** Performs an operation on the database, in a connection of its own, if the database exists. */
async function inExisting(name: string, operation: (database: IDBDatabase) => Promise<void>): Promise<void> {
  let isNew = false;
  const opening = openDatabase(name, noop, () => (isNew = true));
  const database = await opening.catch((error: unknown) => {
    if (!isNew) throw error;
  });
  try {
    if (database) await operation(database);
  } finally {
    database?.close();
  }
}

/** @param onNew called if the database doesn't exist. If it returns `true`, the database isn't created. */
async function openDatabase(
  name: string,
  onClosed: () => void,
  onNew: () => boolean = () => false,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    const { result, transaction } = request;
    if (oldVersion === 0) {
      if (onNew()) return transaction?.abort();
      result.createObjectStore(UPLOADS, { keyPath: 'id' }).createIndex('fingerprint', 'fingerprint');
      result.createObjectStore(PARTS);
    }
    result.createObjectStore(LINES, { keyPath: 'endpoint' });
  };
  const database = await resultOf(request);
  database.onclose = onClosed;
  // Another tab with a newer version of this page can't upgrade the database while this connection is open.
  database.onversionchange = () => {
    database.close();
    onClosed();
  };
  // Isn't waited for: checkpoints can be saved without it. Transactions that are created later see its changes.
  cleanUp(database).catch(() => {});
  return database;
}

/** Deletes expired records, and hashes scopes that an earlier version saved in clear text. */
async function cleanUp(database: IDBDatabase): Promise<void> {
  await write(database, (uploads, parts, lines) => {
    forEachRecord(lines, (record, cursor) => {
      if (isExpired(record)) cursor.delete();
    });
    forEachRecord(uploads, (record, cursor) => {
      if (isExpired(record)) {
        parts.delete(keyRangeOfParts(cursor.primaryKey as string));
        cursor.delete();
        return;
      }
      const upload = parseStoredUpload(record);
      const hashed = upload && hashSavedScope(upload);
      if (hashed !== upload) cursor.update(hashed);
    });
  });
}

function isExpired(record: unknown): boolean {
  const { savedAt } = record as { savedAt?: unknown };
  return typeof savedAt !== 'number' || Date.now() - savedAt > MAX_AGE;
}

function forEachRecord(
  store: IDBObjectStore,
  callback: (record: unknown, cursor: IDBCursorWithValue) => void,
): void {
  const request = store.openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    callback(cursor.value, cursor);
    cursor.continue();
  };
}

/** Returns the records of all uploads. If they can't be read together, skips those that can't be read alone. */
async function readAll(database: IDBDatabase): Promise<unknown[]> {
  try {
    return await read<unknown[]>(database, (uploads) => uploads.getAll());
  } catch {
    const ids = await read<IDBValidKey[]>(database, (uploads) => uploads.getAllKeys());
    const readOne = (id: IDBValidKey) => read<unknown>(database, (uploads) => uploads.get(id));
    return Promise.all(ids.map((id) => readOne(id).catch(() => undefined)));
  }
}

async function toCheckpoint(database: IDBDatabase, record: unknown): Promise<StoredCheckpoint | undefined> {
  const upload = parseStoredUpload(record);
  if (!upload) return undefined;
  const stored = await read<unknown[]>(database, (_, parts) => parts.getAll(keyRangeOfParts(upload.id)));
  const parts = stored.map(parseStoredPart).filter((part) => part !== undefined);
  return { upload, parts };
}

type Stores = [uploads: IDBObjectStore, parts: IDBObjectStore, lines: IDBObjectStore];

async function read<T>(database: IDBDatabase, query: (...stores: Stores) => IDBRequest<T>): Promise<T> {
  return resultOf(query(...storesOf(database.transaction(STORES))));
}

/** Resolves once all changes are committed. If one of them fails, none is applied. */
function write(database: IDBDatabase, change: (...stores: Stores) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORES, 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(errorOf(transaction));
    change(...storesOf(transaction));
  });
}

function storesOf(transaction: IDBTransaction): Stores {
  return [transaction.objectStore(UPLOADS), transaction.objectStore(PARTS), transaction.objectStore(LINES)];
}

function keyRangeOfParts(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, Infinity]);
}

function noop(): void {}
