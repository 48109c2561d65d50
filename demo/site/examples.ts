// Serves the examples and themes: renders the pages as templates, and sets the Content-Security-Policy of each.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ArticleSite } from '../examples/cms/article-site.js';
import { credentialsEndpoint, type UploadAccount } from '../../dev/oss-emulator/credentials-endpoint.js';
import type { Handler } from './credentials-faults.js';
import type { DemoSettings } from './demo-settings.js';
import { contentSecurityPolicy, minimalPolicy, type PolicyOptions } from './security.js';
import { templateRenderer } from './templates.js';

export interface ExamplesParts {
  settings: DemoSettings;
  /** The `connect-src` sources for OSS. */
  ossSources: readonly string[];
  account: UploadAccount;
  /** The second bucket of the page with two elements; the same as the first if there is only one. */
  otherBucket: string;
  /** Prefix of the CMS example's object keys. The credentials of other pages must not include it. */
  cmsPrefix: string;
}

const CMS_PATH = '/examples/cms/';

/** @param otherOrigin Origin of the frame for the parent page, and of the parent page for the frame. */
const policyOptionsFor = (name: string, otherOrigin: string): PolicyOptions | undefined => {
  if (name === 'examples/iframe.html') return { frames: otherOrigin };
  return name === 'examples/iframe-upload.html' ? { frameAncestors: otherOrigin } : undefined;
};
/** Served with the minimal policy that the element needs. */
const MINIMAL_POLICY_PAGE = 'examples/csp.html';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const folder = fileURLToPath(new URL('../', import.meta.url));

export class Examples {
  readonly #parts: ExamplesParts;
  readonly #render = templateRenderer('');
  readonly #otherCredentials: Handler;
  readonly #cms: ArticleSite;

  constructor(parts: ExamplesParts) {
    this.#parts = parts;
    const { account, otherBucket, cmsPrefix, settings } = parts;
    this.#otherCredentials = credentialsEndpoint({
      ...account,
      bucket: otherBucket,
      authorize: () => ({ user: 'demo', prefix: settings.prefix }),
    });
    this.#cms = new ArticleSite({
      ...this.#destination,
      path: CMS_PATH,
      account,
      pathStyle: settings.local,
      prefix: cmsPrefix,
    });
  }

  /** Handles a request for an example or a theme. Resolves to `false` if the path is neither. */
  async handle(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> {
    if (pathname.startsWith(CMS_PATH)) {
      response.setHeader('Content-Security-Policy', this.#policy({ forms: "'self'" }));
      return this.#cms.handle(request, response, pathname.slice(CMS_PATH.length));
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
      name === MINIMAL_POLICY_PAGE
        ? minimalPolicy([this.#bucketOrigin])
        : this.#policy(policyOptionsFor(name, otherOrigin));
    const { otherBucket } = this.#parts;
    const page = await this.#render(name, { ...this.#destination, otherBucket, otherOrigin, policy });
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
      .end(page);
  }

  /**
   * Returns this server's URL under its other loopback name, which is a different origin to a browser. With a real
   * bucket it returns the same origin, because the bucket's CORS rule allows only one.
   */
  #otherOrigin({ headers: { host = '' } }: IncomingMessage): string {
    if (!this.#parts.settings.local) return `http://${host}`;
    return `http://${host.replace(/^(?:\[.*\]|[^:]+)/, (name) => (name === 'localhost' ? '127.0.0.1' : 'localhost'))}`;
  }

  get #destination(): { region: string; bucket: string; endpoint: string; prefix: string } {
    const { region, bucket, endpoints, prefix } = this.#parts.settings;
    return { region, bucket, endpoint: endpoints.host ?? '', prefix };
  }

  /** The only origin that the element uploads to. */
  get #bucketOrigin(): string {
    const { region, bucket, endpoint } = this.#destination;
    const { protocol, host } = new URL(endpoint || `https://${region}.aliyuncs.com`);
    return `${protocol}//${bucket}.${host}`;
  }

  #policy(options?: PolicyOptions): string {
    return contentSecurityPolicy(this.#parts.ossSources, options);
  }
}
