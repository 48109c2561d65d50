// The headers that every answer of the demo carries, and who may ask at all.

import type { IncomingMessage } from 'node:http';

/** What a page with the element needs: everything from its own origin, and connections to OSS. */
export function contentSecurityPolicy(ossSources: readonly string[], scriptSources = ''): string {
  return [
    "default-src 'self'",
    `connect-src 'self' ${ossSources.join(' ')}`,
    ...(scriptSources ? [`script-src 'self' ${scriptSources}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
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
