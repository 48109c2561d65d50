/** Reads what OSS says of a request that it refuses, from the body or, for HEAD, from a header. */
import type { HttpResponse } from './transport.js';

export interface OssErrorResponse {
  /** Such as `AccessDenied`; absent where something other than OSS answered. */
  code?: string;
  message?: string;
  requestId?: string;
  /** Milliseconds since 1970; with `RequestTimeTooSkewed`. */
  serverTime?: number;
  /** Milliseconds, of `Retry-After`. */
  retryAfter?: number;
}

export function readOssError({ headers, data }: HttpResponse): OssErrorResponse {
  const xml = new DOMParser().parseFromString(data || decode(headers['x-oss-err']), 'application/xml');
  const text = (name: string) => xml.querySelector(`Error > ${name}`)?.textContent ?? undefined;
  const serverTime = Date.parse(text('ServerTime') ?? '');
  return {
    code: text('Code'),
    message: text('Message'),
    requestId: text('RequestId') ?? headers['x-oss-request-id'],
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    retryAfter: readRetryAfter(headers['retry-after']),
  };
}

function decode(base64 = ''): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value?: string): number | undefined {
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
