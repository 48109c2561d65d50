import { expect } from '@open-wc/testing';
import { Format } from '../../src/presentation/format.js';

const english = new Format('en');
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('formatted numbers', () => {
  const sizes: [bytes: number, text: string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [9_940_000, '9.9 MB'],
    [12_300_000, '12 MB'],
    [4e9, '4.0 GB'],
    [48.8e12, '48.8 TB'],
  ];
  for (const [bytes, text] of sizes) {
    it(`show ${bytes} bytes as ${text}`, () => {
      expect(plain(english.bytes(bytes))).to.equal(text);
    });
  }

  it('omit trailing zeros in a limit', () => {
    expect(plain(english.limit(5e9))).to.equal('5 GB');
  });

  it('show transferred bytes in the unit of the total', () => {
    expect(english.transferred(20e6, 4e9).loaded).to.equal('0.0');
  });

  it('show 100% only when complete', () => {
    expect(english.percent(0.9999)).to.equal('99%');
  });

  it('show a rate', () => {
    expect(plain(english.rate(18.2e6))).to.equal('18 MB/s');
  });

  const durations: [seconds: number, text: string][] = [
    [0.2, '1 second'],
    [7, '7 seconds'],
    [41, '45 seconds'],
    [56, '1 minute'],
    [118, '2 minutes'],
    [127, '2 minutes'],
    [59 * 60 + 1, '1 hour'],
    [80 * 60, '1 hour 20 minutes'],
    [86_400 - 1, '1 day'],
    [27 * 3_600, '1 day 3 hours'],
  ];
  for (const [seconds, text] of durations) {
    it(`show an estimate of ${seconds} s as ${text}`, () => {
      expect(plain(english.duration(seconds))).to.equal(text);
    });
  }

  it('show a recent day as a weekday and an earlier one as a date', () => {
    const now = Date.UTC(2026, 0, 30, 12);
    const day = 86_400_000;
    const both = [english.day(now - day, now), english.day(now - 30 * day, now)];
    expect(both).to.deep.equal(['Thursday', 'December 31, 2025']);
  });
});
