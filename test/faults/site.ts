// Web server for a test page: serves the page and its scripts, and routes its requests to handlers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';
import type { Scripts } from './scripts.js';

/** Returns the response body, which is sent as JSON, or as it is if it is a Buffer; or sends the response itself. */
export type RouteHandler = (body: unknown, request: IncomingMessage, response: ServerResponse) => unknown;

export class PageSite {
  readonly url: string;
  readonly #server: LoopbackServer;

  private constructor(server: LoopbackServer) {
    this.#server = server;
    this.url = `http://localhost:${server.port}/`;
  }

  /**
   * Starts the server.
   *
   * @param scripts served under `/scripts/`, and at the root, where a service worker controls the page
   * @param html served at `/`
   * @param routes handlers by path
   */
  static async start(
    scripts: Scripts,
    html: string,
    routes: Record<string, RouteHandler>,
  ): Promise<PageSite> {
    const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/') return send(response, 'text/html', html);
      const script = scripts.get(pathname.replace(/^\/(scripts\/)?/, ''));
      if (script !== undefined) return send(response, 'text/javascript', script);
      const body = await routes[pathname]?.(await readBody(request), request, response);
      if (response.headersSent || request.socket.destroyed) return;
      if (body === undefined) return void response.writeHead(404).end();
      if (Buffer.isBuffer(body)) return send(response, 'application/octet-stream', body);
      send(response, 'application/json', JSON.stringify(body));
    };
    return new PageSite(
      await serveLoopback((request, response) => {
        respond(request, response).catch((error: unknown) => {
          console.error(error);
          response.destroy();
        });
      }),
    );
  }

  async close(): Promise<void> {
    await this.#server.close();
  }
}

/** Returns the HTML of a page with one script. */
export const pageHtml = (script: string, body = ''): string =>
  `<!doctype html><meta charset="utf-8"><title>Upload</title><link rel="icon" href="data:,">${body}` +
  `<script type="module" src="/scripts/${script}.js"></script>`;

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
}
