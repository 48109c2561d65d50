// Unmodified ali-oss clients for an emulator.

import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import OSS, { type OssClient, type OssClientOptions } from 'ali-oss';
import { startLocalOss, type LocalOss, type LocalOssOptions } from '../../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../../dev/oss-emulator/session-token.js';

export const BUCKET = 'examplebucket';

// Browsers resolve *.localhost to loopback, but the system's resolver that Node uses may not.
const lookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** Opens a new connection for each request, so that none outlives its server. */
const agent = new Agent({ keepAlive: false, lookup });

/** Starts an emulator with {@link BUCKET}. */
export const startOss = (options: LocalOssOptions = {}): Promise<LocalOss> =>
  startLocalOss({ buckets: { [BUCKET]: {} }, ...options });

/** Returns a client with the emulator's access key. */
export function sdk(oss: LocalOss, options: Partial<OssClientOptions> = {}): OssClient {
  return new OSS({
    ...oss.accessKey,
    bucket: BUCKET,
    region: 'oss-cn-hangzhou',
    endpoint: oss.url,
    authorizationV4: true,
    agent,
    ...options,
  });
}

/** Returns a client with session credentials. */
export const sdkWithSession = (
  oss: LocalOss,
  credentials: SessionCredentials,
  options: Partial<OssClientOptions> = {},
): OssClient =>
  sdk(oss, {
    accessKeyId: credentials.AccessKeyId,
    accessKeySecret: credentials.AccessKeySecret,
    stsToken: credentials.SecurityToken,
    refreshSTSTokenInterval: 3_600_000,
    refreshSTSToken: () => Promise.reject(new Error('Unexpected refresh of the credentials.')),
    ...options,
  });

/** Returns the `code` of the error that a promise rejects with. Throws if the promise resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: string }).code;
  }
  throw new Error('Expected the request to fail.');
}
