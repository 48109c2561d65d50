/**
 * `OssGateway` built on the SDK: signs each request with valid credentials and the server's time, and converts every
 * failure to an `UploadError`. Retries a request only after an expired token or a wrong clock; the engine does all other
 * retries.
 */
import { abortable } from '../../core/abortable.js';
import { UploadError, type UploadErrorCode } from '../../core/errors.js';
import { isETag, isOssId } from '../../core/guards.js';
import { checkObjectKey } from '../../core/object-key.js';
import { MAX_PART_SIZE, MAX_PARTS } from '../../core/transfer/part-plan.js';
import type {
  CallOptions,
  CopySource,
  CredentialsProvider,
  DonePart,
  ListedPart,
  ListOptions,
  ObjectOptions,
  ObjectSummary,
  ObjectTarget,
  OpenGateway,
  OssGateway,
  SendOptions,
  StoredObject,
  StoredPart,
  StsCredentials,
} from '../../core/ports.js';
import { redact, redactError } from '../../core/redact.js';
import type { ServerClock } from '../../core/server-clock.js';
import { withoutPrototype } from '../../core/without-prototype.js';
import { callOptions, completeOptions, objectOptions } from './call-options.js';
import { diagnose, isReadable } from './diagnosis.js';
import { MAX_FORM_SIZE, secretsOfForm, signForm, toFormFields } from './form-upload.js';
import { readOssError } from './oss-error.js';
import { parseXml, type XmlValue } from './parse-xml.js';
import type { OssSdk, SdkClient, SdkConstructor, SdkListedPart } from './sdk.js';
import { SdkHttpClient } from './sdk-http-client.js';
import { objectUrl, toSdkOptions } from './sdk-options.js';
import { createSdkLoader, type LoadSdk } from './sdk-loader.js';
import { toUploadError } from './to-upload-error.js';
import { isForm, Transport, TransportError, type HttpRequest, type HttpResponse } from './transport.js';

export type { OssSdk } from './sdk.js';

export interface GatewayOptions {
  credentials: CredentialsProvider;
  /** Must be the clock that the credentials provider uses. */
  clock: ServerClock;
  /** An SDK that the page has loaded, such as `window.OSS`. Read each time a gateway is opened. Default: `loadSdk`. */
  sdk?: OssSdk | undefined;
  /** Imports the SDK when the first gateway is opened. Default: the slim bundle. */
  loadSdk?: LoadSdk | undefined;
  /** Maximum time without upload progress, in milliseconds. Default: 60,000. */
  stallTimeout?: number | undefined;
  /** Maximum time from the last byte of the request to the response, in milliseconds. Default: 60,000. */
  responseTimeout?: number | undefined;
  /**
   * `responseTimeout` of CompleteMultipartUpload and UploadPartCopy, which may take minutes, in milliseconds. Default:
   * 600,000.
   */
  completeTimeout?: number | undefined;
  /** Number of parts per ListParts request, at most 1,000. Default: 1,000. */
  partsPerPage?: number | undefined;
}

/**
 * Creates the function that opens gateways. It rejects with the `UploadError` `sdk-unavailable` or `key-invalid`. Every
 * gateway method rejects with an `UploadError` or with the reason of its signal.
 */
export function createOpenGateway(options: GatewayOptions): OpenGateway {
  const loadSdk = createSdkLoader(options.loadSdk);
  const transport = new Transport();
  const shared: SharedState = { forms: new Map() };
  return async (target, { signal }) => {
    checkObjectKey(target.key);
    if (options.sdk) return new AliOssGateway(options.sdk, target, transport, options, shared);
    // Meanwhile, the credentials of the first request are fetched.
    const prefetched = options.credentials.get({ signal, insteadOf: shared.suspectCredentials });
    prefetched.catch(() => {});
    const Sdk = await abortable(loadSdk(), signal);
    return new AliOssGateway(Sdk, target, transport, options, shared, prefetched);
  };
}

