/**
 * Sends HTTP requests with XMLHttpRequest, which unlike `fetch` reports upload progress. Adds timeouts and abort signals.
 * Knows nothing of OSS.
 */
import { isBlob } from '../../core/guards.js';
import { MAX_CONNECTIONS } from '../../core/transfer/line.js';

// Before TypeScript 5.7, `Uint8Array` has no type parameter.
export type RequestBody = Blob | FormData | Uint8Array | string;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: RequestBody | undefined;
  signal: AbortSignal;
  /** Maximum time without upload progress, in milliseconds. */
  stallTimeout: number;
  /** Maximum time from the last byte of the request to the response, or between two pieces of it, in milliseconds. */
  responseTimeout: number;
  /** Called when a timeout has passed. If it returns `true`, the same time is granted again. */
  keepWaiting?: ((bytesSent: number) => Promise<boolean>) | undefined;
  /** Called on upload progress with the number of bytes sent so far. Never for a form. */
  onProgress?: ((bytesSent: number) => void) | undefined;
}

/** A response of any status. */
export interface HttpResponse {
  status: number;
  /** Values by lower-case name; only the headers that CORS exposes. */
  headers: Record<string, string>;
  data: string;
}

/** A request that received no response, or one that was not accepted. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'network' | 'timeout' | 'redirected' | 'too-large';
  readonly bytesSent: number;

  constructor(kind: TransportError['kind'], bytesSent: number) {
    super(messages[kind]);
    this.kind = kind;
    this.bytesSent = bytesSent;
  }
}

const messages: Readonly<Record<TransportError['kind'], string>> = {
  network: 'The request failed without a response.',
  timeout: 'The request timed out.',
  redirected: 'The request was redirected.',
  'too-large': 'The response is too large.',
};

/** The longest response of OSS, a list of 1,000 parts, is much shorter. In bytes. */
const MAX_RESPONSE_SIZE = 8 * 2 ** 20;

/** A response arrives within this many times `responseTimeout`, or it counts as one that never ends. */
const MAX_RESPONSE_TIMES = 10;

/** The connections to an origin, which all requests of a page share. */
class Connections {
  /** When a request last sent bytes or received its response, in milliseconds of `performance.now()`. */
  lastActivity = -Infinity;
  /** Requests in flight, in the order in which they have started, and how many later ones have received a response since. */
  readonly #overtaken = new Map<XMLHttpRequest, number>();

  start(xhr: XMLHttpRequest): void {
    this.#overtaken.set(xhr, 0);
  }

  end(xhr: XMLHttpRequest): void {
    // A request without a response has overtaken none.
    const hasResponse = xhr.status !== 0;
    for (const [earlier, count] of this.#overtaken) {
      if (earlier === xhr || !hasResponse) break;
      this.#overtaken.set(earlier, count + 1);
    }
    this.#overtaken.delete(xhr);
  }

  /**
   * Whether a request that has sent nothing may be waiting for a free connection: over HTTP/1.1, browsers open only a few per
   * host, and serve the requests roughly in order.
   */
  mayBeQueued(xhr: XMLHttpRequest): boolean {
    const overtaken = this.#overtaken.get(xhr) ?? 0;
    return this.#overtaken.size > MAX_CONNECTIONS && overtaken < MAX_CONNECTIONS;
  }
}

const connectionsByOrigin = new Map<string, Connections>();

function connectionsTo(origin: string): Connections {
  const connections = connectionsByOrigin.get(origin) ?? new Connections();
  connectionsByOrigin.set(origin, connections);
  return connections;
}

export class Transport {
  /** `METHOD origin` of the requests other than forms that received a response. */
  readonly #responded = new Set<string>();

  /** Returns whether any request with this method to the origin of this URL, other than a form, has received a response. */
  hasReceivedResponse(method: string, url: string): boolean {
    return this.#responded.has(`${method} ${new URL(url).origin}`);
  }

  /**
   * Sends a request and resolves with the response, including 4xx and 5xx responses. Rejects with a
   * {@link TransportError} or with the reason of the signal.
   */
  send(request: HttpRequest): Promise<HttpResponse> {
    const { method, url, body, signal, stallTimeout, responseTimeout } = request;
    const { origin, href } = new URL(url);
    const size = sizeOf(body);
    const connections = connectionsTo(origin);

    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      // By default, browsers parse XML responses. Firefox also parses empty ones without a type, and logs an error.
      xhr.responseType = 'text';
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);

      let bytesSent = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;
      /** When the first piece of the response has arrived, in milliseconds of `performance.now()`. */
      let startedAt: number | undefined;
      let hasEnded = false;

