/** Decides whether a failed request is retried, and after which delay. Pure: random numbers are passed in. */

import type { UploadError, UploadErrorCode } from '../errors.js';

/** Maximum delay after the first failure, in milliseconds. Doubles with each further failure. */
const BASE_DELAY = 1_000;
/** Upper limit of the doubled delay, in milliseconds. */
const MAX_DELAY = 30_000;
/** Longer delays that a server requests are shortened to this, in milliseconds. */
const MAX_RETRY_AFTER = 5 * 60_000;

/** A credentials endpoint that keeps failing is reported soon, because the user may have to sign in. */
const MAX_CREDENTIALS_RETRIES = 2;

/** Consecutive failures of one request. */
export interface FailureCount {
  /** All failures. Determines the delay. */
  failures: number;
  /** Consecutive failures without progress. Determines when to stop retrying. */
  withoutProgress: number;
  /** Consecutive failures with the same code. */
  sameCode: number;
  /** Code of the last failure. */
  code?: UploadErrorCode;
}

export const noFailures: FailureCount = { failures: 0, withoutProgress: 0, sameCode: 0 };

/** Errors that occur while a device is offline. When a network comes back, a failure may look like a CORS error. */
const connectivityErrors: ReadonlySet<UploadErrorCode> = new Set([
  'network',
  'timeout',
  'cors-blocked',
  'credentials-unreachable',
  'credentials-timeout',
  'sdk-unavailable',
]);

/** A service worker or a proxy of the device may answer with these in place of OSS. */
const substituteErrors: ReadonlySet<UploadErrorCode> = new Set(['throttled', 'server-error']);

/** Whether an error may be due to the device being offline. */
export function isConnectivityError({ code, ossCode }: UploadError): boolean {
  return connectivityErrors.has(code) || (substituteErrors.has(code) && ossCode === undefined);
}

/** Errors without a response. If bytes were sent before one of these, the network works. */
const transportErrors: ReadonlySet<UploadErrorCode> = new Set(['network', 'timeout']);

/** Returns the count after one more failure. @param progressed whether the attempt has sent bytes that may have arrived */
export function countFailure(count: FailureCount, error: UploadError, progressed: boolean): FailureCount {
  const { code } = error;
  const madeProgress = progressed && transportErrors.has(code);
  return {
    failures: count.failures + 1,
    withoutProgress: madeProgress ? 0 : count.withoutProgress + 1,
    sameCode: code === count.code ? count.sameCode + 1 : 1,
    code,
  };
}

/** Whether a failed request is retried. @param retries allowed retries in a row without progress */
export function mayRetry(count: FailureCount, error: UploadError, retries: number): boolean {
  if (count.withoutProgress > retries) return false;
  // A network failure can look like a CORS error. If a second attempt fails in the same way, CORS is the cause.
  if (error.code === 'cors-blocked') return count.sameCode <= 1;
  if (error.code.startsWith('credentials-') && count.sameCode > MAX_CREDENTIALS_RETRIES) return false;
  return error.retryable;
}

/**
 * Returns the delay before the next attempt: exponential backoff with full jitter, added to the delay that the server
 * requests.
 *
 * @param random 0 ≤ x < 1
 * @returns milliseconds
 */
export function retryDelay(count: FailureCount, error: UploadError, random: number): number {
  const ceiling = Math.min(MAX_DELAY, BASE_DELAY * 2 ** (count.failures - 1));
  const requested = Math.min(error.retryAfter ?? 0, MAX_RETRY_AFTER);
  return Math.round(requested + random * ceiling);
}
