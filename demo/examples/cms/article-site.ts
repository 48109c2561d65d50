// A small CMS: shows a form, validates the submission and displays the article. Articles are kept in memory.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { credentialsEndpoint } from '../../../dev/oss-emulator/credentials-endpoint.js';
import { templateRenderer } from '../../site/templates.js';
import { storedObjects, type StoredObjectsOptions } from './stored-objects.js';
import {
  MAX_ATTACHMENTS,
  MAX_DESCRIPTION,
  MAX_TITLE,
  NO_ERRORS,
  EMPTY_SUBMISSION,
  readSubmission,
  validate,
  SubmissionError,
  type Errors,
  type Submission,
} from './submission.js';
import { cookieFor, folderOf, newVisitor, visitorOf } from './visitor.js';

export interface ArticleSiteOptions extends StoredObjectsOptions {
  /** Path of the site on the web server, with a trailing slash. */
  path: string;
  bucket: string;
  /** Prefix of all object keys. */
  prefix: string;
}

export class ArticleSite {
  readonly #options: ArticleSiteOptions;
  readonly #articles = new Map<string, Submission>();
  readonly #render = templateRenderer('examples/cms/');
  readonly #isStored: ReturnType<typeof storedObjects>;
  readonly #credentials: ReturnType<typeof credentialsEndpoint>;

  constructor(options: ArticleSiteOptions) {
    this.#options = options;
    this.#isStored = storedObjects(options);
    this.#credentials = credentialsEndpoint({
      ...options.account,
      authorize: (request) => {
        const visitor = visitorOf(request);
        return visitor === undefined
          ? undefined
          : { user: folderOf(visitor), prefix: this.#prefixOf(visitor) };
      },
    });
  }

  /**
   * Handles a request. Resolves to `false` if there is no such page.
   *
   * @param name Path relative to the site's path.
   */
  async handle(request: IncomingMessage, response: ServerResponse, name: string): Promise<boolean> {
    const [, id] = /^articles\/([\w-]+)$/.exec(name) ?? [];
    const article = this.#articles.get(id ?? '');
    switch (`${request.method} ${name}`) {
      case 'GET ':
        await this.#showForm(request, response);
        return true;
      case 'POST ':
        await this.#save(request, response);
        return true;
      case 'GET credentials':
        await this.#credentials(request, response);
        return true;
      default:
        if (!article || request.method !== 'GET') return false;
        await this.#sendPage(response, 200, 'article.liquid', { article: toTemplateValues(article) });
        return true;
    }
  }

  async #showForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visitor = visitorOf(request) ?? newVisitor();
    response.setHeader('Set-Cookie', cookieFor(visitor, this.#options.path));
    await this.#sendForm(response, 200, visitor, EMPTY_SUBMISSION, NO_ERRORS);
  }

  async #save(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visitor = visitorOf(request);
    if (visitor === undefined) return sendText(response, 403, 'Open the form before you submit it.');
    try {
      const { accepted, errors } = await validate(await readSubmission(request), {
        isTitleTaken: (title) => [...this.#articles.values()].some((article) => article.title === title),
        isOwned: (key) => this.#isStored(key, this.#prefixOf(visitor)),
      });
      if (Object.values(errors).some((error) => error !== null))
        return await this.#sendForm(response, 422, visitor, accepted, errors);
      const id = randomUUID();
      this.#articles.set(id, accepted);
      // Redirects, so that reloading the article doesn't submit the form again.
      response.writeHead(303, { Location: `${this.#options.path}articles/${id}` }).end();
    } catch (error) {
      if (!(error instanceof SubmissionError)) throw error;
      response.setHeader('Connection', 'close');
      sendText(response, error.status, error.message);
    }
  }

  async #sendForm(
    response: ServerResponse,
    status: number,
    visitor: string,
    values: Submission,
    errors: Errors,
  ): Promise<void> {
    const { region, bucket, endpoint } = this.#options;
    await this.#sendPage(response, status, 'form.liquid', {
      values: toTemplateValues(values),
      errors,
      limits: { title: MAX_TITLE, description: MAX_DESCRIPTION, attachments: MAX_ATTACHMENTS },
      oss: { region, bucket, endpoint, prefix: this.#prefixOf(visitor) },
    });
  }

  async #sendPage(response: ServerResponse, status: number, template: string, values: object): Promise<void> {
    const page = await this.#render(template, { path: this.#options.path, ...values });
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  }

  #prefixOf(visitor: string): string {
    return `${this.#options.prefix}articles/${folderOf(visitor)}/`;
  }
}

interface StoredFile {
  key: string;
  /** Last segment of the key. */
  name: string;
}

function toTemplateValues({ film, attachments, ...texts }: Submission): object {
  const toStoredFile = (key: string): StoredFile => ({ key, name: key.slice(key.lastIndexOf('/') + 1) });
  return { ...texts, film: film.map(toStoredFile), attachments: attachments.map(toStoredFile) };
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
