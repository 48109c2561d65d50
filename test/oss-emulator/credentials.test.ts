// The sample credentials endpoint and the STS emulator, up to uploads with the issued credentials.

import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import OSS from 'ali-oss';
import {
  credentialsEndpoint,
  readEnvironment,
  type CredentialsEndpointOptions,
} from '../../dev/oss-emulator/credentials-endpoint.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../dev/oss-emulator/session-token.js';
import { startLocalSts, type LocalSts } from '../../dev/oss-emulator/sts.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

const ROLE = 'acs:ram::1234567890123456:role/uploader';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('credentials', () => {
  let oss: LocalOss;
  let sts: LocalSts;
  before(async () => {
    oss = await startOss();
    sts = await startLocalSts({ oss });
    await sdk(oss).put('users/7/secret', Buffer.from('x'));
  });
  after(async () => {
    await sts.close();
    await oss.close();
  });

  const stsClient = (changes = {}) => new OSS.STS({ ...oss.accessKey, endpoint: sts.url, ...changes });

  describe("the SDK's STS client", () => {
    test('assumes a role', async () => {
      const { credentials } = await stsClient().assumeRole(ROLE, undefined, 900, 'session');
      assert.match(credentials.AccessKeyId, /^STS\./);
      const lifetime = Date.parse(credentials.Expiration) - Date.now();
      assert.ok(lifetime > 890_000 && lifetime <= 900_000);
      assert.equal((await sdkWithSession(oss, credentials).put('assumed', Buffer.from('x'))).res.status, 200);
    });

    test('is rejected with a wrong secret', async () => {
      const request = stsClient({ accessKeySecret: 'wrong' }).assumeRole(ROLE);
      assert.equal(await codeOf(request), 'SignatureDoesNotMatch');
    });

    test('is rejected with an unknown access key ID', async () => {
      const request = stsClient({ accessKeyId: 'unknown' }).assumeRole(ROLE);
      assert.equal(await codeOf(request), 'InvalidAccessKeyId.NotFound');
    });

    const rejected: [string, [string, object | undefined, number, string], string][] = [
      ['a duration below 15 minutes', [ROLE, undefined, 899, 'session'], 'InvalidParameter.DurationSeconds'],
      ['an invalid role ARN', ['uploader', undefined, 900, 'session'], 'InvalidParameter.RoleArn'],
      ['a session name with a space', [ROLE, undefined, 900, 'a b'], 'InvalidParameter.RoleSessionName'],
      ['an invalid policy', [ROLE, { Version: '2' }, 900, 'session'], 'InvalidParameter.PolicyGrammar'],
    ];
    for (const [name, parameters, code] of rejected) {
      test(`is rejected with ${name}`, async () => {
        assert.equal(await codeOf(stsClient().assumeRole(...parameters)), code);
      });
    }

    test('receives credentials with the configured lifetime', async (t) => {
      sts.lifetime = 1;
      t.after(() => (sts.lifetime = undefined));
      const { credentials } = await stsClient().assumeRole(ROLE, undefined, 900, 'session');
      oss.setClockOffset(1000);
      t.after(() => oss.setClockOffset(0));
      const upload = sdkWithSession(oss, credentials).put('x', Buffer.from('x'));
      assert.equal(await codeOf(upload), 'SecurityTokenExpired');
    });
  });

  describe('the sample endpoint', () => {
    const endpoint = (t: TestContext, changes: Partial<CredentialsEndpointOptions> = {}) =>
      serve(t, (request, response) => {
        const handle = credentialsEndpoint({
          ...oss.accessKey,
          roleArn: ROLE,
          bucket: BUCKET,
          stsEndpoint: sts.url,
          authorize: ({ headers: { 'x-user': user } }) =>
            typeof user === 'string' ? { user, prefix: `users/${user}/` } : undefined,
          ...changes,
        });
        void handle(request, response);
      });
    const asUser = { headers: { 'x-user': '42' } };
    const credentialsFrom = async (url: string) =>
      (await (await fetch(url, asUser)).json()) as SessionCredentials;

    test('returns the four AssumeRole fields and forbids caching', async (t) => {
      const response = await fetch(await endpoint(t), asUser);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      const fields = Object.keys((await response.json()) as object).sort();
      assert.deepEqual(fields, ['AccessKeyId', 'AccessKeySecret', 'Expiration', 'SecurityToken']);
    });

    test('allows users to upload, resume, abort and verify under their prefix', async (t) => {
      const client = sdkWithSession(oss, await credentialsFrom(await endpoint(t)));
      await client.put('users/42/a', Buffer.from('x'));
      const { uploadId } = await client.initMultipartUpload('users/42/b');
      await client.uploadPart('users/42/b', uploadId, 1, Buffer.from('x'), 0, 1);
      await client.listParts('users/42/b', uploadId);
      await client.abortMultipartUpload('users/42/b', uploadId);
      assert.equal((await client.head('users/42/a')).status, 200);
    });

    test('denies access to other prefixes and other actions', async (t) => {
      const client = sdkWithSession(oss, await credentialsFrom(await endpoint(t)));
      assert.equal(await codeOf(client.put('users/7/a', Buffer.from('x'))), 'AccessDenied');
      assert.equal(await codeOf(client.get('users/7/secret')), 'AccessDenied');
      assert.equal(await codeOf(client.delete('users/42/a')), 'AccessDenied');
      assert.equal(await codeOf(client.listV2({})), 'AccessDenied');
    });

    test('responds with 401 if the user is not signed in', async (t) => {
      const response = await fetch(await endpoint(t));
      assert.equal(response.status, 401);
      assert.deepEqual(Object.keys((await response.json()) as object), ['error', 'message']);
    });

    test('does not reveal the access key if STS rejects the request', async (t) => {
      t.mock.method(console, 'error', () => {});
      const response = await fetch(await endpoint(t, { accessKeySecret: 'not-the-secret' }), asUser);
      const text = await response.text();
      assert.equal(response.status, 502);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(text.includes(oss.accessKey.accessKeyId) || text.includes('not-the-secret'), false);
    });

    test('logs the STS error code without the access key', async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      await fetch(await endpoint(t, { accessKeySecret: 'not-the-secret' }), asUser);
      const text = JSON.stringify(log.mock.calls.map((call) => call.arguments));
      assert.match(text, /SignatureDoesNotMatch/);
      assert.equal(text.includes('not-the-secret') || text.includes(oss.accessKey.accessKeyId), false);
    });
  });

  test('reads the environment only if every required variable is set', () => {
    const env = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret',
      ALIBABA_CLOUD_ROLE_ARN: ROLE,
      OSS_BUCKET: BUCKET,
    };
    assert.equal(readEnvironment(env)?.bucket, BUCKET);
    assert.equal(readEnvironment({ ...env, ALIBABA_CLOUD_ROLE_ARN: '' }), undefined);
  });
});
