/**
 * Decides whether upload progress tells how many bytes have reached OSS. Behind a service worker, an antivirus program or
 * a buffering proxy, the browser reports how many bytes that intermediary has accepted. Pure: the time is passed in.
 */

/** Time that OSS may take to respond once it has received a part, in milliseconds. */
const RESPONSE_TIME = 2_000;

interface Delivery {
  startedAt: number;
  /** When the last byte was sent. `undefined` before that. */
  sentAt?: number;
}

/** Compares when parts were sent with when OSS acknowledged them. Times are in milliseconds. */
export class DeliveryMonitor {
  readonly #deliveries = new Map<number, Delivery>();
  #isBuffered = false;

  /** Records that a part starts. */
  start(number: number, now: number): void {
    this.#deliveries.set(number, { startedAt: now });
  }

  /** Records that the browser has sent the last byte of a part. */
  sent(number: number, now: number): void {
    const delivery = this.#deliveries.get(number);
    if (delivery) delivery.sentAt ??= now;
  }

  /** Records that OSS has acknowledged a part. */
  acknowledged(number: number, now: number): void {
    const delivery = this.#deliveries.get(number);
    // Some intermediaries don't let the browser report progress at all.
    if (delivery) this.#isBuffered = isLate({ sentAt: delivery.startedAt, ...delivery }, now);
  }

  /** Records that a part has been acknowledged or has failed. */
  end(number: number): void {
    this.#deliveries.delete(number);
  }

  /** Whether an intermediary buffers the parts, so that only acknowledged bytes have arrived. */
  isBuffered(now: number): boolean {
    this.#isBuffered ||= [...this.#deliveries.values()].some((delivery) => isLate(delivery, now));
    return this.#isBuffered;
  }
}

/** Whether waiting for the response takes longer than sending the part did. */
function isLate({ startedAt, sentAt }: Delivery, now: number): boolean {
  return sentAt !== undefined && now - sentAt > sentAt - startedAt + RESPONSE_TIME;
}
