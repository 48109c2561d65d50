// The web server of a page that uploads: its scripts, and what it asks of those who drive it. Knows no schedules.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';
import type { Scripts } from './scripts.js';

/** What is answered to the page: JSON, bytes as they are, or by itself. */
export type Answer = (body: unknown, request: IncomingMessage, response: ServerResponse) => unknown;

export class PageSite {
  readonly url: string;
  readonly #server: LoopbackServer;

  private constructor(server: LoopbackServer) {
    this.#server = server;
    this.url = `http://localhost:${server.port}/`;
  }

  /** @param html of the page @param answers by path, beside the page at `/` and its scripts under `/scripts/` */
  static async start(scripts: Scripts, html: string, answers: Record<string, Answer>): Promise<PageSite> {
    const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/') return send(response, 'text/html', html);
      const script = scripts.get(pathname.replace(/^\/scripts\//, ''));
      if (script !== undefined) return send(response, 'text/javascript', script);
      const answer = await answers[pathname]?.(await readBody(request), request, response);
      if (response.headersSent || request.socket.destroyed) return;
      if (answer === undefined) return void response.writeHead(404).end();
      if (Buffer.isBuffer(answer)) return send(response, 'application/octet-stream', answer);
      send(response, 'application/json', JSON.stringify(answer));
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

/** A page with one script. */
export const pageOf = (script: string, body = ''): string =>
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
