// A second upload, for tests that assert that nothing happens: they assert it once this upload has succeeded.
import type { Uploader } from '../../src/core/uploader.js';
import { makeFile, PART, reached } from '../support/uploads.js';

/**
 * Uploads another file with the same uploader. Anything that an earlier upload left scheduled runs before this resolves.
 * Sends one `put`, and needs a free slot among `concurrentFiles`.
 */
export async function completeAnotherUpload(uploader: Uploader): Promise<void> {
  const key = `another-${uploader.uploads.length}.mp4`;
  const upload = uploader.add(makeFile(PART, key), key);
  upload.start();
  await reached(uploader, upload, 'succeeded');
}
