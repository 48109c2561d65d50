// Sends raw HTTP requests, so that tests can send what the SDK wouldn't.

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { formatTimestamp } from '../../../dev/oss-emulator/dates.js';
import type { LocalOss } from '../../../dev/oss-emulator/local-oss.js';
import {
  canonicalRequestV4,
  signatureV4,
  stringToSignV4,
  V4_ALGORITHM,
} from '../../../dev/oss-emulator/signature.js';
import { BUCKET } from './sdk.js';

export interface RawRequest {
  method: string;
  /**
   * Request target, sent unchanged. Without a `Host` header, a bucket at its start goes into the host: `/BUCKET/KEY` is
   * sent as `/KEY` to `BUCKET.localhost`.
   */
  target: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/** A complete response. */
export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** OSS error code, if the body is an error. */
  code: string | undefined;
}

/** Returns a request as it is sent, with a `Host` header. */
export function addressed(
  port: number,
  request: RawRequest,
): RawRequest & { headers: Record<string, string> } {
  const { target, headers = {} } = request;
  if (headers['host'] !== undefined) return { ...request, headers };
  const [, path] = new RegExp(`^/${BUCKET}(?![^/?])([^]*)$`).exec(target) ?? [];
  if (path === undefined) return { ...request, headers: { host: `localhost:${port}`, ...headers } };
  return {
    ...request,
    target: path.startsWith('/') ? path : `/${path}`,
    headers: { host: `${BUCKET}.localhost:${port}`, ...headers },
  };
}

/** Sends a request unchanged. Rejects if the connection is lost before the response is complete. */
export function send(server: { port: number }, request: RawRequest): Promise<RawResponse> {
  const { method, target, headers, body } = addressed(server.port, request);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: server.port, method, path: target, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString();
          const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, text, code });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Requests a URL of an emulator. Unlike fetch, doesn't depend on whether the system resolves `*.localhost`. */
export function sendToUrl(
  url: string | URL,
  { method = 'GET', headers = {}, body }: Partial<Omit<RawRequest, 'target'>> = {},
): Promise<RawResponse> {
  const { host, port, pathname, search } = new URL(url);
  const request = { method, target: `${pathname}${search}`, headers: { ...headers, host } };
  return send({ port: Number(port) }, { ...request, ...(body !== undefined && { body }) });
}

/** Returns the headers with a V4 signature for the region `cn-hangzhou`. The target must be in {@link BUCKET}. */
export function signHeaders(
  oss: LocalOss,
  { method, target, headers = {} }: RawRequest,
): Record<string, string> {
  const timestamp = formatTimestamp(oss.now());
  const all = { ...headers, 'x-oss-date': timestamp, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
  // Doesn't use URL, which would resolve `..`.
  const [path = '', query] = target.split('?');
  const canonicalRequest = canonicalRequestV4(
    {
      method,
      bucket: BUCKET,
      key: decodeURIComponent(path.slice(BUCKET.length + 2)),
      headers: new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value])),
      query: new Map(new URLSearchParams(query)),
    },
    [],
  );
  const { accessKeyId, accessKeySecret } = oss.accessKey;
  const scope = { date: timestamp.slice(0, 8), region: 'cn-hangzhou' };
  const signature = signatureV4(accessKeySecret, scope, stringToSignV4(timestamp, scope, canonicalRequest));
  const credential = `${accessKeyId}/${scope.date}/${scope.region}/oss/aliyun_v4_request`;
  return { ...all, authorization: `${V4_ALGORITHM} Credential=${credential},Signature=${signature}` };
}

/** Signs a request and sends it. */
export const sendSigned = (oss: LocalOss, request: RawRequest): Promise<RawResponse> =>
  send(oss, { ...request, headers: signHeaders(oss, request) });

// Returns the request line and the headers.
function requestHead(oss: LocalOss, request: RawRequest, extra: Record<string, string>): string {
  const { method, target, headers } = addressed(oss.port, { ...request, headers: signHeaders(oss, request) });
  const lines = Object.entries({ ...headers, ...extra }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/**
 * Sends the headers and the start of the body, and leaves the connection open.
 * @param contentLength Value of the `Content-Length` header.
 * @param start The bytes of the body to send.
 */
export async function sendPartialBody(
  oss: LocalOss,
  request: RawRequest,
  contentLength: number,
  start: Buffer,
): Promise<Socket> {
  const socket = connect(oss.port, '127.0.0.1');
  // Tests break the connection on purpose, so ignore errors.
  socket.on('error', () => {});
  const bytes = [Buffer.from(requestHead(oss, request, { 'content-length': String(contentLength) })), start];
  await new Promise((resolve) => socket.write(Buffer.concat(bytes), resolve));
  return socket;
}

/** Sends a request without a body and returns the raw response. `extra` must include `connection: close`. */
export async function sendHead(
  oss: LocalOss,
  request: RawRequest,
  extra: Record<string, string>,
): Promise<string> {
  const socket = connect(oss.port, '127.0.0.1');
  socket.write(requestHead(oss, request, extra));
  return await text(socket);
}
