/**
 * Stores checkpoints in IndexedDB. Each upload and each part has its own record, so that the cost of storing a part
 * doesn't depend on the number of parts.
 */

import { parseStoredPart, parseStoredUpload } from '../../core/checkpoints/stored-upload.js';
import type { CheckpointStore, StoredCheckpoint } from '../../core/ports.js';

const VERSION = 1;
/** Uploads by id, with an index by fingerprint. */
const UPLOADS = 'uploads';
/** Parts by the id of their upload and their number. */
const PARTS = 'parts';
/** Milliseconds since the last change after which a checkpoint is deleted. */
const MAX_AGE = 30 * 24 * 3_600_000;

/** Creates a checkpoint store. @param name of the database */
export function createIndexedDbCheckpoints(name = 'oss-resumable-upload'): CheckpointStore {
  let opening: Promise<IDBDatabase> | undefined;
  const open = () =>
    (opening ??= openDatabase(name, () => (opening = undefined)).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));

  const toCheckpoint = async (
    database: IDBDatabase,
    record: unknown,
  ): Promise<StoredCheckpoint | undefined> => {
    const upload = parseStoredUpload(record);
    if (!upload) return undefined;
    const stored = await read<unknown[]>(database, (_, parts) => parts.getAll(keyRangeOfParts(upload.id)));
    const parts = stored.map(parseStoredPart).filter((part) => part !== undefined);
    return { upload, parts };
  };

  return {
    async list() {
      const database = await open();
      const records = await read<unknown[]>(database, (uploads) => uploads.getAll());
      const checkpoints = await Promise.all(records.map((record) => toCheckpoint(database, record)));
      return checkpoints
        .filter((checkpoint) => checkpoint !== undefined)
        .sort((a, b) => a.upload.savedAt - b.upload.savedAt);
    },

    async find(fingerprint) {
      const database = await open();
      const record = await read<unknown>(database, (uploads) =>
        uploads.index('fingerprint').get(fingerprint),
      );
      return toCheckpoint(database, record);
    },

    async save(upload) {
      await write(await open(), (uploads) => uploads.put(upload));
    },

    async addPart(id, part, savedAt) {
      await write(await open(), (uploads, parts) => {
        const request = uploads.get(id) as IDBRequest<object | undefined>;
        request.onsuccess = () => {
          // A part may be acknowledged after its upload was removed. Storing it would leave an orphaned record.
          if (!request.result) return;
          parts.put(part, [id, part.number]);
          uploads.put({ ...request.result, savedAt });
        };
      });
    },

    async remove(id) {
      await write(await open(), (uploads, parts) => {
        uploads.delete(id);
        parts.delete(keyRangeOfParts(id));
      });
    },
  };
}

async function openDatabase(name: string, onClosed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(UPLOADS, { keyPath: 'id' }).createIndex('fingerprint', 'fingerprint');
    request.result.createObjectStore(PARTS);
  };
  const database = await resultOf(request);
  database.onclose = onClosed;
  // Another tab with a newer version of this page can't upgrade the database while this connection is open.
  database.onversionchange = () => {
    database.close();
    onClosed();
  };
  await deleteExpired(database);
  return database;
}

async function deleteExpired(database: IDBDatabase): Promise<void> {
  await write(database, (uploads, parts) => {
    const request = uploads.openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      const { savedAt } = cursor.value as { savedAt?: unknown };
      if (typeof savedAt !== 'number' || Date.now() - savedAt > MAX_AGE) {
        parts.delete(keyRangeOfParts(cursor.primaryKey as string));
        cursor.delete();
      }
      cursor.continue();
    };
  });
}

type Stores = [uploads: IDBObjectStore, parts: IDBObjectStore];

function read<T>(database: IDBDatabase, query: (...stores: Stores) => IDBRequest<T>): Promise<T> {
  return resultOf(query(...storesOf(database.transaction([UPLOADS, PARTS]))));
}

/** Resolves once all changes are committed. If one of them fails, none is applied. */
function write(database: IDBDatabase, change: (...stores: Stores) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([UPLOADS, PARTS], 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(errorOf(transaction));
    change(...storesOf(transaction));
  });
}

function storesOf(transaction: IDBTransaction): Stores {
  return [transaction.objectStore(UPLOADS), transaction.objectStore(PARTS)];
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(errorOf(request));
  });
}

/** A transaction that is aborted on purpose has no error. */
function errorOf({ error }: IDBRequest | IDBTransaction): DOMException {
  return error ?? new DOMException('Aborted.', 'AbortError');
}

function keyRangeOfParts(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, Infinity]);
}
