import { expect } from '@open-wc/testing';
import { parseCredentials } from '../../../src/adapters/browser/parse-credentials.js';
import { UploadError } from '../../../src/core/errors.js';
import { seededRandom } from '../../support/seeded-random.js';

const pascal = {
  AccessKeyId: 'STS.id',
  AccessKeySecret: 'secret',
  SecurityToken: 'token',
  Expiration: '2026-01-31T12:00:00Z',
};
const parsed = {
  accessKeyId: 'STS.id',
  accessKeySecret: 'secret',
  securityToken: 'token',
  expiration: Date.UTC(2026, 0, 31, 12),
};
const camel = {
  accessKeyId: 'STS.id',
  accessKeySecret: 'secret',
  stsToken: 'token',
  expiration: '2026-01-31T12:00:00Z',
};

describe('credentials answers', () => {
  for (const [shape, answer] of Object.entries({
    'as AssumeRole answers': { RequestId: 'x', AssumedRoleUser: {}, Credentials: pascal },
    flat: pascal,
    'in camelCase': camel,
    'in snake_case': {
      access_key_id: 'STS.id',
      access_key_secret: 'secret',
      security_token: 'token',
      expiration: '2026-01-31T12:00:00Z',
    },
    'under data': { code: 0, data: { credentials: camel } },
    'beside StatusCode': { StatusCode: 200, ...pascal },
    'beside StatusCode as text': { StatusCode: '200', ...pascal },
    'with the expiration in seconds': { ...pascal, Expiration: Date.UTC(2026, 0, 31, 12) / 1_000 },
    'with the expiration in milliseconds': { ...pascal, Expiration: Date.UTC(2026, 0, 31, 12) },
  })) {
    it(`are read ${shape}`, () => {
      expect(parseCredentials(answer)).to.deep.equal(parsed);
    });
  }

  it('need not say when they expire', () => {
    expect(parseCredentials({ ...pascal, Expiration: undefined }).expiration).to.equal(undefined);
  });

  for (const field of ['AccessKeyId', 'AccessKeySecret', 'SecurityToken'] as const) {
    it(`that lack ${field} are told by that name`, () => {
      const incomplete = { Credentials: { ...pascal, [field]: undefined } };
      expect(() => parseCredentials(incomplete))
        .to.throw(UploadError)
        .with.deep.include({
          code: 'credentials-incomplete',
          values: { field },
        });
    });
  }

  it('that tell of a failure are a failure', () => {
    const answer = { StatusCode: 500, ErrorCode: 'NoPermission', ErrorMessage: 'no' };
    expect(() => parseCredentials(answer))
      .to.throw(UploadError)
      .with.property('code', 'credentials-failed');
  });

  it('give sound credentials or one of two errors, whatever comes', () => {
    const random = seededRandom(11);
    const values: unknown[] = [
      undefined,
      null,
      0,
      NaN,
      '',
      ' ',
      'x',
      [],
      {},
      [{}],
      pascal,
      camel,
      true,
      () => 'x',
    ];
    const keys = [
      'data',
      'Credentials',
      'credentials',
      'AccessKeyId',
      'accessKeySecret',
      'stsToken',
      '__proto__',
    ];
    for (let i = 0; i < 2_000; i++) {
      const answer: Record<string, unknown> = {};
      for (const key of keys) {
        if (random() < 0.4) answer[key] = values[Math.floor(random() * values.length)];
      }
      try {
        const { accessKeyId, accessKeySecret, securityToken } = parseCredentials(answer);
        expect([accessKeyId, accessKeySecret, securityToken].every((text) => text.length > 0)).to.equal(true);
      } catch (error) {
        expect((error as UploadError).code).to.be.oneOf(['credentials-incomplete', 'credentials-failed']);
      }
    }
  });
});
