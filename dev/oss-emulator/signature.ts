// Pure functions that compute OSS V1 and V4 signatures.
// Sources: OSS API reference, "Include a V4 signature in the header" and "Signature version 1";
// https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4

import { createHash, createHmac } from 'node:crypto';

/** Properties of a request that are signed. Header names are in lowercase; key and query are decoded. */
export interface SignableRequest {
  method: string;
  bucket: string;
  /** Empty for requests to the bucket itself. */
  key: string;
  headers: ReadonlyMap<string, string>;
  query: ReadonlyMap<string, string>;
}

export const V4_ALGORITHM = 'OSS4-HMAC-SHA256';

/** Credential scope of a V4 signature. */
export interface V4Scope {
  /** `yyyymmdd`. */
  date: string;
  /** Region without the `oss-` prefix. */
  region: string;
}

/** Percent-encodes all characters except the unreserved ones of RFC 3986. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const compareNames = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** Returns the canonical request of a V4 signature. @param additionalHeaders Lowercase names, sorted. */
export function canonicalRequestV4(request: SignableRequest, additionalHeaders: readonly string[]): string {
  const query = [...request.query]
    .filter(([name]) => name !== 'x-oss-signature')
    .map(([name, value]): [string, string] => [percentEncode(name), percentEncode(value)])
    .sort(compareNames)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const signed = [...request.headers]
    .filter(
      ([name]) =>
        name === 'content-type' ||
        name === 'content-md5' ||
        name.startsWith('x-oss-') ||
        additionalHeaders.includes(name),
    )
    .sort(compareNames);
  return [
    request.method,
    percentEncode(`/${request.bucket}/${request.key}`).replaceAll('%2F', '/'),
    query.join('&'),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(''),
    additionalHeaders.join(';'),
    request.headers.get('x-oss-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

/** Returns the string to sign of a V4 signature. @param timestamp `yyyymmddThhmmssZ`. */
export function stringToSignV4(timestamp: string, scope: V4Scope, canonicalRequest: string): string {
  return [
    V4_ALGORITHM,
    timestamp,
    `${scope.date}/${scope.region}/oss/aliyun_v4_request`,
    createHash('sha256').update(canonicalRequest).digest('hex'),
  ].join('\n');
}

/** Returns a V4 signature as lowercase hex. */
export function signatureV4(accessKeySecret: string, scope: V4Scope, stringToSign: string): string {
  const key = [scope.date, scope.region, 'oss', 'aliyun_v4_request'].reduce<string | Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `aliyun_v4${accessKeySecret}`,
  );
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

/** Query parameters that a V1 signature covers, in addition to those that start with `x-oss-`. */
const V1_SUBRESOURCES = new Set(
  `
    accessMonitor accessPoint accessPointPolicy acl append asyncFetch bucketArchiveDirectRead
    bucketInfo callback callback-var cloudboxes cname comp continuation-token cors delete encryption
    endTime group httpsConfig img inventory inventoryId lifecycle link live location logging metaQuery
    objectInfo objectMeta partNumber policy position publicAccessBlock qos qosInfo
    redundancyTransition referer regionList replication replicationLocation replicationProgress
    requestPayment resourceGroup response-cache-control response-content-disposition
    response-content-encoding response-content-language response-content-type response-expires restore
    rtc security-token sequential startTime stat status style styleName symlink tagging
    transferAcceleration udf udfApplication udfApplicationLog udfId udfImage udfImageDesc udfName
    uploadId uploads versionId versioning versions vod website withHashContext worm wormExtend wormId
  `
    .trim()
    .split(/\s+/),
);

const isV1Subresource = (name: string): boolean => V1_SUBRESOURCES.has(name) || name.startsWith('x-oss-');

/**
 * Returns the string to sign of a V1 signature.
 * @param date The value of `x-oss-date` or `Date`; in a presigned URL, of `Expires`.
 */
export function stringToSignV1(request: SignableRequest, date: string): string {
  const headers = [...request.headers]
    .filter(([name]) => name.startsWith('x-oss-'))
    .sort(compareNames)
    .map(([name, value]) => `${name}:${value.trim()}`);
  const subresources = [...request.query]
    .filter(([name]) => isV1Subresource(name))
    .sort(compareNames)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = `/${request.bucket}/${request.key}`;
  return [
    request.method,
    request.headers.get('content-md5') ?? '',
    request.headers.get('content-type') ?? '',
    date,
    ...headers,
    subresources.length > 0 ? `${resource}?${subresources.join('&')}` : resource,
  ].join('\n');
}

/** Returns a V1 signature as base64. */
export function signatureV1(accessKeySecret: string, stringToSign: string): string {
  return createHmac('sha1', accessKeySecret).update(stringToSign).digest('base64');
}
