// Serves a page for each widget, and receives the uploads of the peers: as one request, in the chunks of UpChunk, or with tus.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import type { LocalDemo } from '../../demo/start.js';
import type { Widget } from './widgets.js';

/** Names of files whose uploads fail. */
const FAILING = /^contract/;

/** Bytes that are read without a pause, when the bandwidth is limited. */
const SLICE = 65_536;

interface TusUpload {
  offset: number;
  length: number;
  name: string;
}

export class PeerServer {
  /** Of all uploads together. */
  bytesPerSecond = Infinity;
  /** Answers all uploads with an error. */
  isFailing = false;
  readonly #demo: LocalDemo;
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #packages: string;
  readonly #pages = new Map<string, string>();
  readonly #uploads: TusUpload[] = [];
  readonly #server: Server;
  /** When the next bytes may be read, in milliseconds. */
  #nextReadAt = 0;

  private constructor(demo: LocalDemo, files: ReadonlyMap<string, Uint8Array>, packages: string) {
    this.#demo = demo;
    this.#files = files;
    this.#packages = packages;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** @param packages the folder into which the peers are installed */
  static async start(demo: LocalDemo, packages: string, imports: string): Promise<PeerServer> {
    const { outputFiles } = await build({
      stdin: { contents: imports, resolveDir: packages },
      bundle: true,
      minify: true,
      format: 'esm',
      outdir: '/',
      entryNames: 'peers',
      write: false,
      loader: { '.woff2': 'dataurl', '.svg': 'dataurl' },
    });
    const files = new Map(outputFiles.map(({ path, contents }) => [path.replaceAll('\\', '/'), contents]));
    const server = new PeerServer(demo, files, packages);
    server.#server.listen(0, 'localhost');
    await once(server.#server, 'listening');
    return server;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Returns the URL of a page with one widget. */
  page(widget: Widget, isMultiple: boolean): string {
    const path = `/${encodeURIComponent(widget.name)}/${isMultiple ? 'many' : 'one'}`;
    const { bucket, region, prefix } = this.#demo.settings;
    const settings = { bucket, region, prefix, endpoint: this.#demo.oss.url };
    this.#pages.set(path, widget.html(isMultiple, settings));
    return this.origin + path;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/credentials') return this.#demo.credentials.handle(request, response);
    if (path === '/xhr' || path === '/chunks') return this.#receive(request, response);
    if (path.startsWith('/tus')) return this.#receiveTus(path, request, response);
    const page = this.#pages.get(path);
    const file = page ?? this.#files.get(path) ?? (await this.#readFile(path));
    const type = page ? 'text/html' : path.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': `${type}; charset=utf-8` });
    response.end(file);
  }

  async #readFile(path: string): Promise<Uint8Array | undefined> {
    const local = path
      .replace(/^\/dist\//, 'dist/')
      .replace(/^\/vaadin\//, join(this.#packages, 'node_modules/@vaadin/aura/dist/'));
    return readFile(local).catch(() => undefined);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let start = '';
    await this.#read(request, (chunk) => (start ||= chunk.toString('latin1')));
    const name = /filename="([^"]*)"/.exec(start)?.[1] ?? '';
    response.writeHead(this.#statusOf(name)).end();
  }

  async #receiveTus(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Tus-Resumable', '1.0.0');
    if (request.method === 'POST') {
      const [, encoded = ''] = /filename ([^,]+)/.exec(String(request.headers['upload-metadata'])) ?? [];
      const name = Buffer.from(encoded, 'base64').toString();
      const length = Number(request.headers['upload-length']);
      const id = this.#uploads.push({ name, length, offset: 0 }) - 1;
      await this.#read(request, () => {});
      response.writeHead(201, { Location: `${this.origin}/tus/${id}` }).end();
      return;
    }
    const upload = this.#uploads[Number(path.slice('/tus/'.length))]!;
    await this.#read(request, (chunk) => (upload.offset += chunk.length));
    const status = request.method === 'HEAD' ? 200 : this.#statusOf(upload.name);
    response.writeHead(status === 200 && request.method === 'PATCH' ? 204 : status, {
      'Upload-Offset': String(upload.offset),
      'Upload-Length': String(upload.length),
    });
    response.end();
  }

  #statusOf(name: string): number {
    return this.isFailing || FAILING.test(name) ? 403 : 200;
  }

  /** Reads the body of a request, as fast as the bandwidth allows. */
  async #read(request: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      onChunk(chunk);
      for (let read = 0; read < chunk.length; read += SLICE) {
        const now = Date.now();
        this.#nextReadAt = Math.max(now, this.#nextReadAt) + (SLICE / this.bytesPerSecond) * 1_000;
        if (this.#nextReadAt > now) await sleep(this.#nextReadAt - now);
      }
    }
  }
}
