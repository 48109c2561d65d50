// What every checkpoint store keeps to. A store of another kind runs the same tests.
import { expect } from '@open-wc/testing';
import type { CheckpointStore, StoredUpload } from '../../src/core/ports.js';

export function remembered(changes: Partial<StoredUpload> = {}): StoredUpload {
  return {
    id: crypto.randomUUID(),
    fingerprint: crypto.randomUUID(),
    destination: 'films',
    bucket: 'films',
    key: 'film.mp4',
    fileName: 'film.mp4',
    fileType: 'video/mp4',
    fileSize: 1_000_000,
    lastModified: 1_700_000_000_000,
    partSize: 102_400,
    uploadId: 'upload-1',
    savedAt: Date.now(),
    completeUnanswered: false,
    ...changes,
  };
}

/** @param create makes a store that shares nothing with the others */
export function describeCheckpointStore(name: string, create: () => CheckpointStore): void {
  describe(name, () => {
    let store: CheckpointStore;
    const one = { number: 1, etag: '"A"', crc64: '12345678901234567890' };
    const two = { number: 2, etag: '"B"' };

    beforeEach(() => {
      store = create();
    });

    it('knows nothing at first', async () => {
      expect(await store.list()).to.deep.equal([]);
    });

    it('finds an upload by its fingerprint', async () => {
      const upload = remembered();
      await store.save(upload);
      await store.save(remembered());
      expect(await store.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
    });

    it('finds nothing where there is nothing', async () => {
      await store.save(remembered());
      expect(await store.find('another')).to.equal(undefined);
    });

    it('remembers parts, in order', async () => {
      const upload = remembered();
      await store.save(upload);
      await store.addPart(upload.id, two, 5);
      await store.addPart(upload.id, one, 6);
      expect(await store.find(upload.fingerprint)).to.deep.equal({
        upload: { ...upload, savedAt: 6 },
        parts: [one, two],
      });
    });

    it('takes the later word for a part', async () => {
      const upload = remembered();
      await store.save(upload);
      await store.addPart(upload.id, one, 5);
      await store.addPart(upload.id, { ...one, etag: '"C"' }, 6);
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal([{ ...one, etag: '"C"' }]);
    });

    it('keeps the parts when the upload is written over', async () => {
      const upload = remembered();
      await store.save(upload);
      await store.addPart(upload.id, one, upload.savedAt);
      await store.save({ ...upload, completeUnanswered: true });
      expect(await store.find(upload.fingerprint)).to.deep.equal({
        upload: { ...upload, completeUnanswered: true },
        parts: [one],
      });
    });

    it('forgets an upload with its parts', async () => {
      const upload = remembered();
      await store.save(upload);
      await store.addPart(upload.id, one, 5);
      await store.remove(upload.id);
      await store.save(upload);
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal([]);
    });

    it('ignores a part of an upload that it has forgotten', async () => {
      const upload = remembered();
      await store.addPart(upload.id, one, 5);
      expect(await store.list()).to.deep.equal([]);
    });

    it('keeps many parts that come at the same time', async () => {
      const upload = remembered({ fileSize: 102_400 * 300 });
      await store.save(upload);
      const parts = Array.from({ length: 300 }, (_, i) => ({ number: i + 1, etag: `"${i}"` }));
      await Promise.all(parts.map((part) => store.addPart(upload.id, part, upload.savedAt)));
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal(parts);
    });

    it('lists all, the oldest first', async () => {
      const newer = remembered({ savedAt: Date.now() });
      const older = remembered({ savedAt: Date.now() - 1_000 });
      await store.save(newer);
      await store.save(older);
      expect((await store.list()).map(({ upload }) => upload.id)).to.deep.equal([older.id, newer.id]);
    });
  });
}
