// The examples and themes: which address is which page, what is filled into it, and what it may do beyond the demo's other pages.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ArticleSite } from '../examples/cms/article-site.js';
import { credentialsEndpoint, type UploadAccount } from '../../dev/oss-emulator/credentials-endpoint.js';
import type { Handler } from './credentials-faults.js';
import type { DemoSettings } from './demo-settings.js';
import { contentSecurityPolicy, leastPolicy, type Allowance } from './security.js';
import { templatesIn } from './templates.js';

export interface ExamplesParts {
  settings: DemoSettings;
  /** Where pages may connect to, as sources of a Content-Security-Policy. */
  ossSources: readonly string[];
  account: UploadAccount;
  /** For the page with two elements; where there is one bucket only, that. */
  otherBucket: string;
}

const CMS = '/examples/cms/';

/** @param otherOrigin of the frame to the page, of the page to the frame */
const allowanceFor = (name: string, otherOrigin: string): Allowance | undefined => {
  if (name === 'examples/iframe.html') return { frames: otherOrigin };
  return name === 'examples/iframe-upload.html' ? { framing: otherOrigin } : undefined;
};
/** Shows that the least will do. */
const LEAST = 'examples/csp.html';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const folder = fileURLToPath(new URL('../', import.meta.url));

export class Examples {
  readonly #parts: ExamplesParts;
  readonly #render = templatesIn('');
  readonly #otherCredentials: Handler;
  readonly #cms: ArticleSite;

  constructor(parts: ExamplesParts) {
    this.#parts = parts;
    const { account, otherBucket, settings } = parts;
    this.#otherCredentials = credentialsEndpoint({
      ...account,
      bucket: otherBucket,
      prefixFor: () => settings.prefix,
    });
    this.#cms = new ArticleSite({ path: CMS, account, pathStyle: settings.local, ...this.#destinationParts });
  }

  /** @returns whether there is an answer at that address */
  async answer(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> {
    if (pathname.startsWith(CMS)) {
      response.setHeader('Content-Security-Policy', this.#policy({ forms: "'self'" }));
      return this.#cms.answer(request, response, pathname.slice(CMS.length));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    if (pathname === '/examples/credentials/other') {
      await this.#otherCredentials(request, response);
      return true;
    }
    const name = pathname.slice(1).replace(/\/$/, '/index.html');
    const [, type] = /^(?:examples|themes)\/[\w-]+\.(html|css|js)$/.exec(name) ?? [];
    if (type === undefined || !existsSync(folder + name)) return false;
    if (type === 'html') await this.#sendPage(response, name, this.#otherOrigin(request));
    else response.writeHead(200, { 'Content-Type': TYPES[type] }).end(await readFile(folder + name));
    return true;
  }

  async #sendPage(response: ServerResponse, name: string, otherOrigin: string): Promise<void> {
    const policy =
      name === LEAST ? leastPolicy([this.#bucketOrigin]) : this.#policy(allowanceFor(name, otherOrigin));
    const { otherBucket } = this.#parts;
    const page = await this.#render(name, { ...this.#destinationParts, otherBucket, otherOrigin, policy });
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
      .end(page);
  }

  /** The same server by its other name, another origin to a browser. A real bucket's CORS rule names one of the two. */
  #otherOrigin({ headers: { host = '' } }: IncomingMessage): string {
    if (!this.#parts.settings.local) return `http://${host}`;
    return `http://${host.replace(/^[^:]+/, (name) => (name === 'localhost' ? '127.0.0.1' : 'localhost'))}`;
  }

  get #destinationParts(): { region: string; bucket: string; endpoint: string; prefix: string } {
    const { region, bucket, endpoints, prefix } = this.#parts.settings;
    return { region, bucket, endpoint: endpoints.host ?? '', prefix };
  }

  /** Where the element connects to for uploads, and nowhere else. */
  get #bucketOrigin(): string {
    const { region, bucket, endpoint } = this.#destinationParts;
    const { protocol, host } = new URL(endpoint || `https://${region}.aliyuncs.com`);
    return `${protocol}//${bucket}.${host}`;
  }

  #policy(allowance?: Allowance): string {
    return contentSecurityPolicy(this.#parts.ossSources, allowance);
  }
}
