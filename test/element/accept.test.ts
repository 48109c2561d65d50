import { expect } from '@open-wc/testing';
import { completeTypes, inputAccept, mayBeAccepted, parseAccept, pickerTypes } from '../../src/accept.js';
import { isAccepted, isAcceptedDrag } from '../../src/accepted-files.js';
import { extensionsOf } from '../../src/known-types.js';
import { fc } from '../support/properties.js';

const film = { name: 'Film.MP4', type: 'video/mp4' };

describe('accept before all types are known', () => {
  for (const accept of ['video/x-matroska', '.mp4,text/csv', 'image/png']) {
    it(`lets the user pick any file for ${accept}`, () => {
      expect([inputAccept(accept), pickerTypes(accept)]).to.deep.equal([undefined, undefined]);
    });
  }

  for (const accept of ['.mp4', 'image/*', '.mp4,video/*']) {
    it(`restricts the picker for ${accept}`, () => {
      expect(inputAccept(accept)).to.equal(accept);
    });
  }

  it('lets the user pick any file without a restriction', () => {
    expect(inputAccept(undefined)).to.be.undefined;
  });

  const possible: [accept: string | undefined, expected: boolean][] = [
    [undefined, true],
    ['.mp4', true],
    ['.mov', false],
    ['video/*', true],
    ['audio/*', false],
    ['.mov,video/x-m4v', true],
    ['undefined', false],
  ];
  for (const [accept, expected] of possible) {
    it(`${expected ? 'may accept' : 'rejects'} ${film.name} for ${String(accept)}`, () => {
      expect(mayBeAccepted(film, accept)).to.equal(expected);
    });
  }
});

