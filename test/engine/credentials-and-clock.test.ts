import { expect } from '@open-wc/testing';
import { control, PART, randomFile, stsTokens, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 24;
/** Milliseconds; each part takes about as long. On a busy machine, a single request can take a large share of it. */
const LIFETIME = 600;

describe('an upload that outlives its token', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    await bucket.throttleParts((PART * 1000) / LIFETIME);
  });
  afterEach(() => bucket.removeFaults());

  const tokensUsed = async () => {
    const parts = await bucket.requests({ operation: 'UploadPart', status: 200 });
    return new Set(parts.map(({ accessKeyId }) => accessKeyId)).size;
  };

  it('succeeds although its token expires ten times', async () => {
    const uploader = bucket.uploader({ ...stsTokens(LIFETIME), parallel: 2 });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    await succeeded(uploader, upload);
    expect(await tokensUsed()).to.be.above(10);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, upload.file!);
  });

  it('succeeds if only the error response of OSS reveals that the token has expired', async () => {
    let fetches = 0;
    const uploader = bucket.uploader({
      credentialsUrl: undefined,
      getCredentials: async () => {
        fetches++;
        return { ...(await control.issueCredentials(LIFETIME)), Expiration: undefined };
      },
      parallel: 5,
    });
    const upload = uploader.add(randomFile(COUNT * PART), KEY);
    upload.start();
    await succeeded(uploader, upload);
    // Parts that are rejected at the same time share one request for credentials.
    expect(fetches)
      .to.be.above(2)
      .and.at.most((await tokensUsed()) + 1);
    await bucket.expectStored(KEY, upload.file!);
  });
});

describe('a device clock that is', () => {
  const RealDate = Date;
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => (globalThis.Date = RealDate));

  const setClock = (ahead: number) => {
    globalThis.Date = class extends RealDate {
      constructor(...args: unknown[]) {
        super(...((args.length > 0 ? args : [RealDate.now() + ahead]) as [number]));
      }
      static override now = () => RealDate.now() + ahead;
    } as DateConstructor;
  };

  for (const hours of [-2, 2]) {
    it(`${Math.abs(hours)} hours ${hours < 0 ? 'slow' : 'fast'} does not affect the upload`, async () => {
      setClock(hours * 3_600_000);
      const uploader = bucket.uploader();
      const upload = uploader.add(randomFile(3 * PART), KEY);
      upload.start();
      await succeeded(uploader, upload);
      await bucket.expectStored(KEY, upload.file!);
      // The first error response reveals the offset; no later request is rejected.
      expect(await bucket.requests({ status: 403 })).to.have.length(1);
    });
  }
});
