/**
 * Which failure is tried again, and after how long. Pure: chance is passed in.
 */

import type { UploadError, UploadErrorCode } from '../errors.js';

const BASE_DELAY = 1_000;
const MAX_DELAY = 30_000;
/** A server that asks for more patience than this is not obeyed beyond it, in milliseconds. */
const MAX_RETRY_AFTER = 5 * 60_000;

const MAX_CREDENTIALS_RETRIES = 2;

/** Failures in a row of one request. */
export interface FailureCount {
  /** All of them; the delay grows with it. */
  failures: number;
  /** Those behind which no byte had moved; giving up goes by it. */
  withoutProgress: number;
  /** The last ones that had the same code. */
  alike: number;
  code?: UploadErrorCode;
}

export const noFailures: FailureCount = { failures: 0, withoutProgress: 0, alike: 0 };

/** What a device without a network meets, whatever it asks for; a line that comes back may look like a CORS rule. */
const connectivityErrors: ReadonlySet<UploadErrorCode> = new Set([
  'network',
  'timeout',
  'cors-blocked',
  'credentials-unreachable',
  'credentials-timeout',
  'sdk-unavailable',
]);

/** Whether an error may have come of the device being offline. */
export function isConnectivityError({ code }: UploadError): boolean {
  return connectivityErrors.has(code);
}

/** Faults of the way, not of the answer: bytes that moved before one of these are a sign of life. */
const transportErrors: ReadonlySet<UploadErrorCode> = new Set(['network', 'timeout']);

/** Counts one more failure. @param progressed whether bytes left in this attempt */
export function countFailure(count: FailureCount, error: UploadError, progressed: boolean): FailureCount {
  const { code } = error;
  const alive = progressed && transportErrors.has(code);
  return {
    failures: count.failures + 1,
    withoutProgress: alive ? 0 : count.withoutProgress + 1,
    alike: code === count.code ? count.alike + 1 : 1,
    code,
  };
}

/** @param retries how many failures in a row without a byte moved are forgiven */
export function mayRetry(count: FailureCount, error: UploadError, retries: number): boolean {
  if (count.withoutProgress > retries) return false;
  // A lost first request and a wrong CORS rule look alike: one more try tells them apart.
  if (error.code === 'cors-blocked') return count.alike <= 1;
  // A site that can't provide credentials is told of soon: a person may have to sign in.
  if (error.code.startsWith('credentials-') && count.alike > MAX_CREDENTIALS_RETRIES) return false;
  return error.retryable;
}

/**
 * Exponential backoff with full jitter, and never less than the server asks for.
 *
 * @param random 0 ≤ x < 1
 * @returns milliseconds
 */
export function retryDelay(count: FailureCount, error: UploadError, random: number): number {
  const ceiling = Math.min(MAX_DELAY, BASE_DELAY * 2 ** (count.failures - 1));
  const asked = Math.min(error.retryAfter ?? 0, MAX_RETRY_AFTER);
  return Math.round(asked + random * ceiling);
}
