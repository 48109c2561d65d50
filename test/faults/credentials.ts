// The credentials endpoint of a lane: the real one, which asks the STS, and before it what a schedule wants to go wrong.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialsEndpoint } from '../../dev/oss-emulator/credentials-endpoint.js';
import { LOCAL_ACCESS_KEY, type LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { parsePolicy } from '../../dev/oss-emulator/policy.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import type { CredentialsAnswer, CredentialsFault, Right, Schedule } from './schedule.js';

/** Milliseconds. */
const LONG_LIFE = 3_600_000;
const RIGHTS = ['PutObject', 'GetObject', 'ListParts', 'AbortMultipartUpload'];

export class Credentials {
  /** The line to the endpoint is cut. */
  isOffline = false;
  readonly #oss: LocalOss;
  readonly #sts: LocalSts;
  readonly #destinationParts: { bucket: string; prefix: string };
  readonly #endpoint: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  #skip = 0;
  #faults: CredentialsFault[] = [];
  #denied: readonly Right[] = [];
  #wrongAnswer: CredentialsAnswer | undefined;
  #prefix: string;

  private constructor(oss: LocalOss, sts: LocalSts, place: { bucket: string; prefix: string }) {
    this.#oss = oss;
    this.#sts = sts;
    this.#destinationParts = place;
    this.#prefix = place.prefix;
    this.#endpoint = credentialsEndpoint({
      ...LOCAL_ACCESS_KEY,
      roleArn: 'acs:ram::1234567890123456:role/faults',
      bucket: place.bucket,
      stsEndpoint: sts.url,
      prefixFor: () => this.#prefix,
    });
  }

  static async start(oss: LocalOss, place: { bucket: string; prefix: string }): Promise<Credentials> {
    return new Credentials(oss, await startLocalSts({ oss }), place);
  }

  async close(): Promise<void> {
    await this.#sts.close();
  }

  follow({ credentials, tokenLife, denied, cause }: Schedule): void {
    this.isOffline = false;
    this.#skip = credentials.skip;
    this.#faults = [...credentials.faults];
    this.#denied = denied;
    this.#sts.lifetime = tokenLife;
    this.#wrongAnswer = cause?.kind === 'credentials' ? cause.answer : undefined;
    this.#prefix = cause?.kind === 'no-right' ? 'elsewhere/' : this.#destinationParts.prefix;
  }

  mend(): void {
    this.#faults = [];
    this.#wrongAnswer = undefined;
    this.#prefix = this.#destinationParts.prefix;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    if (this.#wrongAnswer) return answerWrongly(this.#wrongAnswer, this.#issue(), response);
    if (this.#denied.length > 0) return json(response, this.#issue());
    return this.#endpoint(request, response);
  }

  /** Without the way through the STS, where the rights are others than the endpoint asks for. */
  #issue(): Issued {
    const rights = RIGHTS.filter((right) => !(this.#denied as readonly string[]).includes(right));
    const { bucket, prefix } = this.#destinationParts;
    const statement = {
      Effect: 'Allow',
      Action: rights.map((right) => `oss:${right}`),
      Resource: [`acs:oss:*:*:${bucket}/${prefix}*`],
    };
    const policy = parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] }));
    return this.#oss.tokens.issue(this.#sts.lifetime ?? LONG_LIFE, policy);
  }
}

type Issued = ReturnType<LocalOss['tokens']['issue']>;

function answerWrongly(answer: CredentialsAnswer, issued: Issued, response: ServerResponse): void {
  switch (answer) {
    case 'refused':
      return void response.writeHead(401).end();
    case 'login-page':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Sign in</title>');
    case 'incomplete':
      return json(response, { ...issued, SecurityToken: undefined });
    case 'expired':
      return json(response, { ...issued, Expiration: new Date(Date.now() - LONG_LIFE).toISOString() });
    case 'wrong-secret':
      return json(response, { ...issued, AccessKeySecret: 'wrong' });
    case 'foreign':
      return json(response, { ...issued, SecurityToken: 'Zm9yZWlnbg==' });
    default:
      answer satisfies never;
  }
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
