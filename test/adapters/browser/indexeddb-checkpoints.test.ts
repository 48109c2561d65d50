import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import {
  createIndexedDbCheckpoints,
  eraseCheckpoints,
} from '../../../src/adapters/browser/indexeddb-checkpoints.js';
import { destinationOf, fingerprintOf } from '../../../src/core/checkpoints/fingerprint.js';
import {
  describeCheckpointStore,
  makeStoredLine,
  makeStoredUpload,
} from '../../support/checkpoint-store-contract.js';

const DAY = 24 * 3_600_000;
const databases: string[] = [];

function create(name = `test-${crypto.randomUUID()}`) {
  databases.push(name);
  return { name, store: createIndexedDbCheckpoints(name) };
}

after(() => {
  for (const name of databases) void deleteDB(name);
});

describeCheckpointStore('IndexedDB checkpoint store', () => create().store);

describe('IndexedDB checkpoint store', () => {
  it('keeps checkpoints after a reload', async () => {
    const { name, store } = create();
    const upload = makeStoredUpload();
    await store.save(upload);
    const { store: reopened } = create(name);
    expect(await reopened.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
  });

  it('deletes checkpoints that haven’t changed for 30 days', async () => {
    const { name, store } = create();
    const outdated = makeStoredUpload({ savedAt: Date.now() - 31 * DAY });
    const recent = makeStoredUpload({ savedAt: Date.now() - 29 * DAY });
    await store.save(outdated);
    await store.save(recent);
    const { store: reopened } = create(name);
    expect((await reopened.list()).map(({ upload }) => upload.id)).to.deep.equal([recent.id]);
  });

  it('deletes expired checkpoints for a page that saves none', async () => {
    const { name, store } = create();
    await store.save(makeStoredUpload({ savedAt: Date.now() - 31 * DAY }));
    await create(name).store.prune?.();
    const database = await openDB(name);
    expect(await database.count('uploads')).to.equal(0);
    database.close();
  });

  it('creates no database to delete expired checkpoints', async () => {
    const { name, store } = create();
    await store.prune?.();
    expect((await indexedDB.databases()).map((database) => database.name)).not.to.include(name);
  });

  it('ignores damaged and foreign records', async () => {
    const { name, store } = create();
    const valid = makeStoredUpload();
    await store.save(valid);
    await store.addPart(valid.id, { number: 1, etag: '"A"' }, valid.savedAt);
    const database = await openDB(name);
    await database.put('uploads', { ...makeStoredUpload(), partSize: -1 });
    await database.put('uploads', { ...makeStoredUpload(), uploadId: undefined });
    await database.put('uploads', { id: 'foreign', savedAt: Date.now() });
    await database.put('parts', { number: 'two' }, [valid.id, 2]);
    database.close();
    expect(await store.list()).to.deep.equal([{ upload: valid, parts: [{ number: 1, etag: '"A"' }] }]);
  });

  it('finds checkpoints of earlier versions, whose scope is in clear text, and hashes it', async () => {
    const { name, store } = create();
    const ada = { bucket: 'films', objectKey: '{name}', scope: 'ada@example.com' };
    const file = { name: 'film.mp4', size: 1_000_000, lastModified: 5 };
    const destination = JSON.stringify(['films', '{name}', 'ada@example.com']);
    const fingerprint = JSON.stringify([destination, null, 'film.mp4', '', 1_000_000, 5]);
    const upload = makeStoredUpload({ destination, fingerprint });
    await store.save(upload);
    await store.addPart(upload.id, { number: 1, etag: '"A"' }, upload.savedAt);
    const { store: reopened } = create(name);
    const found = await reopened.find(fingerprintOf(file, ada, 'film.mp4'));
    expect([found?.upload.id, found?.upload.destination, found?.parts.length]).to.deep.equal([
      upload.id,
      destinationOf(ada),
      1,
    ]);
    expect(JSON.stringify(await reopened.list())).not.to.contain('ada@example.com');
  });

  it('keeps checkpoints of earlier versions without a scope as they are', async () => {
    const { name, store } = create();
    const everybody = { bucket: 'films', objectKey: '{name}', scope: '' };
    const destination = JSON.stringify(['films', '{name}', '']);
    await store.save(makeStoredUpload({ destination }));
    const [found] = await create(name).store.list();
    expect([found?.upload.destination, destinationOf(everybody)]).to.deep.equal([destination, destination]);
  });

  it('upgrades a database of the first version, and keeps its checkpoints', async () => {
    const { name, store } = create();
    const first = await openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('uploads', { keyPath: 'id' }).createIndex('fingerprint', 'fingerprint');
        database.createObjectStore('parts');
      },
    });
    const upload = makeStoredUpload();
    await first.put('uploads', upload);
    first.close();
    await store.saveLine?.(makeStoredLine());
    expect(await store.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
  });

  it('deletes what is known about networks after 30 days', async () => {
    const { name, store } = create();
    await store.saveLine?.(makeStoredLine({ endpoint: 'old', savedAt: Date.now() - 31 * DAY }));
    await store.saveLine?.(makeStoredLine({ endpoint: 'new' }));
    await create(name).store.list();
    const database = await openDB(name);
    expect(await database.getAllKeys('lines')).to.deep.equal(['new']);
    database.close();
  });

  for (const [what, isErased] of [
    ['everything', undefined],
    ['one scope', () => false],
  ] as const) {
    it(`erases what is known about networks together with ${what}`, async () => {
      const { name, store } = create();
      await store.saveLine?.(makeStoredLine());
      await eraseCheckpoints(isErased, name);
      expect(await store.findLine?.('oss-cn-hangzhou')).to.equal(undefined);
    });
  }

  it('lets a newer version upgrade the database, and rejects afterwards', async () => {
    const { name, store } = create();
    await store.save(makeStoredUpload());
    const upgraded = await openDB(name, 3);
    const error: unknown = await store.list().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DOMException).with.property('name', 'VersionError');
    upgraded.close();
  });
});

