import { expect } from '@open-wc/testing';
import { parseCheckpoint } from '../../src/core/checkpoint.js';
import { UploadError } from '../../src/core/errors.js';
import { seededRandom } from '../support/seeded-random.js';

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

  for (const [what, damage] of Object.entries({
    'no object': null,
    'no name': { ...good, name: '' },
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

  it('never answers anything but a sound checkpoint or its one error', () => {
    const random = seededRandom(7);
    const values = [
      undefined,
      null,
      0,
      -1,
      1.5,
      NaN,
      Infinity,
      1e300,
      '',
      'x',
      [],
      {},
      true,
      [null],
      [{ number: 1, etag: 2 }],
    ];
    for (let i = 0; i < 2_000; i++) {
      const damaged: Record<string, unknown> = { ...good };
      for (const field of Object.keys(good)) {
        if (random() < 0.3) damaged[field] = values[Math.floor(random() * values.length)];
      }
      try {
        const { fileSize, partSize, doneParts } = parseCheckpoint(damaged);
        expect(Math.ceil(fileSize / partSize)).to.be.at.most(10_000);
        expect(doneParts).to.be.an('array');
      } catch (error) {
        expect(error).to.be.instanceOf(UploadError);
      }
    }
  });
});
