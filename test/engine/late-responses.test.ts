// The emulator reads small parts slowly. The browser hands them to the operating system at once, as to a proxy that
// buffers them: it reports all bytes as sent long before the response.
import { expect } from '@open-wc/testing';
import { Uploader, type UploaderParts } from '../../src/create-uploader.js';
import type { UploaderOptions } from '../../src/core/index.js';
import { control, nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 4;
/** Milliseconds. */
const TIMEOUT = 400;
/** Takes four times as long as the timeout for a part. */
const SLOW = PART / 1.6;

describe('an upload with late responses', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  const start = (size: number, options: UploaderOptions = {}, parts: UploaderParts = {}) => {
    const timeouts = { stallTimeout: TIMEOUT, responseTimeout: TIMEOUT };
    const uploader = bucket.watch(new Uploader(bucket.options(options), { ...timeouts, ...parts }));
    const upload = uploader.add(randomFile(size), KEY);
    upload.start();
    return { uploader, upload };
  };

  it('sends each part once', async () => {
    await bucket.throttleParts(SLOW);
    const { uploader, upload } = start(COUNT * PART);
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'UploadPart' })).to.have.length(COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('sends a small file once', async () => {
    await bucket.addFault('PutObject', { kind: 'slow', bytesPerSecond: SLOW });
    const { uploader, upload } = start(PART);
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'PutObject' })).to.have.length(1);
  });

  it('doesn’t need the permission to list parts', async () => {
    await bucket.throttleParts(SLOW);
    const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
    await bucket.addFault('ListParts', denied, { times: null });
    const { uploader, upload } = start(COUNT * PART);
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'UploadPart' })).to.have.length(COUNT);
  });

  it('finds a part whose response is lost without sending it again', async () => {
    await bucket.addFault('UploadPart', { kind: 'delayed-response', delay: 60_000 }, { partNumber: 2 });
    const { uploader, upload } = start(COUNT * PART);
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'UploadPart', partNumber: 2 })).to.have.length(1);
  });

  it('doesn’t mistake a damaged part of an earlier attempt for the one that is on its way', async () => {
    await bucket.addFault('UploadPart', { kind: 'corrupt', offset: 0 }, { partNumber: 2 });
    await bucket.throttleParts(SLOW);
    const { uploader, upload } = start(2 * PART, { parallel: 1 });
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'UploadPart', partNumber: 2 })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('sends a part again whose connection is dead while others work', async () => {
    await bucket.addFault('UploadPart', { kind: 'stall', afterBytes: 1 }, { partNumber: 2 });
    const { uploader, upload } = start(COUNT * PART);
    await succeeded(uploader, upload);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('reports how many bytes OSS has acknowledged', async () => {
    await bucket.addFault('UploadPart', { kind: 'slow', bytesPerSecond: SLOW }, { partNumber: 2 });
    const { uploader, upload } = start(2 * PART, { parallel: 1 });
    await nextEvent(uploader, 'part');
    await control.waitFor({ bucket: bucket.name, operation: 'ListParts' }, 1);
    expect(upload.state.progress).to.include({ loaded: 2 * PART, stored: PART });
    await succeeded(uploader, upload);
  });
});

describe('several uploaders on a page', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  it('send at most six parts at once', async () => {
    await bucket.throttleParts(2 * PART);
    const uploads = ['a.mp4', 'b.mp4', 'c.mp4'].map((key) => {
      const uploader = bucket.uploader();
      const upload = uploader.add(randomFile(5 * PART, key), key);
      upload.start();
      return succeeded(uploader, upload);
    });
    await Promise.all(uploads);
    const parts = await bucket.requests({ operation: 'UploadPart' });
    const inFlight = parts.map(
      ({ startedAt: time }) =>
        parts.filter(({ startedAt, endedAt }) => startedAt <= time && time < (endedAt ?? Infinity)).length,
    );
    expect(Math.max(...inFlight)).to.equal(6);
  });
});
