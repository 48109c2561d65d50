// Sends raw HTTP requests, so that tests can send what the SDK wouldn't.

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { LocalOss } from '../../../dev/oss-emulator/local-oss.js';
import { signatureV1, stringToSignV1 } from '../../../dev/oss-emulator/signature.js';
import { BUCKET } from './sdk.js';

/** A path-style request. */
export interface RawRequest {
  method: string;
  /** Request target: path and query, sent unchanged. */
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

/** Sends a request unchanged. Rejects if the connection is lost before the response is complete. */
export function send(
  server: { port: number },
  { method, target, headers, body }: RawRequest,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
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
    request.on('error', reject);
    request.end(body);
  });
}

/** Returns the headers with a V1 signature. The target must be in {@link BUCKET}. */
export function signHeaders(
  oss: LocalOss,
  { method, target, headers = {} }: RawRequest,
): Record<string, string> {
  const date = new Date(oss.now()).toUTCString();
  const all = { ...headers, 'x-oss-date': date };
  // Doesn't use URL, which would resolve `..`.
  const [path = '', query] = target.split('?');
  const stringToSign = stringToSignV1(
    {
      method,
      bucket: BUCKET,
      key: decodeURIComponent(path.slice(BUCKET.length + 2)),
      headers: new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value])),
      query: new Map(new URLSearchParams(query)),
    },
    date,
  );
  const { accessKeyId, accessKeySecret } = oss.accessKey;
  return { ...all, authorization: `OSS ${accessKeyId}:${signatureV1(accessKeySecret, stringToSign)}` };
}

/** Signs a request and sends it. */
export const sendSigned = (oss: LocalOss, request: RawRequest): Promise<RawResponse> =>
  send(oss, { ...request, headers: signHeaders(oss, request) });

// Returns the request line and the headers.
function requestHead(oss: LocalOss, request: RawRequest, extra: Record<string, string>): string {
  const headers = { ...signHeaders(oss, request), host: `localhost:${oss.port}`, ...extra };
  const throttles = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${request.method} ${request.target} HTTP/1.1\r\n${throttles.join('')}\r\n`;
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
