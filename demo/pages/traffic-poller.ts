// Polls the demo server for the requests that the OSS emulator has received.

import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { InjectedFault, Traffic } from '../site/traffic.js';
import { fetchTraffic } from './demo-api.js';

/** Milliseconds. */
const POLL_INTERVAL = 1000;

export interface TrafficListener {
  onTraffic?(traffic: Traffic): void;
  /** Called once for each request that a fault was injected into. */
  onFault?(fault: InjectedFault): void;
}

export class TrafficPoller {
  readonly #listener: TrafficListener;
  readonly #reportedFaults = new Set<number>();
  /** Sequence number of the last request that isn't counted. */
  #baseline = 0;
  /** Sequence number of the last request seen. */
  #latest = 0;

  constructor(listener: TrafficListener) {
    this.#listener = listener;
  }

  /** Polls until the page is closed. */
  async start(): Promise<void> {
    this.#latest = (await fetchTraffic(0)).sequence;
    this.resetTotals();
    const pollRepeatedly = async (): Promise<void> => {
      // A failed poll is ignored: the server may be restarting.
      await this.poll().catch(() => undefined);
      setTimeout(() => void pollRepeatedly(), POLL_INTERVAL);
    };
    await pollRepeatedly();
  }

  /** Excludes all requests seen so far from the totals. */
  resetTotals(): void {
    this.#baseline = this.#latest;
  }

  async poll(): Promise<Traffic> {
    const traffic = await fetchTraffic(this.#baseline);
    this.#latest = traffic.sequence;
    this.#listener.onTraffic?.(traffic);
    for (const fault of traffic.faults) {
      if (this.#reportedFaults.has(fault.sequence)) continue;
      this.#reportedFaults.add(fault.sequence);
      this.#listener.onFault?.(fault);
    }
    return traffic;
  }
}

/** The requests that carry file content: parts, or the whole file if it is small. */
export const CONTENT_OPERATIONS: Operation[] = ['UploadPart', 'PutObject', 'PostObject'];

/** Sums the bytes of file content that were received, in parts and in single-request uploads. */
export function contentBytes({ operations }: Traffic): number {
  return operations
    .filter(({ operation }) => CONTENT_OPERATIONS.includes(operation))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
