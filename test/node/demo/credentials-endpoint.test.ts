// The sample credentials endpoint over HTTP, in front of an STS that records the requests.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import {
  credentialsEndpoint,
  type CredentialsEndpointOptions,
} from '../../../dev/oss-emulator/credentials-endpoint.js';

const SECRET = 'the-long-lived-secret';
const KEY_ID = 'the-long-lived-key-id';
const CREDENTIALS = {
  AccessKeyId: 'STS.temporary',
  AccessKeySecret: 'temporary-secret',
  SecurityToken: 'token',
  Expiration: '2030-01-01T00:00:00Z',
};
const PAGE = 'https://app.example.com';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Endpoint {
  url: string;
  /** The parameters of the requests to STS. */
  sessions: URLSearchParams[];
  /** What the endpoint has written to the console. */
  log: () => string;
}

interface StsResponse {
  status?: number;
  body?: string;
}

/** Starts an endpoint. By default, all requests are those of the user 42. */
async function startEndpoint(
  t: TestContext,
  options: Partial<CredentialsEndpointOptions> = {},
  sts: StsResponse = {},
): Promise<Endpoint> {
  const errors = t.mock.method(console, 'error', () => {});
  const sessions: URLSearchParams[] = [];
  const stsEndpoint = await serve(t, (request, response) => {
    void text(request).then((body) => {
      sessions.push(new URLSearchParams(body));
      response.writeHead(sts.status ?? 200).end(sts.body ?? JSON.stringify({ Credentials: CREDENTIALS }));
    });
  });
  const handle = credentialsEndpoint({
    accessKeyId: KEY_ID,
    accessKeySecret: SECRET,
    roleArn: 'acs:ram::1234567890123456:role/upload',
    bucket: 'examplebucket',
    stsEndpoint,
    authorize: () => ({ user: '42', prefix: 'users/42/' }),
    ...options,
  });
  const url = await serve(t, (request, response) => void handle(request, response));
  const log = (): string => errors.mock.calls.map(({ arguments: values }) => values.join(' ')).join('\n');
  return { url, sessions, log };
}

