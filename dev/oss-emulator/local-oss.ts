// Starts the local OSS emulator for tests and demos: the OSS API and the control API on one server.

import { mkdtemp } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTROL_PATH, ControlApi } from './control-api.js';
import { Clock, LocalOss, type BucketOptions } from './emulator.js';
import { LOOPBACK_HOSTS } from './loopback-server.js';
import { Store } from './store.js';

export { LocalOss, type BucketOptions } from './emulator.js';

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
  const control = new ControlApi(oss);
  const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    request.url?.startsWith(CONTROL_PATH) ? control.handle(request, response) : oss.handle(request, response);
  await oss.listen(handle, options.port ?? 0, options.hosts ?? LOOPBACK_HOSTS);
  return oss;
}
