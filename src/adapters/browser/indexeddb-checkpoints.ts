/**
 * Stores checkpoints in IndexedDB. Each upload and each part has a record of its own, so that storing a part costs the
 * same however many parts there are.
 */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { CheckpointStore, StoredCheckpoint, StoredPart, StoredUpload } from '../../core/ports.js';
import { parseStoredPart, parseStoredUpload } from '../../core/checkpoints/stored-upload.js';

interface Schema extends DBSchema {
  uploads: { key: string; value: StoredUpload; indexes: { fingerprint: string } };
  /** Keyed by the id of the upload and the part number. */
  parts: { key: [string, number]; value: StoredPart };
}

const VERSION = 1;
/** Milliseconds since the last change after which a checkpoint is deleted. */
const MAX_AGE = 30 * 24 * 3_600_000;

/** Creates a checkpoint store. @param name of the database */
export function createIndexedDbCheckpoints(name = 'oss-resumable-upload'): CheckpointStore {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () =>
    (opening ??= openDatabase(name, () => (opening = undefined)).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));

  const toCheckpoint = async (
    database: IDBPDatabase<Schema>,
    value: unknown,
  ): Promise<StoredCheckpoint | undefined> => {
    const upload = parseStoredUpload(value);
    if (!upload) return undefined;
    const stored: unknown[] = await database.getAll('parts', keyRangeOfParts(upload.id));
    const parts = stored.map(parseStoredPart).filter((part) => part !== undefined);
    return { upload, parts };
  };

  return {
    async list() {
      const database = await open();
      const all = await Promise.all(
        (await database.getAll('uploads')).map((value) => toCheckpoint(database, value)),
      );
      return all
        .filter((checkpoint) => checkpoint !== undefined)
        .sort((a, b) => a.upload.savedAt - b.upload.savedAt);
    },

    async find(fingerprint) {
      const database = await open();
      return toCheckpoint(database, await database.getFromIndex('uploads', 'fingerprint', fingerprint));
    },

    async save(upload) {
      await (await open()).put('uploads', upload);
    },

    async addPart(id, part, savedAt) {
      const transaction = (await open()).transaction(['uploads', 'parts'], 'readwrite');
      const uploads = transaction.objectStore('uploads');
      const upload = await uploads.get(id);
      // A part may be acknowledged after its upload was removed. Storing it would leave an orphaned record.
      if (upload) {
        await Promise.all([
          transaction.objectStore('parts').put(part, [id, part.number]),
          uploads.put({ ...upload, savedAt }),
        ]);
      }
      await transaction.done;
    },

    async remove(id) {
      const transaction = (await open()).transaction(['uploads', 'parts'], 'readwrite');
      await Promise.all([
        transaction.objectStore('uploads').delete(id),
        transaction.objectStore('parts').delete(keyRangeOfParts(id)),
        transaction.done,
      ]);
    },
  };
}

async function openDatabase(name: string, onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  const database = await openDB<Schema>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('uploads', { keyPath: 'id' }).createIndex('fingerprint', 'fingerprint');
      database.createObjectStore('parts');
    },
    // Another tab with a newer version of this page can't upgrade the database while this connection is open.
    blocking: (_, __, { target }) => {
      (target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
  await deleteExpired(database);
  return database;
}

async function deleteExpired(database: IDBPDatabase<Schema>): Promise<void> {
  const transaction = database.transaction(['uploads', 'parts'], 'readwrite');
  for await (const cursor of transaction.objectStore('uploads')) {
    const savedAt: unknown = cursor.value?.savedAt;
    if (typeof savedAt === 'number' && Date.now() - savedAt <= MAX_AGE) continue;
    await transaction.objectStore('parts').delete(keyRangeOfParts(cursor.primaryKey));
    await cursor.delete();
  }
  await transaction.done;
}

function keyRangeOfParts(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, Infinity]);
}
