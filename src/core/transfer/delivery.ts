/** Sends one body to OSS, in as many attempts as necessary, and asks OSS for it before it is sent again. */

import { UploadError } from '../errors.js';
import type { Environment, SendOptions } from '../ports.js';
import type { DeliveryMonitor } from './delivery-monitor.js';
import type { PartLimiter } from './part-limiter.js';

export interface DeliveryOptions<T> {
  /** Part number. 0 for a single-request upload. */
  number: number;
  /** Bytes. */
  size: number;
  /** Parts in flight at the same time. */
  parallel: number | 'auto';
  limiter: PartLimiter;
  monitor: DeliveryMonitor;
  env: Environment;
  signal: AbortSignal;
  send: (options: SendOptions) => Promise<T>;
  /** Asks OSS for the result of an earlier attempt. */
  find: () => Promise<T | undefined>;
  /** Called while an attempt sends the body. @param bytes sent so far in this attempt */
  onProgress: (bytes: number) => void;
  /** Called when an attempt has failed and OSS doesn't have what it sent. @param bytes sent in that attempt */
  onLost: (bytes: number) => void;
}

/** The delivery of one body. A failed attempt rejects; call `attempt()` again to retry it. */
export class Delivery<T> {
  readonly #options: DeliveryOptions<T>;
  /** Whether OSS may have received the body of the last attempt. */
  #mayBeStored = false;
  /** How many attempts have timed out. */
  #timeouts = 0;

  constructor(options: DeliveryOptions<T>) {
    this.#options = options;
  }

  /** Sends the body, unless OSS has received it in an earlier attempt. */
  async attempt(): Promise<T> {
    const { size, find, onLost } = this.#options;
    if (this.#mayBeStored) {
      const found = await find();
      this.#mayBeStored = false;
      if (found !== undefined) return found;
      onLost(size);
    }
    return this.#send();
  }

  async #send(): Promise<T> {
    const { number, size, parallel, limiter, monitor, env, signal, send, find, onProgress, onLost } =
      this.#options;
    const slot = await limiter.acquire(size, parallel, signal);
    // The throughput may have fallen since it was measured, so each attempt after a timeout may take longer.
    const tolerance = 2 ** this.#timeouts;
    let sent = 0;
    let lastSentAt = env.now();
    let found: T | undefined;
    monitor.start(number, lastSentAt);

    const keepWaiting = async (bytesSent: number): Promise<boolean> => {
      slot.late();
      // If all bytes were reported as sent, or none, an intermediary may have buffered the body and still be sending it.
      const mayBeOnItsWay = bytesSent === size || bytesSent === 0;
      if (!mayBeOnItsWay || env.now() - lastSentAt > tolerance * limiter.responseTime) return false;
      try {
        found = await find();
        return found === undefined;
      } catch {
        return false;
      }
    };

    try {
      const result = await send({
        signal,
        keepWaiting,
        onProgress: (bytes) => {
          sent = bytes;
          if (bytes > 0) slot.sending(bytes);
          lastSentAt = env.now();
          if (bytes === size) monitor.sent(number, lastSentAt);
          onProgress(bytes);
        },
      }).catch((error: unknown) => {
        if (found === undefined || signal.aborted) throw error;
        return found;
      });
      monitor.acknowledged(number, env.now());
      slot.acknowledged();
      return result;
    } catch (error) {
      if (!signal.aborted && mayHaveSucceeded(error)) {
        slot.late();
        if (error instanceof UploadError && error.code === 'timeout') this.#timeouts++;
        this.#mayBeStored = sent === size || sent === 0;
        if (!this.#mayBeStored) onLost(sent);
      }
      throw error;
    } finally {
      monitor.end(number);
      slot.release();
    }
  }
}

/** Whether OSS may have performed the request although its response is missing or an error. */
export function mayHaveSucceeded(error: unknown): boolean {
  return isTransportError(error) || (error instanceof UploadError && error.code === 'server-error');
}

/** Whether the request failed without a response from OSS. */
function isTransportError(error: unknown): boolean {
  return error instanceof UploadError && ['network', 'timeout', 'redirected'].includes(error.code);
}
