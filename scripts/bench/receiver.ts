// A minimal server for clients that don't upload to OSS: it implements tus, and accepts chunks with `Content-Range` as
// UpChunk sends them. Files are stored in a folder by name.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';
import type { Traffic } from './protocol.js';

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Expose-Headers': 'Location, Upload-Offset, Upload-Length, Tus-Resumable, Range',
  // As in the CORS rules of the OSS emulator.
  'Access-Control-Max-Age': '600',
};

interface TusUpload {
  name: string;
  length: number;
  offset: number;
  /** The latest request, which ends before the next one starts. */
  latest: Promise<void>;
}

export class Receiver {
  readonly #folder: string;
  #server!: LoopbackServer;
  #uploads: TusUpload[] = [];
  #traffic: Traffic = { requests: 0, bytesReceived: 0 };

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver(await mkdtemp(join(tmpdir(), 'bench-receiver-')));
    receiver.#server = await serveLoopback((request, response) => {
      receiver.#handle(request, response).catch(() => request.socket.destroy());
    });
    return receiver;
  }

  get port(): number {
    return this.#server.port;
  }

  async close(): Promise<void> {
    await this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = decodeURIComponent(pathname.slice(pathname.indexOf('/', 1) + 1));
    if (pathname.startsWith('/control/')) return this.#control(request, name, response);
    this.#traffic.requests += 1;
    for (const [header, value] of Object.entries(CORS)) response.setHeader(header, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (pathname.startsWith('/chunks/')) return this.#receiveChunk(request, name, response);
    response.setHeader('Tus-Resumable', '1.0.0');
    if (request.method === 'POST') return this.#createUpload(request, response);
    const upload = this.#uploads[Number(name)];
    if (!upload) return void response.writeHead(404).end();
    const previous = upload.latest;
    upload.latest = previous.then(() => this.#continueUpload(upload, request, response)).catch(() => {});
    return upload.latest;
  }

  /** `GET` returns the traffic, or the SHA-256 of a file. `DELETE` forgets and deletes everything. */
  async #control(request: IncomingMessage, name: string, response: ServerResponse): Promise<void> {
    if (request.method === 'DELETE') {
      this.#traffic = { requests: 0, bytesReceived: 0 };
      this.#uploads = [];
      await rm(this.#folder, { recursive: true, force: true });
    }
    response.end(JSON.stringify(name === '' ? this.#traffic : await this.#sha256(name)));
  }

  #createUpload({ headers }: IncomingMessage, response: ServerResponse): void {
    const [, encoded = ''] = /filename ([^,]+)/.exec(String(headers['upload-metadata'])) ?? [];
    const name = Buffer.from(encoded, 'base64').toString();
    const length = Number(headers['upload-length']);
    const id = this.#uploads.push({ name, length, offset: 0, latest: Promise.resolve() }) - 1;
    response.writeHead(201, { Location: `/tus/${id}` }).end();
  }

  async #continueUpload(
    upload: TusUpload,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method === 'PATCH') {
      if (Number(request.headers['upload-offset']) !== upload.offset) {
        response.writeHead(409).end();
        return;
      }
      // What arrives before the connection is lost, is kept.
      await this.#write(request, upload.name, upload.offset, (bytes) => (upload.offset += bytes));
    }
    const status = request.method === 'PATCH' ? 204 : 200;
    const headers = { 'Upload-Offset': upload.offset, 'Upload-Length': upload.length };
    response.writeHead(status, { ...headers, 'Cache-Control': 'no-store' }).end();
  }

  async #receiveChunk(request: IncomingMessage, name: string, response: ServerResponse): Promise<void> {
    const [, start = '0', end = '0', total = '0'] =
      /bytes (\d+)-(\d+)\/(\d+)/.exec(request.headers['content-range'] ?? '') ?? [];
    await this.#write(request, name, Number(start), () => {});
    const isLast = Number(end) + 1 === Number(total);
    response.writeHead(isLast ? 200 : 308, isLast ? {} : { Range: `bytes=0-${end}` }).end();
  }

  async #write(
    request: IncomingMessage,
    name: string,
    start: number,
    onWrite: (bytes: number) => void,
  ): Promise<void> {
    const path = this.#path(name);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, start === 0 ? 'w' : 'r+');
    try {
      let position = start;
      for await (const chunk of request as AsyncIterable<Buffer>) {
        await file.write(chunk, 0, chunk.length, position);
        position += chunk.length;
        this.#traffic.bytesReceived += chunk.length;
        onWrite(chunk.length);
      }
    } finally {
      await file.close();
    }
  }

  async #sha256(name: string): Promise<string | null> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(this.#path(name))) hash.update(chunk as Buffer);
    } catch {
      return null;
    }
    return hash.digest('hex');
  }

  #path(name: string): string {
    return join(this.#folder, normalize(`/${name}`));
  }
}
