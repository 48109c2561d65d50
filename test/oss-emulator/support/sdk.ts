// ali-oss in Node, unmodified, pointed at a local OSS.

import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import OSS, { type OssClient, type OssClientOptions } from 'ali-oss';
import {
  LOCAL_ACCESS_KEY,
  startLocalOss,
  type LocalOss,
  type LocalOssOptions,
} from '../../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../../dev/oss-emulator/session-token.js';

export const BUCKET = 'examplebucket';

// Browsers resolve *.localhost to loopback themselves; Node asks the system, which may not know it.
const lookup: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** Fresh connections every time: none of them outlives its server. */
const agent = new Agent({ keepAlive: false, lookup });

export const startOss = (options: LocalOssOptions = {}): Promise<LocalOss> =>
  startLocalOss({ buckets: { [BUCKET]: {} }, ...options });

export function sdk(oss: LocalOss, options: Partial<OssClientOptions> = {}): OssClient {
  return new OSS({
    ...LOCAL_ACCESS_KEY,
    bucket: BUCKET,
    region: 'oss-cn-hangzhou',
    endpoint: oss.url,
    authorizationV4: true,
    agent,
    ...options,
  });
}

/** A client with session credentials. */
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
    refreshSTSToken: () => Promise.reject(new Error('These credentials are not refreshed.')),
    ...options,
  });

/** The code of the error that a promise rejects with; a promise that doesn't fails the test. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: string }).code;
  }
  throw new Error('This should have been refused.');
}
