/**
 * Fetches STS credentials from the page's server or from a function of the page. Keeps them in memory only. All uploaders
 * of the page with the same source share one cache, and so its requests and renewals.
 */

import { UploadError } from '../../core/errors.js';
import { isResponse } from '../../core/guards.js';
import type { CredentialsProvider } from '../../core/ports.js';
import type { ServerClock } from '../../core/server-clock.js';
import type { CredentialsCache, CredentialsResponse } from './credentials-cache.js';
import type {
  CredentialsContext,
  CredentialsOptions,
  CredentialsSource,
  GetCredentials,
} from './credentials-options.js';
import { sharedCache, toAbsoluteUrl } from './shared-credentials.js';

export type { CredentialsContext, CredentialsOptions, GetCredentials } from './credentials-options.js';

/** Milliseconds. */
const RESPONSE_TIMEOUT = 20_000;

/**
 * Creates the credentials provider of one uploader.
 *
 * @param getSource returns the current source; called for each request
 */
export function createCredentialsProvider(
  getSource: () => CredentialsSource,
  clock: ServerClock,
  { responseTimeout = RESPONSE_TIMEOUT } = {},
): CredentialsProvider {
  // Keeps the shared cache from being collected.
  let cache: CredentialsCache | undefined;
  return {
    async get(request = {}) {
      request.signal?.throwIfAborted();
      const source = getSource();
      cache = sharedCache(source);
      return cache.get(request, clock, (context) => requestCredentials(source, context, responseTimeout));
    },
  };
}

async function requestCredentials(
  source: CredentialsSource,
  context: CredentialsContext,
  responseTimeout: number,
): Promise<CredentialsResponse> {
  const { getCredentials, credentialsUrl = '' } = source;
  if (getCredentials) return callPage(getCredentials, context);
  const timeout = AbortSignal.timeout(responseTimeout);
  try {
    return await fetchCredentials(credentialsUrl, source, AbortSignal.any([context.signal, timeout]));
  } catch (error) {
    throw timeout.aborted ? new UploadError('credentials-timeout') : error;
  }
}

async function callPage(
  getCredentials: GetCredentials,
  context: CredentialsContext,
): Promise<CredentialsResponse> {
  try {
    const body = await getCredentials(context);
    return isResponse(body) ? await readResponse(body, context.signal) : { body };
  } catch (cause) {
    throw cause instanceof UploadError ? cause : new UploadError('credentials-failed', { cause });
  }
}

async function fetchCredentials(
  credentialsUrl: string,
  { withCredentials, credentialsInit }: CredentialsOptions,
  signal: AbortSignal,
): Promise<CredentialsResponse> {
  const headers = new Headers(credentialsInit?.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const url = toAbsoluteUrl(credentialsUrl);
  const init: RequestInit = {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    ...credentialsInit,
    headers,
    signal,
  };
  const response = await fetch(url, init).catch(async (cause: unknown) => {
    signal.throwIfAborted();
    // `fetch` reports a redirect to an origin without CORS headers, such as a sign-in page, as a network error.
    const code = (await isRedirect(url, init)) ? 'credentials-redirected' : 'credentials-unreachable';
    throw new UploadError(code, { cause });
  });
  if (response.redirected && new URL(response.url).origin !== url.origin) {
    throw new UploadError('credentials-redirected', { status: response.status });
  }
  return readResponse(response, signal);
}

async function readResponse(response: Response, signal: AbortSignal): Promise<CredentialsResponse> {
  const { status } = response;
  if (status === 401 || status === 403) throw new UploadError('credentials-refused', { status });
  if (!response.ok)
    throw new UploadError('credentials-failed', { status, retryable: status >= 500 || status === 429 });
  const text = await response.text().catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new UploadError('credentials-unreachable', { status, cause });
  });
  const date = Date.parse(response.headers.get('date') ?? '');
  return { body: text, serverTime: Number.isNaN(date) ? undefined : date };
}

async function isRedirect(url: URL, init: RequestInit): Promise<boolean> {
  try {
    return (await fetch(url, { ...init, redirect: 'manual' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}
