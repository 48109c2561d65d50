import { expect } from '@open-wc/testing';
import { acceptedTypes } from '../../src/presentation/accepted-types.js';
import { Format } from '../../src/presentation/format.js';
import english from '../../src/i18n/locales/en.js';

describe('accepted types', () => {
  const cases: [accept: string | undefined, types: string[] | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['*/*', undefined],
    ['.mp4, .MOV', ['MP4', 'MOV']],
    ['.tar.gz', ['TAR.GZ']],
    ['video/mp4,.mp4', ['MP4']],
    ['video/quicktime, image/svg+xml', ['MOV', 'SVG']],
    ['.pdf,image/*,video/*,audio/*', ['PDF', 'images', 'videos', 'audio']],
    ['.pdf,text/*', undefined],
    ['application/x-unknown', undefined],
    ['.a,.b,.c,.d,.e,.f,.g,.h,.i,.j,.k', undefined],
  ];
  for (const [accept, types] of cases) {
    it(`are ${JSON.stringify(types)} for ${JSON.stringify(accept)}`, () => {
      expect(acceptedTypes(accept, english)).to.deep.equal(types);
    });
  }

  it('are joined as a list', () => {
    expect(new Format('en').list(['MP4', 'MOV', 'images'])).to.equal('MP4, MOV, images');
  });
});
