import { expect } from '@open-wc/testing';
import { parseCheckpoint } from '../../src/core/checkpoints/checkpoint.js';
import { UploadError } from '../../src/core/errors.js';
import { PartTracker } from '../../src/core/transfer/part-tracker.js';
import { anything, damaged, fc } from '../support/properties.js';

const good = {
  name: 'film.mp4',
  fileSize: 300_000,
  partSize: 102_400,
  uploadId: '0004B9894A22E5B1888A1E29F8236E2D',
  doneParts: [{ number: 1, etag: '"5D41402ABC4B2A76B9719D911017C592"' }],
};

describe('checkpoint', () => {
  it('reads what ali-oss leaves behind', () => {
    const file = new File(['x'], 'film.mp4');
    expect(parseCheckpoint({ ...good, file })).to.deep.equal({ ...good, file });
  });

  it('drops a file that is none, as after a visit to JSON', () => {
    expect(parseCheckpoint(JSON.parse(JSON.stringify({ ...good, file: {} })))).to.deep.equal(good);
  });

  it('names the key as ali-oss stores it, without a slash at its beginning', () => {
    expect(parseCheckpoint({ ...good, name: '//film.mp4' })).to.deep.equal(good);
  });

  for (const [what, damage] of Object.entries({
    'no object': null,
    'no name': { ...good, name: '' },
    'a name of slashes': { ...good, name: '//' },
    'a negative size': { ...good, fileSize: -1 },
    'a size that is no number': { ...good, fileSize: '300000' },
    'a part size of 0': { ...good, partSize: 0 },
    'parts too small for OSS': { ...good, partSize: 1_000 },
    'more than 10,000 parts': { ...good, fileSize: 2e9 },
    'no upload id': { ...good, uploadId: undefined },
    'parts that are no list': { ...good, doneParts: {} },
    'a part beyond the end': { ...good, doneParts: [{ number: 4, etag: 'x' }] },
    'a part without an ETag': { ...good, doneParts: [{ number: 1 }] },
  })) {
    it(`refuses ${what}`, () => {
      expect(() => parseCheckpoint(damage))
        .to.throw(UploadError)
        .with.property('code', 'checkpoint-mismatch');
    });
  }

  const partSize = 102_400;
  const part = () => fc.record({ number: fc.integer({ min: -1, max: 5 }), etag: fc.string() });

  it('is sound, or refused by its one error, whatever comes', () => {
    const doneParts = fc.oneof(fc.array(fc.oneof(part(), anything())), anything());
    const anyCheckpoint = fc.oneof(
      anything(),
      damaged(good),
      fc.tuple(damaged(good), doneParts).map(([checkpoint, parts]) => ({ ...checkpoint, doneParts: parts })),
    );
    fc.assert(
      fc.property(anyCheckpoint, (value) => {
        let checkpoint;
        try {
          checkpoint = parseCheckpoint(value);
        } catch (error) {
          expect(error).to.be.instanceOf(UploadError).with.property('code', 'checkpoint-mismatch');
          return;
        }
        const { fileSize, partSize, doneParts } = checkpoint;
        const tracker = new PartTracker(fileSize, partSize, doneParts);
        expect(tracker.doneBytes).to.be.within(0, fileSize);
        expect(tracker.doneParts.length + tracker.missingParts.length).to.be.within(1, 10_000);
      }),
    );
  });

  it('comes back from JSON as it was', () => {
    const anyGood = fc.record({
      name: fc.string({ minLength: 1, unit: 'binary' }),
      fileSize: fc.integer({ min: 4 * partSize + 1, max: 5 * partSize }),
      partSize: fc.constant(partSize),
      uploadId: fc.string({ minLength: 1 }),
      doneParts: fc.array(
        fc.record({ number: fc.integer({ min: 1, max: 5 }), etag: fc.string({ minLength: 1 }) }),
      ),
    });
    fc.assert(
      fc.property(anyGood, (checkpoint) => {
        expect(parseCheckpoint(JSON.parse(JSON.stringify(checkpoint)))).to.deep.equal(checkpoint);
      }),
    );
  });
});
