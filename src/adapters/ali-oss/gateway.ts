/**
 * OSS for one upload, through the SDK: signs with fresh credentials by the server's clock, and names every failure.
 * Retries are the engine's, but for a token that expired and a clock that is wrong.
 */
import { abortable } from '../../core/abortable.js';
import { UploadError, type UploadErrorCode } from '../../core/errors.js';
import { checkObjectKey } from '../../core/object-key.js';
import { MAX_PARTS } from '../../core/transfer/part-plan.js';
import type {
  CallOptions,
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
import type { ServerClock } from '../../core/server-clock.js';
import { completeOptions, objectOptions } from './call-options.js';
import { SdkHttpClient } from './sdk-http-client.js';
import { diagnose, isReadable } from './diagnosis.js';
import { readOssError } from './oss-error.js';
import type { OssSdk, SdkClient, SdkConstructor, SdkListedPart } from './sdk.js';
import { toSdkOptions } from './sdk-options.js';
import { createSdkLoader, type LoadSdk } from './sdk-loader.js';
import { toUploadError } from './to-upload-error.js';
import { Transport, TransportError, type HttpResponse } from './transport.js';

export type { OssSdk } from './sdk.js';

export interface GatewayOptions {
  credentials: CredentialsProvider;
  /** Shared with the credentials provider. */
  clock: ServerClock;
  /** The page's own SDK, such as `window.OSS`; then nothing is loaded. Read when a gateway is opened. */
  sdk?: OssSdk;
  /** Loads the SDK at the first upload; the lean bundle by default. */
  loadSdk?: LoadSdk;
  /** How long no byte may leave, in milliseconds; 60,000 by default. */
  stallTimeout?: number;
  /** How long an answer may take once all bytes have left, in milliseconds; 60,000 by default. */
  responseTimeout?: number;
  /** The same for the request that completes an upload, which OSS may work on for minutes; 600,000 by default. */
  completeTimeout?: number;
  /** Parts a page of `listParts`, at most 1,000, which is the default. */
  partsPerPage?: number;
}

/**
 * @throws UploadError `sdk-unavailable`, `key-invalid`; every method of the gateway rejects with an `UploadError` or
 *   with the reason of its signal
 */
export function createOpenGateway(options: GatewayOptions): OpenGateway {
  const loadSdk = createSdkLoader(options.loadSdk);
  const transport = new Transport();
  const suspicion: SharedSuspicion = {};
  return async (target, { signal }) => {
    checkObjectKey(target.key);
    const Sdk = options.sdk ?? (await abortable(loadSdk(), signal));
    return new AliOssGateway(Sdk, target, transport, options, suspicion);
  };
}

/** Credentials that OSS knew but refused: the site may answer better ones to whoever tries again. */
interface SharedSuspicion {
  credentials?: StsCredentials;
}

interface Call {
  signal: AbortSignal;
  onProgress?: (bytesSent: number) => void;
  /** Milliseconds. */
  responseTimeout?: number;
}

interface Done<T> {
  result: T;
  answer: HttpResponse;
  /** Of the object, without a query. */
  url: string;
}

class AliOssGateway implements OssGateway {
  readonly #Sdk: SdkConstructor;
  readonly #target: ObjectTarget;
  readonly #transport: Transport;
  readonly #options: GatewayOptions;
  readonly #suspicion: SharedSuspicion;
  /** Of an earlier run; within this one a refusal may well be meant, such as of listing parts. */
  readonly #suspectCredentials?: StsCredentials;

  constructor(
    Sdk: OssSdk,
    target: ObjectTarget,
    transport: Transport,
    options: GatewayOptions,
    suspicion: SharedSuspicion,
  ) {
    this.#Sdk = Sdk as SdkConstructor;
    this.#target = target;
    this.#transport = transport;
    this.#options = options;
    this.#suspicion = suspicion;
    this.#suspectCredentials = suspicion.credentials;
  }

  async put(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject> {
    await this.#checkReadable(body, options.signal);
    const done = await this.#send(options, (client, key) => client.put(key, body, objectOptions(options)));
    return toStoredObject(done, done.result.data);
  }

  async createUpload(options: ObjectOptions & CallOptions): Promise<string> {
    const { result } = await this.#send(options, (client, key) =>
      client.initMultipartUpload(key, objectOptions(options)),
    );
    const { uploadId } = result;
    // Whatever stands in the answer: an upload without an id would fail at each of its parts.
    if (typeof uploadId === 'string' && uploadId !== '') return uploadId;
    throw new UploadError('server-error', { values: this.#values() });
  }

  async uploadPart(uploadId: string, number: number, body: Blob, options: SendOptions): Promise<StoredPart> {
    await this.#checkReadable(body, options.signal);
    const { result, answer } = await this.#send(options, (client, key) =>
      client.uploadPart(key, uploadId, number, body, 0, body.size, { disabledMD5: true }),
    );
    return { number, etag: result.etag, crc64: answer.headers[crc64Header] };
  }

  async listParts(uploadId: string, options: ListOptions): Promise<ListedPart[]> {
    const { after = 0, limit = Infinity } = options;
    const pageSize = Math.min(this.#options.partsPerPage ?? 1_000, limit);
    const parts: ListedPart[] = [];
    let marker = after;
    for (let more = true; more;) {
      const query = { 'max-parts': pageSize, 'part-number-marker': marker };
      const { result } = await this.#send(options, (client, key) =>
        client.listParts(key, uploadId, query, {}),
      );
      parts.push(...[result.parts].flat().flatMap(toListedPart));
      const next = Number(result.nextPartNumberMarker);
      more = result.isTruncated === 'true' && next > marker && next < MAX_PARTS && parts.length < limit;
      marker = next;
    }
    return parts;
  }

  async completeUpload(
    uploadId: string,
    parts: readonly DonePart[],
    options: ObjectOptions & CallOptions,
  ): Promise<StoredObject> {
    const call = { ...options, responseTimeout: this.#options.completeTimeout ?? 600_000 };
    const done = await this.#send(call, (client, key) =>
      client.completeMultipartUpload(key, uploadId, [...parts], completeOptions(options)),
    );
    return toStoredObject(done, done.result.data);
  }

  async abortUpload(uploadId: string, options: CallOptions): Promise<void> {
    await this.#send(options, (client, key) => client.abortMultipartUpload(key, uploadId, {}));
  }

  async head(options: CallOptions): Promise<ObjectSummary | undefined> {
    try {
      const done = await this.#send(options, (client, key) => client.getObjectMeta(key, {}));
      const { headers } = done.answer;
      return {
        ...toStoredObject(done),
        size: Number(headers['content-length']),
        lastModified: Date.parse(headers['last-modified'] ?? '') || undefined,
      };
    } catch (error) {
      if (error instanceof UploadError && error.status === 404 && error.code !== 'bucket-not-found')
        return undefined;
      throw error;
    }
  }

  /** Sends one request; once more each with new credentials and with the clock put right, where OSS asks for that. */
  async #send<T>(call: Call, operation: (client: SdkClient, key: string) => Promise<T>): Promise<Done<T>> {
    const { signal } = call;
    const { credentials: provider, clock } = this.#options;
    const onProgress = growing(call.onProgress);
    const tried = new Set<UploadErrorCode>();
    let credentials = await abortable(provider.get({ signal, insteadOf: this.#suspectCredentials }), signal);

    for (;;) {
      const exchange = this.#exchange({ ...call, onProgress });
      try {
        const result = await abortable(
          operation(this.#client(credentials, exchange), this.#target.key),
          signal,
        );
        return done(result, exchange);
      } catch (error) {
        signal.throwIfAborted();
        const failure = await abortable(this.#explain(error, exchange), signal);
        const { code } = failure.error;
        if (tried.has(code)) throw failure.error;
        tried.add(code);
        if (code === 'credentials-rejected') {
          credentials = await abortable(provider.get({ signal, insteadOf: credentials }), signal);
        } else if (code === 'clock-skewed' && failure.serverTime !== undefined) {
          clock.correct(failure.serverTime);
        } else {
          if (code === 'signature-refused' || code === 'access-denied')
            this.#suspicion.credentials = credentials;
          throw failure.error;
        }
      }
    }
  }

  #exchange({ signal, onProgress, responseTimeout }: Call): SdkHttpClient {
    return new SdkHttpClient(this.#transport, {
      signal,
      onProgress,
      stallTimeout: this.#options.stallTimeout ?? 60_000,
      responseTimeout: responseTimeout ?? this.#options.responseTimeout ?? 60_000,
    });
  }

  /** A client for one request: it signs with one set of credentials, whatever goes on beside it. */
  #client(credentials: StsCredentials, exchange: SdkHttpClient): SdkClient {
    const client = new this.#Sdk(toSdkOptions(this.#target, credentials, exchange));
    // The SDK reads the device's clock; its constructor forgets what it is told of the server's.
    client.options.amendTimeSkewed = this.#options.clock.now() - Date.now();
    // A slice goes out from the disk; the SDK would read it into memory. Its type is empty, else the browser would
    // send a content type that is not signed.
    client._createBuffer = (file, start, end) => file.slice(start, end);
    return client;
  }

  async #checkReadable(body: Blob, signal: AbortSignal): Promise<void> {
    if (!(await abortable(isReadable(body), signal))) {
      throw new UploadError('file-unreadable', { values: this.#values() });
    }
  }

  async #explain(error: unknown, { sent, answer, fault }: SdkHttpClient): Promise<Failure> {
    if (error instanceof UploadError) return { error };
    const values = this.#values(sent?.url);
    if (answer && !succeeded(answer)) {
      const refusal = readOssError(answer);
      return { error: toUploadError(answer.status, refusal, values), serverTime: refusal.serverTime };
    }
    if (answer) {
      const etagHidden = sent?.method === 'PUT' && answer.headers.etag === undefined;
      const details = {
        status: answer.status,
        requestId: answer.headers['x-oss-request-id'],
        values,
        cause: error,
      };
      return { error: new UploadError(etagHidden ? 'etag-hidden' : 'server-error', details) };
    }
    if (sent && fault instanceof TransportError) {
      const code = await diagnose(fault, sent, this.#transport);
      return { error: new UploadError(code, { values, cause: fault }) };
    }
    return { error: new UploadError('unexpected', { values, cause: fault ?? error }) };
  }

  #values(url?: string): Record<string, string> {
    const { bucket, region, key } = this.#target;
    return { bucket, region, key, origin: location.origin, ...(url && { endpoint: new URL(url).origin }) };
  }
}

interface Failure {
  error: UploadError;
  serverTime?: number;
}

const crc64Header = 'x-oss-hash-crc64ecma';

function succeeded({ status }: HttpResponse): boolean {
  return status === 200 || status === 204;
}

function done<T>(result: T, { sent, answer }: SdkHttpClient): Done<T> {
  if (!sent || !answer) throw new TypeError('The SDK did not use the transport it was given.');
  const { origin, pathname } = new URL(sent.url);
  return { result, answer, url: origin + pathname };
}

/** One that is not whole counts as not there: its part is sent again. */
function toListedPart(part: unknown): ListedPart[] {
  const { PartNumber, ETag, Size, HashCrc64ecma } = Object(part) as Partial<SdkListedPart>;
  const isWhole = isDigits(PartNumber) && isDigits(Size) && typeof ETag === 'string' && ETag !== '';
  if (!isWhole) return [];
  const crc64 = isDigits(HashCrc64ecma) ? HashCrc64ecma : undefined;
  return [{ number: Number(PartNumber), etag: ETag, size: Number(Size), crc64 }];
}

function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

function toStoredObject({ answer, url }: Done<unknown>, callback?: unknown): StoredObject {
  const { etag = '', [crc64Header]: crc64 } = answer.headers;
  return { etag, url, crc64, ...(callback !== undefined && { callback }) };
}

/** Reports no less than before where a request is sent once more. */
function growing(report: Call['onProgress']): Call['onProgress'] {
  let most = 0;
  return (
    report &&
    ((bytesSent) => {
      if (bytesSent > most) report((most = bytesSent));
    })
  );
}
