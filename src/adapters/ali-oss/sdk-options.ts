/** Turns where a bucket is, and who asks, into the SDK's options. */
import { UploadError } from '../../core/errors.js';
import type { BucketLocation, StsCredentials } from '../../core/ports.js';
import type { UrllibClient, SdkOptions } from './sdk.js';

export function toSdkOptions(
  location: BucketLocation,
  credentials: StsCredentials,
  urllib: UrllibClient,
): SdkOptions {
  return {
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: credentials.accessKeySecret,
    stsToken: credentials.securityToken,
    // A number keeps the SDK from advising on the console to set one; with no function to call it refreshes nothing.
    refreshSTSTokenInterval: Infinity,
    region: normalizeRegion(location.region),
    bucket: checkBucket(location.bucket),
    ...(location.endpoint && { endpoint: normalizeEndpoint(location.endpoint) }),
    cname: location.cname ?? false,
    sldEnable: location.pathStyle ?? false,
    secure: true,
    authorizationV4: true,
    // UTF-8 in header values: a page may send bytes there, not characters beyond Latin-1.
    headerEncoding: 'latin1',
    urllib,
  };
}

function normalizeRegion(value: string): string {
  const region = value.trim();
  if (!/^[\w-]+$/.test(region)) throw invalid('region', value);
  return /^(vpc100-)?oss-/.test(region) ? region : `oss-${region}`;
}

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions */
function checkBucket(bucket: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) throw invalid('bucket', bucket);
  return bucket;
}

function normalizeEndpoint(value: string): string {
  const address = value.includes('://') ? value.trim() : `https://${value.trim()}`;
  if (URL.canParse(address)) {
    const { protocol, origin } = new URL(address);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  }
  throw invalid('endpoint', value);
}

function invalid(option: string, value: string): UploadError {
  return new UploadError('option-invalid', { values: { option, value } });
}
