/** The error type of this package, and which codes are retryable. error-texts.ts and the locales contain the texts. */

import type { ErrorTexts, UploadErrorCode } from './error-codes.js';
import { fillPlaceholders, withoutBidiControls } from './placeholders.js';

export type { ErrorText, ErrorTexts, UploadErrorCode } from './error-codes.js';

/** What an {@link UploadError} carries in addition to its code. */
export interface UploadErrorDetails {
  /** HTTP status of the response that caused the error. */
  status?: number | undefined;
  /** OSS's own error code, such as `AccessDenied`. */
  ossCode?: string | undefined;
  /** `x-oss-request-id` of the response. Quote it to Alibaba Cloud support. */
  requestId?: string | undefined;
  /** Overrides whether the error is retryable. The default depends on the code. */
  retryable?: boolean | undefined;
  /** Delay that the server requests before the next attempt (`Retry-After`), in milliseconds. */
  retryAfter?: number | undefined;
  /** Values for the placeholders of the texts, such as `{bucket}`. Must not contain credentials. */
  values?: Readonly<Record<string, string>> | undefined;
  cause?: unknown;
}

/** English, once the engine is loaded: a page that only imports the class doesn't load the texts of all errors. */
let defaultTexts: ErrorTexts | undefined;

/** Sets the texts that errors have until they are described in another language. */
export function setDefaultTexts(texts: ErrorTexts): void {
  defaultTexts = texts;
}

/** Codes whose errors are worth retrying unchanged. */
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

/**
 * A failed upload, request or setting.
 *
 * @example
 * element.addEventListener('oss-upload-error', ({ detail: { error } }) => {
 *   if (error.code === 'credentials-refused') location.assign('/sign-in');
 * });
 */
export class UploadError extends Error {
  /** Always `UploadError`. */
  override readonly name = 'UploadError';
  /** What went wrong. */
  readonly code: UploadErrorCode;
  /** What a developer or administrator can do about it, in the user's language. */
  hint = '';
  /** Whether retrying unchanged may succeed. */
  readonly retryable: boolean;
  /** HTTP status of the response that caused the error. */
  readonly status: number | undefined;
  /** OSS's own error code, such as `AccessDenied`. */
  readonly ossCode: string | undefined;
  /** `x-oss-request-id` of the response. */
  readonly requestId: string | undefined;
  /** Delay that the server requests before the next attempt, in milliseconds. */
  readonly retryAfter: number | undefined;
  /** Values for the placeholders of the texts. */
  readonly values: Readonly<Record<string, string>>;

  /** Creates an error with English texts. */
  constructor(code: UploadErrorCode, details: UploadErrorDetails = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? retryableCodes.has(code);
    this.status = details.status;
    this.ossCode = details.ossCode;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.values = details.values ?? {};
    if (defaultTexts) this.describe(defaultTexts);
  }

  /** Wraps any thrown value. Returns an `UploadError` unchanged. */
  static from(error: unknown): UploadError {
    return error instanceof UploadError ? error : new UploadError('unexpected', { cause: error });
  }

  /** Sets `message` and `hint` from the texts of a language. */
  describe(texts: ErrorTexts): this {
    const { message, hint } = texts[this.code];
    const values = Object.fromEntries(
      Object.entries(this.values).map(([name, value]) => [name, withoutBidiControls(value)]),
    );
    this.message = fillPlaceholders(message, values);
    this.hint = fillPlaceholders(hint, values);
    return this;
  }
}
