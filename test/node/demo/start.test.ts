// The demo in this process: its port, its pages and their policies, its switches.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, describe, it } from 'node:test';
import { serveLoopback } from '../../../dev/oss-emulator/loopback-server.js';
import type { CredentialsAnswer } from '../../../demo/site/credentials-faults.js';
import type { Traffic } from '../../../demo/site/traffic.js';
import { startDemo, type LocalDemo } from '../../../demo/start.js';

async function freePort(): Promise<number> {
  const { port, close } = await serveLoopback(() => undefined);
  await close();
  return port;
}

const portOf = ({ url }: LocalDemo): number => Number(new URL(url).port);

describe('the port of the demo', () => {
  it('is the one that is asked for', async () => {
    const port = await freePort();
    const demo = await startDemo({ port });
    after(() => demo.close());
    assert.equal(portOf(demo), port);
  });

  it('is the next free one when that is busy', async () => {
    const busy = await serveLoopback(() => undefined);
    after(() => busy.close());
    const demo = await startDemo({ port: busy.port });
    after(() => demo.close());
    assert.ok(portOf(demo) > busy.port);
  });

  it('is not one that is busy on either loopback alone', async () => {
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
  const order = async (answer: CredentialsAnswer): Promise<void> => {
    const response = await send('/demo/credentials-answer', JSON.stringify(answer), 'application/json');
    assert.equal(response.status, 200);
  };

  for (const page of ['/', '/sdk-example.html']) {
    it(`answers ${page} under a policy that allows nothing unsafe`, async () => {
      assert.doesNotMatch(await policyOf(page), /unsafe|data:|blob:|\s\*[\s;]/);
    });

    it(`lets ${page} connect to itself and the local OSS alone`, async () => {
      const { port } = demo.oss;
      assert.match(
        await policyOf(page),
        new RegExp(
          `default-src 'self'; connect-src 'self' http://localhost:${port} http://\\*\\.localhost:${port};`,
        ),
      );
    });
  }

  it('bundles a page script when it is asked for', async () => {
    const response = await get('/pages/demo.js');
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.doesNotMatch(await response.text(), /^import /m);
  });

  it('lets the checksum worker alone compile WebAssembly', async () => {
    assert.match(await policyOf('/pages/checksum-worker.js'), /script-src 'self' 'wasm-unsafe-eval';/);
  });

  it('answers no file beyond those of the demo', async () => {
    const { port } = new URL(demo.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, path: '/dist/../package.json' }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 404);
  });

  it('answers nothing to a foreign name, lest another site ask for credentials', async () => {
    const { port } = new URL(demo.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, path: '/credentials', headers: { Host: 'rebound.example' } }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    assert.equal(status, 421);
  });

  it('answers credentials that the local STS issued', async () => {
    await order('right');
    const { AccessKeyId, SecurityToken } = (await (await get('/credentials')).json()) as Record<
      string,
      string
    >;
    assert.doesNotThrow(() => demo.oss.tokens.verify(AccessKeyId ?? '', SecurityToken ?? ''));
  });

  it('can make the credentials endpoint answer 401', async () => {
    await order('refused');
    assert.equal((await get('/credentials')).status, 401);
  });

  it('can make the credentials endpoint answer 500', async () => {
    await order('broken');
    assert.equal((await get('/credentials')).status, 500);
  });

  it('can make the credentials endpoint answer a sign-in page', async () => {
    await order('login-page');
    const response = await get('/credentials');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  });

  it('can make the credentials endpoint leave out a field', async () => {
    await order('incomplete');
    const answer = (await (await get('/credentials')).json()) as object;
    assert.deepEqual(Object.keys(answer).sort(), ['AccessKeyId', 'AccessKeySecret', 'Expiration']);
  });

  it('can make the credentials endpoint answer expired credentials', async () => {
    await order('expired');
    const { Expiration } = (await (await get('/credentials')).json()) as { Expiration: string };
    assert.ok(Date.parse(Expiration) < Date.now());
  });

  it('can make the credentials endpoint answer credentials that live for seconds', async () => {
    await order('short-lived');
    const { Expiration } = (await (await get('/credentials')).json()) as { Expiration: string };
    const life = Date.parse(Expiration) - Date.now();
    assert.ok(life > 0 && life <= 10_000, `${life} ms`);
  });

  it('can make the credentials endpoint say nothing', async () => {
    await order('silent');
    const stop = new AbortController();
    const answered = fetch(new URL('/credentials', demo.url), { signal: stop.signal });
    // The next request has been answered, so the first has been heard.
    await get('/demo/settings');
    stop.abort();
    await assert.rejects(answered, { name: 'AbortError' });
  });

  it('has no answer that it was not made for', async () => {
    assert.equal((await send('/demo/credentials-answer', '"made-up"', 'application/json')).status, 400);
  });

  it('lets no other site order answers, which could send plain text unasked', async () => {
    assert.equal((await send('/demo/credentials-answer', '"broken"', 'text/plain')).status, 415);
  });

  it('tells what the local OSS was sent since', async () => {
    const before = (await (await get('/demo/traffic')).json()) as Traffic;
    await fetch(`${demo.oss.url}/${demo.settings.bucket}/uploads/a`, { method: 'PUT', body: 'hello' });
    const { operations } = (await (await get(`/demo/traffic?after=${before.sequence}`)).json()) as Traffic;
    assert.deepEqual(operations, [{ operation: 'PutObject', requests: 1, failed: 1, bytes: 5 }]);
  });

  it('tells which faults have met a request', async () => {
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

  it('shows a stored object without running what is in it', async () => {
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
    assert.match(response.headers.get('content-security-policy') ?? '', /^sandbox;.*script-src 'none'/);
  });
});

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
