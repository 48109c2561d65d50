/**
 * Tells apart what a page sees as one and the same dead network: a file that is gone, a CORS rule that does not fit,
 * and a network that failed.
 */
import type { HttpRequest, Transport, TransportFault } from './transport.js';

export type NetworkFault = 'file-unreadable' | 'cors-blocked' | 'network';

/** Milliseconds. */
const PROBE_TIMEOUT = 5_000;

export async function diagnose(
  fault: TransportFault,
  request: HttpRequest,
  transport: Transport,
): Promise<NetworkFault> {
  if (request.body instanceof Blob && !(await isReadable(request.body))) return 'file-unreadable';
  // A refused preflight lets no byte leave and no answer in.
  const preflightMayBeRefused = fault.bytesSent === 0 && !transport.hasAnswered(request.method, request.url);
  return preflightMayBeRefused && (await isBlockedByCors(request)) ? 'cors-blocked' : 'network';
}

async function isReadable(body: Blob): Promise<boolean> {
  return body
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/**
 * The server is there, yet a request of the same method with headers of the same names gets no readable answer. The
 * second goes first: a line that comes back in between then counts as the network's fault, which is tried again.
 */
async function isBlockedByCors({ method, url, headers, signal }: HttpRequest): Promise<boolean> {
  const { origin, pathname } = new URL(url);
  const harmless = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.toLowerCase() === 'content-type' ? value : '0',
    ]),
  );
  // No signature and no such upload: OSS refuses it, and stores nothing.
  const readable = await answers(`${origin}${pathname}?uploadId=0`, { method, headers: harmless, signal });
  return !readable && (await answers(`${origin}${pathname}`, { mode: 'no-cors', signal }));
}

async function answers(
  url: string,
  { signal, ...init }: RequestInit & { signal: AbortSignal },
): Promise<boolean> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT)]);
  return fetch(url, {
    ...init,
    signal: limited,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  }).then(
    () => true,
    () => false,
  );
}
