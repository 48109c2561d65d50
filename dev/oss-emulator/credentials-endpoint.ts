// The endpoint behind `credentials-url`: answers STS credentials that may upload under one prefix of one bucket, and
// nothing else. Made to be copied: it needs Node and ali-oss alone.

import type { IncomingMessage, ServerResponse } from 'node:http';
import OSS from 'ali-oss';

/** On whose behalf credentials are issued, and for which bucket. */
export interface UploadAccount {
  /** The key of a RAM user that may do one thing: assume the role. It never leaves the server. */
  accessKeyId: string;
  accessKeySecret: string;
  /** The role that may write to the bucket: `acs:ram::<account>:role/<name>`. */
  roleArn: string;
  bucket: string;
  /** Another STS than `https://sts.aliyuncs.com`, such as one in your region. */
  stsEndpoint?: string | undefined;
  /** Seconds that the credentials live: 900 to the maximum of the role, at least as long as a part may take. */
  durationSeconds?: number;
}

export interface CredentialsEndpointOptions extends UploadAccount {
  /**
   * Says who is confirming, and so where they may upload: `users/42/`. Answer `undefined` to whoever is not logged in.
   * Check your session here. Whoever gets these credentials can overwrite what is under the prefix, so give every
   * user a prefix of their own.
   */
  prefixFor: (request: IncomingMessage) => Promise<string | undefined> | string | undefined;
}

/** Reads the key, the role and the bucket from the environment; `undefined` when one of the four is missing. */
export function readEnvironment(env: NodeJS.ProcessEnv): UploadAccount | undefined {
  const {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    ALIBABA_CLOUD_ROLE_ARN: roleArn,
    OSS_BUCKET: bucket,
    ALIBABA_CLOUD_STS_ENDPOINT: stsEndpoint,
  } = env;
  if (!accessKeyId || !accessKeySecret || !roleArn || !bucket) return undefined;
  return { accessKeyId, accessKeySecret, roleArn, bucket, stsEndpoint };
}

export interface UploadCredentials {
  AccessKeyId: string;
  AccessKeySecret: string;
  SecurityToken: string;
  /** ISO 8601. */
  Expiration: string;
}

export function credentialsEndpoint({
  prefixFor,
  ...account
}: CredentialsEndpointOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const issue = credentialsIssuer(account);
  return async (request, response) => {
    try {
      const prefix = await prefixFor(request);
      if (!prefix) {
        answer(response, 401, { error: 'not-logged-in', message: 'Log in to upload.' });
        return;
      }
      answer(response, 200, await issue(prefix));
    } catch (error) {
      // STS names the key and the string to sign in its messages: they belong in the log, not in the page.
      const { code = 'unknown', requestId } = error as { code?: string; requestId?: string };
      console.error(`AssumeRole failed: ${code} (request ${requestId ?? 'not sent'})`);
      answer(response, 502, {
        error: 'credentials-unavailable',
        message: 'No upload credentials at the moment.',
      });
    }
  };
}

/** What the endpoint answers, for a server that asks OSS itself. */
export function credentialsIssuer({
  accessKeyId,
  accessKeySecret,
  stsEndpoint,
  roleArn,
  bucket,
  durationSeconds = 3600,
}: UploadAccount): (prefix: string) => Promise<UploadCredentials> {
  const sts = new OSS.STS({ accessKeyId, accessKeySecret, ...(stsEndpoint && { endpoint: stsEndpoint }) });
  return async (prefix) => {
    const policy = uploadPolicy(bucket, prefix);
    const { credentials } = await sts.assumeRole(roleArn, policy, durationSeconds, 'upload');
    return credentials;
  };
}

/**
 * The rights of the session: those of the role, cut down to this. PutObject covers every step of an upload; ListParts
 * lets it resume, AbortMultipartUpload lets it clean up, GetObject lets it check what was stored.
 */
function uploadPolicy(bucket: string, prefix: string): object {
  if (/[*?]/.test(prefix))
    throw new RangeError('A prefix must not hold wildcards: they would widen the policy.');
  return {
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['oss:PutObject', 'oss:ListParts', 'oss:AbortMultipartUpload', 'oss:GetObject'],
        Resource: [`acs:oss:*:*:${bucket}/${prefix}*`],
      },
    ],
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
