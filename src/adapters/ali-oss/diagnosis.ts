/**
 * Determines why a request received no response. Browsers report an unreadable file, a CORS rejection and a network
 * failure in the same way.
 */
import { isBlob } from '../../core/guards.js';
import {
  isForm,
  type HttpRequest,
  type RequestBody,
  type Transport,
  type TransportError,
} from './transport.js';

export type Diagnosis =
  'file-unreadable' | 'cors-blocked' | 'server-error' | Exclude<TransportError['kind'], 'too-large'>;

/** Milliseconds. */
const PROBE_TIMEOUT = 5_000;

/** Failed probes required to report a CORS problem. On a poor connection a single probe may get lost as well. */
const CORS_PROBES = 2;

/** Returns the cause of a request that failed without a response. Sends probe requests only if CORS may be the cause. */
export async function diagnose(
  error: TransportError,
  request: HttpRequest,
  transport: Transport,
): Promise<Diagnosis> {
  if (error.kind === 'redirected') return error.kind;
  if (error.kind === 'too-large') return 'server-error';
  // PutObject, which the next attempt uses, shows the cause.
  if (isForm(request.body)) return error.kind;
  if (!(await isReadable(request.body))) return 'file-unreadable';
  // If the preflight fails, the browser sends no bytes of the body.
  const preflightMayHaveFailed =
    error.kind === 'network' &&
    error.bytesSent === 0 &&
    !transport.hasReceivedResponse(request.method, request.url);
  return preflightMayHaveFailed && (await isBlockedByCors(request)) ? 'cors-blocked' : error.kind;
}

/**
 * Returns whether the file behind a request body can still be read. When a file becomes unreadable during a request,
 * Chromium reports a network error and Firefox never ends the request. Firefox also keeps reading a file that has
 * changed; a missing last byte reveals that the file has shrunk.
 */
export async function isReadable(body: RequestBody | undefined): Promise<boolean> {
  if (!isBlob(body)) return true;
  return body
    .slice(-1)
    .arrayBuffer()
    .then(
      ({ byteLength }) => byteLength === Math.min(1, body.size),
      () => false,
    );
}

/**
 * Returns whether the server is reachable but a request with the same method and header names gets no readable
 * response. Checks that the server is reachable before and after each CORS probe. If the connection drops or recovers
 * in between, the failure counts as a network error, which is retried.
 */
async function isBlockedByCors({ method, url, headers, signal }: HttpRequest): Promise<boolean> {
  const { origin, pathname } = new URL(url);
  const placeholderHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.toLowerCase() === 'content-type' ? value : '0',
    ]),
  );
  const isServerReachable = () => receivesResponse(`${origin}${pathname}`, { mode: 'no-cors', signal });
  // OSS rejects this request and stores nothing: it has no valid signature, and the upload ID doesn't exist.
  const isResponseReadable = () =>
    receivesResponse(`${origin}${pathname}?uploadId=0`, { method, headers: placeholderHeaders, signal });
  for (let probe = 1; probe <= CORS_PROBES; probe++) {
    if (!(await isServerReachable()) || (await isResponseReadable())) return false;
  }
  return isServerReachable();
}

async function receivesResponse(
  url: string,
  { signal, ...init }: RequestInit & { signal: AbortSignal },
): Promise<boolean> {
  const signalWithTimeout = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT)]);
  return fetch(url, {
    ...init,
    signal: signalWithTimeout,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  }).then(
    () => true,
    () => false,
  );
}
