// Local STS emulator: implements AssumeRole over Alibaba Cloud's RPC protocol and verifies request signatures. The OSS
// emulator that it is started with accepts its credentials.
// Source: RAM API reference, "AssumeRole"; "Request syntax and signature method V2 for RPC APIs".

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readLimitedBody } from './limited-body.js';
import { LOOPBACK_HOSTS, serveLoopback, type LoopbackServer } from './loopback-server.js';
import { parsePolicy, type Policy } from './policy.js';
import type { SessionTokens } from './session-token.js';

/** Limits of `DurationSeconds`. */
const MIN_DURATION_SECONDS = 900;
const MAX_DURATION_SECONDS = 43_200;
const MAX_POLICY_LENGTH = 2048;
/** Maximum difference between request time and server time, in milliseconds. */
const MAX_SKEW = 15 * 60 * 1000;

/** The part of the OSS emulator that the STS emulator uses. */
export interface TokenIssuer {
  tokens: SessionTokens;
  /** Access keys that can assume a role: secrets by access key ID. */
  accessKeys: ReadonlyMap<string, string>;
  /** Returns the emulator's time in milliseconds since the epoch. */
  now: () => number;
}

/** Options of {@link startLocalSts}. */
export interface LocalStsOptions {
  oss: TokenIssuer;
  /** Port to listen on; 0, the default, selects a free port. */
  port?: number;
  /** Addresses to listen on; by default the IPv4 and IPv6 loopback addresses. */
  hosts?: readonly string[];
  /** Lifetime of credentials in milliseconds, instead of the requested duration. */
  lifetime?: number;
}

/**
 * Starts an STS emulator.
 * @throws {NodeJS.ErrnoException} If the server can't listen on the port.
 */
export async function startLocalSts(options: LocalStsOptions): Promise<LocalSts> {
  const sts = new LocalSts(options.oss, options.lifetime);
  await sts.listen(options.port ?? 0, options.hosts ?? LOOPBACK_HOSTS);
  return sts;
}

class StsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'StsError';
    this.status = status;
    this.code = code;
  }
}

/** A running STS emulator. */
export class LocalSts {
  /** Lifetime of newly issued credentials in milliseconds; `undefined` uses the requested duration. */
  lifetime: number | undefined;
  readonly #issuer: TokenIssuer;
  #server: LoopbackServer | undefined;

  constructor(issuer: TokenIssuer, lifetime: number | undefined) {
    this.#issuer = issuer;
    this.lifetime = lifetime;
  }

  /** Endpoint for STS clients. @throws {Error} Before {@link listen} has resolved. */
  get url(): string {
    if (!this.#server) throw new Error('The STS emulator is not listening yet.');
    return `http://localhost:${this.#server.port}`;
  }

  /** Starts listening; {@link startLocalSts} does this. */
  async listen(port: number, hosts: readonly string[]): Promise<void> {
    this.#server = await serveLoopback(
      (request, response) => void this.#handle(request, response),
      port,
      hosts,
    );
  }

  /** Closes all connections and stops listening. */
  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID().toUpperCase();
    let status = 200;
    let body: Record<string, unknown>;
    try {
      body = this.#assumeRole(request.method ?? 'GET', await readParameters(request));
    } catch (error) {
      const { status: errorStatus, code } =
        error instanceof StsError ? error : { status: 500, code: 'InternalError' };
      status = errorStatus;
      body = { Code: code, Message: (error as Error).message, HostId: request.headers.host };
    }
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify({ RequestId: requestId, ...body }));
  }

  #assumeRole(method: string, parameters: URLSearchParams): Record<string, unknown> {
    const required = (name: string): string => {
      const value = parameters.get(name);
      if (!value) throw new StsError(400, `Missing${name}`, `${name} is mandatory for this action.`);
      return value;
    };
    this.#authenticate(method, parameters, required);
    if (required('Action') !== 'AssumeRole' || required('Version') !== '2015-04-01') {
      throw new StsError(
        404,
        'InvalidAction.NotFound',
        'Specified api is not found, please check your url and method.',
      );
    }
    if (required('Format').toUpperCase() !== 'JSON') {
      throw new StsError(400, 'UnsupportedFormat', 'The STS emulator only supports the JSON format.');
    }
    const roleArn = required('RoleArn');
    const role = /^acs:ram::(\d+):role\/([\w.-]+)$/.exec(roleArn);
    if (!role)
      throw new StsError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
    const sessionName = required('RoleSessionName');
    if (!/^[\w.@-]{2,64}$/.test(sessionName)) {
      throw new StsError(
        400,
        'InvalidParameter.RoleSessionName',
        'The parameter RoleSessionName is wrongly formed.',
      );
    }
    const seconds = parseDuration(parameters.get('DurationSeconds'));
    const credentials = this.#issuer.tokens.issue(
      this.lifetime ?? seconds * 1000,
      parseSessionPolicy(parameters.get('Policy')),
    );
    return {
      AssumedRoleUser: {
        Arn: `acs:ram::${role[1]}:role/${role[2]}/${sessionName}`,
        AssumedRoleId: `${role[1]}:${sessionName}`,
      },
      Credentials: credentials,
    };
  }

  #authenticate(method: string, parameters: URLSearchParams, required: (name: string) => string): void {
    const accessKeySecret = this.#issuer.accessKeys.get(required('AccessKeyId'));
    if (accessKeySecret === undefined) {
      throw new StsError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
    }
    if (required('SignatureMethod') !== 'HMAC-SHA1' || required('SignatureVersion') !== '1.0') {
      throw new StsError(400, 'InvalidParameter', 'Only HMAC-SHA1 signatures of version 1.0 are supported.');
    }
    required('SignatureNonce');
    const skew = Math.abs(this.#issuer.now() - Date.parse(required('Timestamp')));
    if (!(skew <= MAX_SKEW)) {
      throw new StsError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
    }
    const stringToSign = rpcStringToSign(method, parameters);
    const expected = createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest();
    const provided = Buffer.from(required('Signature'), 'base64');
    if (provided.length !== expected.length || !timingSafeEqual(provided, expected)) {
      throw new StsError(
        400,
        'SignatureDoesNotMatch',
        `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
      );
    }
  }
}

function rpcStringToSign(method: string, parameters: URLSearchParams): string {
  const query = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .map(([name, value]): [string, string] => [percentEncode(name), percentEncode(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return `${method}&${percentEncode('/')}&${percentEncode(query)}`;
}

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function parseDuration(value: string | null): number {
  const seconds = value === null ? 3600 : Number(value);
  if (Number.isInteger(seconds) && seconds >= MIN_DURATION_SECONDS && seconds <= MAX_DURATION_SECONDS)
    return seconds;
  throw new StsError(
    400,
    'InvalidParameter.DurationSeconds',
    `The Min/Max value of DurationSeconds is ${MIN_DURATION_SECONDS}/${MAX_DURATION_SECONDS} seconds.`,
  );
}

function parseSessionPolicy(json: string | null): Policy | undefined {
  if (json === null || json === '') return undefined;
  if (json.length > MAX_POLICY_LENGTH) {
    throw new StsError(400, 'InvalidParameter.PolicySize', 'The size of the policy exceeds the maximum.');
  }
  try {
    return parsePolicy(json);
  } catch {
    throw new StsError(
      400,
      'InvalidParameter.PolicyGrammar',
      'The parameter Policy has not passed grammar check.',
    );
  }
}

async function readParameters(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readLimitedBody(request).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw new StsError(413, 'RequestEntityTooLarge', error.message);
  });
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return new URLSearchParams([...query, ...new URLSearchParams(body)]);
}
