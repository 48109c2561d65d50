/** Removes secrets from texts and errors of other code: the SDK, `fetch`, the page and the server. */

import { UploadError } from './errors.js';
import { isRecord } from './guards.js';
import { redactUrl } from './options/page.js';

/** Longer texts are cut off. In characters. */
const MAX_LENGTH = 500;
/** Shorter values are placeholders of a test or a local server, and parts of ordinary words. In characters. */
const MIN_SECRET_LENGTH = 10;

/**
 * Returns a text without secrets, in at most 500 characters. The queries of URLs count as secret.
 *
 * @param secrets also removed in the form that they have in a URL
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return secrets
    .filter(({ length }) => length >= MIN_SECRET_LENGTH)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((redacted, secret) => redacted.replaceAll(secret, '…'), text)
    .slice(0, 4 * MAX_LENGTH)
    .replace(/https?:\/\/[^\s"'<>]+/gi, redactUrl)
    .slice(0, MAX_LENGTH);
}

/**
 * Returns an error with the name, message and stack of a thrown value, without secrets. Its other properties are dropped:
 * errors of the SDK and of HTTP libraries hold requests, with their headers, and responses.
 */
export function redactError(thrown: unknown, secrets?: readonly string[]): Error {
  if (thrown instanceof UploadError) return thrown;
  const { name, message, stack } = describe(thrown);
  // The message of a `JSON.parse` error quotes the JSON.
  const text = name === 'SyntaxError' ? message.replace(/".*"/s, '"…"') : message;
  const error = new Error(redact(text, secrets));
  error.name = redact(name, secrets);
  // Some browsers put the message before the lines that name functions.
  const frames = stack.split('\n').filter((line) => /^\s+at |@\S*:\d+$/.test(line));
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

function describe(thrown: unknown): Record<'name' | 'message' | 'stack', string> {
  // Any object can be thrown, also one whose conversion to text fails.
  const fallback = isRecord(thrown) ? Object.prototype.toString.call(thrown) : String(thrown);
  const properties: Record<string, unknown> = isRecord(thrown) ? thrown : {};
  const textOf = (property: string, fallback: string) => {
    const value = properties[property];
    return typeof value === 'string' && value !== '' ? value : fallback;
  };
  return { name: textOf('name', 'Error'), message: textOf('message', fallback), stack: textOf('stack', '') };
}
