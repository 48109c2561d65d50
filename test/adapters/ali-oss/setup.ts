// A bucket of its own on the local OSS, and gateways to it: what every test of the gateway begins with.
import { OssControl } from '../../../dev/oss-emulator/control-client.js';
import type { BucketOptions } from '../../../dev/oss-emulator/local-oss.js';
import { createOpenGateway, type GatewayOptions } from '../../../src/adapters/ali-oss/gateway.js';
import type {
  CredentialsProvider,
  CredentialsRequest,
  ObjectTarget,
  OssGateway,
  StsCredentials,
} from '../../../src/core/ports.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { UploadError } from '../../../src/core/errors.js';
import { localOss } from '../../support/runner/local-oss.js';

export const control = new OssControl(localOss.url);
export const host = new URL(localOss.url).host;

export async function makeBucket(options: BucketOptions = {}): Promise<string> {
  const bucket = `gateway-${crypto.randomUUID()}`;
  await control.createBucket(bucket, options);
  return bucket;
}

/** Lifetimes of tokens, in milliseconds. */
export const EXPIRED = 0;
export const LASTING = 3_600_000;

/** Issues real session tokens, one at a time for all who ask, and counts. */
export class Credentials implements CredentialsProvider {
  readonly requests: CredentialsRequest[] = [];
  readonly issued: StsCredentials[] = [];
  readonly #lifetimes: number[];
  #current?: Promise<StsCredentials>;

  /** @param lifetimes of the tokens in turn; the last one stands for all that follow */
  constructor(...lifetimes: number[]) {
    this.#lifetimes = lifetimes;
  }

  async get(request: CredentialsRequest = {}): Promise<StsCredentials> {
    this.requests.push(request);
    const current = this.#current;
    const isRefused = current !== undefined && (await current) === request.insteadOf;
    if (!this.#current || (isRefused && this.#current === current)) this.#current = this.#issue();
    return this.#current;
  }

  /** From now on the current token is one that has expired. */
  async expire(): Promise<void> {
    this.#current = this.#issue(EXPIRED);
    await this.#current;
  }

  async #issue(
    lifetime = this.#lifetimes[this.issued.length] ?? this.#lifetimes.at(-1) ?? LASTING,
  ): Promise<StsCredentials> {
    const answer = await control.issueCredentials(lifetime);
    const credentials = {
      accessKeyId: answer.AccessKeyId,
      accessKeySecret: answer.AccessKeySecret,
      securityToken: answer.SecurityToken,
    };
    this.issued.push(credentials);
    return credentials;
  }
}

export interface World extends Partial<GatewayOptions> {
  target?: Partial<ObjectTarget>;
  /** How far the device's clock is off, in milliseconds. */
  skew?: number;
}

/** A gateway to one object of the bucket, by path unless the target says otherwise. */
export async function openGateway(bucket: string, key: string, world: World = {}): Promise<OssGateway> {
  const { target, skew = 0, ...options } = world;
  const open = createOpenGateway({
    credentials: new Credentials(),
    clock: new ServerClock(() => Date.now() + skew),
    ...options,
  });
  const location = { region: 'cn-hangzhou', endpoint: localOss.url, pathStyle: true };
  return open({ ...location, bucket, key, ...target }, running());
}

/** Options of a call that nobody aborts. */
export const running = () => ({ signal: new AbortController().signal });

export function bytes(size: number): Blob {
  const data = new Uint8Array(size);
  for (let start = 0; start < size; start += 65_536)
    crypto.getRandomValues(data.subarray(start, start + 65_536));
  return new Blob([data]);
}

export async function sha256(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a call rejects with; fails where it does not. */
export async function rejection(call: Promise<unknown>): Promise<unknown> {
  const value = await call.catch((reason: unknown) => new Rejection(reason));
  if (value instanceof Rejection) return value.reason;
  throw new Error(`Expected a rejection, got ${JSON.stringify(value)}`);
}

class Rejection {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/** The same where it must be an error for a person. */
export async function failure(call: Promise<unknown>): Promise<UploadError> {
  const error = await rejection(call);
  if (error instanceof UploadError) return error;
  throw new Error(`Expected an UploadError, got ${String(error)}`, { cause: error });
}
