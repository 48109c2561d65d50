// What a schedule's account comes to: what is wrong with it, and its figures.
import { judge } from './check-invariants.js';
import type { Account } from './schedule-runner.js';

export interface Verdict {
  seed: number;
  /** What is wrong, a sentence each; nothing where all is well. */
  wrongs: string[];
  byteExact: boolean;
  /** The error in which it ended before its cause was mended. */
  namedError: string | undefined;
  sentAgain: number;
  /** Parts whose answer was lost and that OSS turned out to have. */
  foundByAsking: number;
  /** Finished parts that a browser sent once more by itself, as it does when a connection breaks that served before. */
  repeatedByBrowser: number;
  parts: number;
  requests: number;
  faultsMet: number;
  retries: number;
  pauses: number;
  reloads: number;
  /** Milliseconds. */
  duration: number;
}

export function judgeSchedule(account: Account): Verdict {
  const { schedule, requests, visits, losses, failure, byteExact, duration } = account;
  const listingDenied = schedule.denied.includes('ListParts');
  const evidence = { requests, visits, losses, listingDenied };
  const { sentAgain, notAskedFor, foundByAsking, repeatedByBrowser } = judge(evidence);
  const count = (key: 'retries' | 'pauses') => visits.reduce((sum, visit) => sum + visit[key], 0);
  return {
    seed: schedule.seed,
    wrongs: [...sentAgain, ...notAskedFor, ...wrongEnd(account)],
    byteExact,
    namedError: failure?.code,
    sentAgain: sentAgain.length,
    foundByAsking,
    repeatedByBrowser,
    parts: new Set(requests.flatMap(({ partNumber = [] }) => partNumber)).size,
    requests: requests.length,
    faultsMet: requests.filter(({ fault }) => fault !== undefined).length,
    retries: count('retries'),
    pauses: count('pauses'),
    reloads: Math.max(0, visits.length - 1),
    duration,
  };
}

function wrongEnd({ schedule, outcome, trouble, failure, byteExact, visits }: Account): string[] {
  const { cause } = schedule;
  const wrongs: string[] = [];
  if (failure && failure.code !== cause?.code)
    wrongs.push(`it failed with ${failure.code}, not ${cause?.code ?? 'at all'}: ${failure.message}`);
  if (cause && !failure) wrongs.push(`it did not fail, though ${cause.code} was to stop it`);
  switch (outcome?.status) {
    case undefined:
      return [...wrongs, `it did not come to an end: ${trouble}`];
    case 'failed':
      if (cause || !failure) wrongs.push(`it ended in ${outcome.code}: ${outcome.message}`);
      return wrongs;
    case 'succeeded':
      if (!byteExact) wrongs.push('what is stored is not the file');
      if (!outcome.verified) wrongs.push(`it was not verified: ${outcome.unverifiedReason}`);
      if (visits.some(({ visit }, index) => visit !== index)) wrongs.push('a visit did not report');
      return wrongs;
    default:
      return outcome satisfies never;
  }
}
