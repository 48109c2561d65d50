import { expect } from '@open-wc/testing';
import { createChecksum } from '../../../src/adapters/browser/checksum.js';
import type { UploadError } from '../../../src/core/errors.js';
import { crc64OfBlob } from '../../../src/core/crc64.js';
import { makeFile } from '../../support/uploads.js';

const workerUrl = new URL('../../../src/adapters/browser/crc64-worker.js', import.meta.url);
const neverAborted = new AbortController().signal;

/** Creates a checksum that records the workers it starts. */
function createRecordingChecksum() {
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
    const { checksum, workers } = createRecordingChecksum();
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
    expect(workers).to.have.length(1);
  });

  it('shares one worker between concurrent calls', async () => {
    const { checksum, workers } = createRecordingChecksum();
    const files = [1, 1_000, 100_000].map((size) => makeFile(size));
    const checksums = await Promise.all(files.map((file) => checksum.crc64(file, neverAborted)));
    expect(checksums).to.deep.equal(await Promise.all(files.map((file) => crc64OfBlob(file))));
    expect(workers).to.have.length(1);
  });

  it('rejects with the reason of its signal', async () => {
    const { checksum } = createRecordingChecksum();
    const controller = new AbortController();
    const result = checksum.crc64(makeFile(1_000_000), controller.signal);
    controller.abort(new Error('stopped'));
    const error: unknown = await result.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  it('computes on the main thread if the worker can’t be created', async () => {
    const checksum = createChecksum(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
  });

  it('computes on the main thread if the worker script can’t be loaded', async () => {
    const checksum = createChecksum(() => new Worker('/not-there.js', { type: 'module' }));
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
  });

  it('rejects with file-unreadable if the file can’t be read', async () => {
    const checksum = createChecksum(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const unreadable = new Blob(['x']);
    unreadable.stream = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    const error = (await checksum
      .crc64(unreadable, neverAborted)
      .catch((thrown: unknown) => thrown)) as UploadError;
    expect(error.code).to.equal('file-unreadable');
  });
});
