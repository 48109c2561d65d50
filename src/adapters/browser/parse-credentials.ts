/**
 * Reads STS credentials from the shapes in which servers answer them. Pure.
 */

import { UploadError } from '../../core/errors.js';
import { isRecord } from '../../core/guards.js';
import type { StsCredentials } from '../../core/ports.js';

/** Where servers put the credentials, beside the top level. */
const wrappers = ['data', 'Data', 'result', 'Credentials', 'credentials'];

/** The names of each field, as compared: lower case, letters alone. The first is told when it is missing. */
const fields = {
  AccessKeyId: ['accesskeyid'],
  AccessKeySecret: ['accesskeysecret'],
  SecurityToken: ['securitytoken', 'ststoken'],
  Expiration: ['expiration'],
} as const;

/** What a header can carry: of anything else the browser's own error would quote the credential. */
const sendable = /^[\x20-\x7e]+$/;

/**
 * Reads AssumeRole's answer, or its four fields flat, in PascalCase or camelCase, under `data`, beside `StatusCode`.
 *
 * @throws UploadError `credentials-incomplete` where a field is missing, `credentials-failed` where the answer says so
 */
export function parseCredentials(answer: unknown): StsCredentials {
  const record = findCredentials(answer);
  if (!record)
    throw failure(answer) ?? new UploadError('credentials-incomplete', { values: { field: 'AccessKeyId' } });
  const text = (name: keyof typeof fields) => {
    const value = read(record, name);
    const trimmed = typeof value === 'string' ? value.trim() : '';
    if (sendable.test(trimmed)) return trimmed;
    throw failure(answer) ?? new UploadError('credentials-incomplete', { values: { field: name } });
  };
  return {
    accessKeyId: text('AccessKeyId'),
    accessKeySecret: text('AccessKeySecret'),
    securityToken: text('SecurityToken'),
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

/** Some sample servers answer 200 and say in the body that it went wrong. */
function failure(answer: unknown): UploadError | undefined {
  if (!isRecord(answer)) return undefined;
  const told = answer['StatusCode'] ?? answer['statusCode'] ?? answer['code'];
  const status = typeof told === 'string' || typeof told === 'number' ? Number(told) : 200;
  const failed = status >= 400 || 'ErrorCode' in answer || 'errorCode' in answer;
  return failed
    ? new UploadError('credentials-failed', { status: status >= 400 ? status : undefined })
    : undefined;
}

/** ISO 8601 as AssumeRole answers it, or seconds or milliseconds since 1970. */
function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'number' ? (value < 1e11 ? value * 1_000 : value) : parseDate(value);
  return Number.isFinite(time) ? time : undefined;
}

function parseDate(value: unknown): number {
  return typeof value === 'string' || value instanceof Date ? Date.parse(String(value)) : NaN;
}
