// Sample endpoint for `credentials-url`: returns STS credentials that only allow uploads under one prefix of one bucket.
// Copy it into your server; it depends only on Node and ali-oss.

import { createHash } from 'node:crypto';
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

/** What a user may upload. */
export interface UploadPermission {
  /** ID of the user. It names the session in the logs of OSS and ActionTrail. */
  user: string;
  /**
   * Key prefix that the user can upload to, such as `users/42/`. The credentials can read and overwrite every object under
   * it, so each user needs a separate one. Build it from an ID that users can't choose.
   */
  prefix: string;
}

export interface CredentialsEndpointOptions extends UploadAccount {
  /** Authenticates the request. Returns `undefined` if the user isn't signed in. */
  authorize: (
    request: IncomingMessage,
  ) => Promise<UploadPermission | undefined> | UploadPermission | undefined;
  /** Returns whether the user may receive credentials now. Use it to limit the rate. By default, there is no limit. */
  mayIssue?: (user: string) => Promise<boolean> | boolean;
  /**
   * Other origins whose pages may request credentials, such as `https://app.example.com`. By default, only pages of the
   * endpoint's own origin may.
   */
  allowedOrigins?: readonly string[];
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

const METHODS = ['GET', 'POST'];
const RETRY_AFTER_SECONDS = 60;

/**
 * Creates a request handler that responds with upload credentials. It responds with 401 if the user isn't signed in, with
 * 403 to pages of other origins, with 429 if `mayIssue` returns `false`, and with 502 if STS rejects the request.
 * @throws {RangeError} If the bucket or an origin is invalid. If the user or prefix of a request is invalid, the handler
 *   logs a RangeError and responds with 500.
 * @example
 * const authorize = async (request) => {
 *   const user = await signedInUser(request);
 *   return user && { user: user.id, prefix: `users/${user.id}/` };
 * };
 * createServer(credentialsEndpoint({ ...account, authorize }));
 */
export function credentialsEndpoint({
  authorize,
  mayIssue = () => true,
  allowedOrigins = [],
  ...account
}: CredentialsEndpointOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  allowedOrigins.forEach(checkOrigin);
  const issue = credentialsIssuer(account);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const isAllowedOrigin = allowedOrigins.includes(headers.origin ?? '');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (isAllowedOrigin) allowOrigin(request, response);
    else if (isCrossOrigin(request))
      return sendError(response, 403, 'cross-origin', 'Pages of other origins may not request credentials.');
    if (isAllowedOrigin && method === 'OPTIONS') return void response.writeHead(204).end();
    if (!METHODS.includes(method)) {
      response.setHeader('Allow', METHODS.join(', '));
      return sendError(response, 405, 'method-not-allowed', 'Use GET or POST.');
    }
    const permission = await authorize(request);
    if (!permission) return sendError(response, 401, 'not-signed-in', 'Sign in to upload.');
    const { user, prefix } = permission;
    const policy = uploadPolicy(account.bucket, prefix);
    if (!(await mayIssue(user))) {
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      return sendError(response, 429, 'too-many-requests', 'Try again later.');
    }
    sendJson(response, 200, await issue(user, policy));
  }

  return async (request, response) => {
    try {
      await respond(request, response);
    } catch (error) {
      const isStsError = error instanceof AssumeRoleError;
      console.error(isStsError ? error.message : error);
      const message = 'Upload credentials are unavailable.';
      sendError(response, isStsError ? 502 : 500, 'credentials-unavailable', message);
    }
  };
}

/**
 * Error of a request to STS. It has only the error code, because the messages and requests of STS contain the access key
 * ID, the signature and the string to sign.
 */
export class AssumeRoleError extends Error {
  constructor({ code = 'unknown', requestId }: { code?: string; requestId?: string }) {
    super(`AssumeRole failed: ${code} (request ${requestId ?? 'not sent'})`);
    this.name = 'AssumeRoleError';
  }
}

/**
 * Returns a function that requests credentials for a user, for servers that call OSS themselves. The session policy
 * restricts the permissions of the role. The function rejects with an {@link AssumeRoleError}.
 * @throws {RangeError} If the bucket's name is invalid.
 */
export function credentialsIssuer({
  accessKeyId,
  accessKeySecret,
  stsEndpoint,
  roleArn,
  bucket,
  durationSeconds = 3600,
}: UploadAccount): (user: string, policy: object) => Promise<UploadCredentials> {
  if (!/^[a-z\d][a-z\d-]{1,61}[a-z\d]$/.test(bucket))
    throw new RangeError(`${JSON.stringify(bucket)} isn't the name of a bucket.`);
  const sts = new OSS.STS({ accessKeyId, accessKeySecret, ...(stsEndpoint && { endpoint: stsEndpoint }) });
  return async (user, policy) => {
    const session = toSessionName(user);
    // A proxy in front of STS may respond with 200 and something else.
    const result: { credentials?: UploadCredentials } = await sts
      .assumeRole(roleArn, policy, durationSeconds, session)
      .catch((error: unknown) => {
        throw new AssumeRoleError(error as { code?: string; requestId?: string });
      });
    if (!result.credentials) throw new AssumeRoleError({ code: 'no credentials in the response' });
    return result.credentials;
  };
}

/** STS accepts 2 to 64 letters, digits and `.@-_`. The hash keeps the names of users apart that only differ elsewhere. */
function toSessionName(user: string): string {
  if (!user) throw new RangeError('The user must not be empty.');
  if (/^[\w.@-]{2,64}$/.test(user)) return user;
  const hash = createHash('sha256').update(user).digest('hex').slice(0, 8);
  return `${user.replace(/[^\w.@-]/g, '-').slice(0, 55)}-${hash}`;
}

/**
 * Returns a session policy that allows uploads under a prefix. PutObject covers every step of an upload. ListParts is
 * needed to resume, AbortMultipartUpload to cancel, and GetObject to verify the stored object.
 * @throws {RangeError} If the prefix is invalid.
 */
function uploadPolicy(bucket: string, prefix: string): object {
  checkPrefix(prefix);
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

/** Rejects prefixes that match more keys than those in one folder, or keys that other software may treat as other paths. */
function checkPrefix(prefix: string): void {
  const isSegment = (text: string): boolean => /^(?!\.{1,2}$)[^*?$\\\p{Cc}\p{Cs}]+$/u.test(text);
  if (prefix.endsWith('/') && prefix.slice(0, -1).split('/').every(isSegment)) return;
  throw new RangeError(
    `Invalid prefix ${JSON.stringify(prefix)}. It must end with a slash, and not start with one. No segment may be empty, ` +
      '"." or "..", or contain "*", "?", "$", a backslash or a control character.',
  );
}

function checkOrigin(origin: string): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin && !origin.includes('*')) return;
  throw new RangeError(`${JSON.stringify(origin)} isn't an origin, such as "https://app.example.com".`);
}

/** Returns whether a browser sent the request for a page of another origin. `none` is a URL that the user entered. */
function isCrossOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers before 2023, and pages without TLS, send only Origin.
  return origin !== undefined && origin !== `https://${host}` && origin !== `http://${host}`;
}

function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Methods', METHODS.join(', '));
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '');
  // The element reads the time of the server from Date.
  response.setHeader('Access-Control-Expose-Headers', 'Date, Retry-After');
  response.setHeader('Vary', 'Origin');
}

function sendError(response: ServerResponse, status: number, error: string, message: string): void {
  sendJson(response, status, { error, message });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
