// Asks every second what the local OSS was sent, and tells who wants to know.

import type { MetFault, Traffic } from '../site/traffic.js';
import { fetchTraffic } from './demo-api.js';

/** Milliseconds. */
const PERIOD = 1000;

export interface TrafficListener {
  onTraffic?(traffic: Traffic): void;
  /** Once for each fault that met its request. */
  onFault?(fault: MetFault): void;
}

export class TrafficWatch {
  readonly #listener: TrafficListener;
  readonly #toldFaults = new Set<number>();
  #since = 0;
  #known = 0;

  constructor(listener: TrafficListener) {
    this.#listener = listener;
  }

  /** Asks as long as the page lives. */
  async start(): Promise<void> {
    this.#known = (await fetchTraffic(0)).sequence;
    this.countFromHere();
    const ask = async (): Promise<void> => {
      // Where the server is gone for the moment there is nothing to tell.
      await this.ask().catch(() => undefined);
      setTimeout(() => void ask(), PERIOD);
    };
    await ask();
  }

  /** What was sent so far counts no more. */
  countFromHere(): void {
    this.#since = this.#known;
  }

  async ask(): Promise<Traffic> {
    const traffic = await fetchTraffic(this.#since);
    this.#known = traffic.sequence;
    this.#listener.onTraffic?.(traffic);
    for (const fault of traffic.faults) {
      if (this.#toldFaults.has(fault.sequence)) continue;
      this.#toldFaults.add(fault.sequence);
      this.#listener.onFault?.(fault);
    }
    return traffic;
  }
}

/** Bytes of file content that arrived, whichever requests carried them. */
export function contentBytes({ operations }: Traffic): number {
  return operations
    .filter(({ operation }) => operation === 'UploadPart' || operation === 'PutObject')
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
