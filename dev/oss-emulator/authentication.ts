// Authenticates requests: parses a V1 or V4 signature from the Authorization header, a presigned URL or a form, and
// verifies it.
// Authorization by policy is in policy.ts.

import { timingSafeEqual } from 'node:crypto';
import { formatTimestamp, parseHttpDate, parseTimestamp } from './dates.js';
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

/** Milliseconds. OSS rejects a request whose date differs more than this from the server's clock. */
const MAX_SKEW = 15 * 60 * 1000;
/** Detailed error numbers for a malformed credential in the Authorization header. */
const V4_HEADER_CODES = { date: '0002-00000212', credential: '0002-00000213', region: '0002-00000228' };
/** Detailed error numbers for a malformed `x-oss-credential` in a presigned URL. */
const V4_URL_CODES = { date: '0002-00000223', credential: '0002-00000224', region: '0002-00000226' };
/** Detailed error numbers for a malformed `x-oss-credential` in a form. */
const V4_FORM_CODES = { date: '0002-00000709', credential: '0002-00000710', region: undefined };
const MAX_PRESIGNED_SECONDS = 7 * 24 * 60 * 60;

/** How a request is signed; the `-url` versions are presigned URLs, the `-form` versions the fields of PostObject. */
export type SignatureVersion = 'none' | 'v1' | 'v1-url' | 'v1-form' | 'v4' | 'v4-url' | 'v4-form';

interface V1Authorization {
  version: 'v1' | 'v1-url';
  accessKeyId: string;
  signature: string;
  /** Date as it is signed; in a presigned URL, the expiry in seconds since the epoch. */
  date: string;
  /** The date in milliseconds since the epoch; `NaN` if the expiry of a presigned URL is malformed. */
  time: number;
  securityToken: string | undefined;
}

/** Access key ID and credential scope of a V4 signature. */
interface V4Credential {
  accessKeyId: string;
  /** `yyyymmdd`. */
  date: string;
  /** Such as `cn-hangzhou`. */
  region: string;
  product: string;
  terminator: string;
}

interface V4Authorization extends V4Credential {
  version: 'v4' | 'v4-url';
  signature: string;
  additionalHeaders: string[];
  /** The time of the signature: `yyyymmddThhmmssZ`. */
  timestamp: string;
  /** The timestamp in milliseconds since the epoch; `NaN` if that of a presigned URL is malformed. */
  time: number;
  securityToken: string | undefined;
  /** Lifetime of a presigned URL in seconds; `undefined` for a signed header. */
  expires: number | undefined;
}

interface V1FormAuthorization {
  version: 'v1-form';
  accessKeyId: string;
  signature: string;
  /** The signed text: the policy in base64. */
  policy: string;
  securityToken: string | undefined;
}

interface V4FormAuthorization extends V4Credential {
  version: 'v4-form';
  signature: string;
  /** The signed text: the policy in base64. */
  policy: string;
  /** The time of the signature in milliseconds since the epoch. */
  time: number;
  securityToken: string | undefined;
}

type SignedAuthorization = V1Authorization | V4Authorization | V1FormAuthorization | V4FormAuthorization;

/** Authentication parameters of a request, not yet verified. */
export type Authorization = { version: 'none'; accessKeyId: undefined } | SignedAuthorization;

/** Verified sender of a request. */
export interface Identity {
  /** `undefined` for an anonymous request. */
  accessKeyId: string | undefined;
  /** Session policy; `undefined` if nothing restricts the sender. */
  policy: Policy | undefined;
}

/**
 * Parses the authentication parameters of a request from its headers or its query.
 * @throws {OssError} `InvalidArgument` (400) if they are malformed or unsupported, `AccessDenied` (403) if the date of a
 *   signed header is missing or malformed.
 */
