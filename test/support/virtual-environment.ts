// An environment whose time passes only by sleeping: a test never waits.
import type { Environment } from '../../src/core/ports.js';

export class VirtualEnvironment implements Environment {
  time = Date.UTC(2026, 0, 31);
  online = true;
  /** What was slept, in milliseconds. */
  readonly sleeps: number[] = [];
  /** Whether a sleep is over at once, or when `wake` is called or it is aborted. */
  sleepless = true;
  #sleepers = new Set<() => void>();
  readonly #listeners = new Set<() => void>();

  now(): number {
    return this.time;
  }

  /** Whole jitter: delays are at their longest. */
  random(): number {
    return 1;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    if (this.sleepless) {
      this.time += ms;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#sleepers.add(resolve);
      signal.addEventListener('abort', () => resolve());
    });
  }

  wake(): void {
    for (const resolve of this.#sleepers) resolve();
    this.#sleepers.clear();
  }

  isOnline(): boolean {
    return this.online;
  }

  onOnlineChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setOnline(online: boolean): void {
    this.online = online;
    for (const listener of this.#listeners) listener();
  }
}
