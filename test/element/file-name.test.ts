import { expect } from '@open-wc/testing';
import { drawnHalves, isolate, splitName } from '../../src/presentation/file-name.js';
import { fc } from '../support/properties.js';

describe('a long name', () => {
  it('keeps its end whole', () => {
    expect(splitName('film-2026-final-cut.mp4')).to.deep.equal(['film-2026-final', '-cut.mp4']);
  });

  it('is not split where it is short', () => {
    expect(splitName('film.mp4')).to.deep.equal(['film.mp4', '']);
  });

  it('is not split inside a character', () => {
    const family = '👨‍👩‍👧';
    expect(splitName(`family-on-holiday-${family}-01.mp4`)[1]).to.equal(`${family}-01.mp4`);
  });

  it('is shown whole, in whatever it is written', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(name, (text) => {
        expect(splitName(text).join('')).to.equal(text);
      }),
    );
  });
});

describe('the halves of a name as they are drawn', () => {
  it('join the letters of a word that is split', () => {
    expect(drawnHalves('تقرير-المشروع-النهائي.mp4')).to.deep.equal([
      'تقرير-المشروع-الن\u200d',
      '\u200dهائي.mp4',
    ]);
  });

  it('join nothing else', () => {
    expect(drawnHalves('film-2026-final-cut.mp4')).to.deep.equal(['film-2026-final', '-cut.mp4']);
  });
});

describe('a name in a sentence', () => {
  it('ends what it begins, whatever marks of direction it has in it', () => {
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
