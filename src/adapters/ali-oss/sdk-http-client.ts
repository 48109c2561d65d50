/**
 * One request of the SDK: stands behind its `options.urllib` and keeps what came of it. The SDK's own errors lose the
 * answer's headers and carry the request along, so failures are told from here.
 */
import type { UrllibClient, SdkHttpResponse, SignedRequest } from './sdk.js';
import type { HttpResponse, HttpRequest, RequestBody, Transport } from './transport.js';

export type SdkHttpClientOptions = Pick<
  HttpRequest,
  'signal' | 'stallTimeout' | 'responseTimeout' | 'onProgress'
>;

/** Headers that a page may not set, or that the browser computes. */
const browserHeaders = new Set(['content-length', 'host']);

export class SdkHttpClient implements UrllibClient {
  readonly #transport: Transport;
  readonly #options: SdkHttpClientOptions;
  #sent?: HttpRequest;
  #answer?: HttpResponse;
  #fault?: unknown;

  constructor(transport: Transport, options: SdkHttpClientOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /** What was sent last, signed: never hand it on. */
  get sent(): HttpRequest | undefined {
    return this.#sent;
  }

  get answer(): HttpResponse | undefined {
    return this.#answer;
  }

  /** Why there is no answer. */
  get fault(): unknown {
    return this.#fault;
  }

  async request(url: string, { method, headers, content }: SignedRequest): Promise<SdkHttpResponse> {
    // The SDK repeats a request by itself where the clock was wrong, without an end: that is the gateway's affair.
    if (this.#sent) throw new NoResponseError();
    this.#sent = {
      ...this.#options,
      method,
      url,
      headers: sendable(headers),
      body: content as RequestBody | undefined,
    };
    try {
      const answer = await this.#transport.send(this.#sent);
      this.#answer = answer;
      return { ...answer, res: answer };
    } catch (error) {
      this.#fault = error;
      throw new NoResponseError();
    }
  }
}

/** What the SDK takes for a network fault; it makes an error of its own from that. */
class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly status = -1;
}

function sendable(headers: SignedRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !browserHeaders.has(name.toLowerCase()))
      .map(([name, value]) => [name, String(value)]),
  );
}
