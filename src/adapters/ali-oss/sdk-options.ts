/** Converts a bucket location and credentials to the SDK's constructor options. */
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
    // If the interval is missing, the SDK logs a warning. Without `refreshSTSToken` it never refreshes.
    refreshSTSTokenInterval: Infinity,
    region: location.region,
    bucket: location.bucket,
    ...(location.endpoint && { endpoint: location.endpoint }),
    cname: location.cname ?? false,
    sldEnable: location.pathStyle ?? false,
    secure: true,
    authorizationV4: true,
    // Makes the SDK encode header values as UTF-8 bytes. Scripts can't set headers with characters beyond Latin-1.
    headerEncoding: 'latin1',
    urllib,
  };
}
