/** Sizes, rates, percents and times, as one language writes them. Decimal units throughout: 1 MB is 10⁶ bytes. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Scale {
  unit: string;
  divisor: number;
  digits: number;
}

export class Format {
  readonly #tag: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  /** @param tag BCP 47 */
  constructor(tag: string) {
    this.#tag = tag;
  }

  /** `4.0 GB` */
  bytes(bytes: number): string {
    return this.#size(bytes, scaleFor(bytes));
  }

  /** A size that someone has set: `5 GB`, `2.5 GB` */
  limit(bytes: number): string {
    return this.#size(bytes, scaleFor(bytes), 0);
  }

  /** `1.7` and `4.0 GB`, both in the unit of the whole */
  transferred(loaded: number, total: number): { loaded: string; total: string } {
    const scale = scaleFor(total);
    const plain = this.#number({ minimumFractionDigits: scale.digits, maximumFractionDigits: scale.digits });
    return { loaded: plain.format(loaded / scale.divisor), total: this.#size(total, scale) };
  }

  /** `18 MB/s` */
  rate(bytesPerSecond: number): string {
    const { unit, divisor, digits } = scaleFor(bytesPerSecond);
    return this.#unit(`${unit}-per-second`, 'short', digits).format(bytesPerSecond / divisor);
  }

  /** `1,240` */
  count(count: number): string {
    return this.#number({ maximumFractionDigits: 0 }).format(count);
  }

  /** `42%`; rounded down, so that 100% means all. @param ratio 0 to 1 */
  percent(ratio: number): string {
    return this.#number({ style: 'percent' }).format(Math.floor(ratio * 100) / 100);
  }

  /** `45 seconds`, `2 minutes`, `1 hour 20 minutes`: as exact as a forecast can be. */
  duration(seconds: number): string {
    if (seconds < 10) return this.#time('second', Math.max(1, Math.ceil(seconds)));
    if (seconds < MINUTE - 5) return this.#time('second', Math.ceil(seconds / 5) * 5);
    if (seconds < HOUR - MINUTE) return this.#time('minute', Math.round(seconds / MINUTE));
    return seconds < DAY - 5 * MINUTE
      ? this.#times('hour', 'minute', Math.ceil(seconds / (5 * MINUTE)) * 5, 60)
      : this.#times('day', 'hour', Math.ceil(seconds / HOUR), 24);
  }

  /** To the second, for a countdown. */
  seconds(seconds: number): string {
    return this.#time('second', Math.max(1, Math.ceil(seconds)));
  }

  /** `Friday`, and with its date where the week is over. @param time milliseconds since 1970 */
  day(time: number, now: number): string {
    const thisWeek = now - time < 6 * DAY * 1_000;
    const style: Intl.DateTimeFormatOptions = thisWeek ? { weekday: 'long' } : { dateStyle: 'long' };
    return new Intl.DateTimeFormat(this.#tag, style).format(time);
  }

  /** Joins a list: `MP4, MOV, images`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.#tag, { type: 'conjunction', style: 'narrow' }).format(items);
  }

  #size(bytes: number, { unit, divisor, digits }: Scale, minDigits = digits): string {
    // Most languages have no short word for bytes, and one that inflects.
    const display = unit === 'byte' ? 'long' : 'short';
    return this.#unit(unit, display, digits, minDigits).format(bytes / divisor);
  }

  #times(large: string, small: string, count: number, smallPerLarge: number): string {
    const rest = count % smallPerLarge;
    const parts = [this.#time(large, Math.floor(count / smallPerLarge))];
    if (rest > 0) parts.push(this.#time(small, rest));
    return new Intl.ListFormat(this.#tag, { type: 'unit', style: 'narrow' }).format(parts);
  }

  #time(unit: string, count: number): string {
    return this.#unit(unit, 'long', 0).format(count);
  }

  #unit(unit: string, unitDisplay: 'short' | 'long', digits: number, minDigits = digits): Intl.NumberFormat {
    return this.#number({
      style: 'unit',
      unit,
      unitDisplay,
      minimumFractionDigits: minDigits,
      maximumFractionDigits: digits,
    });
  }

  #number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const known = this.#numbers.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(this.#tag, options);
    this.#numbers.set(key, made);
    return made;
  }
}

/** The unit in which a number has one to three digits before the point. */
function scaleFor(bytes: number): Scale {
  let power = 0;
  while (power < units.length - 1 && Math.round(bytes / 1_000 ** power) >= 1_000) power++;
  const divisor = 1_000 ** power;
  const isSmall = bytes / divisor < 9.95;
  const digits = power >= 3 || (power === 2 && isSmall) ? 1 : 0;
  return { unit: units[power] ?? 'byte', divisor, digits };
}
