import { expect } from '@open-wc/testing';
import {
  destinationOf,
  fingerprintOf,
  hashSavedScope,
  hashScope,
  isSameName,
  withoutHints,
} from '../../src/core/checkpoints/fingerprint.js';
import { fc } from '../support/properties.js';

const file = { name: 'film.mp4', size: 1_000, lastModified: 5, webkitRelativePath: '' };
const destination = { bucket: 'films', objectKey: '{uuid}/{name}', scope: '' };
const original = fingerprintOf(file, destination, 'a/film.mp4');

describe('fingerprint', () => {
  it('is equal for the same file and destination', () => {
    expect(fingerprintOf({ ...file }, { ...destination }, 'a/film.mp4')).to.equal(original);
  });

  it('does not depend on the key that a template generates', () => {
    expect(fingerprintOf(file, destination, 'b/film.mp4')).to.equal(original);
  });

  for (const [what, changedFile, changedDestination] of [
    ['name', { name: 'other.mp4' }, {}],
    ['size', { size: 1_001 }, {}],
    ['date', { lastModified: 6 }, {}],
    ['folder', { webkitRelativePath: 'a/film.mp4' }, {}],
    ['bucket', {}, { bucket: 'others' }],
    ['key template', {}, { objectKey: 'x/{name}' }],
    ['scope', {}, { scope: 'user 2' }],
  ] as const) {
    it(`differs for another ${what}`, () => {
      expect(
        fingerprintOf({ ...file, ...changedFile }, { ...destination, ...changedDestination }, 'a/film.mp4'),
      ).to.not.equal(original);
    });
  }

  it('depends on the key that a function generates', () => {
    const withFunction = { ...destination, objectKey: () => '' };
    expect(fingerprintOf(file, withFunction, 'a')).to.not.equal(fingerprintOf(file, withFunction, 'b'));
  });

  it('does not confuse a scope with other fields', () => {
    expect(destinationOf({ bucket: 'a', objectKey: 'b', scope: 'c' })).to.not.equal(
      destinationOf({ bucket: 'a', objectKey: 'b","c', scope: '' }),
    );
  });

  it('is equal only for the same file, destination and scope, with any names', () => {
    const anyText = () => fc.oneof(fc.constantFrom('', 'a', '","', 'null', '[]', '\\'), fc.string());
    const anyFile = fc.record({
      name: anyText(),
      size: fc.nat(2),
      lastModified: fc.nat(2),
      webkitRelativePath: anyText(),
    });
    const anyDestination = fc.record({ bucket: anyText(), objectKey: anyText(), scope: anyText() });
    const anySubject = () => fc.tuple(anyFile, anyDestination);
    fc.assert(
      fc.property(anySubject(), anySubject(), (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        const fingerprints = [one, other].map(([someFile, target]) => fingerprintOf(someFile, target, 'key'));
        expect(fingerprints[0] === fingerprints[1]).to.equal(isSame);
      }),
    );
  });
});

describe('a scope', () => {
  it('is not part of a fingerprint in clear text', () => {
    expect(fingerprintOf(file, { ...destination, scope: 'ada@example.com' }, '')).not.to.contain('ada');
  });

  it('is not confused with the hash of another one', () => {
    const hash = hashScope('ada');
    const saved = { destination: JSON.stringify(['films', 'a', hash]), fingerprint: '[]' };
    expect(hashSavedScope(saved).destination).to.equal(
      destinationOf({ bucket: 'films', objectKey: 'a', scope: hash }),
    );
  });

  for (const [what, saved] of Object.entries({
    'is hashed already': destinationOf({ ...destination, scope: 'ada' }),
    'is empty': destinationOf(destination),
    'is damaged': '["films"',
    'is of another store': 'films',
  })) {
    it(`stays the same in a saved identity if it ${what}`, () => {
      const upload = { destination: saved, fingerprint: JSON.stringify([saved]) };
      expect(hashSavedScope(upload)).to.equal(upload);
    });
  }
});

describe('a fingerprint without hints', () => {
  const variants = {
    'another date': { lastModified: 6 },
    'a date before 1970': { lastModified: -6 },
    'another form of the name': { name: 'fu\u0308r.mp4' },
    'another form of the path': { webkitRelativePath: 'fu\u0308r/film.mp4' },
  };
  const composed = { ...file, name: 'f\u00fcr.mp4', webkitRelativePath: 'f\u00fcr/film.mp4' };
  for (const [what, changes] of Object.entries(variants)) {
    it(`is equal with ${what}`, () => {
      const [one, other] = [composed, { ...composed, ...changes }].map((variant) =>
        fingerprintOf(variant, destination, 'key'),
      );
      expect(one).to.not.equal(other);
      expect(withoutHints(one!)).to.equal(withoutHints(other!));
    });
  }

  for (const [what, changes] of [
    ['name', { name: 'other.mp4' }],
    ['size', { size: 1_001 }],
    ['folder', { webkitRelativePath: 'a/film.mp4' }],
  ] as const) {
    it(`differs for another ${what}`, () => {
      const other = fingerprintOf({ ...file, ...changes }, destination, 'a/film.mp4');
      expect(withoutHints(other)).to.not.equal(withoutHints(original));
    });
  }

  it('is equal for the same name in both Unicode forms only', () => {
    expect(isSameName('f\u00fcr.mp4', 'fu\u0308r.mp4')).to.equal(true);
    expect(isSameName('f\u00fcr.mp4', 'fur.mp4')).to.equal(false);
  });
});
