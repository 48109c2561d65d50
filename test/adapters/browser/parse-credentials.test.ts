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

describe('parseCredentials', () => {
  for (const [format, body] of Object.entries({
    'in the format of AssumeRole': { RequestId: 'x', AssumedRoleUser: {}, Credentials: pascal },
    'at the top level': pascal,
    'in camelCase': camel,
    'in snake_case': {
      access_key_id: 'STS.id',
      access_key_secret: 'secret',
      security_token: 'token',
      expiration: '2026-01-31T12:00:00Z',
    },
    'nested in `data`': { code: 0, data: { credentials: camel } },
    'next to a StatusCode': { StatusCode: 200, ...pascal },
    'next to a StatusCode that is a string': { StatusCode: '200', ...pascal },
    'with the expiration in seconds': { ...pascal, Expiration: Date.UTC(2026, 0, 31, 12) / 1_000 },
    'with the expiration in milliseconds': { ...pascal, Expiration: Date.UTC(2026, 0, 31, 12) },
  })) {
    it(`parses credentials ${format}`, () => {
      expect(parseCredentials(body)).to.deep.equal(parsed);
    });
  }

  it('accepts credentials without an expiration', () => {
    expect(parseCredentials({ ...pascal, Expiration: undefined }).expiration).to.equal(undefined);
  });

  for (const field of ['AccessKeyId', 'AccessKeySecret', 'SecurityToken'] as const) {
    it(`rejects credentials without ${field}, naming the field`, () => {
      const incomplete = { Credentials: { ...pascal, [field]: undefined } };
      expect(() => parseCredentials(incomplete))
        .to.throw(UploadError)
        .with.deep.include({
          code: 'credentials-incomplete',
          values: { field },
        });
    });
  }

  it('rejects a body that reports an error', () => {
    const body = { StatusCode: 500, ErrorCode: 'NoPermission', ErrorMessage: 'no' };
    expect(() => parseCredentials(body))
      .to.throw(UploadError)
      .with.property('code', 'credentials-failed');
  });

  for (const token of ['token\n', 'to\nken', 'tøken', '令牌', '\0']) {
    const isValid = token.trim() === 'token';
    it(`${isValid ? 'accepts' : 'rejects'} the token ${JSON.stringify(token)}`, () => {
      const parse = () => parseCredentials({ ...pascal, SecurityToken: token }).securityToken;
      if (isValid) expect(parse()).to.equal('token');
      else
        expect(parse)
          .to.throw(UploadError)
          .with.deep.include({ values: { field: 'SecurityToken' } });
    });
  }

  describe('with any input', () => {
    const flat = fc.oneof(damaged(pascal), damaged(camel));
    const input = fc.oneof(
      anything(),
      flat,
      damaged({ ...pascal, StatusCode: 200, ErrorCode: 'x' }),
      fc
        .tuple(fc.constantFrom('data', 'Data', 'result', 'Credentials', '__proto__'), flat)
        .map(([name, inner]): unknown => Object.fromEntries([[name, inner]])),
      fc.string({ unit: 'binary' }).map((SecurityToken) => ({ ...pascal, SecurityToken })),
    );

    /** @param check asserts a property of the credentials or of the error */
    function assertAlways(check: (result: ReturnType<typeof parseCredentials> | UploadError) => void): void {
      fc.assert(
        fc.property(input, (value) => {
          let result;
          try {
            result = parseCredentials(value);
          } catch (error) {
            result = error as UploadError;
          }
          check(result);
        }),
      );
    }

    it('throws credentials-incomplete or credentials-failed only', () => {
      assertAlways((result) => {
        if (result instanceof Error) {
          expect(result).to.be.instanceOf(UploadError);
          expect(result.code).to.be.oneOf(['credentials-incomplete', 'credentials-failed']);
        }
      });
    });

    it('returns values that are valid in a header, so that no browser error quotes them', () => {
      assertAlways((result) => {
        if (result instanceof Error) return;
        const { accessKeyId, accessKeySecret, securityToken } = result;
        for (const text of [accessKeyId, accessKeySecret, securityToken]) {
          expect(text).to.match(/^[\x20-\x7e]+$/);
        }
      });
    });

    it('returns a finite expiration or none', () => {
      assertAlways((result) => {
        if (!(result instanceof Error)) expect(Number.isFinite(result.expiration ?? 0)).to.equal(true);
      });
    });
  });
});