export function parseAuthorization({
  headers,
  query,
}: Pick<SignableRequest, 'headers' | 'query'>): Authorization {
  const header = headers.get('authorization');
  if (header?.startsWith(V4_ALGORITHM)) return parseV4Header(header, headers);
  if (header?.startsWith('OSS ')) return parseV1Header(header, headers);
  if (header !== undefined) throw invalidArgument('Authorization header is invalid.');
  if (query.has('x-oss-signature-version')) return parseV4Url(query);
  if (query.has('OSSAccessKeyId')) {
    const expires = query.get('Expires') ?? '';
    return {
      version: 'v1-url',
      accessKeyId: query.get('OSSAccessKeyId') ?? '',
      signature: query.get('Signature') ?? '',
      date: expires,
      time: /^\d+$/.test(expires) ? Number(expires) * 1000 : NaN,
      securityToken: query.get('security-token'),
    };
  }
  return { version: 'none', accessKeyId: undefined };
}

function parseV1Header(header: string, headers: ReadonlyMap<string, string>): V1Authorization {
  const [, accessKeyId, signature] = /^OSS ([^:]+):(.+)$/.exec(header) ?? [];
  if (!accessKeyId || !signature) throw invalidArgument('Authorization header is invalid.');
  return {
    version: 'v1',
    accessKeyId,
    signature,
    ...readDate(headers, (date) => parseTimestamp(date) || parseHttpDate(date)),
    securityToken: headers.get('x-oss-security-token'),
  };
}

function parseV4Header(header: string, headers: ReadonlyMap<string, string>): V4Authorization {
  const fields = new Map(
    header
      .slice(V4_ALGORITHM.length)
      .split(',')
      .map((field) => {
        const [name = '', ...value] = field.trim().split('=');
        return [name, value.join('=')];
      }),
  );
  if (headers.get('x-oss-content-sha256') !== 'UNSIGNED-PAYLOAD') {
    throw invalidArgument(
      'Invalid x-oss-content-sha256: only UNSIGNED-PAYLOAD is supported.',
      '0002-00000214',
    );
  }
  const { date, time } = readDate(headers, parseTimestamp);
  return {
    version: 'v4',
    ...parseCredential(fields.get('Credential') ?? ''),
    signature: fields.get('Signature') ?? '',
    additionalHeaders: splitList(fields.get('AdditionalHeaders')),
    timestamp: headers.has('x-oss-date') ? date : formatTimestamp(time),
    time,
    securityToken: headers.get('x-oss-security-token'),
    expires: undefined,
  };
}

function parseV4Url(query: ReadonlyMap<string, string>): V4Authorization {
  if (query.get('x-oss-signature-version') !== V4_ALGORITHM)
    throw invalidArgument('Invalid signature version.');
  const expires = Number(query.get('x-oss-expires'));
  if (!Number.isInteger(expires) || expires < 1 || expires > MAX_PRESIGNED_SECONDS) {
    throw invalidArgument('Invalid expires parameter, it must be between 1 and 604800 seconds.');
  }
  const timestamp = query.get('x-oss-date') ?? '';
  return {
    version: 'v4-url',
    ...parseCredential(query.get('x-oss-credential') ?? ''),
    signature: query.get('x-oss-signature') ?? '',
    additionalHeaders: splitList(query.get('x-oss-additional-headers')),
    timestamp,
    time: parseTimestamp(timestamp),
    securityToken: query.get('x-oss-security-token'),
    expires,
  };
}

/**
 * Parses the authentication fields of a form. OSS ignores the signatures in headers and query of PostObject.
 * @param fields Fields by name in lowercase.
 * @throws {OssError} `InvalidArgument` (400) if one is missing or malformed.
 */
