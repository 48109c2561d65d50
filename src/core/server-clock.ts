/** The server's clock, estimated from the times that servers report. */

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
