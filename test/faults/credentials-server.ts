// The credentials endpoint of a schedule: the real endpoint and STS emulator, with the faults of the schedule in front.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialsEndpoint } from '../../dev/oss-emulator/credentials-endpoint.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { parsePolicy } from '../../dev/oss-emulator/policy.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import type { CredentialsFault, CredentialsResponse, Permission, Schedule } from './schedule.js';

/** In milliseconds. */
const DEFAULT_LIFETIME = 3_600_000;
const PERMISSIONS = ['PutObject', 'GetObject', 'ListParts', 'AbortMultipartUpload'];

/** The bucket and the key prefix that the credentials grant access to. */
interface Scope {
  bucket: string;
  prefix: string;
}

export class CredentialsServer {
  /** Whether the endpoint resets all connections. */
  isOffline = false;
  readonly #oss: LocalOss;
  readonly #sts: LocalSts;
  readonly #scope: Scope;
  readonly #endpoint: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  #skip = 0;
  #faults: CredentialsFault[] = [];
  #deniedPermissions: readonly Permission[] = [];
  #wrongResponse: CredentialsResponse | undefined;
  #prefix: string;

  private constructor(oss: LocalOss, sts: LocalSts, scope: Scope) {
    this.#oss = oss;
    this.#sts = sts;
    this.#scope = scope;
    this.#prefix = scope.prefix;
    this.#endpoint = credentialsEndpoint({
      ...oss.accessKey,
      roleArn: 'acs:ram::1234567890123456:role/faults',
      bucket: scope.bucket,
      stsEndpoint: sts.url,
      authorize: () => ({ user: 'faults', prefix: this.#prefix }),
    });
  }

  static async start(oss: LocalOss, scope: Scope): Promise<CredentialsServer> {
    return new CredentialsServer(oss, await startLocalSts({ oss }), scope);
  }

  async close(): Promise<void> {
    await this.#sts.close();
  }

  /** Applies the credentials settings of a schedule. */
  configure({ credentials, tokenLifetime, deniedPermissions, cause }: Schedule): void {
    this.isOffline = false;
    this.#skip = credentials.skip;
    this.#faults = [...credentials.faults];
    this.#deniedPermissions = deniedPermissions;
    this.#sts.lifetime = tokenLifetime;
    this.#wrongResponse = cause?.kind === 'credentials' ? cause.response : undefined;
    this.#prefix = cause?.kind === 'no-permission' ? 'elsewhere/' : this.#scope.prefix;
  }

  /** Removes all faults. */
  reset(): void {
    this.#faults = [];
    this.#wrongResponse = undefined;
    this.#prefix = this.#scope.prefix;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isOffline) return void request.socket.resetAndDestroy();
    const fault = this.#skip > 0 ? undefined : this.#faults.shift();
    this.#skip -= 1;
    switch (fault) {
      case 'error':
        return void response.writeHead(500).end();
      case 'throttled':
        return void response.writeHead(429, { 'Retry-After': '1' }).end();
      case 'reset':
        return void request.socket.resetAndDestroy();
      case 'cut-off':
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1_000 });
        return void response.write('{"AccessKeyId":', () => request.socket.destroy());
      case 'slow':
        await sleep(300);
        break;
      case undefined:
        break;
      default:
        fault satisfies never;
    }
    if (this.#wrongResponse) {
      const lifetime = this.#wrongResponse === 'expired' ? -DEFAULT_LIFETIME : undefined;
      return sendWrongResponse(this.#wrongResponse, this.#issueToken(lifetime), response);
    }
    if (this.#deniedPermissions.length > 0) return sendJson(response, this.#issueToken());
    return this.#endpoint(request, response);
  }

  /** Issues a token without the STS, because the real endpoint always requests all permissions. */
  #issueToken(lifetime = this.#sts.lifetime ?? DEFAULT_LIFETIME): IssuedToken {
    const denied: readonly string[] = this.#deniedPermissions;
    const permissions = PERMISSIONS.filter((permission) => !denied.includes(permission));
    const { bucket, prefix } = this.#scope;
    const statement = {
      Effect: 'Allow',
      Action: permissions.map((permission) => `oss:${permission}`),
      Resource: [`acs:oss:*:*:${bucket}/${prefix}*`],
    };
    const policy = parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] }));
    return this.#oss.tokens.issue(lifetime, policy);
  }
}

type IssuedToken = ReturnType<LocalOss['tokens']['issue']>;

function sendWrongResponse(kind: CredentialsResponse, issued: IssuedToken, response: ServerResponse): void {
  switch (kind) {
    case 'refused':
      return void response.writeHead(401).end();
    case 'login-page':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Sign in</title>');
    case 'incomplete':
      return sendJson(response, { ...issued, SecurityToken: undefined });
    case 'expired':
      return sendJson(response, issued);
    case 'wrong-secret':
      return sendJson(response, { ...issued, AccessKeySecret: 'wrong' });
    case 'foreign':
      return sendJson(response, { ...issued, SecurityToken: 'Zm9yZWlnbg==' });
    default:
      kind satisfies never;
  }
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
