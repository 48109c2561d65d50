/**
 * Sends HTTP requests with XMLHttpRequest, which unlike `fetch` reports upload progress. Adds timeouts and abort signals.
 * Knows nothing of OSS.
 */
import { isBlob } from '../../core/guards.js';

export type RequestBody = Blob | Uint8Array<ArrayBuffer> | string;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: RequestBody | undefined;
  signal: AbortSignal;
  /** Maximum time without upload progress, in milliseconds. */
  stallTimeout: number;
  /** Maximum time from the last byte of the request to the response, in milliseconds. */
  responseTimeout: number;
  /** Called on upload progress with the number of bytes sent so far. */
  onProgress?: ((bytesSent: number) => void) | undefined;
}

/** A response of any status. */
export interface HttpResponse {
  status: number;
  /** Values by lower-case name; only the headers that CORS exposes. */
  headers: Record<string, string>;
  data: string;
}

/** A request that received no response. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'network' | 'timeout';
  readonly bytesSent: number;

  constructor(kind: TransportError['kind'], bytesSent: number) {
    super(kind === 'timeout' ? 'The request timed out.' : 'The request failed without a response.');
    this.kind = kind;
    this.bytesSent = bytesSent;
  }
}

export class Transport {
  /** Time of the last upload progress by origin, in milliseconds of `performance.now()`. */
  readonly #lastProgress = new Map<string, number>();
  /** `METHOD origin` of the requests that received a response. */
  readonly #responded = new Set<string>();

  /** Returns whether any request with this method to the origin of this URL has received a response. */
  hasReceivedResponse(method: string, url: string): boolean {
    return this.#responded.has(`${method} ${new URL(url).origin}`);
  }

  /**
   * Sends a request and resolves with the response, including 4xx and 5xx responses. Rejects with a
   * {@link TransportError} or with the reason of the signal.
   */
  send(request: HttpRequest): Promise<HttpResponse> {
    const { method, url, body, signal, stallTimeout, responseTimeout } = request;
    const { origin } = new URL(url);
    const size = sizeOf(body);

    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      // By default, browsers parse XML responses. Firefox also parses empty ones without a type, and logs an error.
      xhr.responseType = 'text';
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);

      let bytesSent = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;

      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        xhr.onload = xhr.onerror = xhr.upload.onprogress = xhr.upload.onload = null;
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
      const restartTimer = (milliseconds: number): void => {
        clearTimeout(timer);
        timer = setTimeout(onTimeout, milliseconds);
      };
      const onTimeout = (): void => {
        // Over HTTP/1.1 browsers open at most six connections per host. A request that waits for a free connection has
        // not stalled as long as other requests to the same origin make progress.
        const idleTime = performance.now() - (this.#lastProgress.get(origin) ?? -Infinity);
        if (bytesSent === 0 && idleTime < stallTimeout) restartTimer(stallTimeout - idleTime);
        else fail('timeout');
      };
      const updateProgress = (loaded: number): void => {
        if (loaded <= bytesSent) return;
        bytesSent = loaded;
        this.#lastProgress.set(origin, performance.now());
        restartTimer(loaded < size ? stallTimeout : responseTimeout);
        request.onProgress?.(loaded);
      };

      // When a browser repeats a request on a new connection, `loaded` keeps growing and may exceed the size.
      xhr.upload.onprogress = ({ loaded }) => updateProgress(Math.min(loaded, size));
      xhr.upload.onload = ({ loaded }) => updateProgress(Math.min(loaded, size));
      xhr.onerror = () => fail('network');
      xhr.onload = () => {
        this.#responded.add(`${method} ${origin}`);
        finish(() => resolve({ status: xhr.status, headers: readHeaders(xhr), data: xhr.responseText }));
      };
      signal.addEventListener('abort', abort);

      xhr.send(body);
      restartTimer(size > 0 ? stallTimeout : responseTimeout);
    });
  }
}

function sizeOf(body: RequestBody | undefined): number {
  if (body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return isBlob(body) ? body.size : body.byteLength;
}

function readHeaders(xhr: XMLHttpRequest): Record<string, string> {
  const lines = xhr.getAllResponseHeaders().split('\r\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
