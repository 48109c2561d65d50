import { expect } from '@open-wc/testing';
import { displayHalves, isolate, splitName } from '../../src/presentation/file-name.js';
import { fc } from '../support/properties.js';

describe('splitName', () => {
  it('keeps the end of a long name', () => {
    expect(splitName('film-2026-final-cut.mp4')).to.deep.equal(['film-2026-final', '-cut.mp4']);
  });

  it('does not split a short name', () => {
    expect(splitName('film.mp4')).to.deep.equal(['film.mp4', '']);
  });

  it('does not split inside a grapheme', () => {
    const family = '👨‍👩‍👧';
    expect(splitName(`family-on-holiday-${family}-01.mp4`)[1]).to.equal(`${family}-01.mp4`);
  });

  it('keeps every character of any name', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(name, (text) => {
        expect(splitName(text).join('')).to.equal(text);
      }),
    );
  });
});

describe('displayHalves', () => {
  it('adds joiners where a cursive word is split', () => {
    expect(displayHalves('تقرير-المشروع-النهائي.mp4')).to.deep.equal([
      'تقرير-المشروع-الن\u200d',
      '\u200dهائي.mp4',
    ]);
  });

  it('adds nothing elsewhere', () => {
    expect(displayHalves('film-2026-final-cut.mp4')).to.deep.equal(['film-2026-final', '-cut.mp4']);
  });
});

describe('isolate', () => {
  it('balances isolates for any name with direction marks', () => {
    const marks = fc.constantFrom('a', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\u202c', 'ا');
    fc.assert(
      fc.property(fc.string({ unit: marks }), (name) => {
        const isolated = isolate(name);
        let depth = 0;
        let least = 1;
        for (const character of isolated.slice(0, -1)) {
          if (/[\u2066-\u2068]/.test(character)) depth += 1;
          if (character === '\u2069') depth -= 1;
          least = Math.min(least, depth);
        }
        expect([least, depth]).to.deep.equal([1, 1]);
      }),
    );
  });
});
