// Resolves the bucket and the object key of a request from its host (virtual-hosted style or a bound domain) or its
// path (path style), and checks that the bucket can be reached there.

import { accessDenied, invalidArgument, OssError } from './oss-error.js';

/** Bucket, object key and query parameters of a request. */
export interface Address {
  bucket: string | undefined;
  /** Whether the bucket is in the path instead of the host. */
  isPathStyle: boolean;
  /** The endpoint that the host names; `undefined` if it names no region, as bound domains and `localhost` do. */
  endpoint: Endpoint | undefined;
  /** Decoded object key; empty for requests to the bucket itself. */
  key: string;
  /** Decoded query parameters; a parameter without a value maps to the empty string. */
  query: Map<string, string>;
}

/** An endpoint of a region, such as `oss-cn-hangzhou.localhost:9000`. */
export interface Endpoint {
  /** Region without the `oss-` prefix. */
  region: string;
  /** The host without bucket and region, such as `localhost:9000`. */
  domain: string;
}

/** Settings of a bucket that decide at which addresses it can be reached. */
export interface AddressSettings {
  region: string;
  pathStyle: boolean;
}

const MAX_KEY_BYTES = 1023;

/**
 * Host names of OSS, with or without a bucket: an endpoint of a region (public, internal or dual-stack), the acceleration
 * endpoint, or plain `localhost`. SDKs whose endpoint is an IP address send a name under `aliyuncs.com`.
 */
const OSS_HOST =
  /^(?:(?<bucket>[^.]+)\.)??(?:(?:vpc100-)?oss-(?<region>[a-z]{2}-[a-z0-9-]+?)(?:-internal)?\.|(?<dualStack>[a-z]{2}-[a-z0-9-]+)\.oss\.|oss-accelerate(?:-overseas)?\.|(?=localhost(?::|$)))(?<domain>(?:localhost|aliyuncs\.com)(?::\d+)?)$/;

/**
 * Returns whether a host name is a public one of OSS. Only Alibaba Cloud decides what a name under its domain resolves to,
 * so DNS rebinding can't use one.
 * @param hostname In lowercase, without the port.
 */
export const isPublicOssHost = (hostname: string): boolean =>
  OSS_HOST.exec(hostname)?.groups?.['domain'] === 'aliyuncs.com';

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
  const { bucket, endpoint } = parseHost(host.toLowerCase(), findBucketByDomain);
  if (bucket !== undefined)
    return { bucket, isPathStyle: false, endpoint, key: decode(path.slice(1)), query };
  const [, name = '', key = ''] = /^\/([^/]*)\/?([^]*)$/.exec(path) ?? [];
  return { bucket: decode(name) || undefined, isPathStyle: true, endpoint, key: decode(key), query };
}

/** @param host The `Host` header in lowercase. */
export function parseHost(
  host: string,
  findBucketByDomain: (hostname: string) => string | undefined,
): Pick<Address, 'bucket' | 'endpoint'> {
  const bound = findBucketByDomain(host.replace(/:\d+$/, ''));
  if (bound !== undefined) return { bucket: bound, endpoint: undefined };
  const { bucket, region, dualStack, domain = '' } = OSS_HOST.exec(host)?.groups ?? {};
  const hostRegion = region ?? dualStack;
  return { bucket, endpoint: hostRegion === undefined ? undefined : { region: hostRegion, domain } };
}

/**
 * Checks that a bucket can be reached at an address.
 * @param settings Settings of the bucket; `undefined` if it doesn't exist.
 * @throws {OssError} `SecondLevelDomainForbidden` (403) for path style, `AccessDenied` (403) for the endpoint of another
 *   region.
 */
export function checkAddress(address: Address, settings: AddressSettings | undefined): void {
  const { bucket = '', isPathStyle, endpoint } = address;
  if (isPathStyle && !settings?.pathStyle) {
    throw new OssError(
      403,
      'SecondLevelDomainForbidden',
      'The bucket you are attempting to access must be addressed using OSS third level domain.',
    );
  }
  if (!settings || !endpoint || endpoint.region === settings.region) return;
  throw accessDenied(
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      details: { Bucket: bucket, Endpoint: `oss-${settings.region}.${endpoint.domain}` },
      ec: '0003-00001403',
    },
  );
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
