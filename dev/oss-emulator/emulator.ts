// A running OSS emulator: its buckets, clock, faults, network conditions and server. oss-service.ts implements the OSS API.

import { rm } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isBucketName } from './address.js';
import { Authenticator } from './authentication.js';
import type { CallbackUrls } from './callback.js';
import type { CorsRule } from './cors.js';
import { FaultInjector } from './faults.js';
import { serveLoopback, type LoopbackServer } from './loopback-server.js';
import { OssService } from './oss-service.js';
import { RequestLog } from './request-log.js';
import { OSS_FORMAT, type ResponseFormat } from './response-format.js';
import { SessionTokens } from './session-token.js';
import type { Bucket, BucketSettings, Store } from './store.js';
import { Throttle, type NetworkConditions } from './throttle.js';

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Settings of a bucket. For an existing bucket, omitted settings keep their value. A new bucket defaults to the region
 * `cn-hangzhou`, no CORS rules and no bound domains. Like a new bucket of OSS, it refuses path-style addresses and V1
 * signatures.
 */
export type BucketOptions = Partial<BucketSettings>;

const DEFAULT_BUCKET_SETTINGS: BucketSettings = {
  region: 'cn-hangzhou',
  cors: [],
  domains: [],
  pathStyle: false,
  v1Signatures: false,
};

/** A clock that can be moved. */
export class Clock {
  /** Milliseconds ahead of the source. */
  offset = 0;
  readonly #source: () => number;

  constructor(source: () => number) {
    this.#source = source;
  }

  readonly now = (): number => this.#source() + this.offset;
}

/** A long-lived access key. */
export interface AccessKey {
  accessKeyId: string;
  accessKeySecret: string;
}

/** Settings of an emulator that can't be changed once it runs. */
export interface EmulatorSettings {
  /** Long-lived access keys: secrets by access key ID. */
  accessKeys: Record<string, string>;
  /** Token that requests to the control API need. */
  controlToken: string;
  callbackUrls: CallbackUrls;
  /** Number of requests that the log keeps. */
  maxLoggedRequests: number;
  /** Directory that is removed on close. */
  temporaryRoot: string | undefined;
}

/** A running OSS emulator. */
export class LocalOss {
  readonly faults = new FaultInjector();
  readonly requests: RequestLog;
  /** Issues and verifies session credentials, based on the emulator's clock. */
  readonly tokens: SessionTokens;
  /** Long-lived access keys: secrets by access key ID. */
  readonly accessKeys: ReadonlyMap<string, string>;
  /** Token that requests to the control API need. Any page that knows it can control the emulator. */
  readonly controlToken: string;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #throttle = new Throttle();
  readonly #service: OssService;
  readonly #temporaryRoot: string | undefined;
  #server: LoopbackServer | undefined;

  constructor(store: Store, clock: Clock, settings: EmulatorSettings) {
    this.#store = store;
    this.#clock = clock;
    this.#temporaryRoot = settings.temporaryRoot;
    this.requests = new RequestLog(settings.maxLoggedRequests);
    this.accessKeys = new Map(Object.entries(settings.accessKeys));
    this.controlToken = settings.controlToken;
    this.tokens = new SessionTokens(clock.now);
    this.#service = new OssService({
      store,
      authenticator: new Authenticator({ accessKeys: this.accessKeys, tokens: this.tokens, now: clock.now }),
      faults: this.faults,
      requests: this.requests,
      throttle: this.#throttle,
      callbackUrls: settings.callbackUrls,
      now: clock.now,
    });
  }

  /** Port of the server. @throws {Error} Before {@link listen} has resolved. */
  get port(): number {
    if (!this.#server) throw new Error('The OSS emulator is not listening yet.');
    return this.#server.port;
  }

  /** Endpoint for SDKs, `http://localhost:PORT`. A bucket is at `http://BUCKET.localhost:PORT`. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** The first of the access keys. @throws {Error} If the emulator was started without any. */
  get accessKey(): AccessKey {
    const [first] = this.accessKeys;
    if (!first) throw new Error('The OSS emulator has no access keys.');
    const [accessKeyId, accessKeySecret] = first;
    return { accessKeyId, accessKeySecret };
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#store.buckets;
  }

  /** Returns the emulator's time in milliseconds since the epoch. */
  readonly now = (): number => this.#clock.now();

  /**
   * Moves the emulator's clock.
   * @param offset Milliseconds ahead of the real clock; negative values move it back.
   */
  setClockOffset(offset: number): void {
    this.#clock.offset = offset;
  }

  /** Limits the shared bandwidth of all requests and sets their latency. Zeros remove the limits. */
  setNetworkConditions(conditions: NetworkConditions): void {
    this.#throttle.conditions = conditions;
  }

  /** Sets how responses describe their body. By default as OSS does. */
  setResponseFormat(format: Partial<ResponseFormat>): void {
    this.#service.responseFormat = { ...OSS_FORMAT, ...format };
  }

  /**
   * Creates a bucket, or changes the given settings of an existing one.
   * @throws {RangeError} If the name is invalid.
   */
  async createBucket(name: string, options: BucketOptions = {}): Promise<Bucket> {
    if (!isBucketName(name)) throw new RangeError(`Invalid bucket name: ${name}`);
    const region = options.region?.replace(/^oss-/, '');
    const current = this.#store.buckets.get(name)?.settings ?? DEFAULT_BUCKET_SETTINGS;
    return await this.#store.putBucket(name, { ...current, ...options, region: region ?? current.region });
  }

  /** Returns a bucket. @throws {RangeError} If it doesn't exist. */
  bucket(name: string): Bucket {
    const bucket = this.#store.buckets.get(name);
    if (!bucket) throw new RangeError(`The bucket does not exist: ${name}`);
    return bucket;
  }

  /** Replaces the CORS rules of a bucket. @throws {RangeError} If the bucket doesn't exist. */
  async setCors(bucket: string, cors: CorsRule[]): Promise<void> {
    await this.bucket(bucket).updateSettings({ ...this.bucket(bucket).settings, cors });
  }

  /** Starts listening; {@link startLocalOss} does this. @param handle Handles each request. */
  async listen(handle: RequestHandler, port: number, hosts: readonly string[]): Promise<void> {
    const route: RequestHandler = async (request, response) => {
      try {
        await handle(request, response);
      } catch (error) {
        console.error(error);
        response.destroy();
      }
    };
    const listener: RequestListener = (...exchange) => void route(...exchange);
    this.#server = await serveLoopback(listener, port, hosts, (name) => this.#service.isBucketHost(name));
  }

  /** Returns whether a request names its bucket in the host, so that the whole path is an object key. */
  hasBucketInHost(request: IncomingMessage): boolean {
    return this.#service.hasBucketInHost(request);
  }

  /** Handles a request to the OSS API. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#service.handle(request, response);
  }

  /** Closes all connections, stops listening and removes the temporary directory, if any. */
  async close(): Promise<void> {
    this.faults.clear();
    await this.#server?.close();
    if (this.#temporaryRoot) await rm(this.#temporaryRoot, { recursive: true, force: true });
  }
}
