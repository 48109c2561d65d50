/** Converts a bucket location and credentials to the SDK's constructor options. */
import { UploadError } from '../../core/errors.js';
import type { BucketLocation, StsCredentials } from '../../core/ports.js';
import type { UrllibClient, SdkOptions } from './sdk.js';

/** @throws UploadError `option-invalid` if the region, the bucket name or the endpoint is malformed */
export function toSdkOptions(
  location: BucketLocation,
  credentials: StsCredentials,
  urllib: UrllibClient,
): SdkOptions {
  return {
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: credentials.accessKeySecret,
    stsToken: credentials.securityToken,
    // If the interval is missing, the SDK logs a warning. Without `refreshSTSToken` it never refreshes.
    refreshSTSTokenInterval: Infinity,
    region: normalizeRegion(location.region),
    bucket: checkBucket(location.bucket),
    ...(location.endpoint && { endpoint: normalizeEndpoint(location.endpoint) }),
    cname: location.cname ?? false,
    sldEnable: location.pathStyle ?? false,
    secure: true,
    authorizationV4: true,
    // Makes the SDK encode header values as UTF-8 bytes. Scripts can't set headers with characters beyond Latin-1.
    headerEncoding: 'latin1',
    urllib,
  };
}

function normalizeRegion(value: string): string {
  const region = value.trim();
  if (!/^[\w-]+$/.test(region)) throw invalidOption('region', value);
  return /^(vpc100-)?oss-/.test(region) ? region : `oss-${region}`;
}

/** @see https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions */
function checkBucket(bucket: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) throw invalidOption('bucket', bucket);
  return bucket;
}

function normalizeEndpoint(value: string): string {
  const url = value.includes('://') ? value.trim() : `https://${value.trim()}`;
  if (URL.canParse(url)) {
    const { protocol, origin } = new URL(url);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  }
  throw invalidOption('endpoint', value);
}

function invalidOption(option: string, value: string): UploadError {
  return new UploadError('option-invalid', { values: { option, value } });
}
