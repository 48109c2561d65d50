/** Parses OSS error responses, from the body or, for HEAD requests, from a response header. */
import { isRecord } from '../../core/guards.js';
import { parseXml } from './parse-xml.js';
import type { HttpRequest, HttpResponse } from './transport.js';

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
  const fields = parseFields(data || decodeBase64(headers['x-oss-err']));
  const serverTime = Date.parse(fields['ServerTime'] ?? '');
  return {
    code: fields['Code'],
    message: fields['Message'],
    requestId: fields['RequestId'] ?? headers['x-oss-request-id'],
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    retryAfter: parseRetryAfter(headers['retry-after']),
  };
}

/** Removes fields that repeat what authorizes the request: the error pages of some proxies show its headers. */
export function withoutSecrets(
  { ...response }: OssErrorResponse,
  headers: HttpRequest['headers'] = {},
): OssErrorResponse {
  const secrets = Object.entries(headers)
    .filter(([name]) => /^(?:authorization|x-oss-security-token)$/i.test(name))
    .map(([, value]) => value.split('Signature=').at(-1) ?? value);
  for (const field of ['code', 'message', 'requestId'] as const) {
    if (secrets.some((secret) => response[field]?.includes(secret))) response[field] = undefined;
  }
  return response;
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

/** Parses seconds or a date. @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
function parseRetryAfter(value?: string): number | undefined {
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
