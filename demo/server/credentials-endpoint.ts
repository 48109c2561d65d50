// The endpoint behind `credentials-url`: answers STS credentials that may upload under one prefix of one bucket, and
// nothing else. Made to be copied: it needs Node and ali-oss alone.

import type { IncomingMessage, ServerResponse } from 'node:http';
import OSS from 'ali-oss';

export interface CredentialsEndpointOptions {
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
  /**
   * Says who is asking, and so where they may upload: `users/42/`. Answer `undefined` to whoever is not logged in.
   * Check your session here. Whoever gets these credentials can overwrite what is under the prefix, so give every
   * user a prefix of their own.
   */
  prefixFor: (request: IncomingMessage) => Promise<string | undefined> | string | undefined;
}

/** Reads the key, the role and the bucket from the environment; `undefined` when one of the four is missing. */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
): Omit<CredentialsEndpointOptions, 'prefixFor' | 'durationSeconds'> | undefined {
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

export function credentialsEndpoint(
  options: CredentialsEndpointOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const {
    accessKeyId,
    accessKeySecret,
    stsEndpoint,
    roleArn,
    bucket,
    durationSeconds = 3600,
    prefixFor,
  } = options;
  const sts = new OSS.STS({ accessKeyId, accessKeySecret, ...(stsEndpoint && { endpoint: stsEndpoint }) });

  return async (request, response) => {
    try {
      const prefix = await prefixFor(request);
      if (!prefix) {
        answer(response, 401, { error: 'not-logged-in', message: 'Log in to upload.' });
        return;
      }
      const { credentials } = await sts.assumeRole(
        roleArn,
        uploadPolicy(bucket, prefix),
        durationSeconds,
        'upload',
      );
      answer(response, 200, credentials);
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
