/** Parses OSS error responses, from the body or, for HEAD requests, from a response header. */
import { isRecord } from '../../core/guards.js';
import { redact } from '../../core/redact.js';
import { parseRetryAfter, parseServerTime } from '../../core/server-clock.js';
import { parseXml } from './parse-xml.js';
import type { HttpResponse } from './transport.js';

/** An error response. @see https://www.alibabacloud.com/help/en/oss/developer-reference/error-codes */
export interface OssErrorResponse {
  /** OSS error code, such as `AccessDenied`; `undefined` if the response doesn't come from OSS. */
  code?: string | undefined;
  message?: string | undefined;
  requestId?: string | undefined;
  /** Milliseconds since 1970. OSS sends it with `RequestTimeTooSkewed`. */
  serverTime?: number | undefined;
  /** `Retry-After`, in milliseconds. */
  retryAfter?: number | undefined;
}

/**
 * Parses an error response. Never throws: fields that are missing or malformed are `undefined`.
 *
 * @param secrets of the request, which the response may repeat
 */
export function readOssError(
  { headers, data }: HttpResponse,
  secrets: readonly string[] = [],
): OssErrorResponse {
  const fields = parseFields(data || decodeBase64(headers['x-oss-err']));
  const clean = (text: string | undefined) => text && redact(text, secrets);
  return {
    code: clean(fields['Code']),
    message: clean(fields['Message']),
    requestId: clean(fields['RequestId'] ?? headers['x-oss-request-id']),
    serverTime: parseServerTime(fields['ServerTime']),
    retryAfter: parseRetryAfter(headers['retry-after']),
  };
}

/** Returns the texts in an `<Error>` document by element name; none for any other text. */
function parseFields(text: string): Record<string, string | undefined> {
  try {
    const { root, value } = parseXml(text);
    if (root !== 'Error' || !isRecord(value)) return {};
    return Object.fromEntries(
      Object.entries(value).filter((field): field is [string, string] => typeof field[1] === 'string'),
    );
  } catch {
    return {};
  }
}

function decodeBase64(base64 = ''): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
