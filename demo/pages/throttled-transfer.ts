// Part size and parallelism for a throttled connection. A browser counts bytes as sent once they are in a buffer of the
// operating system, which holds megabytes per connection. Only small parts keep the shown progress close to what the server has
// received.

export interface Transfer {
  /** Bytes. */
  partSize: number;
  parallel: number;
}

/** The minimum of OSS. */
const MIN_PART_SIZE = 100 * 1024;
const MAX_PART_SIZE = 1024 ** 2;
const PARALLEL = 3;

/** How far the progress may be ahead of what the server has received, in seconds. Longer below 1.6 Mbit/s. */
const MAX_LEAD = 0.25;

/** @param bytesPerSecond Bandwidth that all requests share. */
export function throttledTransfer(bytesPerSecond: number): Transfer {
  const budget = bytesPerSecond * MAX_LEAD;
  const parallel = Math.min(PARALLEL, Math.max(1, Math.floor(budget / MIN_PART_SIZE)));
  const partSize = Math.min(MAX_PART_SIZE, Math.max(MIN_PART_SIZE, Math.floor(budget / parallel)));
  return { partSize, parallel };
}
