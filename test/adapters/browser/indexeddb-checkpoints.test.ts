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
  it('outlives the page that wrote', async () => {
    const { name, store } = create();
    const upload = makeStoredUpload();
    await store.save(upload);
    const { store: later } = create(name);
    expect(await later.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
  });

  it('forgets what nobody went on with for a month', async () => {
    const { name, store } = create();
    const old = makeStoredUpload({ savedAt: Date.now() - 31 * DAY });
    const young = makeStoredUpload({ savedAt: Date.now() - 29 * DAY });
    await store.save(old);
    await store.save(young);
    const { store: later } = create(name);
    expect((await later.list()).map(({ upload }) => upload.id)).to.deep.equal([young.id]);
  });

  it('leaves damaged and foreign records out, and serves the sound ones', async () => {
    const { name, store } = create();
    const sound = makeStoredUpload();
    await store.save(sound);
    await store.addPart(sound.id, { number: 1, etag: '"A"' }, sound.savedAt);
    const database = await openDB(name);
    await database.put('uploads', { ...makeStoredUpload(), partSize: -1 });
    await database.put('uploads', { ...makeStoredUpload(), uploadId: undefined });
    await database.put('uploads', { id: 'foreign', savedAt: Date.now() });
    await database.put('parts', { number: 'two' }, [sound.id, 2]);
    database.close();
    expect(await store.list()).to.deep.equal([{ upload: sound, parts: [{ number: 1, etag: '"A"' }] }]);
  });

  it('makes way for a later version of the database, and fails then without harm', async () => {
    const { name, store } = create();
    await store.save(makeStoredUpload());
    const later = await openDB(name, 2);
    const error: unknown = await store.list().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DOMException).with.property('name', 'VersionError');
    later.close();
  });
});
