/** Names what OSS refuses in this package's error codes. */
import { UploadError, type UploadErrorCode } from '../../core/errors.js';
import type { OssErrorResponse } from './oss-error.js';

/** By OSS's own error code. @see https://www.alibabacloud.com/help/en/oss/developer-reference/error-codes */
const byOssCode: Readonly<Record<string, UploadErrorCode>> = {
  SecurityTokenExpired: 'credentials-rejected',
  InvalidSecurityToken: 'credentials-rejected',
  InvalidAccessKeyId: 'credentials-rejected',
  AccessKeyIdAndSecurityTokenNotMatch: 'credentials-rejected',
  SignatureDoesNotMatch: 'signature-refused',
  AccessDenied: 'access-denied',
  NoSuchBucket: 'bucket-not-found',
  InvalidBucketName: 'bucket-not-found',
  PublicEndpointForbidden: 'endpoint-refused',
  SecondLevelDomainForbidden: 'endpoint-refused',
  InvalidRegion: 'endpoint-refused',
  CnameDenied: 'endpoint-refused',
  FileAlreadyExists: 'object-exists',
  NoSuchUpload: 'upload-gone',
  InvalidObjectName: 'key-invalid',
  CallbackFailed: 'callback-failed',
  RequestTimeTooSkewed: 'clock-skewed',
  // OSS waited for the body.
  RequestTimeout: 'timeout',
  // The body broke off, or broke, on its way.
  IncompleteBody: 'network',
  BadDigest: 'network',
  TotalQpsLimitExceeded: 'throttled',
  QpsLimitExceeded: 'throttled',
  UploadTrafficRateLimitExceeded: 'throttled',
  ServiceUnavailable: 'throttled',
};

/** Codes of which some messages mean that the bucket is reached in the wrong way. */
const aboutTheEndpoint: Readonly<Record<string, RegExp>> = {
  AccessDenied: /must be addressed using the specified endpoint/i,
  InvalidArgument: /signing region/i,
};

export function toUploadError(
  status: number,
  refusal: OssErrorResponse,
  values: Readonly<Record<string, string>>,
): UploadError {
  const { code: ossCode, message, requestId, retryAfter } = refusal;
  return new UploadError(toCode(status, refusal), {
    status,
    ossCode,
    requestId,
    retryAfter,
    values: { ...values, ossCode: ossCode ?? `HTTP ${status}` },
    // OSS repeats the signed headers in the answer, the token among them: its message is all that leaves.
    cause: message === undefined ? undefined : new Error(message),
  });
}

function toCode(status: number, { code = '', message = '' }: OssErrorResponse): UploadErrorCode {
  if (aboutTheEndpoint[code]?.test(message)) return 'endpoint-refused';
  return byOssCode[code] ?? byStatus(status, code);
}

function byStatus(status: number, code: string): UploadErrorCode {
  if (status === 429 || status === 503) return 'throttled';
  if (status >= 500) return 'server-error';
  if (status === 403 && code === '') return 'access-denied';
  return 'request-refused';
}
