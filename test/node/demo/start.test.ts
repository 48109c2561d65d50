// The demo, started in this process: its port, its pages and their policies, and its HTTP API.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { OssControl } from '../../../dev/oss-emulator/control-client.js';
import { serveLoopback } from '../../../dev/oss-emulator/loopback-server.js';
import type { Operation } from '../../../dev/oss-emulator/operation.js';
import type { CredentialsMode } from '../../../demo/site/credentials-faults.js';
import type { DemoSettings } from '../../../demo/site/demo-settings.js';
import type { Traffic, UploadTraffic } from '../../../demo/site/traffic.js';
import { startDemo, type LocalDemo } from '../../../demo/start.js';

async function freePort(): Promise<number> {
  const { port, close } = await serveLoopback(() => undefined);
  await close();
  return port;
}

const portOf = ({ url }: LocalDemo): number => Number(new URL(url).port);

describe('the port of the demo', () => {
  it('is the requested one', async () => {
    const port = await freePort();
    const demo = await startDemo({ port });
    after(() => demo.close());
    assert.equal(portOf(demo), port);
  });

  it('is the next free one when the requested one is in use', async () => {
    const busy = await serveLoopback(() => undefined);
    after(() => busy.close());
    const demo = await startDemo({ port: busy.port });
    after(() => demo.close());
    assert.ok(portOf(demo) > busy.port);
  });

  it('is free on both IPv4 and IPv6', async () => {
    const busy = await serveLoopback(() => undefined, 0, ['::1']);
    after(() => busy.close());
    const demo = await startDemo({ port: busy.port });
    after(() => demo.close());
    assert.ok(portOf(demo) > busy.port);
  });
});

