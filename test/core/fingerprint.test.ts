import { expect } from '@open-wc/testing';
import { destinationOf, fingerprintOf } from '../../src/core/checkpoints/fingerprint.js';
import { fc } from '../support/properties.js';

const file = { name: 'film.mp4', size: 1_000, lastModified: 5, webkitRelativePath: '' };
const place = { bucket: 'films', objectKey: '{uuid}/{name}', scope: '' };
const original = fingerprintOf(file, place, 'a/film.mp4');

describe('fingerprint', () => {
  it('is the same for the same file to the same place', () => {
    expect(fingerprintOf({ ...file }, { ...place }, 'a/film.mp4')).to.equal(original);
  });

  it('does not mind that the template makes another key at each visit', () => {
    expect(fingerprintOf(file, place, 'b/film.mp4')).to.equal(original);
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
      expect(
        fingerprintOf({ ...file, ...changedFile }, { ...place, ...changedPlace }, 'a/film.mp4'),
      ).to.not.equal(original);
    });
  }

  it('tells another key apart that a function makes', () => {
    const made = { ...place, objectKey: () => '' };
    expect(fingerprintOf(file, made, 'a')).to.not.equal(fingerprintOf(file, made, 'b'));
  });

  it('tells scopes apart that look like other fields', () => {
    expect(destinationOf({ bucket: 'a', objectKey: 'b', scope: 'c' })).to.not.equal(
      destinationOf({ bucket: 'a', objectKey: 'b","c', scope: '' }),
    );
  });

  it('is another for any other file, place or scope, whatever their names are', () => {
    const text = () => fc.oneof(fc.constantFrom('', 'a', '","', 'null', '[]', '\\'), fc.string());
    const anyFile = fc.record({
      name: text(),
      size: fc.nat(2),
      lastModified: fc.nat(2),
      webkitRelativePath: text(),
    });
    const anyPlace = fc.record({ bucket: text(), objectKey: text(), scope: text() });
    const subject = () => fc.tuple(anyFile, anyPlace);
    fc.assert(
      fc.property(subject(), subject(), (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        const prints = [one, other].map(([anyOf, at]) => fingerprintOf(anyOf, at, 'key'));
        expect(prints[0] === prints[1]).to.equal(isSame);
      }),
    );
  });
});
