// Who sends a request: reads what it claims (V1 or V4, header or presigned URL) and proves it.
// What that identity may do is the policy's business.

import { timingSafeEqual } from 'node:crypto';
import { accessDenied, invalidArgument, OssError } from './oss-error.js';
import type { Policy } from './policy.js';
import type { SessionTokens } from './session-token.js';
import {
  canonicalRequestV4,
  signatureV1,
  signatureV4,
  stringToSignV1,
  stringToSignV4,
  V4_ALGORITHM,
  type SignableRequest,
} from './signature.js';

/** OSS refuses a request whose date is further from its own clock. */
const MAX_SKEW = 15 * 60 * 1000;
const MAX_PRESIGNED_SECONDS = 7 * 24 * 60 * 60;

export type SignatureVersion = 'none' | 'v1' | 'v1-url' | 'v4' | 'v4-url';

interface V1Claim {
  version: 'v1' | 'v1-url';
  accessKeyId: string;
  signature: string;
  /** An HTTP date, or seconds since the epoch in a URL. */
  date: string;
  securityToken: string | undefined;
}

interface V4Claim {
  version: 'v4' | 'v4-url';
  accessKeyId: string;
  signature: string;
  date: string;
  region: string;
  product: string;
  terminator: string;
  additionalHeaders: string[];
  /** `yyyymmddThhmmssZ`. */
  timestamp: string;
  securityToken: string | undefined;
  /** Seconds; only in a URL. */
  expires: number | undefined;
}

export type Claim = { version: 'none'; accessKeyId: undefined } | V1Claim | V4Claim;

/** A proven sender. `accessKeyId` is absent for an anonymous one; `policy` where nothing narrows it down. */
export interface Identity {
  accessKeyId: string | undefined;
  policy: Policy | undefined;
}

/** Reads what a request says of its sender. @throws {OssError} 400 where it can't be understood. */
export function readClaim({ headers, query }: Pick<SignableRequest, 'headers' | 'query'>): Claim {
  const authorization = headers.get('authorization');
  if (authorization?.startsWith(V4_ALGORITHM)) return readV4Header(authorization, headers);
  if (authorization?.startsWith('OSS ')) return readV1Header(authorization, headers);
  if (authorization !== undefined) throw invalidArgument('Authorization header is invalid.');
  if (query.has('x-oss-signature-version')) return readV4Url(query);
  if (query.has('OSSAccessKeyId')) {
    return {
      version: 'v1-url',
      accessKeyId: query.get('OSSAccessKeyId') ?? '',
      signature: query.get('Signature') ?? '',
      date: query.get('Expires') ?? '',
      securityToken: query.get('security-token'),
    };
  }
  return { version: 'none', accessKeyId: undefined };
}

function readV1Header(authorization: string, headers: ReadonlyMap<string, string>): V1Claim {
  const [, accessKeyId, signature] = /^OSS ([^:]+):(.+)$/.exec(authorization) ?? [];
  if (!accessKeyId || !signature) throw invalidArgument('Authorization header is invalid.');
  return {
    version: 'v1',
    accessKeyId,
    signature,
    date: headers.get('x-oss-date') ?? headers.get('date') ?? '',
    securityToken: headers.get('x-oss-security-token'),
  };
}

function readV4Header(authorization: string, headers: ReadonlyMap<string, string>): V4Claim {
  const fields = new Map(
    authorization
      .slice(V4_ALGORITHM.length)
      .split(',')
      .map((field) => {
        const [name = '', ...value] = field.trim().split('=');
        return [name, value.join('=')];
      }),
  );
  if (headers.get('x-oss-content-sha256') !== 'UNSIGNED-PAYLOAD') {
    throw invalidArgument('Invalid x-oss-content-sha256: only UNSIGNED-PAYLOAD is supported.');
  }
  return {
    version: 'v4',
    ...readCredential(fields.get('Credential') ?? ''),
    signature: fields.get('Signature') ?? '',
    additionalHeaders: splitList(fields.get('AdditionalHeaders')),
    timestamp: headers.get('x-oss-date') ?? '',
    securityToken: headers.get('x-oss-security-token'),
    expires: undefined,
  };
}

function readV4Url(query: ReadonlyMap<string, string>): V4Claim {
  if (query.get('x-oss-signature-version') !== V4_ALGORITHM)
    throw invalidArgument('Invalid signature version.');
  const expires = Number(query.get('x-oss-expires'));
  if (!Number.isInteger(expires) || expires < 1 || expires > MAX_PRESIGNED_SECONDS) {
    throw invalidArgument('Invalid expires parameter, it must be between 1 and 604800 seconds.');
  }
  return {
    version: 'v4-url',
    ...readCredential(query.get('x-oss-credential') ?? ''),
    signature: query.get('x-oss-signature') ?? '',
    additionalHeaders: splitList(query.get('x-oss-additional-headers')),
    timestamp: query.get('x-oss-date') ?? '',
    securityToken: query.get('x-oss-security-token'),
    expires,
  };
}

function readCredential(
  credential: string,
): Pick<V4Claim, 'accessKeyId' | 'date' | 'region' | 'product' | 'terminator'> {
  const [accessKeyId = '', date = '', region = '', product = '', terminator = ''] = credential.split('/');
  if (!accessKeyId) throw invalidArgument('Invalid credential in Authorization header.');
  return { accessKeyId, date, region, product, terminator };
}

const splitList = (list: string | undefined): string[] => (list ? list.split(';').sort() : []);

