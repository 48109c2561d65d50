import { expect } from '@open-wc/testing';
import slimSdk from '../../../src/slim-sdk.js';
import type { OssGateway } from '../../../src/core/ports.js';
import { fileOnDisk, neverAborted, uploadErrorOf } from '../support.js';
import { control, createBucket, openGateway } from './setup.js';

describe('gateway with a file that changes on disk', () => {
  let bucket: string;
  let gateway: OssGateway;
  let uploadId: string;

  beforeEach(async () => {
    bucket = await createBucket();
    gateway = await openGateway(bucket, 'changed', { sdk: slimSdk, stallTimeout: 3_000 });
    uploadId = await gateway.createUpload(neverAborted());
  });

  afterEach(() => control.removeFaults());

  it('reports file-unreadable before it sends the request', async () => {
    const { file, truncate } = await fileOnDisk(200_000);
    await truncate();
    const call = gateway.uploadPart(uploadId, 1, file.slice(0, 150_000), neverAborted());
    const error = await uploadErrorOf(call);
    expect(error.code).to.equal('file-unreadable');
    expect(error.retryable).to.equal(false);
    await gateway.uploadPart(uploadId, 2, new Blob(['x']), neverAborted());
    const requests = await control.requests({ bucket, method: 'PUT' });
    expect(requests.map(({ partNumber }) => partNumber)).to.deep.equal([2]);
  });

  it('reports file-unreadable, not a network error, if the file changes during the request', async () => {
    const stall = { kind: 'stall', afterBytes: 1_000 } as const;
    await control.addFault({ match: { bucket, method: 'PUT' }, fault: stall });
    const { file, truncate } = await fileOnDisk(32 << 20);
    const error = uploadErrorOf(gateway.uploadPart(uploadId, 1, file, neverAborted()));
    await control.waitFor({ bucket, method: 'PUT' }, 1, 'faulted');
    await truncate();
    expect((await error).code).to.equal('file-unreadable');
  });
});