describe('IndexedDB checkpoint store in a browser whose database is unreliable', () => {
  const { open } = IDBFactory.prototype;
  const { transaction } = IDBDatabase.prototype;
  const { getAll } = IDBObjectStore.prototype;
  const rejection = (promise: Promise<unknown>) =>
    promise.then(String, (error: unknown) => (error as Error).name);

  afterEach(() => {
    IDBFactory.prototype.open = open;
    IDBDatabase.prototype.transaction = transaction;
    IDBObjectStore.prototype.getAll = getAll;
  });

  /** Delays the answers to the next requests to open a database, until the returned function is called. */
  function holdOpening(): () => void {
    const held: { request: IDBOpenDBRequest; event: Event }[] = [];
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', (event) => {
        event.stopImmediatePropagation();
        held.push({ request, event });
      });
      return request;
    };
    return () => {
      IDBFactory.prototype.open = open;
      for (const { request, event } of held) request.onsuccess?.(event);
    };
  }

  /** Returns the connection of each transaction from now on. */
  function recordConnections(): IDBDatabase[] {
    const connections: IDBDatabase[] = [];
    IDBDatabase.prototype.transaction = function (...args) {
      connections.push(this);
      return transaction.apply(this, args);
    };
    return connections;
  }

  it('rejects after two seconds if the database isn’t opened, and opens another connection next time', async () => {
    const { store } = create();
    const upload = makeStoredUpload();
    const answer = holdOpening();
    const startedAt = performance.now();
    const failure = await rejection(store.save(upload));
    const delay = performance.now() - startedAt;
    IDBFactory.prototype.open = open;
    await store.save({ ...upload, key: 'second' });
    answer();
    expect([failure, (await store.list()).map(({ upload: { key } }) => key)]).to.deep.equal([
      'TimeoutError',
      ['second'],
    ]);
    expect(delay).to.be.within(1_900, 2_900);
  });

  it('uses a connection that is opened late', async () => {
    const { store } = create();
    const answer = holdOpening();
    await rejection(store.list());
    answer();
    await new Promise((resolve) => setTimeout(resolve));
    IDBFactory.prototype.open = () => {
      throw new DOMException('Opened again', 'InvalidStateError');
    };
    expect(await store.list()).to.deep.equal([]);
  });

  it('never performs late what has timed out', async () => {
    const { name, store } = create();
    const upload = makeStoredUpload();
    const answer = holdOpening();
    await rejection(store.save(upload));
    answer();
    expect(await store.list()).to.deep.equal([]);
    expect(await create(name).store.list()).to.deep.equal([]);
  });

  it('rejects if the browser denies access to the database, and tries again', async () => {
    const { store } = create();
    IDBFactory.prototype.open = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
    const failure = await rejection(store.list());
    IDBFactory.prototype.open = open;
    expect([failure, await store.list()]).to.deep.equal(['SecurityError', []]);
  });

  it('opens the database again after it was deleted', async () => {
    const { name, store } = create();
    const upload = makeStoredUpload();
    await store.save(upload);
    await deleteDB(name);
    const exists = await store.addPart(upload.id, { number: 1, etag: 'A' }, 1);
    await store.save(upload);
    expect([exists, (await store.list()).length]).to.deep.equal([false, 1]);
  });

  it('opens the database again if a connection is lost without an event', async () => {
    const { store } = create();
    const connections = recordConnections();
    await store.save(makeStoredUpload());
    connections.at(-1)!.close();
    await store.save(makeStoredUpload());
    expect(await store.list()).to.have.length(2);
  });

  it('performs concurrent operations again if their connection is lost', async () => {
    const { store } = create();
    const upload = makeStoredUpload();
    const connections = recordConnections();
    await store.list();
    connections.at(-1)!.close();
    const parts = [1, 2, 3].map((number) => ({ number, etag: `"${number}"` }));
    await Promise.all([store.save(upload), ...parts.map((part) => store.addPart(upload.id, part, 1))]);
    expect((await store.find(upload.fingerprint))?.parts).to.deep.equal(parts);
  });

  it('rejects once if storage is full, and works again afterwards', async () => {
    const { store } = create();
    await store.list();
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('Full', 'QuotaExceededError');
    };
    const failure = await rejection(store.save(makeStoredUpload()));
    IDBDatabase.prototype.transaction = transaction;
    await store.save(makeStoredUpload());
    expect([failure, (await store.list()).length]).to.deep.equal(['QuotaExceededError', 1]);
  });

  it('saves a checkpoint without its handle if the handle can’t be stored', async () => {
    const { store } = create();
    const upload = makeStoredUpload();
    await store.save({ ...upload, handle: { getFile: () => {} } });
    expect(await store.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
  });

  it('lists the other checkpoints if one can’t be read', async () => {
    const { store } = create();
    const [readable, damaged] = [makeStoredUpload(), makeStoredUpload()];
    await store.save(readable);
    await store.save(damaged);
    const { get } = IDBObjectStore.prototype;
    const deny = () => {
      throw new DOMException('Damaged', 'DataError');
    };
    IDBObjectStore.prototype.getAll = function (...args) {
      return this.name === 'uploads' ? deny() : getAll.apply(this, args);
    };
    IDBObjectStore.prototype.get = function (key) {
      return key === damaged.id ? deny() : get.call(this, key);
    };
    const listed = await store.list();
    IDBObjectStore.prototype.get = get;
    expect(listed.map(({ upload }) => upload.id)).to.deep.equal([readable.id]);
  });

  it('waits for no checkpoint to expire', async () => {
    const { store } = create();
    const { openCursor } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.openCursor = () => {
      throw new DOMException('Damaged', 'DataError');
    };
    const upload = makeStoredUpload();
    await store.save(upload);
    IDBObjectStore.prototype.openCursor = openCursor;
    expect(await store.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
  });

  it('answers while another tab keeps the database from being opened', async () => {
    const { name, store } = create();
    // This connection ignores the request to delete the database, which blocks all later requests.
    const blocking = await openDB(name, 1);
    void deleteDB(name);
    const failure = await rejection(store.list());
    blocking.close();
    expect([failure, await store.list()]).to.deep.equal(['TimeoutError', []]);
  });
});
