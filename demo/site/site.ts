// The demo's web server: routes requests to files, page scripts, the examples and the demo's HTTP API.

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { CONTROL_PATH, ControlApi } from '../../dev/oss-emulator/control-api.js';
import { BodyTooLarge, readLimitedBody } from '../../dev/oss-emulator/limited-body.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { parseTarget } from '../../dev/oss-emulator/request-target.js';
import { isCredentialsMode, type CredentialsFaults } from './credentials-faults.js';
import type { DemoSettings } from './demo-settings.js';
import type { Examples } from './examples.js';
import { bundlePageScript } from './page-scripts.js';
import { COMMON_HEADERS, contentSecurityPolicy, isFromOtherOrigin } from './security.js';
import { summarizeTraffic, summarizeUpload } from './traffic.js';

export interface SiteParts {
  settings: DemoSettings;
  /** The `connect-src` sources for OSS. */
  ossSources: readonly string[];
  credentials: CredentialsFaults;
  /** `undefined` if the demo uploads to a real bucket. */
  oss: LocalOss | undefined;
  examples: Examples;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  '/': 'demo/index.html',
  '/sdk-example.html': 'demo/sdk-example.html',
  '/demo.css': 'demo/demo.css',
  '/favicon.svg': 'demo/favicon.svg',
  '/custom-elements.json': 'custom-elements.json',
  '/aliyun-oss-sdk.min.js': 'node_modules/ali-oss/dist/aliyun-oss-sdk.min.js',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

const NO_TRAFFIC = 'Traffic is recorded only by the local emulator.';

// A worker script has its own policy. This one compiles WebAssembly, which no page is allowed to do.
const WASM_WORKER = 'checksum-worker';

export class Site {
  readonly #parts: SiteParts;
  readonly #policy: string;
  readonly #control: ControlApi | undefined;

  constructor(parts: SiteParts) {
    this.#parts = parts;
    this.#control = parts.oss && new ControlApi(parts.oss);
    this.#policy = contentSecurityPolicy(parts.ossSources);
  }

  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    this.#handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  };

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', this.#policy);
    if (isFromOtherOrigin(request))
      return sendText(response, 403, 'Pages of other origins can only link to the demo.');
    const { pathname, searchParams } = parseTarget(request);
    if (this.#control && pathname.startsWith(CONTROL_PATH)) return this.#control.handle(request, response);
    if (await this.#parts.examples.handle(request, response, pathname)) return;
    switch (`${request.method} ${pathname}`) {
      case 'GET /credentials':
        return this.#parts.credentials.handle(request, response);
      case 'GET /demo/settings':
        return sendJson(response, this.#parts.settings);
      case 'POST /demo/credentials-mode':
        return this.#setCredentialsMode(request, response);
      case 'GET /demo/traffic':
        return this.#sendTraffic(response, Number(searchParams.get('after') ?? 0));
      case 'GET /demo/upload-traffic':
        return this.#sendUploadTraffic(response, searchParams.get('key') ?? '');
      case 'GET /demo/object':
        return this.#sendObject(response, searchParams.get('key') ?? '');
      default:
        return request.method === 'GET' || request.method === 'HEAD'
          ? this.#sendFile(response, pathname)
          : sendText(response, 405, 'Method not allowed.');
    }
  }

  async #setCredentialsMode(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Other sites can't send this type without a CORS preflight, which fails here.
    if (request.headers['content-type'] !== 'application/json')
      return sendText(response, 415, 'The Content-Type must be application/json.');
    const mode = await readJson(request);
    if (!isCredentialsMode(mode)) return sendText(response, 400, 'Unknown credentials mode.');
    this.#parts.credentials.mode = mode;
    sendJson(response, mode);
  }

  #sendTraffic(response: ServerResponse, after: number): void {
    const { oss } = this.#parts;
    if (!oss) return sendText(response, 404, NO_TRAFFIC);
    sendJson(response, summarizeTraffic(oss.requests, after));
  }

  #sendUploadTraffic(response: ServerResponse, key: string): void {
    const { oss, settings } = this.#parts;
    if (!oss) return sendText(response, 404, NO_TRAFFIC);
    sendJson(response, summarizeUpload(oss.requests, settings.bucket, key));
  }

  /** Sends a stored object. The sandbox policy keeps an uploaded HTML page from running scripts in the demo's origin. */
  async #sendObject(response: ServerResponse, key: string): Promise<void> {
    const { oss, settings } = this.#parts;
    const bucket = oss?.bucket(settings.bucket);
    const object = bucket?.objects.get(key);
    if (!bucket || !object) return sendText(response, 404, 'Object not found.');
    response.setHeader(
      'Content-Security-Policy',
      "sandbox; default-src 'self' 'unsafe-inline'; script-src 'none'; frame-ancestors 'none'",
    );
    response.writeHead(200, {
      'Content-Type': object.settings.headers['content-type'] ?? 'application/octet-stream',
      'Content-Length': object.size,
    });
    await pipeline(bucket.read(object), response).catch((error: unknown) => {
      // The client may disconnect while the object is being sent.
      if (!response.destroyed) throw error;
    });
  }

  async #sendFile(response: ServerResponse, pathname: string): Promise<void> {
    const [, script] = /^\/pages\/([\w-]+)\.js$/.exec(pathname) ?? [];
    const built = /^\/dist\/[\w-]+(?:\.[\w-]+)*$/.test(pathname);
    const content = script
      ? await bundlePageScript(script)
      : await readIfExists(built ? pathname : FILES[pathname]);
    if (content === undefined) return sendText(response, 404, `Not found: ${pathname}`);
    if (script === WASM_WORKER) {
      const policy = contentSecurityPolicy(this.#parts.ossSources, { scripts: "'wasm-unsafe-eval'" });
      response.setHeader('Content-Security-Policy', policy);
    }
    const type = TYPES[extname(FILES[pathname] ?? pathname)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type });
    response.end(content);
  }
}

async function readIfExists(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(`${root}${path}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Resolves to `undefined` if the body isn't JSON, or is too large. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readLimitedBody(request)).toString());
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BodyTooLarge) return undefined;
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
