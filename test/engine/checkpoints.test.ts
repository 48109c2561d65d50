// The checkpoint goes back and forth between this engine and the SDK as pages have it: unmodified, by its script.
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type OssModule from 'ali-oss';
import { expect } from '@open-wc/testing';
import type { Checkpoint } from '../../src/core/index.js';
import { localOss } from '../support/runner/local-oss.js';
import { noticed, PART, randomFile, succeeded, TestBucket } from './bucket.js';

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
    bucket = await TestBucket.make();
    file = randomFile(COUNT * PART - 7);
  });
  afterEach(() => bucket.undisturb());

  const openSdk = () => {
    const { accessKeyId, accessKeySecret, url: endpoint } = localOss;
    const location = { region: 'oss-cn-hangzhou', bucket: bucket.name, endpoint, sldEnable: true };
    return new OSS({ accessKeyId, accessKeySecret, ...location, authorizationV4: true });
  };

  /** Has the SDK upload a part at a time, and cancels it in the middle. */
  const leaveBehind = async (parts: number): Promise<Checkpoint> => {
    const sdk = openSdk();
    let left: Checkpoint | undefined;
    const progress = (_: number, checkpoint: Checkpoint) => {
      left = checkpoint;
      if (checkpoint.doneParts.length === parts) sdk.cancel();
    };
    const error = await sdk
      .multipartUpload(KEY, file, { partSize: PART, parallel: 1, progress })
      .catch((reason: Error) => reason);
    expect(error).to.have.property('name', 'cancel');
    expect(left?.doneParts).to.have.length(parts);
    return left!;
  };

  it('that multipartUpload of ali-oss left behind is where this engine goes on', async () => {
    const checkpoint = await leaveBehind(3);
    const uploader = bucket.uploader();
    const upload = uploader.addFrom(checkpoint);
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('of ali-oss that was stored as JSON wants the file, and goes on', async () => {
    const checkpoint: unknown = JSON.parse(JSON.stringify(await leaveBehind(2)));
    const uploader = bucket.uploader();
    const upload = uploader.addFrom(checkpoint, file);
    upload.resume();
    await succeeded(uploader, upload);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('of this engine is where multipartUpload of ali-oss goes on', async () => {
    await bucket.letThrough(3);
    const uploader = bucket.uploader({ parallel: 1 });
    const upload = uploader.add(file, KEY);
    const someParts = noticed(uploader, 'part', 3);
    upload.start();
    await someParts;
    upload.pause();
    await bucket.undisturb();
    const { checkpoint } = upload;
    const { res } = await openSdk().multipartUpload(KEY, file, { checkpoint });
    expect(res.status).to.equal(200);
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });

  it('goes from ali-oss to this engine and back', async () => {
    const uploader = bucket.uploader({ parallel: 1 });
    const upload = uploader.addFrom(await leaveBehind(2));
    await bucket.letThrough(2);
    const someParts = noticed(uploader, 'part', 2);
    upload.resume();
    await someParts;
    upload.pause();
    await bucket.undisturb();
    const { checkpoint } = upload;
    expect(checkpoint?.doneParts).to.have.length.at.least(4);
    await openSdk().multipartUpload(KEY, file, { checkpoint });
    await bucket.expectNoPartTwice(KEY, COUNT);
    await bucket.expectStored(KEY, file);
  });
});
