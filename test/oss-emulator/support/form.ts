// Builds, signs and sends the forms of PostObject.

import { formatTimestamp } from '../../../dev/oss-emulator/dates.js';
import type { LocalOss } from '../../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../../dev/oss-emulator/session-token.js';
import { signatureV4, V4_ALGORITHM } from '../../../dev/oss-emulator/signature.js';
import { send, type RawResponse } from './raw.js';
import { BUCKET } from './sdk.js';

export const BOUNDARY = '----FormBoundary7MA4YWxk';
/** The content type of {@link encodeForm}. */
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const MINUTE = 60_000;

/** Fields in order. */
export type Fields = Record<string, string>;

export interface FormFile {
  content: Buffer | string;
  filename: string;
  contentType?: string;
}

export const HELLO: FormFile = { content: 'hello', filename: 'hello.txt', contentType: 'text/plain' };

/** A condition of a policy. */
export type Condition = Record<string, unknown> | unknown[];

export interface FormSignature {
  /** In addition to those that OSS requires. */
  conditions?: Condition[];
  /** Required fields that get no condition. */
  unconditional?: string[];
  /** Session credentials instead of the access key. */
  session?: SessionCredentials;
  region?: string;
  /** Milliseconds after the emulator's time. */
  offset?: number;
  /** Of the policy. */
  expiration?: unknown;
}

/** Returns the fields of a V4 signature. */
export function signForm(oss: LocalOss, options: FormSignature = {}): Fields {
  const { conditions = [], unconditional = [], session, region = 'cn-hangzhou', offset = 0 } = options;
  const { expiration = new Date(oss.now() + MINUTE).toISOString() } = options;
  const id = session?.AccessKeyId ?? oss.accessKey.accessKeyId;
  const secret = session?.AccessKeySecret ?? oss.accessKey.accessKeySecret;
  const timestamp = formatTimestamp(oss.now() + offset);
  const scope = { date: timestamp.slice(0, 8), region };
  const required: Fields = {
    'x-oss-signature-version': V4_ALGORITHM,
    'x-oss-credential': `${id}/${scope.date}/${region}/oss/aliyun_v4_request`,
    'x-oss-date': timestamp,
    ...(session && { 'x-oss-security-token': session.SecurityToken }),
  };
  const signed = Object.entries(required).filter(([name]) => !unconditional.includes(name));
  const policy = encodePolicy({
    expiration,
    conditions: [...signed.map(([name, value]) => ({ [name]: value })), ...conditions],
  });
  return { ...required, policy, 'x-oss-signature': signatureV4(secret, scope, policy) };
}

export const encodePolicy = (policy: unknown): string =>
  Buffer.from(JSON.stringify(policy)).toString('base64');

/** @param after Fields after the file. */
export function encodeForm(fields: Fields, file: FormFile | undefined, after: Fields = {}): Buffer {
  const field = ([name, value]: [string, string]): Buffer => encodePart(`name="${name}"`, value);
  return Buffer.concat([
    ...Object.entries(fields).map(field),
    ...(file ? [encodeFile(file)] : []),
    ...Object.entries(after).map(field),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

export const encodeFile = ({ content, filename, contentType }: FormFile): Buffer =>
  encodePart(
    `name="file"; filename="${filename}"${contentType ? `\r\nContent-Type: ${contentType}` : ''}`,
    content,
  );

const encodePart = (header: string, content: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${header}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);

/** Sends the body of a form to {@link BUCKET}, or to the bucket in the `host` header. */
export const postBody = (
  oss: LocalOss,
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<RawResponse> =>
  send(oss, {
    method: 'POST',
    target: headers['host'] === undefined ? `/${BUCKET}/` : '/',
    headers: { 'content-type': FORM_TYPE, ...headers },
    body,
  });

/** Signs a form and sends it to {@link BUCKET}. */
export const postForm = (
  oss: LocalOss,
  fields: Fields,
  file: FormFile = HELLO,
  signature: FormSignature = {},
): Promise<RawResponse> => postBody(oss, encodeForm({ ...signForm(oss, signature), ...fields }, file));
