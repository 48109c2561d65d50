/** Caches credentials, renews them before they expire, and shares one request between all callers. */

import { abortable } from '../../core/abortable.js';
import type { CredentialsRequest, StsCredentials } from '../../core/ports.js';
import type { ServerClock } from '../../core/server-clock.js';
import type { CredentialsContext } from './credentials-options.js';
import { parseCredentials } from './parse-credentials.js';
import { lifetimeOf } from './token-lifetime.js';

export interface CredentialsResponse {
  /** Credentials in any format, see {@link parseCredentials}. */
  body: unknown;
  /** The `Date` header in milliseconds since 1970, if CORS exposes it. */
  serverTime?: number | undefined;
}

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

interface PendingRequest {
  /** Resolves with `undefined` if the request is forgotten. */
  credentials: Promise<StsCredentials | undefined>;
  forget: () => void;
  /** The signals of all callers. When the last one is aborted, so is the request. */
  callers: Set<AbortSignal>;
  abandon: AbortController;
  settled: AbortSignal;
}

const neverAborted = new AbortController().signal;

/** The credentials of one source. Errors are not cached. */
export class CredentialsCache {
  #cached: CachedCredentials | undefined;
  #pending: PendingRequest | undefined;

  /**
   * @param send requests credentials from the source; not called again before its promise has settled, or {@link forget}
   *   was called
   */
  async get(
    { signal = neverAborted, insteadOf, isEarly = false }: CredentialsRequest,
    clock: ServerClock,
    send: (context: CredentialsContext) => Promise<CredentialsResponse>,
  ): Promise<StsCredentials> {
    for (;;) {
      const cached = this.#cached;
      const isRefused = cached !== undefined && cached.credentials === insteadOf;
      const usable = cached && !isRefused && Date.now() < cached.expiresAt ? cached : undefined;
      if (usable && Date.now() < usable.renewAt) return usable.credentials;

      const reason = !cached ? 'first' : isRefused ? 'refused' : 'expiring';
      const pending = (this.#pending ??= this.#request(reason, clock, send));
      const isAbandoned = pending.abandon.signal.aborted;
      if (!isAbandoned) join(pending, signal);
      // The renewal runs in the background while the current credentials are valid.
      if (usable) return usable.credentials;
      if (!isAbandoned) {
        const credentials = await abortable(pending.credentials, signal);
        if (credentials) return credentials;
        if (isEarly) throw forgotten();
        continue;
      }
      // A function of the page that ignores the signal, for example one with an open dialog, may still succeed.
      await abortable(
        pending.credentials.catch(() => {}),
        signal,
      );
    }
  }

  /** Drops the credentials, and discards the request under way: its callers request new ones. */
  forget(): void {
    const pending = this.#pending;
    this.#cached = undefined;
    this.#pending = undefined;
    pending?.forget();
  }

  #request(
    reason: CredentialsContext['reason'],
    clock: ServerClock,
    send: (context: CredentialsContext) => Promise<CredentialsResponse>,
  ): PendingRequest {
    const abandon = new AbortController();
    const settled = new AbortController();
    const isCurrent = () => this.#pending === pending;
    const sent = send({ reason, signal: abandon.signal })
      .then((response) => {
        const cached = toCachedCredentials(response, clock);
        if (isCurrent()) this.#cached = cached;
        return cached.credentials;
      })
      .catch((error: unknown) => {
        if (isCurrent()) this.#postponeRenewal();
        throw error;
      })
      .finally(() => {
        if (isCurrent()) this.#pending = undefined;
        settled.abort();
      });
    let forget!: () => void;
    const dropped = new Promise<undefined>((resolve) => {
      forget = () => {
        resolve(undefined);
        abandon.abort(forgotten());
      };
    });
    const credentials = Promise.race([dropped, sent]);
    // A failed renewal in the background has no caller that handles it.
    credentials.catch(() => {});
    const callers = new Set<AbortSignal>();
    const pending: PendingRequest = { credentials, forget, callers, abandon, settled: settled.signal };
    return pending;
  }

  /** After a failed renewal, the next one waits until closer to the expiry. */
  #postponeRenewal(): void {
    const now = Date.now();
    if (this.#cached) this.#cached.renewAt = now + renewalMargin(this.#cached.expiresAt - now);
  }
}

function forgotten(): DOMException {
  return new DOMException('The credentials are forgotten.', 'AbortError');
}

/** Lets a caller wait for a request until its signal is aborted. */
function join({ callers, abandon, settled }: PendingRequest, signal: AbortSignal): void {
  if (callers.has(signal)) return;
  callers.add(signal);
  const leave = () => {
    callers.delete(signal);
    if (callers.size === 0) abandon.abort(signal.reason);
  };
  signal.addEventListener('abort', leave, { once: true, signal: settled });
}

function toCachedCredentials(
  { body, serverTime }: CredentialsResponse,
  clock: ServerClock,
): CachedCredentials {
  const { expiration, ...credentials } = parseCredentials(body);
  const { remaining, isExact } = lifetimeOf(expiration, serverTime ?? clock.now());
  const receivedAt = Date.now();
  return {
    credentials,
    expiresAt: receivedAt + (isExact ? remaining : Infinity),
    renewAt: receivedAt + remaining - renewalMargin(remaining),
  };
}

function renewalMargin(lifetime: number): number {
  return Math.min(MAX_RENEWAL_MARGIN, lifetime / 5);
}
