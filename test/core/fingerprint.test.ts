import { expect } from '@open-wc/testing';
import { fingerprint } from '../../src/core/fingerprint.js';

const file = { name: 'film.mp4', size: 1_000, lastModified: 5, webkitRelativePath: '' };
const place = { bucket: 'films', objectKey: '{uuid}/{name}', key: 'a/film.mp4', scope: '' };
const original = fingerprint(file, place);

describe('fingerprint', () => {
  it('is the same for the same file to the same place', () => {
    expect(fingerprint({ ...file }, { ...place })).to.equal(original);
  });

  it('does not mind that the template makes another key at each visit', () => {
    expect(fingerprint(file, { ...place, key: 'b/film.mp4' })).to.equal(original);
  });

  for (const [what, changedFile, changedPlace] of [
    ['name', { name: 'other.mp4' }, {}],
    ['size', { size: 1_001 }, {}],
    ['date', { lastModified: 6 }, {}],
    ['folder', { webkitRelativePath: 'a/film.mp4' }, {}],
    ['bucket', {}, { bucket: 'others' }],
    ['key template', {}, { objectKey: 'x/{name}' }],
    ['scope', {}, { scope: 'user 2' }],
  ] as const) {
    it(`tells another ${what} apart`, () => {
      expect(fingerprint({ ...file, ...changedFile }, { ...place, ...changedPlace })).to.not.equal(original);
    });
  }

  it('tells another key apart that a function makes', () => {
    const objectKey = () => '';
    const of = (key: string) => fingerprint(file, { ...place, objectKey, key });
    expect(of('a')).to.not.equal(of('b'));
  });
});
