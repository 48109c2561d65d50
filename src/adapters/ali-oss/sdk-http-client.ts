/**
 * HTTP client for one SDK request, passed to the SDK as `options.urllib`. It records the request, the response and the
 * error, because the SDK's own errors drop the response headers and contain the signed request.
 */
import { describeValue, invalidOption } from '../../core/options/invalid-option.js';
import { redactUrl } from '../../core/options/page.js';
import type { UrllibClient, SdkHttpResponse, SignedRequest } from './sdk.js';
import type { HttpResponse, HttpRequest, RequestBody, Transport } from './transport.js';

export interface SdkHttpClientOptions extends Pick<
  HttpRequest,
  'signal' | 'stallTimeout' | 'responseTimeout' | 'keepWaiting' | 'onProgress'
> {
  /** The URL of the object, or of the bucket for a form, without a query. Requests for another one are not sent. */
  url: string;
}

/** The query parameters of all operations that uploads use. */
const parameters = /^(?:uploads|uploadId|partNumber|max-parts|part-number-marker|objectMeta)$/;

/** Headers that scripts may not set because the browser sets them. */
const browserHeaders = new Set(['content-length', 'host']);

export class SdkHttpClient implements UrllibClient {
  readonly #transport: Transport;
  readonly #options: SdkHttpClientOptions;
  #sentRequest: HttpRequest | undefined;
  #response: HttpResponse | undefined;
  #error: unknown;

  constructor(transport: Transport, options: SdkHttpClientOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /** The request as sent. Contains the signature: never expose it. */
  get sentRequest(): HttpRequest | undefined {
    return this.#sentRequest;
  }

  /** The response, with any status. */
  get response(): HttpResponse | undefined {
    return this.#response;
  }

  /** The reason why there is no response: a `TransportError`, the reason of the signal, or an `UploadError`. */
  get error(): unknown {
    return this.#error;
  }

  async request(url: string, { method, headers, content }: SignedRequest): Promise<SdkHttpResponse> {
    // After RequestTimeTooSkewed the SDK repeats a request without limit. The gateway corrects the clock itself.
    if (this.#sentRequest) throw new NoResponseError();
    const { url: allowedUrl, ...options } = this.#options;
    if (!isRequestFor(url, allowedUrl)) {
      const fix = `Requests must go to ${allowedUrl}. Check whether a script changes Object.prototype.`;
      this.#error = invalidOption('endpoint', describeValue(redactUrl(url)), fix);
      throw new NoResponseError();
    }
    this.#sentRequest = {
      ...options,
      method,
      url,
      headers: withoutBrowserHeaders(headers),
      body: content as RequestBody | undefined,
    };
    try {
      const response = await this.#transport.send(this.#sentRequest);
      this.#response = response;
      return { ...response, res: response };
    } catch (error) {
      this.#error = error;
      throw new NoResponseError();
    }
  }
}

/** Signals a network error to the SDK, which replaces it with its own error. */
class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly status = -1;
}

/** Whether a URL is the allowed one, in an operation that uploads use. */
function isRequestFor(url: string, allowedUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { href, searchParams } = new URL(url);
  return (
    href.replace(/\?.*/s, '') === allowedUrl &&
    [...searchParams.keys()].every((name) => parameters.test(name))
  );
}

function withoutBrowserHeaders(headers: SignedRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !browserHeaders.has(name.toLowerCase()))
      .map(([name, value]) => [name, String(value)]),
  );
}
