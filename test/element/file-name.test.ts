import { expect } from '@open-wc/testing';
import { splitName } from '../../src/element/file-name.js';

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
});
