/** Maps OSS error responses to upload errors. */
import { UploadError, type UploadErrorCode } from '../../core/errors.js';
import { lookUp } from '../../core/guards.js';
import type { OssErrorResponse } from './oss-error.js';

/** Upload error code by OSS error code. @see https://www.alibabacloud.com/help/en/oss/developer-reference/error-codes */
const codeByOssCode: Readonly<Record<string, UploadErrorCode>> = {
  SecurityTokenExpired: 'credentials-expired',
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
  // OSS timed out while reading the body.
  RequestTimeout: 'timeout',
  // The body was truncated or corrupted in transit.
  IncompleteBody: 'network',
  InvalidDigest: 'network',
  TotalQpsLimitExceeded: 'throttled',
  QpsLimitExceeded: 'throttled',
  UploadTrafficRateLimitExceeded: 'throttled',
  ServiceUnavailable: 'throttled',
};

/** OSS error codes that mean a wrong endpoint or region if the message matches. */
const endpointMessages: Readonly<Record<string, RegExp>> = {
  AccessDenied: /must be addressed using the specified endpoint/i,
  InvalidArgument: /signing region/i,
};

/** @param values for the placeholders of the error texts, such as the bucket; `ossCode` is added */
export function toUploadError(
  status: number,
  response: OssErrorResponse,
  values: Readonly<Record<string, string>>,
): UploadError {
  const { code: ossCode, message, requestId, retryAfter } = response;
  return new UploadError(toCode(status, response), {
    status,
    ossCode,
    requestId,
    retryAfter,
    values: { ...values, ossCode: ossCode ?? `HTTP ${status}` },
    // The response body may echo signed headers, including the security token. Only the message is kept.
    cause: message === undefined ? undefined : new Error(message),
  });
}

function toCode(status: number, { code = '', message = '' }: OssErrorResponse): UploadErrorCode {
  if (lookUp(endpointMessages, code)?.test(message)) return 'endpoint-refused';
  return lookUp(codeByOssCode, code) ?? codeByStatus(status, code);
}

function codeByStatus(status: number, code: string): UploadErrorCode {
  if (status === 429 || status === 503) return 'throttled';
  // A proxy may answer with another status than OSS, such as 202.
  if (status >= 500 || status < 300) return 'server-error';
  if (status === 403 && code === '') return 'access-denied';
  return 'request-refused';
}
