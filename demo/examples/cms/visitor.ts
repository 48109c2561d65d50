// Identifies visitors by a random cookie, in place of a sign-in. SameSite keeps other sites from submitting the form.

import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const COOKIE = 'visitor';

export function visitorOf({ headers }: IncomingMessage): string | undefined {
  const [, id] = /(?:^|;\s*)visitor=([\da-f-]{36})(?:;|$)/.exec(headers.cookie ?? '') ?? [];
  return id;
}

export const newVisitor = (): string => randomUUID();

/** @param path Path of the site, to which the cookie is limited. */
export const cookieFor = (visitor: string, path: string): string =>
  `${COOKIE}=${visitor}; Path=${path}; HttpOnly; SameSite=Lax`;

/** Returns the visitor's folder. It's a hash, because published object keys must not reveal the cookie. */
export const folderOf = (visitor: string): string =>
  createHash('sha256').update(visitor).digest('hex').slice(0, 16);
