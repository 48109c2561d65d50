// A small CMS: shows a form, validates the submission and displays the article. Articles are kept in memory.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AssumeRoleError, credentialsEndpoint } from '../../../dev/oss-emulator/credentials-endpoint.js';
import { templateRenderer } from '../../site/templates.js';
import {
  AuthorStorage,
  StorageError,
  type Author,
  type StorageOptions,
  type StoredFile,
} from './author-storage.js';
import {
  EMPTY_SUBMISSION,
  FILE_MISSING,
  LIMITS,
  nameOf,
  NO_ERRORS,
  readSubmission,
  SubmissionError,
  TITLE_TAKEN,
  validate,
  type Errors,
  type FileField,
  type FileInfo,
  type Submission,
  type Validation,
} from './submission.js';
import { cookieFor, folderOf, newVisitor, visitorOf } from './visitor.js';

export interface ArticleSiteOptions extends StorageOptions {
  /** Path of the site on the web server, with a trailing slash. */
  path: string;
  bucket: string;
  /** Prefix of all object keys. */
  prefix: string;
}

/** What a form shows: text, and files that are stored. */
type Values = Pick<Submission, 'title' | 'description'> & Record<FileField, FileInfo[]>;

/** A saved submission with the accepted files. */
interface Article extends Values {
  /** ID of the author. */
  author: string;
}

const FILE_FIELDS: readonly FileField[] = ['film', 'attachments'];

export class ArticleSite {
  readonly #options: ArticleSiteOptions;
  readonly #articles = new Map<string, Article>();
  readonly #render = templateRenderer('examples/cms/');
  readonly #credentials: ReturnType<typeof credentialsEndpoint>;

