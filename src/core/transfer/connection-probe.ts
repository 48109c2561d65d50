/** Finds out whether more parts in flight than the throughput suggests would raise it. Pure. */

import { MAX_CONNECTIONS } from './line.js';
import type { SentPart } from './line-meter.js';

/** Acknowledged parts between two attempts. Doubles with each attempt that doesn't help. */
const MIN_INTERVAL = 2;
const MAX_INTERVAL = 64;
/** A smaller difference in the average number of parts in flight shows nothing. */
const MIN_DIFFERENCE = 0.5;
/** How many more parts may be in flight after an attempt that has helped. */
const STEP = 2;

/** How fast a connection was. */
interface Sample {
  /** Parts in flight meanwhile, on average. */
  parallel: number;
  /** Bytes per millisecond of the connection. */
  rate: number;
}

/**
 * If the network limits each connection, every further one adds its rate, and what is in flight takes no longer. If the
 * connections share the bandwidth, further ones add nothing. So one more part is tried now and then.
 */
export class ConnectionProbe {
  /** Parts that may be in flight, whatever the throughput suggests. */
  #parts = 1;
  #interval = MIN_INTERVAL;
  /** Acknowledged parts until the next attempt. */
  #wait = MIN_INTERVAL;
  /** With fewer parts in flight. */
  #base: Sample | undefined;

  /** Adds a part that OSS has acknowledged. @param started parts in flight when it was started, with this one */
  add({ size, duration, parallel }: SentPart, started: number): void {
    const sample = { parallel, rate: size / duration };
    const base = this.#base ?? sample;
    const [fewer, more] = parallel < base.parallel ? [sample, base] : [base, sample];
    this.#base = fewer;
    this.#wait--;
    // The throughput, as a number of connections that don't slow each other down.
    const useful = (more.parallel * more.rate) / fewer.rate;
    if (more.parallel - fewer.parallel < MIN_DIFFERENCE) {
      this.#base = { parallel: fewer.parallel, rate: (fewer.rate + more.rate) / 2 };
    } else if (more.rate > 2 * fewer.rate) {
      // The network has become faster meanwhile.
      this.reset();
    } else if (2 * useful >= fewer.parallel + more.parallel) {
      // The further connections add at least half their rate. An earlier part may have been sent before those slow it down.
      if (started < this.#parts) return;
      this.#parts = Math.min(this.#parts + STEP, MAX_CONNECTIONS);
      this.#interval = MIN_INTERVAL;
    } else {
      this.#parts = Math.max(this.#parts - 1, Math.round(useful));
      this.#wait = this.#interval;
      if (this.#parts < 2) this.#base = sample;
    }
    if (this.#parts < fewer.parallel + MIN_DIFFERENCE) this.#parts = 1;
  }

  /** Starts again with one part, because the network is congested or has changed. */
  reset(): void {
    this.#parts = 1;
    this.#wait = this.#interval;
    this.#base = undefined;
  }

  /** Whether one more part may be in flight although the throughput suggests fewer. Starts an attempt if one is due. */
  tryMore(partsInFlight: number): boolean {
    if (partsInFlight >= MAX_CONNECTIONS) return false;
    if (partsInFlight < this.#parts) return true;
    if (this.#wait > 0) return false;
    this.#parts = partsInFlight + 1;
    this.#wait = this.#interval = Math.min(2 * this.#interval, MAX_INTERVAL);
    return true;
  }
}
