// Local OSS emulator for tests and demos: creates the services and starts the server.
// oss-service.ts implements the OSS API, control-api.ts the API for tests.

import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBucketName } from './address.js';
import { Authenticator } from './authentication.js';
import { CONTROL_PATH, ControlApi } from './control-api.js';
import { UPLOAD_CORS_RULES, type CorsRule } from './cors.js';
import { FaultInjector } from './faults.js';
import { LOOPBACK_HOSTS, serveLoopback, type LoopbackServer } from './loopback-server.js';
import { OssService } from './oss-service.js';
import { RequestLog } from './request-log.js';
import { SessionTokens } from './session-token.js';
import { Store, type Bucket, type BucketSettings } from './store.js';
import { Throttle, type NetworkConditions } from './throttle.js';

/**
 * Settings of a bucket. For an existing bucket, omitted settings keep their value. A new bucket defaults to the region
 * `cn-hangzhou`, {@link UPLOAD_CORS_RULES} and no bound domains.
 */
export type BucketOptions = Partial<BucketSettings>;

/** Options of {@link startLocalOss}. */
export interface LocalOssOptions {
  /** Port to listen on; 0, the default, selects a free port. */
  port?: number;
  /** Addresses to listen on; by default the IPv4 and IPv6 loopback addresses. */
  hosts?: readonly string[];
  /** Directory for all data; by default a temporary directory that is removed on close. */
  root?: string | undefined;
  /** Buckets to create, by name. */
  buckets?: Record<string, BucketOptions>;
  /** Long-lived access keys: secrets by access key ID. Defaults to {@link LOCAL_ACCESS_KEY}. */
  accessKeys?: Record<string, string>;
  /** Returns the current time in milliseconds since the epoch; `Date.now` by default. */
  now?: () => number;
  /** Whether to flush each file to disk before responding; false by default. */
  fsync?: boolean;
  /** Hash that ETags are made of. `md5`, the default, matches OSS. `crc64` is faster, for benchmarks. */
  etags?: 'md5' | 'crc64';
}

/** Default access key of the emulator. */
export const LOCAL_ACCESS_KEY = {
  accessKeyId: 'local-access-key-id',
  accessKeySecret: 'local-access-key-secret',
};

const DEFAULT_BUCKET_SETTINGS: BucketSettings = {
  region: 'cn-hangzhou',
  cors: [...UPLOAD_CORS_RULES],
  domains: [],
};

/**
 * Starts an emulator.
 * @throws {RangeError} If a bucket name is invalid.
 * @throws {NodeJS.ErrnoException} If the server can't listen on the port or use the directory.
 * @example
 * const oss = await startLocalOss({ buckets: { examplebucket: {} } });
 * // … use oss.url as the endpoint …
 * await oss.close();
 */
export async function startLocalOss(options: LocalOssOptions = {}): Promise<LocalOss> {
  const root = options.root ?? (await mkdtemp(join(tmpdir(), 'local-oss-')));
  const clock = new Clock(options.now ?? Date.now);
  const store = await Store.open(root, {
    now: clock.now,
    fsync: options.fsync ?? false,
    etags: options.etags ?? 'md5',
  });
  const oss = new LocalOss(store, clock, {
    accessKeys: options.accessKeys ?? { [LOCAL_ACCESS_KEY.accessKeyId]: LOCAL_ACCESS_KEY.accessKeySecret },
    temporaryRoot: options.root === undefined ? root : undefined,
  });
  for (const [name, bucket] of Object.entries(options.buckets ?? {})) await oss.createBucket(name, bucket);
  await oss.listen(options.port ?? 0, options.hosts ?? LOOPBACK_HOSTS);
  return oss;
}

class Clock {
  /** Milliseconds ahead of the source. */
  offset = 0;
  readonly #source: () => number;

  constructor(source: () => number) {
    this.#source = source;
  }

  readonly now = (): number => this.#source() + this.offset;
}

/** A running OSS emulator. */
export class LocalOss {
  readonly faults = new FaultInjector();
  readonly requests = new RequestLog();
  /** Issues and verifies session credentials, based on the emulator's clock. */
  readonly tokens: SessionTokens;
  /** Long-lived access keys: secrets by access key ID. */
  readonly accessKeys: ReadonlyMap<string, string>;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #throttle = new Throttle();
  readonly #service: OssService;
  readonly #control: ControlApi;
  readonly #temporaryRoot: string | undefined;
  #server: LoopbackServer | undefined;

  constructor(
    store: Store,
    clock: Clock,
    options: { accessKeys: Record<string, string>; temporaryRoot: string | undefined },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#temporaryRoot = options.temporaryRoot;
    this.accessKeys = new Map(Object.entries(options.accessKeys));
    this.tokens = new SessionTokens(clock.now);
    this.#service = new OssService({
      store,
      authenticator: new Authenticator({ accessKeys: this.accessKeys, tokens: this.tokens, now: clock.now }),
      faults: this.faults,
      requests: this.requests,
      throttle: this.#throttle,
      now: clock.now,
    });
    this.#control = new ControlApi(this);
  }

  /** Port of the server. @throws {Error} Before {@link listen} has resolved. */
  get port(): number {
    if (!this.#server) throw new Error('The OSS emulator is not listening yet.');
    return this.#server.port;
  }

  /** Endpoint for SDKs, `http://localhost:PORT`. Supports path-style and virtual-hosted-style requests. */
  get url(): string {
    return `http://localhost:${this.port}`;
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

  /** Starts listening; {@link startLocalOss} does this. */
  async listen(port: number, hosts: readonly string[]): Promise<void> {
    this.#server = await serveLoopback(
      (request, response) => void this.#route(request, response),
      port,
      hosts,
    );
  }

  /** Closes all connections, stops listening and removes the temporary directory, if any. */
  async close(): Promise<void> {
    this.faults.clear();
    await this.#server?.close();
    if (this.#temporaryRoot) await rm(this.#temporaryRoot, { recursive: true, force: true });
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.url?.startsWith(CONTROL_PATH)) await this.#control.handle(request, response);
      else await this.#service.handle(request, response);
    } catch (error) {
      console.error(error);
      response.destroy();
    }
  }
}
