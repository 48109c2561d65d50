// Evaluates a bucket's CORS rules and returns the response headers. Doesn't send responses.
// Source: OSS API reference, PutBucketCors and OptionObject.

import { OssError } from './oss-error.js';
import { matchesWildcard } from './policy.js';

/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  /** Case-sensitive; each may contain one `*`. */
  allowedOrigins: string[];
  allowedMethods: string[];
  /** Case-insensitive; each may contain one `*`. */
  allowedHeaders?: string[] | undefined;
  /** Exact names; OSS doesn't support wildcards here. */
  exposeHeaders?: string[] | undefined;
  maxAgeSeconds?: number | undefined;
}

/** Returns the CORS rules that a bucket needs for uploads from pages of some origins. */
export const uploadCorsRules = (allowedOrigins: readonly string[]): CorsRule[] => [
  {
    allowedOrigins: [...allowedOrigins],
    allowedMethods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
    allowedHeaders: ['*'],
    exposeHeaders: ['ETag', 'x-oss-request-id', 'x-oss-hash-crc64ecma'],
    maxAgeSeconds: 600,
  },
];

/** Request headers of a preflight. */
export interface Preflight {
  origin: string | undefined;
  method: string | undefined;
  /** The value of `Access-Control-Request-Headers`. */
  headers: string | undefined;
}

/**
 * Returns the CORS headers of a successful preflight response.
 * @throws {OssError} `BadRequest` (400) if a required header is missing, `AccessForbidden` (403) if no rule matches.
 */
export function preflightHeaders(rules: readonly CorsRule[], preflight: Preflight): Record<string, string> {
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
  const requestedHeaders = (headers ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const rule = rules.find(
    (candidate) =>
      allowsOrigin(candidate, origin) &&
      candidate.allowedMethods.includes(method) &&
      requestedHeaders.every((name) =>
        candidate.allowedHeaders?.some((pattern) => matchesWildcard(pattern, name, 'i')),
      ),
  );
  if (!rule) throw corsNotAllowed(rules);
  return {
    ...commonHeaders(rule, origin),
    'Access-Control-Allow-Methods': rule.allowedMethods.join(', '),
    ...(requestedHeaders.length > 0 && { 'Access-Control-Allow-Headers': requestedHeaders.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.maxAgeSeconds) }),
  };
}

/** Returns the CORS headers of an actual response; empty if there is no origin or no rule matches. */
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
        'CORSResponse: This CORS request is not allowed: no rule of the bucket matches the origin, method and headers.',
      );
}
