import { expect } from '@open-wc/testing';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { Fault } from '../../dev/oss-emulator/faults.js';
import { createOpenGateway } from '../../src/adapters/ali-oss/gateway.js';
import { createCredentialsProvider } from '../../src/adapters/browser/credentials.js';
import { browserEnvironment } from '../../src/adapters/browser/environment.js';
import { ServerClock, UploadError, type Upload } from '../../src/core/index.js';
import { Uploader as Engine } from '../../src/core/uploader.js';
import { control, nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 6;

describe('an upload', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  const startUpload = (): { uploader: Engine; upload: Upload } => {
    const uploader = bucket.uploader({ parallel: 2 });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    return { uploader, upload };
  };

  const unavailable = { status: 503, code: 'ServiceUnavailable' };
  const cases: [what: string, operation: Operation, fault: Fault][] = [
    [
      'a connection reset before the first byte of a part',
      'UploadPart',
      { kind: 'reset', at: 'before-body' },
    ],
    ['a connection reset in the middle of a part', 'UploadPart', { kind: 'reset', at: 'in-body' }],
    ['a connection reset after the last byte of a part', 'UploadPart', { kind: 'reset', at: 'after-body' }],
    ['a lost response to UploadPart', 'UploadPart', { kind: 'lost-response' }],
    [
      'an InternalError response to UploadPart',
      'UploadPart',
      { kind: 'status', status: 500, code: 'InternalError' },
    ],
    ['throttling of UploadPart', 'UploadPart', { kind: 'status', ...unavailable }],
    ['a lost response to InitiateMultipartUpload', 'InitiateMultipartUpload', { kind: 'lost-response' }],
    [
      'a connection reset during InitiateMultipartUpload',
      'InitiateMultipartUpload',
      { kind: 'reset', at: 'before-body' },
    ],
    ['throttling of InitiateMultipartUpload', 'InitiateMultipartUpload', { kind: 'status', ...unavailable }],
    [
      'a connection reset during CompleteMultipartUpload',
      'CompleteMultipartUpload',
      { kind: 'reset', at: 'before-body' },
    ],
    [
      'an InternalError response to CompleteMultipartUpload',
      'CompleteMultipartUpload',
      { kind: 'status', status: 500, code: 'InternalError' },
    ],
    ['a lost response to CompleteMultipartUpload', 'CompleteMultipartUpload', { kind: 'lost-response' }],
  ];
  for (const [what, operation, fault] of cases) {
    it(`survives ${what}`, async () => {
      await bucket.addFault(operation, fault, operation === 'UploadPart' ? { skip: 2 } : {});
      const { uploader, upload } = startUpload();
      await succeeded(uploader, upload);
      expect(await bucket.requests({ fault: fault.kind })).to.have.length(1);
      await bucket.expectNoPartResent(KEY, COUNT);
      await bucket.expectStored(KEY, upload.file!);
    });
  }

  it('survives a lost response to PutObject', async () => {
    await bucket.addFault('PutObject', { kind: 'lost-response' });
    const uploader = bucket.uploader({ overwrite: true });
    const upload = uploader.add(randomFile(PART), KEY);
    upload.start();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'PutObject' })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('survives a lost response to PostObject without PutObject', async () => {
    const uploader = bucket.uploader();
    // The first small file of a page is sent with PutObject.
    for (const key of ['first', KEY]) {
      if (key === KEY) await bucket.addFault('PostObject', { kind: 'lost-response' });
      const upload = uploader.add(randomFile(1_000), key);
      upload.start();
      await succeeded(uploader, upload);
      await bucket.expectStored(key, upload.file!);
    }
    // The browser repeats the form itself, because the connection was in use before.
    expect(await bucket.requests({ key: KEY, operation: 'PostObject' })).not.to.deep.equal([]);
    expect(await bucket.requests({ key: KEY, operation: 'PutObject' })).to.deep.equal([]);
  });

  it('re-sends a stalled part', async () => {
    await bucket.addFault('UploadPart', { kind: 'stall', afterBytes: PART / 2 }, { skip: 1 });
    const clock = new ServerClock();
    const credentials = createCredentialsProvider(() => bucket.options(), clock);
    const openGateway = createOpenGateway({ credentials, clock, stallTimeout: 500, responseTimeout: 500 });
    const uploader = bucket.watch(new Engine(bucket.options(), { openGateway, env: browserEnvironment }));
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    const retried = nextEvent(uploader, 'retry');
    upload.start();
    expect((await retried).error.code).to.equal('timeout');
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('re-sends a part that was damaged in transit, and is verified', async () => {
    await bucket.addFault('UploadPart', { kind: 'corrupt', offset: 7 }, { partNumber: 3 });
    const { uploader, upload } = startUpload();
    expect((await succeeded(uploader, upload)).verified).to.equal(true);
    expect(await bucket.requests({ operation: 'UploadPart', partNumber: 3 })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('tolerates delayed responses', async () => {
    await bucket.addFault('UploadPart', { kind: 'delayed-response', delay: 300 }, { times: null });
    const { uploader, upload } = startUpload();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'UploadPart' })).to.have.length(COUNT);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('starts over automatically if OSS aborts it', async () => {
    await bucket.addFault('UploadPart', { kind: 'abort-upload' }, { skip: 3 });
    const { uploader, upload } = startUpload();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('starts over if OSS aborted it during a pause', async () => {
    await bucket.stallPartsAfter(2);
    const { uploader, upload } = startUpload();
    await nextEvent(uploader, 'part', 2);
    upload.pause();
    await bucket.removeFaults();
    expect(await control.abortUpload(bucket.name, upload.checkpoint?.uploadId ?? '')).to.equal(true);
    upload.resume();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('fails with an UploadError if OSS keeps failing, and continues from there on retry', async () => {
    await bucket.addFault('UploadPart', { kind: 'status', ...unavailable }, { partNumber: 4, times: null });
    const uploader = bucket.uploader({ parallel: 1, retries: 0 });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    const error = await succeeded(uploader, upload).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'throttled');
    await bucket.removeFaults();
    upload.retry();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });
});
