// A line of limited speed: makes whoever sends bytes through it wait. Shared by all requests, or one request's own.

import { setTimeout as sleep } from 'node:timers/promises';

export interface LineSettings {
  /** All directions together; 0 for no limit. */
  bytesPerSecond: number;
  /** Milliseconds that each request waits before it is looked at. */
  latency: number;
}

export class Line {
  settings: LineSettings;
  #freeAt = 0;

  constructor(settings: LineSettings = { bytesPerSecond: 0, latency: 0 }) {
    this.settings = settings;
  }

  get isLimited(): boolean {
    return this.settings.bytesPerSecond > 0;
  }

  /** Resolves when `bytes` more have gone through. */
  async pass(bytes: number): Promise<void> {
    if (!this.isLimited) return;
    const now = performance.now();
    this.#freeAt = Math.max(this.#freeAt, now) + (bytes / this.settings.bytesPerSecond) * 1000;
    await sleep(this.#freeAt - now);
  }
}
