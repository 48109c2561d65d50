// Faults ordered for requests to come: which request, how often, what goes wrong. Carrying them out is up to the
// exchange (request-body.ts, oss-service.ts).

import type { Operation } from './operation.js';

/** What goes wrong. Sizes and offsets in bytes, delays in milliseconds. */
export type Fault =
  /** The connection is reset; nothing is executed. `in-body` needs `afterBytes`, or takes half of the body. */
  | { kind: 'reset'; at: 'before-body' | 'in-body' | 'after-body'; afterBytes?: number }
  /**
   * Nothing is read and nothing answered any more, until the client gives up or the fault is removed. With unread
   * bytes before it, the end of the connection is noticed only then. On loopback the system takes some 4 MB off the
   * client's hands before the client feels it.
   */
  | { kind: 'stall'; afterBytes?: number }
  | { kind: 'slow'; bytesPerSecond: number }
  /** Answered instead of being executed, after the body is in. `retryAfter` in seconds. */
  | { kind: 'status'; status: number; code: string; message?: string; retryAfter?: number }
  /** Executed, then the connection is reset instead of an answer. */
  | { kind: 'lost-answer' }
  | { kind: 'late-answer'; delay: number }
  /** One bit of the body is flipped on its way in: what is hashed and stored is the wrong byte. */
  | { kind: 'corrupt'; offset?: number }
  /** The upload id is aborted before the request is executed, as a lifecycle rule does. */
  | { kind: 'vanish' };

export interface FaultMatch {
  operation?: Operation | Operation[];
  method?: string;
  bucket?: string;
  key?: string;
  partNumber?: number | number[];
}

export interface FaultRule {
  match: FaultMatch;
  /** Matching requests to let pass first; 0 by default. */
  skip?: number;
  /** How many requests it meets; 1 by default, `null` for every one from then on. */
  times?: number | null;
  fault: Fault;
}

export interface FaultSubject {
  operation: Operation;
  method: string;
  bucket: string | undefined;
  key: string | undefined;
  partNumber: number | undefined;
}

/** A fault that has met its request. */
export interface ArmedFault {
  fault: Fault;
  /** Aborted when the fault is removed: whatever it holds goes on. */
  released: AbortSignal;
}

interface Entry {
  id: number;
  rule: FaultRule;
  skip: number;
  left: number;
  release: AbortController;
}

export class FaultPlan {
  #entries: Entry[] = [];
  #lastId = 0;

  /** Orders a fault. Where several match a request, the one that was ordered first meets it. */
  add(rule: FaultRule): number {
    const id = (this.#lastId += 1);
    const left = rule.times === null ? Infinity : (rule.times ?? 1);
    this.#entries.push({ id, rule, skip: rule.skip ?? 0, left, release: new AbortController() });
    return id;
  }

  /** Takes a fault back and lets go of the requests that it holds. */
  remove(id: number): void {
    this.#entries.find((entry) => entry.id === id)?.release.abort();
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    for (const { id } of this.#entries) this.remove(id);
  }

  /** The fault that meets this request, if any; counts it. */
  take(subject: FaultSubject): ArmedFault | undefined {
    for (const entry of this.#entries) {
      if (entry.left === 0 || !matches(entry.rule.match, subject)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      return { fault: entry.rule.fault, released: entry.release.signal };
    }
    return undefined;
  }
}

const isOneOf = <T>(wanted: T | T[] | undefined, value: T | undefined): boolean =>
  wanted === undefined || (value !== undefined && [wanted].flat().includes(value));

// Preflights come on their own account: a fault meets them only where it says so.
const matches = (match: FaultMatch, subject: FaultSubject): boolean =>
  (subject.operation !== 'Preflight' || match.operation !== undefined || match.method !== undefined) &&
  isOneOf(match.operation, subject.operation) &&
  isOneOf(match.method, subject.method) &&
  isOneOf(match.bucket, subject.bucket) &&
  isOneOf(match.key, subject.key) &&
  isOneOf(match.partNumber, subject.partNumber);
