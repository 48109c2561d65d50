import { expect } from '@open-wc/testing';
import lean from '#slim-sdk';
import type { OssGateway } from '../../../src/core/ports.js';
import { bytes, control, failure, makeBucket, openGateway, running } from './setup.js';

describe('gateway, with a file that changes on the disk', () => {
  let bucket: string;
  let gateway: OssGateway;
  let uploadId: string;

  beforeEach(async () => {
    bucket = await makeBucket();
    gateway = await openGateway(bucket, 'changed', { sdk: lean, stallTimeout: 3_000 });
    uploadId = await gateway.createUpload(running());
  });

  afterEach(() => control.removeFaults());

  it('says so before a byte leaves', async () => {
    const { file, change } = await storedFile(200_000);
    await change();
    const error = await failure(gateway.uploadPart(uploadId, 1, file.slice(0, 150_000), running()));
    expect(error.code).to.equal('file-unreadable');
    expect(error.retryable).to.equal(false);
    expect(await control.requests({ bucket, method: 'PUT' })).to.deep.equal([]);
  });

  it('says so, not that the line failed, where it changed on the way', async () => {
    const stall = { kind: 'stall', afterBytes: 1_000 } as const;
    await control.addFault({ match: { bucket, method: 'PUT' }, fault: stall });
    const { file, change } = await storedFile(32 << 20);
    const sending = failure(gateway.uploadPart(uploadId, 1, file, running()));
    await control.waitFor({ bucket, method: 'PUT' }, 1, 'faulted');
    await change();
    expect((await sending).code).to.equal('file-unreadable');
  });
});

/** A file on the disk, as one that was picked, and how to change it behind the page's back. */
async function storedFile(size: number): Promise<{ file: File; change: () => Promise<void> }> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.bin`, { create: true });
  await write(handle, bytes(size));
  return { file: await handle.getFile(), change: () => write(handle, bytes(1)) };
}

async function write(handle: FileSystemFileHandle, content: Blob): Promise<void> {
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}
