// Local STS emulator: implements AssumeRole. The OSS emulator that it is started with accepts its credentials.
// Source: STS API reference, "AssumeRole".

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LOOPBACK_HOSTS, serveLoopback, type LoopbackServer } from './loopback-server.js';
import { parsePolicy, type Policy } from './policy.js';
import type { SessionTokens } from './session-token.js';
import { readStsRequest, requireParameter, StsError, verifyStsRequest, type StsCall } from './sts-request.js';

const MIN_DURATION_SECONDS = 900;
const DEFAULT_DURATION_SECONDS = 3600;
/** Limits of a role's maximum session duration, in seconds. */
const MAX_SESSION_DURATION = { min: 3600, max: 43_200 };
const MAX_POLICY_LENGTH = 2048;

/** The part of the OSS emulator that the STS emulator uses. */
export interface TokenIssuer {
  tokens: SessionTokens;
  /** Access keys that can assume a role: secrets by access key ID. */
  accessKeys: ReadonlyMap<string, string>;
  /** Returns the emulator's time in milliseconds since the epoch. */
  now: () => number;
}

/** Settings of a role. */
export interface RoleSettings {
  /** Maximum of `DurationSeconds`, from 3,600 to 43,200. */
  maxSessionDuration: number;
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
  /** Settings of roles by ARN. The sessions of other roles last up to 3,600 s, as those of a new role do. */
  roles?: Readonly<Record<string, RoleSettings>>;
}

/**
 * Starts an STS emulator.
 * @throws {RangeError} If a role's maximum session duration is out of range.
 * @throws {NodeJS.ErrnoException} If the server can't listen on the port.
 */
export async function startLocalSts(options: LocalStsOptions): Promise<LocalSts> {
  for (const [arn, { maxSessionDuration }] of Object.entries(options.roles ?? {})) {
    const { min, max } = MAX_SESSION_DURATION;
    if (!(maxSessionDuration >= min && maxSessionDuration <= max))
      throw new RangeError(`Invalid maximum session duration of ${arn}: ${maxSessionDuration}`);
  }
  const sts = new LocalSts(options);
  await sts.listen(options.port ?? 0, options.hosts ?? LOOPBACK_HOSTS);
  return sts;
}

/** A running STS emulator. */
export class LocalSts {
  /** Lifetime of newly issued credentials in milliseconds; `undefined` uses the requested duration. */
  lifetime: number | undefined;
  readonly #issuer: TokenIssuer;
  readonly #roles: Readonly<Record<string, RoleSettings>>;
  #server: LoopbackServer | undefined;

  constructor({ oss, lifetime, roles = {} }: Pick<LocalStsOptions, 'oss' | 'lifetime' | 'roles'>) {
    this.#issuer = oss;
    this.#roles = roles;
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
      body = this.#assumeRole(verifyStsRequest(await readStsRequest(request), this.#issuer));
    } catch (error) {
      const { status: errorStatus, code } =
        error instanceof StsError ? error : { status: 500, code: 'InternalError' };
      status = errorStatus;
      body = { Code: code, Message: (error as Error).message, HostId: request.headers.host };
    }
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    response.end(JSON.stringify({ RequestId: requestId, ...body }));
  }

  #assumeRole({ action, version, parameters }: StsCall): Record<string, unknown> {
    if (action !== 'AssumeRole' || version !== '2015-04-01') {
      throw new StsError(
        404,
        'InvalidAction.NotFound',
        'Specified api is not found, please check your url and method.',
      );
    }
    const roleArn = requireParameter(parameters, 'RoleArn');
    const role = /^acs:ram::(\d+):role\/([\w.-]+)$/.exec(roleArn);
    if (!role)
      throw new StsError(400, 'InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.');
    const sessionName = requireParameter(parameters, 'RoleSessionName');
    if (!/^[\w.@-]{2,64}$/.test(sessionName)) {
      throw new StsError(
        400,
        'InvalidParameter.RoleSessionName',
        'The parameter RoleSessionName is wrongly formed.',
      );
    }
    const { maxSessionDuration } = this.#roles[roleArn] ?? { maxSessionDuration: MAX_SESSION_DURATION.min };
    const seconds = parseDuration(parameters.get('DurationSeconds'), maxSessionDuration);
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
}

function parseDuration(value: string | null, max: number): number {
  const seconds = value === null ? DEFAULT_DURATION_SECONDS : Number(value);
  if (Number.isInteger(seconds) && seconds >= MIN_DURATION_SECONDS && seconds <= max) return seconds;
  throw new StsError(
    400,
    'InvalidParameter.DurationSeconds',
    `The Min/Max value of DurationSeconds is ${MIN_DURATION_SECONDS / 60}min/${max / 3600}hr.`,
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
