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

/** An error message for each field, or `null`. */
export type Errors = Record<keyof Submission, string | null>;

/** Checks that need more than the submission itself. */
export interface ValidationContext {
  isTitleTaken: (title: string) => boolean;
  /** Whether an object with this key exists and was uploaded by this visitor. */
  isOwned: (key: string) => Promise<boolean>;
}

export const EMPTY_SUBMISSION: Submission = { title: '', description: '', film: [], attachments: [] };
export const NO_ERRORS: Errors = { title: null, description: null, film: null, attachments: null };
export const MAX_TITLE = 100;
export const MAX_DESCRIPTION = 2000;
export const MAX_ATTACHMENTS = 5;

/** Bytes. */
const MAX_BODY = 64 * 1024;
/** More than a valid form contains. Limits the requests to OSS, one per key. */
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
    return typeof value === 'string' ? value.trim() : '';
  };
  const keys = (name: string): string[] => {
    const values = form.getAll(name).filter((value) => typeof value === 'string' && value !== '');
    return [...new Set(values as string[])].slice(0, MAX_KEYS);
  };
  return {
    title: text('title'),
    description: text('description'),
    film: keys('film'),
    attachments: keys('attachments'),
  };
}

/** Validates a submission. `accepted` leaves out object keys that don't belong to the visitor. */
export async function validate(
  submission: Submission,
  context: ValidationContext,
): Promise<{ accepted: Submission; errors: Errors }> {
  const { title, description } = submission;
  const film = await partitionKeys(submission.film, context);
  const attachments = await partitionKeys(submission.attachments, context);
  const errors: Errors = {
    title: titleError(title, context),
    description: description.length > MAX_DESCRIPTION ? `Use at most ${MAX_DESCRIPTION} characters.` : null,
    film: unownedKeysError(film.unowned) ?? filmError(film.owned),
    attachments: unownedKeysError(attachments.unowned) ?? attachmentsError(attachments.owned),
  };
  return {
    accepted: { title, description, film: film.owned, attachments: attachments.owned },
    errors,
  };
}

function titleError(title: string, { isTitleTaken }: ValidationContext): string | null {
  if (title === '') return 'Enter a title.';
  if (title.length > MAX_TITLE) return `Use at most ${MAX_TITLE} characters.`;
  return isTitleTaken(title) ? 'An article with this title already exists. Choose another title.' : null;
}

function filmError({ length }: string[]): string | null {
  if (length === 0) return 'Add a film.';
  return length > 1 ? 'An article can have only one film. Clear the other checkboxes.' : null;
}

function attachmentsError({ length }: string[]): string | null {
  return length > MAX_ATTACHMENTS ? `Keep at most ${MAX_ATTACHMENTS} attachments.` : null;
}

function unownedKeysError({ length }: string[]): string | null {
  return length > 0 ? 'One of these files isn’t among your uploads. Upload it again.' : null;
}

async function partitionKeys(
  keys: string[],
  { isOwned }: ValidationContext,
): Promise<{ owned: string[]; unowned: string[] }> {
  const results = await Promise.all(keys.map((key) => isOwned(key)));
  return {
    owned: keys.filter((_, index) => results[index]),
    unowned: keys.filter((_, index) => !results[index]),
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
