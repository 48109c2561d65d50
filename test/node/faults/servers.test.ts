// The servers that schedules need in addition to the emulator.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { ApplicationServer } from '../../faults/application-server.js';
import { CaptivePortal } from '../../faults/captive-portal.js';

describe('ApplicationServer', () => {
  const start = async (context: TestContext) => {
    const server = await ApplicationServer.start();
    context.after(() => server.close());
    return server;
  };
  const call = (server: ApplicationServer) => fetch(server.url, { method: 'POST', body: 'object=film.mp4' });

  it('answers with JSON and records the call', async (context) => {
    const server = await start(context);
    assert.deepEqual(await (await call(server)).json(), { saved: true });
    assert.deepEqual(server.answered, ['object=film.mp4']);
  });

  it('fails as often as it is told, and records only answered calls', async (context) => {
    const server = await start(context);
    server.fail('error', 1);
    assert.deepEqual([(await call(server)).status, (await call(server)).status], [500, 200]);
    assert.equal(server.answered.length, 1);
  });

  it('answers with invalid JSON', async (context) => {
    const server = await start(context);
    server.fail('not-json');
    await assert.rejects((await call(server)).json(), SyntaxError);
  });

  it('resets the connection', async (context) => {
    const server = await start(context);
    server.fail('reset');
    await assert.rejects(call(server));
  });

  it('never answers', async (context) => {
    const server = await start(context);
    server.fail('none');
    const calling = fetch(server.url, { method: 'POST', signal: AbortSignal.timeout(100) });
    await assert.rejects(calling, { name: 'TimeoutError' });
  });
});

describe('CaptivePortal', () => {
  it('answers requests of every origin, method and header with a web page', async (context) => {
    const portal = await CaptivePortal.start();
    context.after(() => portal.close());
    const response = await fetch(portal.url, { method: 'PUT', body: 'bytes' });
    assert.deepEqual(
      ['content-type', 'access-control-allow-origin'].map((name) => response.headers.get(name)),
      ['text/html', '*'],
    );
    assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization/i);
  });
});
