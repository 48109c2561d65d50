// Normalizes request targets in absolute form, which proxies and some HTTP clients send (RFC 9112, section 3.2.2), and
// parses targets.

import type { IncomingMessage } from 'node:http';

/**
 * Rewrites a target such as `http://bucket.localhost/key?query` to its path and query. Its authority replaces the `Host`
 * header, so that every check of the host applies to the address that counts. Other targets stay unchanged.
 */
export function normalizeTarget(request: IncomingMessage): void {
  const [, authority, path = ''] = /^https?:\/\/([^/?@]+)(?![^/?])([^]*)$/i.exec(request.url ?? '') ?? [];
  if (authority === undefined) return;
  request.url = path.startsWith('/') ? path : `/${path}`;
  request.headers.host = authority;
}

/**
 * Returns path and query of a target as a URL whose origin has no meaning. Never throws: a target that starts with two
 * slashes is a path, not a host.
 */
export function parseTarget({ url = '/' }: IncomingMessage): URL {
  return new URL(`http://localhost${url.startsWith('/') ? '' : '/'}${url}`);
}
