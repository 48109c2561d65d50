// The demo's web server: which address is which file, script or answer. What the answers mean is in the modules
// beside it.

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { isCredentialsAnswer, type CredentialsFaults } from './credentials-faults.js';
import type { DemoSettings } from './demo-settings.js';
import type { Examples } from './examples.js';
import { bundlePageScript } from './page-scripts.js';
import { COMMON_HEADERS, contentSecurityPolicy, isAddressedToLoopback } from './security.js';
import { summarizeTraffic } from './traffic.js';

export interface SiteParts {
  settings: DemoSettings;
  /** Where pages may connect to, as sources of a Content-Security-Policy. */
  ossSources: readonly string[];
  credentials: CredentialsFaults;
  /** Absent where the demo uploads to a real bucket. */
  oss: LocalOss | undefined;
  examples: Examples;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  '/': 'demo/index.html',
  '/sdk-example.html': 'demo/sdk-example.html',
  '/demo.css': 'demo/demo.css',
  '/favicon.svg': 'demo/favicon.svg',
  '/aliyun-oss-sdk.min.js': 'node_modules/ali-oss/dist/aliyun-oss-sdk.min.js',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

// A worker has the policy of its own answer. This one compiles a hash function from WebAssembly; no page may.
const WASM_WORKER = 'checksum-worker';

export class Site {
  readonly #parts: SiteParts;
  readonly #policy: string;

  constructor(parts: SiteParts) {
    this.#parts = parts;
    this.#policy = contentSecurityPolicy(parts.ossSources);
  }

  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    this.#answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', this.#policy);
    if (!isAddressedToLoopback(request)) return sendText(response, 421, 'This demo answers to localhost.');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (await this.#parts.examples.answer(request, response, pathname)) return;
    switch (`${request.method} ${pathname}`) {
      case 'GET /credentials':
        return this.#parts.credentials.handle(request, response);
      case 'GET /demo/settings':
        return sendJson(response, this.#parts.settings);
      case 'POST /demo/credentials-answer':
        return this.#setCredentialsAnswer(request, response);
      case 'GET /demo/traffic':
        return this.#sendTraffic(response, Number(searchParams.get('after') ?? 0));
      case 'GET /demo/object':
        return this.#sendObject(response, searchParams.get('key') ?? '');
      default:
        return request.method === 'GET' || request.method === 'HEAD'
          ? this.#sendFile(response, pathname)
          : sendText(response, 405, 'Nothing to do that with.');
    }
  }

  async #setCredentialsAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A type that other sites can't send without confirming first.
    if (request.headers['content-type'] !== 'application/json')
      return sendText(response, 415, 'JSON, please.');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (!isCredentialsAnswer(answer)) return sendText(response, 400, 'No such answer.');
    this.#parts.credentials.answer = answer;
    sendJson(response, answer);
  }

  #sendTraffic(response: ServerResponse, after: number): void {
    const { oss } = this.#parts;
    if (!oss) return sendText(response, 404, 'A real bucket tells no one what it was sent.');
    sendJson(response, summarizeTraffic(oss.requests, after));
  }

  /** The stored bytes themselves. They may be anybody's page: the browser gives them no origin and runs nothing. */
  async #sendObject(response: ServerResponse, key: string): Promise<void> {
    const { oss, settings } = this.#parts;
    const bucket = oss?.bucket(settings.bucket);
    const object = bucket?.objects.get(key);
    if (!bucket || !object) return sendText(response, 404, 'No such object.');
    response.setHeader(
      'Content-Security-Policy',
      "sandbox; default-src 'self' 'unsafe-inline'; script-src 'none'",
    );
    response.writeHead(200, {
      'Content-Type': object.settings.headers['content-type'] ?? 'application/octet-stream',
      'Content-Length': object.size,
    });
    await pipeline(bucket.read(object), response).catch((error: unknown) => {
      // Who closes the tab while the object loads does no harm.
      if (!response.destroyed) throw error;
    });
  }

  async #sendFile(response: ServerResponse, pathname: string): Promise<void> {
    const [, script] = /^\/pages\/([\w-]+)\.js$/.exec(pathname) ?? [];
    const built = /^\/dist\/[\w-]+(?:\.[\w-]+)*$/.test(pathname);
    const content = script
      ? await bundlePageScript(script)
      : await readIfThere(built ? pathname : FILES[pathname]);
    if (content === undefined) return sendText(response, 404, `There is no ${pathname} here.`);
    if (script === WASM_WORKER) {
      const policy = contentSecurityPolicy(this.#parts.ossSources, { scripts: "'wasm-unsafe-eval'" });
      response.setHeader('Content-Security-Policy', policy);
    }
    const type = TYPES[extname(FILES[pathname] ?? pathname)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type });
    response.end(content);
  }
}

async function readIfThere(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(`${root}${path}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
