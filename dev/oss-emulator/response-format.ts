// Headers that describe the body of a response. OSS sends one format; proxies and HTTP/2 change it.

import type { OssResponse } from './oss-message.js';

/** How the headers of responses describe their body. */
export interface ResponseFormat {
  /** How a response ends that has no body: with `Content-Length: 0`, as OSS does, or `chunked`, as some proxies do. */
  emptyBody: 'content-length' | 'chunked';
  /** `Content-Type` of XML bodies. `null` sends none. */
  xmlType: string | null;
}

/** The format of OSS. */
export const OSS_FORMAT: ResponseFormat = { emptyBody: 'content-length', xmlType: 'application/xml' };

/** Returns the headers of a response in a format. Without `Content-Length`, the server sends the body chunked. */
export function formatHeaders(
  { status, headers, body }: OssResponse,
  { emptyBody, xmlType }: ResponseFormat,
): Record<string, string | number> {
  const formatted = { ...headers };
  if (formatted['Content-Type'] === OSS_FORMAT.xmlType && typeof body === 'string') {
    if (xmlType === null) delete formatted['Content-Type'];
    else formatted['Content-Type'] = xmlType;
  }
  const isSized = status === 204 || status === 304 || 'Content-Length' in formatted;
  if (!body && !isSized && emptyBody === 'content-length') formatted['Content-Length'] = 0;
  return formatted;
}
