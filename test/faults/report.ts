// Turns the record of a schedule into a report: violations and statistics.
import { checkInvariants } from './check-invariants.js';
import type { RunRecord } from './schedule-runner.js';

export interface ScheduleReport {
  seed: number;
  /** One sentence per violation; empty if the schedule passed. */
  violations: string[];
  /** Whether the stored object equals the file. */
  byteExact: boolean;
  /** The code of the error that the upload reported before the cause was removed. */
  reportedError: string | undefined;
  resentParts: number;
  /** Parts that OSS had stored although their response was lost, and that ListParts revealed. */
  recoveredByListing: number;
  /** Completed parts that the browser, not the page, re-sent, as it does when a reused connection breaks. */
  resentByBrowser: number;
  parts: number;
  requests: number;
  faultsApplied: number;
  retries: number;
  pauses: number;
  reloads: number;
  /** In milliseconds. */
  duration: number;
}

export function reportSchedule(record: RunRecord): ScheduleReport {
  const { schedule, requests, visits, losses, failure, byteExact, duration } = record;
  const listingDenied = schedule.deniedPermissions.includes('ListParts');
  const log = { requests, visits, losses, listingDenied };
  const { resentParts, unconfirmedResends, recoveredByListing, resentByBrowser } = checkInvariants(log);
  const count = (key: 'retries' | 'pauses') => visits.reduce((sum, visit) => sum + visit[key], 0);
  return {
    seed: schedule.seed,
    violations: [...resentParts, ...unconfirmedResends, ...checkOutcome(record)],
    byteExact,
    reportedError: failure?.code,
    resentParts: resentParts.length,
    recoveredByListing,
    resentByBrowser,
    parts: new Set(requests.flatMap(({ partNumber = [] }) => partNumber)).size,
    requests: requests.length,
    faultsApplied: requests.filter(({ fault }) => fault !== undefined).length,
    retries: count('retries'),
    pauses: count('pauses'),
    reloads: Math.max(0, visits.length - 1),
    duration,
  };
}

function checkOutcome({ schedule, outcome, abortReason, failure, byteExact, visits }: RunRecord): string[] {
  const { cause } = schedule;
  const violations: string[] = [];
  if (failure && failure.code !== cause?.code) {
    const expected = cause ? `expected ${cause.code}` : 'expected no error';
    violations.push(`the upload failed with ${failure.code} (${expected}): ${failure.message}`);
  }
  if (cause && !failure) violations.push(`the upload did not fail with ${cause.code}`);
  switch (outcome?.status) {
    case undefined:
      return [...violations, `the upload did not end: ${abortReason}`];
    case 'failed':
      if (cause || !failure) violations.push(`the upload ended with ${outcome.code}: ${outcome.message}`);
      return violations;
    case 'succeeded':
      if (!byteExact) violations.push('the stored object differs from the file');
      if (!outcome.verified) violations.push(`the upload was not verified: ${outcome.unverifiedReason}`);
      if (visits.some(({ visit }, index) => visit !== index)) violations.push('a visit sent no report');
      return violations;
    default:
      return outcome satisfies never;
  }
}
