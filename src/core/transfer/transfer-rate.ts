/** Measures throughput over a sliding window. Pure: the time is passed in. */

import type { Progress } from '../upload-state.js';

/** By default, the rate is an average over this time, in milliseconds. */
const WINDOW = 8_000;
/** The same for acknowledged bytes. OSS acknowledges whole parts. */
const STORED_WINDOW = 5 * 60_000;
/** The rate is unknown until this time has passed, in milliseconds. */
const WARM_UP = 1_000;
/** The rate is unknown again if no bytes have been added for this time, in milliseconds. */
const STALE_AFTER = 5_000;
/** The same, as a multiple of the longest time between two additions so far: OSS may take long to acknowledge a part. */
const STALE_GAPS = 1.5;
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
  /** When bytes were last added, in milliseconds. */
  #grownAt = 0;
  /** Milliseconds without new bytes after which the rate is unknown. */
  #staleAfter: number | undefined;

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
    this.#grownAt = time;
    this.#staleAfter = undefined;
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
    // The device's clock was set back.
    if (last && time < last.time) return this.reset(time, loaded);
    if (last && loaded > last.loaded) this.#grow(time);
    if (last && samples.length > 1 && time - last.time < MIN_INTERVAL) last.loaded = loaded;
    else samples.push({ time, loaded });
    // Keeps one sample that is older than the window, so that the samples cover the whole window.
    while (samples[1] && samples[2] && time - samples[1].time >= this.#window) samples.shift();
  }

  /** Returns the throughput in bytes per second, or `undefined` while it is unknown or stale. @param time milliseconds */
  bytesPerSecond(time: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || time - first.time < WARM_UP || this.#isStale(time)) return undefined;
    return Math.max(0, ((last.loaded - first.loaded) * 1_000) / (time - first.time)) || undefined;
  }

  /** Whether bytes have been added. */
  get hasGrown(): boolean {
    return this.#staleAfter !== undefined;
  }

  /** Whether bytes have been added only at the start, when buffers accept them much faster than the network. */
  get isBurst(): boolean {
    const [first] = this.#samples;
    return first !== undefined && this.#grownAt - first.time < WARM_UP;
  }

  #grow(time: number): void {
    // The first bytes may take long. Later, a stall must not delay the detection of the next one much.
    const gap = Math.min(time - this.#grownAt, this.#staleAfter ?? this.#window);
    this.#staleAfter = Math.max(this.#staleAfter ?? STALE_AFTER, STALE_GAPS * gap);
    this.#grownAt = time;
  }

  #isStale(time: number): boolean {
    return time - this.#grownAt > (this.#staleAfter ?? STALE_AFTER);
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
    const isDoubtful = !isBuffered && this.#sent.isBurst && !this.#stored.hasGrown;
    const bytesPerSecond = isDoubtful
      ? undefined
      : (isBuffered ? this.#stored : this.#sent).bytesPerSecond(time);
    const bytesLeft = total - (isBuffered ? stored : loaded);
    return { bytesPerSecond, secondsLeft: bytesPerSecond ? bytesLeft / bytesPerSecond : undefined };
  }
}
