// Wraps the credentials endpoint and injects faulty responses. For the demo and tests; not a template for an endpoint.

import type { IncomingMessage, ServerResponse } from 'node:http';

/** `normal`, `short-lived` and `expired` forward requests to the endpoint; the other modes respond in its place. */
export const CREDENTIALS_MODES = [
  'normal',
  'unauthorized',
  'server-error',
  'sign-in-page',
  'missing-field',
  'expired',
  'no-response',
  'short-lived',
] as const;

export type CredentialsMode = (typeof CREDENTIALS_MODES)[number];

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const HOUR = 3_600_000;

/** Lifetimes of credentials in milliseconds; negative for expired ones. Other modes don't change the lifetime. */
const LIFETIMES: Partial<Record<CredentialsMode, number>> = { 'short-lived': 10_000, expired: -HOUR };

export class CredentialsFaults {
  /** Applies to all later requests. */
  mode: CredentialsMode = 'normal';
  readonly #endpoint: Handler;
  readonly #issuer: { lifetime: number | undefined };

  /** @param issuer The STS behind the endpoint; its `lifetime`, in milliseconds, overrides the requested one. */
  constructor(endpoint: Handler, issuer: { lifetime: number | undefined } = { lifetime: undefined }) {
    this.#endpoint = endpoint;
    this.#issuer = issuer;
  }

  readonly handle: Handler = (request, response) => {
    this.#issuer.lifetime = LIFETIMES[this.mode];
    switch (this.mode) {
      case 'normal':
      case 'short-lived':
      case 'expired':
        return this.#endpoint(request, response);
      case 'unauthorized':
        return send(response, 401, { error: 'Sign in first.' });
      case 'server-error':
        return send(response, 500, { error: 'The credentials could not be obtained.' });
      case 'sign-in-page':
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
        response.end('<!doctype html><title>Sign in</title><h1>Sign in</h1>');
        return;
      case 'missing-field':
        return send(response, 200, {
          AccessKeyId: 'STS.made-up',
          AccessKeySecret: 'made-up',
          Expiration: new Date(Date.now() + HOUR).toISOString(),
        });
      case 'no-response':
        // The request stays open until the client times out.
        return;
      default:
        this.mode satisfies never;
    }
  };
}

export function isCredentialsMode(value: unknown): value is CredentialsMode {
  return (CREDENTIALS_MODES as readonly unknown[]).includes(value);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
