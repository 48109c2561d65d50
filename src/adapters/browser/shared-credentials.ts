/** Shares the credentials of one source between all uploaders of the page. */

import { UploadError } from '../../core/errors.js';
import { describeValue, invalidOption } from '../../core/options/invalid-option.js';
import { redactUrl } from '../../core/options/page.js';
import { describeInit } from '../../core/owner.js';
import { CredentialsCache } from './credentials-cache.js';
import type { CredentialsSource, GetCredentials } from './credentials-options.js';

/** By URL, options and user. A cache lives as long as an uploader uses it. */
const byUrl = new Map<string, WeakRef<CredentialsCache>>();
/** By function, then by user. */
const byFunction = new WeakMap<GetCredentials, Map<string, CredentialsCache>>();
/** Numbers for objects that have no comparable value, such as a `Blob` body. */
const objectIds = new WeakMap<object, number>();
let lastObjectId = 0;

/**
 * Returns the cache of a source. Equal sources share it, but never across users (`resumeScope`).
 *
 * @throws UploadError `credentials-missing`, or `option-invalid` for an invalid URL
 */
export function sharedCache(source: CredentialsSource): CredentialsCache {
  const existing = findCache(source);
  if (existing) return existing;
  const cache = new CredentialsCache();
  const { getCredentials, resumeScope = '' } = source;
  if (getCredentials) {
    const byScope = byFunction.get(getCredentials) ?? new Map<string, CredentialsCache>();
    byFunction.set(getCredentials, byScope.set(resumeScope, cache));
  } else {
    for (const [key, other] of byUrl) if (!other.deref()) byUrl.delete(key);
    byUrl.set(keyOf(source), new WeakRef(cache));
  }
  return cache;
}

/** Drops the credentials of a source for all uploaders of the page, and discards a request under way. */
export function forgetCredentials(source: CredentialsSource): void {
  try {
    findCache(source)?.forget();
  } catch {
    // An invalid source has no credentials.
  }
}

function findCache(source: CredentialsSource): CredentialsCache | undefined {
  const { getCredentials, resumeScope = '' } = source;
  if (getCredentials) return byFunction.get(getCredentials)?.get(resumeScope);
  return byUrl.get(keyOf(source))?.deref();
}

function keyOf(source: CredentialsSource): string {
  const { credentialsUrl, withCredentials, credentialsInit, resumeScope = '' } = source;
  if (!credentialsUrl) throw new UploadError('credentials-missing');
  const { href } = toAbsoluteUrl(credentialsUrl);
  return JSON.stringify([href, Boolean(withCredentials), describeInit(credentialsInit, idOf), resumeScope]);
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

/** Identifies an object of fetch options whose content can't be compared. */
function idOf(value: object): number {
  const id = objectIds.get(value) ?? ++lastObjectId;
  objectIds.set(value, id);
  return id;
}
