// Files that are always sent in a single request, whatever the part size. They have no checkpoints.
import { expect } from '@open-wc/testing';
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError } from '../../src/core/errors.js';
import type { Locks } from '../../src/core/ports.js';
import type { Upload } from '../../src/core/upload.js';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

/** Counts the calls of storage and of locks. */
function createCountingPorts() {
  const calls = { find: 0, claim: 0, acquire: 0 };
  const store = new MemoryStore();
  const find = store.find.bind(store);
  store.find = (fingerprint) => {
    calls.find++;
    return find(fingerprint);
  };
  const grant = (name: 'claim' | 'acquire') => {
    calls[name]++;
    return Promise.resolve(() => {});
  };
  const locks: Locks = {
    acquire: () => grant('acquire'),
    claim: () => grant('claim'),
    claimed: () => Promise.resolve(new Set()),
  };
  return { calls, ports: { store, locks } };
}

describe('a file of the minimum part size', () => {
  it('is uploaded without a look for a checkpoint', async () => {
    const { calls, ports } = createCountingPorts();
    const { uploader } = createTestUploader({}, ports);
    const upload = uploader.add(makeFile(PART), 'small.bin');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(calls).to.deep.equal({ find: 0, claim: 1, acquire: 1 });
  });

  it('is looked for in storage if the page has passed a checkpoint of it', async () => {
    const { calls, ports } = createCountingPorts();
    const { uploader, oss } = createTestUploader({}, ports);
    const file = makeFile(PART);
    const gateway = await oss.open(
      { region: 'cn-hangzhou', bucket: 'bucket', key: 'small.bin' },
      { signal: new AbortController().signal },
    );
    const uploadId = await gateway.createUpload({ signal: new AbortController().signal });
    const upload: Upload = uploader.addFrom(
      { name: 'small.bin', fileSize: PART, partSize: PART, uploadId, doneParts: [] },
      file,
    );
    uploader.resume();
    await reached(uploader, upload, 'succeeded');
    expect(calls.find).to.equal(1);
  });
});

/** Computes checksums, and records which files are read. */
class RecordingChecksum {
  readonly names: string[] = [];
  /** Names of files that can't be read. */
  readonly unreadable = new Set<string>();
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  crc64(blob: Blob, signal: AbortSignal): Promise<bigint> {
    const { name } = blob as File;
    this.names.push(name);
    for (const { count, resolve } of this.#waiting) if (this.names.length >= count) resolve();
    if (this.unreadable.has(name)) return Promise.reject(new UploadError('file-unreadable'));
    return crc64OfBlob(blob, signal);
  }

  /** Resolves when this many files have been read. */
  read(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}

describe('a small file', () => {
  let checksum: RecordingChecksum;
  beforeEach(() => (checksum = new RecordingChecksum()));

  /** Starts three files, the last of which is read and waits until others are sent. */
  const startThree = async () => {
    const test = createTestUploader({}, { checksum });
    const held = [test.oss.hold('put'), test.oss.hold('put')];
    const uploads = ['a', 'b', 'c'].map((name) => test.uploader.add(makeFile(PART, name), name));
    const allRead = checksum.read(3);
    test.uploader.start();
    await Promise.all([allRead, ...held.map(({ reached }) => reached)]);
    return { ...test, last: uploads[2]!, release: () => held.forEach((put) => put.release()) };
  };

  it('is read once if it is sent at once', async () => {
    const { uploader, last, release } = await startThree();
    release();
    await reached(uploader, last, 'succeeded');
    expect(checksum.names).to.deep.equal(['a', 'b', 'c']);
  });

  it('is read again if it has waited for others', async () => {
    const { uploader, env, last, release } = await startThree();
    env.time += 2_000;
    release();
    await reached(uploader, last, 'succeeded');
    expect(checksum.names).to.deep.equal(['a', 'b', 'c', 'c']);
  });

  it('is not sent if it has become unreadable while it waited for others', async () => {
    const { uploader, oss, env, last, release } = await startThree();
    env.time += 2_000;
    checksum.unreadable.add('c');
    release();
    await reached(uploader, last, 'failed');
    expect(last.state).to.have.nested.property('error.code', 'file-unreadable');
    expect(oss.count('put')).to.equal(2);
  });

  it('can be resumed after it was paused because its drive doesn’t respond', async () => {
    const { uploader } = createTestUploader({}, { checksum });
    const file = makeFile(PART);
    const { stream } = file;
    file.stream = () => new ReadableStream({ pull: () => new Promise(() => {}) });
    const upload = uploader.add(file, 'small.bin');
    const read = checksum.read(1);
    upload.start();
    await read;
    upload.pause();
    file.stream = stream;
    upload.resume();
    await reached(uploader, upload, 'succeeded');
    expect(upload.state).to.have.nested.property('result.verified', true);
  });
});

describe('empty files that wait for others', () => {
  /** Starts nine files, two of which are sent, and pauses them. */
  const pauseNine = async () => {
    const checksum = new RecordingChecksum();
    const test = createTestUploader({}, { checksum });
    const held = [test.oss.hold('put'), test.oss.hold('put')];
    const uploads = Array.from({ length: 9 }, (_, index) => test.uploader.add(makeFile(0), String(index)));
    const allRead = checksum.read(9);
    test.uploader.start();
    await Promise.all([allRead, ...held.map(({ reached }) => reached)]);
    test.uploader.pause();
    await Promise.all(uploads.map(({ atRest }) => atRest));
    return { ...test, uploads };
  };

  it('are not looked for after a pause', async () => {
    const { uploader, oss, uploads } = await pauseNine();
    uploader.resume();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(oss.count('head')).to.equal(2);
  });

  it('can be cancelled with Undo', async () => {
    const { uploads } = await pauseNine();
    expect(uploads.map((upload) => upload.cancelUndoable())).to.deep.equal([
      ...[false, false],
      ...Array.from({ length: 7 }, () => true),
    ]);
  });
});

describe('a larger file', () => {
  it('is looked for in storage', async () => {
    const { calls, ports } = createCountingPorts();
    const { uploader } = createTestUploader({ partSize: 2 * PART }, ports);
    const upload = uploader.add(makeFile(PART + 1), 'larger.bin');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(calls).to.deep.equal({ find: 1, claim: 1, acquire: 1 });
  });
});
