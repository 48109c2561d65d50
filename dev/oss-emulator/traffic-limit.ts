// Bandwidth limit of a single request. Source: OSS user guide, "Single-connection bandwidth throttling".

import type { Operation } from './operation.js';
import { invalidArgument } from './oss-error.js';
import type { SignableRequest } from './signature.js';

const NAME = 'x-oss-traffic-limit';
/** Bits per second. */
const MIN_LIMIT = 819_200;
const MAX_LIMIT = 838_860_800;
const LIMITED_OPERATIONS: Operation[] = [
  'PutObject',
  'PostObject',
  'GetObject',
  'UploadPart',
  'UploadPartCopy',
];

/**
 * Returns the bandwidth that a request asks for in its headers or query, in bytes per second; 0 if there is no limit.
 * @throws {OssError} `InvalidArgument` (400).
 */
export function parseTrafficLimit(
  operation: Operation,
  { headers, query }: Pick<SignableRequest, 'headers' | 'query'>,
): number {
  if (!LIMITED_OPERATIONS.includes(operation)) return 0;
  if (headers.has(NAME) && query.has(NAME))
    throw invalidArgument(`${NAME} is both a header and a parameter.`, '0004-00000501');
  const value = headers.get(NAME) ?? query.get(NAME);
  if (value === undefined) return 0;
  const bitsPerSecond = Number(value);
  if (bitsPerSecond >= MIN_LIMIT && bitsPerSecond <= MAX_LIMIT) return bitsPerSecond / 8;
  throw invalidArgument(
    `${NAME} is invalid, should be specified between 819200(100KB/s) and 838860800(100MB/s).`,
    '0004-00000502',
  );
}