export interface AuthenticatorOptions {
  /** Long-lived keys: secret by access key id. */
  accessKeys: ReadonlyMap<string, string>;
  tokens: SessionTokens;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export class Authenticator {
  readonly #accessKeys: ReadonlyMap<string, string>;
  readonly #tokens: SessionTokens;
  readonly #now: () => number;

  constructor({ accessKeys, tokens, now }: AuthenticatorOptions) {
    this.#accessKeys = accessKeys;
    this.#tokens = tokens;
    this.#now = now;
  }

  /**
   * Proves a claim against the request that made it.
   * @param region The region of the bucket, without `oss-`.
   * @throws {OssError} with OSS's code for what is wrong.
   */
  verify(claim: Claim, request: SignableRequest, region: string): Identity {
    switch (claim.version) {
      case 'none':
        return { accessKeyId: undefined, policy: undefined };
      case 'v1':
      case 'v1-url':
        this.#checkDateV1(claim);
        return this.#checkSignatureV1(claim, request);
      case 'v4':
      case 'v4-url':
        this.#checkScope(claim, region);
        this.#checkDateV4(claim);
        return this.#checkSignatureV4(claim, request);
      default:
        throw new TypeError(`Unknown claim: ${JSON.stringify(claim satisfies never)}`);
    }
  }

  #checkSignatureV1(claim: V1Claim, request: SignableRequest): Identity {
    const { accessKeySecret, policy } = this.#keyOf(claim);
    const stringToSign = stringToSignV1(request, claim.date);
    if (!isEqual(signatureV1(accessKeySecret, stringToSign), claim.signature)) {
      throw signatureDoesNotMatch(claim, { StringToSign: stringToSign });
    }
    return { accessKeyId: claim.accessKeyId, policy };
  }

  #checkSignatureV4(claim: V4Claim, request: SignableRequest): Identity {
    const missing = claim.additionalHeaders.find((name) => !request.headers.has(name));
    if (missing) throw invalidArgument(`The additional header ${missing} is not in the request.`);
    const { accessKeySecret, policy } = this.#keyOf(claim);
    const canonicalRequest = canonicalRequestV4(request, claim.additionalHeaders);
    const stringToSign = stringToSignV4(claim.timestamp, claim, canonicalRequest);
    if (!isEqual(signatureV4(accessKeySecret, claim, stringToSign), claim.signature)) {
      throw signatureDoesNotMatch(claim, { StringToSign: stringToSign, CanonicalRequest: canonicalRequest });
    }
    return { accessKeyId: claim.accessKeyId, policy };
  }

  #keyOf({ accessKeyId, securityToken }: V1Claim | V4Claim): {
    accessKeySecret: string;
    policy: Policy | undefined;
  } {
    if (securityToken !== undefined) return this.#tokens.verify(accessKeyId, securityToken);
    const accessKeySecret = this.#accessKeys.get(accessKeyId);
    if (accessKeySecret === undefined) {
      throw new OssError(
        403,
        'InvalidAccessKeyId',
        'The OSS Access Key Id you provided does not exist in our records.',
        { details: { OSSAccessKeyId: accessKeyId }, ec: '0002-00000902' },
      );
    }
    return { accessKeySecret, policy: undefined };
  }

  #checkScope({ region, product, terminator, date, timestamp }: V4Claim, expected: string): void {
    if (region !== expected)
      throw invalidArgument('Invalid signing region in Authorization header.', '0002-00000226');
    if (product !== 'oss')
      throw invalidArgument('Invalid signing product in Authorization header.', '0002-00000227');
    if (terminator !== 'aliyun_v4_request')
      throw invalidArgument('Invalid signing version in Authorization header.');
    if (!timestamp.startsWith(`${date}T`))
      throw invalidArgument('Invalid signing date in Authorization header.');
  }

  #checkDateV1(claim: V1Claim): void {
    if (claim.version === 'v1') {
      this.#checkSkew(Date.parse(claim.date));
      return;
    }
    if (!/^\d+$/.test(claim.date)) throw accessDenied('Invalid Expires parameter.');
    this.#checkExpiry(Number(claim.date) * 1000);
  }

  #checkDateV4({ timestamp, expires }: V4Claim): void {
    const time = Date.parse(
      timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z'),
    );
    if (expires === undefined) {
      this.#checkSkew(time);
      return;
    }
    if (Number.isNaN(time)) throw invalidArgument('Invalid x-oss-date.');
    this.#checkExpiry(time + expires * 1000);
  }

  #checkExpiry(expires: number): void {
    const now = this.#now();
    if (now <= expires) return;
    throw accessDenied('Request has expired.', {
      details: { Expires: new Date(expires).toISOString(), ServerTime: new Date(now).toISOString() },
    });
  }

  #checkSkew(requestTime: number): void {
    if (Number.isNaN(requestTime)) throw accessDenied('OSS authentication requires a valid Date.');
    const now = this.#now();
    if (Math.abs(now - requestTime) <= MAX_SKEW) return;
    throw new OssError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        details: {
          MaxAllowedSkewMilliseconds: MAX_SKEW,
          RequestTime: new Date(requestTime).toISOString(),
          ServerTime: new Date(now).toISOString(),
        },
        ec: '0002-00000504',
      },
    );
  }
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function signatureDoesNotMatch(claim: V1Claim | V4Claim, details: Record<string, string>): OssError {
  return new OssError(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      details: { OSSAccessKeyId: claim.accessKeyId, SignatureProvided: claim.signature, ...details },
      ec: '0002-00000040',
    },
  );
}
