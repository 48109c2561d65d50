// What was asked and what came of it, for tests to read and to wait for. Holds no header and no secret: of
// credentials nothing but the access key id.

import type { SignatureVersion } from './authentication.js';
import type { Fault } from './faults.js';
import type { Operation } from './operation.js';

/** Times in milliseconds since the epoch, by this machine's clock. */
export interface RequestEntry {
  /** As in `x-oss-request-id`. */
  id: string;
  /** Counts requests from 1, in the order of their arrival. */
  sequence: number;
  operation: Operation;
  method: string;
  bucket?: string | undefined;
  key?: string;
  partNumber?: number;
  uploadId?: string;
  origin?: string;
  signatureVersion: SignatureVersion;
  accessKeyId?: string;
  startedAt: number;
  /** When the last byte so far of the body came in. */
  lastByteAt?: number;
  /** When a fault took effect. */
  faultedAt?: number;
  endedAt?: number;
  /** Bytes of the body. */
  bytesReceived: number;
  /** Absent until it has ended, and where the connection broke before an answer. */
  status?: number;
  /** OSS's code for an error. */
  code?: string;
  fault?: Fault['kind'];
  /** The connection was lost, by the client or by a fault, before the answer was out. */
  broken?: boolean;
}

export interface RequestFilter {
  operation?: Operation | Operation[];
  method?: string;
  bucket?: string;
  key?: string;
  partNumber?: number;
  uploadId?: string;
  status?: number;
  fault?: Fault['kind'];
}

/** How far a request has come: headers read, its fault in effect, all over. */
export type RequestPhase = 'begun' | 'faulted' | 'ended';

const PHASE_TIMES = { begun: 'startedAt', faulted: 'faultedAt', ended: 'endedAt' } as const;

type Listener = (entry: RequestEntry, phase: RequestPhase) => void;

export class RequestLog {
  #entries: RequestEntry[] = [];
  #sequence = 0;
  readonly #listeners = new Set<Listener>();

  all(filter: RequestFilter = {}): RequestEntry[] {
    return this.#entries.filter((entry) => matches(filter, entry));
  }

  clear(): void {
    this.#entries = [];
  }

  /** The first matching request that reaches `phase` from now on. */
  next(
    filter: RequestFilter = {},
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry> {
    return this.#wait(
      (entry, reached) => (reached === phase && matches(filter, entry) ? entry : undefined),
      signal,
    );
  }

  /** All matching requests in `phase`, as soon as there are `count`; those since the last clear() count too. */
  until(
    filter: RequestFilter,
    count = 1,
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry[]> {
    const found = (): RequestEntry[] | undefined => {
      const entries = this.all(filter).filter((entry) => entry[PHASE_TIMES[phase]] !== undefined);
      return entries.length >= count ? entries : undefined;
    };
    const already = found();
    return already ? Promise.resolve(already) : this.#wait(found, signal);
  }

  /** Notes a new request; the service fills the entry in as it goes. */
  begin(details: Omit<RequestEntry, 'sequence' | 'startedAt' | 'bytesReceived'>): RequestEntry {
    this.#sequence += 1;
    const entry = { ...details, sequence: this.#sequence, startedAt: Date.now(), bytesReceived: 0 };
    this.#entries.push(entry);
    this.#tell(entry, 'begun');
    return entry;
  }

  markFaulted(entry: RequestEntry): void {
    entry.faultedAt = Date.now();
    this.#tell(entry, 'faulted');
  }

  end(entry: RequestEntry): void {
    entry.endedAt = Date.now();
    this.#tell(entry, 'ended');
  }

  #wait<T>(
    check: (entry: RequestEntry, phase: RequestPhase) => T | undefined,
    signal?: AbortSignal,
  ): Promise<T> {
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

  #tell(entry: RequestEntry, phase: RequestPhase): void {
    for (const listener of [...this.#listeners]) listener(entry, phase);
  }
}

function matches({ operation, ...rest }: RequestFilter, entry: RequestEntry): boolean {
  if (operation !== undefined && ![operation].flat().includes(entry.operation)) return false;
  return Object.entries(rest).every(
    ([name, value]) => value === undefined || entry[name as keyof typeof rest] === value,
  );
}
