// Fault injection: selects the fault for each incoming request. request-body.ts and oss-service.ts apply it.

import type { Operation } from './operation.js';

/** A fault to inject. Sizes and offsets are in bytes, delays in milliseconds. */
export type Fault =
  /**
   * Resets the connection without executing the request. `in-body` resets after `afterBytes`, by default after half of
   * the body.
   */
  | { kind: 'reset'; at: 'before-body' | 'in-body' | 'after-body'; afterBytes?: number }
  /**
   * Stops reading after `afterBytes` (0 by default) until the client disconnects or the fault is removed. While bytes
   * remain unread, a disconnect is only detected when reading continues. On loopback, the operating system buffers about
   * 4 MB before the client notices the stall.
   */
  | { kind: 'stall'; afterBytes?: number }
  /** Limits the bandwidth of the request. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Responds with an error after receiving the body, without executing the request. `retryAfter` is in seconds. */
  | { kind: 'status'; status: number; code: string; message?: string; retryAfter?: number }
  /**
   * Redirects after receiving the body, without executing the request, as the captive portal of a network does. The
   * response allows every origin.
   */
  | { kind: 'redirect'; status: 302 | 307; location: string }
  /** Executes the request, then resets the connection instead of responding. */
  | { kind: 'lost-response' }
  /** Executes the request, then delays the response. */
  | { kind: 'delayed-response'; delay: number }
  /**
   * Flips one bit of the byte at `offset` (0 by default) before it is hashed and stored. In a form, the offset counts from
   * the start of the file.
   */
  | { kind: 'corrupt'; offset?: number }
  /** Aborts the request's multipart upload before executing the request, as a lifecycle rule would. */
  | { kind: 'abort-upload' };

/** Criteria that a request must meet. An array matches any of its values, a missing field matches every request. */
export interface FaultMatch {
  operation?: Operation | Operation[] | undefined;
  method?: string | undefined;
  bucket?: string | undefined;
  key?: string | undefined;
  partNumber?: number | number[] | undefined;
}

/** A fault and the requests that it applies to. */
export interface FaultRule {
  match: FaultMatch;
  /** Number of matching requests to leave unaffected first; 0 by default. */
  skip?: number;
  /** Number of requests to affect; 1 by default, `null` for no limit. */
  times?: number | null;
  fault: Fault;
}

/** The properties of a request that rules are matched against. */
export interface FaultTarget {
  operation: Operation;
  method: string;
  bucket: string | undefined;
  key: string | undefined;
  partNumber: number | undefined;
}

/** A fault that applies to a request. */
export interface ActiveFault {
  fault: Fault;
  /** Aborts when the fault is removed, so that stalled requests continue. */
  removed: AbortSignal;
}

/** Number of rules, including those that apply to no further requests. */
const MAX_RULES = 10_000;

interface Entry {
  id: number;
  rule: FaultRule;
  /** Number of matching requests still to skip. */
  skip: number;
  /** Number of requests still to affect. */
  remaining: number;
  removal: AbortController;
}

/** Active fault rules, in the order in which they were added. */
export class FaultInjector {
  #entries: Entry[] = [];
  #lastId = 0;

  /**
   * Adds a rule and returns its ID. If several rules match a request, the oldest one applies.
   * @throws {RangeError} If there are too many rules. Remove some.
   */
  add(rule: FaultRule): number {
    if (this.#entries.length >= MAX_RULES)
      throw new RangeError(`There are ${MAX_RULES} faults, which is the limit. Remove some first.`);
    const id = (this.#lastId += 1);
    const remaining = rule.times === null ? Infinity : (rule.times ?? 1);
    this.#entries.push({ id, rule, skip: rule.skip ?? 0, remaining, removal: new AbortController() });
    return id;
  }

  /** Removes a fault. Requests that it is stalling continue. */
  remove(id: number): void {
    this.#entries.find((entry) => entry.id === id)?.removal.abort();
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  /** Removes all faults. */
  clear(): void {
    for (const { id } of this.#entries) this.remove(id);
  }

  /** Returns the fault for a request, if any, and counts the request against the rule's limits. */
  take(target: FaultTarget): ActiveFault | undefined {
    for (const entry of this.#entries) {
      if (entry.remaining === 0 || !matches(entry.rule.match, target)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.remaining -= 1;
      return { fault: entry.rule.fault, removed: entry.removal.signal };
    }
    return undefined;
  }
}

const isOneOf = <T>(expected: T | T[] | undefined, value: T | undefined): boolean =>
  expected === undefined || (value !== undefined && [expected].flat().includes(value));

// Browsers decide when to send a preflight, so a rule only matches one if it names an operation or a method.
const matches = (match: FaultMatch, target: FaultTarget): boolean =>
  (target.operation !== 'Preflight' || match.operation !== undefined || match.method !== undefined) &&
  isOneOf(match.operation, target.operation) &&
  isOneOf(match.method, target.method) &&
  isOneOf(match.bucket, target.bucket) &&
  isOneOf(match.key, target.key) &&
  isOneOf(match.partNumber, target.partNumber);
