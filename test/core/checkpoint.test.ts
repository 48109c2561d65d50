import { expect } from '@open-wc/testing';
import { parseCheckpoint } from '../../src/core/checkpoints/checkpoint.js';
import { UploadError } from '../../src/core/errors.js';
import { PartTracker } from '../../src/core/transfer/part-tracker.js';
import { anything, damaged, fc } from '../support/properties.js';

const valid = {
  name: 'film.mp4',
  fileSize: 300_000,
  partSize: 102_400,
  uploadId: '0004B9894A22E5B1888A1E29F8236E2D',
  doneParts: [{ number: 1, etag: '"5D41402ABC4B2A76B9719D911017C592"' }],
};

describe('parseCheckpoint', () => {
  it('parses a checkpoint of ali-oss', () => {
    const file = new File(['x'], 'film.mp4');
    expect(parseCheckpoint({ ...valid, file })).to.deep.equal({ ...valid, file });
  });

  it('drops a `file` that is not a Blob, as JSON leaves it', () => {
    expect(parseCheckpoint(JSON.parse(JSON.stringify({ ...valid, file: {} })))).to.deep.equal(valid);
  });

  it('removes leading slashes from the key, as ali-oss does', () => {
    expect(parseCheckpoint({ ...valid, name: '//film.mp4' })).to.deep.equal(valid);
  });

  for (const [what, damage] of Object.entries({
    'a value that is not an object': null,
    'an empty name': { ...valid, name: '' },
    'a name of slashes only': { ...valid, name: '//' },
    'a negative size': { ...valid, fileSize: -1 },
    'a size that is not a number': { ...valid, fileSize: '300000' },
    'a part size of 0': { ...valid, partSize: 0 },
    'parts too small for OSS': { ...valid, partSize: 1_000 },
    'more than 10,000 parts': { ...valid, fileSize: 2e9 },
    'a missing upload ID': { ...valid, uploadId: undefined },
    'parts that are not an array': { ...valid, doneParts: {} },
    'a part beyond the end': { ...valid, doneParts: [{ number: 4, etag: 'x' }] },
    'a part without an ETag': { ...valid, doneParts: [{ number: 1 }] },
    'an ETag with markup': { ...valid, doneParts: [{ number: 1, etag: '</ETag>' }] },
    'an upload ID with markup': { ...valid, uploadId: '<id>' },
    'an upload ID that is too long': { ...valid, uploadId: 'A'.repeat(501) },
  })) {
    it(`rejects ${what}`, () => {
      expect(() => parseCheckpoint(damage))
        .to.throw(UploadError)
        .with.property('code', 'checkpoint-mismatch');
    });
  }

  const partSize = 102_400;
  const anyPart = () => fc.record({ number: fc.integer({ min: -1, max: 5 }), etag: fc.string() });

  it('returns a valid checkpoint or throws checkpoint-mismatch for any value', () => {
    const doneParts = fc.oneof(fc.array(fc.oneof(anyPart(), anything())), anything());
    const anyCheckpoint = fc.oneof(
      anything(),
      damaged(valid),
      fc.tuple(damaged(valid), doneParts).map(([checkpoint, parts]) => ({ ...checkpoint, doneParts: parts })),
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

  it('preserves a checkpoint that was stored as JSON', () => {
    const id = fc.base64String({ minLength: 4 });
    const anyValid = fc.record({
      name: fc.string({ minLength: 1, unit: 'binary' }),
      fileSize: fc.integer({ min: 4 * partSize + 1, max: 5 * partSize }),
      partSize: fc.constant(partSize),
      uploadId: id,
      doneParts: fc.array(fc.record({ number: fc.integer({ min: 1, max: 5 }), etag: id })),
    });
    fc.assert(
      fc.property(anyValid, (checkpoint) => {
        expect(parseCheckpoint(JSON.parse(JSON.stringify(checkpoint)))).to.deep.equal(checkpoint);
      }),
    );
  });
});
