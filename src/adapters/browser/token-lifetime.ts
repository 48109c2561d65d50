/**
 * Reads how long credentials are valid from the formats that servers use. The result only decides when they are renewed:
 * OSS decides whether they are valid.
 */

import { isDate } from '../../core/guards.js';

export interface Lifetime {
  /** Milliseconds from now. `Infinity` if it is unknown, or if the credentials seem expired already. */
  remaining: number;
  /** Whether the expiration is a point in time. Otherwise it is a duration, or the time zone is missing. */
  isExact: boolean;
}

/** Numbers below are durations, above they are seconds since 1970. */
const MIN_EPOCH_SECONDS = 1e9;
/** Numbers below are seconds since 1970, above they are milliseconds. */
const MIN_EPOCH_MILLISECONDS = 1e11;
/** Durations from here are milliseconds: the minimum of STS, and more seconds than its maximum. */
const MIN_DURATION_MILLISECONDS = 900_000;
/** Inexact lifetimes below are ignored, because frequent renewals cost more than an expired token. Milliseconds. */
const MIN_INEXACT = 60_000;
/** The same for times without a zone, where a wrong clock can make a wrong zone look plausible. */
const MIN_WITHOUT_ZONE = 5 * 60_000;

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const unknown: Lifetime = { remaining: Infinity, isExact: false };

/**
 * Returns the remaining lifetime of credentials.
 *
 * @param expiration a point in time (ISO 8601, seconds or milliseconds since 1970, a `Date`) or a duration (`3600`, `1h`)
 * @param now milliseconds since 1970, by the server's clock
 */
export function lifetimeOf(expiration: unknown, now: number): Lifetime {
  if (isDate(expiration)) return until(expiration.getTime() - now);
  if (typeof expiration !== 'string' && typeof expiration !== 'number') return unknown;
  const text = String(expiration).trim();
  const [, digits, unit] = /^(?:PT)?(\d+(?:\.\d*)?)\s*(ms|[smhd])?[a-z]*$/i.exec(text) ?? [];
  if (digits !== undefined) {
    return lifetimeOfNumber(Number(digits), unit?.toLowerCase() as keyof typeof units | undefined, now);
  }
  if (/\d:\d\d.*(z|gmt|utc|[+-]\d\d:?\d\d)$/i.test(text)) {
    return until(Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) - now);
  }
  // Without a zone, the time is probably that of the server or, as STS returns it, UTC. The earlier one is safe.
  const local = new Date(text);
  const utc = local.getTime() - local.getTimezoneOffset() * 60_000;
  const plausible = [local.getTime() - now, utc - now].filter((remaining) => remaining >= MIN_WITHOUT_ZONE);
  return { remaining: Math.min(...plausible), isExact: false };
}

function lifetimeOfNumber(value: number, unit: keyof typeof units | undefined, now: number): Lifetime {
  if (unit === undefined && value >= MIN_EPOCH_SECONDS) {
    return until((value < MIN_EPOCH_MILLISECONDS ? value * 1_000 : value) - now);
  }
  const remaining = value * units[unit ?? (value < MIN_DURATION_MILLISECONDS ? 's' : 'ms')];
  return remaining < MIN_INEXACT ? unknown : { remaining, isExact: false };
}

function until(remaining: number): Lifetime {
  return remaining > 0 ? { remaining, isExact: true } : unknown;
}
