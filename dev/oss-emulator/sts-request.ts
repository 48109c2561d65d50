// Requests to the STS emulator: reads them and verifies their signatures, with either of the two signature methods of
// Alibaba Cloud's OpenAPI.
// Sources: OpenAPI reference, "Request syntax and signature method V2" (RPC, HMAC-SHA1) and "V3 request body and
// signature mechanism" (ACS3-HMAC-SHA256).

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BodyTooLarge, readLimitedBody } from './limited-body.js';
import { parseTarget } from './request-target.js';
import { percentEncode } from './signature.js';

/** Maximum difference between request time and server time, in milliseconds. */
const MAX_SKEW = 15 * 60 * 1000;

const ACS3_ALGORITHM = 'ACS3-HMAC-SHA256';
/** Headers that an ACS3 request must have and sign. */
const ACS3_HEADERS = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
];

/** An error that is sent to the client as a JSON response. */
export class StsError extends Error {
  /** HTTP status code. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'StsError';
    this.status = status;
    this.code = code;
  }
}

/** A received request, not yet authenticated. */
export interface StsRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An authenticated call of an operation. */
export interface StsCall {
  /** Name of the operation, such as `AssumeRole`. */
  action: string;
  version: string;
  parameters: URLSearchParams;
}

/** What a signature is verified with. */
export interface StsVerifier {
  /** Secrets by access key ID. */
  accessKeys: ReadonlyMap<string, string>;
  /** Returns the server's time in milliseconds since the epoch. */
  now: () => number;
}

/** Reads a request. @throws {StsError} `RequestEntityTooLarge` (413). */
export async function readStsRequest(request: IncomingMessage): Promise<StsRequest> {
  const body = await readLimitedBody(request).catch((error: unknown) => {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw new StsError(413, 'RequestEntityTooLarge', error.message);
  });
  const url = parseTarget(request);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
  };
}

/**
 * Verifies the signature of a request and returns the call that it makes.
 * @throws {StsError} With STS's error code for the failed check.
 */
export function verifyStsRequest(request: StsRequest, verifier: StsVerifier): StsCall {
  const parameters = readParameters(request);
  return request.headers.authorization?.startsWith(ACS3_ALGORITHM)
    ? verifyAcs3(request, parameters, verifier)
    : verifyRpc(request, parameters, verifier);
}

/** Returns a mandatory parameter. @throws {StsError} `Missing…` (400). */
export function requireParameter(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (!value) throw new StsError(400, `Missing${name}`, `${name} is mandatory for this action.`);
  return value;
}

// Parameters can be in the query, in a form, or in a JSON body.
function readParameters({ query, headers, body }: StsRequest): URLSearchParams {
  const text = body.toString();
  if (!headers['content-type']?.startsWith('application/json'))
    return new URLSearchParams([...query, ...new URLSearchParams(text)]);
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null)
    throw new StsError(400, 'InvalidJSON', 'The request body is not a JSON object.');
  const fields = Object.entries(json).map(([name, value]: [string, unknown]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams([...query, ...fields]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return undefined;
  }
}

function verifyAcs3(request: StsRequest, parameters: URLSearchParams, verifier: StsVerifier): StsCall {
  const { headers, body } = request;
  const [, accessKeyId = '', signedHeaders = '', signature = ''] =
    /^\S+ Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const names = signedHeaders.split(';');
  const header = (name: string): string => String(headers[name] ?? '');
  // Every header of the protocol is signed, the optional ones as well.
  const mustBeSigned = [...ACS3_HEADERS, ...Object.keys(headers).filter((name) => name.startsWith('x-acs-'))];
  const unsigned = mustBeSigned.find((name) => header(name) === '' || !names.includes(name));
  if (unsigned !== undefined) {
    throw new StsError(
      400,
      'IncompleteSignature',
      `The request signature does not conform to Aliyun standards: ${unsigned} is missing or not signed.`,
    );
  }
  const accessKeySecret = findSecret(verifier, accessKeyId);
  checkTime(header('x-acs-date'), verifier);
  const payloadHash = sha256(body);
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    names.map((name) => `${name}:${header(name).trim()}\n`).join(''),
    signedHeaders,
    payloadHash,
  ].join('\n');
  const stringToSign = `${ACS3_ALGORITHM}\n${sha256(canonicalRequest)}`;
  const expected = createHmac('sha256', accessKeySecret).update(stringToSign).digest();
  if (header('x-acs-content-sha256') !== payloadHash || !isEqual(expected, Buffer.from(signature, 'hex'))) {
    throw signatureDoesNotMatch(`${stringToSign} server canonical request is:${canonicalRequest}`);
  }
  return { action: header('x-acs-action'), version: header('x-acs-version'), parameters };
}

function verifyRpc(request: StsRequest, parameters: URLSearchParams, verifier: StsVerifier): StsCall {
  const required = (name: string): string => requireParameter(parameters, name);
  const accessKeySecret = findSecret(verifier, required('AccessKeyId'));
  if (required('SignatureMethod') !== 'HMAC-SHA1' || required('SignatureVersion') !== '1.0') {
    throw new StsError(400, 'InvalidParameter', 'Only HMAC-SHA1 signatures of version 1.0 are supported.');
  }
  required('SignatureNonce');
  checkTime(required('Timestamp'), verifier);
  const signed = new URLSearchParams([...parameters].filter(([name]) => name !== 'Signature'));
  const stringToSign = `${request.method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signed))}`;
  const expected = createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest();
  if (!isEqual(expected, Buffer.from(required('Signature'), 'base64')))
    throw signatureDoesNotMatch(stringToSign);
  if (required('Format').toUpperCase() !== 'JSON') {
    throw new StsError(400, 'UnsupportedFormat', 'The STS emulator only supports the JSON format.');
  }
  return { action: required('Action'), version: required('Version'), parameters };
}

function findSecret({ accessKeys }: StsVerifier, accessKeyId: string): string {
  const accessKeySecret = accessKeys.get(accessKeyId);
  if (accessKeySecret !== undefined) return accessKeySecret;
  throw new StsError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
}

/** @param time ISO 8601 date and time. */
function checkTime(time: string, { now }: StsVerifier): void {
  if (Math.abs(now() - Date.parse(time)) <= MAX_SKEW) return;
  throw new StsError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
}

const canonicalQuery = (parameters: URLSearchParams): string =>
  [...parameters]
    .map(([name, value]): [string, string] => [percentEncode(name), percentEncode(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');

const isEqual = (expected: Buffer, provided: Buffer): boolean =>
  provided.length === expected.length && timingSafeEqual(provided, expected);

const signatureDoesNotMatch = (stringToSign: string): StsError =>
  new StsError(
    400,
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
  );
