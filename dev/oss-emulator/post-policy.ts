// Policy of a PostObject form: the conditions that its fields must meet, signed by the form's author.
// Sources: OSS API reference, "PostObject", appendix "Post Policy", and "POST V4 signature"; EC 0006-00000003 to
// 0006-00000228.

import { accessDenied, OssError } from './oss-error.js';

/** Fields of a V4 signature. OSS refuses each of them that the policy has no condition for. */
const V4_FIELDS = ['x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-security-token'];
const EXPIRATION = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Sizes that a file may have, in bytes. */
export interface SizeRange {
  min: number;
  max: number;
}

/** Condition for the value of one field. */
interface Condition {
  /** Name of the field in lowercase. */
  name: string;
  isMet: (value: string) => boolean;
  /** The condition as it is in the policy. */
  json: string;
}

interface PostPolicy {
  /** Milliseconds since the epoch. */
  expiration: number;
  conditions: Condition[];
  sizes: SizeRange;
}

/**
 * Checks the fields of a form against its policy. Returns the sizes that the file may have.
 * @param policy The `policy` field: base64 of JSON.
 * @param values Values by name in lowercase: the fields before `${filename}` is replaced, `bucket` and `content-type`.
 * @param now Milliseconds since the epoch.
 * @throws {OssError} `InvalidPolicyDocument` (400), or `AccessDenied` (403) if the policy has expired, a condition isn't
 *   met, or there is none for a field of a V4 signature.
 */
export function checkPostPolicy(policy: string, values: ReadonlyMap<string, string>, now: number): SizeRange {
  const { expiration, conditions, sizes } = parsePostPolicy(policy);
  if (now > expiration) throw policyViolated('Policy expired.', '0006-00000213');
  const failed = conditions.find(({ name, isMet }) => !isMet(values.get(name) ?? ''));
  if (failed) throw policyViolated(`Policy Condition failed: ${failed.json}`);
  const isV4 = values.has('x-oss-signature-version');
  const extra = V4_FIELDS.find(
    (field) => isV4 && values.has(field) && !conditions.some(({ name }) => name === field),
  );
  if (extra !== undefined) throw policyViolated(`Extra input fields: ${extra}`, '0006-00000228');
  return sizes;
}

/**
 * Passes on the content of a file and checks its size.
 * @throws {OssError} `EntityTooLarge` or `EntityTooSmall` (400).
 */
export async function* checkSize(content: AsyncIterable<Buffer>, sizes: SizeRange): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > sizes.max) {
      const message = 'Your proposed upload exceeds the maximum allowed size.';
      throw new OssError(400, 'EntityTooLarge', message, { ec: '0006-00000003' });
    }
    yield chunk;
  }
  if (size < sizes.min) {
    const message = 'Your proposed upload is smaller than the minimum allowed size.';
    throw new OssError(400, 'EntityTooSmall', message, { ec: '0006-00000004' });
  }
}

function parsePostPolicy(base64: string): PostPolicy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString());
  } catch {
    throw invalidPolicy('Invalid JSON.');
  }
  const { expiration, conditions } = (document ?? {}) as Record<string, unknown>;
  if (expiration === undefined && conditions === undefined)
    throw invalidPolicy('expiration and conditions are missing.', '0006-00000209');
  if (expiration === undefined) throw invalidPolicy('expiration is missing.', '0006-00000208');
  if (conditions === undefined) throw invalidPolicy('conditions are missing.', '0006-00000207');
  const time = typeof expiration === 'string' && EXPIRATION.test(expiration) ? Date.parse(expiration) : NaN;
  if (Number.isNaN(time)) throw invalidPolicy('expiration must be an ISO 8601 time in GMT.', '0006-00000211');
  if (!Array.isArray(conditions)) throw invalidPolicy('conditions must be a list.');
  const [ranges, others] = partition(conditions);
  const sizes = ranges.map(parseSizes);
  return {
    expiration: time,
    conditions: others.flatMap(parseCondition),
    sizes: {
      min: Math.max(0, ...sizes.map(({ min }) => min)),
      max: Math.min(Infinity, ...sizes.map(({ max }) => max)),
    },
  };
}

function partition(conditions: unknown[]): [ranges: unknown[][], others: unknown[]] {
  const isRange = (condition: unknown): condition is unknown[] =>
    Array.isArray(condition) && condition[0] === 'content-length-range';
  return [conditions.filter(isRange), conditions.filter((condition) => !isRange(condition))];
}

function parseSizes(condition: unknown[]): SizeRange {
  const [, min, max] = condition;
  const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (condition.length !== 3 || !isSize(min) || !isSize(max))
    throw invalidPolicy('content-length-range must be two integers.', '0006-00000221');
  if (max < min)
    throw invalidPolicy('The maximum of content-length-range is below its minimum.', '0006-00000219');
  return { min, max };
}

/** A condition is a list, or an object in which each entry is the exact value of a field. */
function parseCondition(condition: unknown): Condition[] {
  const json = JSON.stringify(condition);
  if (typeof condition !== 'object' || condition === null) throw invalidPolicy(`Invalid condition: ${json}`);
  if (Array.isArray(condition)) {
    const [operator, variable, operand] = condition as unknown[];
    const isMet = parseOperator(operator, operand);
    if (condition.length !== 3 || typeof variable !== 'string' || !variable.startsWith('$') || !isMet)
      throw invalidPolicy(`Invalid condition: ${json}`);
    return [{ name: variable.slice(1).toLowerCase(), isMet, json }];
  }
  return Object.entries(condition).map(([name, expected]: [string, unknown]) => {
    const isMet = parseOperator('eq', expected);
    if (!isMet) throw invalidPolicy(`Invalid condition: ${json}`);
    return { name: name.toLowerCase(), isMet, json };
  });
}

/** Returns `undefined` if the operator is unknown or the operand isn't valid for it. */
function parseOperator(operator: unknown, operand: unknown): Condition['isMet'] | undefined {
  if (typeof operand === 'string') {
    if (operator === 'eq') return (value) => value === operand;
    if (operator === 'starts-with') return (value) => value.startsWith(operand);
  } else if (Array.isArray(operand) && operand.every((item) => typeof item === 'string')) {
    if (operator === 'in') return (value) => operand.includes(value);
    if (operator === 'not-in') return (value) => !operand.includes(value);
  }
  return undefined;
}

const policyViolated = (reason: string, ec?: string): OssError =>
  accessDenied(`Invalid according to Policy: ${reason}`, ec ? { ec } : {});

const invalidPolicy = (reason: string, ec?: string): OssError =>
  new OssError(400, 'InvalidPolicyDocument', `Invalid Policy: ${reason}`, ec ? { ec } : {});
