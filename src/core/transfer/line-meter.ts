/** Measures the network by the parts that OSS has acknowledged. Pure: the times are passed in. */

import type { Line } from './line.js';

/** The medians of this many parts count, so that an outlier doesn't. */
const PARTS = 8;
/** Fewer parts show less than what an earlier visit has measured. */
const MIN_PARTS = 3;
/** The time of a smaller part says more about round trips than about the rate. In bytes. */
export const MIN_MEASURED_SIZE = 2 ** 19;
/** A smaller part that takes longer than its round trips possibly can shows that the network is slow. In milliseconds. */
const MAX_ROUND_TRIPS = 3_000;
/** The time of such a small part says nothing, because OSS itself may have been slow. In bytes. */
export const MIN_SLOW_SIZE = 2 ** 14;

/** How a part was sent. Times are in milliseconds. */
export interface SentPart {
  /** Bytes. */
  size: number;
  /** Time until OSS has acknowledged it. */
  duration: number;
  /** Time until its first bytes were sent. */
  latency: number;
  /** Parts in flight meanwhile, on average, with this one. */
  parallel: number;
}

export class LineMeter {
  #remembered: Line | undefined;
  #parts: SentPart[] = [];
  #areSmall = true;

  /** Sets what an earlier visit has measured. Counts until there are enough parts. */
  remember(line: Line): void {
    this.#remembered = line;
  }

  /** Forgets everything, because the network has changed. */
  forget(): void {
    this.#remembered = undefined;
    this.#parts = [];
    this.#areSmall = true;
  }

  /** Adds a part that OSS has acknowledged. */
  add(part: SentPart): void {
    const isSmall = part.size < MIN_MEASURED_SIZE;
    if (isSmall && !this.#areSmall) return;
    // A fast one shows that the network isn't slow any more.
    if (isSmall && !isSlow(part)) {
      if (part.size >= MIN_SLOW_SIZE) this.#parts = [];
      return;
    }
    if (!isSmall && this.#areSmall) this.#parts = [];
    this.#areSmall = isSmall;
    this.#parts = [...this.#parts, part].slice(-PARTS);
  }

  /** What the parts so far have shown. `undefined` until there are enough. */
  get measured(): Line | undefined {
    return this.#areSmall || !this.#isEnough ? undefined : this.#estimate;
  }

  /** What is known. */
  get line(): Line | undefined {
    return this.measured ?? this.#remembered;
  }

  /** What is known about the current parts, at least roughly. */
  get current(): Line | undefined {
    return this.#isEnough ? this.#estimate : (this.#remembered ?? this.#estimate);
  }

  get #isEnough(): boolean {
    return this.#parts.length >= MIN_PARTS;
  }

  get #estimate(): Line | undefined {
    if (this.#parts.length === 0) return undefined;
    const roundTrip = Math.min(...this.#parts.map(({ latency }) => latency));
    // One round trip for the preflight, and one for the response.
    const sendTime = (duration: number) => Math.max(duration - 2 * roundTrip, duration / 4);
    return {
      rate: median(this.#parts.map(({ size, duration }) => (size * 1_000) / sendTime(duration))),
      throughput: median(
        this.#parts.map(({ size, duration, parallel }) => (size * 1_000 * parallel) / duration),
      ),
      roundTrip,
    };
  }
}

/** Whether a small part shows that the network is slow. */
function isSlow({ size, duration }: SentPart): boolean {
  return size >= MIN_SLOW_SIZE && duration > MAX_ROUND_TRIPS;
}

function median(values: number[]): number {
  const middle = values.sort((a, b) => a - b)[values.length >> 1];
  return middle ?? 0;
}
