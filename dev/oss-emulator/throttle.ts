// Bandwidth limiter. One instance is shared by all requests; a `slow` fault adds one for a single request.

import { setTimeout as sleep } from 'node:timers/promises';

/** Simulated network conditions. */
export interface NetworkConditions {
  /** Bandwidth of uploads and downloads together, in bytes per second; 0 for no limit. */
  bytesPerSecond: number;
  /** Delay before each request is processed, in milliseconds. */
  latency: number;
}

/** Delays bytes to limit the bandwidth. */
export class Throttle {
  conditions: NetworkConditions;
  /** When all bytes so far have passed, in `performance.now()` milliseconds. */
  #availableAt = 0;

  constructor(conditions: NetworkConditions = { bytesPerSecond: 0, latency: 0 }) {
    this.conditions = conditions;
  }

  get isLimited(): boolean {
    return this.conditions.bytesPerSecond > 0;
  }

  /** Resolves once `bytes` bytes have passed. */
  async pass(bytes: number): Promise<void> {
    if (!this.isLimited) return;
    const now = performance.now();
    this.#availableAt = Math.max(this.#availableAt, now) + (bytes / this.conditions.bytesPerSecond) * 1000;
    await sleep(this.#availableAt - now);
  }
}
