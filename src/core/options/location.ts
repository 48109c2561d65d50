/** Parses the location of the bucket: region, bucket and endpoint. */

import { describeValue, parseText, type ReportInvalid } from './invalid-option.js';
import { isBlockedAsMixedContent, redactUrl, USE_HTTPS, type Page } from './page.js';

/** A host of OSS itself, with the bucket before it, if there is one. */
const ossHost = /^(?:(.+)\.)?((?:(?:vpc100-)?oss-[a-z0-9-]+|[a-z0-9-]+\.oss)\.aliyuncs\.com)$/;
const ipAddress = /^[\d.]+$|^\[/;

/** Returns the region with its prefix. Also accepts the host of the region, such as `oss-cn-hangzhou.aliyuncs.com`. */
export function parseRegion(
  value: unknown,
  hasEndpoint: boolean,
  invalid: ReportInvalid,
): string | undefined {
  const text = parseText('region', value, invalid);
  if (text === undefined) return undefined;
  const region = text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\.aliyuncs\.com\/?$/, '');
  const isWellFormed = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(region);
  // All regions of the public cloud have a hyphen. With an endpoint, the region may be one of a private cloud.
  const isId = hasEndpoint || region.replace(/^oss-/, '').includes('-');
  const isSpecialEndpoint = /^oss-accelerate|-internal$/.test(region);
  if (isWellFormed && isId && !isSpecialEndpoint) {
    return /^(?:vpc100-)?oss-/.test(region) ? region : `oss-${region}`;
  }
  return invalid(
    'region',
    describeValue(value),
    'Use the ID of the bucket’s region, such as oss-cn-hangzhou.',
  );
}

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions */
export function parseBucket(value: unknown, invalid: ReportInvalid): string | undefined {
  const bucket = parseText('bucket', value, invalid);
  if (bucket === undefined || /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) return bucket;
  return invalid(
    'bucket',
    describeValue(value),
    'Use the name alone: 3 to 63 lowercase letters, digits and hyphens.',
  );
}

export interface EndpointContext {
  bucket: string | undefined;
  cname: boolean;
  pathStyle: boolean;
  page: Page | undefined;
}

/** Returns the origin of the endpoint. The bucket before a host of OSS is removed, because the SDK adds it. */
export function parseEndpoint(
  value: unknown,
  context: EndpointContext,
  invalid: ReportInvalid,
): string | undefined {
  const text = parseText('endpoint', value, invalid);
  if (text === undefined) return undefined;
  const report = (fix: string): undefined => invalid('endpoint', describeValue(redactUrl(text)), fix);
  const { bucket, cname, pathStyle, page } = context;
  const address = text.includes('://') ? text : `https://${text.replace(/^\/\//, '')}`;
  const url = /\s/.test(address) || !URL.canParse(address) ? undefined : new URL(address);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return report('Use a host or a URL that starts with https://, such as oss-cn-hangzhou.aliyuncs.com.');
  }
  if (url.username || url.password) return report('Remove the user name and the password.');
  if (url.pathname !== '/' || url.search || url.hash) {
    return report(`Remove everything after the host: use ${url.origin}.`);
  }
  if (isBlockedAsMixedContent(url, page)) return report(USE_HTTPS);
  const [, hostBucket, serviceHost] = ossHost.exec(url.hostname) ?? [];
  if (cname) {
    const isBound = serviceHost === undefined || hostBucket !== undefined;
    return isBound ? url.origin : report('Remove cname, which is for domains that are bound to the bucket.');
  }
  if (ipAddress.test(url.hostname) && !pathStyle) {
    return report('Set path-style, because the bucket can’t be part of an IP address.');
  }
  if (!hostBucket || !serviceHost) return url.origin;
  if (hostBucket !== bucket) return report(`Remove the bucket from the host: use ${serviceHost}.`);
  url.hostname = serviceHost;
  return url.origin;
}
