// Subset of RAM policies for session policies: Effect, Action and Resource with the wildcards `*` and `?`.
// Parsing rejects unsupported elements, such as Condition, because ignoring them would grant too much.

/** One statement of a policy. */
export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  /** Case-insensitive, such as `oss:PutObject`. */
  Action: string | string[];
  /** Such as `acs:oss:*:*:examplebucket/prefix/*`. */
  Resource: string | string[];
}

/** A RAM policy. */
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

/**
 * Parses a policy from JSON.
 * @throws {SyntaxError} If it isn't a valid policy or uses unsupported elements.
 */
export function parsePolicy(json: string): Policy {
  const value: unknown = JSON.parse(json);
  const { Version, Statement } = (value ?? {}) as Record<string, unknown>;
  if (Version !== '1' || !Array.isArray(Statement) || !Statement.every(isStatement)) {
    throw new SyntaxError(
      'The policy must have Version "1" and statements that contain only Effect, Action and Resource.',
    );
  }
  return { Version, Statement };
}

/**
 * Returns whether `text` matches `pattern`, where `*` matches any characters and `?` exactly one.
 * @param flags Flags of the regular expression, such as `i`.
 */
export function matchesWildcard(pattern: string, text: string, flags = ''): boolean {
  const [first = '', ...others] = pattern.split(/\*+/).map(toSource);
  const last = others.pop();
  if (last === undefined) return new RegExp(`^${first}$`, flags).test(text);
  // Matches each part as early as possible. A lookahead doesn't backtrack, so the time stays proportional to the lengths.
  const middle = others.map((part, index) => `(?=([^]*?${part}))\\${index + 1}`).join('');
  return new RegExp(`^${first}${middle}[^]*${last}$`, flags).test(text);
}

/** @param part Part of a pattern without `*`. */
const toSource = (part: string): string => part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\?/g, '[^]');

/** Why a policy denies a request: by a Deny statement, or because no Allow statement applies. */
export type PolicyDenial = 'ExplicitDeny' | 'ImplicitDeny';

/**
 * Returns why a policy denies an action on a resource, or `undefined` if it allows the action. A Deny statement overrides
 * every Allow statement.
 * @param resource `bucket` or `bucket/key`.
 */
export function findDenial(policy: Policy, action: string, resource: string): PolicyDenial | undefined {
  const applies = (statement: PolicyStatement): boolean =>
    [statement.Action].flat().some((pattern) => matchesWildcard(pattern, action, 'i')) &&
    [statement.Resource].flat().some((pattern) => matchesResource(pattern, resource));
  const effects = policy.Statement.filter(applies).map((statement) => statement.Effect);
  if (effects.includes('Deny')) return 'ExplicitDeny';
  return effects.includes('Allow') ? undefined : 'ImplicitDeny';
}

// Pattern format: acs:oss:{region}:{account}:{bucket}/{key}. Region and account are ignored.
function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  const path = /^acs:oss:[^:]*:[^:]*:([^]*)$/.exec(pattern)?.[1];
  return path !== undefined && matchesWildcard(path, resource);
}
