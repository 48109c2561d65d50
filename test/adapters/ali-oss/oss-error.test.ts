import { expect } from '@open-wc/testing';
import { readOssError } from '../../../src/adapters/ali-oss/oss-error.js';
import { toUploadError } from '../../../src/adapters/ali-oss/to-upload-error.js';
import { UploadError } from '../../../src/core/errors.js';
import { fc } from '../../support/properties.js';

const answer = (data: string, headers: Record<string, string> = {}) => ({ status: 403, headers, data });
const sound =
  '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>no</Message>' +
  '<RequestId>5C3D</RequestId><ServerTime>2026-01-31T12:00:00.000Z</ServerTime></Error>';

describe('what OSS says of a request that it refuses', () => {
  it('is read from the body', () => {
    expect(readOssError(answer(sound))).to.deep.equal({
      code: 'RequestTimeTooSkewed',
      message: 'no',
      requestId: '5C3D',
      serverTime: Date.UTC(2026, 0, 31, 12),
      retryAfter: undefined,
    });
  });

  it('is read from a header of an answer without a body', () => {
    expect(readOssError(answer('', { 'x-oss-err': btoa(sound) })).code).to.equal('RequestTimeTooSkewed');
  });

  for (const [what, data] of Object.entries({
    'a page of a proxy': '<!doctype html><title>502</title><Error><Code>no</Code>',
    'an error of another kind': '<Fault><Code>x</Code></Fault>',
    'a code inside another element': '<Error><Details><Code>x</Code></Details></Error>',
    JSON: '{"Code":"x"}',
  })) {
    it(`has no code where it is ${what}`, () => {
      expect(readOssError(answer(data)).code).to.equal(undefined);
    });
  }

  it('takes no entity from elsewhere in', () => {
    const data = `<!DOCTYPE x [<!ENTITY e SYSTEM "/package.json">]><Error><Code>&e;</Code></Error>`;
    expect(readOssError(answer(data)).code ?? '').to.equal('');
  });

  it('is a named error, however it is damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(sound.length), fc.string({ unit: 'binary', maxLength: 3 })));
    const data = fc.oneof(
      fc.string({ unit: 'binary' }),
      damage.map((changes) =>
        changes.reduce((text, [at, piece]) => text.slice(0, at) + piece + text.slice(at + 1), sound),
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
      fc.property(data, headers, fc.integer({ min: 300, max: 599 }), (body, head, status) => {
        const refusal = readOssError({ status, headers: head, data: body });
        expect(Number.isNaN(refusal.serverTime ?? 0)).to.equal(false);
        expect(refusal.retryAfter ?? 0).to.be.at.least(0);
        const error = toUploadError(status, refusal, {});
        expect(error).to.be.instanceOf(UploadError);
        expect(error.code).to.not.equal('unexpected');
      }),
    );
  });
});