/** Sends a request with headers that `fetch` doesn't allow, such as Sec-Fetch-Site. Resolves to the response. */
async function send(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }> {
  const request = httpRequest(url, { method, headers });
  request.end();
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const resourceOf = (session: URLSearchParams | undefined): string[] =>
  (JSON.parse(session?.get('Policy') ?? '') as { Statement: { Resource: string[] }[] }).Statement.flatMap(
    ({ Resource }) => Resource,
  );

describe('the sample credentials endpoint', () => {
  describe('restricts the session', () => {
    for (const prefix of ['users/42/', 'a/b.c/d..e/', '用户/张 三/', 'users/a@b.example/', '.well-known/']) {
      it(`to the prefix ${prefix}`, async (t) => {
        const { url, sessions } = await startEndpoint(t, { authorize: () => ({ user: '42', prefix }) });
        assert.equal((await send(url)).status, 200);
        assert.deepEqual(resourceOf(sessions[0]), [`acs:oss:*:*:examplebucket/${prefix}*`]);
      });
    }

    const invalidPrefixes = {
      'an empty prefix': '',
      'a prefix without a final slash': 'users/4',
      'only a slash': '/',
      'a leading slash': '/users/42/',
      'an empty segment': 'users//',
      'an empty segment in the middle': 'users//42/',
      'the segment .': 'users/./',
      'the segment ..': 'users/../',
      'the segment .. at the start': '../42/',
      'a backslash': 'users\\42/',
      'the wildcard *': 'users/*/',
      'the wildcard ?': 'users/??/',
      'a policy variable': 'users/${user}/',
      'a line break': 'users/42\n/',
      'a NUL character': 'users/42\0/',
      'a C1 control character': 'users/42\u0085/',
      'half a surrogate pair': 'users/\ud800/',
    };
    for (const [name, prefix] of Object.entries(invalidPrefixes)) {
      it(`and rejects ${name}`, async (t) => {
        const { url, sessions, log } = await startEndpoint(t, { authorize: () => ({ user: '42', prefix }) });
        const { status, body } = await send(url);
        assert.equal(status, 500);
        assert.deepEqual(sessions, []);
        assert.match(log(), /RangeError: Invalid prefix ".*"\. It must end with a slash/);
        assert.doesNotMatch(body, /users/);
      });
    }

    for (const bucket of ['*', '', 'a', 'examplebucket/users', 'Example']) {
      it(`and throws if the bucket is "${bucket}"`, async (t) => {
        await assert.rejects(startEndpoint(t, { bucket }), RangeError);
      });
    }
  });

  describe('names the session after the user', () => {
    const names = {
      '42': '42',
      'li.lei@example.com': 'li.lei@example.com',
      [`x${'y'.repeat(63)}`]: `x${'y'.repeat(63)}`,
      '7': '7-7902699b',
      'auth0|5f7c': 'auth0-5f7c-662dd0a5',
      'a b/c=d&e': 'a-b-c-d-e-fc8c7afc',
      张三: '---1d841bc0',
      李四: '---808b4f62',
      [`x${'y'.repeat(64)}`]: `x${'y'.repeat(54)}-0d9e041a`,
    };
    for (const [user, name] of Object.entries(names)) {
      it(`${user} as ${name}`, async (t) => {
        const { url, sessions } = await startEndpoint(t, {
          authorize: () => ({ user, prefix: 'users/42/' }),
        });
        await send(url);
        assert.equal(sessions[0]?.get('RoleSessionName'), name);
      });
    }

    it('and rejects an empty user', async (t) => {
      const { url, log } = await startEndpoint(t, {
        authorize: () => ({ user: '', prefix: 'users/42/' }),
      });
      assert.equal((await send(url)).status, 500);
      assert.match(log(), /RangeError: The user must not be empty/);
    });
  });

  describe('accepts', () => {
    for (const method of ['GET', 'POST']) {
      it(method, async (t) => {
        const { url } = await startEndpoint(t);
        const { status, body } = await send(url, { method });
        assert.equal(status, 200);
        assert.deepEqual(JSON.parse(body), CREDENTIALS);
      });
    }

    for (const site of ['same-origin', 'none']) {
      it(`Sec-Fetch-Site: ${site}`, async (t) => {
        const { url } = await startEndpoint(t);
        assert.equal((await send(url, { headers: { 'Sec-Fetch-Site': site } })).status, 200);
      });
    }

    it('its own origin from a browser without Sec-Fetch-Site', async (t) => {
      const { url } = await startEndpoint(t);
      assert.equal((await send(url, { method: 'POST', headers: { Origin: url } })).status, 200);
    });
  });

  describe('refuses', () => {
    for (const method of ['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      it(`${method} before it calls authorize`, async (t) => {
        const authorize = t.mock.fn(() => ({ user: '42', prefix: 'users/42/' }));
        const { url } = await startEndpoint(t, { authorize });
        const { status, headers } = await send(url, { method });
        assert.equal(status, 405);
        assert.equal(headers['allow'], 'GET, POST');
        assert.equal(authorize.mock.callCount(), 0);
      });
    }

    const crossOrigin: Record<string, Record<string, string>> = {
      'a cross-site request': { 'Sec-Fetch-Site': 'cross-site' },
      'a request from a sibling domain': { 'Sec-Fetch-Site': 'same-site' },
      'an unknown Sec-Fetch-Site': { 'Sec-Fetch-Site': 'same-origin, cross-site' },
      'another origin without Sec-Fetch-Site': { Origin: PAGE },
      'an opaque origin without Sec-Fetch-Site': { Origin: 'null' },
    };
    for (const [name, headers] of Object.entries(crossOrigin)) {
      it(`${name} before it calls authorize`, async (t) => {
        const authorize = t.mock.fn(() => ({ user: '42', prefix: 'users/42/' }));
        const { url } = await startEndpoint(t, { authorize });
        for (const method of ['GET', 'POST']) {
          const response = await send(url, { method, headers });
          assert.equal(response.status, 403);
          assert.equal(response.headers['access-control-allow-origin'], undefined);
        }
        assert.equal(authorize.mock.callCount(), 0);
      });
    }

    it('users who may not receive credentials now', async (t) => {
      const mayIssue = t.mock.fn(async (user: string) => user !== '42');
      const { url, sessions } = await startEndpoint(t, { mayIssue });
      const { status, headers, body } = await send(url);
      assert.equal(status, 429);
      assert.match(String(headers['retry-after']), /^[1-9]\d*$/);
      assert.equal((JSON.parse(body) as { error: string }).error, 'too-many-requests');
      assert.deepEqual(sessions, []);
    });

    it('requests of users who are not signed in, without counting them', async (t) => {
      const mayIssue = t.mock.fn(() => true);
      const { url } = await startEndpoint(t, { authorize: () => undefined, mayIssue });
      assert.equal((await send(url)).status, 401);
      assert.equal(mayIssue.mock.callCount(), 0);
    });
  });

  describe('with allowed origins', () => {
    const options = { allowedOrigins: [PAGE, 'http://localhost:5173'] };
    const fromPage = { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' };

    it('answers a preflight without calling authorize', async (t) => {
      const authorize = t.mock.fn(() => undefined);
      const { url } = await startEndpoint(t, { ...options, authorize });
      const { status, headers } = await send(url, {
        method: 'OPTIONS',
        headers: {
          ...fromPage,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
        },
      });
      assert.equal(status, 204);
      assert.equal(headers['access-control-allow-origin'], PAGE);
      assert.equal(headers['access-control-allow-methods'], 'GET, POST');
      assert.equal(headers['access-control-allow-headers'], 'authorization,content-type');
      assert.equal(authorize.mock.callCount(), 0);
    });

    it('lets a page of such an origin read credentials and errors', async (t) => {
      const { url } = await startEndpoint(t, {
        ...options,
        authorize: ({ method }) => (method === 'POST' ? { user: '42', prefix: 'users/42/' } : undefined),
      });
      for (const [method, status] of [
        ['POST', 200],
        ['GET', 401],
      ] as const) {
        const response = await send(url, { method, headers: fromPage });
        assert.equal(response.status, status);
        assert.equal(response.headers['access-control-allow-origin'], PAGE);
        assert.equal(response.headers['access-control-allow-credentials'], 'true');
        assert.equal(response.headers['vary'], 'Origin');
      }
    });

    for (const origin of ['https://app.example.com.evil.example', 'http://app.example.com', 'null']) {
      it(`refuses ${origin}`, async (t) => {
        const { url } = await startEndpoint(t, options);
        for (const method of ['GET', 'OPTIONS']) {
          const headers = { Origin: origin, 'Sec-Fetch-Site': 'cross-site' };
          const response = await send(url, { method, headers });
          assert.equal(response.status, 403);
          assert.equal(response.headers['access-control-allow-origin'], undefined);
        }
      });
    }

    it('refuses a cross-site request without an origin, as an image sends it', async (t) => {
      const { url } = await startEndpoint(t, options);
      assert.equal((await send(url, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status, 403);
    });

    for (const origin of [
      '*',
      'null',
      'app.example.com',
      'https://app.example.com/',
      'https://*.example.com',
    ]) {
      it(`throws if one is "${origin}"`, async (t) => {
        await assert.rejects(startEndpoint(t, { allowedOrigins: [origin] }), RangeError);
      });
    }
  });

  it('forbids caching and content sniffing in every response', async (t) => {
    const { url } = await startEndpoint(t, { allowedOrigins: [PAGE] });
    const refused = await startEndpoint(t, { authorize: () => undefined });
    const failing = await startEndpoint(t, {}, { status: 403 });
    for (const response of [
      await send(url),
      await send(refused.url),
      await send(failing.url),
      await send(url, { method: 'PUT' }),
      await send(url, { headers: { 'Sec-Fetch-Site': 'cross-site' } }),
      await send(url, { method: 'OPTIONS', headers: { Origin: PAGE } }),
    ]) {
      assert.equal(response.headers['cache-control'], 'no-store');
      assert.equal(response.headers['x-content-type-options'], 'nosniff');
    }
  });

  describe('reveals nothing of the account', () => {
    const failures: Record<string, StsResponse> = {
      'STS rejects the request': {
        status: 400,
        body: JSON.stringify({ Code: 'Refused', Message: `string to sign is: ${KEY_ID} ${SECRET}` }),
      },
      'STS responds with a page': { status: 502, body: `<p>${KEY_ID} ${SECRET}` },
      'STS responds with invalid JSON': { body: `${KEY_ID} ${SECRET}` },
      'STS responds without credentials': { body: '{}' },
    };
    for (const [name, sts] of Object.entries(failures)) {
      it(`if ${name}`, async (t) => {
        const { url, log } = await startEndpoint(t, {}, sts);
        const { status, body } = await send(url);
        assert.equal(status, 502);
        assert.match(log(), /^AssumeRole failed: /);
        for (const secret of [KEY_ID, SECRET, 'Signature']) {
          assert.ok(!body.includes(secret) && !log().includes(secret), secret);
        }
      });
    }

    it('if STS can’t be reached', async (t) => {
      const { url, log } = await startEndpoint(t, { stsEndpoint: 'http://127.0.0.1:1' });
      assert.equal((await send(url)).status, 502);
      assert.match(log(), /ECONNREFUSED/);
      assert.ok(!log().includes(KEY_ID));
    });

    it('if authorize throws', async (t) => {
      const { url, log } = await startEndpoint(t, {
        authorize: () => Promise.reject(new Error('The session store is down.')),
      });
      const { status, body } = await send(url);
      assert.equal(status, 500);
      assert.doesNotMatch(body, /session store/);
      assert.match(log(), /The session store is down\./);
    });
  });

  it('runs as in docs/bucket-setup.md', async (t) => {
    const { startServer } = await importSample('docs/bucket-setup.md', /export const startServer/);
    const account = { accessKeyId: KEY_ID, accessKeySecret: SECRET, roleArn: '', bucket: 'examplebucket' };
    const server = (startServer as (account: object, port: number) => Server)(account, 0);
    t.after(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const headers = { Cookie: 'a=b; session=unknown' };
    assert.equal((await send(`http://localhost:${port}`, { headers })).status, 401);
  });
});

/** Imports the TypeScript sample of a document that matches a pattern. */
async function importSample(path: string, pattern: RegExp): Promise<Record<string, unknown>> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const text = await readFile(root + path, 'utf8');
  const samples = [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, sample = '']) => sample);
  const contents = samples.find((sample) => pattern.test(sample));
  assert.ok(contents, `${path} has the sample`);
  const folder = await mkdtemp(join(tmpdir(), 'sample-'));
  const outfile = join(folder, 'sample.cjs');
  const stdin = { contents, loader: 'ts' as const, resolveDir: `${root}dev/oss-emulator` };
  await build({ stdin, bundle: true, platform: 'node', external: ['proxy-agent'], format: 'cjs', outfile });
  try {
    return createRequire(outfile)(outfile) as Record<string, unknown>;
  } finally {
    await rm(folder, { recursive: true });
  }
}
