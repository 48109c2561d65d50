import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import {
  countFailure,
  mayRetry,
  noFailures,
  retryDelay,
  type FailureCount,
} from '../../src/core/transfer/retry.js';

const network = new UploadError('network');
const failures = (error: UploadError, times: number, progressed = false): FailureCount =>
  Array.from({ length: times }).reduce<FailureCount>(
    (count) => countFailure(count, error, progressed),
    noFailures,
  );

describe('retry policy', () => {
  it('allows `retries` failures', () => {
    expect(mayRetry(failures(network, 5), network, 5)).to.equal(true);
  });

  it('stops after one more failure', () => {
    expect(mayRetry(failures(network, 6), network, 5)).to.equal(false);
  });

  it('never stops while attempts make progress', () => {
    expect(mayRetry(failures(network, 100, true), network, 5)).to.equal(true);
  });

  it('stops after server errors even if attempts make progress', () => {
    const serverError = new UploadError('server-error');
    expect(mayRetry(failures(serverError, 6, true), serverError, 5)).to.equal(false);
  });

  it('does not retry an error that is not retryable', () => {
    const denied = new UploadError('access-denied');
    expect(mayRetry(failures(denied, 1), denied, 5)).to.equal(false);
  });

  it('retries a CORS error once', () => {
    const blocked = new UploadError('cors-blocked');
    expect([1, 2].map((times) => mayRetry(failures(blocked, times), blocked, 5))).to.deep.equal([
      true,
      false,
    ]);
  });

  for (const code of ['cors-blocked', 'credentials-failed'] as const) {
    it(`does not count failures with other codes towards the limit for ${code}`, () => {
      const error = new UploadError(code);
      expect(mayRetry(countFailure(failures(network, 3), error, false), error, 5)).to.equal(true);
    });
  }

  it('stops early if credentials can’t be fetched', () => {
    const failed = new UploadError('credentials-failed');
    expect(mayRetry(failures(failed, 3), failed, 5)).to.equal(false);
  });

  it('doubles the maximum delay up to 30 seconds', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((times) => retryDelay(failures(network, times), network, 1));
    expect(delays).to.deep.equal([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('spreads the delay between zero and the maximum', () => {
    expect(retryDelay(failures(network, 3), network, 0.25)).to.equal(1_000);
  });

  it('waits at least for the Retry-After time', () => {
    const throttled = new UploadError('throttled', { retryAfter: 9_000 });
    expect(retryDelay(failures(throttled, 1), throttled, 0)).to.equal(9_000);
  });

  it('limits the Retry-After time to five minutes', () => {
    const throttled = new UploadError('throttled', { retryAfter: 1e9 });
    expect(retryDelay(failures(throttled, 1), throttled, 0)).to.equal(300_000);
  });
});