      const finish = (settle: () => void): void => {
        hasEnded = true;
        connections.end(xhr);
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        xhr.onload = xhr.onerror = xhr.onprogress = xhr.onreadystatechange = null;
        xhr.upload.onprogress = xhr.upload.onload = null;
        settle();
      };
      const abort = (): void =>
        finish(() => {
          xhr.abort();
          reject(signal.reason as Error);
        });
      const fail = (kind: TransportError['kind']): void =>
        finish(() => {
          xhr.abort();
          reject(new TransportError(kind, bytesSent));
        });
      const restartTimer = (milliseconds = bytesSent < size ? stallTimeout : responseTimeout): void => {
        clearTimeout(timer);
        timer = setTimeout(() => void onTimeout(), milliseconds);
      };
      const onTimeout = async (): Promise<void> => {
        // A request that waits for a connection has not stalled as long as others to the same origin make progress.
        const isQueued = bytesSent === 0 && connections.mayBeQueued(xhr);
        const idleTime = performance.now() - connections.lastActivity;
        if (isQueued && idleTime < stallTimeout) return restartTimer(stallTimeout - idleTime);
        const known = bytesSent;
        const keepsWaiting = (await request.keepWaiting?.(known)) ?? false;
        if (hasEnded) return;
        if (!keepsWaiting && bytesSent === known) return fail('timeout');
        connections.lastActivity = performance.now();
        restartTimer();
      };
      const updateProgress = (loaded: number): void => {
        if (loaded <= bytesSent) return;
        bytesSent = loaded;
        connections.lastActivity = performance.now();
        restartTimer();
        request.onProgress?.(loaded);
      };

      // Listeners for upload progress would cause a preflight, which forms need not have.
      if (!isForm(body)) {
        // When a browser repeats a request on a new connection, `loaded` keeps growing and may exceed the size.
        xhr.upload.onprogress = ({ loaded }) => updateProgress(Math.min(loaded, size));
        xhr.upload.onload = ({ loaded }) => updateProgress(Math.min(loaded, size));
      }
      // OSS doesn't redirect requests. The sign-in page of a network or a gateway does.
      xhr.onreadystatechange = () => {
        if (!xhr.responseURL || isSameUrl(xhr.responseURL, href)) return;
        fail(isOfPage(xhr.responseURL) && !isOfPage(href) ? 'network' : 'redirected');
      };
      // With a compressed response, browsers may count the bytes before its decompression.
      xhr.onprogress = ({ loaded }) => {
        if (Math.max(loaded, xhr.responseText.length) > MAX_RESPONSE_SIZE) return fail('too-large');
        startedAt ??= performance.now();
        if (performance.now() - startedAt < MAX_RESPONSE_TIMES * responseTimeout)
          restartTimer(responseTimeout);
      };
      xhr.onerror = () => fail('network');
      xhr.onload = () => {
        connections.lastActivity = performance.now();
        // The response to a form doesn't show that the CORS rule allows the headers of other requests.
        if (!isForm(body)) this.#responded.add(`${method} ${origin}`);
        finish(() => resolve({ status: xhr.status, headers: readHeaders(xhr), data: xhr.responseText }));
      };
      signal.addEventListener('abort', abort);

      connections.start(xhr);
      xhr.send(body as XMLHttpRequestBodyInit | undefined);
      restartTimer();
    });
  }
}

/** Whether a response comes from the requested URL. Browsers may replace `http:` with `https:` before a request. */
function isSameUrl(responseUrl: string, url: string): boolean {
  return responseUrl === url || responseUrl === url.replace(/^http:/, 'https:');
}

/** Whether the URL belongs to the page. The page's service worker may answer with such a response, such as an offline page. */
function isOfPage(url: string): boolean {
  return new URL(url).origin === location.origin;
}

/** Whether the body is a form, which browsers send without a CORS preflight. */
export function isForm(body: RequestBody | undefined): body is FormData {
  return body instanceof FormData;
}

/** Returns the number of bytes whose progress the browser reports. */
function sizeOf(body: RequestBody | undefined): number {
  if (body === undefined || isForm(body)) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return isBlob(body) ? body.size : body.byteLength;
}

function readHeaders(xhr: XMLHttpRequest): Record<string, string> {
  const lines = xhr.getAllResponseHeaders().split('\r\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const name = line.slice(0, line.indexOf(':')).toLowerCase();
      // A slice of the line would keep the text of all headers in memory, for each ETag that a checkpoint holds.
      return [name, xhr.getResponseHeader(name) ?? ''];
    }),
  );
}
