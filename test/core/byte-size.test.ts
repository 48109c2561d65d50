import { expect } from '@open-wc/testing';
import { parseByteSize } from '../../src/core/byte-size.js';

describe('byte size', () => {
  for (const [text, bytes] of [
    ['5242880', 5_242_880],
    [5_242_880, 5_242_880],
    ['8MB', 8_000_000],
    ['2 GiB', 2 * 2 ** 30],
    [' 1.5 kb ', 1_500],
    ['100kib', 102_400],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${bytes} bytes`, () => {
      expect(parseByteSize(text)).to.equal(bytes);
    });
  }

  for (const text of ['', 'auto', '-1', '8 elephants', '1e3', 'NaN', '9'.repeat(400), '8 toString']) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(parseByteSize(text)).to.equal(undefined);
    });
  }
});
