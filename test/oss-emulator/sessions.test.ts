// Session tokens, their expiry and their policies.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { findDenial, parsePolicy, type Policy } from '../../dev/oss-emulator/policy.js';
import { sendToUrl } from './support/raw.js';
import { BUCKET, codeOf, sdk, sdkWithSession, startOss } from './support/sdk.js';

const MINUTE = 60_000;

const allow = (actions: string[], resource: string): Policy => ({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: [`acs:oss:*:*:${resource}`] }],
});

describe('session tokens', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss({ buckets: { [BUCKET]: { v1Signatures: true } } });
    await sdk(oss).put('others/object', Buffer.from('x'));
  });
  after(() => oss.close());

  for (const authorizationV4 of [true, false]) {
    const version = authorizationV4 ? 'V4' : 'V1';

    test(`${version}: authenticate requests`, async () => {
      const client = sdkWithSession(oss, oss.tokens.issue(MINUTE), { authorizationV4 });
      assert.equal((await client.put('by-session', Buffer.from('x'))).res.status, 200);
    });

    test(`${version}: authenticate presigned URLs`, async () => {
      const client = sdkWithSession(oss, oss.tokens.issue(MINUTE), { authorizationV4 });
      const url = authorizationV4
        ? await client.signatureUrlV4('GET', 60, {}, 'others/object')
        : client.signatureUrl('others/object');
      assert.equal((await sendToUrl(url)).status, 200);
    });

    test(`${version}: are rejected after they expire`, async (t) => {
      const credentials = oss.tokens.issue(MINUTE);
      oss.setClockOffset(2 * MINUTE);
      t.after(() => oss.setClockOffset(0));
      const client = sdkWithSession(oss, credentials, { authorizationV4 });
      assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'SecurityTokenExpired');
    });

    test(`${version}: are rejected with the access key of another session`, async () => {
      const credentials = oss.tokens.issue(MINUTE);
      const client = sdkWithSession(
        oss,
        { ...credentials, SecurityToken: oss.tokens.issue(MINUTE).SecurityToken },
        { authorizationV4 },
      );
      assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'AccessKeyIdAndSecurityTokenNotMatch');
    });
  }

  test('are rejected if a character is changed', async () => {
    const credentials = oss.tokens.issue(MINUTE);
    const SecurityToken = `${credentials.SecurityToken.slice(0, 60)}${credentials.SecurityToken[60] === 'A' ? 'B' : 'A'}${credentials.SecurityToken.slice(61)}`;
    const client = sdkWithSession(oss, { ...credentials, SecurityToken });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  test('are rejected if they are malformed', async () => {
    const client = sdkWithSession(oss, { ...oss.tokens.issue(MINUTE), SecurityToken: 'malformed' });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  test('are required with a temporary access key', async () => {
    const { AccessKeyId, AccessKeySecret } = oss.tokens.issue(MINUTE);
    const client = sdk(oss, { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret });
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidAccessKeyId');
  });

  test('of another emulator are rejected', async (t) => {
    const other = await startOss();
    t.after(() => other.close());
    const client = sdkWithSession(oss, other.tokens.issue(MINUTE));
    assert.equal(await codeOf(client.put('x', Buffer.from('x'))), 'InvalidSecurityToken');
  });

  describe('with a policy for one prefix', () => {
    const client = () =>
      sdkWithSession(
        oss,
        oss.tokens.issue(MINUTE, allow(['oss:PutObject', 'oss:GetObject'], `${BUCKET}/own/*`)),
      );

    test('allow writing under the prefix', async () => {
      assert.equal((await client().put('own/a', Buffer.from('x'))).res.status, 200);
    });

    test('allow multipart uploads under the prefix', async () => {
      const { etag } = await client().multipartUpload('own/parts', Buffer.alloc(200 * 1024), {
        partSize: 100 * 1024,
      });
      assert.match(etag, /-2"$/);
    });

    test('deny writing under another prefix', async () => {
      assert.equal(await codeOf(client().put('others/a', Buffer.from('x'))), 'AccessDenied');
    });

    test('deny reading under another prefix', async () => {
      assert.equal(await codeOf(client().get('others/object')), 'AccessDenied');
    });

    test('deny a key that only shares the start of the prefix', async () => {
      assert.equal(await codeOf(client().put('own', Buffer.from('x'))), 'AccessDenied');
    });

    test('deny actions that the policy does not include', async () => {
      const { uploadId } = await client().initMultipartUpload('own/b');
      assert.equal(await codeOf(client().listParts('own/b', uploadId)), 'AccessDenied');
      assert.equal(await codeOf(client().abortMultipartUpload('own/b', uploadId)), 'AccessDenied');
      assert.equal(await codeOf(client().delete('own/a')), 'AccessDenied');
      assert.equal(await codeOf(client().listV2({ prefix: 'own/' })), 'AccessDenied');
      assert.equal(await codeOf(client().listUploads({})), 'AccessDenied');
    });

    test('deny tagging without the PutObjectTagging permission', async () => {
      const upload = client().put('own/c', Buffer.from('x'), { headers: { 'x-oss-tagging': 'a=1' } });
      assert.equal(await codeOf(upload), 'AccessDenied');
    });
  });
});

describe('policies', () => {
  const cases: [string, Policy, string, string, boolean][] = [
    ['an exact resource', allow(['oss:PutObject'], 'b/key'), 'oss:PutObject', 'b/key', true],
    ['a longer resource', allow(['oss:PutObject'], 'b/key'), 'oss:PutObject', 'b/key2', false],
    ['a wildcard in the action', allow(['oss:Put*'], 'b/*'), 'oss:PutObject', 'b/key', true],
    ['an action in a different case', allow(['oss:putobject'], 'b/*'), 'oss:PutObject', 'b/key', true],
    ['a wildcard over slashes', allow(['oss:*'], 'b/a/*'), 'oss:GetObject', 'b/a/b/c', true],
    ['a wildcard in the middle', allow(['oss:*'], 'b/*.jpg'), 'oss:GetObject', 'b/x/y.jpg', true],
    ['a dot, which is not a wildcard', allow(['oss:*'], 'b/a.c'), 'oss:GetObject', 'b/abc', false],
    ['a question mark', allow(['oss:*'], 'b/a?c'), 'oss:GetObject', 'b/abc', true],
    ['several wildcards', allow(['oss:*'], 'b/*/x*.?pg'), 'oss:GetObject', 'b/x/y/x.a.jpg', true],
    // A regular expression that backtracks would take years.
    ['many wildcards', allow(['oss:*'], `b/${'*a'.repeat(50)}*b`), 'oss:Get', `b/${'a'.repeat(1000)}`, false],
    ['a line break in the key', allow(['oss:*'], 'b/*'), 'oss:GetObject', 'b/a\nb', true],
    ['the bucket if only its objects are named', allow(['oss:*'], 'b/*'), 'oss:ListObjects', 'b', false],
  ];
  for (const [name, policy, action, resource, expected] of cases) {
    test(`${name}: ${expected ? 'allowed' : 'denied'}`, () => {
      assert.equal(findDenial(policy, action, resource), expected ? undefined : 'ImplicitDeny');
    });
  }

  test('a Deny statement overrides an Allow statement', () => {
    const policy: Policy = {
      Version: '1',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'oss:DeleteObject', Resource: 'acs:oss:*:*:b/*' },
      ],
    };
    assert.equal(findDenial(policy, 'oss:DeleteObject', 'b/key'), 'ExplicitDeny');
  });

  test('unsupported elements are rejected instead of ignored', () => {
    const policy = allow(['oss:*'], 'b/*');
    const statement = { ...policy.Statement[0], Condition: { IpAddress: {} } };
    assert.throws(() => parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] })), SyntaxError);
  });
});
