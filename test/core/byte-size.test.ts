import { expect } from '@open-wc/testing';
import { parseByteSize } from '../../src/core/byte-size.js';
import { seededRandom } from '../support/seeded-random.js';

describe('parseByteSize', () => {
  for (const [text, bytes] of [
    ['5242880', 5_242_880],
    [5_242_880, 5_242_880],
    ['8MB', 8_000_000],
    ['2 GiB', 2 * 2 ** 30],
    [' 1.5 kb ', 1_500],
    ['100kib', 102_400],
  ] as const) {
    it(`parses ${JSON.stringify(text)} as ${bytes} bytes`, () => {
      expect(parseByteSize(text)).to.equal(bytes);
    });
  }

  for (const text of ['', 'auto', '-1', '8 elephants', '1e3', 'NaN', '9'.repeat(400), '8 toString']) {
    it(`rejects ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(parseByteSize(text)).to.equal(undefined);
    });
  }

  it('returns a whole number of bytes or undefined for any attribute value', () => {
    const random = seededRandom(3);
    const pieces = [
      '0',
      '9',
      '17',
      '.',
      '-',
      '+',
      'e',
      ' ',
      '\n',
      'K',
      'iB',
      'TB',
      '∞',
      '٣',
      '__proto__',
      '\0',
    ];
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: random() * 6 }, () => pieces[Math.floor(random() * pieces.length)]);
      const bytes = parseByteSize(text.join(''));
      expect(bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= 0), text.join('')).to.equal(
        true,
      );
    }
  });
});
