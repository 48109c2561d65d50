import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { createIndexedDbCheckpoints } from '../../../src/adapters/browser/indexeddb-checkpoints.js';
import { describeCheckpointStore, makeStoredUpload } from '../../support/checkpoint-store-contract.js';

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

  it('lets a newer version upgrade the database, and rejects afterwards', async () => {
    const { name, store } = create();
    await store.save(makeStoredUpload());
    const upgraded = await openDB(name, 2);
    const error: unknown = await store.list().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DOMException).with.property('name', 'VersionError');
    upgraded.close();
  });
});
