/**
 * Finds STS credentials in whatever a server or a function of the page returns. OSS decides whether they are valid.
 */

import { UploadError } from '../../core/errors.js';
import { isDate, isRecord } from '../../core/guards.js';
import type { StsCredentials } from '../../core/ports.js';

/** Credentials as they were received. */
export interface ParsedCredentials extends StsCredentials {
  /** When they expire, in the format of the server. See `token-lifetime.ts`. */
  expiration: unknown;
}

/** Accepted names of each required field, in lower case and without separators. Errors name the field by its key here. */
const fields = {
  AccessKeyId: ['accesskeyid'],
  AccessKeySecret: ['accesskeysecret'],
  SecurityToken: ['securitytoken', 'ststoken'],
} as const;
type Field = keyof typeof fields;
const fieldNames = Object.keys(fields) as Field[];

/** Accepted names of the optional expiration. */
const expirationNames = [
  ...['expiration', 'expirationtime', 'expiretime', 'expiredtime'],
  ...['expires', 'expiresat', 'expiresin', 'expire', 'durationseconds'],
];

/** Printable ASCII. The browser rejects any other header value with an error that quotes it, and so leaks the secret. */
const validHeaderValue = /^[\x20-\x7e]+$/;

/** The signature separates the ID from other values with `/`, `,` and spaces. */
const validId = /^[\w.-]+$/;

/** Limits of the search, so that a huge or cyclic value doesn't block the page. */
const MAX_DEPTH = 8;
const MAX_VALUES = 1_000;

/**
 * Returns the first object that holds the three keys, in any common naming style: at the top level, nested, in an array
 * or in JSON text.
 *
 * @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 * @throws UploadError `credentials-not-json` if the body is other text; `credentials-refused` or `credentials-failed` if it
 *   reports an error instead; `credentials-incomplete` if a field is missing. No error quotes the body.
 */
export function parseCredentials(body: unknown): ParsedCredentials {
  if (typeof body === 'string' && parseJson(body) === undefined)
    throw new UploadError('credentials-not-json');
  const records = recordsIn(body);
  for (const record of records) {
    const accessKeyId = readText(record, 'AccessKeyId');
    const accessKeySecret = readText(record, 'AccessKeySecret');
    const securityToken = readText(record, 'SecurityToken');
    if (!accessKeyId || !accessKeySecret || !securityToken) continue;
    const expiration = read(record, expirationNames, isTime);
    return { accessKeyId, accessKeySecret, securityToken, expiration };
  }
  const [field = 'AccessKeyId'] = records
    .map((record) => fieldNames.filter((name) => !readText(record, name)))
    .reduce((fewest, missing) => (missing.length < fewest.length ? missing : fewest), fieldNames);
  throw reportedError(records) ?? new UploadError('credentials-incomplete', { values: { field } });
}

/** Returns all objects in a value, outermost first. Looks into arrays and into JSON text. */
function recordsIn(body: unknown): Record<string, unknown>[] {
  const queue = [{ value: body, depth: 0 }];
  const seen = new Set<unknown>();
  const records: Record<string, unknown>[] = [];
  for (const { value, depth } of queue) {
    const content = typeof value === 'string' ? parseJson(value) : value;
    if (seen.has(content)) continue;
    seen.add(content);
    if (isRecord(content)) records.push(content);
    if (depth === MAX_DEPTH) continue;
    // Text in JSON text was encoded twice.
    const inner = typeof content === 'string' ? [content] : Object.values(Object(content) as object);
    for (const value of inner.slice(0, Math.max(0, MAX_VALUES - queue.length))) {
      queue.push({ value, depth: depth + 1 });
    }
  }
  return records;
}

/** Returns the value of JSON text, or `undefined` for other text. */
function parseJson(text: string): unknown {
  if (!/^\s*["[{]/.test(text)) return undefined;
  try {
    // Also removes a byte order mark.
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

function readText(record: Record<string, unknown>, field: Field): string | undefined {
  const format = field === 'AccessKeyId' ? validId : validHeaderValue;
  const isValid = (value: unknown) => typeof value === 'string' && format.test(value.trim());
  return (read(record, fields[field], isValid) as string | undefined)?.trim();
}

/** Returns the first valid value that has one of these names. Earlier names take precedence. */
function read(
  record: Record<string, unknown>,
  names: readonly string[],
  isValid: (value: unknown) => boolean,
): unknown {
  const entries = Object.entries(record).filter(([, value]) => isValid(value));
  const matches = names.map((name) => entries.find(([key]) => normalize(key) === name));
  return matches.find((entry) => entry !== undefined)?.[1];
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || isDate(value);
}

/** `access_key_id`, `AccessKeyId`, ` accessKeyId` → `accesskeyid` */
function normalize(key: string): string {
  return key.replace(/[^a-z]/gi, '').toLowerCase();
}

const codeNames = ['code', 'status', 'statuscode', 'httpstatus', 'errorcode', 'errcode', 'errno'];
const flagNames = ['success', 'succeeded', 'ok', 'status'];
/** Codes of successful responses: nothing, 0, 200, 20000, `OK`, `SUCCESS`. */
const successCode = /^(0*|2\d\d(00)?|ok|success\w*)$/i;
const refusedCode = /^40[13]\d*$|unauth|forbidden|not.?(logged|signed).?in/i;

/** Returns the error that a body without credentials reports. Many servers send it with status 200. */
function reportedError(records: readonly Record<string, unknown>[]): UploadError | undefined {
  const reported = records.flatMap((record) => Object.entries(record)).filter(isFailure);
  if (reported.length === 0) return undefined;
  const codes = reported.map(([, value]) => String(value).trim());
  const status = codes.map(Number).find((code) => code >= 400 && code < 600);
  if (codes.some((code) => refusedCode.test(code))) return new UploadError('credentials-refused', { status });
  const retryable = status === undefined || status >= 500 || status === 429;
  return new UploadError('credentials-failed', { status, retryable });
}

function isFailure([key, value]: [string, unknown]): boolean {
  const name = normalize(key);
  if (typeof value === 'boolean') return name === 'error' ? value : flagNames.includes(name) && !value;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const isSuccess = successCode.test(String(value).trim());
  return (codeNames.includes(name) || name === 'error') && !isSuccess;
}
