// Creates buckets on the local OSS emulator, credentials for them, and gateways to their objects.
import { uploadCorsRules } from '../../../dev/oss-emulator/cors.js';
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
import { control, localOss } from '../../support/runner/local-oss.js';
import { neverAborted } from '../support.js';

export { control };
export const host = new URL(localOss.url).host;

/** Creates an empty bucket, by default one that allows uploads from this page. */
export async function createBucket(options: BucketOptions = {}): Promise<string> {
  const bucket = `gateway-${crypto.randomUUID()}`;
  await control.createBucket(bucket, { cors: uploadCorsRules([location.origin]), ...options });
  return bucket;
}

/** Lifetimes of security tokens, in milliseconds. */
export const EXPIRED = 0;
export const LASTING = 3_600_000;

/** Issues tokens that the emulator accepts. Caches the current token, and records requests and tokens. */
export class Credentials implements CredentialsProvider {
  readonly requests: CredentialsRequest[] = [];
  readonly issued: StsCredentials[] = [];
  readonly #lifetimes: number[];
  #current: Promise<StsCredentials> | undefined;

  /** @param lifetimes of the first, second, … token in milliseconds; the last one applies to all further tokens */
  constructor(...lifetimes: number[]) {
    this.#lifetimes = lifetimes;
  }

  async get(request: CredentialsRequest = {}): Promise<StsCredentials> {
    this.requests.push(request);
    const current = this.#current;
    const isRejected = current !== undefined && (await current) === request.insteadOf;
    if (!this.#current || (isRejected && this.#current === current)) this.#current = this.#issue();
    return this.#current;
  }

  /** Replaces the current token with an expired one. */
  async expire(): Promise<void> {
    this.#current = this.#issue(EXPIRED);
    await this.#current;
  }

  async #issue(
    lifetime = this.#lifetimes[this.issued.length] ?? this.#lifetimes.at(-1) ?? LASTING,
  ): Promise<StsCredentials> {
    const response = await control.issueCredentials(lifetime);
    const credentials = {
      accessKeyId: response.AccessKeyId,
      accessKeySecret: response.AccessKeySecret,
      securityToken: response.SecurityToken,
    };
    this.issued.push(credentials);
    return credentials;
  }
}

export interface GatewaySetup extends Partial<GatewayOptions> {
  target?: Partial<ObjectTarget>;
  /** Error of the device's clock, in milliseconds. */
  skew?: number;
}

/** Opens a gateway to an object, with the bucket in the host name unless the target overrides it. */
export async function openGateway(
  bucket: string,
  key: string,
  setup: GatewaySetup = {},
): Promise<OssGateway> {
  const { target, skew = 0, ...options } = setup;
  const open = createOpenGateway({
    credentials: new Credentials(),
    clock: new ServerClock(() => Date.now() + skew),
    ...options,
  });
  const location = { region: 'cn-hangzhou', endpoint: localOss.url };
  return open({ ...location, bucket, key, ...target }, neverAborted());
}
