/**
 * Limits how many parts a page sends to one host at the same time. Measures how fast OSS acknowledges them, and sends
 * fewer at a time while responses are late.
 */

import type { Environment } from '../ports.js';

/** Parts in flight with `auto`. Browsers open six HTTP/1.1 connections to a host; one stays free. */
export const DEFAULT_PARALLEL = 5;

/** The acknowledged throughput is an average over this time, in milliseconds. */
const WINDOW = 120_000;
/** The throughput that is assumed until a part has been acknowledged, in bytes per second. */
const MIN_THROUGHPUT = 16 * 1024;
/** A response may take this many times as long as the throughput suggests. */
const TOLERANCE = 4;

/** Permission to send one part. */
export interface PartSlot {
  /** Reports that OSS has acknowledged the part. */
  acknowledged(): void;
  /** Reports that the response is late, or that the connection has failed. */
  late(): void;
  /** Lets the next part be sent. */
  release(): void;
}

interface Acquisition {
  /** Bytes. */
  size: number;
  capacity: number;
  resolve: (slot: PartSlot) => void;
}

/**
 * Limits the parts in flight to one host, for all uploads of a page.
 *
 * @example
 * const slot = await limiter.acquire(part.size, 5, signal);
 * try {
 *   await send(part);
 *   slot.acknowledged();
 * } finally {
 *   slot.release();
 * }
 */
export class PartLimiter {
  readonly #env: Pick<Environment, 'now'>;
  /** In the order in which slots were requested. */
  readonly #queue = new Set<Acquisition>();
  #partsInFlight = 0;
  #bytesInFlight = 0;
  #limit = Infinity;
  /** Late parts since the limit was lowered or a part was acknowledged. */
  #late = 0;
  /** Parts acknowledged within the {@link WINDOW}, and when they were in flight by the busy clock. */
  #acknowledged: { from: number; to: number; size: number }[] = [];
  /** The busy clock counts the milliseconds during which parts were in flight. */
  #busyTime = 0;
  #busySince = 0;

  constructor(env: Pick<Environment, 'now'>) {
    this.#env = env;
  }

  /**
   * Waits until a part may be sent.
   *
   * @param size bytes
   * @param capacity parts in flight that the caller wants at most
   * @param signal stops waiting. The call rejects with its reason
   */
  acquire(size: number, capacity: number, signal: AbortSignal): Promise<PartSlot> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const acquisition = { size, capacity, resolve };
      this.#queue.add(acquisition);
      const abort = () => {
        // Has no effect on a slot that was granted.
        this.#queue.delete(acquisition);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      acquisition.resolve = (slot) => {
        signal.removeEventListener('abort', abort);
        resolve(slot);
      };
      this.#grant();
    });
  }

  /** How long OSS may take to acknowledge the parts in flight, in milliseconds. */
  get responseTime(): number {
    const throughput = this.#throughput;
    const seconds = throughput
      ? (TOLERANCE * this.#bytesInFlight) / throughput
      : this.#bytesInFlight / MIN_THROUGHPUT;
    return seconds * 1_000;
  }

  #grant(): void {
    for (const acquisition of this.#queue) {
      const { size, capacity, resolve } = acquisition;
      if (this.#partsInFlight >= Math.min(Math.floor(this.#limit), capacity)) return;
      this.#queue.delete(acquisition);
      resolve(this.#createSlot(size));
    }
  }

  #createSlot(size: number): PartSlot {
    this.#tick();
    this.#partsInFlight++;
    this.#bytesInFlight += size;
    const from = this.#busyTime;
    let isLate = false;
    return {
      acknowledged: () => this.#onAcknowledged(from, size),
      late: () => {
        if (!isLate) this.#onLate();
        isLate = true;
      },
      release: () => {
        this.#tick();
        this.#partsInFlight--;
        this.#bytesInFlight -= size;
        this.#grant();
      },
    };
  }

  #onAcknowledged(from: number, size: number): void {
    this.#tick();
    this.#acknowledged.push({ from, to: this.#busyTime, size });
    const outdated = this.#acknowledged.findIndex(({ to }) => to >= this.#busyTime - WINDOW);
    this.#acknowledged.splice(0, outdated);
    this.#late = 0;
    // Each round of acknowledged parts allows one more.
    this.#limit += 1 / this.#limit;
  }

  #onLate(): void {
    this.#late++;
    // One late response may be due to OSS. When several are late, the connection is congested.
    if (this.#late < Math.min(2, this.#partsInFlight)) return;
    this.#limit = Math.max(1, Math.floor(this.#partsInFlight / 2));
    // The other parts of this round are late for the same reason.
    this.#late = -this.#partsInFlight;
  }

  /** Acknowledged bytes per second. `undefined` if no part was acknowledged within the {@link WINDOW}. */
  get #throughput(): number | undefined {
    this.#tick();
    const acknowledged = this.#acknowledged
      .filter(({ to }) => to >= this.#busyTime - WINDOW)
      .sort((a, b) => a.from - b.from);
    if (acknowledged.length === 0) return undefined;
    let bytes = 0;
    // Time during which only dead connections were in flight doesn't count.
    let time = 0;
    let end = 0;
    for (const { from, to, size } of acknowledged) {
      bytes += size;
      time += Math.max(0, to - Math.max(from, end));
      end = Math.max(end, to);
    }
    return (bytes * 1_000) / Math.max(1, time);
  }

  /** Advances the busy clock. */
  #tick(): void {
    const now = this.#env.now();
    if (this.#partsInFlight > 0) this.#busyTime += Math.max(0, now - this.#busySince);
    this.#busySince = now;
  }
}
