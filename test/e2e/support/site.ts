// A site whose only page contains the element, with the strictest Content-Security-Policy that the element supports, as
// documented in docs/security.md. It uses the demo's OSS emulator, STS and credentials endpoint. The page comes in several
// variants.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { OssControl } from '../../../dev/oss-emulator/control-client.js';
import { uploadCorsRules, type CorsRule } from '../../../dev/oss-emulator/cors.js';
import { serveLoopback } from '../../../dev/oss-emulator/loopback-server.js';
import { demoOrigins } from '../../../demo/site/demo-origins.js';
import { startDemo, type LocalDemo } from '../../../demo/start.js';
import { bundlers, createImportMap, type Bundle, type Bundler } from './bundles.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the page loads: a file in dist/, the modules in lib/ with an import map, or a bundle. */
export type Script = 'module' | 'classic' | 'import-map' | Bundler;

export interface PageVariant {
  /** Attributes in addition to those of the default configuration; `undefined` removes a default one. */
  attributes?: Record<string, string | undefined>;
  script?: Script;
  /** The names of Trusted Types policies that the page allows. By default the documented ones. */
  policies?: string;
  /** Whether the policy allows scripts by a nonce instead of by their origin. */
  nonce?: boolean;
  /** An import map in addition to that of `script`. The policy allows it with `nonce`. */
  importMap?: string;
  /** Whether the element is in a form, with a label. */
  inForm?: boolean;
  /** IDs of several elements with the same configuration. Default: one element. */
  fields?: string[];
  /** Whether the page loads the SDK itself and assigns `window.OSS` to the element's `sdk`. */
  ownSdk?: boolean;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const builds: Partial<Record<Script, string>> = {
  module: 'type="module" src="/dist/oss-resumable-upload.js"',
  classic: 'defer src="/dist/oss-resumable-upload.iife.js"',
  'import-map': 'type="module" src="/lib/index.js"',
};

const SDK = 'node_modules/ali-oss/dist/aliyun-oss-sdk.min.js';

const NONCE = 'r4nd0m';

/** Served as a file, because the policy doesn't allow inline scripts. */
const assignSdk = "document.querySelector('oss-resumable-upload').sdk = globalThis.OSS;";

export class Site {
  readonly demo: LocalDemo;
  readonly control: OssControl;
  /** Replaces the credentials endpoint. */
  credentials: RequestHandler | undefined;
  /** Whether a script is missing, by its path. */
  isMissing: (path: string) => boolean = () => false;
  /** Paths of the scripts that were requested, with their queries. */
  readonly requestedScripts: string[] = [];
  /** Called before a script is served. Rejects to answer with an error. Resolves with a script to replace it. */
  beforeScript: ((path: string) => Promise<string | void>) | undefined;
  /** Replaces OSS for pages that have `storageAttributes`. */
  storage: RequestHandler | undefined;
  readonly #variants: PageVariant[] = [];
  #server: Awaited<ReturnType<typeof serveLoopback>> | undefined;
  readonly #bundles: Partial<Record<Bundler, Promise<Bundle>>> = {};

  private constructor(demo: LocalDemo) {
    this.demo = demo;
    this.control = new OssControl(demo.oss);
  }

  static async start(): Promise<Site> {
    const site = new Site(await startDemo());
    site.#server = await serveLoopback((request, response) => {
      site.#handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await site.resetCors();
    return site;
  }

