// Summarizes the emulator's request log for the pages.

import type { Fault } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { RequestLog } from '../../dev/oss-emulator/request-log.js';

export interface OperationTraffic {
  operation: Operation;
  requests: number;
  /** Requests with an error response, or without any. */
  failed: number;
  /** Total size of the request bodies. */
  bytes: number;
}

/** A fault that was injected into a request. */
export interface InjectedFault {
  /** Sequence number of the request. */
  sequence: number;
  fault: Fault['kind'];
  operation: Operation;
  partNumber?: number | undefined;
}

export interface Traffic {
  /** Sequence number of the last request in the log. Pass it as `after` to get only later requests. */
  sequence: number;
  operations: OperationTraffic[];
  faults: InjectedFault[];
}

/** What the emulator has received of an object, in all requests since the key was last completed or discarded. */
export interface UploadTraffic {
  /** Bytes of file content, including those of failed requests. */
  bytesReceived: number;
  partsStored: number;
  /** Requests for a part that was stored already. */
  partsResent: number;
  /** Requests that were refused because of an expired token. */
  expiredTokens: number;
}

/** @param after Sequence number of the last request to leave out. */
export function summarizeTraffic(requests: RequestLog, after: number): Traffic {
  const operations = new Map<Operation, OperationTraffic>();
  const faults: InjectedFault[] = [];
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

/** Summarizes the requests for one key, without any of its earlier uploads. */
export function summarizeUpload(requests: RequestLog, bucket: string, key: string): UploadTraffic {
  let traffic = noTraffic();
  let stored = new Set<string>();
  let isOver = false;
  for (const entry of requests.all({ bucket, key })) {
    const { operation, status, uploadId, partNumber } = entry;
    if (isOver && STARTING.includes(operation)) {
      traffic = noTraffic();
      stored = new Set();
      isOver = false;
    }
    if (entry.code === 'SecurityTokenExpired') traffic.expiredTokens += 1;
    if (operation === 'UploadPart') {
      const part = `${uploadId} ${partNumber}`;
      if (stored.has(part)) traffic.partsResent += 1;
      if (status === 200) stored.add(part);
      traffic.partsStored = stored.size;
    }
    if (CONTENT.includes(operation)) traffic.bytesReceived += entry.bytesReceived;
    if (ENDING.includes(operation) && status !== undefined && status < 300) isOver = true;
  }
  return traffic;
}

/** The requests that send a whole file. */
const WHOLE: readonly Operation[] = ['PutObject', 'PostObject'];
const CONTENT: readonly Operation[] = ['UploadPart', ...WHOLE];
const STARTING: readonly Operation[] = ['InitiateMultipartUpload', ...WHOLE];
const ENDING: readonly Operation[] = ['CompleteMultipartUpload', 'AbortMultipartUpload', ...WHOLE];

const noTraffic = (): UploadTraffic => ({
  bytesReceived: 0,
  partsStored: 0,
  partsResent: 0,
  expiredTokens: 0,
});
