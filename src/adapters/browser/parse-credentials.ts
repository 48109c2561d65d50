/**
 * Parses STS credentials from the formats that servers return.
 */

import { UploadError } from '../../core/errors.js';
import { isDate, isRecord } from '../../core/guards.js';
import type { StsCredentials } from '../../core/ports.js';

/** Properties under which servers nest the credentials. */
const wrappers = ['data', 'Data', 'result', 'Credentials', 'credentials'];

/** Accepted names of each field, in lower case and without separators. Errors name the field by its key here. */
const fields = {
  AccessKeyId: ['accesskeyid'],
  AccessKeySecret: ['accesskeysecret'],
  SecurityToken: ['securitytoken', 'ststoken'],
  Expiration: ['expiration'],
} as const;

/** Printable ASCII. The browser rejects any other header value with an error that quotes it, and so leaks the secret. */
const validHeaderValue = /^[\x20-\x7e]+$/;

/**
 * Parses a response of AssumeRole, or its four fields at the top level or nested, in any common naming style.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 * @throws UploadError `credentials-incomplete` if a field is missing, `credentials-failed` if the body reports an error
 */
export function parseCredentials(body: unknown): StsCredentials {
  const record = findCredentials(body);
  if (!record)
    throw (
      reportedError(body) ?? new UploadError('credentials-incomplete', { values: { field: 'AccessKeyId' } })
    );
  const readText = (name: keyof typeof fields) => {
    const value = read(record, name);
    const trimmed = typeof value === 'string' ? value.trim() : '';
    if (validHeaderValue.test(trimmed)) return trimmed;
    throw reportedError(body) ?? new UploadError('credentials-incomplete', { values: { field: name } });
  };
  return {
    accessKeyId: readText('AccessKeyId'),
    accessKeySecret: readText('AccessKeySecret'),
    securityToken: readText('SecurityToken'),
    expiration: parseTime(read(record, 'Expiration')),
  };
}

function findCredentials(value: unknown, depth = 0): Record<string, unknown> | undefined {
  if (!isRecord(value) || depth > wrappers.length) return undefined;
  for (const wrapper of wrappers) {
    const inner = Object.hasOwn(value, wrapper) ? findCredentials(value[wrapper], depth + 1) : undefined;
    if (inner) return inner;
  }
  return Object.keys(fields).some((name) => read(value, name as keyof typeof fields) !== undefined)
    ? value
    : undefined;
}

function read(record: Record<string, unknown>, name: keyof typeof fields): unknown {
  const names: readonly string[] = fields[name];
  const key = Object.keys(record).find((key) => names.includes(key.replace(/[^a-z]/gi, '').toLowerCase()));
  return key === undefined ? undefined : record[key];
}

/** Returns the error that the body reports. Some sample servers respond with status 200 and an error in the body. */
function reportedError(body: unknown): UploadError | undefined {
  if (!isRecord(body)) return undefined;
  const statusCode = body['StatusCode'] ?? body['statusCode'] ?? body['code'];
  const status = typeof statusCode === 'string' || typeof statusCode === 'number' ? Number(statusCode) : 200;
  const isError = status >= 400 || 'ErrorCode' in body || 'errorCode' in body;
  return isError
    ? new UploadError('credentials-failed', { status: status >= 400 ? status : undefined })
    : undefined;
}

/** Parses ISO 8601, as returned by AssumeRole, or seconds or milliseconds since 1970. */
function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'number' ? (value < 1e11 ? value * 1_000 : value) : parseDate(value);
  return Number.isFinite(time) ? time : undefined;
}

function parseDate(value: unknown): number {
  return typeof value === 'string' || isDate(value) ? Date.parse(String(value)) : NaN;
}
