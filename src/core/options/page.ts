/** What the page allows: relative URLs, and requests without TLS. */

import type { Page } from '../ports.js';

export type { Page } from '../ports.js';

export const USE_HTTPS = 'Use https://, because browsers block requests from a secure page to http:// URLs.';

/** Whether the browser blocks requests to this URL because the page uses TLS and the URL doesn't. */
export function isBlockedAsMixedContent({ protocol, hostname }: URL, page: Page | undefined): boolean {
  const isLoopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  return Boolean(page?.isSecure) && protocol === 'http:' && !isLoopback;
}

/** Removes what may be secret: the user name, the password and the query. */
export function redactUrl(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//…@').replace(/[?#].*/s, (rest) => `${rest[0]}…`);
}
