// Environment with shortened delays, seeded random numbers and an online status that the schedule controls.
import { browserEnvironment } from '../../../src/adapters/browser/environment.js';
import type { Environment } from '../../../src/core/ports.js';
import { seededRandom } from '../../support/seeded-random.js';

/** The divisor for all delays. */
const SPEED_UP = 100;

export class FaultEnvironment implements Environment {
  readonly random: () => number;
  readonly now = browserEnvironment.now;
  readonly repeat = browserEnvironment.repeat;
  readonly #listeners = new Set<() => void>();
  #online = true;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return browserEnvironment.sleep(ms / SPEED_UP, signal);
  }

  isOnline(): boolean {
    return this.#online;
  }

  onOnlineChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setOnline(online: boolean): void {
    this.#online = online;
    for (const listener of this.#listeners) listener();
  }
}
