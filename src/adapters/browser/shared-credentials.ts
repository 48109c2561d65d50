/** Shares the credentials of one source between all uploaders of the page. */

import { UploadError } from '../../core/errors.js';
import { describeValue, invalidOption } from '../../core/options/invalid-option.js';
import { redactUrl } from '../../core/options/page.js';
import { CredentialsCache } from './credentials-cache.js';
import type { CredentialsSource, GetCredentials } from './credentials-options.js';

/** By URL, options and user. A cache lives as long as an uploader uses it. */
const byUrl = new Map<string, WeakRef<CredentialsCache>>();
/** By function, then by user. */
const byFunction = new WeakMap<GetCredentials, Map<string, CredentialsCache>>();
/** Numbers for objects that have no comparable value, such as a `FormData` body. */
const objectIds = new WeakMap<object, number>();
let lastObjectId = 0;

/**
 * Returns the cache of a source. Equal sources share it, but never across users (`resumeScope`).
 *
 * @throws UploadError `credentials-missing`, or `option-invalid` for an invalid URL
 */
export function sharedCache(source: CredentialsSource): CredentialsCache {
  const { getCredentials, credentialsUrl, withCredentials, credentialsInit, resumeScope = '' } = source;
  if (getCredentials) {
    const byScope = byFunction.get(getCredentials) ?? new Map<string, CredentialsCache>();
    byFunction.set(getCredentials, byScope);
    const cache = byScope.get(resumeScope) ?? new CredentialsCache();
    byScope.set(resumeScope, cache);
    return cache;
  }
  if (!credentialsUrl) throw new UploadError('credentials-missing');
  const { href } = toAbsoluteUrl(credentialsUrl);
  const key = JSON.stringify([href, Boolean(withCredentials), comparableInit(credentialsInit), resumeScope]);
  const existing = byUrl.get(key)?.deref();
  if (existing) return existing;
  for (const [key, cache] of byUrl) if (!cache.deref()) byUrl.delete(key);
  const cache = new CredentialsCache();
  byUrl.set(key, new WeakRef(cache));
  return cache;
}

/** Returns the absolute URL of the credentials endpoint. @throws UploadError `option-invalid` */
export function toAbsoluteUrl(url: string): URL {
  try {
    return new URL(url, globalThis.document?.baseURI);
  } catch {
    // The browser's error quotes the URL, with its query.
    throw invalidOption('credentials-url', describeValue(redactUrl(url)), 'Use an absolute URL.');
  }
}

/** Returns fetch options in a form that is equal as text for equal options. */
function comparableInit(init: RequestInit | undefined): unknown {
  return Object.entries(init ?? {})
    .map(([name, value]: [string, unknown]) => [
      name,
      name === 'headers' ? [...new Headers(value as HeadersInit)] : comparable(value),
    ])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function comparable(value: unknown): unknown {
  if (value instanceof URLSearchParams) return ['text', String(value)];
  if (typeof value !== 'object' || value === null) return ['text', value];
  const id = objectIds.get(value) ?? ++lastObjectId;
  objectIds.set(value, id);
  return ['object', id];
}