/** State that all gateways of one `createOpenGateway` call share. */
interface SharedState {
  /**
   * The credentials of the last request that OSS rejected with `signature-refused` or, except for optional operations,
   * `access-denied`. A gateway opened later requests different ones, in case the site has corrected them.
   */
  suspectCredentials?: StsCredentials | undefined;
  /** By URL of the bucket. */
  readonly forms: Map<string, FormState>;
}

/**
 * Whether small objects are sent as forms. `possible`: PutObject has worked and has returned a checksum, so one object may
 * be sent as a form. If that works, others follow; otherwise something between the page and OSS doesn't support forms.
 */
type FormState = 'possible' | 'working' | 'off';

/** Options of one SDK request. */
interface RequestOptions {
  /** Default: the URL of the object. */
  url?: string;
  signal: AbortSignal;
  onProgress?: SendOptions['onProgress'];
  keepWaiting?: SendOptions['keepWaiting'];
  /** Milliseconds. */
  responseTimeout?: number | undefined;
  /** Whether uploads do without the operation if the policy denies it. Its credentials are not suspect then. */
  isOptional?: boolean;
}

/** A successful SDK request. */
interface Success<T> {
  /** The return value of the SDK. */
  result: T;
  response: HttpResponse;
}

class AliOssGateway implements OssGateway {
  readonly #Sdk: SdkConstructor;
  readonly #target: ObjectTarget;
  readonly #transport: Transport;
  readonly #options: GatewayOptions;
  readonly #shared: SharedState;
  /**
   * Suspect credentials from earlier gateways. If OSS rejects a request of this gateway, its credentials stay in use,
   * because the policy may deny only one operation, such as listing parts.
   */
  readonly #suspectCredentials: StsCredentials | undefined;
  /** Fetched before the first request. */
  #prefetched: Promise<unknown> | undefined;
  /** Aborted at the first redirect, with its error. Later requests would send the token and the file there as well. */
  readonly #redirected = new AbortController();
  /** The form that this gateway has sent. Later attempts use PutObject. */
  #form: 'none' | 'sent' | 'stored' = 'none';

  constructor(
    Sdk: OssSdk,
    target: ObjectTarget,
    transport: Transport,
    options: GatewayOptions,
    shared: SharedState,
    prefetched?: Promise<unknown>,
  ) {
    this.#Sdk = Sdk as SdkConstructor;
    this.#target = withoutPrototype(target);
    this.#transport = transport;
    this.#options = options;
    this.#shared = shared;
    this.#suspectCredentials = shared.suspectCredentials;
    this.#prefetched = prefetched;
  }

