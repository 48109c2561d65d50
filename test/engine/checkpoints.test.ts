// Exchanges checkpoints between this engine and the unmodified SDK, loaded from its browser script.
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type OssModule from 'ali-oss';
import { expect } from '@open-wc/testing';
import type { Checkpoint } from '../../src/core/index.js';
import { localOss } from '../support/runner/local-oss.js';
import { nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

interface BrowserSdk {
  multipartUpload(name: string, file: File, options: object): Promise<{ res: { status: number } }>;
  cancel(): void;
}
const { OSS } = globalThis as unknown as {
  OSS: new (options: ConstructorParameters<typeof OssModule>[0]) => BrowserSdk;
};

const KEY = 'film.mp4';
const COUNT = 8;

describe('a checkpoint', () => {
  let bucket: TestBucket;
  let file: File;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    file = randomFile(COUNT * PART - 7);
  });
  afterEach(() => bucket.removeFaults());

  const openSdk = () => {
    const { accessKeyId, accessKeySecret, url: endpoint } = localOss;
    const location = { region: 'oss-cn-hangzhou', bucket: bucket.name, endpoint };
    return new OSS({ accessKeyId, accessKeySecret, ...location, authorizationV4: true });
  };

  /** Starts an upload with the SDK and cancels it after the given number of parts. */
  const cancelSdkUpload = async (parts: number): Promise<Checkpoint> => {
    const sdk = openSdk();
    let last: Checkpoint | undefined;
    const progress = (_: number, checkpoint: Checkpoint) => {
      last = checkpoint;
      if (checkpoint.doneParts.length === parts) sdk.cancel();
    };
    const error = await sdk
      .multipartUpload(KEY, file, { partSize: PART, parallel: 1, progress })
      .catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'cancel');
    expect(last?.doneParts).to.have.length(parts);
    return last!;
  };

  it('of multipartUpload in ali-oss is resumed by this engine', async () => {
    const checkpoint = await cancelSdkUpload(3);
    const uploader = bucket.uploader();
    const upload = uploader.addFrom(checkpoint);
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('of ali-oss that was stored as JSON is resumed with the file', async () => {
    const checkpoint: unknown = JSON.parse(JSON.stringify(await cancelSdkUpload(2)));
    const uploader = bucket.uploader();
    const upload = uploader.addFrom(checkpoint, file);
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('of this engine is resumed by multipartUpload in ali-oss', async () => {
    await bucket.stallPartsAfter(3);
    const uploader = bucket.uploader({ parallel: 1 });
    const upload = uploader.add(file, KEY);
    const firstParts = nextEvent(uploader, 'part', 3);
    upload.start();
    await firstParts;
    upload.pause();
    await bucket.removeFaults();
    const { checkpoint } = upload;
    const { res } = await openSdk().multipartUpload(KEY, file, { checkpoint });
    expect(res.status).to.equal(200);
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('is passed from ali-oss to this engine and back', async () => {
    const uploader = bucket.uploader({ parallel: 1 });
    const upload = uploader.addFrom(await cancelSdkUpload(2));
    await bucket.stallPartsAfter(2);
    const firstParts = nextEvent(uploader, 'part', 2);
    upload.resume();
    await firstParts;
    upload.pause();
    await bucket.removeFaults();
    const { checkpoint } = upload;
    expect(checkpoint?.doneParts).to.have.length.at.least(4);
    await openSdk().multipartUpload(KEY, file, { checkpoint });
    await bucket.expectNoPartResent(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });
});
