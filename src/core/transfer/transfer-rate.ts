/** Measures throughput over a sliding window. Pure: the time is passed in. */

import type { Progress } from '../upload-state.js';

/** By default, the rate is an average over this time, in milliseconds. */
const WINDOW = 8_000;
/** The same for acknowledged bytes. OSS acknowledges whole parts. */
const STORED_WINDOW = 5 * 60_000;
/** The rate is unknown until this time has passed, in milliseconds. */
const WARM_UP = 1_000;
/** Samples closer together than this are merged, in milliseconds. */
const MIN_INTERVAL = 100;

interface Sample {
  /** Milliseconds. */
  time: number;
  /** Bytes. */
  loaded: number;
}

/**
 * Measures throughput, steadily enough to be displayed.
 *
 * @example
 * rate.reset(0, 0);
 * rate.add(2_000, 5e6);
 * rate.bytesPerSecond(2_000); // 2500000
 */
export class TransferRate {
  readonly #window: number;
  #samples: Sample[] = [];

  /** @param window time over which the rate is an average, in milliseconds */
  constructor(window = WINDOW) {
    this.#window = window;
  }

  /**
   * Starts a new measurement, so that pauses and bytes sent earlier don't count.
   *
   * @param time milliseconds
   * @param loaded bytes sent so far
   */
  reset(time: number, loaded: number): void {
    this.#samples = [{ time, loaded }];
  }

  /**
   * Adds a sample.
   *
   * @param time milliseconds
   * @param loaded bytes sent so far
   */
  add(time: number, loaded: number): void {
    const samples = this.#samples;
    const last = samples.at(-1);
    if (last && samples.length > 1 && time - last.time < MIN_INTERVAL) last.loaded = loaded;
    else samples.push({ time, loaded });
    // Keeps one sample that is older than the window, so that the samples cover the whole window.
    while (samples[1] && samples[2] && time - samples[1].time >= this.#window) samples.shift();
  }

  /** Returns the throughput in bytes per second, or `undefined` while it is unknown. @param time milliseconds */
  bytesPerSecond(time: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || time - first.time < WARM_UP) return undefined;
    return ((last.loaded - first.loaded) * 1_000) / (time - first.time);
  }
}

/** Bytes sent, and bytes of them that OSS has acknowledged. */
type TransferredBytes = Pick<Progress, 'loaded' | 'stored'>;

/** Measures the throughput of sent and of acknowledged bytes. Times are in milliseconds. */
export class Throughput {
  readonly #sent = new TransferRate();
  readonly #stored = new TransferRate(STORED_WINDOW);

  /** Starts a new measurement, so that pauses and bytes sent earlier don't count. */
  reset(time: number, { loaded, stored }: TransferredBytes): void {
    this.#sent.reset(time, loaded);
    this.#stored.reset(time, stored);
  }

  /** Adds a sample. */
  add(time: number, { loaded, stored }: TransferredBytes): void {
    this.#sent.add(time, loaded);
    this.#stored.add(time, stored);
  }

  /**
   * Returns the current throughput and the time left.
   *
   * @param isBuffered whether only acknowledged bytes have arrived. Until there are some, the throughput is unknown
   */
  estimate(
    time: number,
    { loaded, stored, total }: Progress,
    isBuffered: boolean,
  ): Pick<Progress, 'bytesPerSecond' | 'secondsLeft'> {
    const rate = isBuffered
      ? this.#stored.bytesPerSecond(time) || undefined
      : this.#sent.bytesPerSecond(time);
    const bytesPerSecond = rate === undefined ? undefined : Math.max(0, rate);
    const bytesLeft = total - (isBuffered ? stored : loaded);
    return { bytesPerSecond, secondsLeft: bytesPerSecond ? bytesLeft / bytesPerSecond : undefined };
  }
}
