// Checks that an upload stayed within limits: the bytes that were sent in total, and the time that storage cost. Pure.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import { PART_SIZE, type Schedule } from './schedule.js';
import type { VisitReport } from './task.js';

/** How often a file may be sent, on top of what faults and interruptions cost. */
const MAX_TRAFFIC_RATIO = 3;
/** How long silent storage may delay a visit, in milliseconds. */
const STORAGE_DELAY = 2_000;
/** Allowance for everything else that a visit does while no request is in flight, in milliseconds. */
const IDLE_ALLOWANCE = 2_500;
/** How long a short delay takes at most in a background tab, in which browsers slow timers down, in milliseconds. */
const TIMER_DELAY = 1_100;

export interface Traffic {
  schedule: Schedule;
  visits: readonly VisitReport[];
  /** All requests that the server received. */
  requests: readonly RequestEntry[];
  /** The bytes of request bodies that a proxy in front of the server received. 0 without a proxy. */
  proxyBytes: number;
}

/** Returns a sentence if more bytes were sent than {@link maxTraffic} allows. */
export function checkTraffic(traffic: Traffic): string[] {
  const serverBytes = traffic.requests.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
  const limit = maxTraffic(traffic);
  const excess = (receiver: string, bytes: number): string[] =>
    bytes > limit ? [`${receiver} received ${bytes} bytes, more than the limit of ${limit}`] : [];
  return [...excess('the server', serverBytes), ...excess('the proxy', traffic.proxyBytes)];
}

/**
 * Returns how many bytes may be sent in total. Each file may be sent three times, and once more for each time that the
 * server forgot the upload or the page could not remember it. Each interruption may cost the parts in flight, and each
 * fault one part.
 */
function maxTraffic({ schedule, visits, requests }: Traffic): number {
  const { size, parallel, companions, storageFault, lostParts } = schedule;
  const files = companions?.file === 'other' ? 1 + companions.count : 1;
  const engines = 1 + (companions?.count ?? 0);
  const faulted = requests.filter(({ fault }) => fault !== undefined);
  const vanished = faulted.filter(({ fault }) => fault === 'abort-upload').length;
  const forgotten = storageFault ? visits.length - 1 : 0;
  const steps = schedule.visits.flat().length;
  const interruptions = 1 + steps + visits.length;
  const wastedParts = interruptions * parallel * engines + faulted.length + lostParts.length;
  return (MAX_TRAFFIC_RATIO * files + vanished + forgotten) * size + wastedParts * PART_SIZE;
}

/** Returns a sentence for each visit with silent storage that spent too long without a request in flight. */
export function checkStorageDelay(visits: readonly VisitReport[]): string[] {
  return visits.flatMap((visit) => {
    if (visit.silentAt === undefined) return [];
    const idle = idleTime(visit);
    const allowance = IDLE_ALLOWANCE + TIMER_DELAY * (visit.retries + visit.pauses);
    if (idle <= STORAGE_DELAY + allowance) return [];
    return [`visit ${visit.visit} with silent storage spent ${idle} ms without a request in flight`];
  });
}

/** Returns how long no request was in flight, in milliseconds. */
function idleTime({ begunAt, endedAt, sent }: VisitReport): number {
  let idle = 0;
  let busyUntil = begunAt;
  for (const request of [...sent].sort((a, b) => a.at - b.at)) {
    idle += Math.max(0, request.at - busyUntil);
    busyUntil = Math.max(busyUntil, request.endedAt ?? endedAt);
  }
  return idle + Math.max(0, endedAt - busyUntil);
}
