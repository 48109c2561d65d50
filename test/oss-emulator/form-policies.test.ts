// PostObject: signatures, policies and permissions.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { Policy } from '../../dev/oss-emulator/policy.js';
import {
  encodeForm,
  encodePolicy,
  HELLO,
  postBody,
  postForm,
  signForm,
  type Condition,
  type Fields,
} from './support/form.js';
import type { RawResponse } from './support/raw.js';
import { BUCKET, sdk, startOss } from './support/sdk.js';

const MINUTE = 60_000;

describe('a form upload', () => {
  let oss: LocalOss;
  before(async () => {
    oss = await startOss();
  });
  after(() => oss.close());

  const refused = ({ status, code }: RawResponse) => [status, code];
  const ecOf = ({ status, code, headers }: RawResponse) => [status, code, headers['x-oss-ec']];
  const post = (fields: Fields) => postBody(oss, encodeForm({ key: 'x', ...fields }, HELLO));

  describe('with a V4 signature', () => {
    test('is refused without any', async () => {
      assert.deepEqual(refused(await post({})), [403, 'AccessDenied']);
    });

    test('is refused if the policy was changed', async () => {
      const fields = {
        ...signForm(oss),
        policy: encodePolicy({ expiration: '2099-01-01T00:00:00Z', conditions: [] }),
      };
      assert.deepEqual(refused(await post(fields)), [403, 'SignatureDoesNotMatch']);
    });

    test('is refused with an unknown access key', async () => {
      const fields = signForm(oss);
      const credential = fields['x-oss-credential']?.replace(/^[^/]+/, 'unknown') ?? '';
      const response = await post({ ...fields, 'x-oss-credential': credential });
      assert.deepEqual(refused(response), [403, 'InvalidAccessKeyId']);
    });

    const required = [
      'x-oss-signature-version',
      'x-oss-credential',
      'x-oss-date',
      'x-oss-signature',
      'policy',
    ];
    for (const name of required) {
      test(`is refused without the field ${name}`, async () => {
        const { [name]: _, ...fields } = signForm(oss);
        const response = await post(fields);
        assert.deepEqual(refused(response), [400, 'InvalidArgument']);
        assert.match(response.text, new RegExp(name));
      });
    }

    test('is refused with an empty signature', async () => {
      const response = await post({ ...signForm(oss), 'x-oss-signature': '' });
      assert.deepEqual(ecOf(response), [400, 'InvalidArgument', '0002-00000704']);
    });

    const changes: Record<string, Fields> = {
      'another version': { 'x-oss-signature-version': 'OSS2' },
      'a malformed date': { 'x-oss-date': '2030-01-01T00:00:00Z' },
      'a malformed credential': { 'x-oss-credential': '/x' },
    };
    for (const [name, change] of Object.entries(changes)) {
      test(`is refused with ${name}`, async () => {
        assert.deepEqual(refused(await post({ ...signForm(oss), ...change })), [400, 'InvalidArgument']);
      });
    }

    test('is refused with the credential of another day', async () => {
      const fields = signForm(oss);
      const credential = fields['x-oss-credential']?.replace(/\d{8}/, '20200101') ?? '';
      const response = await post({ ...fields, 'x-oss-credential': credential });
      assert.deepEqual(ecOf(response), [400, 'InvalidArgument', '0002-00000709']);
    });

    test('is refused with a credential that does not end with aliyun_v4_request', async () => {
      const fields = signForm(oss);
      const response = await post({ ...fields, 'x-oss-credential': `${fields['x-oss-credential']}x` });
      assert.deepEqual(ecOf(response), [400, 'InvalidArgument', '0002-00000710']);
    });

    test('is refused with the credential of another region', async () => {
      const response = await postForm(oss, { key: 'x' }, HELLO, { region: 'cn-beijing' });
      assert.deepEqual(refused(response), [400, 'InvalidArgument']);
      assert.match(response.text, /signing region/);
    });

    for (const offset of [-16, 16]) {
      test(`is refused with a date ${offset} minutes off`, async () => {
        const response = await postForm(oss, { key: 'x' }, HELLO, { offset: offset * MINUTE });
        assert.deepEqual(refused(response), [403, 'RequestTimeTooSkewed']);
        assert.match(response.text, /<ServerTime>/);
      });
    }

    test('is accepted with a date 14 minutes ago', async () => {
      assert.equal((await postForm(oss, { key: 'x' }, HELLO, { offset: -14 * MINUTE })).status, 204);
    });
  });

  describe('with session credentials', () => {
    const policy: Policy = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'oss:PutObject', Resource: `acs:oss:*:*:${BUCKET}/own/*` }],
    };
    const session = () => oss.tokens.issue(MINUTE, policy);

    test('is stored at a key that the session policy allows', async () => {
      const response = await postForm(oss, { key: 'own/${filename}' }, HELLO, { session: session() });
      assert.equal(response.status, 204);
    });

    test('is refused at another key', async () => {
      const response = await postForm(oss, { key: 'others/x' }, HELLO, { session: session() });
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0003-00000301']);
      assert.equal(oss.bucket(BUCKET).objects.has('others/x'), false);
    });

    test('is refused if the file name leads to another key', async () => {
      const file = { content: 'x', filename: 'others/x' };
      const response = await postForm(oss, { key: '${filename}' }, file, { session: session() });
      assert.deepEqual(refused(response), [403, 'AccessDenied']);
    });

    test('is refused without the token', async () => {
      const { 'x-oss-security-token': _, ...fields } = signForm(oss, { session: session() });
      assert.deepEqual(refused(await post(fields)), [403, 'InvalidAccessKeyId']);
    });

    test('is refused after they expire', async (t) => {
      const credentials = session();
      oss.setClockOffset(2 * MINUTE);
      t.after(() => oss.setClockOffset(0));
      const response = await postForm(oss, { key: 'own/x' }, HELLO, { session: credentials });
      assert.deepEqual(refused(response), [403, 'SecurityTokenExpired']);
    });
  });

  describe('with a V1 signature', () => {
    const RELAXED = 'relaxedbucket';
    before(() => oss.createBucket(RELAXED, { v1Signatures: true }));
    const signV1 = (expires = oss.now() + MINUTE): Fields => {
      const expiration = new Date(expires).toISOString();
      return sdk(oss).calculatePostSignature({ expiration, conditions: [['starts-with', '$key', '']] });
    };
    const postRelaxed = (fields: Fields) =>
      postBody(oss, encodeForm({ key: 'x', ...fields }, HELLO), { host: `${RELAXED}.localhost:${oss.port}` });

    test('is refused', async () => {
      assert.deepEqual(ecOf(await post(signV1())), [403, 'AccessDenied', '0002-00000080']);
    });

    test('is stored in a relaxed bucket', async () => {
      assert.equal((await postRelaxed(signV1())).status, 204);
    });

    test('is refused in a relaxed bucket if the signature is wrong', async () => {
      const response = await postRelaxed({ ...signV1(), Signature: 'x' });
      assert.deepEqual(refused(response), [403, 'SignatureDoesNotMatch']);
    });

    test('is refused in a relaxed bucket after the policy expires', async () => {
      assert.deepEqual(refused(await postRelaxed(signV1(oss.now() - 1))), [403, 'AccessDenied']);
    });

    for (const name of ['OSSAccessKeyId', 'policy', 'Signature']) {
      test(`is refused without the field ${name}`, async () => {
        const { [name]: _, ...fields } = signV1();
        assert.deepEqual(refused(await postRelaxed(fields)), [400, 'InvalidArgument']);
      });
    }
  });

  describe('with a policy', () => {
    const postWith = (conditions: Condition[], fields: Fields = {}) =>
      postForm(oss, { key: 'dir/x', ...fields }, HELLO, { conditions });

    const met: [Condition, Fields?][] = [
      [{ bucket: BUCKET }],
      [['eq', '$bucket', BUCKET]],
      [{ key: 'dir/x' }],
      [['starts-with', '$key', 'dir/']],
      [['starts-with', '$success_action_status', '']],
      [['in', '$content-type', ['image/png', 'text/plain']]],
      [['not-in', '$content-type', ['image/png']]],
      [['eq', '$Cache-Control', 'no-cache'], { 'cache-control': 'no-cache' }],
      [['content-length-range', 5, 5]],
      [
        { success_action_status: '200', 'x-oss-meta-a': 'b' },
        { success_action_status: '200', 'X-OSS-Meta-A': 'b' },
      ],
    ];
    for (const [condition, fields] of met) {
      test(`is stored if it meets ${JSON.stringify(condition)}`, async () => {
        assert.ok((await postWith([condition], fields)).status < 300);
      });
    }

    const violated: [Condition, Fields?][] = [
      [{ bucket: 'otherbucket' }],
      [{ key: 'DIR/x' }],
      [['eq', '$key', 'dir/']],
      [['starts-with', '$key', 'dir/y']],
      [['in', '$content-type', ['image/png']]],
      [['not-in', '$content-type', ['text/plain']]],
      [{ 'cache-control': 'no-cache' }],
      [{ 'x-oss-object-acl': 'private' }, { 'x-oss-object-acl': 'public-read' }],
    ];
    for (const [condition, fields] of violated) {
      test(`is refused if it doesn't meet ${JSON.stringify(condition)}`, async () => {
        const response = await postWith([['starts-with', '$key', ''], condition], fields);
        const json = JSON.stringify(condition).replaceAll('"', '&quot;');
        assert.deepEqual(refused(response), [403, 'AccessDenied']);
        assert.ok(response.text.includes(`Invalid according to Policy: Policy Condition failed: ${json}`));
      });
    }

    test('is refused if the file is too small', async () => {
      const response = await postWith([['content-length-range', 6, 10]]);
      assert.deepEqual(ecOf(response), [400, 'EntityTooSmall', '0006-00000004']);
    });

    test('is refused if the file is too large', async () => {
      const response = await postWith([['content-length-range', 0, 4]], { key: 'too-large' });
      assert.deepEqual(ecOf(response), [400, 'EntityTooLarge', '0006-00000003']);
      assert.equal(oss.bucket(BUCKET).objects.has('too-large'), false);
    });

    test('is refused after the policy expires', async () => {
      const expiration = new Date(oss.now() - 1).toISOString();
      const response = await postForm(oss, { key: 'x' }, HELLO, { expiration });
      assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0006-00000213']);
      assert.match(response.text, /Invalid according to Policy: Policy expired\./);
    });

    for (const name of [
      'x-oss-signature-version',
      'x-oss-credential',
      'x-oss-date',
      'x-oss-security-token',
    ]) {
      test(`is refused without a condition for ${name}`, async () => {
        const session = oss.tokens.issue(MINUTE);
        const response = await postForm(oss, { key: 'x' }, HELLO, { session, unconditional: [name] });
        assert.deepEqual(ecOf(response), [403, 'AccessDenied', '0006-00000228']);
        assert.match(response.text, new RegExp(`Invalid according to Policy: Extra input fields: ${name}<`));
      });
    }

    const malformed: Condition[] = [
      ['eq', '$key'],
      ['eq', 'key', 'dir/x'],
      ['eq', '$key', 1],
      ['eq', '$key', 'dir/x', 'dir/x'],
      ['ends-with', '$key', 'x'],
      ['in', '$key', 'dir/x'],
      ['content-length-range', 0, '5'],
      ['content-length-range', 5, 0],
      ['content-length-range', -1, 5],
      { key: 1 },
    ];
    for (const condition of malformed) {
      test(`is refused with the malformed condition ${JSON.stringify(condition)}`, async () => {
        assert.deepEqual(refused(await postWith([condition])), [400, 'InvalidPolicyDocument']);
      });
    }

    for (const expiration of ['', 'tomorrow', '2099-01-01', 4_102_444_800]) {
      test(`is refused with the malformed expiration ${JSON.stringify(expiration)}`, async () => {
        const response = await postForm(oss, { key: 'x' }, HELLO, { expiration });
        assert.deepEqual(refused(response), [400, 'InvalidPolicyDocument']);
      });
    }
  });
});
