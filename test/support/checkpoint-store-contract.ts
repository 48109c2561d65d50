// The contract of the CheckpointStore port. Every implementation runs these tests.
import { expect } from '@open-wc/testing';
import type { CheckpointStore, StoredLine, StoredUpload } from '../../src/core/ports.js';

/** Returns a valid stored upload with a unique ID and fingerprint. */
export function makeStoredUpload(changes: Partial<StoredUpload> = {}): StoredUpload {
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

/** Returns what a fast and far network to an endpoint has shown. */
export function makeStoredLine(changes: Partial<StoredLine> = {}): StoredLine {
  return {
    version: 1,
    endpoint: 'oss-cn-hangzhou',
    rate: 6e6,
    throughput: 36e6,
    roundTrip: 150,
    savedAt: Date.now(),
    ...changes,
  };
}

/** @param create returns an empty store that is independent of any other */
export function describeCheckpointStore(name: string, create: () => CheckpointStore): void {
  describe(name, () => {
    let store: CheckpointStore;
    const part1 = { number: 1, etag: '"A"', crc64: '12345678901234567890' };
    const part2 = { number: 2, etag: '"B"' };

    beforeEach(() => {
      store = create();
    });

    it('is empty when created', async () => {
      expect(await store.list()).to.deep.equal([]);
    });

    it('finds an upload by its fingerprint', async () => {
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.save(makeStoredUpload());
      expect(await store.find(upload.fingerprint)).to.deep.equal({ upload, parts: [] });
    });

    it('finds the newest of several checkpoints with the same fingerprint', async () => {
      const [older, newest, oldest] = [-1_000, 0, -2_000].map((ms) =>
        makeStoredUpload({ fingerprint: 'same', savedAt: Date.now() + ms }),
      );
      for (const upload of [older, newest, oldest]) await store.save(upload!);
      expect((await store.find('same'))?.upload.id).to.equal(newest!.id);
    });

    it('returns undefined for an unknown fingerprint', async () => {
      await store.save(makeStoredUpload());
      expect(await store.find('another')).to.equal(undefined);
    });

    it('returns parts sorted by number, regardless of the order in which they were added', async () => {
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.addPart(upload.id, part2, 5);
      await store.addPart(upload.id, part1, 6);
      expect(await store.find(upload.fingerprint)).to.deep.equal({
        upload: { ...upload, savedAt: 6 },
        parts: [part1, part2],
      });
    });

    it('replaces a part that is added again', async () => {
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.addPart(upload.id, part1, 5);
      await store.addPart(upload.id, { ...part1, etag: '"C"' }, 6);
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal([{ ...part1, etag: '"C"' }]);
    });

    it('keeps the parts when the upload is saved again', async () => {
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.addPart(upload.id, part1, upload.savedAt);
      await store.save({ ...upload, completeUnanswered: true });
      expect(await store.find(upload.fingerprint)).to.deep.equal({
        upload: { ...upload, completeUnanswered: true },
        parts: [part1],
      });
    });

    it('removes an upload together with its parts', async () => {
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.addPart(upload.id, part1, 5);
      await store.remove(upload.id);
      await store.save(upload);
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal([]);
    });

    it('ignores a part of an unknown upload, and tells that', async () => {
      const upload = makeStoredUpload();
      const isUnknown = (await store.addPart(upload.id, part1, 5)) === false;
      expect([isUnknown, await store.list()]).to.deep.equal([true, []]);
    });

    it('stores many parts that are added concurrently', async () => {
      const upload = makeStoredUpload({ fileSize: 102_400 * 300 });
      await store.save(upload);
      const parts = Array.from({ length: 300 }, (_, i) => ({ number: i + 1, etag: `"${i}"` }));
      await Promise.all(parts.map((part) => store.addPart(upload.id, part, upload.savedAt)));
      expect((await store.find(upload.fingerprint))?.parts).to.deep.equal(parts);
    });

    it('adds many parts at once, or none to an unknown upload', async () => {
      if (!store.addParts) return;
      const upload = makeStoredUpload();
      await store.save(upload);
      await store.addPart(upload.id, { ...part1, etag: '"C"' }, 5);
      const added = await store.addParts(upload.id, [part1, part2], 6);
      const ignored = await store.addParts('unknown', [part1, part2], 6);
      expect([added !== false, ignored]).to.deep.equal([true, false]);
      expect(await store.list()).to.deep.equal([
        { upload: { ...upload, savedAt: 6 }, parts: [part1, part2] },
      ]);
    });

    it('keeps the latest that is known about the network to each endpoint', async () => {
      const [here, there] = [makeStoredLine(), makeStoredLine({ endpoint: 'https://there.example' })];
      await store.saveLine?.(makeStoredLine({ rate: 1e3 }));
      await store.saveLine?.(there);
      await store.saveLine?.(here);
      expect(await store.findLine?.(here.endpoint)).to.deep.equal(here);
      expect(await store.findLine?.(there.endpoint)).to.deep.equal(there);
      expect([await store.findLine?.('another'), await store.list()]).to.deep.equal([undefined, []]);
    });

    it('lists all uploads, the oldest first', async () => {
      const newer = makeStoredUpload({ savedAt: Date.now() });
      const older = makeStoredUpload({ savedAt: Date.now() - 1_000 });
      await store.save(newer);
      await store.save(older);
      expect((await store.list()).map(({ upload }) => upload.id)).to.deep.equal([older.id, newer.id]);
    });
  });
}
