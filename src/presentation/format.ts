/** Formats sizes, rates, percentages and times for one language. Units are decimal: 1 MB is 10⁶ bytes. */

import { LimitFormat, scaleFor } from './limit-format.js';

/** Seconds. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Formats numbers for one language. Number formats are created once, because that is slow.
 *
 * @example
 * new Format('en').bytes(4e9); // '4.0 GB'
 */
export class Format extends LimitFormat {
  /** Formats a size: `4.0 GB`. */
  bytes(bytes: number): string {
    return this.size(bytes, scaleFor(bytes));
  }

  /** Formats stored and total bytes in the unit of the total: `1.7` and `4.0 GB`. */
  transferred(stored: number, total: number): { loaded: string; total: string } {
    const scale = scaleFor(total);
    const number = this.number({ minimumFractionDigits: scale.digits, maximumFractionDigits: scale.digits });
    return { loaded: number.format(stored / scale.divisor), total: this.size(total, scale) };
  }

  /** Formats a throughput: `18 MB/s`. */
  rate(bytesPerSecond: number): string {
    const { unit, divisor, digits } = scaleFor(bytesPerSecond);
    return this.unit(`${unit}-per-second`, 'short', digits).format(bytesPerSecond / divisor);
  }

  /** Formats a whole number: `1,240`. */
  count(count: number): string {
    return this.number({ maximumFractionDigits: 0 }).format(count);
  }

  /** Formats a percentage: `42%`. Rounds down, so that 100% means complete. @param ratio 0 to 1 */
  percent(ratio: number): string {
    return this.number({ style: 'percent' }).format(Math.floor(ratio * 100) / 100);
  }

  /** Formats an estimated duration, coarsely rounded: `45 seconds`, `2 minutes`, `1 hour 20 minutes`. */
  duration(seconds: number): string {
    if (seconds < 10) return this.#time('second', Math.max(1, Math.ceil(seconds)));
    if (seconds < MINUTE - 5) return this.#time('second', Math.ceil(seconds / 5) * 5);
    if (seconds < HOUR - MINUTE) return this.#time('minute', Math.round(seconds / MINUTE));
    return seconds < DAY - 5 * MINUTE
      ? this.#times('hour', 'minute', Math.ceil(seconds / (5 * MINUTE)) * 5, 60)
      : this.#times('day', 'hour', Math.ceil(seconds / HOUR), 24);
  }

  /** Formats how long something took: `12 sec`, `3 min 12 sec`, `1 hr 5 min`. Empty below a second. @param ms milliseconds */
  elapsed(ms: number): string {
    const seconds = Math.round(ms / 1_000);
    const amounts: [string, number][] =
      seconds < HOUR
        ? [
            ['minute', Math.floor(seconds / MINUTE)],
            ['second', seconds % MINUTE],
          ]
        : [
            ['hour', Math.floor(seconds / HOUR)],
            ['minute', Math.floor((seconds % HOUR) / MINUTE)],
          ];
    const parts = amounts.filter(([, count]) => count > 0);
    return parts.map(([unit, count]) => this.unit(unit, 'short', 0).format(count)).join(' ');
  }

  /** Formats the seconds of a countdown, at least 1. */
  seconds(seconds: number): string {
    return this.#time('second', Math.max(1, Math.ceil(seconds)));
  }

  /** Formats a day: the weekday within a week, then the date. `time` and `now` are in milliseconds since 1970. */
  day(time: number, now: number): string {
    const thisWeek = now - time < 6 * DAY * 1_000;
    const style: Intl.DateTimeFormatOptions = thisWeek ? { weekday: 'long' } : { dateStyle: 'long' };
    return new Intl.DateTimeFormat(this.tag, style).format(time);
  }

  /** Formats a list: `MP4, MOV, images`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.tag, { type: 'conjunction', style: 'narrow' }).format(items);
  }

  #times(large: string, small: string, count: number, smallPerLarge: number): string {
    const rest = count % smallPerLarge;
    const parts = [this.#time(large, Math.floor(count / smallPerLarge))];
    if (rest > 0) parts.push(this.#time(small, rest));
    return new Intl.ListFormat(this.tag, { type: 'unit', style: 'narrow' }).format(parts);
  }

  #time(unit: string, count: number): string {
    return this.unit(unit, 'long', 0).format(count);
  }
}
