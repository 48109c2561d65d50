// Sums up what the local OSS was sent, for a page to show. Reads the request log, keeps nothing.

import type { Fault } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { RequestLog } from '../../dev/oss-emulator/request-log.js';

export interface OperationTraffic {
  operation: Operation;
  requests: number;
  /** Answered with an error, or broken off. */
  failed: number;
  /** Of the bodies. */
  bytes: number;
}

/** A fault that has met its request. */
export interface MetFault {
  sequence: number;
  fault: Fault['kind'];
  operation: Operation;
  partNumber?: number;
}

export interface Traffic {
  /** Of the last request so far; ask with it to see what comes after. */
  sequence: number;
  operations: OperationTraffic[];
  faults: MetFault[];
}

/** @param after The sequence of the last request that is not of interest. */
export function summarizeTraffic(requests: RequestLog, after: number): Traffic {
  const operations = new Map<Operation, OperationTraffic>();
  const faults: MetFault[] = [];
  const entries = requests.all();
  for (const entry of entries) {
    if (entry.sequence <= after) continue;
    const { sequence, operation, partNumber, fault } = entry;
    const sum = operations.get(operation) ?? { operation, requests: 0, failed: 0, bytes: 0 };
    operations.set(operation, sum);
    sum.requests += 1;
    sum.bytes += entry.bytesReceived;
    if (entry.disconnected || (entry.status ?? 200) >= 300) sum.failed += 1;
    if (fault && entry.faultedAt !== undefined) faults.push({ sequence, fault, operation, partNumber });
  }
  return { sequence: entries.at(-1)?.sequence ?? 0, operations: [...operations.values()], faults };
}
