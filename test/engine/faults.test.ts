import { expect } from '@open-wc/testing';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { Fault } from '../../dev/oss-emulator/faults.js';
import { createOpenGateway } from '../../src/adapters/ali-oss/gateway.js';
import { createCredentialsProvider } from '../../src/adapters/browser/credentials.js';
import { browserEnvironment } from '../../src/adapters/browser/environment.js';
import { ServerClock, UploadError, type Upload } from '../../src/core/index.js';
import { Uploader as Engine } from '../../src/core/uploader.js';
import { control, noticed, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 6;

describe('an upload', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.make()));
  afterEach(() => bucket.undisturb());

  const begin = (): { uploader: Engine; upload: Upload } => {
    const uploader = bucket.uploader({ parallel: 2 });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    return { uploader, upload };
  };

  const unavailable = { status: 503, code: 'ServiceUnavailable' };
  const cases: [what: string, operation: Operation, fault: Fault][] = [
    ['a reset before the first byte of a part', 'UploadPart', { kind: 'reset', at: 'before-body' }],
    ['a reset in the middle of a part', 'UploadPart', { kind: 'reset', at: 'in-body' }],
    ['a reset after the last byte of a part', 'UploadPart', { kind: 'reset', at: 'after-body' }],
    ['the lost answer to a part', 'UploadPart', { kind: 'lost-response' }],
    [
      'an internal error of OSS at a part',
      'UploadPart',
      { kind: 'status', status: 500, code: 'InternalError' },
    ],
    ['throttling at a part', 'UploadPart', { kind: 'status', ...unavailable }],
    ['the lost answer to its first request', 'InitiateMultipartUpload', { kind: 'lost-response' }],
    ['a reset at its first request', 'InitiateMultipartUpload', { kind: 'reset', at: 'before-body' }],
    ['throttling at its first request', 'InitiateMultipartUpload', { kind: 'status', ...unavailable }],
    ['a reset when it is completed', 'CompleteMultipartUpload', { kind: 'reset', at: 'before-body' }],
    [
      'an internal error of OSS when it is completed',
      'CompleteMultipartUpload',
      { kind: 'status', status: 500, code: 'InternalError' },
    ],
    ['the lost answer to its completion', 'CompleteMultipartUpload', { kind: 'lost-response' }],
  ];
  for (const [what, operation, fault] of cases) {
    it(`survives ${what}`, async () => {
      await bucket.disturb(operation, fault, operation === 'UploadPart' ? { skip: 2 } : {});
      const { uploader, upload } = begin();
      await succeeded(uploader, upload);
      expect(await bucket.requests({ fault: fault.kind })).to.have.length(1);
      await bucket.expectNoPartTwice(KEY, COUNT);
      await bucket.expectStored(KEY, upload.file!);
    });
  }

  it('that is put in one request survives the lost answer', async () => {
    await bucket.disturb('PutObject', { kind: 'lost-response' });
    const uploader = bucket.uploader({ overwrite: true });
    const upload = uploader.add(randomFile(PART), KEY);
    upload.start();
    await succeeded(uploader, upload);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('sends a part anew that stalls', async () => {
    await bucket.disturb('UploadPart', { kind: 'stall', afterBytes: PART / 2 }, { skip: 1 });
    const clock = new ServerClock();
    const credentials = createCredentialsProvider(() => bucket.options(), clock);
    const openGateway = createOpenGateway({ credentials, clock, stallTimeout: 500, responseTimeout: 500 });
    const uploader = bucket.watch(new Engine(bucket.options(), { openGateway, env: browserEnvironment }));
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    const retried = noticed(uploader, 'retry');
    upload.start();
    expect((await retried).error.code).to.equal('timeout');
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('sends a part anew that was damaged on its way, and is verified', async () => {
    await bucket.disturb('UploadPart', { kind: 'corrupt', offset: 7 }, { partNumber: 3 });
    const { uploader, upload } = begin();
    expect((await succeeded(uploader, upload)).verified).to.equal(true);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('takes no harm from an answer that is late', async () => {
    await bucket.disturb('UploadPart', { kind: 'delayed-response', delay: 300 }, { times: null });
    const { uploader, upload } = begin();
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
  });

  it('begins anew by itself where its upload id vanishes', async () => {
    await bucket.disturb('UploadPart', { kind: 'abort-upload' }, { skip: 3 });
    const { uploader, upload } = begin();
    await succeeded(uploader, upload);
    expect(await bucket.requests({ operation: 'InitiateMultipartUpload' })).to.have.length(2);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('begins anew where its upload id vanished while it was paused', async () => {
    await bucket.letThrough(2);
    const { uploader, upload } = begin();
    await noticed(uploader, 'part', 2);
    upload.pause();
    await bucket.undisturb();
    expect(await control.abortUpload(bucket.name, upload.checkpoint?.uploadId ?? '')).to.equal(true);
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('fails in words where OSS stays broken, and goes on from there when it is tried again', async () => {
    await bucket.disturb('UploadPart', { kind: 'status', ...unavailable }, { partNumber: 4, times: null });
    const uploader = bucket.uploader({ parallel: 1, retries: 0 });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    const error = await succeeded(uploader, upload).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UploadError).with.property('code', 'throttled');
    await bucket.undisturb();
    upload.retry();
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });
});
