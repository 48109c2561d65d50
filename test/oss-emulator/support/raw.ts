// Requests below the SDK: signed by hand, sent byte by byte, with whatever a test wants wrong about them.

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { LOCAL_ACCESS_KEY, type LocalOss } from '../../../dev/oss-emulator/local-oss.js';
import { signatureV1, stringToSignV1 } from '../../../dev/oss-emulator/signature.js';
import { BUCKET } from './sdk.js';

export interface RawRequest {
  method: string;
  /** As it goes on the wire: path style, with the query. */
  target: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** OSS's code, where the body is an error. */
  code: string | undefined;
}

/** Sends a request as it is; rejects when the connection breaks before the answer is complete. */
export function send(oss: LocalOss, { method, target, headers, body }: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: oss.port, method, path: target, headers, agent: false },
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

/** The headers of a V1 signature for a path-style target in {@link BUCKET}. */
export function signed(oss: LocalOss, { method, target, headers = {} }: RawRequest): Record<string, string> {
  const date = new Date(oss.now()).toUTCString();
  const all = { ...headers, 'x-oss-date': date };
  // Not through URL, which would tidy `..` away.
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
  const { accessKeyId, accessKeySecret } = LOCAL_ACCESS_KEY;
  return { ...all, authorization: `OSS ${accessKeyId}:${signatureV1(accessKeySecret, stringToSign)}` };
}

/** Signs a request and sends it. */
export const sendSigned = (oss: LocalOss, request: RawRequest): Promise<RawResponse> =>
  send(oss, { ...request, headers: signed(oss, request) });

function head(oss: LocalOss, request: RawRequest, extra: Record<string, string>): string {
  const headers = { ...signed(oss, request), host: `localhost:${oss.port}`, ...extra };
  const throttles = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${request.method} ${request.target} HTTP/1.1\r\n${throttles.join('')}\r\n`;
}

/** Sends a request's headers and the beginning of its body, and leaves the connection open. */
export async function sendPartialBody(
  oss: LocalOss,
  request: RawRequest,
  announced: number,
  beginning: Buffer,
): Promise<Socket> {
  const socket = connect(oss.port, '127.0.0.1');
  // Whoever breaks the connection on purpose need not hear of it.
  socket.on('error', () => {});
  const bytes = [Buffer.from(head(oss, request, { 'content-length': String(announced) })), beginning];
  await new Promise((resolve) => socket.write(Buffer.concat(bytes), resolve));
  return socket;
}

/** Sends a request's headers, no more and no fewer than given, and reads until the server closes. */
export async function sendHead(
  oss: LocalOss,
  request: RawRequest,
  extra: Record<string, string>,
): Promise<string> {
  const socket = connect(oss.port, '127.0.0.1');
  socket.write(head(oss, request, extra));
  return await text(socket);
}
