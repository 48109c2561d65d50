// What keeps other web pages on the developer's machine from driving the emulator: the check of the Host header, the
// token of the control API, access keys that nobody can know, and buckets without CORS rules.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { BufferingProxy } from '../../dev/oss-emulator/buffering-proxy.js';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import { send, signHeaders, type RawResponse } from './support/raw.js';
import { BUCKET, codeOf, sdk, startOss } from './support/sdk.js';

const FOREIGN_PAGE = { origin: 'https://attacker.example', 'sec-fetch-site': 'cross-site' };

const corsHeadersOf = ({ headers }: RawResponse): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('the Host header', () => {
  let oss: LocalOss;
  let sts: LocalSts;
  let proxy: BufferingProxy;
  before(async () => {
    oss = await startOss({
      hosts: ['127.0.0.1', '::1', '127.0.0.2'],
      buckets: { [BUCKET]: { domains: ['files.example'] } },
    });
    sts = await startLocalSts({ oss });
    proxy = await BufferingProxy.start(oss);
  });
  after(() => Promise.all([proxy.close(), sts.close(), oss.close()]));

  const portOf = (url: string) => Number(new URL(url).port);
  const targets: Record<string, { port: () => number; target: string; authorized?: boolean }> = {
    'the OSS API': { port: () => oss.port, target: `/${BUCKET}/key` },
    'the control API': { port: () => oss.port, target: '/_control/requests', authorized: true },
    'the STS': { port: () => portOf(sts.url), target: '/?Action=AssumeRole' },
    'the proxy': { port: () => portOf(proxy.url), target: `/${BUCKET}/key` },
  };
  const get = (name: string, host: string) => {
    const { port, target, authorized } = targets[name]!;
    const headers = {
      ...FOREIGN_PAGE,
      host,
      ...(authorized && { authorization: `Bearer ${oss.controlToken}` }),
    };
    return send({ port: port() }, { method: 'GET', target, headers });
  };

  for (const name of Object.keys(targets)) {
    for (const host of [
      'attacker.example',
      'localhost.attacker.example:9000',
      'notlocalhost',
      '127.0.0.1.attacker.example',
      '192.168.1.7',
      '127.0.0.3',
      '[::2]',
      'attacker@localhost',
      '.localhost',
    ]) {
      test(`of ${name} must not be ${JSON.stringify(host)}`, async () => {
        const response = await get(name, host);
        assert.equal(response.status, 421);
        assert.deepEqual(corsHeadersOf(response), []);
      });
    }

    for (const host of [
      'localhost',
      'LocalHost:1',
      'a.localhost',
      'b.a.localhost:9000',
      '127.0.0.1:80',
      '[::1]',
    ]) {
      test(`of ${name} may be ${host}`, async () => {
        assert.notEqual((await get(name, host)).status, 421);
      });
    }
  }

  for (const host of ['files.example', 'FILES.example:9000', '127.0.0.2']) {
    test(`of the OSS API may be ${host}, which the emulator was started with`, async () => {
      assert.notEqual((await get('the OSS API', host)).status, 421);
    });
  }

  test('of the OSS API may be a domain that is bound later', async () => {
    assert.equal((await get('the OSS API', 'later.example')).status, 421);
    await oss.createBucket('later', { domains: ['later.example'] });
    assert.notEqual((await get('the OSS API', 'later.example')).status, 421);
  });

  for (const host of [
    `${BUCKET}.oss-cn-hangzhou.aliyuncs.com`,
    `${BUCKET}.oss-cn-hangzhou-internal.aliyuncs.com:9000`,
    `${BUCKET}.vpc100-oss-cn-hangzhou.aliyuncs.com`,
    `${BUCKET}.cn-hangzhou.oss.aliyuncs.com`,
    'oss-accelerate.aliyuncs.com',
  ]) {
    test(`of the OSS API may be ${host}, which SDKs send to an IP address`, async () => {
      assert.notEqual((await get('the OSS API', host)).status, 421);
    });
  }

  for (const host of [`${BUCKET}.oss-cn-hangzhou.aliyuncs.com.example`, 'aliyuncs.com', 'www.aliyuncs.com']) {
    test(`of the OSS API must not be ${host}`, async () => {
      assert.equal((await get('the OSS API', host)).status, 421);
    });
  }

  test('may be the address that the client has connected to', async (t) => {
    const everywhere = await startOss({ hosts: ['0.0.0.0'] });
    t.after(() => everywhere.close());
    const statusOf = async (address: string, host: string) => {
      const url = { host: address, port: everywhere.port, path: '/', headers: { host } };
      const [response] = (await once(httpRequest(url).end(), 'response')) as [IncomingMessage];
      return response.resume().statusCode;
    };
    const interfaces = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
    for (const { address } of interfaces.filter(({ family }) => family === 'IPv4')) {
      assert.notEqual(await statusOf(address, `${address}:${everywhere.port}`), 421);
      assert.equal(await statusOf(address, '192.0.2.1'), 421);
      assert.equal(await statusOf(address, 'attacker.example'), 421);
    }
  });

  test('is checked before a request is logged or counted by a fault', async (t) => {
    oss.requests.clear();
    oss.faults.add({ match: {}, fault: { kind: 'status', status: 500, code: 'X' } });
    t.after(() => oss.faults.clear());
    await get('the OSS API', 'attacker.example');
    assert.equal(oss.requests.all().length, 0);
    assert.equal((await get('the OSS API', 'localhost')).code, 'X');
  });
});