describe('accept', () => {
  before(() => completeTypes(extensionsOf));

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
    ['*/*', true],
    ['*', true],
    ['.*', true],
    ['*.*', true],
    ['video', true],
    ['image', false],
    ['mp4', true],
    ['MP4,mov', true],
    ['jpg,png', false],
    ['*.mp4', true],
    ['.mov;.mp4', true],
    ['.mov .mp4', true],
    ['.mov|.mp4', true],
    ['.mov，.mp4', true],
    ['.mov、.mp4；.png', true],
    ['video/x-mp4', true],
    ['video/mp4;codecs=avc1, .png', true],
    ['undefined', false],
    ['mov/mp4', false],
    ['http://example.com', false],
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

describe('accept, for files that browsers leave untyped or type differently', () => {
  const accepted: [name: string, type: string, accept: string][] = [
    ['a.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['a.csv', '', 'text/csv'],
    ['a.csv', 'application/vnd.ms-excel', 'text/*'],
    ['a.csv', 'text/csv', 'application/csv'],
    ['a.HEIC', '', 'image/*'],
    ['a.heic', 'application/octet-stream', 'image/heic'],
    ['a.heif', 'image/heif', 'image/heic'],
    ['a.mkv', '', 'video/*'],
    ['a.mkv', 'video/x-matroska', 'video/matroska'],
    ['a.mkv', 'video/webm', '.mkv'],
    ['a.md', 'text/plain', 'text/markdown'],
    ['a.jpg', 'image/jpeg', 'image/jpg'],
    ['a.jpg', 'image/pjpeg', 'image/jpeg'],
    ['a.wav', 'audio/x-wav', 'audio/wav'],
    ['a.wav', 'audio/vnd.wave', 'audio/x-wav'],
    ['a.mp3', 'audio/mpeg', 'audio/mp3'],
    ['a.m4a', 'audio/x-m4a', 'audio/mp4'],
    ['a.zip', 'application/x-zip-compressed', 'application/zip'],
    ['a.zip', 'application/zip', 'application/x-zip-compressed'],
    ['a.rar', '', 'application/vnd.rar'],
    ['a.rar', 'application/x-compressed', 'application/x-rar-compressed'],
    ['a.7z', '', 'application/x-7z-compressed'],
    ['a.docx', '', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.xml', 'text/xml', 'application/xml'],
    ['a.avi', 'video/avi', 'video/x-msvideo'],
    ['a', 'image/svg+xml', 'image/svg'],
    ['a.png', '', 'image/*'],
    ['a.pdf', 'application/octet-stream', 'application/pdf'],
    ['a.mp3', 'application/octet-stream', 'audio/mp3'],
    ['a.rmvb', '', 'video/*'],
    ['a.psd', '', 'image/*'],
    ['a.ogg', 'video/ogg', 'audio/*'],
    ['a.ogg', 'audio/ogg', 'video/ogg'],
    ['a.bmp', 'image/bmp', 'image/x-ms-bmp'],
    ['a.js', 'text/javascript', 'application/javascript'],
    ['a.wrl', 'x-world/x-vrml', 'x-world/x-vrml'],
  ];
  for (const [name, type, accept] of accepted) {
    it(`accepts ${name} of type ${JSON.stringify(type)} for ${accept}`, () => {
      expect(isAccepted({ name, type }, accept)).to.be.true;
    });
  }

  const rejected: typeof accepted = [
    ['a.csv', 'image/png', 'text/csv'],
    ['a.xls', 'application/vnd.ms-excel', 'text/csv'],
    ['a.heic', '', 'video/*'],
    ['a.exe', '', 'image/*'],
    ['a.heic.exe', 'application/octet-stream', 'image/*'],
    ['heic', '', 'image/*'],
    ['a.pdf', 'application/pdf', 'image/*'],
    ['a.json', 'application/json', 'image/*,video/*'],
  ];
  for (const [name, type, accept] of rejected) {
    it(`rejects ${name} of type ${JSON.stringify(type)} for ${accept}`, () => {
      expect(isAccepted({ name, type }, accept)).to.be.false;
    });
  }
});

describe('accept, for dragged files', () => {
  const cases: [type: string, accept: string, expected: boolean][] = [
    ['', 'image/*', true],
    ['application/octet-stream', 'image/*', true],
    ['application/vnd.ms-excel', 'text/csv', true],
    ['application/pdf', 'image/*', false],
    ['application/pdf', 'jpg', true],
    ['video/mp4', 'text/csv', false],
    ['video/mp4', '*', true],
    ['image/png', 'undefined', false],
    ['audio/x-wav', 'audio/wav', true],
  ];
  for (const [type, accept, expected] of cases) {
    it(`${expected ? 'allows' : 'refuses'} ${JSON.stringify(type)} for ${accept}`, () => {
      expect(isAcceptedDrag(type, accept)).to.equal(expected);
    });
  }
});

describe('accept, for the input', () => {
  const cases: [accept: string | null | undefined, expected: string | undefined][] = [
    [undefined, undefined],
    [null, undefined],
    [' , ', undefined],
    ['*', undefined],
    ['image/png,*/*', undefined],
    ['video/*, .PDF', 'video/*,.pdf'],
    ['jpg;*.png', '.jpg,.png'],
    ['image', 'image/*'],
    ['image/jpg', 'image/jpg,.jpg,.jpeg'],
    ['application/x-zip-compressed,.zip', 'application/x-zip-compressed,.zip'],
    ['text/csv;charset=utf-8', 'text/csv,.csv'],
    ['undefined,.png', '.png'],
  ];
  for (const [accept, expected] of cases) {
    it(`is ${String(expected)} for ${JSON.stringify(accept)}`, () => {
      expect(inputAccept(accept)).to.equal(expected);
    });
  }
});

describe('accept with tokens that can’t match', () => {
  const cases: [accept: string, invalid: string[]][] = [
    ['undefined', ['undefined']],
    ['.png, images/', ['images/']],
    ['documents', ['documents']],
    ['.', ['.']],
    ['image/*.png', ['image/*.png']],
    ['http://example.com', ['http://example.com']],
    ['.png,image/*,jpg', []],
  ];
  for (const [accept, invalid] of cases) {
    it(`names ${JSON.stringify(invalid)} of ${JSON.stringify(accept)}`, () => {
      expect(parseAccept(accept).invalid).to.deep.equal(invalid);
    });
  }
});

describe('accept, for showOpenFilePicker', () => {
  it('keeps MIME types and groups extensions', () => {
    expect(pickerTypes('image/*, .MP4,application/pdf,.tar.gz')).to.deep.equal([
      { accept: { 'image/*': [], 'application/x-any': ['.mp4', '.tar.gz'], 'application/pdf': ['.pdf'] } },
    ]);
  });

  it('adds the extensions of types that browsers name differently', () => {
    expect(pickerTypes('text/csv;charset=utf-8,*.mkv')).to.deep.equal([
      { accept: { 'text/csv': ['.csv'], 'application/x-any': ['.mkv'] } },
    ]);
  });

  for (const accept of [undefined, '', '*/*', '.', '.a_b', '.averyveryverylongsuffix', '*']) {
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

  it('may accept the type of any file that it accepts', () => {
    const name = fc.constantFrom('a.csv', 'a.heic', 'a.mkv', 'a.ogg', 'a.zip', 'a.xml', 'a.jpg', 'a');
    const type = fc.constantFrom(
      '',
      'application/octet-stream',
      'application/ogg',
      'application/vnd.ms-excel',
      'text/plain',
      'image/pjpeg',
      'video/webm',
    );
    const token = fc.constantFrom(
      'image/*',
      'text/*',
      'text/csv',
      'audio/ogg',
      'image/heic',
      '.zip',
      'jpg',
      'x-y-z',
    );
    fc.assert(
      fc.property(fc.array(token), name, type, (tokens, name, type) => {
        const accept = tokens.join();
        expect(isAccepted({ name, type }, accept) && !isAcceptedDrag(type, accept)).to.be.false;
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
