/**
 * Fetches STS credentials from the page's server or from a function of the page. Keeps them in memory only. All uploaders
 * of the page with the same source share one cache, and so its requests and renewals.
 */

import { UploadError } from '../../core/errors.js';
import { isResponse } from '../../core/guards.js';
import type { CredentialsProvider } from '../../core/ports.js';
import { redactError } from '../../core/redact.js';
import { parseRetryAfter, parseServerTime, type ServerClock } from '../../core/server-clock.js';
import { withoutPrototype } from '../../core/without-prototype.js';
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
/** A larger response is a web page. In bytes. */
const MAX_RESPONSE_SIZE = 64 * 1024;

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
    throw cause instanceof UploadError
      ? cause
      : new UploadError('credentials-failed', { cause: redactError(cause) });
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
  const init: RequestInit = withoutPrototype({
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    ...credentialsInit,
    headers,
    signal,
    // A redirect to another origin would take the headers along, such as a CSRF token, and the cookies.
    ...(url.origin === globalThis.origin ? { mode: 'same-origin' } : { redirect: 'manual' }),
  });
  const response = await fetch(url, init).catch(async (cause: unknown) => {
    signal.throwIfAborted();
    // `fetch` reports a redirect that it doesn't follow as a network error.
    const code = (await isRedirect(url, init)) ? 'credentials-redirected' : 'credentials-unreachable';
    throw new UploadError(code, { cause: redactError(cause) });
  });
  return readResponse(response, signal);
}

async function readResponse(response: Response, signal: AbortSignal): Promise<CredentialsResponse> {
  const { status, type, headers } = response;
  if (type === 'opaqueredirect') throw new UploadError('credentials-redirected');
  if (status === 401 || status === 403) throw new UploadError('credentials-refused', { status });
  if (!response.ok) {
    const retryable = status >= 500 || status === 429;
    const retryAfter = parseRetryAfter(headers.get('retry-after'));
    throw new UploadError('credentials-failed', { status, retryable, retryAfter });
  }
  const body = await readText(response).catch((cause: unknown) => {
    signal.throwIfAborted();
    if (cause instanceof UploadError) throw cause;
    throw new UploadError('credentials-unreachable', { status, cause: redactError(cause) });
  });
  return { body, serverTime: parseServerTime(headers.get('date')) };
}

/** @throws UploadError `credentials-not-json` if the response is too large, without reading the rest */
async function readText({ status, body }: Response): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_RESPONSE_SIZE) {
      await reader.cancel();
      const cause = new Error('The response is larger than 64 KiB.');
      throw new UploadError('credentials-not-json', { status, cause });
    }
    text += decoder.decode(value, { stream: true });
  }
}

async function isRedirect(url: URL, init: RequestInit): Promise<boolean> {
  try {
    return (await fetch(url, { ...init, redirect: 'manual' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}
