import { expect } from '@open-wc/testing';
import { parseStoredPart, parseStoredUpload } from '../../src/core/checkpoints/stored-upload.js';
import { toMultipartUpload } from '../../src/core/checkpoints/checkpoint-writer.js';
import { makeStoredUpload } from '../support/checkpoint-store-contract.js';
import { anything, damaged, fc } from '../support/properties.js';

const anyUpload = fc.oneof(anything(), damaged(makeStoredUpload()));
const anyPart = fc.oneof(
  anything(),
  damaged({ number: 3, etag: '"A"', crc64: '17' }),
  fc.record({ number: fc.nat(20), etag: fc.string(), crc64: fc.bigInt().map(String) }),
);

describe('a record from a checkpoint store', () => {
  it('parses into an upload within the limits of OSS, or is rejected', () => {
    fc.assert(
      fc.property(anyUpload, (value) => {
        const upload = parseStoredUpload(value);
        if (!upload) return;
        const { fileSize, partSize, uploadId, key, completeUnanswered } = upload;
        expect(Number.isSafeInteger(fileSize) && fileSize >= 0).to.equal(true);
        expect(Math.ceil(fileSize / partSize)).to.be.within(0, 10_000);
        expect([typeof uploadId, typeof key, typeof completeUnanswered]).to.deep.equal([
          'string',
          'string',
          'boolean',
        ]);
      }),
    );
  });

  it('parses into an upload whose times are valid dates, or is rejected', () => {
    const times = { savedAt: fc.maxSafeInteger(), lastModified: fc.maxSafeInteger() };
    fc.assert(
      fc.property(fc.record(times), (changes) => {
        const upload = parseStoredUpload({ ...makeStoredUpload(), ...changes });
        if (!upload) return;
        expect(new Date(upload.savedAt).getTime()).to.equal(changes.savedAt);
        expect(new Date(upload.lastModified).getTime()).to.equal(changes.lastModified);
      }),
    );
  });

  for (const uploadId of ['<id>', 'A B', 'A'.repeat(501)]) {
    it(`is rejected if its upload ID can’t be one of OSS: ${uploadId.slice(0, 5)}`, () => {
      expect(parseStoredUpload(makeStoredUpload({ uploadId }))).to.equal(undefined);
    });
  }

  it('has no part whose ETag could change the XML of a request', () => {
    expect(parseStoredPart({ number: 1, etag: '"A"' })).to.deep.equal({ number: 1, etag: '"A"' });
    for (const etag of ['</ETag>', '&amp;', 'A\nB', 'A"B']) {
      expect(parseStoredPart({ number: 1, etag })).to.equal(undefined);
    }
  });

  it('may describe a file that was modified before 1970', () => {
    const upload = makeStoredUpload({ lastModified: -86_400_000 });
    expect(parseStoredUpload(upload)).to.deep.equal(upload);
  });

  it('parses into a part within the limits of OSS, or is rejected', () => {
    fc.assert(
      fc.property(anyPart, (value) => {
        const part = parseStoredPart(value);
        if (!part) return;
        expect(part.number).to.be.within(1, 10_000);
        expect(part.etag).to.be.a('string').that.is.not.equal('');
        expect(() => BigInt(part.crc64 ?? 0)).to.not.throw();
      }),
    );
  });

  it('can be resumed once it is parsed', () => {
    fc.assert(
      fc.property(anyUpload, fc.array(anyPart), (value, parts) => {
        const upload = parseStoredUpload(value);
        if (!upload) return;
        const validParts = parts.map(parseStoredPart).filter((part) => part !== undefined);
        const { tracker } = toMultipartUpload({ upload, parts: validParts });
        expect(tracker.loaded).to.be.within(0, upload.fileSize);
      }),
    );
  });
});
