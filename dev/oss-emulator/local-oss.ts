// Starts the local OSS emulator for tests and demos: the OSS API and the control API on one server.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CallbackUrls } from './callback.js';
import { CONTROL_PATH, ControlApi } from './control-api.js';
import { Clock, LocalOss, type BucketOptions } from './emulator.js';
import { LOOPBACK_HOSTS } from './loopback-server.js';
import { Store } from './store.js';
import { createTemporaryRoot } from './temporary-root.js';

export { LocalOss, type AccessKey, type BucketOptions } from './emulator.js';

const MAX_LOGGED_REQUESTS = 10_000;

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Options of {@link startLocalOss}. */
export interface LocalOssOptions {
  /** Port to listen on; 0, the default, selects a free port. */
  port?: number;
  /**
   * Addresses to listen on; by default the IPv4 and IPv6 loopback addresses. Requests must name one of them, a
   * `localhost` name or a bound domain in their `Host` header.
   */
  hosts?: readonly string[];
  /** Directory for all data; by default a temporary directory that is removed on close. */
  root?: string | undefined;
  /** Buckets to create, by name. */
  buckets?: Record<string, BucketOptions>;
  /** Long-lived access keys: secrets by access key ID. By default, one random key. */
  accessKeys?: Record<string, string>;
  /** Returns the current time in milliseconds since the epoch; `Date.now` by default. */
  now?: () => number;
  /** Whether to flush each file to disk before responding; false by default. */
  fsync?: boolean;
  /** Hash that ETags are made of. `md5`, the default, matches OSS. `crc64` is faster, for benchmarks. */
  etags?: 'md5' | 'crc64';
  /**
   * URLs that upload callbacks may be sent to, each with all URLs below its path; none by default. Whoever can upload
   * can read the responses.
   */
  callbacks?: readonly string[];
  /** Number of requests that the log keeps; 10,000 by default. */
  maxLoggedRequests?: number;
  /**
   * Maximum size of all objects and parts in bytes. Beyond it, uploads fail with `QuotaExceeded`. By default, they may
   * take half of the free disk space.
   */
  quota?: number;
}

/**
 * Starts an emulator.
 * @throws {RangeError} If a bucket name is invalid.
 * @throws {TypeError} If a callback URL is invalid.
 * @throws {NodeJS.ErrnoException} If the server can't listen on the port or use the directory.
 * @example
 * const oss = await startLocalOss({ buckets: { examplebucket: {} } });
 * // … use oss.url as the endpoint and oss.accessKey …
 * await oss.close();
 */
export async function startLocalOss(options: LocalOssOptions = {}): Promise<LocalOss> {
  const callbackUrls = new CallbackUrls(options.callbacks ?? []);
  const root = options.root ?? (await createTemporaryRoot());
  const clock = new Clock(options.now ?? Date.now);
  const store = await Store.open(root, {
    now: clock.now,
    fsync: options.fsync ?? false,
    etags: options.etags ?? 'md5',
    quota: options.quota,
  });
  const oss = new LocalOss(store, clock, {
    accessKeys: options.accessKeys ?? { [`local-${randomText(9)}`]: randomText(24) },
    controlToken: randomText(32),
    callbackUrls,
    maxLoggedRequests: options.maxLoggedRequests ?? MAX_LOGGED_REQUESTS,
    temporaryRoot: options.root === undefined ? root : undefined,
  });
  for (const [name, bucket] of Object.entries(options.buckets ?? {})) await oss.createBucket(name, bucket);
  const control = new ControlApi(oss);
  const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    request.url?.startsWith(CONTROL_PATH) && !oss.hasBucketInHost(request)
      ? control.handle(request, response)
      : oss.handle(request, response);
  await oss.listen(handle, options.port ?? 0, options.hosts ?? LOOPBACK_HOSTS);
  return oss;
}
