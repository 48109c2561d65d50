/** Formats what the shell shows: limits. format.ts formats everything else. Units are decimal: 1 MB is 10⁶ bytes. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** How a number of bytes is displayed. */
export interface Scale {
  unit: string;
  /** Bytes per unit. */
  divisor: number;
  /** Fraction digits. */
  digits: number;
}

/** Formats numbers and lists for one language. Formats are created once, because that is slow. */
export class LimitFormat {
  protected readonly tag: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  #list: Intl.ListFormat | undefined;

  /** @param tag BCP 47 language tag */
  constructor(tag: string) {
    this.tag = tag;
  }

  /** Formats a configured size, without trailing zeros: `5 GB`, `2.5 GB`. */
  limit(bytes: number): string {
    return this.size(bytes, scaleFor(bytes), 0);
  }

  /** Formats alternatives: `MP4, MOV, or images`. */
  alternatives(items: readonly string[]): string {
    this.#list ??= new Intl.ListFormat(this.tag, { type: 'disjunction', style: 'narrow' });
    return this.#list.format(items);
  }

  protected size(bytes: number, { unit, divisor, digits }: Scale, minDigits = digits): string {
    // Most languages have no abbreviation for bytes. The long form has the correct plural.
    const display = unit === 'byte' ? 'long' : 'short';
    return this.unit(unit, display, digits, minDigits).format(bytes / divisor);
  }

  protected unit(
    unit: string,
    unitDisplay: 'short' | 'long',
    digits: number,
    minDigits = digits,
  ): Intl.NumberFormat {
    return this.number({
      style: 'unit',
      unit,
      unitDisplay,
      minimumFractionDigits: minDigits,
      maximumFractionDigits: digits,
    });
  }

  protected number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const known = this.#numbers.get(key);
    if (known) return known;
    const created = new Intl.NumberFormat(this.tag, options);
    this.#numbers.set(key, created);
    return created;
  }
}

/** Returns the scale in which the number has one to three digits before the decimal point. */
export function scaleFor(bytes: number): Scale {
  let power = 0;
  while (power < units.length - 1 && Math.round(bytes / 1_000 ** power) >= 1_000) power++;
  const divisor = 1_000 ** power;
  const isSmall = bytes / divisor < 9.95;
  const digits = power >= 3 || (power === 2 && isSmall) ? 1 : 0;
  return { unit: units[power] ?? 'byte', divisor, digits };
}
