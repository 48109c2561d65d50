import { expect } from '@open-wc/testing';
import { parseStoredPart, parseStoredUpload } from '../../src/core/checkpoints/stored-upload.js';
import { toMultipartUpload } from '../../src/core/checkpoints/checkpoint-writer.js';
import { remembered } from '../support/checkpoint-store-contract.js';
import { anything, damaged, fc } from '../support/properties.js';

const anyUpload = fc.oneof(anything(), damaged(remembered()));
const anyPart = fc.oneof(
  anything(),
  damaged({ number: 3, etag: '"A"', crc64: '17' }),
  fc.record({ number: fc.nat(20), etag: fc.string(), crc64: fc.bigInt().map(String) }),
);

describe('what a store gives back', () => {
  it('is an upload whose parts OSS accepts, or nothing', () => {
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

  it('is an upload with times that there are, or nothing', () => {
    const times = { savedAt: fc.maxSafeInteger(), lastModified: fc.maxSafeInteger() };
    fc.assert(
      fc.property(fc.record(times), (changes) => {
        const upload = parseStoredUpload({ ...remembered(), ...changes });
        if (!upload) return;
        expect(new Date(upload.savedAt).getTime()).to.equal(changes.savedAt);
        expect(new Date(upload.lastModified).getTime()).to.equal(changes.lastModified);
      }),
    );
  });

  it('is an upload of a file from before 1970 too', () => {
    const upload = remembered({ lastModified: -86_400_000 });
    expect(parseStoredUpload(upload)).to.deep.equal(upload);
  });

  it('is a part that OSS can have, or nothing', () => {
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

  it('is enough to go on from', () => {
    fc.assert(
      fc.property(anyUpload, fc.array(anyPart), (value, parts) => {
        const upload = parseStoredUpload(value);
        if (!upload) return;
        const sound = parts.map(parseStoredPart).filter((part) => part !== undefined);
        const { tracker } = toMultipartUpload({ upload, parts: sound });
        expect(tracker.loaded).to.be.within(0, upload.fileSize);
      }),
    );
  });
});
