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

describe('retry', () => {
  it('forgives as many failures as `retries` says', () => {
    expect(mayRetry(failures(network, 5), network, 5)).to.equal(true);
  });

  it('gives up at one more', () => {
    expect(mayRetry(failures(network, 6), network, 5)).to.equal(false);
  });

  it('never gives up on a line that moves bytes', () => {
    expect(mayRetry(failures(network, 100, true), network, 5)).to.equal(true);
  });

  it('gives up on a server that fails, however many bytes it took', () => {
    const fault = new UploadError('server-error');
    expect(mayRetry(failures(fault, 6, true), fault, 5)).to.equal(false);
  });

  it('does not try again what can’t succeed', () => {
    const denied = new UploadError('access-denied');
    expect(mayRetry(failures(denied, 1), denied, 5)).to.equal(false);
  });

  it('tries once more where CORS seems to be in the way', () => {
    const blocked = new UploadError('cors-blocked');
    expect([1, 2].map((times) => mayRetry(failures(blocked, times), blocked, 5))).to.deep.equal([
      true,
      false,
    ]);
  });

  for (const code of ['cors-blocked', 'credentials-failed'] as const) {
    it(`does not count failures of another kind against ${code}`, () => {
      const error = new UploadError(code);
      expect(mayRetry(countFailure(failures(network, 3), error, false), error, 5)).to.equal(true);
    });
  }

  it('tells soon of a site that can’t provide credentials', () => {
    const failed = new UploadError('credentials-failed');
    expect(mayRetry(failures(failed, 3), failed, 5)).to.equal(false);
  });

  it('doubles the longest delay up to half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7].map((times) => retryDelay(failures(network, times), network, 1));
    expect(delays).to.deep.equal([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('spreads the delay over its whole length', () => {
    expect(retryDelay(failures(network, 3), network, 0.25)).to.equal(1_000);
  });

  it('waits at least as long as the server asks', () => {
    const throttled = new UploadError('throttled', { retryAfter: 9_000 });
    expect(retryDelay(failures(throttled, 1), throttled, 0)).to.equal(9_000);
  });

  it('does not wait longer than five minutes for a server that asks for days', () => {
    const throttled = new UploadError('throttled', { retryAfter: 1e9 });
    expect(retryDelay(failures(throttled, 1), throttled, 0)).to.equal(300_000);
  });
});