describe('the control API', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
  });
  after(() => oss.close());

  const endpoints: [string, string, string][] = [
    ['GET', 'requests', ''],
    ['GET', 'uploads', ''],
    ['POST', 'sts', '{"lifetime":60000}'],
    ['POST', 'faults', '{"match":{},"times":null,"fault":{"kind":"status","status":500,"code":"X"}}'],
    ['POST', 'network', '{"bytesPerSecond":1,"latency":60000}'],
    ['DELETE', 'requests', ''],
    ['OPTIONS', 'faults', ''],
    ['GET', 'nothing', ''],
  ];
  for (const [method, path, body] of endpoints) {
    test(`refuses ${method} ${path} of a foreign page, and shows it no response`, async () => {
      const headers = { ...FOREIGN_PAGE, 'content-type': 'text/plain' };
      const response = await send(oss, { method, target: `/_control/${path}`, headers, body });
      assert.equal(response.status, 401);
      assert.deepEqual(corsHeadersOf(response), []);
      assert.equal((await sdk(oss).put('unaffected', Buffer.from('x'))).res.status, 200);
    });
  }

  test('refuses other tokens', async () => {
    for (const authorization of [
      'Bearer',
      'Bearer ',
      oss.controlToken,
      `Basic ${oss.controlToken}`,
      `Bearer ${oss.controlToken.slice(1)}`,
      `Bearer ${oss.controlToken}x`,
      `Bearer ${'x'.repeat(oss.controlToken.length)}`,
    ]) {
      const { status } = await send(oss, {
        method: 'GET',
        target: '/_control/requests',
        headers: { authorization },
      });
      assert.equal(status, 401, authorization);
    }
  });

  test('does not show responses to other origins, even with the token', async () => {
    const headers = { ...FOREIGN_PAGE, authorization: `Bearer ${oss.controlToken}` };
    const response = await send(oss, { method: 'GET', target: '/_control/requests', headers });
    assert.equal(response.status, 200);
    assert.deepEqual(corsHeadersOf(response), []);
  });

  test('has a long random token for each run', async (t) => {
    const other = await startOss();
    t.after(() => other.close());
    assert.ok(oss.controlToken.length >= 32);
    assert.notEqual(oss.controlToken, other.controlToken);
    const control = new OssControl({ url: other.url, controlToken: oss.controlToken });
    await assert.rejects(control.requests(), /token/);
  });
});

describe('the access key', () => {
  test('is random for each run', async (t) => {
    const [first, second] = await Promise.all([startOss(), startOss()]);
    t.after(() => Promise.all([first.close(), second.close()]));
    assert.notEqual(first.accessKey.accessKeyId, second.accessKey.accessKeyId);
    assert.notEqual(first.accessKey.accessKeySecret, second.accessKey.accessKeySecret);
    assert.equal((await sdk(first).put('x', Buffer.from('x'))).res.status, 200);
    assert.equal(await codeOf(sdk(first, second.accessKey).put('x', Buffer.from('x'))), 'InvalidAccessKeyId');
  });

  test('can be chosen', async (t) => {
    const oss = await startOss({ accessKeys: { 'chosen-id': 'chosen-secret' } });
    t.after(() => oss.close());
    assert.deepEqual(oss.accessKey, { accessKeyId: 'chosen-id', accessKeySecret: 'chosen-secret' });
    assert.equal((await sdk(oss).put('x', Buffer.from('x'))).res.status, 200);
  });
});

describe('a new bucket', () => {
  test('allows no origin', async (t) => {
    const oss = await startOss();
    t.after(() => oss.close());
    const target = `/${BUCKET}/key`;
    const preflight = { origin: FOREIGN_PAGE.origin, 'access-control-request-method': 'PUT' };
    const refused = await send(oss, { method: 'OPTIONS', target, headers: preflight });
    assert.deepEqual([refused.status, refused.code, corsHeadersOf(refused)], [403, 'AccessForbidden', []]);
    const headers = signHeaders(oss, { method: 'PUT', target, headers: { origin: FOREIGN_PAGE.origin } });
    const stored = await send(oss, { method: 'PUT', target, headers, body: 'x' });
    assert.deepEqual([stored.status, corsHeadersOf(stored)], [200, []]);
  });
});
