// The headers that every answer of the demo carries, and who may ask at all.

import type { IncomingMessage } from 'node:http';

/** What a page is allowed beyond the others, each as sources of a Content-Security-Policy. */
export interface Allowance {
  scripts?: string;
  /** Where its forms may be sent. */
  forms?: string;
  /** Whose pages may frame it. */
  framing?: string;
  /** Whose pages it frames. */
  frames?: string;
}

/** What a page with the element needs: everything from its own origin, and connections to OSS. */
export function contentSecurityPolicy(ossSources: readonly string[], allowance: Allowance = {}): string {
  const { scripts, forms = "'none'", framing = "'none'", frames } = allowance;
  return [
    leastPolicy(ossSources),
    ...(scripts ? [`script-src 'self' ${scripts}`] : []),
    ...(frames ? [`frame-src ${frames}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${forms}`,
    `frame-ancestors ${framing}`,
  ].join('; ');
}

/** The element needs no more than this, and says nothing of what else a page may do. */
export function leastPolicy(ossSources: readonly string[]): string {
  return `default-src 'self'; connect-src 'self' ${ossSources.join(' ')}`;
}

export const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/**
 * Whether a request was made to this machine by its own name. A foreign name that resolves to a loopback belongs to
 * a site that is after the credentials (DNS rebinding).
 */
export function isAddressedToLoopback({ headers }: IncomingMessage): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(headers.host ?? '');
}
