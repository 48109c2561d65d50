// Stands before the credentials endpoint and answers wrongly where it is told to: what an uploader may meet in the
// wild. For the demo and for tests; nothing to copy.

import type { IncomingMessage, ServerResponse } from 'node:http';

/** `right` and `short-lived` hand the request on to the endpoint. */
export const CREDENTIALS_ANSWERS = [
  'right',
  'refused',
  'broken',
  'login-page',
  'incomplete',
  'expired',
  'silent',
  'short-lived',
] as const;

export type CredentialsAnswer = (typeof CREDENTIALS_ANSWERS)[number];

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** How long credentials live that are short-lived, in milliseconds. */
const SHORT_LIFE = 10_000;

export class CredentialsFaults {
  /** What is answered from now on. */
  answer: CredentialsAnswer = 'right';
  readonly #endpoint: Handler;
  readonly #issuer: { lifetime: number | undefined };

  /** @param issuer The STS behind the endpoint, whose credentials can be made to live for other than was asked. */
  constructor(endpoint: Handler, issuer: { lifetime: number | undefined } = { lifetime: undefined }) {
    this.#endpoint = endpoint;
    this.#issuer = issuer;
  }

  readonly handle: Handler = (request, response) => {
    this.#issuer.lifetime = this.answer === 'short-lived' ? SHORT_LIFE : undefined;
    switch (this.answer) {
      case 'right':
      case 'short-lived':
        return this.#endpoint(request, response);
      case 'refused':
        return send(response, 401, { error: 'Sign in first.' });
      case 'broken':
        return send(response, 500, { error: 'The credentials could not be obtained.' });
      case 'login-page':
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
        response.end('<!doctype html><title>Sign in</title><h1>Sign in</h1>');
        return;
      case 'incomplete':
        return send(response, 200, { ...made(3_600_000), SecurityToken: undefined });
      case 'expired':
        return send(response, 200, made(-3_600_000));
      case 'silent':
        // Never answered: whoever asks gives up in the end.
        return;
      default:
        this.answer satisfies never;
    }
  };
}

export function isCredentialsAnswer(value: unknown): value is CredentialsAnswer {
  return (CREDENTIALS_ANSWERS as readonly unknown[]).includes(value);
}

/** Credentials in shape alone; they open nothing. @param lifetime Milliseconds. */
const made = (lifetime: number): Record<string, string> => ({
  AccessKeyId: 'STS.made-up',
  AccessKeySecret: 'made-up',
  SecurityToken: 'made-up',
  Expiration: new Date(Date.now() + lifetime).toISOString(),
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