  constructor(options: ArticleSiteOptions) {
    this.#options = options;
    this.#credentials = credentialsEndpoint({
      ...options.account,
      authorize: (request) => {
        const author = this.#authorOf(request);
        return author && { user: author.id, prefix: author.uploads };
      },
    });
  }

  /**
   * Handles a request. Resolves to `false` if there is no such page.
   *
   * @param name Path relative to the site's path.
   */
  async handle(request: IncomingMessage, response: ServerResponse, name: string): Promise<boolean> {
    if (name === 'credentials') {
      await this.#credentials(request, response);
      return true;
    }
    const [, id = '', edit] = /^articles\/([\w-]+)(\/edit)?$/.exec(name) ?? [];
    const article = this.#articles.get(id);
    if (name !== '' && !article) return false;
    if (request.method === 'POST' && (!article || edit)) await this.#save(request, response, id);
    else if (request.method !== 'GET') return false;
    else if (!article || edit) await this.#showForm(request, response, id);
    else await this.#sendPage(response, 200, 'article.liquid', { id, article: toTemplateValues(article) });
    return true;
  }

  /** @param id ID of the article to edit; empty for a new one. */
  async #showForm(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const visitor = visitorOf(request) ?? newVisitor();
    const author = this.#toAuthor(visitor);
    if (!this.#mayEdit(author, id)) return sendText(response, 403, 'Only the author can edit this article.');
    response.setHeader('Set-Cookie', cookieFor(visitor, this.#options.path));
    await this.#sendForm(response, 200, author, id, this.#articles.get(id) ?? EMPTY_SUBMISSION, NO_ERRORS);
  }

  async #save(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const author = this.#authorOf(request);
    if (!author) return sendText(response, 403, 'Open the form before you submit it.');
    if (!this.#mayEdit(author, id)) return sendText(response, 403, 'Only the author can edit this article.');
    try {
      await this.#saveSubmission(response, author, id, await readSubmission(request));
    } catch (error) {
      if (error instanceof SubmissionError) {
        response.setHeader('Connection', 'close');
        return sendText(response, error.status, error.message);
      }
      if (!(error instanceof StorageError || error instanceof AssumeRoleError)) throw error;
      console.error(error.message);
      sendText(response, 502, 'The files can’t be checked right now. Go back and save again.');
    }
  }

  async #saveSubmission(
    response: ServerResponse,
    author: Author,
    id: string,
    submission: Submission,
  ): Promise<void> {
    const storage = new AuthorStorage(this.#options, author);
    const { title, description } = submission;
    const saved = this.#findSaved(author, id, submission, storage);
    if (saved !== undefined) return this.#redirectTo(response, saved);
    const isTitleTaken = (text: string): boolean =>
      [...this.#articles].some(([other, article]) => other !== id && article.title === text);
    const find = storage.find.bind(storage);
    const { files, errors } = await validate(submission, { isTitleTaken, find });
    const accepted = hasError(errors) ? files : await acceptFiles(files, storage, errors);
    // Another submission may have been saved in the meantime, such as that of a second click.
    const savedMeanwhile = this.#findSaved(author, id, submission, storage);
    if (savedMeanwhile !== undefined) return this.#redirectTo(response, savedMeanwhile);
    if (errors.title === null && isTitleTaken(title)) errors.title = TITLE_TAKEN;
    const values = { title, description, ...accepted };
    if (hasError(errors)) return this.#sendForm(response, 422, author, id, values, errors);
    const savedId = id || randomUUID();
    this.#articles.set(savedId, { ...values, author: author.id });
    this.#redirectTo(response, savedId);
  }

  /** Returns the ID of the article that an equal submission of the same form and author has saved. */
  #findSaved(author: Author, id: string, submission: Submission, storage: AuthorStorage): string | undefined {
    const isEqual = (savedId: string, article: Article): boolean =>
      (id === '' || savedId === id) &&
      article.author === author.id &&
      article.title === submission.title &&
      article.description === submission.description &&
      FILE_FIELDS.every(
        (field) =>
          submission[field].map((key) => storage.acceptedKey(key)).join() ===
          article[field].map(({ key }) => key).join(),
      );
    return [...this.#articles].find((entry) => isEqual(...entry))?.[0];
  }

  /** Redirects, so that reloading the article doesn't submit the form again. */
  #redirectTo(response: ServerResponse, id: string): void {
    response.writeHead(303, { Location: `${this.#options.path}articles/${id}` }).end();
  }

  async #sendForm(
    response: ServerResponse,
    status: number,
    author: Author,
    id: string,
    values: Values,
    errors: Errors,
  ): Promise<void> {
    const { path, region, bucket, endpoint } = this.#options;
    await this.#sendPage(response, status, 'form.liquid', {
      action: id ? `${path}articles/${id}/edit` : path,
      isNew: id === '',
      values: toTemplateValues(values),
      errors,
      limits: LIMITS,
      oss: { region, bucket, endpoint, prefix: author.uploads },
    });
  }

  async #sendPage(response: ServerResponse, status: number, template: string, values: object): Promise<void> {
    const page = await this.#render(template, { path: this.#options.path, ...values });
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  }

  #mayEdit(author: Author, id: string): boolean {
    return id === '' || this.#articles.get(id)?.author === author.id;
  }

  #authorOf(request: IncomingMessage): Author | undefined {
    const visitor = visitorOf(request);
    return visitor === undefined ? undefined : this.#toAuthor(visitor);
  }

  #toAuthor(visitor: string): Author {
    const { prefix } = this.#options;
    const id = folderOf(visitor);
    return { id, uploads: `${prefix}articles/${id}/`, accepted: `${prefix}accepted/${id}/` };
  }
}

/** Accepts all files. Adds an error to each field with a file that was changed or deleted in the meantime. */
async function acceptFiles(
  files: Validation<StoredFile>['files'],
  storage: AuthorStorage,
  errors: Errors,
): Promise<Record<FileField, FileInfo[]>> {
  const accepted: Record<FileField, FileInfo[]> = { film: [], attachments: [] };
  for (const field of FILE_FIELDS) {
    for (const file of files[field]) {
      const key = await storage.accept(file);
      if (key === undefined) errors[field] = FILE_MISSING;
      else accepted[field].push({ ...file, key });
    }
  }
  return accepted;
}

const hasError = (errors: Errors): boolean => Object.values(errors).some((error) => error !== null);

/** Files get the properties of `stored` in `<oss-resumable-upload>`. */
function toTemplateValues({ title, description, film, attachments }: Values): object {
  const toFile = ({ key, size, type }: FileInfo): object => ({ key, name: nameOf(key), size, type });
  return { title, description, film: film.map(toFile), attachments: attachments.map(toFile) };
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
