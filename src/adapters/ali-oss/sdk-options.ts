/** Converts a bucket location and credentials to the SDK's constructor options. */
import type { BucketLocation, ObjectTarget, StsCredentials } from '../../core/ports.js';
import { withoutPrototype } from '../../core/without-prototype.js';
import type { UrllibClient, SdkOptions } from './sdk.js';

export function toSdkOptions(
  location: BucketLocation,
  credentials: StsCredentials,
  urllib: UrllibClient,
): SdkOptions {
  return withoutPrototype({
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
  });
}

/** Returns the URL of an object, without the SDK. All requests for the object have it, with different queries. */
export function objectUrl({ region, bucket, endpoint, cname, pathStyle, key }: ObjectTarget): string {
  const url = new URL(endpoint ?? `https://${region}.aliyuncs.com`);
  if (!cname && !pathStyle) url.host = `${bucket}.${url.host}`;
  url.pathname = encodeURIComponent(pathStyle ? `${bucket}/${key}` : key).replaceAll('%2F', '/');
  return url.href;
}
