/** Validates where credentials and the SDK come from. */

import { isRecord } from '../guards.js';
import { describeValue, isUnset, parseBoolean, parseText, type ReportInvalid } from './invalid-option.js';
import { isBlockedAsMixedContent, redactUrl, USE_HTTPS, type Page } from './page.js';

export interface RawAccessOptions {
  credentialsUrl?: unknown;
  withCredentials?: unknown;
  credentialsInit?: unknown;
  getCredentials?: unknown;
  sdk?: unknown;
}

/** Reports invalid settings. Missing ones are reported when credentials are requested. */
export function checkAccess(options: RawAccessOptions, page: Page | undefined, invalid: ReportInvalid): void {
  const { credentialsUrl, withCredentials, credentialsInit, getCredentials, sdk } = options;
  parseBoolean('with-credentials', withCredentials, invalid);
  if (!isUnset(sdk) && typeof sdk !== 'function') {
    invalid('sdk', describeValue(sdk), 'Set it to the class of the SDK, such as window.OSS.');
  }
  if (typeof getCredentials === 'function') return;
  if (!isUnset(getCredentials)) {
    invalid(
      'getCredentials',
      describeValue(getCredentials),
      'Set it to a function that returns credentials.',
    );
  }
  checkCredentialsUrl(credentialsUrl, page, invalid);
  checkCredentialsInit(credentialsInit, invalid);
}

/** Reports an invalid URL. A missing one is reported when credentials are requested. */
export function checkCredentialsUrl(value: unknown, page: Page | undefined, invalid: ReportInvalid): void {
  const text = parseText('credentials-url', value, invalid);
  if (text === undefined) return;
  const report = (fix: string) => invalid('credentials-url', describeValue(redactUrl(text)), fix);
  // Without a page, a relative URL fails when credentials are requested.
  const base = page?.baseUrl ?? 'https://localhost';
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (!url || !/^(?:https?|data|blob):$/.test(url.protocol)) {
    report('Use a URL that starts with https://, or one that is relative to the page, such as /sts.');
  } else if (url.username || url.password) report('Remove the user name and the password.');
  else if (isBlockedAsMixedContent(url, page)) report(USE_HTTPS);
}

/** The options may contain secrets, so they are not described. */
function checkCredentialsInit(value: unknown, invalid: ReportInvalid): void {
  if (isUnset(value)) return;
  const report = (fix: string) => invalid('credentialsInit', describeValue(Object(value)), fix);
  if (!isRecord(value)) return report('Set it to an object with options of fetch().');
  const { body, ...init } = value;
  const { method = 'GET', mode } = init;
  if (!isUnset(body) && /^(?:get|head)$/i.test(String(method))) {
    return report('Set method to POST. A GET request has no body.');
  }
  if (mode === 'no-cors') return report('Remove mode: "no-cors", which hides the response.');
  try {
    // Validates as `fetch` does. The message of its error may quote a secret.
    new Request('https://localhost', init);
  } catch {
    report('fetch() rejects these options. Check the method and the names and values of headers.');
  }
}
