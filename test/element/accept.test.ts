import { expect } from '@open-wc/testing';
import { isAccepted, pickerTypes } from '../../src/restrictions.js';
import { fc } from '../support/properties.js';

const film = { name: 'Film.MP4', type: 'video/mp4' };

describe('accept', () => {
  const cases: [accept: string | undefined, accepted: boolean][] = [
    [undefined, true],
    ['', true],
    [' , ', true],
    ['.mp4', true],
    ['.MP4', true],
    ['.p4', false],
    ['.tar.gz, .mp4', true],
    ['video/*', true],
    ['VIDEO/MP4', true],
    ['image/*', false],
    ['video/mpeg', false],
    ['video', false],
    ['*/*', true],
  ];
  for (const [accept, accepted] of cases) {
    it(`${accepted ? 'accepts' : 'rejects'} ${film.name} for ${JSON.stringify(accept)}`, () => {
      expect(isAccepted(film, accept)).to.equal(accepted);
    });
  }

  it('supports double extensions', () => {
    expect(isAccepted({ name: 'backup.tar.gz', type: '' }, '.tar.gz')).to.be.true;
  });

  it('ignores MIME type parameters', () => {
    expect(isAccepted({ name: 'a', type: 'text/plain;charset=utf-8' }, 'text/plain')).to.be.true;
  });

  it('rejects a file of unknown type when a MIME type is required', () => {
    expect(isAccepted({ name: 'a', type: '' }, 'text/*')).to.be.false;
  });
});

describe('accept, for showOpenFilePicker', () => {
  it('keeps MIME types and groups extensions', () => {
    expect(pickerTypes('image/*, .MP4,application/pdf,.tar.gz')).to.deep.equal([
      { accept: { 'image/*': [], 'application/x-any': ['.mp4', '.tar.gz'], 'application/pdf': [] } },
    ]);
  });

  for (const accept of [
    undefined,
    '',
    '*/*',
    '.',
    '.a_b',
    '.averyveryverylongsuffix',
    'mp4',
    'video/mp4;codecs=1',
  ]) {
    it(`has no types for ${JSON.stringify(accept)}`, () => {
      expect(pickerTypes(accept)).to.be.undefined;
    });
  }
});

describe('accept with arbitrary values', () => {
  const piece = fc.constantFrom('.', ',', '/', '*', 'video', 'MP4', ' ', ';', '-', '٣', '\0', '"');
  const anyAccept = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece }));

  it('accepts or rejects every file', () => {
    fc.assert(
      fc.property(anyAccept, fc.string(), fc.string(), (accept, name, type) => {
        expect(isAccepted({ name, type }, accept)).to.be.a('boolean');
      }),
    );
  });

  it('yields valid options for showOpenFilePicker', () => {
    fc.assert(
      fc.property(anyAccept, (accept) => {
        for (const [type, suffixes] of Object.entries(pickerTypes(accept)?.[0]?.accept ?? {})) {
          expect(type).to.match(/^[a-z]+\/[\w.+*-]+$/);
          for (const suffix of suffixes) expect(suffix).to.match(/^\.[a-z0-9+.]{1,15}$/);
        }
      }),
    );
  });
});
