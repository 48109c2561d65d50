// Checks with OSS whether a visitor has uploaded an object.

import OSS from 'ali-oss';
import {
  credentialsIssuer,
  uploadPolicy,
  type UploadAccount,
} from '../../../dev/oss-emulator/credentials-endpoint.js';

export interface StoredObjectsOptions {
  account: UploadAccount;
  region: string;
  /** Empty if OSS is reached by its region. */
  endpoint: string;
  /** Whether requests use path-style URLs. Node, unlike browsers, doesn't resolve subdomains of `localhost`. */
  pathStyle: boolean;
}

/** Returns a function that checks whether an object exists, and its key starts with the prefix. */
export function storedObjects({
  account,
  region,
  endpoint,
  pathStyle,
}: StoredObjectsOptions): (key: string, prefix: string) => Promise<boolean> {
  const issue = credentialsIssuer(account);
  return async (key, prefix) => {
    if (!key.startsWith(prefix)) return false;
    // Uses the visitor's own permissions, so that an object they can't read counts as missing.
    const { AccessKeyId, AccessKeySecret, SecurityToken } = await issue(
      'cms',
      uploadPolicy(account.bucket, prefix),
    );
    const client = new OSS({
      accessKeyId: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      stsToken: SecurityToken,
      // Without an interval, the SDK logs a warning. The client is used once, so the value has no effect.
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
