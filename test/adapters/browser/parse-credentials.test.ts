import { expect } from '@open-wc/testing';
import { parseCredentials } from '../../../src/adapters/browser/parse-credentials.js';
import { UploadError } from '../../../src/core/errors.js';
import { anything, damaged, fc } from '../../support/properties.js';

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

  for (const token of ['token\n', 'to\nken', 'tøken', '令牌', '\0']) {
    const sendable = token.trim() === 'token';
    it(`${sendable ? 'are read' : 'are incomplete'} with the token ${JSON.stringify(token)}`, () => {
      const read = () => parseCredentials({ ...pascal, SecurityToken: token }).securityToken;
      if (sendable) expect(read()).to.equal('token');
      else
        expect(read)
          .to.throw(UploadError)
          .with.deep.include({ values: { field: 'SecurityToken' } });
    });
  }

  describe('whatever comes', () => {
    const flat = fc.oneof(damaged(pascal), damaged(camel));
    const answer = fc.oneof(
      anything(),
      flat,
      damaged({ ...pascal, StatusCode: 200, ErrorCode: 'x' }),
      fc
        .tuple(fc.constantFrom('data', 'Data', 'result', 'Credentials', '__proto__'), flat)
        .map(([name, inner]): unknown => Object.fromEntries([[name, inner]])),
      fc.string({ unit: 'binary' }).map((SecurityToken) => ({ ...pascal, SecurityToken })),
    );

    /** @param check what must be true of what was read, or of why it could not be */
    function always(check: (read: ReturnType<typeof parseCredentials> | UploadError) => void): void {
      fc.assert(
        fc.property(answer, (value) => {
          let read;
          try {
            read = parseCredentials(value);
          } catch (error) {
            read = error as UploadError;
          }
          check(read);
        }),
      );
    }

    it('are refused by one of two errors, if at all', () => {
      always((read) => {
        if (read instanceof Error) {
          expect(read).to.be.instanceOf(UploadError);
          expect(read.code).to.be.oneOf(['credentials-incomplete', 'credentials-failed']);
        }
      });
    });

    it('can be sent in a header, so that no error of the browser quotes them', () => {
      always((read) => {
        if (read instanceof Error) return;
        const { accessKeyId, accessKeySecret, securityToken } = read;
        for (const text of [accessKeyId, accessKeySecret, securityToken]) {
          expect(text).to.match(/^[\x20-\x7e]+$/);
        }
      });
    });

    it('expire at a time, or at none', () => {
      always((read) => {
        if (!(read instanceof Error)) expect(Number.isFinite(read.expiration ?? 0)).to.equal(true);
      });
    });
  });
});
