// RAM policies as far as a session policy needs them: Effect, Action and Resource with `*` and `?`.
// Anything else in a policy is refused when the policy is read, never ignored when it is applied.

export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  /** Such as `oss:PutObject`. */
  Action: string | string[];
  /** Such as `acs:oss:*:*:examplebucket/prefix/*`. */
  Resource: string | string[];
}

export interface Policy {
  Version: '1';
  Statement: PolicyStatement[];
}

const STATEMENT_KEYS = new Set(['Effect', 'Action', 'Resource']);

const isStringOrStrings = (value: unknown): value is string | string[] =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

function isStatement(value: unknown): value is PolicyStatement {
  if (typeof value !== 'object' || value === null) return false;
  const { Effect, Action, Resource } = value as Record<string, unknown>;
  return (
    (Effect === 'Allow' || Effect === 'Deny') &&
    isStringOrStrings(Action) &&
    isStringOrStrings(Resource) &&
    Object.keys(value).every((key) => STATEMENT_KEYS.has(key))
  );
}

/** Reads a policy's JSON. @throws {SyntaxError} where it is not a policy, or uses what is not supported here. */
export function parsePolicy(json: string): Policy {
  const value: unknown = JSON.parse(json);
  const { Version, Statement } = (value ?? {}) as Record<string, unknown>;
  if (Version !== '1' || !Array.isArray(Statement) || !Statement.every(isStatement)) {
    throw new SyntaxError('A policy needs Version "1" and statements of Effect, Action and Resource alone.');
  }
  return { Version, Statement };
}

/** Whether `text` matches `pattern`, where `*` stands for any run of characters and `?` for one. */
export function matchesWildcard(pattern: string, text: string, flags = ''): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^]*')
    .replace(/\?/g, '[^]');
  return new RegExp(`^${source}$`, flags).test(text);
}

/** Whether the policy allows `action` on `resource` (`bucket` or `bucket/key`); a Deny beats every Allow. */
export function isAllowed(policy: Policy, action: string, resource: string): boolean {
  const applies = (statement: PolicyStatement): boolean =>
    [statement.Action].flat().some((pattern) => matchesWildcard(pattern, action, 'i')) &&
    [statement.Resource].flat().some((pattern) => matchesResource(pattern, resource));
  const effects = policy.Statement.filter(applies).map((statement) => statement.Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

// acs:oss:{region}:{account}:{bucket}/{key}; which region and which account is not told apart here.
function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  const path = /^acs:oss:[^:]*:[^:]*:([^]*)$/.exec(pattern)?.[1];
  return path !== undefined && matchesWildcard(path, resource);
}
