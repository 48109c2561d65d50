/**
 * Whom the uploads of a list belong to. `resumeScope` names the user. A page that names nobody has only the source of
 * credentials to tell users apart. Pure.
 */

import { isRecord, toText } from './guards.js';
import { checkCredentialsUrl } from './options/access.js';
import { isUnset } from './options/invalid-option.js';
import type { Page } from './options/page.js';
import type { RawOptions } from './options/parse-options.js';

/** The options that determine the owner, and their values in comparable form. */
export interface Owner {
  options: Pick<
    RawOptions,
    'resumeScope' | 'getCredentials' | 'credentialsUrl' | 'withCredentials' | 'credentialsInit'
  >;
  scope: string;
  /** The URL, or that there is a function. Empty without a source. */
  source: string;
  /**
   * What a page may renew for the same user: fetch options with a token, or the function. Empty with a scope, which tells
   * that the user is the same.
   */
  details: string;
}

/**
 * Returns the owner of uploads with these options. Values come from the page and may have another type. An invalid
 * URL counts as none: files stay when the page corrects it.
 */
export function ownerOf(options: RawOptions, page?: Page): Owner {
  const { resumeScope, getCredentials, credentialsUrl, withCredentials, credentialsInit } = options;
  const scope = toText(resumeScope);
  const isFunction = typeof getCredentials === 'function';
  const url = isValidUrl(credentialsUrl, page) ? String(credentialsUrl) : '';
  return {
    options: { resumeScope, getCredentials, credentialsUrl, withCredentials, credentialsInit },
    scope,
    source: isFunction ? 'function' : url && JSON.stringify([url, Boolean(withCredentials)]),
    details: scope ? '' : isFunction ? String(getCredentials) : describeInit(credentialsInit),
  };
}

function isValidUrl(credentialsUrl: unknown, page: Page | undefined): boolean {
  let isValid = !isUnset(credentialsUrl);
  checkCredentialsUrl(credentialsUrl, page, () => void (isValid = false));
  return isValid;
}

/** Whether uploads of the first owner may stay in the list. What is set for the first time is no change. */
export function isSameOwner(a: Owner, b: Owner): boolean {
  if (a.scope !== b.scope) return false;
  if (a.source === '') return true;
  return a.source === b.source && (a.details === '' || a.details === b.details);
}

/**
 * Returns fetch options as text that is equal for equal options. Empty without options.
 *
 * @param describeObject describes an object without comparable content, such as a `Blob`. By default, only its type counts.
 */
export function describeInit(init: unknown, describeObject: (value: object) => unknown = typeOf): string {
  const describe = (value: unknown): unknown => {
    if (value instanceof URLSearchParams) return describe(String(value));
    if (value instanceof Headers) return [...value];
    if (value instanceof FormData) return [...value].map(describe);
    if (Array.isArray(value)) return value.map(describe);
    if (typeof value === 'object' && value !== null) {
      if (!isPlain(value)) return [typeOf(value), describeObject(value)];
      return Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, describe(item)]);
    }
    return [typeof value, String(value)];
  };
  if (!isRecord(init) || Object.keys(init).length === 0) return '';
  return JSON.stringify(describe({ ...init, headers: toHeaders(init['headers']) }));
}

function toHeaders(headers: unknown): unknown {
  try {
    return new Headers(headers as Record<string, string>);
  } catch {
    // Invalid headers fail when credentials are requested.
    return headers;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function typeOf(value: object): string {
  return Object.prototype.toString.call(value);
}