export function parseFormAuthorization(fields: ReadonlyMap<string, string>): Authorization {
  const isV4 = ['x-oss-signature-version', 'x-oss-credential', 'x-oss-signature'].some((name) =>
    fields.has(name),
  );
  const isV1 = ['ossaccesskeyid', 'policy', 'signature'].some((name) => fields.has(name));
  if (!isV4 && !isV1) return { version: 'none', accessKeyId: undefined };
  const required = (name: string, ec?: string): string => {
    const value = fields.get(name);
    if (value) return value;
    throw invalidArgument(`The form must have the field ${name} before the file.`, ec);
  };
  const policy = required('policy', '0002-00000702');
  const securityToken = fields.get('x-oss-security-token');
  const readSignature = (name: string): string =>
    required(name, fields.has(name) ? '0002-00000704' : '0002-00000703');
  if (!isV4) {
    const accessKeyId = required('ossaccesskeyid');
    return { version: 'v1-form', accessKeyId, signature: readSignature('signature'), policy, securityToken };
  }
  if (required('x-oss-signature-version') !== V4_ALGORITHM)
    throw invalidArgument('Invalid signature version.');
  const time = parseTimestamp(required('x-oss-date'));
  if (Number.isNaN(time)) throw invalidArgument('Invalid x-oss-date.');
  return {
    version: 'v4-form',
    ...parseCredential(required('x-oss-credential')),
    signature: readSignature('x-oss-signature'),
    policy,
    time,
    securityToken,
  };
}

function parseCredential(credential: string): V4Credential {
  const [accessKeyId = '', date = '', region = '', product = '', terminator = ''] = credential.split('/');
  if (!accessKeyId) throw invalidArgument('Invalid credential.');
  return { accessKeyId, date, region, product, terminator };
}

const splitList = (list: string | undefined): string[] => (list ? list.split(';').sort() : []);

/**
 * Reads the date that a signature in the Authorization header covers: `x-oss-date`, or else `Date`.
 * @param parseOssDate Parses the value of `x-oss-date`; returns `NaN` if it is malformed.
 */
function readDate(
  headers: ReadonlyMap<string, string>,
  parseOssDate: (date: string) => number,
): { date: string; time: number } {
  const ossDate = headers.get('x-oss-date');
  const date = ossDate ?? headers.get('date');
  if (date === undefined) throw invalidDate('0002-00000503');
  const time = ossDate === undefined ? parseHttpDate(date) : parseOssDate(date);
  if (Number.isNaN(time)) throw invalidDate('0002-00000502');
  return { date, time };
}

const invalidDate = (ec: string): OssError =>
  accessDenied('OSS authentication requires a valid Date.', { ec });

/** Settings of a bucket that decide which signatures are valid. */
export interface SignatureSettings {
  region: string;
  v1Signatures: boolean;
}

export interface AuthenticatorOptions {
  /** Long-lived access keys: secrets by access key ID. */
  accessKeys: ReadonlyMap<string, string>;
  tokens: SessionTokens;
  /** Returns the server's time in milliseconds since the epoch. */
  now: () => number;
}

