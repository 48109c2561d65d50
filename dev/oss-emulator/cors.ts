// A bucket's CORS rules and what OSS answers by them. Knows nothing of HTTP exchanges.
// Source: OSS API reference, PutBucketCors and OptionObject.

import { OssError } from './oss-error.js';
import { matchesWildcard } from './policy.js';

export interface CorsRule {
  /** Exact origins; each may hold one `*`. */
  allowedOrigins: string[];
  allowedMethods: string[];
  /** Names in any case; each may hold one `*`. */
  allowedHeaders?: string[];
  /** Exact names: OSS takes no wildcard here. */
  exposeHeaders?: string[];
  maxAgeSeconds?: number;
}

/** The rule that a bucket needs for uploads from a page. */
export const RIGHT_CORS_RULES: readonly CorsRule[] = [
  {
    allowedOrigins: ['*'],
    allowedMethods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
    allowedHeaders: ['*'],
    exposeHeaders: ['ETag', 'x-oss-request-id', 'x-oss-hash-crc64ecma'],
    maxAgeSeconds: 600,
  },
];

export interface Preflight {
  origin: string | undefined;
  method: string | undefined;
  /** The value of Access-Control-Request-Headers. */
  headers: string | undefined;
}

/**
 * The headers that allow a preflight.
 * @throws {OssError} 400 where it is none, 403 AccessForbidden where no rule allows it; neither has CORS headers.
 */
export function answerPreflight(rules: readonly CorsRule[], preflight: Preflight): Record<string, string> {
  const { origin, method, headers } = preflight;
  if (!origin) {
    throw new OssError(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  }
  if (!method) {
    throw new OssError(
      400,
      'BadRequest',
      'Insufficient information. Access-Control-Request-Method request header needed.',
    );
  }
  const wanted = (headers ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const rule = rules.find(
    (candidate) =>
      allowsOrigin(candidate, origin) &&
      candidate.allowedMethods.includes(method) &&
      wanted.every((name) =>
        candidate.allowedHeaders?.some((pattern) => matchesWildcard(pattern, name, 'i')),
      ),
  );
  if (!rule) throw corsNotAllowed(rules);
  return {
    ...commonHeaders(rule, origin),
    'Access-Control-Allow-Methods': rule.allowedMethods.join(', '),
    ...(wanted.length > 0 && { 'Access-Control-Allow-Headers': wanted.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.maxAgeSeconds) }),
  };
}

/** The headers that let a page read an answer; none where no rule allows it. */
export function corsHeaders(
  rules: readonly CorsRule[],
  origin: string | undefined,
  method: string,
): Record<string, string> {
  if (!origin) return {};
  const rule = rules.find(
    (candidate) => allowsOrigin(candidate, origin) && candidate.allowedMethods.includes(method),
  );
  return rule ? commonHeaders(rule, origin) : {};
}

const allowsOrigin = (rule: CorsRule, origin: string): boolean =>
  rule.allowedOrigins.some((pattern) => matchesWildcard(pattern, origin));

function commonHeaders(rule: CorsRule, origin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': rule.allowedOrigins.includes('*') ? '*' : origin,
    ...(rule.exposeHeaders?.length && { 'Access-Control-Expose-Headers': rule.exposeHeaders.join(', ') }),
    Vary: 'Origin',
  };
}

function corsNotAllowed(rules: readonly CorsRule[]): OssError {
  return rules.length === 0
    ? new OssError(403, 'AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.')
    : new OssError(
        403,
        'AccessForbidden',
        'CORSResponse: This CORS request is not allowed: no rule of the bucket matches its origin, method and headers.',
      );
}
