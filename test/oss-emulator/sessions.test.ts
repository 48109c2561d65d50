// Session tokens, their expiry, and the policies they were cut down to.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { isAllowed, parsePolicy, type Policy } from '../../dev/oss-emulator/policy.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

const MINUTE = 60_000;

const allow = (actions: string[], resource: string): Policy => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: [`acs:oss:*:*:${resource}`] }],
});

describe('session tokens', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
    await sdk(oss).put('theirs/object', Buffer.from('x'));
  });
  after(() => oss.close());

  for (const authorizationV4 of [true, false]) {
    const version = authorizationV4 ? 'V4' : 'V1';

    test(`${version}: let their holder in`, async () => {
      const client = sdkWithSession(oss, oss.tokens.issue(MINUTE), { authorizationV4 });
      assert.equal((await client.put('by-session', Buffer.from('x'))).res.status, 200);
    });

    test(`${version}: let their holder make a presigned URL`, async () => {
      const client = sdkWithSession(oss, oss.tokens.issue(MINUTE), { authorizationV4, sldEnable: true });
      const url = authorizationV4
        ? await client.signatureUrlV4('GET', 60, {}, 'theirs/object')
        : client.signatureUrl('theirs/object');
      assert.equal((await fetch(url)).status, 200);
    });

    test(`${version}: say that they have expired`, async (t) => {
      const credentials = oss.tokens.issue(MINUTE);
      oss.setClockOffset(2 * MINUTE);
      t.after(() => oss.setClockOffset(0));
      const client = sdkWithSession(oss, credentials, { authorizationV4 });
      assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'SecurityTokenExpired');
    });

    test(`${version}: are signed themselves, so that none can be swapped`, async () => {
      const mine = oss.tokens.issue(MINUTE);
      const client = sdkWithSession(
        oss,
        { ...mine, SecurityToken: oss.tokens.issue(MINUTE).SecurityToken },
        { authorizationV4 },
      );
      assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'AccessKeyIdAndSecurityTokenNotMatch');
    });
  }

  test('are refused when a letter is changed', async () => {
    const credentials = oss.tokens.issue(MINUTE);
    const SecurityToken = `${credentials.SecurityToken.slice(0, 60)}${credentials.SecurityToken[60] === 'A' ? 'B' : 'A'}${credentials.SecurityToken.slice(61)}`;
    const client = sdkWithSession(oss, { ...credentials, SecurityToken });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  test('are refused when they are nonsense', async () => {
    const client = sdkWithSession(oss, { ...oss.tokens.issue(MINUTE), SecurityToken: 'nonsense' });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  test('are wanted with the temporary key that they belong to', async () => {
    const { AccessKeyId, AccessKeySecret } = oss.tokens.issue(MINUTE);
    const client = sdk(oss, { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidAccessKeyId');
  });

  test('of another server are worth nothing', async (t) => {
    const other = await startOss();
    t.after(() => other.close());
    const client = sdkWithSession(oss, other.tokens.issue(MINUTE));
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  describe('with a policy for one prefix', () => {
    const client = () =>
      sdkWithSession(
        oss,
        oss.tokens.issue(MINUTE, allow(['oss:PutObject', 'oss:GetObject'], `${BUCKET}/mine/*`)),
      );

    test('let their holder write there', async () => {
      assert.equal((await client().put('mine/a', Buffer.from('x'))).res.status, 200);
    });

    test('let their holder upload in parts there', async () => {
      const { etag } = await client().multipartUpload('mine/parts', Buffer.alloc(200 * 1024), {
        partSize: 100 * 1024,
      });
      assert.match(etag, /-2"$/);
    });

    test('deny another prefix', async () => {
      assert.equal(await codeOf(client().put('theirs/a', Buffer.from('x'))), 'AccessDenied');
    });

    test('deny reading elsewhere', async () => {
      assert.equal(await codeOf(client().get('theirs/object')), 'AccessDenied');
    });

    test('deny a prefix that only begins like theirs', async () => {
      assert.equal(await codeOf(client().put('mine', Buffer.from('x'))), 'AccessDenied');
    });

    test('deny actions that are not in it', async () => {
      const { uploadId } = await client().initMultipartUpload('mine/b');
      assert.equal(await codeOf(client().listParts('mine/b', uploadId)), 'AccessDenied');
      assert.equal(await codeOf(client().abortMultipartUpload('mine/b', uploadId)), 'AccessDenied');
      assert.equal(await codeOf(client().delete('mine/a')), 'AccessDenied');
      assert.equal(await codeOf(client().listV2({ prefix: 'mine/' })), 'AccessDenied');
      assert.equal(await codeOf(client().listUploads({})), 'AccessDenied');
    });

    test('deny tags without the right to tag', async () => {
      const putting = client().put('mine/c', Buffer.from('x'), { headers: { 'x-oss-tagging': 'a=1' } });
      assert.equal(await codeOf(putting), 'AccessDenied');
    });
  });
});

describe('policies', () => {
  const cases: [string, Policy, string, string, boolean][] = [
    ['an exact resource', allow(['oss:PutObject'], 'b/key'), 'oss:PutObject', 'b/key', true],
    ['a longer resource', allow(['oss:PutObject'], 'b/key'), 'oss:PutObject', 'b/key2', false],
    ['a wildcard in the action', allow(['oss:Put*'], 'b/*'), 'oss:PutObject', 'b/key', true],
    ['an action in other letters', allow(['oss:putobject'], 'b/*'), 'oss:PutObject', 'b/key', true],
    ['a wildcard over slashes', allow(['oss:*'], 'b/a/*'), 'oss:GetObject', 'b/a/b/c', true],
    ['a wildcard in the middle', allow(['oss:*'], 'b/*.jpg'), 'oss:GetObject', 'b/x/y.jpg', true],
    ['a dot, which is no wildcard', allow(['oss:*'], 'b/a.c'), 'oss:GetObject', 'b/abc', false],
    ['a question mark', allow(['oss:*'], 'b/a?c'), 'oss:GetObject', 'b/abc', true],
    ['a new line in the key', allow(['oss:*'], 'b/*'), 'oss:GetObject', 'b/a\nb', true],
    ['the bucket, which is not its objects', allow(['oss:*'], 'b/*'), 'oss:ListObjects', 'b', false],
  ];
  for (const [name, policy, action, resource, expected] of cases) {
    test(`${name}: ${expected ? 'allowed' : 'denied'}`, () => {
      assert.equal(isAllowed(policy, action, resource), expected);
    });
  }

  test('a Deny beats an Allow', () => {
    const policy: Policy = {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'oss:DeleteObject', Resource: 'acs:oss:*:*:b/*' },
      ],
    };
    assert.equal(isAllowed(policy, 'oss:DeleteObject', 'b/key'), false);
  });

  test('what is not supported is refused, not ignored', () => {
    const conditional = { ...allow(['oss:*'], 'b/*') };
    const statement = { ...conditional.Statement[0], Condition: { IpAddress: {} } };
    assert.throws(() => parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] })), SyntaxError);
  });
});
