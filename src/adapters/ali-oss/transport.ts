/**
 * Sends requests by XMLHttpRequest: bytes are told as they leave, silence is timed, an abort is silence at once. Knows
 * HTTP, not OSS.
 */

export type RequestBody = Blob | Uint8Array<ArrayBuffer> | string;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: RequestBody;
  signal: AbortSignal;
  /** How long no byte may leave before it is a fault, in milliseconds. */
  stallTimeout: number;
  /** How long an answer may take once all bytes have left, in milliseconds. */
  responseTimeout: number;
  /** Called as bytes leave, with the count so far. */
  onProgress?: (bytesSent: number) => void;
}

/** An answer of the server, whatever its status. */
export interface HttpResponse {
  status: number;
  /** By name in lower case; those that CORS exposes. */
  headers: Record<string, string>;
  data: string;
}

/** No answer came. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'network' | 'timeout';
  readonly bytesSent: number;

  constructor(kind: TransportError['kind'], bytesSent: number) {
    super(kind === 'timeout' ? 'No byte moved for too long.' : 'The request failed without an answer.');
    this.kind = kind;
    this.bytesSent = bytesSent;
  }
}

export class Transport {
  /** When bytes moved last, by origin, in milliseconds of `performance.now()`. */
  readonly #movedAt = new Map<string, number>();
  readonly #answered = new Set<string>();

  /** Whether a request of this method to the origin of this address has ever got an answer. */
  hasAnswered(method: string, url: string): boolean {
    return this.#answered.has(`${method} ${new URL(url).origin}`);
  }

  /**
   * Resolves with any answer, 4xx and 5xx too. Rejects with a {@link TransportError}, or with the signal's reason.
   */
  send(request: HttpRequest): Promise<HttpResponse> {
    const { method, url, body, signal, stallTimeout, responseTimeout } = request;
    const { origin } = new URL(url);
    const size = sizeOf(body);

    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);

      let bytesSent = 0;
      let timer: ReturnType<typeof setTimeout> | undefined;

      const end = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        xhr.onload = xhr.onerror = xhr.upload.onprogress = xhr.upload.onload = null;
        settle();
      };
      const abort = (): void =>
        end(() => {
          xhr.abort();
          reject(signal.reason as Error);
        });
      const fail = (kind: TransportError['kind']): void =>
        end(() => {
          xhr.abort();
          reject(new TransportError(kind, bytesSent));
        });
      const limit = (milliseconds: number): void => {
        clearTimeout(timer);
        timer = setTimeout(expire, milliseconds);
      };
      const expire = (): void => {
        // A browser holds back what exceeds six connections to a host: who waits behind moving bytes is not stalled.
        const quiet = performance.now() - (this.#movedAt.get(origin) ?? -Infinity);
        if (bytesSent === 0 && quiet < stallTimeout) limit(stallTimeout - quiet);
        else fail('timeout');
      };
      const move = (loaded: number): void => {
        if (loaded <= bytesSent) return;
        bytesSent = loaded;
        this.#movedAt.set(origin, performance.now());
        limit(loaded < size ? stallTimeout : responseTimeout);
        request.onProgress?.(loaded);
      };

      // A browser that repeats a request by itself goes on counting.
      xhr.upload.onprogress = ({ loaded }) => move(Math.min(loaded, size));
      xhr.upload.onload = ({ loaded }) => move(Math.min(loaded, size));
      xhr.onerror = () => fail('network');
      xhr.onload = () => {
        this.#answered.add(`${method} ${origin}`);
        end(() => resolve({ status: xhr.status, headers: readHeaders(xhr), data: xhr.responseText }));
      };
      signal.addEventListener('abort', abort);

      xhr.send(body);
      limit(size > 0 ? stallTimeout : responseTimeout);
    });
  }
}

function sizeOf(body: RequestBody | undefined): number {
  if (body === undefined) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body instanceof Blob ? body.size : body.byteLength;
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
