/**
 * The one error type that leaves this package, and its closed list of codes.
 * Texts for people are chosen by code, in `error-texts.ts` (English) and in the locales.
 */

import { fillPlaceholders } from './placeholders.js';

/** What went wrong. Every code has a message and a hint in each language. */
export type UploadErrorCode =
  /** `region` is not set. */
  | 'region-missing'
  /** `bucket` is not set. */
  | 'bucket-missing'
  /** Neither `credentials-url` nor `getCredentials` is set. */
  | 'credentials-missing'
  /** An option has a value that can't be used; `values.option` names it. */
  | 'option-invalid'
  /** The object key is empty, longer than 1,023 bytes, or begins with `/` or `\`. */
  | 'key-invalid'
  /** The credentials endpoint answered 401 or 403: the visitor is not signed in, or not allowed. */
  | 'credentials-refused'
  /** The credentials endpoint answered with another error status, or `getCredentials` threw. */
  | 'credentials-failed'
  /** The credentials endpoint answered something that is not JSON, such as a login page. */
  | 'credentials-not-json'
  /** The answer lacks a field; `values.field` names it. */
  | 'credentials-incomplete'
  /** The answer holds credentials that have expired already. */
  | 'credentials-expired'
  /** The credentials endpoint did not answer in time. */
  | 'credentials-timeout'
  /** The credentials endpoint can't be reached: network fault, or blocked by CORS. */
  | 'credentials-unreachable'
  /** The credentials endpoint redirects to another origin. */
  | 'credentials-redirected'
  /** OSS does not accept the credentials, not even newly fetched ones. */
  | 'credentials-rejected'
  /** OSS computes another signature: the secret, the region or something on the way is wrong. */
  | 'signature-refused'
  /** The RAM policy does not allow this. */
  | 'access-denied'
  /** The bucket does not exist. */
  | 'bucket-not-found'
  /** The bucket exists but must not be reached through this endpoint or in this region. */
  | 'endpoint-refused'
  /** An object of that key exists and `overwrite` is not set. */
  | 'object-exists'
  /**
   * The server can be reached, but its answers can't be read: the bucket's CORS rule does not allow the request, or
   * there is no such bucket, which a browser can't tell apart.
   */
  | 'cors-blocked'
  /** The bucket's CORS rule does not expose `ETag`. */
  | 'etag-hidden'
  /** The clock of this device is wrong and OSS does not say what time it is. */
  | 'clock-skewed'
  /** The upload id is gone: completed, aborted or cleaned up by a lifecycle rule. */
  | 'upload-gone'
  /** The object is stored, but OSS could not call the application server. */
  | 'callback-failed'
  /** OSS asks to slow down. */
  | 'throttled'
  /** OSS has an internal fault (5xx). */
  | 'server-error'
  /** OSS refuses the request for another reason; `ossCode` names it. */
  | 'request-refused'
  /** The network failed. */
  | 'network'
  /** No byte moved, or no answer came, for too long. */
  | 'timeout'
  /** The browser can't read the file any more: moved, deleted, changed or without permission. */
  | 'file-unreadable'
  /** The file is not the one that the upload began with. */
  | 'file-changed'
  /** The file is larger than OSS can store (48.8 TB) or the part size allows. */
  | 'file-too-large'
  /** The checkpoint does not belong to this file, or is damaged. */
  | 'checkpoint-mismatch'
  /** What OSS stored is not what was sent (CRC-64 differs). */
  | 'verification-failed'
  /** The SDK chunk could not be loaded. */
  | 'sdk-unavailable'
  /** Anything else: a bug worth reporting, with its `cause`. */
  | 'unexpected';

/** What an {@link UploadError} carries beside its code. */
export interface UploadErrorDetails {
  /** The HTTP status of the answer that caused it. */
  status?: number;
  /** OSS's own error code, such as `AccessDenied`. */
  ossCode?: string;
  /** `x-oss-request-id` of the answer, to quote to Alibaba Cloud's support. */
  requestId?: string;
  /** Overrides what the code says of whether the same may succeed when it is tried again. */
  retryable?: boolean;
  /** How long the server asks to wait, in milliseconds (`Retry-After`). */
  retryAfter?: number;
  /** Values for the placeholders of the texts, such as `{bucket}`. Never a credential. */
  values?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/** The text of an error in one language. */
export interface ErrorText {
  /** What happened and what the end user can do. */
  message: string;
  /** What only a developer or administrator can act on. */
  hint: string;
}

/** Codes behind which the next attempt may meet better luck, with nothing changed. */
const retryableCodes: ReadonlySet<UploadErrorCode> = new Set([
  'credentials-failed',
  'credentials-timeout',
  'credentials-unreachable',
  'clock-skewed',
  'throttled',
  'server-error',
  'network',
  'timeout',
  'sdk-unavailable',
  'verification-failed',
]);

export class UploadError extends Error {
  override readonly name = 'UploadError';
  readonly code: UploadErrorCode;
  /** What a developer or administrator can do, in the user's language. */
  hint = '';
  /** Whether the same may succeed when it is tried again with nothing changed. */
  readonly retryable: boolean;
  readonly status?: number;
  readonly ossCode?: string;
  readonly requestId?: string;
  /** Milliseconds. */
  readonly retryAfter?: number;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: UploadErrorCode, details: UploadErrorDetails = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? retryableCodes.has(code);
    this.status = details.status;
    this.ossCode = details.ossCode;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.values = details.values ?? {};
  }

  /** Wraps anything that was thrown; an `UploadError` stays what it is. */
  static from(error: unknown): UploadError {
    return error instanceof UploadError ? error : new UploadError('unexpected', { cause: error });
  }

  /** Puts the texts of one language in place, placeholders filled. */
  describe(text: ErrorText): this {
    this.message = fillPlaceholders(text.message, this.values);
    this.hint = fillPlaceholders(text.hint, this.values);
    return this;
  }
}
