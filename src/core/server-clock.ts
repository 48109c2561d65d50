/**
 * The server's time as this device can tell it. Signatures and token expiry go by the server's clock, and the
 * device's may be hours off. Shared by the credentials provider and all gateways of an element.
 */
export class ServerClock {
  readonly #deviceNow: () => number;
  #offset = 0;

  /** @param deviceNow milliseconds since 1970, by this device */
  constructor(deviceNow: () => number = Date.now) {
    this.#deviceNow = deviceNow;
  }

  /** Milliseconds since 1970, by the server. */
  now(): number {
    return this.#deviceNow() + this.#offset;
  }

  /** Takes in what a server said of the time. @param serverTime milliseconds since 1970 */
  correct(serverTime: number): void {
    if (Number.isFinite(serverTime)) this.#offset = serverTime - this.#deviceNow();
  }
}