  async put(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject> {
    await this.#checkReadable(body, options);
    return (await this.#postForm(body, options)) ?? this.#putObject(body, options);
  }

  /** Stores a small object. Resolves with `undefined` if a form can't, so that PutObject must be used. */
  async #postForm(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject | undefined> {
    const { forms, suspectCredentials } = this.#shared;
    const url = this.#bucketUrl;
    const state = forms.get(url) ?? 'off';
    // The object that a form has stored is damaged if the caller stores it again.
    if (this.#form === 'stored') forms.set(url, 'off');
    // Whoever doesn't read the file can't verify the object, and a form alone doesn't show that OSS has stored it.
    const isPossible =
      state !== 'off' && this.#form === 'none' && options.wasRead && body.size <= MAX_FORM_SIZE;
    const fields = isPossible ? toFormFields(this.#target.key, objectOptions(options)) : undefined;
    if (!fields) return undefined;

    if (state === 'possible') forms.set(url, 'off');
    this.#form = 'sent';
    const { signal, keepWaiting, onUntracked } = options;
    const responseTimeout = this.#stallTimeout + this.#responseTimeout;
    try {
      const success = await this.#send(
        { url, signal, keepWaiting, responseTimeout },
        async (client, _, httpClient) => {
          const content = signForm(client, fields, body);
          onUntracked?.();
          const { status } = await httpClient.request(url, { method: 'POST', headers: {}, content });
          if (status !== 200) throw new Error(`The status of the response is ${status}.`);
        },
      );
      const stored = this.#toStoredObject(success);
      // Another server than OSS may have answered. OSS has returned a checksum for PutObject.
      if (stored.crc64 === undefined) throw this.#invalidResponse();
      forms.set(url, 'working');
      this.#form = 'stored';
      return stored;
    } catch (error) {
      const isDueToForm = !signal.aborted && error instanceof UploadError && mayBeDueToForm(error);
      if (!isDueToForm) {
        if (state === 'possible') forms.set(url, state);
        this.#form = 'none';
        throw error;
      }
      if (forms.get(url) === 'working') forms.set(url, 'possible');
      const wasRefused = error.status !== undefined && !error.retryable;
      if (!wasRefused && error.code !== 'unexpected') throw error;
      this.#shared.suspectCredentials = suspectCredentials;
      return undefined;
    }
  }

  async #putObject(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject> {
    const success = await this.#send(options, (client, key) => {
      const putOptions = objectOptions(options);
      // The SDK signs and sends only what looks like a type.
      const typed = putOptions.mime?.includes('/') ? body : withoutType(body);
      // The SDK's own check rejects Blobs of another realm. Wrapping one doesn't read it.
      const content = typed instanceof Blob ? typed : new Blob([typed]);
      return client.put(key, content, putOptions);
    });
    this.#checkStored(success.response, options.callback !== undefined);
    const stored = this.#toStoredObject(success, success.result.data);
    const { forms } = this.#shared;
    const url = this.#bucketUrl;
    if (stored.crc64 !== undefined && !forms.has(url)) forms.set(url, 'possible');
    return stored;
  }

  async createUpload(options: ObjectOptions & CallOptions): Promise<string> {
    const { result } = await this.#send(options, (client, key) =>
      client.initMultipartUpload(key, objectOptions(options)),
    );
    const { uploadId } = result;
    // The SDK doesn't validate the response. Without an upload ID, every UploadPart request would fail.
    if (isOssId(uploadId)) return uploadId;
    throw this.#invalidResponse();
  }

  async uploadPart(uploadId: string, number: number, body: Blob, options: SendOptions): Promise<StoredPart> {
    await this.#checkReadable(body, options);
    const content = withoutType(body);
    const { result, response } = await this.#send(options, (client, key) =>
      client.uploadPart(key, uploadId, number, content, 0, body.size, callOptions({ disabledMD5: true })),
    );
    this.#checkStored(response);
    return { number, etag: result.etag, crc64: response.headers[CRC64_HEADER] };
  }

  async listParts(uploadId: string, options: ListOptions): Promise<ListedPart[]> {
    const { after = 0, limit = Infinity } = options;
    const pageSize = Math.min(this.#options.partsPerPage ?? 1_000, limit);
    const parts: ListedPart[] = [];
    let marker = after;
    for (let page = 1; ; page++) {
      const query = { 'max-parts': pageSize, 'part-number-marker': marker };
      const { result } = await this.#send(optional(options), (client, key) =>
        client.listParts(key, uploadId, query, callOptions()),
      );
      for (const part of [result.parts].flat()) parts.push(...toListedPart(part));
      if (result.isTruncated !== 'true' || parts.length >= limit) return parts;
      const next = result.nextPartNumberMarker;
      // A list that stops too early would make the transfer send stored parts again.
      const hasNext = isDigits(next) && Number(next) > marker && Number(next) < MAX_PARTS && page < MAX_PAGES;
      if (!hasNext) throw this.#invalidResponse();
      marker = Number(next);
    }
  }

  async copyPart(
    uploadId: string,
    number: number,
    { start, end, etag }: CopySource,
    options: CallOptions,
  ): Promise<DonePart> {
    const { bucket, key } = this.#target;
    const headers = {
      'x-oss-copy-source': `/${bucket}/${encodeURIComponent(key)}`,
      'x-oss-copy-source-range': `bytes=${start}-${end - 1}`,
      'x-oss-copy-source-if-match': etag,
    };
    // UploadPartCopy is UploadPart with these headers and no body. The slim SDK lacks a method of its own for it.
    const { result } = await this.#send(this.#withLongTimeout(options), (client) =>
      client.uploadPart(key, uploadId, number, new Blob(), 0, 0, callOptions({ headers, disabledMD5: true })),
    );
    return { number, etag: result.etag };
  }

  async completeUpload(
    uploadId: string,
    parts: readonly DonePart[],
    options: ObjectOptions & CallOptions,
  ): Promise<StoredObject> {
    // The SDK puts them into XML as they are.
    if (!parts.every(({ number, etag }) => isPartNumber(number) && isETag(etag))) {
      throw new UploadError('checkpoint-mismatch', { values: { field: 'doneParts' } });
    }
    const success = await this.#send(this.#withLongTimeout(options), (client, key) =>
      client.completeMultipartUpload(key, uploadId, [...parts], completeOptions(options)),
    );
    return this.#toStoredObject(success, success.result.data);
  }

  async abortUpload(uploadId: string, options: CallOptions): Promise<void> {
    await this.#send(optional(options), (client, key) =>
      client.abortMultipartUpload(key, uploadId, callOptions()),
    );
  }

  async head(options: CallOptions): Promise<ObjectSummary | undefined> {
    try {
      const success = await this.#send(optional(options), (client, key) =>
        client.getObjectMeta(key, callOptions()),
      );
      const { headers } = success.response;
      return {
        ...this.#toStoredObject(success),
        size: Number(headers['content-length']),
        lastModified: Date.parse(headers['last-modified'] ?? '') - this.#clockOffset || undefined,
      };
    } catch (error) {
      if (error instanceof UploadError && error.status === 404 && error.code !== 'bucket-not-found')
        return undefined;
      throw error;
    }
  }

  /** Returns the options of a request that may take OSS minutes, because it assembles or copies an object. */
  #withLongTimeout({ signal }: CallOptions): RequestOptions {
    return { signal, responseTimeout: this.#options.completeTimeout ?? 600_000 };
  }

  /** Sends one request. Repeats it at most once with new credentials and at most once with a corrected clock. */
  async #send<T>(
    options: RequestOptions,
    operation: (client: SdkClient, key: string, httpClient: SdkHttpClient) => Promise<T>,
  ): Promise<Success<T>> {
    const signal = AbortSignal.any([options.signal, this.#redirected.signal]);
    const { credentials: provider, clock } = this.#options;
    const onProgress = monotonic(options.onProgress);
    const seenCodes = new Set<UploadErrorCode>();
    const prefetched = this.#prefetched;
    this.#prefetched = undefined;
    if (prefetched) await abortable(prefetched, signal);
    // The user may have changed meanwhile.
    let credentials = await abortable(provider.get({ signal, insteadOf: this.#suspectCredentials }), signal);

    for (;;) {
      const httpClient = this.#createHttpClient({ ...options, signal, onProgress });
      try {
        const client = this.#createClient(credentials, httpClient);
        const result = await abortable(operation(client, this.#target.key, httpClient), signal);
        return toSuccess(result, httpClient);
      } catch (cause) {
        signal.throwIfAborted();
        const { error, serverTime } = await abortable(
          this.#toFailure(cause, httpClient, secretsOf(credentials, httpClient)),
          signal,
        );
        const { code } = error;
        if (code === 'redirected') this.#redirected.abort(error);
        if (seenCodes.has(code)) throw error;
        seenCodes.add(code);
        if (code === 'credentials-rejected' || code === 'credentials-expired') {
          credentials = await abortable(provider.get({ signal, insteadOf: credentials }), signal);
        } else if (code === 'clock-skewed' && serverTime !== undefined) {
          clock.correct(serverTime);
        } else {
          if (code === 'signature-refused' || (code === 'access-denied' && !options.isOptional)) {
            this.#shared.suspectCredentials = credentials;
          }
          throw error;
        }
      }
    }
  }

  #createHttpClient({
    url = objectUrl(this.#target),
    signal,
    onProgress,
    keepWaiting,
    responseTimeout = this.#responseTimeout,
  }: RequestOptions): SdkHttpClient {
    return new SdkHttpClient(this.#transport, {
      url,
      signal,
      onProgress,
      keepWaiting,
      stallTimeout: this.#stallTimeout,
      responseTimeout,
    });
  }

  get #stallTimeout(): number {
    return this.#options.stallTimeout ?? 60_000;
  }

  get #responseTimeout(): number {
    return this.#options.responseTimeout ?? 60_000;
  }

  get #bucketUrl(): string {
    return objectUrl({ ...this.#target, key: '' });
  }

  /** Creates an SDK client for one request, so that concurrent requests can use different credentials. */
  #createClient(credentials: StsCredentials, httpClient: SdkHttpClient): SdkClient {
    const client = new this.#Sdk(toSdkOptions(this.#target, credentials, httpClient));
    // The constructor resets this option, so it is set afterwards.
    client.options.amendTimeSkewed = this.#clockOffset;
    // Lets the browser read the file from disk while it sends; the SDK would copy the range into memory. It asks for whole
    // bodies only.
    client._createBuffer = (file) => file;
    // The SDK's parser accepts the pages of proxies.
    client.parseXML = async (text) => parseResult(text);
    return client;
  }

  /** How far the server's clock is ahead of this device's, in milliseconds. */
  get #clockOffset(): number {
    return this.#options.clock.now() - Date.now();
  }

  async #checkReadable(body: Blob, { signal, wasRead }: SendOptions): Promise<void> {
    if (wasRead) return;
    if (!(await abortable(isReadable(body), signal))) {
      throw new UploadError('file-unreadable', { values: this.#errorValues() });
    }
  }

  /** Determines why a request failed, from what the HTTP client recorded rather than from the SDK's error. */
  async #toFailure(
    sdkError: unknown,
    httpClient: SdkHttpClient,
    secrets: readonly string[],
  ): Promise<Failure> {
    if (sdkError instanceof UploadError) return { error: sdkError };
    const { sentRequest, response, error } = httpClient;
    if (error instanceof UploadError) return { error };
    const values = this.#errorValues(sentRequest?.url);
    if (response && !isSuccessful(response, sentRequest)) {
      const ossError = readOssError(response, secrets);
      return { error: toUploadError(response.status, ossError, values), serverTime: ossError.serverTime };
    }
    if (response) {
      const details = {
        status: response.status,
        requestId: redact(response.headers['x-oss-request-id'] ?? '', secrets) || undefined,
        values,
        cause: redactError(sdkError, secrets),
      };
      return { error: new UploadError(toErrorCode(sdkError, response, sentRequest), details) };
    }
    if (sentRequest && error instanceof TransportError) {
      const code = await diagnose(error, sentRequest, this.#transport);
      return { error: new UploadError(code, { values, cause: error }) };
    }
    return {
      error: new UploadError('unexpected', { values, cause: redactError(error ?? sdkError, secrets) }),
    };
  }

  #toStoredObject({ response }: Success<unknown>, callback?: unknown): StoredObject {
    const { etag = '', [CRC64_HEADER]: crc64, [VERSION_HEADER]: versionId } = response.headers;
    return {
      etag,
      url: objectUrl(this.#target),
      crc64,
      ...(isOssId(versionId) && { versionId }),
      ...(callback !== undefined && { callback }),
    };
  }

  /** @throws UploadError if a successful response doesn't show that OSS has stored the body of the request */
  #checkStored(response: HttpResponse, hasBody = false): void {
    const code = whyNotStored(response, hasBody);
    if (code) throw new UploadError(code, { values: this.#errorValues() });
  }

  #invalidResponse(): UploadError {
    return new UploadError('server-error', { values: this.#errorValues() });
  }

  /** Returns the values for the placeholders of the error texts. */
  #errorValues(url?: string): Record<string, string> {
    const { bucket, region, key } = this.#target;
    return { bucket, region, key, origin: location.origin, ...(url && { endpoint: new URL(url).origin }) };
  }
}

interface Failure {
  error: UploadError;
  /** Milliseconds since 1970. */
  serverTime?: number | undefined;
}

/** Pages of one list of parts. OSS needs ten for 10,000 parts. */
const MAX_PAGES = 100;

const CRC64_HEADER = 'x-oss-hash-crc64ecma';
const VERSION_HEADER = 'x-oss-version-id';

/** For a type, the browser would add a Content-Type header that the signature doesn't cover. */
function withoutType(body: Blob): Blob {
  return body.type === '' ? body : body.slice();
}

function isSuccessful({ status }: HttpResponse, request?: HttpRequest): boolean {
  return status === (request?.method === 'DELETE' ? 204 : 200);
}

/**
 * Returns the content of a result document, such as `ListPartsResult`.
 *
 * @throws SyntaxError for anything else, such as the sign-in page of a proxy
 */
function parseResult(text: string): XmlValue {
  const { root, value } = parseXml(text);
  if (!root.endsWith('Result')) throw new SyntaxError(`The response is not a result: ${root}`);
  return value;
}

/** Returns why a request failed although its status means success: because of its response, or of an exception here. */
function toErrorCode(
  sdkError: unknown,
  response: HttpResponse,
  request: HttpRequest | undefined,
): UploadErrorCode {
  // From `parseResult`, or from the SDK, which parses the response of a callback as JSON.
  if (sdkError instanceof SyntaxError) return 'server-error';
  return (request?.method === 'PUT' && whyNotStored(response)) || 'unexpected';
}

/**
 * Returns why a successful response doesn't show that OSS has stored the body of the request; `undefined` if it does. OSS
 * returns an ETag, and a body only from a callback. A service worker or a proxy may answer in its place, for example with a
 * page. Without an ETag, the page may only be unable to read it.
 */
function whyNotStored(
  { headers: { etag }, data }: HttpResponse,
  hasBody = false,
): UploadErrorCode | undefined {
  if (!hasBody && data !== '') return 'server-error';
  if (etag === undefined) return 'etag-hidden';
  return isETag(etag) ? undefined : 'server-error';
}

/** Whether PutObject may succeed where a form has failed. */
function mayBeDueToForm({ code, ossCode }: UploadError): boolean {
  if (code === 'throttled') return ossCode === undefined;
  return !code.startsWith('credentials-') && !['object-exists', 'clock-skewed', 'redirected'].includes(code);
}

function toSuccess<T>(result: T, { sentRequest, response }: SdkHttpClient): Success<T> {
  if (!sentRequest || !response)
    throw new TypeError('The SDK did not use the HTTP client in options.urllib.');
  return { result, response };
}

/** Converts a listed part. Returns an empty array for a malformed part, which is then uploaded again. */
function toListedPart(part: unknown): ListedPart[] {
  const { PartNumber, ETag, Size, HashCrc64ecma } = Object(part) as Partial<SdkListedPart>;
  if (!isDigits(PartNumber) || !isDigits(Size) || !isETag(ETag)) return [];
  const [number, size] = [Number(PartNumber), Number(Size)];
  if (!isPartNumber(number) || size > MAX_PART_SIZE) return [];
  const crc64 = isDigits(HashCrc64ecma) ? HashCrc64ecma : undefined;
  return [{ number, etag: ETag, size, crc64 }];
}

function isPartNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= MAX_PARTS;
}

/** Returns what no error may contain. */
function secretsOf(credentials: StsCredentials, { sentRequest }: SdkHttpClient): string[] {
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const { headers = {}, body } = sentRequest ?? {};
  const signature = /Signature=(\w+)/.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const ofForm = isForm(body) ? secretsOfForm(body) : [];
  return [securityToken, accessKeySecret, accessKeyId, signature, ...ofForm];
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

function optional({ signal }: CallOptions): RequestOptions {
  return { signal, isOptional: true };
}

/** Wraps a progress callback so that the count doesn't decrease when a request is repeated. */
function monotonic(onProgress: RequestOptions['onProgress']): RequestOptions['onProgress'] {
  let maximum = 0;
  return (
    onProgress &&
    ((bytesSent) => {
      if (bytesSent > maximum) onProgress((maximum = bytesSent));
    })
  );
}
