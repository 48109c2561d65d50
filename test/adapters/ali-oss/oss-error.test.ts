import { expect } from '@open-wc/testing';
import { readOssError } from '../../../src/adapters/ali-oss/oss-error.js';
import { toUploadError } from '../../../src/adapters/ali-oss/to-upload-error.js';
import { UploadError } from '../../../src/core/errors.js';
import { fc } from '../../support/properties.js';

const response = (data: string, headers: Record<string, string> = {}) => ({ status: 403, headers, data });
const valid =
  '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>no</Message>' +
  '<RequestId>5C3D</RequestId><ServerTime>2026-01-31T12:00:00.000Z</ServerTime></Error>';

describe('OSS error response', () => {
  it('is parsed from the body', () => {
    expect(readOssError(response(valid))).to.deep.equal({
      code: 'RequestTimeTooSkewed',
      message: 'no',
      requestId: '5C3D',
      serverTime: Date.UTC(2026, 0, 31, 12),
      retryAfter: undefined,
    });
  });

  it('is parsed from the x-oss-err header if there is no body', () => {
    expect(readOssError(response('', { 'x-oss-err': btoa(valid) })).code).to.equal('RequestTimeTooSkewed');
  });

  for (const [name, data] of Object.entries({
    'an HTML page of a proxy': '<!doctype html><title>502</title><Error><Code>no</Code>',
    'XML with another root element': '<Fault><Code>x</Code></Fault>',
    'XML with a nested code': '<Error><Details><Code>x</Code></Details></Error>',
    JSON: '{"Code":"x"}',
  })) {
    it(`has no code if it is ${name}`, () => {
      expect(readOssError(response(data)).code).to.equal(undefined);
    });
  }

  it('doesn’t resolve external entities', () => {
    const data = `<!DOCTYPE x [<!ENTITY e SYSTEM "/package.json">]><Error><Code>&e;</Code></Error>`;
    expect(readOssError(response(data)).code ?? '').to.equal('');
  });

  it('becomes an UploadError with a specific code, however it is damaged', () => {
    const changes = fc.array(fc.tuple(fc.nat(valid.length), fc.string({ unit: 'binary', maxLength: 3 })));
    const data = fc.oneof(
      fc.string({ unit: 'binary' }),
      changes.map((changes) =>
        changes.reduce((text, [at, piece]) => text.slice(0, at) + piece + text.slice(at + 1), valid),
      ),
    );
    const headers = fc.record(
      {
        'x-oss-err': fc.oneof(fc.string(), fc.base64String()),
        'x-oss-request-id': fc.string(),
        'retry-after': fc.oneof(fc.string(), fc.bigInt().map(String), fc.date().map(String)),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(data, headers, fc.integer({ min: 300, max: 599 }), (data, headers, status) => {
        const ossError = readOssError({ status, headers, data });
        expect(Number.isNaN(ossError.serverTime ?? 0)).to.equal(false);
        expect(ossError.retryAfter ?? 0).to.be.at.least(0);
        const error = toUploadError(status, ossError, {});
        expect(error).to.be.instanceOf(UploadError);
        expect(error.code).to.not.equal('unexpected');
      }),
    );
  });
});
