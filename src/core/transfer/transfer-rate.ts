/**
 * Bytes per second and time left, steady enough to read. Knows no clock: the time is passed in.
 * Pauses and bytes that arrived in an earlier run don't count, since every run begins with `reset`.
 */

/** The rate is taken over this many milliseconds… */
const WINDOW = 8_000;
/** …and not told before so many have passed. */
const WARM_UP = 1_000;
/** Samples closer together than this are merged, in milliseconds. */
const GRAIN = 100;

interface Sample {
  time: number;
  loaded: number;
}

export class TransferRate {
  #samples: Sample[] = [];

  /** Begins a new run. @param time milliseconds @param loaded bytes that are there already */
  reset(time: number, loaded: number): void {
    this.#samples = [{ time, loaded }];
  }

  /** @param time milliseconds @param loaded bytes */
  add(time: number, loaded: number): void {
    const samples = this.#samples;
    const last = samples.at(-1);
    if (last && samples.length > 1 && time - last.time < GRAIN) last.loaded = loaded;
    else samples.push({ time, loaded });
    // One sample older than the window stays, so that the window is covered whole.
    while (samples[1] && samples[2] && time - samples[1].time >= WINDOW) samples.shift();
  }

  /** `undefined` until there is something to tell. @param time milliseconds */
  bytesPerSecond(time: number): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || time - first.time < WARM_UP) return undefined;
    return ((last.loaded - first.loaded) * 1_000) / (time - first.time);
  }
}
