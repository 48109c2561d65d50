// Wraps the credentials endpoint and injects faulty responses. For the demo and tests; not a template for an endpoint.

import type { IncomingMessage, ServerResponse } from 'node:http';

/** `normal` and `short-lived` forward requests to the endpoint; the other modes respond in its place. */
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

/** Lifetime of credentials in the mode `short-lived`, in milliseconds. */
const SHORT_LIFETIME = 10_000;

const HOUR = 3_600_000;

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
    this.#issuer.lifetime = this.mode === 'short-lived' ? SHORT_LIFETIME : undefined;
    switch (this.mode) {
      case 'normal':
      case 'short-lived':
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
        return send(response, 200, { ...fakeCredentials(HOUR), SecurityToken: undefined });
      case 'expired':
        return send(response, 200, fakeCredentials(-HOUR));
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

/**
 * Returns credentials of the right shape that OSS rejects.
 *
 * @param lifetime Milliseconds; negative for expired credentials.
 */
const fakeCredentials = (lifetime: number): Record<string, string> => ({
  AccessKeyId: 'STS.made-up',
  AccessKeySecret: 'made-up',
  SecurityToken: 'made-up',
  Expiration: new Date(Date.now() + lifetime).toISOString(),
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