describe('the demo', async () => {
  const demo = await startDemo();
  after(() => demo.close());
  const get = (path: string): Promise<Response> => fetch(new URL(path, demo.url));
  const policyOf = async (path: string): Promise<string> => {
    const response = await get(path);
    assert.equal(response.status, 200);
    return response.headers.get('content-security-policy') ?? '';
  };
  const send = (path: string, body: string, type: string): Promise<Response> =>
    fetch(new URL(path, demo.url), { method: 'POST', headers: { 'Content-Type': type }, body });
  const setCredentialsMode = async (mode: CredentialsMode): Promise<void> => {
    const response = await send('/demo/credentials-mode', JSON.stringify(mode), 'application/json');
    assert.equal(response.status, 200);
  };

  for (const page of ['/', '/sdk-example.html']) {
    it(`serves ${page} with a policy without unsafe sources`, async () => {
      assert.doesNotMatch(await policyOf(page), /unsafe|data:|blob:|\s\*[\s;]/);
    });

    it(`lets ${page} connect only to its own origin and the emulator`, async () => {
      const { port } = demo.oss;
      assert.match(
        await policyOf(page),
        new RegExp(
          `default-src 'self'; connect-src 'self' http://localhost:${port} http://\\*\\.localhost:${port};`,
        ),
      );
    });
  }

  it('bundles a page script on request', async () => {
    const response = await get('/pages/demo.js');
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.doesNotMatch(await response.text(), /^import /m);
  });

  it('allows WebAssembly only in the checksum worker', async () => {
    assert.match(await policyOf('/pages/checksum-worker.js'), /script-src 'self' 'wasm-unsafe-eval';/);
  });

  it('serves no files outside the demo', async () => {
    const { port } = new URL(demo.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, path: '/dist/../package.json' }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 404);
  });

  /** Sends a request with headers that fetch doesn't allow. */
  const sendRaw = (
    path: string,
    headers: Record<string, string>,
    method = 'GET',
  ): Promise<{ status: number | undefined; body: string }> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(demo.url);
      request({ port, path, headers, method }, (response) => {
        text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
      })
        .on('error', reject)
        .end();
    });

  for (const path of ['/', '/credentials', '/demo/settings', '/_control/requests', '/examples/']) {
    it(`rejects requests for ${path} with a foreign Host header (DNS rebinding)`, async () => {
      assert.equal((await sendRaw(path, { Host: 'rebound.example' })).status, 421);
    });
  }

  for (const site of ['cross-site', 'same-site']) {
    for (const [method, path] of [
      ['GET', '/demo/settings'],
      ['GET', '/credentials'],
      ['GET', '/examples/credentials/other'],
      ['GET', '/dist/oss-resumable-upload.js'],
      ['GET', '/_control/requests'],
      ['POST', '/_control/faults'],
      ['POST', '/demo/credentials-mode'],
    ] as const) {
      it(`rejects ${method} ${path} of a ${site} page`, async () => {
        const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'cors' };
        const { status, body } = await sendRaw(path, headers, method);
        assert.equal(status, 403);
        assert.doesNotMatch(body, new RegExp(demo.oss.controlToken));
      });
    }

    it(`lets a ${site} page link to the demo, but not submit forms to it`, async () => {
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate' };
      assert.equal((await sendRaw('/', headers)).status, 200);
      assert.equal((await sendRaw('/examples/cms/', headers, 'POST')).status, 403);
    });
  }

  for (const origin of ['https://attacker.example', 'http://localhost:1', 'null']) {
    it(`rejects a form of ${origin} from a browser without Sec-Fetch-Site`, async () => {
      const { status, body } = await sendRaw('/examples/cms/', { Origin: origin }, 'POST');
      assert.equal(status, 403);
      assert.match(body, /other origins/);
    });
  }

  it('accepts a form of its own origin from a browser without Sec-Fetch-Site', async () => {
    const response = await fetch(new URL('/demo/credentials-mode', demo.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: new URL(demo.url).origin },
      body: '"normal"',
    });
    assert.equal(response.status, 200);
  });

  it('gives its own pages the token of the control API, which it serves', async () => {
    const { controlToken = '' } = (await (await get('/demo/settings')).json()) as DemoSettings;
    const control = new OssControl({ url: demo.url, controlToken });
    assert.deepEqual(await control.uploads(), []);
    assert.equal((await get('/_control/uploads')).status, 401);
  });

  it('lets only its own origins upload to the buckets', async () => {
    const { port } = new URL(demo.url);
    const allowedOriginOf = async (bucket: string, origin: string) => {
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'PUT' };
      const response = await fetch(`${demo.oss.url}/${bucket}/uploads/a`, { method: 'OPTIONS', headers });
      return response.headers.get('access-control-allow-origin');
    };
    for (const bucket of ['demo-bucket', 'demo-pictures']) {
      for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`])
        assert.equal(await allowedOriginOf(bucket, origin), origin);
      for (const origin of ['https://app.example', demo.oss.url, 'null', `https://localhost:${port}`])
        assert.equal(await allowedOriginOf(bucket, origin), null);
    }
    const response = await fetch(`${demo.oss.url}/demo-bucket/x`, {
      headers: { Origin: demo.url.slice(0, -1) },
    });
    assert.equal(
      response.headers.get('access-control-expose-headers'),
      'ETag, x-oss-request-id, x-oss-hash-crc64ecma',
    );
  });

  it('serves credentials from the local STS', async () => {
    await setCredentialsMode('normal');
    const { AccessKeyId, SecurityToken } = (await (await get('/credentials')).json()) as Record<
      string,
      string
    >;
    assert.doesNotThrow(() => demo.oss.tokens.verify(AccessKeyId ?? '', SecurityToken ?? ''));
  });

  it('can make the credentials endpoint return 401', async () => {
    await setCredentialsMode('unauthorized');
    assert.equal((await get('/credentials')).status, 401);
  });

  it('can make the credentials endpoint return 500', async () => {
    await setCredentialsMode('server-error');
    assert.equal((await get('/credentials')).status, 500);
  });

  it('can make the credentials endpoint return a sign-in page', async () => {
    await setCredentialsMode('sign-in-page');
    const response = await get('/credentials');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  });

  it('can make the credentials endpoint omit a field', async () => {
    await setCredentialsMode('missing-field');
    const credentials = (await (await get('/credentials')).json()) as object;
    assert.deepEqual(Object.keys(credentials).sort(), ['AccessKeyId', 'AccessKeySecret', 'Expiration']);
  });

  it('can make the credentials endpoint return expired credentials', async () => {
    await setCredentialsMode('expired');
    const { Expiration } = (await (await get('/credentials')).json()) as { Expiration: string };
    assert.ok(Date.parse(Expiration) < Date.now());
  });

  it('can make the credentials endpoint return short-lived credentials', async () => {
    await setCredentialsMode('short-lived');
    const { Expiration } = (await (await get('/credentials')).json()) as { Expiration: string };
    const lifetime = Date.parse(Expiration) - Date.now();
    assert.ok(lifetime > 0 && lifetime <= 10_000, `${lifetime} ms`);
  });

  it('can make the credentials endpoint send no response', async () => {
    await setCredentialsMode('no-response');
    const abort = new AbortController();
    const response = fetch(new URL('/credentials', demo.url), { signal: abort.signal });
    // Once the server has responded to a later request, it has also received this one.
    await get('/demo/settings');
    abort.abort();
    await assert.rejects(response, { name: 'AbortError' });
  });

  it('takes a path that starts with two slashes for a path', async () => {
    for (const path of ['//', '//example.com/demo/settings']) {
      const { port } = new URL(demo.url);
      const response = await fetch(`http://localhost:${port}${path}`);
      assert.equal(response.status, 404, path);
    }
  });

  it('rejects an unknown credentials mode', async () => {
    assert.equal((await send('/demo/credentials-mode', '"made-up"', 'application/json')).status, 400);
  });

  it('rejects a credentials mode that is too large or not JSON', async () => {
    for (const body of [`"${'x'.repeat(2 * 1024 ** 2)}"`, '{'])
      assert.equal((await send('/demo/credentials-mode', body, 'application/json')).status, 400);
  });

  it('accepts credentials modes only as JSON, which requires a CORS preflight', async () => {
    assert.equal((await send('/demo/credentials-mode', '"broken"', 'text/plain')).status, 415);
  });

  it('reports the emulator’s traffic since a given request', async () => {
    const before = (await (await get('/demo/traffic')).json()) as Traffic;
    await fetch(`${demo.oss.url}/${demo.settings.bucket}/uploads/a`, { method: 'PUT', body: 'hello' });
    const { operations } = (await (await get(`/demo/traffic?after=${before.sequence}`)).json()) as Traffic;
    assert.deepEqual(operations, [{ operation: 'PutObject', requests: 1, failed: 1, bytes: 5 }]);
  });

  it('reports what an upload has sent, how many parts twice, without earlier uploads of the key', async () => {
    const key = 'uploads/film.mp4';
    const start = (operation: Operation, details: { uploadId?: string; partNumber?: number } = {}) =>
      demo.oss.requests.start({
        ...{ id: '', method: '', signatureVersion: 'v4', bucket: demo.settings.bucket },
        ...{ key, operation, ...details },
      });
    const send = (operation: Operation, status: number, uploadId: string, partNumber?: number) => {
      const entry = start(operation, { uploadId, ...(partNumber !== undefined && { partNumber }) });
      Object.assign(entry, { status, bytesReceived: partNumber === undefined ? 0 : 100 });
      if (status === 403) entry.code = 'SecurityTokenExpired';
    };
    for (const uploadId of ['earlier', 'current']) {
      send('InitiateMultipartUpload', 200, uploadId);
      send('UploadPart', 200, uploadId, 1);
      send('UploadPart', 403, uploadId, 2);
      send('UploadPart', 200, uploadId, 2);
      send('UploadPart', 200, uploadId, 1);
      send('CompleteMultipartUpload', 200, uploadId);
    }
    const response = await get(`/demo/upload-traffic?key=${encodeURIComponent(key)}`);
    assert.deepEqual(await response.json(), {
      bytesReceived: 400,
      partsStored: 2,
      partsResent: 1,
      expiredTokens: 1,
    });
  });

  it('counts the bytes of files that are sent in a single request, without earlier uploads of the key', async () => {
    for (const operation of ['PutObject', 'PostObject'] as const) {
      const key = `uploads/${operation}.txt`;
      for (const bytesReceived of [300, 200]) {
        const entry = demo.oss.requests.start({
          ...{ id: '', method: '', signatureVersion: 'v4', bucket: demo.settings.bucket },
          ...{ key, operation },
        });
        Object.assign(entry, { status: 200, bytesReceived });
      }
      const response = await get(`/demo/upload-traffic?key=${encodeURIComponent(key)}`);
      assert.equal(((await response.json()) as UploadTraffic).bytesReceived, 200, operation);
    }
  });

  it('reports the injected faults', async () => {
    const before = (await (await get('/demo/traffic')).json()) as Traffic;
    const fault = { kind: 'status', status: 503, code: 'ServiceUnavailable' } as const;
    demo.oss.faults.add({ match: { operation: 'PutObject' }, fault });
    await fetch(`${demo.oss.url}/${demo.settings.bucket}/uploads/a`, { method: 'PUT', body: 'hello' });
    const { faults } = (await (await get(`/demo/traffic?after=${before.sequence}`)).json()) as Traffic;
    assert.deepEqual(
      faults.map(({ fault, operation }) => [fault, operation]),
      [['status', 'PutObject']],
    );
  });

  it('serves a stored object in a sandbox without scripts', async () => {
    const bucket = demo.oss.bucket(demo.settings.bucket);
    const page = '<script>alert(1)</script>';
    const received = await bucket.receive(bytesOf(page), true);
    const settings = {
      headers: { 'content-type': 'text/html' },
      storageClass: 'Standard',
      acl: 'default',
      tags: {},
    };
    await bucket.putObject('uploads/page.html', received, settings);
    const response = await get('/demo/object?key=uploads%2Fpage.html');
    assert.equal(await response.text(), page);
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /^sandbox;.*script-src 'none'; frame-ancestors 'none'/,
    );
  });
});

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
