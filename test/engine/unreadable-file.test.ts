// Files that change on disk after they were selected, with the real adapters.
import { expect } from '@open-wc/testing';
import { fileOnDisk, uploadErrorOf } from '../adapters/support.js';
import { PART, succeeded, TestBucket } from './bucket.js';

describe('a file that has shrunk on disk', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));

  const settings = { 'with verification': {}, 'without verification': { noVerify: true } };
  const methods = { 'a single request': PART, parts: 3 * PART };
  for (const [how, options] of Object.entries(settings)) {
    for (const [method, size] of Object.entries(methods)) {
      it(`fails an upload in ${method} ${how}, and nothing is stored`, async () => {
        const { file, truncate } = await fileOnDisk(size);
        const uploader = bucket.uploader(options);
        const upload = uploader.add(file, 'film.bin');
        await truncate();
        upload.start();
        expect((await uploadErrorOf(succeeded(uploader, upload))).code).to.equal('file-unreadable');
        const completed = await bucket.requests({ operation: 'CompleteMultipartUpload' });
        const stored = (await bucket.requests({ operation: ['PutObject', 'PostObject'] })).filter(
          ({ status }) => status === 200,
        );
        expect([...completed, ...stored]).to.deep.equal([]);
      });
    }
  }
});
