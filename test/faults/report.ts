// Turns the record of a schedule into a report: violations and statistics.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import { checkInvariants } from './check-invariants.js';
import { checkStorageDelay, checkTraffic } from './check-limits.js';
import { kindsOf, type Kind } from './draw-conditions.js';
import type { RunRecord } from './schedule-runner.js';
import { isSingleRequest } from './schedule.js';
import type { Outcome } from './task.js';

export interface ScheduleReport {
  seed: number;
  kinds: Kind[];
  /** One sentence per violation; empty if the schedule passed. */
  violations: string[];
  /** Whether each stored object equals its file. */
  byteExact: boolean;
  /** The code of the error that the upload reported before the cause was removed. */
  reportedError: string | undefined;
  resentParts: number;
  /** Parts that OSS had stored although their response was lost, and that ListParts revealed. */
  recoveredByListing: number;
  /** Completed parts that the browser, not the page, re-sent, as it does when a reused connection breaks. */
  resentByBrowser: number;
  parts: number;
  /** The number of objects for which OSS received a form. */
  forms: number;
  requests: number;
  faultsApplied: number;
  retries: number;
  pauses: number;
  reloads: number;
  removals: number;
  /** In milliseconds. */
  duration: number;
}

export function reportSchedule(record: RunRecord): ScheduleReport {
  const { schedule, objects, visits, losses, failure, proxyBytes, duration } = record;
  const log = {
    ...{ visits, losses },
    listingDenied: schedule.deniedPermissions.includes('ListParts'),
    isShared: schedule.companions?.file === 'same',
    hasCallback: schedule.cause?.kind === 'callback',
    overwrite: schedule.overwrite,
  };
  const checks = objects.map(({ key, requests }) => checkInvariants({ ...log, key, requests }));
  const requests = objects.flatMap((object) => object.requests);
  const sumVisits = (key: 'retries' | 'pauses' | 'removals') =>
    visits.reduce((sum, visit) => sum + visit[key], 0);
  const sumChecks = (key: 'recoveredByListing' | 'resentByBrowser') =>
    checks.reduce((sum, check) => sum + check[key], 0);
  const resentParts = checks.flatMap((check) => check.resentParts);
  const otherViolations = checks.flatMap((check) => [
    ...check.unconfirmedResends,
    ...check.duplicates,
    ...check.resentObjects,
  ]);
  const limits = [...checkTraffic({ schedule, visits, requests, proxyBytes }), ...checkStorageDelay(visits)];
  return {
    seed: schedule.seed,
    kinds: kindsOf(schedule),
    violations: [...resentParts, ...otherViolations, ...limits, ...checkOutcomes(record)],
    byteExact: objects.every(({ byteExact }) => byteExact),
    reportedError: failure?.code,
    resentParts: resentParts.length,
    recoveredByListing: sumChecks('recoveredByListing'),
    resentByBrowser: sumChecks('resentByBrowser'),
    parts: objects.reduce((sum, object) => sum + countSentParts(object.requests), 0),
    forms: objects.filter((object) => object.requests.some(isForm)).length,
    requests: requests.length,
    faultsApplied: requests.filter(({ fault }) => fault !== undefined).length,
    retries: sumVisits('retries'),
    pauses: sumVisits('pauses'),
    reloads: Math.max(0, visits.length - 1),
    removals: sumVisits('removals'),
    duration,
  };
}

const countSentParts = (requests: RequestEntry[]): number =>
  new Set(requests.flatMap(({ partNumber = [] }) => partNumber)).size;

const isForm = ({ operation }: RequestEntry): boolean => operation === 'PostObject';

function checkOutcomes(record: RunRecord): string[] {
  const { schedule, outcomes, abortReason, failure, objects, strayKeys, visits } = record;
  const { cause } = schedule;
  const violations: string[] = [];
  if (failure && failure.code !== cause?.code) {
    const expected = cause ? `expected ${cause.code}` : 'expected no error';
    violations.push(`the upload failed with ${failure.code} (${expected}): ${failure.message}`);
  }
  if (cause && !failure) violations.push(`the upload did not fail with ${cause.code}`);
  if (!outcomes) return [...violations, `the upload did not end: ${abortReason}`];
  if (visits.some(({ visit }, index) => visit !== index)) violations.push('a visit sent no report');
  for (const key of strayKeys) violations.push(`an object was stored under another key: ${key}`);
  if (schedule.firstFiles > 0 && !objects.flatMap(({ requests }) => requests).some(isForm)) {
    violations.push('no form was sent');
  }
  const isStored = mustBeStored(record);
  if (isStored && objects.some(({ byteExact }) => !byteExact)) {
    violations.push('a stored object differs from its file');
  }
  return [...violations, ...outcomes.flatMap((outcome) => checkOutcome(outcome, record))];
}

/** Whether the object has to be there. It isn't if the upload failed, except because of the callback. */
function mustBeStored({ schedule, outcomes = [] }: RunRecord): boolean {
  return schedule.cause?.kind === 'callback' || outcomes.every(({ status }) => status === 'succeeded');
}

function checkOutcome(outcome: Outcome, record: RunRecord): string[] {
  const { schedule, callbacksAnswered } = record;
  const { cause, isStoredAlready } = schedule;
  switch (outcome.status) {
    case 'failed':
      // OSS can't repeat a callback without a new upload, so the upload may fail again.
      if (cause?.kind === 'callback' && outcome.code === cause.code) return [];
      return [`an upload ended with ${outcome.code}: ${outcome.message}`];
    case 'succeeded':
      return [
        ...(outcome.verified ? [] : [`the upload was not verified: ${outcome.unverifiedReason}`]),
        ...(cause?.kind === 'callback' && callbacksAnswered === 0
          ? ['the upload succeeded although no callback was answered']
          : []),
        ...(isStoredAlready ? checkReuse(outcome.reused, record) : []),
      ];
    default:
      return outcome satisfies never;
  }
}

/** Checks the upload of a file whose bytes were stored before. */
function checkReuse(reused: boolean | undefined, { schedule, objects }: RunRecord): string[] {
  const sentParts = objects
    .flatMap(({ requests }) => requests)
    // With a request without a part number, the engine finds out whether the CORS rule allows parts.
    .filter(({ operation, partNumber }) => operation === 'UploadPart' && partNumber !== undefined);
  // If the response to a single request is lost, the next attempt finds an object that the first one may have stored.
  const mayLoseResponse =
    schedule.faults.length > 0 || schedule.visits.flat().some(({ type }) => type === 'lose-network');
  const isAmbiguous = isSingleRequest(schedule.size) && mayLoseResponse;
  return [
    ...(reused || isAmbiguous ? [] : ['the result does not say that the object was stored before']),
    ...(sentParts.length > 0
      ? [`${sentParts.length} parts were sent although the object was stored before`]
      : []),
  ];
}
