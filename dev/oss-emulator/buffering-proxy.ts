// Reverse proxy that receives each request as fast as the client sends it, and passes it on over a slow uplink, as some
// gateways and virus scanners do. The client's upload progress then says nothing about what has reached OSS.

import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { serveLoopback, type LoopbackServer } from './loopback-server.js';
import { Throttle } from './throttle.js';

/** Bytes that are passed on at a time. Small, so that requests share the uplink evenly. */
const CHUNK_SIZE = 16 * 1024;

/** Properties of the uplink. */
export interface Uplink {
  /** Bandwidth that all requests share, in bytes per second; 0 for no limit. */
  bytesPerSecond: number;
  /** Whether requests whose client has disconnected are still passed on. */
  keepsAbandoned: boolean;
}

/** A running proxy. Requests keep their `Host` header, so that signatures and bucket names stay valid. */
export class BufferingProxy {
  /** Bytes of request bodies received from clients so far. */
  bytesReceived = 0;
  readonly #targetPort: number;
  readonly #throttle = new Throttle();
  #keepsAbandoned = false;
  #server!: LoopbackServer;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  /** Starts a proxy without a bandwidth limit. @param target port of the server on this machine */
  static async start(target: { port: number }): Promise<BufferingProxy> {
    const proxy = new BufferingProxy(target.port);
    proxy.#server = await serveLoopback((request, response) => {
      // A lost connection on either side is passed on to the other one.
      proxy.#forward(request, response).catch(() => request.socket.resetAndDestroy());
    });
    return proxy;
  }

  /** Endpoint for clients, `http://localhost:PORT`. */
  get url(): string {
    return `http://localhost:${this.#server.port}`;
  }

  setUplink({ bytesPerSecond, keepsAbandoned }: Uplink): void {
    this.#throttle.conditions = { bytesPerSecond, latency: 0 };
    this.#keepsAbandoned = keepsAbandoned;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  async #forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await this.#receive(request);
    // Each request gets its own connection to the server. `connection` only concerns the one from the client.
    const { connection: _, ...headers } = request.headers;
    const upstream = httpRequest({
      ...{ host: '127.0.0.1', port: this.#targetPort, agent: false },
      ...{ method: request.method, path: request.url, headers },
    });
    const responding = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve);
      upstream.on('error', reject);
    });
    responding.catch(() => {});
    response.once('close', () => {
      if (!response.writableFinished && !this.#keepsAbandoned) upstream.destroy();
    });
    for (let start = 0; start < body.length && !upstream.destroyed; start += CHUNK_SIZE) {
      const chunk = body.subarray(start, start + CHUNK_SIZE);
      await this.#throttle.pass(chunk.length);
      upstream.write(chunk);
    }
    upstream.end();
    const upstreamResponse = await responding;
    response.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers);
    await pipeline(upstreamResponse, response);
  }

  async #receive(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      this.bytesReceived += chunk.length;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
