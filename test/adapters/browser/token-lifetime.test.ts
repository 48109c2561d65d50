import { expect } from '@open-wc/testing';
import { lifetimeOf } from '../../../src/adapters/browser/token-lifetime.js';
import { fc } from '../../support/properties.js';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 0, 31, 11);
const atNoon = now + HOUR;

/** Formats a time as a server in a time zone does that leaves the zone out. @param offset hours ahead of UTC */
const withoutZone = (time: number, offset: number) =>
  new Date(time + offset * HOUR).toISOString().slice(0, 19).replace('T', ' ');
const deviceOffset = -new Date(now).getTimezoneOffset() / 60;

describe('lifetimeOf', () => {
  for (const expiration of [
    '2026-01-31T12:00:00Z',
    ' 2026-01-31T12:00:00.000Z ',
    '2026-01-31T20:00:00+08:00',
    '2026-01-31T20:00:00+0800',
    'Sat, 31 Jan 2026 12:00:00 GMT',
    atNoon,
    String(atNoon),
    atNoon / 1_000,
    String(atNoon / 1_000),
    new Date(atNoon),
  ]) {
    it(`reads ${JSON.stringify(expiration)} as an exact time`, () => {
      expect(lifetimeOf(expiration, now)).to.deep.equal({ remaining: HOUR, isExact: true });
    });
  }

  for (const expiration of [3_600, '3600', '3600s', '3600 seconds', '60m', '60 min', '1h', 'PT1H', HOUR]) {
    it(`reads ${JSON.stringify(expiration)} as a duration of an hour`, () => {
      expect(lifetimeOf(expiration, now)).to.deep.equal({ remaining: HOUR, isExact: false });
    });
  }

  for (const [zone, offset] of [
    ['UTC', 0],
    ['the device', deviceOffset],
  ] as const) {
    it(`reads a time without a zone as that of ${zone}`, () => {
      const text = withoutZone(atNoon, offset);
      for (const expiration of [text, text.replace(' ', 'T'), text.replaceAll('-', '/')]) {
        expect(lifetimeOf(expiration, now)).to.deep.equal({ remaining: HOUR, isExact: false });
      }
    });
  }

  for (const expiration of [
    '2026-01-31T10:00:00Z',
    now / 1_000 - 3_600,
    '2026-01-30 12:00:00',
    0,
    -1,
    5,
    '31.01.2026 24h',
    'soon',
    '',
    null,
    undefined,
    {},
  ]) {
    it(`doesn’t know how long credentials last that expire at ${JSON.stringify(expiration)}`, () => {
      expect(lifetimeOf(expiration, now).remaining).to.equal(Infinity);
    });
  }

  it('returns a positive lifetime for any text or number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), (value) => {
        expect(lifetimeOf(value, now).remaining).to.be.above(0);
      }),
    );
  });
});
