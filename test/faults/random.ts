// Repeatable random draws.
import { seededRandom } from '../support/seeded-random.js';

export class Random {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** Returns an integer between `low` and `high`, both inclusive. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)]!;
  }

  repeat<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}
