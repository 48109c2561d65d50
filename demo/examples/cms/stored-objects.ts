// Asks OSS whether a visitor has stored something under a key.

import OSS from 'ali-oss';
import { credentialsIssuer, type UploadAccount } from '../../../dev/oss-emulator/credentials-endpoint.js';

export interface StoredObjectsOptions {
  account: UploadAccount;
  region: string;
  /** Empty where OSS is reached by its region. */
  endpoint: string;
  /** Whether this server names the bucket in the path. Hosts below `localhost` are known to browsers alone. */
  pathStyle: boolean;
}

/** @returns whether there is an object of that key, under that prefix */
export function storedObjects({
  account,
  region,
  endpoint,
  pathStyle,
}: StoredObjectsOptions): (key: string, prefix: string) => Promise<boolean> {
  const issue = credentialsIssuer(account);
  return async (key, prefix) => {
    if (!key.startsWith(prefix)) return false;
    // With the rights of the visitor: what they may not see is not theirs.
    const { AccessKeyId, AccessKeySecret, SecurityToken } = await issue(prefix);
    const client = new OSS({
      accessKeyId: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      stsToken: SecurityToken,
      // A number keeps the SDK from advising on the console to set one; there is nothing to refresh.
      refreshSTSTokenInterval: Infinity,
      region,
      bucket: account.bucket,
      authorizationV4: true,
      sldEnable: pathStyle,
      secure: true,
      ...(endpoint && { endpoint }),
    });
    try {
      await client.head(key);
      return true;
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === 404 || status === 403) return false;
      throw error;
    }
  };
}
