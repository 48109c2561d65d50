// The login page of a network that some requests are redirected to. Accepts everything from every origin.
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';

const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, PUT, POST, DELETE, HEAD',
  'Access-Control-Allow-Headers': '*, Authorization',
  'Access-Control-Expose-Headers': '*',
  'Content-Type': 'text/html',
};

export class CaptivePortal {
  readonly url: string;
  readonly #server: LoopbackServer;

  private constructor(server: LoopbackServer) {
    this.#server = server;
    this.url = `http://localhost:${server.port}/login`;
  }

  static async start(): Promise<CaptivePortal> {
    const server = await serveLoopback((request, response) => {
      request.resume();
      request.once('end', () =>
        response.writeHead(200, HEADERS).end('<!doctype html><title>Sign in</title>'),
      );
    });
    return new CaptivePortal(server);
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}
