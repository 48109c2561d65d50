// Conditional headers of GetObject and HeadObject. Source: OSS API reference, GetObject.

import { OssError } from './oss-error.js';
import type { OssRequest } from './oss-message.js';
import type { StoredObject } from './store.js';

export const CONDITIONAL_HEADERS: readonly string[] = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
];

/**
 * Evaluates the conditional headers of a request. As in RFC 9110, a condition on the ETag takes precedence over one on the
 * date. Returns whether the object has not been modified, so that the response is 304.
 * @throws {OssError} `PreconditionFailed` (412).
 */
export function isNotModified({ headers }: OssRequest, object: StoredObject): boolean {
  const match = headers.get('if-match');
  const noneMatch = headers.get('if-none-match');
  const modifiedSince = parseDate(headers.get('if-modified-since'));
  const unmodifiedSince = parseDate(headers.get('if-unmodified-since'));
  // HTTP dates have no milliseconds.
  const modified = Math.floor(object.modified / 1000) * 1000;
  if (match !== undefined) {
    if (!matchesEtag(match, object)) throw preconditionFailed('If-Match');
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return matchesEtag(noneMatch, object);
  return modifiedSince !== undefined && modified <= modifiedSince;
}

/** Compares the ETag of an object with a list of ETags, which may lack quotes. */
function matchesEtag(list: string, { etag }: StoredObject): boolean {
  return list.split(',').some((item) => {
    const text = item.trim();
    return text === '*' || text.replace(/^"|"$/g, '') === etag;
  });
}

/** Returns `undefined` for an invalid date, which OSS ignores. */
function parseDate(value: string | undefined): number | undefined {
  const date = value?.endsWith('GMT') ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** @param condition The name of the header. */
const preconditionFailed = (condition: string): OssError =>
  new OssError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold.', {
    details: { Condition: condition },
    ec: '0017-00001001',
  });
