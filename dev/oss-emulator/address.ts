// Resolves the bucket and the object key of a request from its host (virtual-hosted style or a bound domain) or its
// path (path style).

import { invalidArgument, OssError } from './oss-error.js';

/** Bucket, object key and query parameters of a request. */
export interface Address {
  bucket: string | undefined;
  /** Decoded object key; empty for requests to the bucket itself. */
  key: string;
  /** Decoded query parameters; a parameter without a value maps to the empty string. */
  query: Map<string, string>;
}

const MAX_KEY_BYTES = 1023;

/**
 * Parses the address of a request.
 * @param host The `Host` header.
 * @param target The raw request target: path and query, not normalized.
 * @param findBucketByDomain Returns the bucket that a host name is bound to, if any.
 * @throws {OssError} `InvalidURI` (400) if the target isn't a valid path or isn't valid UTF-8.
 */
export function parseAddress(
  host: string,
  target: string,
  findBucketByDomain: (hostname: string) => string | undefined,
): Address {
  const queryStart = target.indexOf('?');
  const path = queryStart < 0 ? target : target.slice(0, queryStart);
  if (!path.startsWith('/')) throw invalidUrl();
  const query = parseQuery(queryStart < 0 ? '' : target.slice(queryStart + 1));
  const bucket = findBucketByHost(host, findBucketByDomain);
  if (bucket !== undefined) return { bucket, key: decode(path.slice(1)), query };
  const [, name = '', key = ''] = /^\/([^/]*)\/?([^]*)$/.exec(path) ?? [];
  return { bucket: decode(name) || undefined, key: decode(key), query };
}

function findBucketByHost(
  host: string,
  findBucketByDomain: (hostname: string) => string | undefined,
): string | undefined {
  const hostname = host.toLowerCase().replace(/:\d+$/, '');
  const bound = findBucketByDomain(hostname);
  if (bound !== undefined) return bound;
  // SDKs whose endpoint is an IP address send the public host name of the bucket.
  return /^([^.]+)\.(?:localhost|oss-[^.]+\.aliyuncs\.com)$/.exec(hostname)?.[1];
}

function parseQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    parameters.set(decode(name), decode(value.join('=')));
  }
  return parameters;
}

// OSS reads `+` as a space in the path as well as in the query.
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidUrl();
  }
}

const invalidUrl = (): OssError => new OssError(400, 'InvalidURI', "Couldn't parse the specified URI.");

/**
 * Checks an object key against OSS's naming conventions: at most 1,023 bytes, no leading slash or backslash.
 * @throws {OssError} `InvalidObjectName` (400).
 */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES || key.startsWith('/') || key.startsWith('\\')) {
    throw new OssError(400, 'InvalidObjectName', 'The specified object is not valid.', {
      details: { ObjectName: key },
    });
  }
}

/** Returns whether a name follows OSS's naming conventions for buckets. */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name);
}

/**
 * Parses an integer query parameter.
 * @param name The parameter's name, for the error message.
 * @throws {OssError} `InvalidArgument` (400) if the value isn't an integer from `min` to `max`.
 */
export function parseInteger(name: string, value: string, min: number, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  throw invalidArgument(`${name} must be an integer between ${min} and ${max}.`);
}
