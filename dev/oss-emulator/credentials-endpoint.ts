// Sample endpoint for `credentials-url`: returns STS credentials that only allow uploads under one prefix of one bucket.
// Copy it into your server; it depends only on Node and ali-oss.

import type { IncomingMessage, ServerResponse } from 'node:http';
import OSS from 'ali-oss';

/** RAM user, role and bucket that credentials are issued for. */
export interface UploadAccount {
  /** Access key of a RAM user whose only permission is to assume the role. It must not leave the server. */
  accessKeyId: string;
  accessKeySecret: string;
  /** ARN of a role that can write to the bucket: `acs:ram::<account>:role/<name>`. */
  roleArn: string;
  bucket: string;
  /** STS endpoint, such as the one of your region. Defaults to `https://sts.aliyuncs.com`. */
  stsEndpoint?: string | undefined;
  /**
   * Lifetime of the credentials in seconds, from 900 to the role's maximum. Must be long enough to upload one part.
   * Defaults to 3,600.
   */
  durationSeconds?: number;
}

export interface CredentialsEndpointOptions extends UploadAccount {
  /**
   * Authenticates the request and returns the key prefix that the user can upload to, such as `users/42/`. Returns
   * `undefined` if the user isn't signed in. The credentials can overwrite every object under the prefix, so each user
   * needs a separate one.
   */
  prefixFor: (request: IncomingMessage) => Promise<string | undefined> | string | undefined;
}

/** Reads the account from environment variables. Returns `undefined` if a required variable is missing. */
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

/** Response body of the endpoint, as returned by AssumeRole. */
export interface UploadCredentials {
  AccessKeyId: string;
  AccessKeySecret: string;
  SecurityToken: string;
  /** ISO 8601 date and time. */
  Expiration: string;
}

/**
 * Creates a request handler that responds with upload credentials. It responds with 401 if the user isn't signed in and
 * with 502 if STS rejects the request.
 * @example
 * createServer(credentialsEndpoint({ ...account, prefixFor: (request) => `users/${userIdOf(request)}/` }));
 */
export function credentialsEndpoint({
  prefixFor,
  ...account
}: CredentialsEndpointOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const issue = credentialsIssuer(account);
  return async (request, response) => {
    try {
      const prefix = await prefixFor(request);
      if (!prefix) {
        sendJson(response, 401, { error: 'not-signed-in', message: 'Sign in to upload.' });
        return;
      }
      sendJson(response, 200, await issue(prefix));
    } catch (error) {
      // STS error messages contain the access key ID and the string to sign, so neither the response nor the log includes
      // them.
      const { code = 'unknown', requestId } = error as { code?: string; requestId?: string };
      console.error(`AssumeRole failed: ${code} (request ${requestId ?? 'not sent'})`);
      sendJson(response, 502, {
        error: 'credentials-unavailable',
        message: 'Upload credentials are temporarily unavailable.',
      });
    }
  };
}

/**
 * Returns a function that requests credentials for a key prefix, for servers that call OSS themselves.
 * The function rejects with the SDK's error if STS rejects the request.
 */
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
 * Returns the session policy, which restricts the role's permissions. PutObject covers every step of an upload. ListParts
 * is needed to resume, AbortMultipartUpload to cancel, and GetObject to verify the stored object.
 */
function uploadPolicy(bucket: string, prefix: string): object {
  if (/[*?]/.test(prefix))
    throw new RangeError('The prefix must not contain wildcards: they would widen the policy.');
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

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
