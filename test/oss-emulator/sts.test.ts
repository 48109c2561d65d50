// AssumeRole of the STS emulator: both signature methods, the places of the parameters, and the duration of sessions.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import OSS from 'ali-oss';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../dev/oss-emulator/session-token.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import { send } from './support/raw.js';
import { codeOf, sdkWithSession, startOss } from './support/sdk.js';

const MINUTE = 60_000;
const ROLE = 'acs:ram::1234567890123456:role/uploader';
const LONG_ROLE = 'acs:ram::1234567890123456:role/archivist';
const FORM = 'application/x-www-form-urlencoded';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Acs3Request {
  method?: string;
  query?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
  /** Names of the headers to sign; by default those that the protocol requires. */
  signedHeaders?: string[];
  accessKeySecret?: string;
}

interface StsResponse {
  status: number;
  Code?: string;
  Message?: string;
  Credentials: SessionCredentials;
}

describe('AssumeRole', () => {
  let oss: LocalOss;
  let sts: LocalSts;
  before(async () => {
    oss = await startOss();
    sts = await startLocalSts({ oss, roles: { [LONG_ROLE]: { maxSessionDuration: 7200 } } });
  });
  after(async () => {
    await sts.close();
    await oss.close();
  });

  const accessKey = (): [string, string] => [...oss.accessKeys][0] ?? ['', ''];
  const parameters = { RoleArn: ROLE, RoleSessionName: 'a.session-name', DurationSeconds: '900' };

  /** Sends a request that is signed as Alibaba Cloud's current SDKs sign it. */
  async function sendAcs3({ method = 'POST', query = {}, body = '', ...options }: Acs3Request) {
    const headers: Record<string, string> = {
      host: new URL(sts.url).host,
      'x-acs-action': 'AssumeRole',
      'x-acs-content-sha256': sha256(body),
      'x-acs-date': new Date(oss.now()).toISOString().replace(/\.\d+/, ''),
      'x-acs-signature-nonce': String(Math.random()),
      'x-acs-version': '2015-04-01',
      ...options.headers,
    };
    const signed = (
      options.signedHeaders ?? Object.keys(headers).filter((name) => /^(?:host|x-acs-.*)$/.test(name))
    ).sort();
    const search = Object.keys(query)
      .sort()
      .map((name) => `${name}=${encodeURIComponent(query[name] ?? '').replaceAll('*', '%2A')}`)
      .join('&');
    const canonicalRequest = [
      method,
      '/',
      search,
      signed.map((name) => `${name}:${headers[name]}\n`).join(''),
      signed.join(';'),
      sha256(body),
    ].join('\n');
    const [accessKeyId, accessKeySecret] = accessKey();
    const signature = createHmac('sha256', options.accessKeySecret ?? accessKeySecret)
      .update(`ACS3-HMAC-SHA256\n${sha256(canonicalRequest)}`)
      .digest('hex');
    const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signed.join(';')},Signature=${signature}`;
    const { host: _, ...sent } = headers;
    const response = await fetch(`${sts.url}/?${search}`, {
      method,
      headers: { ...sent, authorization },
      ...(method !== 'GET' && { body }),
    });
    return { status: response.status, ...((await response.json()) as Omit<StsResponse, 'status'>) };
  }

  describe('with an ACS3-HMAC-SHA256 signature', () => {
    const places: Record<string, Acs3Request> = {
      'in the query of a POST request': { query: parameters },
      'in the query of a GET request': { method: 'GET', query: parameters },
      'in a form': {
        body: new URLSearchParams(parameters).toString(),
        headers: { 'content-type': FORM },
      },
      'in a JSON body': {
        body: JSON.stringify({ ...parameters, DurationSeconds: 900 }),
        headers: { 'content-type': 'application/json; charset=utf-8' },
      },
    };
    for (const [place, request] of Object.entries(places)) {
      test(`takes the parameters ${place}`, async () => {
        const { status, Credentials } = await sendAcs3(request);
        assert.equal(status, 200);
        const lifetime = Date.parse(Credentials.Expiration) - oss.now();
        assert.ok(lifetime > 890_000 && lifetime <= 900_000);
      });
    }

    test('issues credentials that OSS accepts', async () => {
      const { Credentials } = await sendAcs3({ query: parameters });
      const client = sdkWithSession(oss, Credentials);
      assert.equal((await client.put('assumed', Buffer.from('x'))).res.status, 200);
    });

    test('applies a policy with characters that need encoding', async () => {
      const policy = { Version: '1', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
      const { Credentials } = await sendAcs3({ query: { ...parameters, Policy: JSON.stringify(policy) } });
      assert.equal(await codeOf(sdkWithSession(oss, Credentials).get('assumed')), 'AccessDenied');
    });

    test('signs optional headers as well', async () => {
      const request = { query: parameters, headers: { 'x-acs-credentials-provider': 'static_ak' } };
      assert.equal((await sendAcs3(request)).status, 200);
    });

    const refused: [string, Acs3Request, [number, string]][] = [
      ['a wrong secret', { accessKeySecret: 'wrong' }, [400, 'SignatureDoesNotMatch']],
      [
        'a hash of another body',
        {
          body: 'RoleArn=other',
          headers: { 'content-type': FORM, 'x-acs-content-sha256': sha256('') },
        },
        [400, 'SignatureDoesNotMatch'],
      ],
      [
        'an unsigned action',
        {
          signedHeaders: [
            'host',
            'x-acs-content-sha256',
            'x-acs-date',
            'x-acs-signature-nonce',
            'x-acs-version',
          ],
        },
        [400, 'IncompleteSignature'],
      ],
      ['no nonce', { headers: { 'x-acs-signature-nonce': '' } }, [400, 'IncompleteSignature']],
      [
        'a date that is 16 minutes off',
        { headers: { 'x-acs-date': new Date(Date.now() - 16 * MINUTE).toISOString() } },
        [400, 'InvalidTimeStamp.Expired'],
      ],
      [
        'another action',
        { headers: { 'x-acs-action': 'GetCallerIdentity' } },
        [404, 'InvalidAction.NotFound'],
      ],
      ['another version', { headers: { 'x-acs-version': '2020-01-01' } }, [404, 'InvalidAction.NotFound']],
    ];
    for (const [name, request, expected] of refused) {
      test(`refuses a request with ${name}`, async () => {
        const { status, Code } = await sendAcs3({ query: parameters, ...request });
        assert.deepEqual([status, Code], expected);
      });
    }

    test('refuses a path of two slashes', async () => {
      const response = await send({ port: Number(new URL(sts.url).port) }, { method: 'GET', target: '//' });
      assert.equal(response.status, 400);
    });

    test('refuses a body that is not JSON', async () => {
      const headers = { 'content-type': 'application/json' };
      assert.equal((await sendAcs3({ body: '{', headers })).status, 400);
    });

    test('names a missing parameter', async () => {
      const { Code } = await sendAcs3({ query: { RoleArn: ROLE } });
      assert.equal(Code, 'MissingRoleSessionName');
    });
  });

  describe('with an RPC signature', () => {
    for (const method of ['GET', 'POST']) {
      test(`takes the parameters of a ${method} request`, async () => {
        const [AccessKeyId, accessKeySecret] = accessKey();
        const all = new URLSearchParams({
          ...parameters,
          AccessKeyId,
          Action: 'AssumeRole',
          Format: 'JSON',
          SignatureMethod: 'HMAC-SHA1',
          SignatureNonce: String(Math.random()),
          SignatureVersion: '1.0',
          Timestamp: new Date(oss.now()).toISOString(),
          Version: '2015-04-01',
        });
        all.sort();
        const query = [...all].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
        const signature = createHmac('sha1', `${accessKeySecret}&`)
          .update(`${method}&%2F&${encodeURIComponent(query)}`)
          .digest('base64');
        all.set('Signature', signature);
        const response =
          method === 'GET'
            ? await fetch(`${sts.url}/?${all.toString()}`)
            : await fetch(sts.url, { method, body: all });
        assert.equal(response.status, 200);
      });
    }
  });

  describe('limits the duration of sessions', () => {
    const assume = async (role: string, seconds: number) => {
      const [accessKeyId, accessKeySecret] = accessKey();
      const client = new OSS.STS({ accessKeyId, accessKeySecret, endpoint: sts.url });
      return await client.assumeRole(role, undefined, seconds, 'session');
    };

    test('to one hour', async () => {
      assert.ok((await assume(ROLE, 3600)).credentials);
      await assert.rejects(assume(ROLE, 3601), {
        code: 'InvalidParameter.DurationSeconds',
        status: 400,
        message: /The Min\/Max value of DurationSeconds is 15min\/1hr\./,
      });
    });

    test('to the maximum of the role', async () => {
      assert.ok((await assume(LONG_ROLE, 7200)).credentials);
      await assert.rejects(assume(LONG_ROLE, 7201), { message: /15min\/2hr/ });
    });

    test('to at least 15 minutes', async () => {
      assert.equal(await codeOf(assume(LONG_ROLE, 899)), 'InvalidParameter.DurationSeconds');
    });

    for (const maxSessionDuration of [3599, 43_201, NaN]) {
      test(`and rejects a maximum of ${maxSessionDuration} s`, async () => {
        await assert.rejects(startLocalSts({ oss, roles: { [ROLE]: { maxSessionDuration } } }), RangeError);
      });
    }
  });
});
