// A local OSS for tests and demos: starts the listeners and wires the parts. Everything it knows of OSS is in the
// modules beside it; how tests steer it over HTTP is in control-api.ts.

import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBucketName } from './address.js';
import { Authenticator } from './authentication.js';
import { CONTROL_PATH, ControlApi } from './control-api.js';
import { RIGHT_CORS_RULES, type CorsRule } from './cors.js';
import { FaultPlan } from './faults.js';
import { Line, type LineSettings } from './throttle.js';
import { LOOPBACK_HOSTS, serveLoopback, type LoopbackServer } from './loopback-server.js';
import { OssService } from './oss-service.js';
import { RequestLog } from './request-log.js';
import { SessionTokens } from './session-token.js';
import { Store, type Bucket, type BucketSettings } from './store.js';

/** What is silent is kept as it is; of a new bucket: `cn-hangzhou`, the right CORS rules, no domain. */
export type BucketOptions = Partial<BucketSettings>;

export interface LocalOssOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** The addresses to listen on; by default both loopbacks. */
  hosts?: readonly string[];
  /** Where everything is stored; by default a fresh folder that is removed on close. */
  root?: string;
  buckets?: Record<string, BucketOptions>;
  /** Long-lived keys, secret by id; by default {@link LOCAL_ACCESS_KEY}. */
  accessKeys?: Record<string, string>;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Wait for the disk before a part is acknowledged; false by default. */
  fsync?: boolean;
  /** `crc64` makes ETags that are not OSS's, and makes room for benchmarks; `md5` by default. */
  etags?: 'md5' | 'crc64';
}

/** The key of a server that is given none. It opens nothing but a local server. */
export const LOCAL_ACCESS_KEY = {
  accessKeyId: 'local-access-key-id',
  accessKeySecret: 'local-access-key-secret',
};

const NEW_BUCKET: BucketSettings = { region: 'cn-hangzhou', cors: [...RIGHT_CORS_RULES], domains: [] };

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
  offset = 0;
  readonly #source: () => number;

  constructor(source: () => number) {
    this.#source = source;
  }

  readonly now = (): number => this.#source() + this.offset;
}

export class LocalOss {
  readonly faults = new FaultPlan();
  readonly requests = new RequestLog();
  /** Issues and verifies session credentials, by this server's clock. */
  readonly tokens: SessionTokens;
  readonly accessKeys: ReadonlyMap<string, string>;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #line = new Line();
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
      line: this.#line,
      now: clock.now,
    });
    this.#control = new ControlApi(this);
  }

  get port(): number {
    if (!this.#server) throw new Error('The local OSS does not listen yet.');
    return this.#server.port;
  }

  /** `http://localhost:PORT`, the endpoint for SDKs: buckets are found by host and by path. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#store.buckets;
  }

  /** This server's clock: milliseconds since the epoch. */
  readonly now = (): number => this.#clock.now();

  /** Puts this server's clock `offset` milliseconds ahead of the real one (or behind). */
  setClockOffset(offset: number): void {
    this.#clock.offset = offset;
  }

  /** Makes the line slow for all requests together; zeros make it fast again. */
  setLine(settings: LineSettings): void {
    this.#line.settings = settings;
  }

  /** Creates a bucket, or changes the settings named of one that exists. @throws {RangeError} for an invalid name. */
  async createBucket(name: string, options: BucketOptions = {}): Promise<Bucket> {
    if (!isBucketName(name)) throw new RangeError(`Not a valid bucket name: ${name}`);
    const region = options.region?.replace(/^oss-/, '');
    const current = this.#store.buckets.get(name)?.settings ?? NEW_BUCKET;
    return await this.#store.putBucket(name, { ...current, ...options, region: region ?? current.region });
  }

  /** @throws {RangeError} when there is no such bucket. */
  bucket(name: string): Bucket {
    const bucket = this.#store.buckets.get(name);
    if (!bucket) throw new RangeError(`No such bucket: ${name}`);
    return bucket;
  }

  async setCors(bucket: string, cors: CorsRule[]): Promise<void> {
    await this.bucket(bucket).change({ ...this.bucket(bucket).settings, cors });
  }

  async listen(port: number, hosts: readonly string[]): Promise<void> {
    this.#server = await serveLoopback(
      (request, response) => void this.#route(request, response),
      port,
      hosts,
    );
  }

  /** Ends all connections, stops listening, and removes the folder if it was a temporary one. */
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
