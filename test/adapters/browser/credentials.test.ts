import { expect } from '@open-wc/testing';
import {
  createCredentialsProvider,
  type CredentialsOptions,
} from '../../../src/adapters/browser/credentials.js';
import type { UploadError } from '../../../src/core/errors.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { type StubResponse, responseUrl, receivedRequests } from '../../support/responses.js';
import { localOss } from '../../support/runner/local-oss.js';

/** @param lifetime milliseconds */
function credentials(name: string, lifetime = 3_600_000) {
  return {
    AccessKeyId: name,
    AccessKeySecret: 'secret',
    SecurityToken: 'token',
    Expiration: new Date(Date.now() + lifetime).toISOString(),
  };
}

const response = (name: string, lifetime?: number): StubResponse => ({
  body: JSON.stringify(credentials(name, lifetime)),
});
const createProvider = (options: CredentialsOptions) =>
  createCredentialsProvider(() => options, new ServerClock());

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown as UploadError,
  );
  return 'code' in error ? error.code : error.message;
}

describe('credentials provider', () => {
  it('sends one request for concurrent calls', async () => {
    const url = responseUrl(response('first'));
    const provider = createProvider({ credentialsUrl: url });
    await Promise.all([provider.get(), provider.get(), provider.get()]);
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('caches credentials that don’t expire soon', async () => {
    const url = responseUrl(response('first'), response('second'));
    const provider = createProvider({ credentialsUrl: url });
    await provider.get();
    expect((await provider.get()).accessKeyId).to.equal('first');
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('requests new credentials when the old ones have expired', async () => {
    let calls = 0;
    const lifetime = () => (++calls === 1 ? 30 : 3_600_000);
    const provider = createProvider({
      getCredentials: () => Promise.resolve(credentials(`call ${calls + 1}`, lifetime())),
    });
    const first = await provider.get();
    while (Date.now() <= first.expiration!) await new Promise(requestAnimationFrame);
    expect((await provider.get()).accessKeyId).to.equal('call 2');
  });

  it('renews credentials in the background before they expire', async () => {
    const reasons: string[] = [];
    let renewed!: () => void;
    const renewal = new Promise<void>((resolve) => (renewed = resolve));
    const provider = createProvider({
      getCredentials: ({ reason }) => {
        reasons.push(reason);
        if (reason === 'expiring') renewed();
        return Promise.resolve(credentials(reason, 400));
      },
    });
    const { expiration } = await provider.get();
    while (Date.now() < expiration! - 75) await new Promise(requestAnimationFrame);
    expect((await provider.get()).accessKeyId).to.equal('first');
    await renewal;
    expect(reasons).to.deep.equal(['first', 'expiring']);
  });

  it('requests new credentials in place of rejected ones', async () => {
    const provider = createProvider({ credentialsUrl: responseUrl(response('first'), response('second')) });
    const refused = await provider.get();
    expect((await provider.get({ insteadOf: refused })).accessKeyId).to.equal('second');
  });

  it('sends one request when several callers replace the same credentials', async () => {
    const url = responseUrl(response('first'), response('second'), response('third'));
    const provider = createProvider({ credentialsUrl: url });
    const refused = await provider.get();
    await Promise.all([provider.get({ insteadOf: refused }), provider.get({ insteadOf: refused })]);
    await provider.get({ insteadOf: refused });
    expect(await receivedRequests(url)).to.have.length(2);
  });

  it('discards cached credentials when the URL changes', async () => {
    const options = { credentialsUrl: responseUrl(response('first')) };
    const provider = createProvider(options);
    await provider.get();
    options.credentialsUrl = responseUrl(response('other'));
    expect((await provider.get()).accessKeyId).to.equal('other');
  });

  it('sends the method and headers of credentialsInit', async () => {
    const url = responseUrl(response('first'));
    await createProvider({
      credentialsUrl: url,
      credentialsInit: { method: 'POST', headers: { 'x-csrf-token': 'abc' } },
    }).get();
    const [request] = await receivedRequests(url);
    expect(request).to.deep.include({ method: 'POST' });
    expect(request!.headers).to.deep.include({ 'x-csrf-token': 'abc', accept: 'application/json' });
  });

  it('computes the remaining lifetime from the server’s time if CORS exposes it', async () => {
    const twoHours = 7_200_000;
    const date = new Date(Date.now() - twoHours).toUTCString();
    const body = JSON.stringify(credentials('first', 3_600_000 - twoHours));
    const url = responseUrl({ body, headers: { date } });
    const provider = createProvider({ credentialsUrl: url });
    await provider.get();
    await provider.get();
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('accepts credentials that seem expired if the server’s time is unknown', async () => {
    const provider = createProvider({
      getCredentials: () => Promise.resolve(credentials('first', -3_600_000)),
    });
    expect((await provider.get()).accessKeyId).to.equal('first');
  });

  it('rejects an aborted call, and resolves the other calls', async () => {
    const url = responseUrl(response('first'));
    const provider = createProvider({ credentialsUrl: url });
    const controller = new AbortController();
    const aborted = provider.get({ signal: controller.signal });
    const other = provider.get();
    controller.abort(new Error('stopped'));
    expect(await codeOf(aborted)).to.equal('stopped');
    expect((await other).accessKeyId).to.equal('first');
  });

  const html = { body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } };
  const expired = { ...response('first', -60_000), headers: { date: new Date().toUTCString() } };
  for (const [name, faultyResponse, code] of [
    ['status 401', { status: 401 }, 'credentials-refused'],
    ['status 403', { status: 403 }, 'credentials-refused'],
    ['status 500', { status: 500 }, 'credentials-failed'],
    ['status 404', { status: 404 }, 'credentials-failed'],
    ['a sign-in page', html, 'credentials-not-json'],
    ['an empty body', { body: '' }, 'credentials-not-json'],
    ['JSON without a field', { body: '{"AccessKeyId":"x"}' }, 'credentials-incomplete'],
    ['a JSON array', { body: '[]' }, 'credentials-incomplete'],
    ['an expired token', expired, 'credentials-expired'],
  ] as const) {
    it(`rejects with ${code} for ${name}`, async () => {
      expect(await codeOf(createProvider({ credentialsUrl: responseUrl(faultyResponse) }).get())).to.equal(
        code,
      );
    });
  }

  it('rejects with credentials-redirected for a redirect to another origin', async () => {
    const url = responseUrl({ status: 302, headers: { location: `${localOss.url}/sign-in` } });
    expect(await codeOf(createProvider({ credentialsUrl: url }).get())).to.equal('credentials-redirected');
  });

  it('rejects with credentials-unreachable if the server can’t be reached', async () => {
    const provider = createProvider({ credentialsUrl: 'http://localhost:1/sts' });
    expect(await codeOf(provider.get())).to.equal('credentials-unreachable');
  });

  it('rejects with credentials-unreachable if the connection breaks during the response', async () => {
    const provider = createProvider({ credentialsUrl: responseUrl({ breaks: true }) });
    expect(await codeOf(provider.get())).to.equal('credentials-unreachable');
  });

  it('rejects with option-invalid for an invalid URL', async () => {
    expect(await codeOf(createProvider({ credentialsUrl: 'http://' }).get())).to.equal('option-invalid');
  });

  it('rejects with credentials-missing if no source is configured', async () => {
    expect(await codeOf(createProvider({}).get())).to.equal('credentials-missing');
  });

  it('rejects with credentials-failed if getCredentials fails', async () => {
    const provider = createProvider({ getCredentials: () => Promise.reject(new Error('no')) });
    expect(await codeOf(provider.get())).to.equal('credentials-failed');
  });

  it('sends a new request after a failed one', async () => {
    const provider = createProvider({ credentialsUrl: responseUrl({ status: 401 }, response('first')) });
    await codeOf(provider.get());
    expect((await provider.get()).accessKeyId).to.equal('first');
  });

  it('rejects with credentials-timeout if there is no response', async () => {
    const provider = createCredentialsProvider(
      () => ({ credentialsUrl: responseUrl({ never: true }) }),
      new ServerClock(),
      { responseTimeout: 100 },
    );
    expect(await codeOf(provider.get())).to.equal('credentials-timeout');
  });
});
