// Who is confirming, in place of a login: a cookie that nobody guesses, and that no other site can send a form with.

import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const COOKIE = 'visitor';

export function visitorOf({ headers }: IncomingMessage): string | undefined {
  const [, id] = /(?:^|;\s*)visitor=([\da-f-]{36})(?:;|$)/.exec(headers.cookie ?? '') ?? [];
  return id;
}

export const newVisitor = (): string => randomUUID();

/** @param path Where the site is, and the cookie stays. */
export const cookieFor = (visitor: string, path: string): string =>
  `${COOKIE}=${visitor}; Path=${path}; HttpOnly; SameSite=Lax`;

/** A folder of their own. Whoever reads an article sees its keys, and must not learn the cookie from them. */
export const folderOf = (visitor: string): string =>
  createHash('sha256').update(visitor).digest('hex').slice(0, 16);
