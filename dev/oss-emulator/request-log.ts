// Log of requests and their outcome that tests can query and wait for. It contains no headers and no secrets; of the
// credentials, only the access key ID.

import type { SignatureVersion } from './authentication.js';
import type { Fault } from './faults.js';
import type { Operation } from './operation.js';

/** A logged request. Times are in milliseconds since the epoch, from the real clock. */
export interface RequestEntry {
  /** The value of `x-oss-request-id`. */
  id: string;
  /** Number of the request in order of arrival, starting at 1. */
  sequence: number;
  operation: Operation;
  method: string;
  bucket?: string | undefined;
  key?: string | undefined;
  partNumber?: number | undefined;
  uploadId?: string | undefined;
  origin?: string | undefined;
  signatureVersion: SignatureVersion;
  accessKeyId?: string | undefined;
  startedAt: number;
  /** Time of the most recent byte of the body. */
  lastByteAt?: number | undefined;
  /** Time when a fault took effect. */
  faultedAt?: number | undefined;
  endedAt?: number | undefined;
  /** Received bytes of the body. */
  bytesReceived: number;
  /** Status of the response; absent until one is sent. */
  status?: number | undefined;
  /** OSS error code. */
  code?: string | undefined;
  /** Fault selected for the request. */
  fault?: Fault['kind'] | undefined;
  /** Whether the connection was lost before the response was sent, because of the client or a fault. */
  disconnected?: boolean | undefined;
}

/** Values that an entry must have. Missing fields match every entry. */
export interface RequestFilter {
  operation?: Operation | Operation[] | undefined;
  method?: string | undefined;
  bucket?: string | undefined;
  key?: string | undefined;
  partNumber?: number | undefined;
  uploadId?: string | undefined;
  status?: number | undefined;
  fault?: Fault['kind'] | undefined;
}

/** Phase of a request: headers received, fault in effect, or finished. */
export type RequestPhase = 'started' | 'faulted' | 'ended';

const PHASE_TIMES = { started: 'startedAt', faulted: 'faultedAt', ended: 'endedAt' } as const;

type Listener = (entry: RequestEntry, phase: RequestPhase) => void;

/** Number of requests that can wait at the same time. */
const MAX_WAITING = 1000;

/** Records requests and notifies waiting tests. */
export class RequestLog {
  readonly #capacity: number;
  #entries: RequestEntry[] = [];
  #sequence = 0;
  readonly #listeners = new Set<Listener>();

  /** @param capacity Number of requests to keep: a new one replaces the oldest. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Returns all matching requests since the log was last cleared, among the latest that the log has room for. */
  all(filter: RequestFilter = {}): RequestEntry[] {
    return this.#entries.filter((entry) => matches(filter, entry));
  }

  /** Removes all entries. */
  clear(): void {
    this.#entries = [];
  }

  /**
   * Resolves with the first matching request that reaches `phase` after this call. Rejects with the signal's reason if
   * it aborts.
   */
  waitForNext(
    filter: RequestFilter = {},
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry> {
    return this.#wait(
      (entry, reached) => (reached === phase && matches(filter, entry) ? entry : undefined),
      signal,
    );
  }

  /**
   * Resolves with all matching requests that have reached `phase`, once there are at least `count`. Includes requests
   * since the log was last cleared. Rejects with the signal's reason if it aborts, and with a `RangeError` if the log
   * has no room for `count` requests.
   */
  waitFor(
    filter: RequestFilter,
    count = 1,
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry[]> {
    if (count > this.#capacity)
      return Promise.reject(new RangeError(`The log keeps only ${this.#capacity} requests.`));
    const find = (): RequestEntry[] | undefined => {
      const entries = this.all(filter).filter((entry) => entry[PHASE_TIMES[phase]] !== undefined);
      return entries.length >= count ? entries : undefined;
    };
    const found = find();
    return found ? Promise.resolve(found) : this.#wait(find, signal);
  }

  /** Adds an entry for a new request. The service updates it while processing the request. */
  start(details: Omit<RequestEntry, 'sequence' | 'startedAt' | 'bytesReceived'>): RequestEntry {
    this.#sequence += 1;
    const entry = { ...details, sequence: this.#sequence, startedAt: Date.now(), bytesReceived: 0 };
    this.#entries.push(entry);
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    this.#notify(entry, 'started');
    return entry;
  }

  /** Records that a fault took effect. */
  markFaulted(entry: RequestEntry): void {
    entry.faultedAt = Date.now();
    this.#notify(entry, 'faulted');
  }

  /** Records that the request is finished. */
  end(entry: RequestEntry): void {
    entry.endedAt = Date.now();
    this.#notify(entry, 'ended');
  }

  #wait<T>(
    check: (entry: RequestEntry, phase: RequestPhase) => T | undefined,
    signal?: AbortSignal,
  ): Promise<T> {
    if (this.#listeners.size >= MAX_WAITING)
      return Promise.reject(new RangeError(`Only ${MAX_WAITING} requests can wait at the same time.`));
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#listeners.delete(listener);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        stop();
        reject(signal?.reason as Error);
      };
      const listener: Listener = (entry, phase) => {
        const value = check(entry, phase);
        if (value === undefined) return;
        stop();
        resolve(value);
      };
      this.#listeners.add(listener);
      signal?.addEventListener('abort', onAbort);
    });
  }

  #notify(entry: RequestEntry, phase: RequestPhase): void {
    for (const listener of [...this.#listeners]) listener(entry, phase);
  }
}

function matches({ operation, ...rest }: RequestFilter, entry: RequestEntry): boolean {
  if (operation !== undefined && ![operation].flat().includes(entry.operation)) return false;
  return Object.entries(rest).every(
    ([name, value]) => value === undefined || entry[name as keyof typeof rest] === value,
  );
}
