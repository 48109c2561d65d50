// Security headers of the demo's responses, and the check of where a request comes from.

import type { IncomingMessage } from 'node:http';

/** Additional permissions of a page, as Content-Security-Policy sources. */
export interface PolicyOptions {
  /** `script-src`, in addition to 'self'. */
  scripts?: string;
  /** `form-action`. */
  forms?: string;
  /** `frame-ancestors`. */
  frameAncestors?: string;
  /** `frame-src`. */
  frames?: string;
}

/** Returns the policy of the demo's pages: the minimal policy of the element, plus restrictions it doesn't depend on. */
export function contentSecurityPolicy(ossSources: readonly string[], options: PolicyOptions = {}): string {
  const { scripts, forms = "'none'", frameAncestors = "'none'", frames } = options;
  return [
    minimalPolicy(ossSources),
    ...(scripts ? [`script-src 'self' ${scripts}`] : []),
    ...(frames ? [`frame-src ${frames}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${forms}`,
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/** Returns the strictest `default-src` and `connect-src` that the element works with. */
export function minimalPolicy(ossSources: readonly string[]): string {
  return `default-src 'self'; connect-src 'self' ${ossSources.join(' ')}`;
}

export const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // With no-referrer, browsers would send `Origin: null` with the forms of the demo itself.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * Returns whether a page of another origin sent a request, except for navigation. Other ports of this machine are other
 * origins. `frame-ancestors` limits which pages can show the demo in a frame. Clients other than browsers don't send the
 * headers.
 */
export function isFromOtherOrigin({ method, headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, origin, host } = headers;
  // Older browsers send only Origin, and not with links.
  if (site === undefined) return origin !== undefined && origin !== `http://${host}`;
  if (site === 'same-origin' || site === 'none') return false;
  return mode !== 'navigate' || (method !== 'GET' && method !== 'HEAD');
}