  /** The rules that allow uploads from the demo and from the pages of this site. */
  get corsRules(): CorsRule[] {
    return uploadCorsRules([...demoOrigins(this.demo.url), this.#origin]);
  }

  /** Sets {@link corsRules}. */
  async resetCors(): Promise<void> {
    await this.demo.oss.setCors(this.bucket, this.corsRules);
  }

  get bucket(): string {
    return this.demo.settings.bucket;
  }

  /** The only origin that the element uploads to. */
  get bucketOrigin(): string {
    return this.originOf(this.bucket);
  }

  originOf(bucket: string): string {
    return `http://${bucket}.localhost:${this.demo.oss.port}`;
  }

  get #origin(): string {
    return `http://localhost:${this.#server?.port}`;
  }

  /** Returns the URL of a variant of the page. */
  page(variant: PageVariant = {}): string {
    return `${this.#origin}/${this.#variants.push(variant) - 1}`;
  }

  /** The attributes of an element whose requests `storage` answers, at the origin of the page. */
  get storageAttributes(): Record<string, string> {
    return { endpoint: this.#origin, 'path-style': '' };
  }

  /** Returns the object key under which a file of this name is stored. */
  keyOf(fileName: string): string {
    return this.demo.settings.prefix + fileName;
  }

  /** Returns the SHA-256 of the stored object, in hex. */
  async storedSha256(fileName: string): Promise<string | undefined> {
    return (await this.control.object(this.bucket, this.keyOf(fileName)))?.sha256;
  }

  async close(): Promise<void> {
    await Promise.all([this.#server?.close(), this.demo.close()]);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/credentials') {
      return (this.credentials ?? this.demo.credentials.handle)(request, response);
    }
    if (this.storage && pathname.startsWith(`/${this.bucket}/`)) return this.storage(request, response);
    // Browsers request an icon, and log an error if there is none.
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const variant = this.#variants[Number(pathname.slice(1))];
    if (variant) {
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': this.#policy(variant),
      });
      response.end(await this.#render(variant));
      return;
    }
    this.requestedScripts.push(request.url ?? '');
    let script: Uint8Array | string | undefined | void;
    try {
      script = await this.beforeScript?.(pathname);
    } catch {
      return void response.writeHead(503).end();
    }
    script ??= await this.#readScript(pathname);
    response.writeHead(script === undefined ? 404 : 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
    });
    response.end(script);
  }

  async #readScript(pathname: string): Promise<Uint8Array | string | undefined> {
    if (this.isMissing(pathname)) return undefined;
    if (pathname === '/own-sdk.js') return assignSdk;
    const [, bundler = '', name = ''] = pathname.split('/');
    if (isBundler(bundler)) return (await (this.#bundles[bundler] ??= bundlers[bundler]())).get(name);
    return readFile(root + (pathname === '/sdk.js' ? SDK : pathname.slice(1))).catch(() => undefined);
  }

  #policy({ policies = 'lit-html oss-resumable-upload', nonce, attributes }: PageVariant): string {
    const { bucket = this.bucket } = attributes ?? {};
    const buckets = [...new Set([this.bucket, bucket])].filter((name) => /^[\w-]+$/.test(name));
    return [
      "default-src 'none'",
      `script-src ${nonce ? `'nonce-${NONCE}' 'strict-dynamic'` : "'self'"}`,
      "worker-src 'self'",
      `connect-src 'self' ${buckets.map((name) => this.originOf(name)).join(' ')}`,
      // For the icon. The element needs no images.
      "img-src 'self'",
      "require-trusted-types-for 'script'",
      `trusted-types ${policies}`,
    ].join('; ');
  }

  async #render({
    attributes,
    script = 'module',
    importMap,
    inForm,
    fields,
    ownSdk,
  }: PageVariant): Promise<string> {
    const all: Record<string, string | undefined> = {
      region: this.demo.settings.region,
      bucket: this.bucket,
      endpoint: this.demo.oss.url,
      'credentials-url': '/credentials',
      'object-key': `${this.demo.settings.prefix}{name}`,
      ...attributes,
    };
    const tag = Object.entries(all)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}="${value}"`)
      .join('');
    const element =
      script === 'react'
        ? `<div id="root" data-props='${JSON.stringify(all)}'></div>`
        : (fields ?? ['element'])
            .map((id) => `<oss-resumable-upload id="${id}"${tag}></oss-resumable-upload>`)
            .join('\n');
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Upload</title>
${ownSdk ? '<script src="/sdk.js"></script>' : ''}
${script === 'import-map' ? `<script type="importmap" nonce="${NONCE}">${await createImportMap()}</script>` : ''}
${importMap ? `<script type="importmap" nonce="${NONCE}">${importMap}</script>` : ''}
<script nonce="${NONCE}" ${builds[script] ?? `type="module" src="/${script}/page.js"`}></script>
<h1>Upload</h1>
${inForm ? `<form><label for="element">Your film</label>${element}</form>` : element}
<label>Again <input type="file" id="again"></label>
${ownSdk ? '<script src="/own-sdk.js"></script>' : ''}`;
  }
}

function isBundler(name: string): name is Bundler {
  return name in bundlers;
}
