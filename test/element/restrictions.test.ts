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
    it(`${accepted ? 'takes' : 'refuses'} ${film.name} for ${JSON.stringify(accept)}`, () => {
      expect(isAccepted(film, accept)).to.equal(accepted);
    });
  }

  it('knows a double extension', () => {
    expect(isAccepted({ name: 'backup.tar.gz', type: '' }, '.tar.gz')).to.be.true;
  });

  it('ignores the parameters of a MIME type', () => {
    expect(isAccepted({ name: 'a', type: 'text/plain;charset=utf-8' }, 'text/plain')).to.be.true;
  });

  it('refuses a file of unknown type where a type is asked for', () => {
    expect(isAccepted({ name: 'a', type: '' }, 'text/*')).to.be.false;
  });
});

describe('accept, for a picker of another kind', () => {
  it('keeps types, and puts suffixes together', () => {
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
    it(`shows all files for ${JSON.stringify(accept)}`, () => {
      expect(pickerTypes(accept)).to.be.undefined;
    });
  }
});

describe('accept, whatever stands in it', () => {
  const piece = fc.constantFrom('.', ',', '/', '*', 'video', 'MP4', ' ', ';', '-', '٣', '\0', '"');
  const anyAccept = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece }));

  it('takes or refuses a file', () => {
    fc.assert(
      fc.property(anyAccept, fc.string(), fc.string(), (accept, name, type) => {
        expect(isAccepted({ name, type }, accept)).to.be.a('boolean');
      }),
    );
  });

  it('is nothing that a picker of another kind refuses', () => {
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