/** Verifies signatures, dates and security tokens. */
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
   * Verifies the authentication parameters of a request.
   * @param settings Settings of the bucket.
   * @throws {OssError} 400 or 403, with OSS's error code for the failed check.
   */
  verify(authorization: Authorization, request: SignableRequest, settings: SignatureSettings): Identity {
    switch (authorization.version) {
      case 'none':
        return { accessKeyId: undefined, policy: undefined };
      case 'v1':
      case 'v1-url':
        if (!settings.v1Signatures) throw v1Refused();
        this.#checkDateV1(authorization);
        return this.#checkSignatureV1(authorization, request);
      case 'v4':
      case 'v4-url':
        this.#checkScope(authorization, settings.region);
        this.#checkDateV4(authorization);
        return this.#checkSignatureV4(authorization, request);
      case 'v1-form':
        if (!settings.v1Signatures) throw v1Refused();
        return this.#checkSignatureForm(authorization, signatureV1);
      case 'v4-form':
        this.#checkScope(authorization, settings.region);
        this.#checkSkew(authorization.time);
        return this.#checkSignatureForm(authorization, (secret, policy) =>
          signatureV4(secret, authorization, policy),
        );
      default:
        throw new TypeError(`Unknown authorization: ${JSON.stringify(authorization satisfies never)}`);
    }
  }

  #checkSignatureV1(authorization: V1Authorization, request: SignableRequest): Identity {
    const { accessKeySecret, policy } = this.#findAccessKey(authorization);
    const stringToSign = stringToSignV1(request, authorization.date);
    if (!isEqual(signatureV1(accessKeySecret, stringToSign), authorization.signature)) {
      throw signatureDoesNotMatch(authorization, { StringToSign: stringToSign });
    }
    return { accessKeyId: authorization.accessKeyId, policy };
  }

  #checkSignatureV4(authorization: V4Authorization, request: SignableRequest): Identity {
    const missing = authorization.additionalHeaders.find((name) => !request.headers.has(name));
    if (missing) throw invalidArgument(`The additional header ${missing} is not in the request.`);
    const { accessKeySecret, policy } = this.#findAccessKey(authorization);
    const canonicalRequest = canonicalRequestV4(request, authorization.additionalHeaders);
    const stringToSign = stringToSignV4(authorization.timestamp, authorization, canonicalRequest);
    if (!isEqual(signatureV4(accessKeySecret, authorization, stringToSign), authorization.signature)) {
      throw signatureDoesNotMatch(authorization, {
        StringToSign: stringToSign,
        CanonicalRequest: canonicalRequest,
      });
    }
    return { accessKeyId: authorization.accessKeyId, policy };
  }

  #checkSignatureForm(
    authorization: V1FormAuthorization | V4FormAuthorization,
    sign: (accessKeySecret: string, policy: string) => string,
  ): Identity {
    const { accessKeySecret, policy } = this.#findAccessKey(authorization);
    if (!isEqual(sign(accessKeySecret, authorization.policy), authorization.signature)) {
      throw signatureDoesNotMatch(authorization, { StringToSign: authorization.policy });
    }
    return { accessKeyId: authorization.accessKeyId, policy };
  }

  #findAccessKey({ accessKeyId, securityToken }: SignedAuthorization): {
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

  #checkScope(authorization: V4Authorization | V4FormAuthorization, expectedRegion: string): void {
    const { version, region, product, terminator, date, time } = authorization;
    const place = version === 'v4' ? 'Authorization header' : 'x-oss-credential';
    const codes = { v4: V4_HEADER_CODES, 'v4-url': V4_URL_CODES, 'v4-form': V4_FORM_CODES }[version];
    if (region !== expectedRegion) throw invalidArgument(`Invalid signing region in ${place}.`, codes.region);
    if (product !== 'oss') throw invalidArgument(`Invalid signing product in ${place}.`, codes.credential);
    if (terminator !== 'aliyun_v4_request')
      throw invalidArgument(`Invalid signing version in ${place}.`, codes.credential);
    if (!Number.isNaN(time) && !formatTimestamp(time).startsWith(`${date}T`))
      throw invalidArgument(`Invalid signing date in ${place}.`, codes.date);
  }

  #checkDateV1({ version, time }: V1Authorization): void {
    if (version === 'v1') {
      this.#checkSkew(time);
      return;
    }
    if (Number.isNaN(time)) throw accessDenied('Invalid date (should be seconds since epoch).');
    this.#checkExpiry(time, '0002-00000069');
  }

  #checkDateV4({ time, expires }: V4Authorization): void {
    if (expires === undefined) {
      this.#checkSkew(time);
      return;
    }
    if (Number.isNaN(time)) throw invalidArgument('Invalid x-oss-date.');
    this.#checkExpiry(time + expires * 1000);
  }

  #checkExpiry(expires: number, ec?: string): void {
    const now = this.#now();
    if (now <= expires) return;
    throw accessDenied('Request has expired.', {
      details: { Expires: new Date(expires).toISOString(), ServerTime: new Date(now).toISOString() },
      ...(ec && { ec }),
    });
  }

  #checkSkew(requestTime: number): void {
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

// The documentation of the detailed error number names only the status. Code and message are those of similar refusals.
const v1Refused = (): OssError =>
  accessDenied('The V1 signature is not supported. Please use the V4 signature.', { ec: '0002-00000080' });

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function signatureDoesNotMatch(
  authorization: SignedAuthorization,
  details: Record<string, string>,
): OssError {
  return new OssError(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      details: {
        OSSAccessKeyId: authorization.accessKeyId,
        SignatureProvided: authorization.signature,
        ...details,
      },
      ec: '0002-00000040',
    },
  );
}
