import { expect } from '@open-wc/testing';
import { createChecksum } from '../../../src/adapters/browser/checksum.js';
import type { UploadError } from '../../../src/core/errors.js';
import { crc64OfBlob } from '../../../src/core/crc64.js';
import { makeFile } from '../../support/uploads.js';

const workerUrl = new URL('../../../src/adapters/browser/crc64-worker.js', import.meta.url);
const never = new AbortController().signal;

/** A checksum whose workers are counted. */
function counted() {
  const workers: Worker[] = [];
  const checksum = createChecksum(() => {
    const worker = new Worker(workerUrl, { type: 'module' });
    workers.push(worker);
    return worker;
  });
  return { checksum, workers };
}

describe('checksum', () => {
  it('computes the CRC-64 of a Blob in a worker', async () => {
    const { checksum, workers } = counted();
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, never)).to.equal(await crc64OfBlob(file));
    expect(workers).to.have.length(1);
  });

  it('serves many at a time with one worker', async () => {
    const { checksum, workers } = counted();
    const files = [1, 1_000, 100_000].map((size) => makeFile(size));
    const answers = await Promise.all(files.map((file) => checksum.crc64(file, never)));
    expect(answers).to.deep.equal(await Promise.all(files.map((file) => crc64OfBlob(file))));
    expect(workers).to.have.length(1);
  });

  it('rejects with the reason when it is stopped', async () => {
    const { checksum } = counted();
    const stop = new AbortController();
    const answer = checksum.crc64(makeFile(1_000_000), stop.signal);
    stop.abort(new Error('stopped'));
    const error: unknown = await answer.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  it('computes on the main thread where a worker can’t be made', async () => {
    const checksum = createChecksum(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, never)).to.equal(await crc64OfBlob(file));
  });

  it('computes on the main thread where the worker can’t be loaded', async () => {
    const checksum = createChecksum(() => new Worker('/not-there.js', { type: 'module' }));
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, never)).to.equal(await crc64OfBlob(file));
  });

  it('names a file that can’t be read', async () => {
    const checksum = createChecksum(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const unreadable = new Blob(['x']);
    unreadable.stream = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    const error = (await checksum.crc64(unreadable, never).catch((thrown: unknown) => thrown)) as UploadError;
    expect(error.code).to.equal('file-unreadable');
  });
});
