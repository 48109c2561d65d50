import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toUploadError } from '../../../src/adapters/ali-oss/to-upload-error.js';
import type { UploadErrorCode } from '../../../src/core/errors.js';

interface Case {
  status: number;
  code?: string;
  message?: string;
  as: UploadErrorCode;
  retryable: boolean;
}

const cases: Case[] = [
  { status: 403, code: 'SecurityTokenExpired', as: 'credentials-expired', retryable: false },
  { status: 403, code: 'InvalidAccessKeyId', as: 'credentials-rejected', retryable: false },
  { status: 403, code: 'InvalidSecurityToken', as: 'credentials-rejected', retryable: false },
  { status: 403, code: 'AccessKeyIdAndSecurityTokenNotMatch', as: 'credentials-rejected', retryable: false },
  { status: 403, code: 'SignatureDoesNotMatch', as: 'signature-refused', retryable: false },
  { status: 403, code: 'AccessDenied', as: 'access-denied', retryable: false },
  {
    status: 403,
    code: 'AccessDenied',
    message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
    as: 'endpoint-refused',
    retryable: false,
  },
  {
    status: 400,
    code: 'InvalidArgument',
    message: 'Invalid signing region in Authorization header.',
    as: 'endpoint-refused',
    retryable: false,
  },
  { status: 400, code: 'InvalidArgument', message: 'Part number', as: 'request-refused', retryable: false },
  { status: 404, code: 'NoSuchBucket', as: 'bucket-not-found', retryable: false },
  { status: 400, code: 'PublicEndpointForbidden', as: 'endpoint-refused', retryable: false },
  { status: 409, code: 'FileAlreadyExists', as: 'object-exists', retryable: false },
  { status: 404, code: 'NoSuchUpload', as: 'upload-gone', retryable: false },
  { status: 400, code: 'InvalidObjectName', as: 'key-invalid', retryable: false },
  { status: 203, code: 'CallbackFailed', as: 'callback-failed', retryable: false },
  { status: 403, code: 'RequestTimeTooSkewed', as: 'clock-skewed', retryable: true },
  { status: 400, code: 'RequestTimeout', as: 'timeout', retryable: true },
  { status: 400, code: 'IncompleteBody', as: 'network', retryable: true },
  { status: 400, code: 'InvalidDigest', as: 'network', retryable: true },
  { status: 503, code: 'TotalQpsLimitExceeded', as: 'throttled', retryable: true },
  { status: 503, code: 'UploadTrafficRateLimitExceeded', as: 'throttled', retryable: true },
  { status: 503, code: 'ServiceUnavailable', as: 'throttled', retryable: true },
  { status: 429, as: 'throttled', retryable: true },
  { status: 503, as: 'throttled', retryable: true },
  { status: 500, code: 'InternalError', as: 'server-error', retryable: true },
  { status: 502, as: 'server-error', retryable: true },
  { status: 203, as: 'server-error', retryable: true },
  { status: 403, as: 'access-denied', retryable: false },
  { status: 404, as: 'request-refused', retryable: false },
  { status: 400, code: 'EntityTooLarge', as: 'request-refused', retryable: false },
];

describe('toUploadError', () => {
  for (const { status, code, message, as, retryable } of cases) {
    const suffix = message ? ` (${message})` : '';
    it(`maps ${status} ${code ?? 'without a code'}${suffix} to ${as}`, () => {
      const error = toUploadError(status, { code, message }, {});
      assert.equal(error.code, as);
      assert.equal(error.retryable, retryable);
    });
  }

  it('keeps the request ID, the Retry-After delay and the message values', () => {
    const response = {
      code: 'InternalError',
      message: 'Please try again.',
      requestId: 'ABC',
      retryAfter: 2_000,
    };
    const error = toUploadError(500, response, { bucket: 'b' });
    const { status, ossCode, requestId, retryAfter, values } = error;
    assert.deepEqual(
      { status, ossCode, requestId, retryAfter, values },
      {
        status: 500,
        ossCode: 'InternalError',
        requestId: 'ABC',
        retryAfter: 2_000,
        values: { bucket: 'b', ossCode: 'InternalError' },
      },
    );
    assert.equal((error.cause as Error).message, 'Please try again.');
  });

  it('uses the HTTP status if the response has no code', () => {
    assert.equal(toUploadError(418, {}, {}).values.ossCode, 'HTTP 418');
  });
});
