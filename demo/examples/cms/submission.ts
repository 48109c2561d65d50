// Reads and validates a submitted form. Object keys are untrusted input, like every other field.

import type { IncomingMessage } from 'node:http';

export interface Submission {
  title: string;
  description: string;
  /** Object keys. */
  film: string[];
  /** Object keys. */
  attachments: string[];
}

export type FileField = 'film' | 'attachments';

/** An error message for each field, or `null`. */
export type Errors = Record<keyof Submission, string | null>;

/** A file as the storage describes it, whatever the browser claims. */
export interface FileInfo {
  key: string;
  /** Bytes. */
  size: number;
  /** Media type. */
  type: string;
}

/** Checks that need more than the submission itself. */
export interface ValidationContext<File extends FileInfo> {
  isTitleTaken: (title: string) => boolean;
  /** Resolves to `undefined` if the visitor has no such file. */
  find: (key: string) => Promise<File | undefined>;
}

export interface Validation<File extends FileInfo> {
  /** The files that follow the rules. */
  files: Record<FileField, File[]>;
  errors: Errors;
}

export const EMPTY_SUBMISSION = {
  title: '',
  description: '',
  film: [],
  attachments: [],
} satisfies Submission;
export const NO_ERRORS: Errors = { title: null, description: null, film: null, attachments: null };
export const TITLE_TAKEN = 'An article with this title already exists. Choose another title.';
export const FILE_MISSING = 'One of these files isn’t among your uploads. Upload it again.';

const GB = 1e9;
/** The form shows them to the visitor; the server enforces them. */
export const LIMITS = {
  title: 100,
  description: 2000,
  attachments: 5,
  filmBytes: 10 * GB,
  attachmentBytes: GB,
};

/** Bytes. */
const MAX_BODY = 64 * 1024;
/** More keys than a valid form contains. Limits the requests to OSS. */
const MAX_KEYS = 20;

/** A request that doesn't come from this site's form. */
export class SubmissionError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws {SubmissionError} If the body isn't form data, or is too large. */
export async function readSubmission(request: IncomingMessage): Promise<Submission> {
  const body = await readBody(request);
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  // Response.formData() parses both application/x-www-form-urlencoded and multipart/form-data.
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new SubmissionError(400, 'The body isn’t form data.');
  });
  const text = (name: string): string => {
    const value = form.get(name);
    // Forms submit line breaks as two characters, but count them as one.
    return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : '';
  };
  const keys = (name: string): string[] => {
    const values = form.getAll(name).filter((value) => typeof value === 'string' && value !== '');
    return [...new Set(values as string[])];
  };
  const [film, attachments] = [keys('film'), keys('attachments')];
  if (film.length + attachments.length > MAX_KEYS)
    throw new SubmissionError(413, 'This form contains too many files.');
  return { title: text('title'), description: text('description'), film, attachments };
}

/** Validates a submission. */
export async function validate<File extends FileInfo>(
  { title, description, ...keys }: Submission,
  { isTitleTaken, find }: ValidationContext<File>,
): Promise<Validation<File>> {
  const film = await findFiles(keys.film, find, filmError);
  const attachments = await findFiles(keys.attachments, find, attachmentError);
  return {
    files: { film: film.valid, attachments: attachments.valid },
    errors: {
      title: titleError(title, isTitleTaken),
      description:
        description.length > LIMITS.description ? `Use at most ${LIMITS.description} characters.` : null,
      film: film.error ?? filmCountError(film.valid.length),
      attachments: attachments.error ?? attachmentCountError(attachments.valid.length),
    },
  };
}

function titleError(title: string, isTitleTaken: (title: string) => boolean): string | null {
  if (title === '') return 'Enter a title.';
  if (title.length > LIMITS.title) return `Use at most ${LIMITS.title} characters.`;
  return isTitleTaken(title) ? TITLE_TAKEN : null;
}

function filmError({ key, size, type }: FileInfo): string | null {
  if (!type.startsWith('video/')) return `“${nameOf(key)}” isn’t a video.`;
  return sizeError(key, size, LIMITS.filmBytes);
}

const attachmentError = ({ key, size }: FileInfo): string | null =>
  sizeError(key, size, LIMITS.attachmentBytes);

const sizeError = (key: string, size: number, maximum: number): string | null =>
  size <= maximum ? null : `“${nameOf(key)}” is too large. Maximum size: ${maximum / GB} GB.`;

function filmCountError(count: number): string | null {
  if (count === 0) return 'Add a film.';
  return count > 1 ? 'An article can have only one film. Remove the other one.' : null;
}

const attachmentCountError = (count: number): string | null =>
  count > LIMITS.attachments ? `Keep at most ${LIMITS.attachments} attachments.` : null;

/** Returns the last segment of a key. */
export const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** Finds files and leaves out those that are missing or violate a rule. */
async function findFiles<File extends FileInfo>(
  keys: string[],
  find: ValidationContext<File>['find'],
  errorOf: (file: File) => string | null,
): Promise<{ valid: File[]; error: string | null }> {
  const found = (await Promise.all(keys.map((key) => find(key)))).filter((file) => file !== undefined);
  // The keys of an upload and of the accepted file find the same file.
  const files = [...new Map(found.map((file) => [file.key, file])).values()];
  const errors = files.map(errorOf);
  return {
    valid: files.filter((_, index) => errors[index] === null),
    error: found.length < keys.length ? FILE_MISSING : (errors.find((error) => error !== null) ?? null),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new SubmissionError(413, 'This form is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
