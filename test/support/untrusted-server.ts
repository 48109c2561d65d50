// A server in place of OSS or of a network's sign-in page that answers as a test wants. It accepts every origin.

/** A response of the server. */
export interface UntrustedResponse {
  /** Applies only to requests with this method. Preflights are always allowed, unless `cors` is false. */
  method?: string;
  status?: number;
  headers?: Record<string, string>;
  /** `{name}` is replaced by the request's header of that name. */
  body?: string;
  /** Fills the body up to this many bytes. `endless`: 64 MiB, after which the response never ends. */
  size?: number | 'endless';
  gzip?: boolean;
  /** Sends the body in pieces of 2 KiB, which browsers don't hold back, and waits between them, in milliseconds. */
  pause?: number;
  /** Leaves the request pending until the client disconnects. */
  never?: boolean;
  /** Without CORS headers, a page can't read the response. Default: true. */
  cors?: boolean;
}

export interface UntrustedRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string | undefined>;
  bodySize: number;
  /** Bytes of the response's body that were written before the client disconnected, or all. */
  responseSize: number;
}

const { url } = (await (await fetch('/@untrusted-server.json')).json()) as { url: string };

/** One name on the server: all paths below `/NAME/`. */
export class UntrustedSite {
  readonly name = `site-${crypto.randomUUID()}`;
  /** The server's origin. */
  readonly origin = url;
  /** The same server under another origin. */
  readonly otherOrigin = url.replace('localhost', '127.0.0.1');

  /** Sets the responses: each request gets the first one that applies to its method, and the last one stays. */
  async respond(...responses: UntrustedResponse[]): Promise<void> {
    await fetch(`${url}/_responses/${this.name}`, { method: 'POST', body: JSON.stringify(responses) });
  }

  /** Returns the requests so far, without preflights. */
  async requests(): Promise<UntrustedRequest[]> {
    const response = await fetch(`${url}/_requests/${this.name}`);
    return (await response.json()) as UntrustedRequest[];
  }
}
