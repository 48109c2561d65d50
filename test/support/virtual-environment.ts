// An Environment with a virtual clock: only `sleep` advances it, so tests never wait for real time.
import type { Environment } from '../../src/core/ports.js';

export class VirtualEnvironment implements Environment {
  /** The current time, in milliseconds since 1970. */
  time = Date.UTC(2026, 0, 31);
  online = true;
  /** The duration of each sleep, in milliseconds. */
  readonly sleeps: number[] = [];
  /** Whether a sleep advances the clock and ends immediately. If not, it lasts until `wake` or an abort. */
  autoAdvance = true;
  #sleepers = new Set<() => void>();
  readonly #timers = new Set<{ due: number; callback: () => void }>();
  readonly #listeners = new Set<() => void>();
  readonly #repeated = new Set<() => void>();

  now(): number {
    return this.time;
  }

  /** Full jitter: each delay has its maximum length. */
  random(): number {
    return 1;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (this.autoAdvance) {
      this.time += ms;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#sleepers.add(resolve);
      signal.addEventListener('abort', () => resolve());
    });
  }

  /** Ends all sleeps. */
  wake(): void {
    for (const resolve of this.#sleepers) resolve();
    this.#sleepers.clear();
  }

  startTimer(ms: number, callback: () => void): () => void {
    const timer = { due: this.time + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Advances the clock, and calls the timers that are due. */
  advance(ms: number): void {
    this.time += ms;
    for (const timer of [...this.#timers]) {
      if (timer.due > this.time || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }

  isOnline(): boolean {
    return this.online;
  }

  onOnlineChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  repeat(_ms: number, listener: () => void): () => void {
    this.#repeated.add(listener);
    return () => this.#repeated.delete(listener);
  }

  /** Advances the clock and calls all repeated listeners once. @param ms milliseconds */
  tick(ms: number): void {
    this.time += ms;
    for (const listener of this.#repeated) listener();
  }

  /** Lets time pass while the device is awake. */
  stayAwake(ms: number): void {
    for (let left = ms; left > 0; left -= 1_000) this.tick(Math.min(left, 1_000));
  }

  /** Changes `online` and notifies the listeners. */
  setOnline(online: boolean): void {
    this.online = online;
    for (const listener of this.#listeners) listener();
  }
}
