/** Parses OSS error responses, from the body or, for HEAD requests, from a response header. */
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

/** Parses an error response. Never throws: fields that are missing or malformed are `undefined`. */
export function readOssError({ headers, data }: HttpResponse): OssErrorResponse {
  const xml = new DOMParser().parseFromString(data || decodeBase64(headers['x-oss-err']), 'application/xml');
  const text = (name: string) => xml.querySelector(`Error > ${name}`)?.textContent ?? undefined;
  const serverTime = Date.parse(text('ServerTime') ?? '');
  return {
    code: text('Code'),
    message: text('Message'),
    requestId: text('RequestId') ?? headers['x-oss-request-id'],
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    retryAfter: parseRetryAfter(headers['retry-after']),
  };
}

function decodeBase64(base64 = ''): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

/** Parses seconds or a date. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function parseRetryAfter(value?: string): number | undefined {
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
