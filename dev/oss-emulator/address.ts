// Which bucket and which key a request means: by host, by path, or by a domain bound to a bucket.

import { invalidArgument, OssError } from './oss-error.js';

export interface Address {
  bucket: string | undefined;
  /** Decoded; empty for the bucket itself. */
  key: string;
  /** Decoded; a parameter without a value has the empty string. */
  query: Map<string, string>;
}

const MAX_KEY_BYTES = 1023;

/**
 * @param host The Host header.
 * @param target The request target as it was sent: path and query, not normalised.
 * @param bucketOf The bucket that a host name is bound to, if any.
 * @throws {OssError} 400 where the target is no valid URL.
 */
export function readAddress(
  host: string,
  target: string,
  bucketOf: (hostname: string) => string | undefined,
): Address {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  if (!path.startsWith('/')) throw invalidUrl();
  const query = readQuery(mark < 0 ? '' : target.slice(mark + 1));
  const bucket = bucketByHost(host, bucketOf);
  if (bucket !== undefined) return { bucket, key: decode(path.slice(1)), query };
  const [, name = '', key = ''] = /^\/([^/]*)\/?([^]*)$/.exec(path) ?? [];
  return { bucket: decode(name) || undefined, key: decode(key), query };
}

function bucketByHost(host: string, bucketOf: (hostname: string) => string | undefined): string | undefined {
  const hostname = host.toLowerCase().replace(/:\d+$/, '');
  const bound = bucketOf(hostname);
  if (bound !== undefined) return bound;
  // Alibaba's own names come from SDKs that are given an IP address as their endpoint.
  return /^([^.]+)\.(?:localhost|oss-[^.]+\.aliyuncs\.com)$/.exec(hostname)?.[1];
}

function readQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    parameters.set(decodeForm(name), decodeForm(value.join('=')));
  }
  return parameters;
}

const decodeForm = (text: string): string => decode(text.replaceAll('+', ' '));

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUrl();
  }
}

const invalidUrl = (): OssError => new OssError(400, 'InvalidURI', "Couldn't parse the specified URI.");

/** @throws {OssError} InvalidObjectName; the rules are those of OSS's naming conventions. */
export function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES || key.startsWith('/') || key.startsWith('\\')) {
    throw new OssError(400, 'InvalidObjectName', 'The specified object is not valid.', {
      details: { ObjectName: key },
    });
  }
}

export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name);
}

/** A whole number between `min` and `max`. @throws {OssError} InvalidArgument. */
export function readInteger(name: string, value: string, min: number, max: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= min && number <= max) return number;
  throw invalidArgument(`${name} must be an integer between ${min} and ${max}.`);
}
