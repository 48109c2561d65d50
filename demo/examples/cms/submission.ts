// What a form may hold, and what is wrong with it. A field is input from a person: an object key too.

import type { IncomingMessage } from 'node:http';

export interface Submission {
  title: string;
  description: string;
  /** Object keys. */
  film: string[];
  /** Object keys. */
  attachments: string[];
}

/** A sentence for each field; `null` where nothing is wrong. */
export type Errors = Record<keyof Submission, string | null>;

/** What there is to know beyond the form. */
export interface Facts {
  isTitleTaken: (title: string) => boolean;
  /** Whether something is stored under the key, and this visitor has stored it. */
  isTheirs: (key: string) => Promise<boolean>;
}

export const NOTHING: Submission = { title: '', description: '', film: [], attachments: [] };
export const NO_ERRORS: Errors = { title: null, description: null, film: null, attachments: null };
export const MAX_TITLE = 100;
export const MAX_DESCRIPTION = 2000;
export const MAX_ATTACHMENTS = 5;

const MAX_BODY = 64 * 1024;
/** More than the form can hold. Each key is a question to OSS. */
const MAX_KEYS = 20;

/** A request that no form of ours makes. */
export class SubmissionError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws {SubmissionError} where it is none, or too large. */
export async function readSubmission(request: IncomingMessage): Promise<Submission> {
  const body = await readBody(request);
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  // Knows both ways in which a form is sent: urlencoded, and multipart/form-data.
  const form = await new Response(body, { headers }).formData().catch(() => {
    throw new SubmissionError(400, 'This is no form.');
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

/** @returns what may be kept of it, and what is wrong */
export async function review(
  submission: Submission,
  facts: Facts,
): Promise<{ kept: Submission; errors: Errors }> {
  const { title, description } = submission;
  const film = await sort(submission.film, facts);
  const attachments = await sort(submission.attachments, facts);
  const errors: Errors = {
    title: titleError(title, facts),
    description: description.length > MAX_DESCRIPTION ? `Use at most ${MAX_DESCRIPTION} characters.` : null,
    film: strangers(film.others) ?? filmError(film.theirs),
    attachments: strangers(attachments.others) ?? attachmentsError(attachments.theirs),
  };
  return { kept: { title, description, film: film.theirs, attachments: attachments.theirs }, errors };
}

function titleError(title: string, { isTitleTaken }: Facts): string | null {
  if (title === '') return 'Enter a title.';
  if (title.length > MAX_TITLE) return `Use at most ${MAX_TITLE} characters.`;
  return isTitleTaken(title) ? 'There is an article of this title. Choose another.' : null;
}

function filmError({ length }: string[]): string | null {
  if (length === 0) return 'Add a film.';
  return length > 1 ? 'An article has one film. Untick the others.' : null;
}

function attachmentsError({ length }: string[]): string | null {
  return length > MAX_ATTACHMENTS ? `Keep at most ${MAX_ATTACHMENTS} attachments.` : null;
}

function strangers({ length }: string[]): string | null {
  return length > 0 ? 'One of these files is not among your uploads. Add it again.' : null;
}

async function sort(keys: string[], { isTheirs }: Facts): Promise<{ theirs: string[]; others: string[] }> {
  const answers = await Promise.all(keys.map((key) => isTheirs(key)));
  return {
    theirs: keys.filter((_, index) => answers[index]),
    others: keys.filter((_, index) => !answers[index]),
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
