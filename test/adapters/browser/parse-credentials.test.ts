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
  expiration: '2026-01-31T12:00:00Z',
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
    'with kebab-case names': {
      'access-key-id': 'STS.id',
      'access-key-secret': 'secret',
      'sts-token': 'token',
      expiration: '2026-01-31T12:00:00Z',
    },
    'with white space in names and values': {
      ' AccessKeyId': 'STS.id\n',
      'AccessKeySecret ': ' secret',
      SecurityToken: 'token ',
      Expiration: '2026-01-31T12:00:00Z',
    },
    'with an empty second token': { ...pascal, StsToken: '' },
    'of a function gateway': { statusCode: 200, headers: {}, body: pascal },
    'of a function gateway, as text': { statusCode: 200, body: JSON.stringify({ Credentials: pascal }) },
    'as JSON text': JSON.stringify(pascal),
    'as JSON text with a byte order mark': `\ufeff${JSON.stringify(pascal)}`,
    'encoded twice': JSON.stringify(JSON.stringify({ data: pascal })),
    'under any name': { success: true, code: '0000', msg: 'ok', payload: { oss: { sts: camel } } },
    'nested in the same name twice': { data: { data: { Credentials: pascal } } },
    'in an array': { list: [null, { Credentials: pascal }] },
    'behind an incomplete object': { AccessKeyId: 'other', Credentials: pascal },
    'next to an error code': { code: 401, data: pascal },
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

  const refused = 'credentials-refused';
  const failed = 'credentials-failed';
  for (const [body, code, retryable] of [
    [{ StatusCode: 500, ErrorCode: 'NoPermission', ErrorMessage: 'no' }, failed, true],
    [{ code: 401, message: 'no' }, refused, false],
    [{ code: '403', data: null }, refused, false],
    [{ code: 40101, msg: 'no' }, refused, false],
    [{ success: false, error: { code: 'UNAUTHORIZED' } }, refused, false],
    [{ error: 'not-signed-in', message: 'no' }, refused, false],
    [{ statusCode: 403, body: '{"message":"no"}' }, refused, false],
    [{ success: false, message: 'no' }, failed, true],
    [{ ok: false }, failed, true],
    [{ code: -1, msg: 'no' }, failed, true],
    [{ errno: 1001 }, failed, true],
    [{ code: 404, data: {} }, failed, false],
    [{ code: 200, data: null }, 'credentials-incomplete', false],
    [{ code: 0, message: 'ok', data: [] }, 'credentials-incomplete', false],
    ['<!doctype html>', 'credentials-not-json', false],
    ['', 'credentials-not-json', false],
    [undefined, 'credentials-incomplete', false],
  ] as const) {
    it(`rejects ${JSON.stringify(body)} with ${code}`, () => {
      expect(() => parseCredentials(body))
        .to.throw(UploadError)
        .with.deep.include({ code, retryable });
    });
  }

  it('names the missing field of the most complete object', () => {
    const body = { AccessKeyId: 'x', data: { ...pascal, SecurityToken: '' } };
    expect(() => parseCredentials(body))
      .to.throw(UploadError)
      .with.deep.include({ values: { field: 'SecurityToken' } });
  });

  it('quotes nothing of the body in an error', () => {
    const secret = 'S3CRET';
    for (const body of [
      secret,
      { code: secret, AccessKeySecret: secret },
      { success: false, message: secret },
      { [secret]: secret, status: secret },
      `{"AccessKeySecret": "${secret}`,
    ]) {
      let error: UploadError | undefined;
      try {
        parseCredentials(body);
      } catch (thrown) {
        error = thrown as UploadError;
      }
      const { message, hint, values, cause, stack } = error!;
      expect(JSON.stringify([message, hint, values, String(cause), stack])).not.to.include(secret);
    }
  });

  it('searches a cyclic value once', () => {
    const body: Record<string, unknown> = { list: Array.from({ length: 5_000 }, () => ({ x: {} })) };
    body['self'] = body;
    expect(() => parseCredentials(body))
      .to.throw(UploadError)
      .with.property('code', 'credentials-incomplete');
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

    it('throws an UploadError with a code of credentials only', () => {
      assertAlways((result) => {
        if (result instanceof Error) {
          expect(result).to.be.instanceOf(UploadError);
          expect(result.code).to.match(/^credentials-(incomplete|failed|refused|not-json)$/);
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
  });
});
