import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { FUNCTION_TIME_LIMIT } from '../../src/core/options/page-function.js';
import { checkObjectKey, makeObjectKey, makesUniqueKeys } from '../../src/core/object-key.js';
import { seededRandom } from '../support/seeded-random.js';

const now = new Date(2026, 0, 31, 12).getTime();
const keyOf = (template: string, name: string) => makeObjectKey(template, new File([], name), now);

/** Resolves with the error of a call that must fail. */
const errorOf = (call: Promise<unknown>): Promise<UploadError> =>
  call.then(
    () => expect.fail('The call has succeeded.'),
    (error: unknown) => error as UploadError,
  );

describe('object key', () => {
  it('replaces {name}, {basename} and {ext}', async () => {
    expect(await keyOf('{name}|{basename}|{ext}', 'a.tar.gz')).to.equal('a.tar.gz|a.tar|gz');
  });

  it('drops the dot before an empty extension', async () => {
    expect(await keyOf('{basename}.{ext}', 'README')).to.equal('README');
  });

  it('treats a name with a leading dot as a basename', async () => {
    expect(await keyOf('{basename}.{ext}', '.profile')).to.equal('.profile');
  });

  it('replaces {date} with the day', async () => {
    expect(await keyOf('{date}/{name}', 'a')).to.equal('2026-01-31/a');
  });

  it('replaces {uuid} with a new UUID each time', async () => {
    expect(await keyOf('{uuid}', 'a')).to.not.equal(await keyOf('{uuid}', 'a'));
  });

  it('uses the file name as {path} outside a folder', async () => {
    expect(await keyOf('{path}', 'a.txt')).to.equal('a.txt');
  });

  for (const template of ['{nane}', '{Name}', '{{name}}', '${name}', '{name', 'uploads/', '{name}\0']) {
    it(`rejects the template ${JSON.stringify(template)} with option-invalid`, async () => {
      const error = await errorOf(keyOf(template, 'a'));
      expect([error.code, error.values['option'], error.values['value']]).to.deep.equal([
        'option-invalid',
        'object-key',
        JSON.stringify(template),
      ]);
    });
  }

  it('removes slashes at the start and white space around the template', async () => {
    expect(await keyOf(' //uploads/{name}\n', 'a')).to.equal('uploads/a');
  });

  it('is the name of the file if the template is empty', async () => {
    expect(await keyOf(' ', 'a')).to.equal('a');
  });

  for (const template of ['{name}', 'a/{path}', '{date}/{uuid}.{ext}', '{basename}', '']) {
    it(`differs between files for ${JSON.stringify(template)}`, () => {
      expect(makesUniqueKeys(template)).to.be.true;
    });
  }

  for (const template of ['avatar.png', '{date}', 'all.{ext}', '%name%']) {
    it(`may be the same for several files for ${JSON.stringify(template)}`, () => {
      expect(makesUniqueKeys(template)).to.be.false;
    });
  }

  it('does not replace placeholders in a file name', async () => {
    expect(await keyOf('{name}', '{uuid}$&.txt')).to.equal('{uuid}$&.txt');
  });

  it('replaces lone surrogates, which no URL can contain', async () => {
    expect(await keyOf('{name}', 'a\ud800b')).to.equal('a\ufffdb');
  });

  it('uses the key that a function returns', async () => {
    expect(await makeObjectKey((file) => Promise.resolve(`x/${file.name}`), new File([], 'a'), now)).to.equal(
      'x/a',
    );
  });

  it('has no slash at the start if a function returns one', async () => {
    expect(await makeObjectKey(() => '/uploads/a', new File([], 'a'), now)).to.equal('uploads/a');
  });

  const results: [returned: unknown, description: string][] = [
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    [{}, '[object Object]'],
    [Promise.resolve(), 'undefined'],
  ];
  for (const [returned, description] of results) {
    it(`is rejected with option-invalid if a function returns ${JSON.stringify(returned)}`, async () => {
      const error = await errorOf(makeObjectKey(() => returned as string, new File([], 'a'), now));
      expect([error.code, error.values['option'], error.values['value']]).to.deep.equal([
        'option-invalid',
        'objectKey',
        description,
      ]);
    });
  }

  it('is rejected if the function doesn’t answer', async () => {
    const delays: number[] = [];
    const startTimer = (ms: number, callback: () => void) => {
      delays.push(ms);
      callback();
      return () => {};
    };
    const silent = () => new Promise<string>(() => {});
    const error = await errorOf(makeObjectKey(silent, new File([], 'a'), now, { startTimer }));
    expect([error.code, delays]).to.deep.equal(['option-invalid', [FUNCTION_TIME_LIMIT]]);
  });

  it('is rejected with the error of a function as the cause', async () => {
    const cause = new Error('signed out');
    const error = await errorOf(makeObjectKey(() => Promise.reject(cause), new File([], 'a'), now));
    expect([error.code, error.cause]).to.deep.equal(['option-invalid', cause]);
  });

  for (const key of ['a', 'a b+c%d', "!'()*~", '视频/电影.mp4', '🎬', 'x'.repeat(1_023), 'a//b', 'a/…/b']) {
    it(`accepts ${JSON.stringify(key.slice(0, 20))}`, () => {
      expect(() => checkObjectKey(key)).to.not.throw();
    });
  }

  for (const key of ['', '/a', '\\a', 'x'.repeat(1_024), '界'.repeat(342), '../a', 'a/./b', '..']) {
    it(`rejects ${JSON.stringify(key.slice(0, 20))}`, () => {
      expect(() => checkObjectKey(key))
        .to.throw(UploadError)
        .with.property('code', 'key-invalid');
    });
  }

  it('is valid in OSS and in a URL for any file name, or is rejected with key-invalid', async () => {
    const random = seededRandom(5);
    const pieces = [
      'a',
      '.',
      '..',
      '/',
      '\\',
      '{name}',
      '{uuid}',
      '%2e',
      '?',
      '#',
      '&',
      '<',
      '\0',
      '\u202e',
      '🎬',
      '\ud83c',
    ];
    for (let round = 0; round < 2_000; round++) {
      const name = Array.from({ length: random() * 8 }, () => pieces[Math.floor(random() * pieces.length)]);
      const key = await makeObjectKey('{basename}.{ext}', new File([], name.join('')), now);
      try {
        checkObjectKey(key);
      } catch (error) {
        expect(error).to.be.instanceOf(UploadError).with.property('code', 'key-invalid');
        continue;
      }
      expect(() => encodeURIComponent(key)).to.not.throw();
      const { pathname } = new URL(
        key.split('/').map(encodeURIComponent).join('/'),
        'https://bucket.example',
      );
      expect(decodeURIComponent(pathname.slice(1))).to.equal(key);
    }
  });
});
