// What a new bucket of OSS refuses, the relaxations that allow it, and addresses and dates that OSS accepts.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import { formatTimestamp } from '../../dev/oss-emulator/dates.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { signatureV1, signatureV4, stringToSignV4 } from '../../dev/oss-emulator/signature.js';
import { send, sendToUrl, signHeaders, type RawResponse } from './support/raw.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

const MINUTE = 60_000;
const RELAXED = 'relaxedbucket';
const OBJECT = { method: 'GET', target: `/${BUCKET}/object` };

const ecOf = (response: RawResponse): [number, string | undefined, unknown] => [
  response.status,
  response.code,
  response.headers['x-oss-ec'],
];

describe('a bucket', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss({
      buckets: { [BUCKET]: {}, [RELAXED]: { pathStyle: true, v1Signatures: true } },
    });
    await sdk(oss).put('object', Buffer.from('content'));
    await sdk(oss, { bucket: RELAXED }).put('object', Buffer.from('relaxed'));
  });
  after(() => oss.close());
  const accessKey = (): [string, string] => [...oss.accessKeys][0] ?? ['', ''];

  describe('refuses V1 signatures', () => {
    test('in the Authorization header', async () => {
      const date = new Date(oss.now()).toUTCString();
      const headers = { date, authorization: signV1('GET', date, `/${BUCKET}/object`) };
      const response = await send(oss, { ...OBJECT, headers });
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0002-00000080']);
      assert.match(response.text, /V4/);
    });

    test('in presigned URLs', async () => {
      const response = await sendToUrl(sdk(oss).signatureUrl('object'));
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0002-00000080']);
    });

    test('of session credentials', async () => {
      const client = sdkWithSession(oss, oss.tokens.issue(MINUTE), { authorizationV4: false });
      assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'AccessDenied');
    });

    test('unless it is relaxed', async () => {
      const client = sdk(oss, { bucket: RELAXED, authorizationV4: false });
      assert.equal((await client.get('object')).content.toString(), 'relaxed');
    });

    test('unless the control API relaxes it', async () => {
      await new OssControl(oss).createBucket('relaxedlater', { v1Signatures: true });
      const client = sdk(oss, { bucket: 'relaxedlater', authorizationV4: false });
      assert.equal((await client.put('x', Buffer.from('x'))).res.status, 200);
    });
  });

  describe('refuses path-style addresses', () => {
    const refused = async (response: Promise<RawResponse>) => {
      const { status, code, text: body } = await response;
      assert.deepEqual([status, code], [403, 'SecondLevelDomainForbidden']);
      assert.match(body, /must be addressed using OSS third level domain/);
    };

    for (const host of ['localhost', '127.0.0.1', 'oss-cn-hangzhou.localhost', '[::1]']) {
      test(`at ${host}`, async () => {
        const headers = { ...signHeaders(oss, OBJECT), host: `${host}:${oss.port}` };
        await refused(send(oss, { ...OBJECT, headers }));
      });
    }

    test('in presigned URLs', async () => {
      await refused(sendToUrl(await sdk(oss, { sldEnable: true }).signatureUrlV4('GET', 60, {}, 'object')));
    });

    test('whether or not it exists', async () => {
      assert.equal(
        await codeOf(sdk(oss, { bucket: 'missingbucket', sldEnable: true }).head('x')),
        'SecondLevelDomainForbidden',
      );
    });

    test('unless it is relaxed', async () => {
      const client = sdk(oss, { bucket: RELAXED, sldEnable: true });
      assert.equal((await client.get('object')).content.toString(), 'relaxed');
    });

    test('but answers their preflights, so that a page can read the refusal', async () => {
      const headers = {
        host: `localhost:${oss.port}`,
        origin: 'https://app.example',
        'access-control-request-method': 'PUT',
      };
      await oss.setCors(BUCKET, [{ allowedOrigins: ['*'], allowedMethods: ['PUT'] }]);
      assert.equal((await send(oss, { ...OBJECT, method: 'OPTIONS', headers })).status, 200);
    });
  });

  describe('checks the region in the host', () => {
    const at = (host: string, headers = signHeaders(oss, OBJECT)) =>
      send(oss, { ...OBJECT, target: '/object', headers: { ...headers, host: `${host}:${oss.port}` } });

    const accepted = [
      `${BUCKET}.localhost`,
      `${BUCKET}.oss-cn-hangzhou.localhost`,
      `${BUCKET}.oss-cn-hangzhou-internal.localhost`,
      `${BUCKET}.cn-hangzhou.oss.localhost`,
      `${BUCKET}.oss-accelerate.localhost`,
      `${BUCKET}.oss-cn-hangzhou.aliyuncs.com`,
      `${BUCKET.toUpperCase()}.OSS-CN-HANGZHOU.LOCALHOST`,
    ];
    for (const host of accepted) {
      test(`and accepts ${host}`, async () => {
        assert.equal((await at(host)).text, 'content');
      });
    }

    const refused: [string, string][] = [
      [`${BUCKET}.oss-cn-beijing.localhost`, 'oss-cn-hangzhou.localhost:PORT'],
      [`${BUCKET}.oss-cn-beijing-internal.localhost`, 'oss-cn-hangzhou.localhost:PORT'],
      [`${BUCKET}.us-west-1.oss.localhost`, 'oss-cn-hangzhou.localhost:PORT'],
      [`${BUCKET}.oss-ap-southeast-1.aliyuncs.com`, 'oss-cn-hangzhou.aliyuncs.com:PORT'],
    ];
    for (const [host, endpoint] of refused) {
      test(`and refuses ${host} with the right endpoint`, async () => {
        const response = await at(host);
        assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0003-00001403']);
        assert.match(response.text, /must be addressed using the specified endpoint/);
        assert.ok(response.text.includes(`<Endpoint>${endpoint.replace('PORT', String(oss.port))}<`));
        assert.ok(response.text.includes(`<Bucket>${BUCKET}<`));
      });
    }

    test('of anonymous requests', async () => {
      const response = await at(`${BUCKET}.oss-cn-beijing.localhost`, {});
      assert.equal(response.headers['x-oss-ec'], '0003-00001403');
    });

    test('of V1 signatures', async () => {
      const client = sdk(oss, {
        bucket: RELAXED,
        endpoint: `http://oss-cn-beijing.localhost:${oss.port}`,
        authorizationV4: false,
      });
      await assert.rejects(client.get('object'), { code: 'AccessDenied', message: /specified endpoint/ });
    });

    test('before the region of the signature', async () => {
      const client = sdk(oss, {
        region: 'oss-cn-beijing',
        endpoint: `http://oss-cn-beijing.localhost:${oss.port}`,
      });
      await assert.rejects(client.get('object'), { code: 'AccessDenied', message: /specified endpoint/ });
    });

    test('of presigned URLs', async () => {
      const client = sdk(oss, { endpoint: `http://oss-cn-beijing.localhost:${oss.port}` });
      const response = await sendToUrl(await client.signatureUrlV4('GET', 60, {}, 'object'));
      assert.equal(response.headers['x-oss-ec'], '0003-00001403');
    });
  });

  describe('reports a wrong region of the signature', () => {
    test('in the Authorization header', async () => {
      await assert.rejects(sdk(oss, { region: 'oss-cn-beijing' }).get('object'), {
        code: 'InvalidArgument',
        message: /signing region/,
      });
    });

    test('in presigned URLs', async () => {
      const client = sdk(oss, { region: 'oss-cn-beijing' });
      const response = await sendToUrl(await client.signatureUrlV4('GET', 60, {}, 'object'));
      assert.deepEqual(ecOf(response), [400, 'InvalidArgument', '0002-00000226']);
    });
  });

  describe('accepts a request target in absolute form', () => {
    // Node's client can't send a Host header that differs from the target.
    async function sendLine(target: string, host: string, headers = signHeaders(oss, OBJECT)) {
      const socket = connect(oss.port, '127.0.0.1');
      const lines = Object.entries({ ...headers, host, connection: 'close' }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
      return await text(socket);
    }

    test('with the bucket in its host', async () => {
      const host = `${BUCKET}.localhost:${oss.port}`;
      assert.match(await sendLine(`http://${host}/object`, host), /^HTTP\/1\.1 200 [^]*content$/);
    });

    test('whose host overrides the Host header', async () => {
      const response = await sendLine(
        `http://${BUCKET}.localhost:${oss.port}/object`,
        'missingbucket.localhost',
      );
      assert.match(response, /^HTTP\/1\.1 200 /);
    });

    test('whose host is checked as the Host header is', async () => {
      const response = await sendLine(`HTTP://localhost:${oss.port}/${BUCKET}/object`, `${BUCKET}.localhost`);
      assert.match(response, /SecondLevelDomainForbidden/);
    });

    test('without a path', async () => {
      const response = await sendLine(`http://${BUCKET}.localhost?list-type=2`, 'localhost', {});
      assert.match(response, /<Code>AccessDenied</);
    });

    test('for the control API', async () => {
      const response = await sendLine(`http://localhost:${oss.port}/_control/uploads`, 'localhost', {});
      assert.match(response, /^HTTP\/1\.1 401 [^]*control API/);
    });

    test('but not with user information', async () => {
      const response = await sendLine(`http://user@${BUCKET}.localhost/object`, 'localhost');
      assert.match(response, /<Code>InvalidURI</);
    });
  });

  describe('accepts the date of a V4 signature', () => {
    const signed = (time: number, dates: Record<string, string>) => {
      const headers: Record<string, string> = { 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD', ...dates };
      const canonicalHeaders = Object.entries(headers)
        .filter(([name]) => name.startsWith('x-oss-'))
        .sort()
        .map(([name, value]) => `${name}:${value}\n`);
      const timestamp = formatTimestamp(time);
      const scope = { date: timestamp.slice(0, 8), region: 'cn-hangzhou' };
      const canonicalRequest = `GET\n/${BUCKET}/object\n\n${canonicalHeaders.join('')}\n\nUNSIGNED-PAYLOAD`;
      const [accessKeyId, accessKeySecret] = accessKey();
      const signature = signatureV4(
        accessKeySecret,
        scope,
        stringToSignV4(timestamp, scope, canonicalRequest),
      );
      const credential = `${accessKeyId}/${scope.date}/cn-hangzhou/oss/aliyun_v4_request`;
      const authorization = `OSS4-HMAC-SHA256 Credential=${credential},Signature=${signature}`;
      return send(oss, { ...OBJECT, headers: { ...headers, authorization } });
    };
    const httpDate = (time: number) => new Date(time).toUTCString();

    test('in the Date header', async () => {
      assert.equal((await signed(oss.now(), { date: httpDate(oss.now()) })).text, 'content');
    });

    test('in x-oss-date, whatever the Date header says', async () => {
      const dates = { date: httpDate(0), 'x-oss-date': formatTimestamp(oss.now()) };
      assert.equal((await signed(oss.now(), dates)).text, 'content');
    });

    test('only within 15 minutes', async () => {
      const time = oss.now() - 16 * MINUTE;
      assert.equal((await signed(time, { date: httpDate(time) })).code, 'RequestTimeTooSkewed');
    });

    const invalid: [string, Record<string, string>, string][] = [
      ['that is missing', {}, '0002-00000503'],
      ['as a timestamp in the Date header', { date: '20221220T084818Z' }, '0002-00000502'],
      ['as an HTTP date in x-oss-date', { 'x-oss-date': httpDate(Date.now()) }, '0002-00000502'],
    ];
    for (const [name, dates, ec] of invalid) {
      test(`but not one ${name}`, async () => {
        assert.deepEqual(ecOf(await signed(oss.now(), dates)), [403, 'AccessDenied', ec]);
      });
    }
  });

  describe('with V1 signatures', () => {
    const sendV1 = (method: string, target: string, resource: string, dates: Record<string, string>) => {
      const date = dates['x-oss-date'] ?? dates['date'] ?? '';
      const ossHeaders = dates['x-oss-date'] === undefined ? '' : `x-oss-date:${dates['x-oss-date']}\n`;
      const authorization = signV1(method, date, ossHeaders + resource);
      const host = `${RELAXED}.localhost:${oss.port}`;
      return send(oss, { method, target, headers: { ...dates, host, authorization } });
    };
    const today = () => ({ date: new Date(oss.now()).toUTCString() });

    const subresources: [string, string, string, number][] = [
      ['sequential', 'POST', '/key?sequential&uploads', 501],
      ['x-oss-ac-source-ip', 'GET', '/object?x-oss-ac-source-ip=127.0.0.1', 501],
      ['bucketInfo', 'GET', '/?bucketInfo', 501],
      ['stat', 'GET', '/?stat', 501],
      ['worm', 'GET', '/?worm', 501],
      ['requestPayment', 'GET', '/?requestPayment', 501],
    ];
    for (const [name, method, target, status] of subresources) {
      test(`signs the query parameter ${name}`, async () => {
        const response = await sendV1(method, target, `/${RELAXED}${target}`, today());
        assert.equal(response.status, status, response.text);
      });

      test(`requires that the query parameter ${name} is signed`, async () => {
        const unsigned = `/${RELAXED}${target.replace(new RegExp(`${name}(=[^&]*)?&?`), '').replace(/\?$/, '')}`;
        assert.equal((await sendV1(method, target, unsigned, today())).code, 'SignatureDoesNotMatch');
      });
    }

    test('signs no other query parameter', async () => {
      assert.equal((await sendV1('GET', '/object?max-keys=1', `/${RELAXED}/object`, today())).status, 200);
    });

    const dates: [string, (time: number) => Record<string, string>][] = [
      ['an HTTP date in Date', (time) => ({ date: new Date(time).toUTCString() })],
      ['an HTTP date in x-oss-date', (time) => ({ 'x-oss-date': new Date(time).toUTCString() })],
      ['a timestamp in x-oss-date', (time) => ({ 'x-oss-date': formatTimestamp(time) })],
    ];
    for (const [name, headers] of dates) {
      test(`accepts ${name}`, async () => {
        const response = await sendV1('GET', '/object', `/${RELAXED}/object`, headers(oss.now()));
        assert.equal(response.text, 'relaxed');
      });

      test(`refuses ${name} that is 16 minutes off`, async () => {
        const late = headers(oss.now() - 16 * MINUTE);
        assert.equal(
          (await sendV1('GET', '/object', `/${RELAXED}/object`, late)).code,
          'RequestTimeTooSkewed',
        );
      });
    }

    test('refuses a request without a date', async () => {
      const response = await sendV1('GET', '/object', `/${RELAXED}/object`, {});
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0002-00000503']);
    });
  });

  describe('denies what a session policy denies', () => {
    const statement = { Effect: 'Allow', Action: 'oss:*', Resource: `acs:oss:*:*:${BUCKET}/own/*` } as const;
    const denied = async (
      credentials = oss.tokens.issue(MINUTE, { Version: '1', Statement: [statement] }),
    ) => {
      const url = await sdkWithSession(oss, credentials).signatureUrlV4('GET', 60, {}, 'object');
      return await sendToUrl(url);
    };

    test("with OSS's text and detailed error number", async () => {
      const response = await denied();
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0003-00000301']);
      assert.match(response.text, /<Message>Access denied by authorizer&apos;s policy\.<\/Message>/);
    });

    test('and names the action that no statement allows', async () => {
      const { text: body } = await denied();
      assert.match(body, /<AccessDeniedDetail><PolicyType>SessionPolicy</);
      assert.match(body, /<NoPermissionType>ImplicitDeny<.*<AuthAction>oss:GetObject</);
    });

    test('and tells an explicit denial', async () => {
      const Statement = [
        { ...statement, Resource: '*' },
        { ...statement, Effect: 'Deny' as const, Resource: '*' },
      ];
      const { text: body } = await denied(oss.tokens.issue(MINUTE, { Version: '1', Statement }));
      assert.match(body, /<NoPermissionType>ExplicitDeny</);
    });
  });

  test('reports expired session credentials with the detailed error number', async (t) => {
    const client = sdkWithSession(oss, oss.tokens.issue(MINUTE));
    const url = await client.signatureUrlV4('GET', 600, {}, 'object');
    oss.setClockOffset(2 * MINUTE);
    t.after(() => oss.setClockOffset(0));
    const response = await sendToUrl(url);
    assert.deepEqual(ecOf(response), [403, 'SecurityTokenExpired', '0002-00000007']);
  });

  // Returns the Authorization header of a V1 signature. @param resource With the canonicalized OSS headers.
  function signV1(method: string, date: string, resource: string): string {
    const [accessKeyId, accessKeySecret] = accessKey();
    return `OSS ${accessKeyId}:${signatureV1(accessKeySecret, `${method}\n\n\n${date}\n${resource}`)}`;
  }
});
