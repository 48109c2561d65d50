/**
 * Tells apart what a page sees as one and the same dead network: a file that is gone, a CORS rule that does not fit,
 * and a network that failed.
 */
import type { HttpRequest, RequestBody, Transport, TransportError } from './transport.js';

export type Diagnosis = 'file-unreadable' | 'cors-blocked' | TransportError['kind'];

/** Milliseconds. */
const PROBE_TIMEOUT = 5_000;

/** How often an answer has to stay away: on a bad line one more may be lost. */
const LOOKS = 2;

export async function diagnose(
  fault: TransportError,
  request: HttpRequest,
  transport: Transport,
): Promise<Diagnosis> {
  if (!(await isReadable(request.body))) return 'file-unreadable';
  // A refused preflight lets no byte leave and no answer in.
  const preflightMayBeRefused =
    fault.kind === 'network' && fault.bytesSent === 0 && !transport.hasAnswered(request.method, request.url);
  return preflightMayBeRefused && (await isBlockedByCors(request)) ? 'cors-blocked' : fault.kind;
}

/**
 * Whether the file behind a body is still there. Browsers don't say so: Chromium fails such a request as if the network
 * had, Firefox never ends it. Firefox reads on in a file that has changed; the last byte shows where it has shrunk.
 */
export async function isReadable(body: RequestBody | undefined): Promise<boolean> {
  if (!(body instanceof Blob)) return true;
  return body
    .slice(-1)
    .arrayBuffer()
    .then(
      ({ byteLength }) => byteLength === Math.min(1, body.size),
      () => false,
    );
}

/**
 * The server is there, yet a request of the same method with headers of the same names gets no readable answer. It is
 * looked for before and after each look: a line that comes back or goes in between counts as the network's fault, which is
 * tried again.
 */
async function isBlockedByCors({ method, url, headers, signal }: HttpRequest): Promise<boolean> {
  const { origin, pathname } = new URL(url);
  const harmless = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.toLowerCase() === 'content-type' ? value : '0',
    ]),
  );
  const isThere = () => answers(`${origin}${pathname}`, { mode: 'no-cors', signal });
  // No signature and no such upload: OSS refuses it, and stores nothing.
  const isReadable = () => answers(`${origin}${pathname}?uploadId=0`, { method, headers: harmless, signal });
  for (let look = 1; look <= LOOKS; look++) {
    if (!(await isThere()) || (await isReadable())) return false;
  }
  return isThere();
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
