import { expect } from '@open-wc/testing';
import {
  createCredentialsProvider,
  type CredentialsOptions,
} from '../../../src/adapters/browser/credentials.js';
import type { UploadError } from '../../../src/core/errors.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { type StubResponse, responseUrl, receivedRequests } from '../../support/responses.js';
import { localOss } from '../../support/runner/local-oss.js';

/** @param life milliseconds */
function credentials(name: string, life = 3_600_000) {
  return {
    AccessKeyId: name,
    AccessKeySecret: 'secret',
    SecurityToken: 'token',
    Expiration: new Date(Date.now() + life).toISOString(),
  };
}

const answer = (name: string, life?: number): StubResponse => ({
  body: JSON.stringify(credentials(name, life)),
});
const provide = (options: CredentialsOptions) => createCredentialsProvider(() => options, new ServerClock());

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown as UploadError,
  );
  return 'code' in error ? error.code : error.message;
}

describe('credentials provider', () => {
  it('asks once for all who wait', async () => {
    const url = responseUrl(answer('first'));
    const provider = provide({ credentialsUrl: url });
    await Promise.all([provider.get(), provider.get(), provider.get()]);
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('keeps what is good for long', async () => {
    const url = responseUrl(answer('first'), answer('second'));
    const provider = provide({ credentialsUrl: url });
    await provider.get();
    expect((await provider.get()).accessKeyId).to.equal('first');
  });

  it('asks anew once they have expired', async () => {
    let call = 0;
    const life = () => (++call === 1 ? 30 : 3_600_000);
    const provider = provide({
      getCredentials: () => Promise.resolve(credentials(`call ${call + 1}`, life())),
    });
    const first = await provider.get();
    while (Date.now() <= first.expiration!) await new Promise(requestAnimationFrame);
    expect((await provider.get()).accessKeyId).to.equal('call 2');
  });

  it('renews them ahead of expiry while the old ones serve', async () => {
    const reasons: string[] = [];
    let renewed!: () => void;
    const renewal = new Promise<void>((resolve) => (renewed = resolve));
    const provider = provide({
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

  it('asks anew in place of those that OSS refused', async () => {
    const provider = provide({ credentialsUrl: responseUrl(answer('first'), answer('second')) });
    const refused = await provider.get();
    expect((await provider.get({ insteadOf: refused })).accessKeyId).to.equal('second');
  });

  it('asks once when many were refused the same', async () => {
    const url = responseUrl(answer('first'), answer('second'), answer('third'));
    const provider = provide({ credentialsUrl: url });
    const refused = await provider.get();
    await Promise.all([provider.get({ insteadOf: refused }), provider.get({ insteadOf: refused })]);
    await provider.get({ insteadOf: refused });
    expect(await receivedRequests(url)).to.have.length(2);
  });

  it('forgets what came from another address', async () => {
    const options = { credentialsUrl: responseUrl(answer('first')) };
    const provider = provide(options);
    await provider.get();
    options.credentialsUrl = responseUrl(answer('other'));
    expect((await provider.get()).accessKeyId).to.equal('other');
  });

  it('sends method and headers that the page wants', async () => {
    const url = responseUrl(answer('first'));
    await provide({
      credentialsUrl: url,
      credentialsInit: { method: 'POST', headers: { 'x-csrf-token': 'abc' } },
    }).get();
    const [request] = await receivedRequests(url);
    expect(request).to.deep.include({ method: 'POST' });
    expect(request!.headers).to.deep.include({ 'x-csrf-token': 'abc', accept: 'application/json' });
  });

  it('reckons lifetimes by the server’s clock where that can be read', async () => {
    const twoHours = 7_200_000;
    const date = new Date(Date.now() - twoHours).toUTCString();
    const body = JSON.stringify(credentials('first', 3_600_000 - twoHours));
    const url = responseUrl({ body, headers: { date } });
    const provider = provide({ credentialsUrl: url });
    await provider.get();
    await provider.get();
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('leaves it to OSS whether they have expired where the server’s clock can’t be read', async () => {
    const provider = provide({ getCredentials: () => Promise.resolve(credentials('first', -3_600_000)) });
    expect((await provider.get()).accessKeyId).to.equal('first');
  });

  it('stops waiting when it is told to, and leaves the answer to others', async () => {
    const url = responseUrl(answer('first'));
    const provider = provide({ credentialsUrl: url });
    const stop = new AbortController();
    const stopped = provider.get({ signal: stop.signal });
    const other = provider.get();
    stop.abort(new Error('stopped'));
    expect(await codeOf(stopped)).to.equal('stopped');
    expect((await other).accessKeyId).to.equal('first');
  });

  const html = { body: '<!doctype html><title>Sign in</title>', headers: { 'content-type': 'text/html' } };
  const expired = { ...answer('first', -60_000), headers: { date: new Date().toUTCString() } };
  for (const [what, faulty, code] of [
    ['401', { status: 401 }, 'credentials-refused'],
    ['403', { status: 403 }, 'credentials-refused'],
    ['500', { status: 500 }, 'credentials-failed'],
    ['404', { status: 404 }, 'credentials-failed'],
    ['a sign-in page', html, 'credentials-not-json'],
    ['nothing', { body: '' }, 'credentials-not-json'],
    ['JSON without a field', { body: '{"AccessKeyId":"x"}' }, 'credentials-incomplete'],
    ['a list', { body: '[]' }, 'credentials-incomplete'],
    ['an expired token', expired, 'credentials-expired'],
  ] as const) {
    it(`names an answer of ${what}`, async () => {
      expect(await codeOf(provide({ credentialsUrl: responseUrl(faulty) }).get())).to.equal(code);
    });
  }

  it('names a redirect to another site', async () => {
    const url = responseUrl({ status: 302, headers: { location: `${localOss.url}/sign-in` } });
    expect(await codeOf(provide({ credentialsUrl: url }).get())).to.equal('credentials-redirected');
  });

  it('names a server that can’t be reached', async () => {
    const provider = provide({ credentialsUrl: 'http://localhost:1/sts' });
    expect(await codeOf(provider.get())).to.equal('credentials-unreachable');
  });

  it('names a connection that breaks in the middle of the answer', async () => {
    const provider = provide({ credentialsUrl: responseUrl({ breaks: true }) });
    expect(await codeOf(provider.get())).to.equal('credentials-unreachable');
  });

  it('names an address that is none', async () => {
    expect(await codeOf(provide({ credentialsUrl: 'http://' }).get())).to.equal('option-invalid');
  });

  it('names a page that has no address to ask', async () => {
    expect(await codeOf(provide({}).get())).to.equal('credentials-missing');
  });

  it('names a function that fails', async () => {
    const provider = provide({ getCredentials: () => Promise.reject(new Error('no')) });
    expect(await codeOf(provider.get())).to.equal('credentials-failed');
  });

  it('serves again once the cause is mended', async () => {
    const provider = provide({ credentialsUrl: responseUrl({ status: 401 }, answer('first')) });
    await codeOf(provider.get());
    expect((await provider.get()).accessKeyId).to.equal('first');
  });

  it('names a server that never answers', async () => {
    const provider = createCredentialsProvider(
      () => ({ credentialsUrl: responseUrl({ never: true }) }),
      new ServerClock(),
      { responseTimeout: 100 },
    );
    expect(await codeOf(provider.get())).to.equal('credentials-timeout');
  });
});
