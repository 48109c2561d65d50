/**
 * Gets STS credentials from the page's server, or from a function of the page, and keeps them in memory alone:
 * one request for all who wait, and a new one ahead of expiry.
 */

import { abortable } from '../../core/abortable.js';
import { UploadError } from '../../core/errors.js';
import type { CredentialsProvider, CredentialsRequest, StsCredentials } from '../../core/ports.js';
import type { ServerClock } from '../../core/server-clock.js';
import { parseCredentials } from './parse-credentials.js';

export interface CredentialsContext {
  /** Why they are asked for: there are none yet, they expire soon, or OSS refused the last ones. */
  reason: 'first' | 'expiring' | 'refused';
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Answers credentials in any of the shapes that `credentials-url` may answer. */
export type GetCredentials = (context: CredentialsContext) => Promise<unknown>;

export interface CredentialsOptions {
  /** Where STS credentials are requested, relative to the page. */
  credentialsUrl?: string;
  /** Send cookies there across origins. */
  withCredentials?: boolean;
  /** Method and headers of that request, such as a CSRF token. */
  credentialsInit?: RequestInit;
  /** In place of `credentialsUrl`. */
  getCredentials?: GetCredentials;
}

/** How long to wait for an answer, in milliseconds. */
const ANSWER_TIMEOUT = 20_000;
/** Credentials are renewed this long before they expire, or a fifth of their life where that is shorter. */
const MAX_MARGIN = 2 * 60_000;

interface Kept {
  credentials: StsCredentials;
  /** By this device's clock; lifetimes are reckoned from their arrival, so a wrong clock does no harm. */
  renewAt: number;
  expiresAt: number;
}

interface Answer {
  body: unknown;
  /** What the server says the time is, in milliseconds since 1970, where the page can see it. */
  serverTime?: number;
}

/** @param options read anew for each request */
export function createCredentialsProvider(
  options: () => CredentialsOptions,
  clock: ServerClock,
  { responseTimeout = ANSWER_TIMEOUT } = {},
): CredentialsProvider {
  let kept: Kept | undefined;
  let pending: Promise<StsCredentials> | undefined;
  let source: unknown;

  const request = (reason: CredentialsContext['reason']): Promise<StsCredentials> => {
    if (pending) return pending;
    const renewal = ask(options(), reason, responseTimeout)
      .then((answer) => {
        const fresh = keep(answer, clock);
        if (pending === renewal) kept = fresh;
        return fresh.credentials;
      })
      .finally(() => {
        if (pending === renewal) pending = undefined;
      });
    pending = renewal;
    return renewal;
  };

  const choose = ({ insteadOf }: CredentialsRequest): Promise<StsCredentials> => {
    const { getCredentials, credentialsUrl } = options();
    // Another source makes what came from the last one void.
    if (source !== (getCredentials ?? credentialsUrl)) {
      source = getCredentials ?? credentialsUrl;
      kept = undefined;
      pending = undefined;
    }
    if (!kept) return request('first');
    if (kept.credentials === insteadOf) return request('refused');
    const now = Date.now();
    if (now >= kept.expiresAt) return request('expiring');
    // Nobody waits for a renewal while the old credentials are good; if it fails, the next call tries again.
    if (now >= kept.renewAt) request('expiring').catch(() => {});
    return Promise.resolve(kept.credentials);
  };

  return {
    async get(request = {}) {
      request.signal?.throwIfAborted();
      return abortable(choose(request), request.signal);
    },
  };
}

async function ask(
  options: CredentialsOptions,
  reason: CredentialsContext['reason'],
  responseTimeout: number,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(responseTimeout);
  const late = new UploadError('credentials-timeout');
  const { getCredentials, credentialsUrl } = options;
  if (getCredentials) {
    const call = async () => ({ body: await getCredentials({ reason, signal: timeout }) });
    try {
      return await abortable(call(), timeout);
    } catch (cause) {
      if (timeout.aborted) throw late;
      throw cause instanceof UploadError ? cause : new UploadError('credentials-failed', { cause });
    }
  }
  if (!credentialsUrl) throw new UploadError('credentials-missing');
  try {
    return await askServer(credentialsUrl, options, timeout);
  } catch (error) {
    throw timeout.aborted ? late : error;
  }
}

async function askServer(url: string, options: CredentialsOptions, signal: AbortSignal): Promise<Answer> {
  const { withCredentials, credentialsInit } = options;
  const headers = new Headers(credentialsInit?.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  const address = absolute(url);
  const init: RequestInit = {
    cache: 'no-store',
    credentials: withCredentials ? 'include' : 'same-origin',
    ...credentialsInit,
    headers,
    signal,
  };
  const response = await fetch(address, init).catch(async (cause: unknown) => {
    signal.throwIfAborted();
    // A redirect to a site that allows no reading, such as a sign-in page, looks like a dead network.
    const code = (await isRedirect(address, init)) ? 'credentials-redirected' : 'credentials-unreachable';
    throw new UploadError(code, { cause });
  });
  const { status } = response;
  if (response.redirected && new URL(response.url).origin !== address.origin) {
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

function absolute(url: string): URL {
  try {
    return new URL(url, globalThis.document?.baseURI);
  } catch (cause) {
    throw new UploadError('option-invalid', { values: { option: 'credentials-url', value: url }, cause });
  }
}

async function isRedirect(address: URL, init: RequestInit): Promise<boolean> {
  try {
    return (await fetch(address, { ...init, redirect: 'manual' })).type === 'opaqueredirect';
  } catch {
    return false;
  }
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text, which may hold a secret: it is not kept as a cause.
    throw new UploadError('credentials-not-json', { status });
  }
}

function keep({ body, serverTime }: Answer, clock: ServerClock): Kept {
  const credentials = parseCredentials(body);
  const life = (credentials.expiration ?? Infinity) - (serverTime ?? clock.now());
  // Without the server's word for the time, a token that looks expired may as well mean a wrong clock here: OSS decides.
  if (life <= 0 && serverTime !== undefined) throw new UploadError('credentials-expired');
  const usable = life > 0 ? life : Infinity;
  const arrived = Date.now();
  return {
    credentials,
    expiresAt: arrived + usable,
    renewAt: arrived + usable - Math.min(MAX_MARGIN, usable / 5),
  };
}
