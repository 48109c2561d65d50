import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { control, nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 24;

describe('an upload with stalled parts', () => {
  const MiB = 1024 * 1024;
  let bucket: TestBucket;
  before(async () => {
    bucket = await TestBucket.create();
    // More than the operating system buffers, so that the page reports progress before the stall.
    const stall = { kind: 'stall', afterBytes: 8 * MiB } as const;
    await bucket.addFault('UploadPart', stall, { times: null });
  });

  it('aborts its parts in flight when it is paused, and sends no others', async () => {
    const partSize = 64 * MiB;
    const uploader = bucket.uploader({ partSize });
    const upload = uploader.add(new File(Array<Blob>(32).fill(randomFile(4 * MiB)), KEY), KEY);
    upload.start();
    while (upload.state.progress.loaded === 0) await nextEvent(uploader, 'progress');
    upload.pause();
    const { length } = await bucket.requests({ operation: 'UploadPart' });
    await bucket.removeFaults();
    const parts = await control.waitFor({ bucket: bucket.name, operation: 'UploadPart' }, length);
    expect(parts.some(({ bytesReceived }) => bytesReceived > 0)).to.equal(true);
    expect(
      parts.every(({ disconnected, bytesReceived }) => disconnected && bytesReceived < partSize),
    ).to.equal(true);
    await upload.atRest;
    const other = uploader.add(randomFile(PART), 'other.mp4');
    other.start();
    await succeeded(uploader, other);
    expect(await bucket.requests({ operation: 'UploadPart' })).to.have.length(length);
    expect(upload.state.status).to.equal('paused');
  });
});

describe('an upload in progress', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    await bucket.stallPartsAfter(4);
  });
  afterEach(() => bucket.removeFaults());

  /** Starts an upload: four parts are stored and three are in flight. */
  const startUpload = async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = uploader.add(randomFile(COUNT * PART - 1), KEY);
    const firstParts = nextEvent(uploader, 'part', 4);
    upload.start();
    await firstParts;
    return { uploader, upload };
  };
  const allRequestsEnded = async () => {
    const { length } = await bucket.requests();
    return control.waitFor({ bucket: bucket.name }, length);
  };

  it('never re-sends a stored part, even after several pauses', async () => {
    const { uploader, upload } = await startUpload();
    for (let pauses = 0; pauses < 2; pauses++) {
      upload.pause();
      await bucket.stallPartsAfter(3);
      const nextPart = nextEvent(uploader, 'part');
      upload.resume();
      await nextPart;
    }
    await bucket.removeFaults();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('is completed once if it is paused and resumed repeatedly', async () => {
    const { uploader, upload } = await startUpload();
    for (let times = 0; times < 5; times++) {
      upload.pause();
      upload.resume();
    }
    await bucket.removeFaults();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(1);
    expect(await bucket.requests({ operation: 'CompleteMultipartUpload' })).to.have.length(1);
    await bucket.expectNoPartResent(KEY, COUNT);
  });

  it('reports progress that never falls, even after a pause', async () => {
    const { uploader, upload } = await startUpload();
    const loaded: number[] = [];
    uploader.subscribe(() => loaded.push(upload.state.progress.loaded));
    upload.pause();
    upload.resume();
    await bucket.removeFaults();
    await succeeded(uploader, upload);
    expect(loaded).to.deep.equal([...loaded].sort((a, b) => a - b));
    expect(loaded.at(-1)).to.equal(upload.fileSize);
  });

  it('leaves no parts and no object when it is cancelled', async () => {
    const { upload } = await startUpload();
    await upload.cancel();
    await bucket.removeFaults();
    await allRequestsEnded();
    expect(upload.state.status).to.equal('cancelled');
    expect((await control.uploads()).filter((multipart) => multipart.bucket === bucket.name)).to.deep.equal(
      [],
    );
    expect(await control.object(bucket.name, KEY)).to.equal(null);
  });

  it('starts over when it is retried after being cancelled', async () => {
    const { uploader, upload } = await startUpload();
    await upload.cancel();
    await bucket.removeFaults();
    upload.retry();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('does not affect the other uploads when it is cancelled', async () => {
    const { uploader, upload } = await startUpload();
    const other = uploader.add(randomFile(3 * PART), 'other.mp4');
    other.start();
    await upload.cancel();
    await bucket.removeFaults();
    await succeeded(uploader, other);
    await bucket.expectStored('other.mp4', other.file!);
  });

  it('re-sends a part that the server lost during a pause', async () => {
    const { uploader, upload } = await startUpload();
    upload.pause();
    const { uploadId = '', doneParts = [] } = upload.checkpoint ?? {};
    const lost = doneParts[0]?.number ?? 0;
    expect(await control.deletePart(bucket.name, uploadId, lost)).to.equal(true);
    await bucket.removeFaults();
    upload.resume();
    await succeeded(uploader, upload);
    const resent = await bucket.requests({ operation: 'UploadPart', partNumber: lost });
    expect(resent).to.have.length(2);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(1);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('never replaces an object that was created meanwhile', async () => {
    const { uploader, upload } = await startUpload();
    const otherUploader = bucket.uploader();
    const other = otherUploader.add(randomFile(1), KEY);
    other.start();
    await succeeded(otherUploader, other);
    await bucket.removeFaults();
    const error = await succeeded(uploader, upload).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'object-exists');
    await bucket.expectStored(KEY, other.file!);
  });
});
