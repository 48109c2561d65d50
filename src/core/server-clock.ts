/** The times that servers report, and the server's clock, which is estimated from them. */

/** Clocks of servers show a time between these years. */
const MIN_TIME = Date.UTC(2015, 0);
const MAX_TIME = Date.UTC(2100, 0);

/** Returns a time that a server has reported, in milliseconds since 1970. `undefined` if no clock can show it. */
export function parseServerTime(text: string | null | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return time >= MIN_TIME && time < MAX_TIME ? time : undefined;
}

/**
 * Parses the value of `Retry-After`, which is a number of seconds or a date. Returns milliseconds from now.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function parseRetryAfter(value: string | null | undefined): number | undefined {
  if (value == null) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/**
 * Estimates the server's time. Signatures and token expiry depend on it, and this device's clock may be hours off. All
 * uploaders of a page share one clock.
 */
export class ServerClock {
  readonly #deviceNow: () => number;
  #offset = 0;

  /** @param deviceNow returns milliseconds since 1970 by this device's clock */
  constructor(deviceNow: () => number = () => Date.now()) {
    this.#deviceNow = deviceNow;
  }

  /** Returns the server's time in milliseconds since 1970. */
  now(): number {
    return this.#deviceNow() + this.#offset;
  }

  /** Corrects the clock by a time that a server has reported. Ignores `NaN`. @param serverTime milliseconds since 1970 */
  correct(serverTime: number): void {
    if (Number.isFinite(serverTime)) this.#offset = serverTime - this.#deviceNow();
  }
}
