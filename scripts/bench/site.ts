// Serves a page for each contender, compressed and counted, and signs requests to OSS as the server of a site does.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import OSS from 'ali-oss';
import { build, stop } from 'esbuild';
import type { AccessKey } from '../../dev/oss-emulator/local-oss.js';
import { serveLoopback, type LoopbackServer } from '../../dev/oss-emulator/loopback-server.js';
import type { SessionCredentials } from '../../dev/oss-emulator/session-token.js';
import { contenders, type Contender } from './contenders.js';
import type { SignRequest } from './protocol.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** In seconds. */
const SIGNATURE_LIFETIME = 3_600;

export interface SiteOptions {
  /** Folder that contains `node_modules` with the packages of the contenders. */
  packages: string;
  region: string;
  bucket: string;
  /** For signatures. */
  accessKey: AccessKey;
  /** What the pages get. */
  credentials: SessionCredentials;
}

export class BenchSite {
  /** URL of OSS for the pages. */
  endpoint = '';
  /** Requests for signatures and credentials. */
  requests = 0;
  /** Bytes of scripts that pages have loaded, compressed. */
  bytesLoaded = 0;
  readonly #options: SiteOptions;
  /** Compressed files by path. */
  readonly #files = new Map<string, Buffer>();
  #server!: LoopbackServer;

  private constructor(options: SiteOptions) {
    this.#options = options;
  }

  static async start(options: SiteOptions): Promise<BenchSite> {
    const site = new BenchSite(options);
    await site.#bundlePages();
    site.#server = await serveLoopback((request, response) => {
      site.#handle(request, response).catch((error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      });
    });
    return site;
  }

  get port(): number {
    return this.#server.port;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #bundlePages(): Promise<void> {
    const modules = new Set(['run', ...contenders.map(({ module }) => module)]);
    const { outputFiles } = await build({
      entryPoints: [...modules].map((module) => `${root}scripts/bench/page/${module}.ts`),
      nodePaths: [`${this.#options.packages}/node_modules`],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      outdir: '/page',
      write: false,
    });
    await stop();
    for (const { path, contents } of outputFiles) this.#files.set(path, gzipSync(contents, { level: 9 }));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/sign' || pathname === '/credentials') {
      this.requests += 1;
      const result =
        pathname === '/sign'
          ? await this.#sign((await json(request)) as SignRequest[])
          : this.#options.credentials;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
      return;
    }
    const index = /^\/(\d+)$/.exec(pathname)?.[1];
    const contender = contenders[Number(index)];
    if (contender) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(toPage(contender));
      return;
    }
    const file = await this.#read(pathname);
    if (!file) return void response.writeHead(404).end();
    if (pathname !== '/page/run.js') this.bytesLoaded += file.length;
    response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Content-Encoding': 'gzip' });
    response.end(file);
  }

  async #read(path: string): Promise<Buffer | undefined> {
    const known = this.#files.get(path);
    if (known) return known;
    const source = path === '/sdk.js' ? 'node_modules/ali-oss/dist/aliyun-oss-sdk.min.js' : path.slice(1);
    if (path !== '/sdk.js' && !/^dist\/[\w.-]+$/.test(source)) return undefined;
    const content = await readFile(root + source).catch(() => undefined);
    if (!content) return undefined;
    const compressed = gzipSync(content, { level: 9 });
    this.#files.set(path, compressed);
    return compressed;
  }

  #sign(requests: readonly SignRequest[]): Promise<string[]> {
    const { region, bucket, accessKey } = this.#options;
    const client = new OSS({
      ...{ endpoint: this.endpoint, region, bucket, ...accessKey },
      sldEnable: true,
      authorizationV4: true,
    });
    return Promise.all(
      requests.map(({ method, key, queries = {}, contentType }) =>
        client.signatureUrlV4(
          method,
          SIGNATURE_LIFETIME,
          { queries, ...(contentType !== undefined && { headers: { 'Content-Type': contentType } }) },
          key,
        ),
      ),
    );
  }
}

function toPage({ label, module, html = '' }: Contender): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<link rel="icon" href="data:,">
<title>${label}</title>
<label>Files <input type="file" multiple></label>
${html}
<script type="module" src="/page/${module}.js"></script>`;
}
