/**
 * Fetches STS credentials from the page's server or from a function of the page. Keeps them in memory only, shares one
 * request between all callers, and renews credentials before they expire.
 */

import { abortable } from '../../core/abortable.js';
import { UploadError } from '../../core/errors.js';
import { describeValue, invalidOption } from '../../core/options/invalid-option.js';
import { redactUrl } from '../../core/options/page.js';
import type { CredentialsProvider, CredentialsRequest, StsCredentials } from '../../core/ports.js';
import type { ServerClock } from '../../core/server-clock.js';
import { currentPage } from './environment.js';
import { parseCredentials } from './parse-credentials.js';

export interface CredentialsContext {
  /**
   * Why credentials are requested: there are none yet (`first`), they have expired or expire soon (`expiring`), or OSS
   * rejected them (`refused`).
   */
  reason: 'first' | 'expiring' | 'refused';
  /** Aborted when the request times out, after 20 seconds. */
  signal: AbortSignal;
}

/** Returns STS credentials, in any format that the response of `credentialsUrl` may have. */
export type GetCredentials = (context: CredentialsContext) => Promise<unknown>;

export interface CredentialsOptions {
  /** URL that returns STS credentials as JSON, relative to the page. */
  credentialsUrl?: string | undefined;
  /** Whether the request includes cookies when `credentialsUrl` is on another origin. */
  withCredentials?: boolean | undefined;
  /** Fetch options for the credentials request, such as the method or a CSRF token header. */
  credentialsInit?: RequestInit | undefined;
  /** Function that returns STS credentials; takes precedence over `credentialsUrl`. */
  getCredentials?: GetCredentials | undefined;
}

/** Milliseconds. */
const RESPONSE_TIMEOUT = 20_000;
/** Milliseconds before expiry at which credentials are renewed. For short lifetimes: a fifth of the lifetime. */
const MAX_RENEWAL_MARGIN = 2 * 60_000;

interface CachedCredentials {
  credentials: StsCredentials;
  /**
   * Milliseconds since 1970 by this device's clock, like `expiresAt`. Both are computed from the time of receipt and the
   * remaining lifetime, so that a wrong device clock has no effect.
   */
  renewAt: number;
  expiresAt: number;
}

interface CredentialsResponse {
  body: unknown;
  /** The `Date` header in milliseconds since 1970, if CORS exposes it. */
  serverTime?: number | undefined;
}

/**
 * Creates the credentials provider of one uploader.
 *
 * @param getOptions returns the current options; called for each request
 */
export function createCredentialsProvider(
  getOptions: () => CredentialsOptions,
  clock: ServerClock,
  { responseTimeout = RESPONSE_TIMEOUT } = {},
): CredentialsProvider {
  let cached: CachedCredentials | undefined;
  let pending: Promise<StsCredentials> | undefined;
  let source: unknown;

  const renew = (reason: CredentialsContext['reason']): Promise<StsCredentials> => {
    if (pending) return pending;
    const renewal = requestCredentials(getOptions(), reason, responseTimeout)
      .then((response) => {
        const renewed = toCachedCredentials(response, clock);
        if (pending === renewal) cached = renewed;
        return renewed.credentials;
      })
      .finally(() => {
        if (pending === renewal) pending = undefined;
      });
    pending = renewal;
    return renewal;
  };

  const getValid = ({ insteadOf }: CredentialsRequest): Promise<StsCredentials> => {
    const { getCredentials, credentialsUrl } = getOptions();
    if (source !== (getCredentials ?? credentialsUrl)) {
      source = getCredentials ?? credentialsUrl;
      cached = undefined;
      pending = undefined;
    }
    if (!cached) return renew('first');
    if (cached.credentials === insteadOf) return renew('refused');
    const now = Date.now();
    if (now >= cached.expiresAt) return renew('expiring');
    // Renews in the background while the current credentials are valid. If it fails, the next call tries again.
    if (now >= cached.renewAt) renew('expiring').catch(() => {});
    return Promise.resolve(cached.credentials);
  };

  return {
    async get(request = {}) {
      request.signal?.throwIfAborted();
      return abortable(getValid(request), request.signal);
    },
  };
}

async function requestCredentials(
  options: CredentialsOptions,
  reason: CredentialsContext['reason'],
  responseTimeout: number,
): Promise<CredentialsResponse> {
  const timeout = AbortSignal.timeout(responseTimeout);
  const timeoutError = new UploadError('credentials-timeout');
  const { getCredentials, credentialsUrl } = options;
  if (getCredentials) {
    const callPage = async () => ({ body: await getCredentials({ reason, signal: timeout }) });
    try {
      return await abortable(callPage(), timeout);
    } catch (cause) {
      if (timeout.aborted) throw timeoutError;
      throw cause instanceof UploadError ? cause : new UploadError('credentials-failed', { cause });
    }
  }
  if (!credentialsUrl) throw new UploadError('credentials-missing');
  try {
    return await fetchCredentials(credentialsUrl, options, timeout);
  } catch (error) {
    throw timeout.aborted ? timeoutError : error;
  }
}

async function fetchCredentials(
  credentialsUrl: string,
  options: CredentialsOptions,
  signal: AbortSignal,
): Promise<CredentialsResponse> {
  const { withCredentials, credentialsInit } = options;
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
  const { status } = response;
  if (response.redirected && new URL(response.url).origin !== url.origin) {
    throw new UploadError('credentials-redirected', { status });
  }
  if (status === 401 || status === 403) throw new UploadError('credentials-refused', { status });
  if (!response.ok)
    throw new UploadError('credentials-failed', { status, retryable: status >= 500 || status === 429 });
  const text = await response.text().catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new UploadError('credentials-unreachable', { status, cause });
  });
  const date = Date.parse(response.headers.get('date') ?? '');
  return { body: parseJson(text, status), serverTime: Number.isNaN(date) ? undefined : date };
}

function toAbsoluteUrl(url: string): URL {
  try {
    return new URL(url, currentPage()?.baseUrl);
  } catch (cause) {
    throw invalidOption('credentials-url', describeValue(redactUrl(url)), 'Use an absolute URL.', cause);
  }
}

async function isRedirect(url: URL, init: RequestInit): Promise<boolean> {
  try {
    return (await fetch(url, { ...init, redirect: 'manual' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No `cause`: the message of the SyntaxError quotes the text, which may contain a secret.
    throw new UploadError('credentials-not-json', { status });
  }
}

function toCachedCredentials(
  { body, serverTime }: CredentialsResponse,
  clock: ServerClock,
): CachedCredentials {
  const credentials = parseCredentials(body);
  const remaining = (credentials.expiration ?? Infinity) - (serverTime ?? clock.now());
  // If the server's time is unknown, the device's clock may be wrong instead. Then OSS decides whether they are valid.
  if (remaining <= 0 && serverTime !== undefined) throw new UploadError('credentials-expired');
  const lifetime = remaining > 0 ? remaining : Infinity;
  const receivedAt = Date.now();
  return {
    credentials,
    expiresAt: receivedAt + lifetime,
    renewAt: receivedAt + lifetime - Math.min(MAX_RENEWAL_MARGIN, lifetime / 5),
  };
}
