import { expect } from '@open-wc/testing';
import {
  createCredentialsProvider,
  type CredentialsContext,
  type CredentialsOptions,
} from '../../../src/adapters/browser/credentials.js';
import type { UploadError } from '../../../src/core/errors.js';
// Sets the texts of errors.
import '../../../src/core/uploader.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { type StubResponse, responseUrl, receivedRequests } from '../../support/responses.js';
import { UntrustedSite } from '../../support/untrusted-server.js';

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
        return Promise.resolve(credentials(reason, 2_000));
      },
    });
    await provider.get();
    // A fifth of the lifetime before they expire, less the time that a busy browser may need for a frame.
    const renewAt = Date.now() + 2_000 - 380;
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

  for (const status of [429, 503]) {
    it(`fails with the delay that the site requests (status ${status})`, async () => {
      const url = responseUrl({ status, body: '', headers: { 'retry-after': '60' } });
      const error = await createProvider({ credentialsUrl: url })
        .get()
        .catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'credentials-failed', retryable: true, retryAfter: 60_000 });
    });
  }

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

  describe('redirects', () => {
    let other: UntrustedSite;
    beforeEach(async () => {
      other = new UntrustedSite();
      await other.respond(response('theirs'));
    });
    const redirectTo = (location: string): StubResponse => ({ status: 307, headers: { location } });
    const elsewhere = () => `${other.origin}/${other.name}/sts`;
    const csrf = { method: 'POST', headers: { 'x-csrf-token': 'csrf' }, body: 'form' };

    for (const [name, credentialsInit] of Object.entries<RequestInit>({
      'by default': {},
      'with a CSRF token': csrf,
      'with mode: "cors"': { ...csrf, mode: 'cors' },
      'with redirect: "follow"': { ...csrf, redirect: 'follow' },
      'with redirect: "manual"': { ...csrf, redirect: 'manual' },
      'with redirect: "error"': { ...csrf, redirect: 'error' },
    })) {
      it(`to another origin are not followed ${name}`, async () => {
        const url = responseUrl(redirectTo(elsewhere()));
        const provider = createProvider({ credentialsUrl: url, credentialsInit });
        expect(await codeOf(provider.get())).to.equal('credentials-redirected');
        expect(await other.requests()).to.deep.equal([]);
      });

      it(`of another origin are not followed ${name}`, async () => {
        const cross = new UntrustedSite();
        await cross.respond(redirectTo(elsewhere()));
        const url = `${cross.origin}/${cross.name}/sts`;
        const provider = createProvider({ credentialsUrl: url, credentialsInit });
        expect(await codeOf(provider.get())).to.equal('credentials-redirected');
        expect(await cross.requests()).to.have.length(1);
        expect(await other.requests()).to.deep.equal([]);
      });
    }

    it('to another origin are not followed after one within the origin', async () => {
      const url = responseUrl(redirectTo(responseUrl(redirectTo(elsewhere()))));
      const provider = createProvider({ credentialsUrl: url, credentialsInit: csrf });
      expect(await codeOf(provider.get())).to.equal('credentials-redirected');
      expect(await other.requests()).to.deep.equal([]);
    });

    it('within the page’s origin are followed', async () => {
      const provider = createProvider({
        credentialsUrl: responseUrl(redirectTo(responseUrl(response('ours')))),
      });
      expect((await provider.get()).accessKeyId).to.equal('ours');
    });

    it('are named if getCredentials returns one', async () => {
      const url = responseUrl(redirectTo('/'));
      const provider = createProvider({ getCredentials: () => fetch(url, { redirect: 'manual' }) });
      expect(await codeOf(provider.get())).to.equal('credentials-redirected');
    });
  });

  it('requests credentials from another origin that allows it', async () => {
    const other = new UntrustedSite();
    await other.respond(response('cross'));
    const provider = createProvider({ credentialsUrl: `${other.origin}/${other.name}/sts` });
    expect((await provider.get()).accessKeyId).to.equal('cross');
  });

  it('reads credentials from blob: and data: URLs', async () => {
    const json = JSON.stringify(credentials('local'));
    const blobUrl = URL.createObjectURL(new Blob([json]));
    for (const credentialsUrl of [blobUrl, `data:application/json,${encodeURIComponent(json)}`]) {
      expect((await createProvider({ credentialsUrl }).get()).accessKeyId).to.equal('local');
    }
    URL.revokeObjectURL(blobUrl);
  });

  describe('large responses', () => {
    const LIMIT = 64 * 1024;
    const padded = (size: number) => JSON.stringify(credentials('padded')).padEnd(size);

    it('are read up to 64 KiB', async () => {
      const other = new UntrustedSite();
      await other.respond({ body: padded(LIMIT) });
      const provider = createProvider({ credentialsUrl: `${other.origin}/${other.name}/sts` });
      expect((await provider.get()).accessKeyId).to.equal('padded');
    });

    for (const [name, large] of Object.entries<Parameters<UntrustedSite['respond']>[0]>({
      'one byte too many': { body: padded(LIMIT + 1) },
      'an endless sign-in page': { body: '<!doctype html>', size: 'endless' },
      'compressed text': { body: padded(LIMIT), size: 64 * 2 ** 20, gzip: true },
    })) {
      it(`reject with credentials-not-json: ${name}`, async () => {
        const other = new UntrustedSite();
        await other.respond(large);
        const url = `${other.origin}/${other.name}/sts`;
        const expected = { code: 'credentials-not-json', status: 200 };
        const error = await createProvider({ credentialsUrl: url })
          .get()
          .catch((thrown: unknown) => thrown);
        expect(error).to.include(expected);
        const returned = createProvider({ getCredentials: () => fetch(url) });
        expect(await returned.get().catch((thrown: unknown) => thrown)).to.include(expected);
      });
    }

    it('are not received any further', async () => {
      const other = new UntrustedSite();
      await other.respond({ body: '{', size: 'endless' });
      await codeOf(createProvider({ credentialsUrl: `${other.origin}/${other.name}/sts` }).get());
      let size = -1;
      for (let last = -2; size !== last;) {
        last = size;
        size = (await other.requests())[0]!.responseSize;
      }
      // The network buffers some of it.
      expect(size).to.be.below(32 * 2 ** 20);
    });
  });

  for (const date of ['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 01 Jan 2200 00:00:00 GMT', 'x']) {
    it(`ignores the Date header ${date}`, async () => {
      const other = new UntrustedSite();
      await other.respond({ ...response('dated'), headers: { date } });
      const provider = createProvider({ credentialsUrl: `${other.origin}/${other.name}/sts` });
      await provider.get();
      await provider.get();
      expect(await other.requests()).to.have.length(1);
    });
  }

  const secretUrl = 'http://localhost:1/sts?token=hidden';
  for (const [name, thrown] of Object.entries<unknown>({
    'a request with its headers': Object.assign(new Error('Request failed'), {
      config: { headers: { authorization: 'hidden' } },
      response: { data: { AccessKeySecret: 'hidden' } },
    }),
    'a URL with a query': new TypeError(`Failed to fetch ${secretUrl}`),
    'a quotation of the response': new SyntaxError('Unexpected token, "{"Secret":"hidden" is not valid JSON'),
    'an object': { message: '', headers: { authorization: 'hidden' } },
    'a stack with the message': Object.assign(new Error('x'), {
      stack: `Error: ${secretUrl}\n    at f (x.js:1:2)`,
    }),
  })) {
    it(`keeps no secret of an error of getCredentials that has ${name}`, async () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      const provider = createProvider({ getCredentials: () => Promise.reject(thrown) });
      const error = (await provider.get().catch((error: unknown) => error)) as UploadError;
      expect(error.code).to.equal('credentials-failed');
      const cause = error.cause as Error;
      expect(cause).to.be.instanceOf(Error);
      const texts = [...Object.entries(cause), cause.message, cause.stack, cause.name];
      expect(JSON.stringify(texts)).not.to.include('hidden');
    });
  }

  it('keeps the name, the message and the functions of an error of getCredentials', async () => {
    const thrown = new RangeError('The dialog was closed.');
    const error = await createProvider({ getCredentials: () => Promise.reject(thrown) })
      .get()
      .catch((error: unknown) => error as UploadError);
    const { name, message, stack } = (error as UploadError).cause as Error;
    expect({ name, message }).to.deep.equal({ name: 'RangeError', message: 'The dialog was closed.' });
    expect(stack).to.include('credentials.test');
  });

  it('keeps no query in the cause of an invalid or unreachable URL', async () => {
    for (const credentialsUrl of ['http://?token=hidden', secretUrl]) {
      const error = await createProvider({ credentialsUrl })
        .get()
        .catch((thrown: unknown) => thrown);
      const { message, hint, cause } = error as UploadError;
      expect(
        [message, hint, String(cause), String((cause as Error | undefined)?.stack)].join(),
      ).not.to.include('hidden');
    }
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
