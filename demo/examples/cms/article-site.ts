// A small CMS: a form, a server that reads it, and the article that comes of it. Articles are kept in memory.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { credentialsEndpoint } from '../../../dev/oss-emulator/credentials-endpoint.js';
import { templatesIn } from '../../site/templates.js';
import { storedObjects, type StoredObjectsOptions } from './stored-objects.js';
import {
  MAX_ATTACHMENTS,
  MAX_DESCRIPTION,
  MAX_TITLE,
  NO_ERRORS,
  NOTHING,
  readSubmission,
  review,
  SubmissionError,
  type Errors,
  type Submission,
} from './submission.js';
import { cookieFor, folderOf, newVisitor, visitorOf } from './visitor.js';

export interface ArticleSiteOptions extends StoredObjectsOptions {
  /** Where it is on the web server, with a slash at the end. */
  path: string;
  bucket: string;
  /** Where uploads go: the beginning of every object key. */
  prefix: string;
}

export class ArticleSite {
  readonly #options: ArticleSiteOptions;
  readonly #articles = new Map<string, Submission>();
  readonly #render = templatesIn('examples/cms/');
  readonly #isStored: ReturnType<typeof storedObjects>;
  readonly #credentials: ReturnType<typeof credentialsEndpoint>;

  constructor(options: ArticleSiteOptions) {
    this.#options = options;
    this.#isStored = storedObjects(options);
    this.#credentials = credentialsEndpoint({
      ...options.account,
      prefixFor: (request) => {
        const visitor = visitorOf(request);
        return visitor && this.#prefixOf(visitor);
      },
    });
  }

  /**
   * @param name What is asked for, relative to the path
   * @returns whether there is an answer
   */
  async answer(request: IncomingMessage, response: ServerResponse, name: string): Promise<boolean> {
    const [, id] = /^articles\/([\w-]+)$/.exec(name) ?? [];
    const article = this.#articles.get(id ?? '');
    switch (`${request.method} ${name}`) {
      case 'GET ':
        await this.#offerForm(request, response);
        return true;
      case 'POST ':
        await this.#save(request, response);
        return true;
      case 'GET credentials':
        await this.#credentials(request, response);
        return true;
      default:
        if (!article || request.method !== 'GET') return false;
        await this.#sendPage(response, 200, 'article.liquid', { article: withNames(article) });
        return true;
    }
  }

  async #offerForm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visitor = visitorOf(request) ?? newVisitor();
    response.setHeader('Set-Cookie', cookieFor(visitor, this.#options.path));
    await this.#sendForm(response, 200, visitor, NOTHING, NO_ERRORS);
  }

  async #save(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const visitor = visitorOf(request);
    if (visitor === undefined) return sendText(response, 403, 'Open the form first.');
    try {
      const { kept, errors } = await review(await readSubmission(request), {
        isTitleTaken: (title) => [...this.#articles.values()].some((article) => article.title === title),
        isTheirs: (key) => this.#isStored(key, this.#prefixOf(visitor)),
      });
      if (Object.values(errors).some((error) => error !== null))
        return await this.#sendForm(response, 422, visitor, kept, errors);
      const id = randomUUID();
      this.#articles.set(id, kept);
      // So that a reload of the article does not send the form again.
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
      values: withNames(values),
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
  /** The last part of the key. */
  name: string;
}

function withNames({ film, attachments, ...texts }: Submission): object {
  const named = (key: string): StoredFile => ({ key, name: key.slice(key.lastIndexOf('/') + 1) });
  return { ...texts, film: film.map(named), attachments: attachments.map(named) };
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
