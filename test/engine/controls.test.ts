import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { control, noticed, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 24;

describe('an upload that fills the line', () => {
  const MiB = 1024 * 1024;
  let bucket: TestBucket;
  before(async () => {
    bucket = await TestBucket.make();
    // Past what the system takes off the browser's hands, so that the page hears of bytes.
    const stall = { kind: 'stall', afterBytes: 8 * MiB } as const;
    await bucket.disturb('UploadPart', stall, { times: null });
  });

  it('is cut off in the middle of its parts when it is paused, and begins no other', async () => {
    const partSize = 64 * MiB;
    const uploader = bucket.uploader({ partSize });
    const upload = uploader.add(new File(Array<Blob>(32).fill(randomFile(4 * MiB)), KEY), KEY);
    upload.start();
    await noticed(uploader, 'progress');
    upload.pause();
    const { length } = await bucket.requests({ operation: 'UploadPart' });
    await bucket.undisturb();
    const parts = await control.waitFor({ bucket: bucket.name, operation: 'UploadPart' }, length);
    expect(parts.some(({ bytesReceived }) => bytesReceived > 0)).to.equal(true);
    expect(
      parts.every(({ disconnected, bytesReceived }) => disconnected && bytesReceived < partSize),
    ).to.equal(true);
    expect(await bucket.requests({ operation: 'UploadPart' })).to.have.length(length);
    expect(upload.state.status).to.equal('paused');
  });
});

describe('an upload on its way', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.make();
    await bucket.letThrough(4);
  });
  afterEach(() => bucket.undisturb());

  /** Four parts have arrived, and three are on their way. */
  const begin = async () => {
    const uploader = bucket.uploader({ parallel: 3 });
    const upload = uploader.add(randomFile(COUNT * PART - 1), KEY);
    const someParts = noticed(uploader, 'part', 4);
    upload.start();
    await someParts;
    return { uploader, upload };
  };
  const allEnded = async () => {
    const { length } = await bucket.requests();
    return control.waitFor({ bucket: bucket.name }, length);
  };

  it('goes on where it was paused, time and again, and sends no finished part twice', async () => {
    const { uploader, upload } = await begin();
    for (let pauses = 0; pauses < 2; pauses++) {
      upload.pause();
      await bucket.letThrough(3);
      const nextPart = noticed(uploader, 'part');
      upload.resume();
      await nextPart;
    }
    await bucket.undisturb();
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('is completed once, however often it is paused and resumed in one breath', async () => {
    const { uploader, upload } = await begin();
    for (let times = 0; times < 5; times++) {
      upload.pause();
      upload.resume();
    }
    await bucket.undisturb();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(1);
    expect(await bucket.requests({ operation: 'CompleteMultipartUpload' })).to.have.length(1);
    await bucket.expectNoPartTwice(KEY, COUNT);
  });

  it('tells bytes that never fall, through a pause to the end', async () => {
    const { uploader, upload } = await begin();
    const told: number[] = [];
    uploader.subscribe(() => told.push(upload.state.progress.loaded));
    upload.pause();
    upload.resume();
    await bucket.undisturb();
    await succeeded(uploader, upload);
    expect(told).to.deep.equal([...told].sort((a, b) => a - b));
    expect(told.at(-1)).to.equal(upload.fileSize);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const { upload } = await begin();
    await upload.cancel();
    await bucket.undisturb();
    await allEnded();
    expect(upload.state.status).to.equal('cancelled');
    expect((await control.uploads()).filter((left) => left.bucket === bucket.name)).to.deep.equal([]);
    expect(await control.object(bucket.name, KEY)).to.equal(null);
  });

  it('begins anew after a cancel', async () => {
    const { uploader, upload } = await begin();
    await upload.cancel();
    await bucket.undisturb();
    upload.retry();
    await succeeded(uploader, upload);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('leaves the other files of its uploader alone', async () => {
    const { uploader, upload } = await begin();
    const other = uploader.add(randomFile(3 * PART), 'other.mp4');
    other.start();
    await upload.cancel();
    await bucket.undisturb();
    await succeeded(uploader, other);
    await bucket.expectStored('other.mp4', other.file!);
  });

  it('goes on without a part that the server has lost meanwhile', async () => {
    const { uploader, upload } = await begin();
    upload.pause();
    const { uploadId = '', doneParts = [] } = upload.checkpoint ?? {};
    const lost = doneParts[0]?.number ?? 0;
    expect(await control.deletePart(bucket.name, uploadId, lost)).to.equal(true);
    await bucket.undisturb();
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('never replaces an object that appeared meanwhile', async () => {
    const { uploader, upload } = await begin();
    const rival = bucket.uploader();
    const other = rival.add(randomFile(1), KEY);
    other.start();
    await succeeded(rival, other);
    await bucket.undisturb();
    const error = await succeeded(uploader, upload).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'object-exists');
    await bucket.expectStored(KEY, other.file!);
  });
});
