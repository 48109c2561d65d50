import { expect } from '@open-wc/testing';
import {
  createCredentialsProvider,
  type CredentialsContext,
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
    const issued = [credentials('first', 30), credentials('second')];
    const expiresAt = Date.parse(issued[0]!.Expiration);
    const provider = createProvider({ getCredentials: () => Promise.resolve(issued.shift()) });
    await provider.get();
    while (Date.now() <= expiresAt) await new Promise(requestAnimationFrame);
    expect((await provider.get()).accessKeyId).to.equal('second');
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
    await provider.get();
    const renewAt = Date.now() + 400 - 75;
    while (Date.now() < renewAt) await new Promise(requestAnimationFrame);
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

  for (const [name, expiration] of Object.entries({
    'an hour ago': new Date(Date.now() - 3_600_000).toISOString(),
    'an hour ago, in seconds': Math.floor(Date.now() / 1_000) - 3_600,
    'a local time in the past': '2020-01-31 12:00:00',
    'a duration of no length': 0,
    'no time at all': 'soon',
  })) {
    it(`leaves it to OSS whether credentials are valid whose expiration is ${name}`, async () => {
      const body = JSON.stringify({ ...credentials('first'), Expiration: expiration });
      const url = responseUrl({ body, headers: { date: new Date().toUTCString() } });
      const provider = createProvider({ credentialsUrl: url });
      await provider.get();
      expect((await provider.get()).accessKeyId).to.equal('first');
      expect(await receivedRequests(url)).to.have.length(1);
    });
  }

  it('does not request new credentials while a renewal in the background keeps failing', async () => {
    let calls = 0;
    const provider = createProvider({
      getCredentials: () =>
        calls++ ? Promise.reject(new Error('no')) : Promise.resolve(credentials('first', 2_000)),
    });
    await provider.get();
    const renewAt = Date.now() + 1_650;
    while (Date.now() < renewAt) await new Promise(requestAnimationFrame);
    for (let call = 0; call < 10; call++) {
      await provider.get();
      await Promise.resolve();
    }
    expect(calls).to.equal(2);
  });

  it('reads a Response that getCredentials returns', async () => {
    const url = responseUrl(response('first'), { status: 401 });
    const provider = createProvider({ getCredentials: ({ signal }) => fetch(url, { signal }) });
    const first = await provider.get();
    expect(first.accessKeyId).to.equal('first');
    expect(await codeOf(provider.get({ insteadOf: first }))).to.equal('credentials-refused');
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
  const bodyOf = (body: unknown) => ({ body: JSON.stringify(body) });
  for (const [name, faultyResponse, code] of [
    ['status 401', { status: 401 }, 'credentials-refused'],
    ['status 403', { status: 403 }, 'credentials-refused'],
    ['status 500', { status: 500 }, 'credentials-failed'],
    ['status 404', { status: 404 }, 'credentials-failed'],
    ['a sign-in page', html, 'credentials-not-json'],
    ['an empty body', { body: '' }, 'credentials-not-json'],
    ['JSON without a field', { body: '{"AccessKeyId":"x"}' }, 'credentials-incomplete'],
    ['a JSON array', { body: '[]' }, 'credentials-incomplete'],
    ['status 200 with code 401 in the body', bodyOf({ code: 401, msg: 'x' }), 'credentials-refused'],
    ['status 200 with a failure in the body', bodyOf({ success: false }), 'credentials-failed'],
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

  it('names the fix for an invalid URL, and hides its query', async () => {
    const invalid = createProvider({ credentialsUrl: 'http://?token=secret' }).get();
    const error = await invalid.catch((thrown: unknown) => thrown as UploadError);
    expect(error).to.have.property('hint').that.includes('Use an absolute URL.').and.not.includes('secret');
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

describe('getCredentials', () => {
  /** A function of the page whose calls the test settles. */
  function manualSource() {
    const calls: { context: CredentialsContext; resolve: (body: unknown) => void; reject: () => void }[] = [];
    const getCredentials = (context: CredentialsContext) =>
      new Promise<unknown>((resolve, reject) =>
        calls.push({ context, resolve, reject: () => reject(new Error('aborted')) }),
      );
    const provider = createCredentialsProvider(() => ({ getCredentials }), new ServerClock(), {
      responseTimeout: 1,
    });
    return { calls, provider };
  }
  const anyTask = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('may take longer than a URL', async () => {
    const { calls, provider } = manualSource();
    const received = provider.get();
    await anyTask();
    expect(calls[0]!.context.signal.aborted).to.be.false;
    calls[0]!.resolve(credentials('first'));
    expect((await received).accessKeyId).to.equal('first');
  });

  it('has a signal that is aborted once the last caller has left', async () => {
    const { calls, provider } = manualSource();
    const [first, second] = [new AbortController(), new AbortController()];
    const callers = [first, second].map(({ signal }) => codeOf(provider.get({ signal })));
    first.abort(new Error('paused'));
    expect(calls[0]!.context.signal.aborted).to.be.false;
    second.abort(new Error('paused'));
    expect(calls[0]!.context.signal.aborted).to.be.true;
    expect(await Promise.all(callers)).to.deep.equal(['paused', 'paused']);
  });

  /** Returns a source whose only caller has left before its function has answered. */
  const abandonedSource = async () => {
    const source = manualSource();
    const caller = new AbortController();
    const left = codeOf(source.provider.get({ signal: caller.signal }));
    caller.abort(new Error('paused'));
    await left;
    return source;
  };

  it('is not called again in parallel after all callers have left', async () => {
    const { calls, provider } = await abandonedSource();
    const resumed = provider.get();
    await anyTask();
    expect(calls).to.have.length(1);
    calls[0]!.resolve(credentials('late'));
    expect((await resumed).accessKeyId).to.equal('late');
  });

  it('is called again once an abandoned call has failed', async () => {
    const { calls, provider } = await abandonedSource();
    const resumed = provider.get();
    calls[0]!.reject();
    await anyTask();
    calls[1]!.resolve(credentials('second'));
    expect((await resumed).accessKeyId).to.equal('second');
  });

  it('renews in the background only while someone uses the current credentials', async () => {
    const { calls, provider } = manualSource();
    const first = provider.get();
    calls[0]!.resolve(credentials('first', 500));
    await first;
    const renewAt = Date.now() + 425;
    while (Date.now() < renewAt) await new Promise(requestAnimationFrame);
    const caller = new AbortController();
    expect((await provider.get({ signal: caller.signal })).accessKeyId).to.equal('first');
    expect(calls[1]!.context).to.deep.include({ reason: 'expiring' });
    caller.abort();
    expect(calls[1]!.context.signal.aborted).to.be.true;
  });
});
