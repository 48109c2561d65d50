// The element in the page, whose attributes only say where to upload to.
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import type { PageModule } from '../protocol.js';

const prepare: PageModule['prepare'] = async (_, { endpoint, region, bucket, prefix }) => {
  await customElements.whenDefined('oss-resumable-upload');
  const element = find();
  Object.assign(element, { endpoint, region, bucket, pathStyle: true, objectKey: `${prefix}{name}` });
  await element.updateComplete;
};

const upload: PageModule['upload'] = (files) => {
  const element = find();
  let left = files.length;
  const done = new Promise<void>((resolve, reject) => {
    element.addEventListener('oss-upload-success', () => {
      left -= 1;
      if (left === 0) resolve();
    });
    element.addEventListener('oss-upload-error', ({ detail }) => reject(detail.error));
    element.addEventListener('oss-file-reject', ({ detail }) => reject(new Error(detail.reason)));
    element.addFiles(files).then(() => element.start(), reject);
  });
  return { done, pause: () => element.pause(), resume: () => element.resume() };
};

function find(): OssResumableUpload {
  return document.querySelector('oss-resumable-upload')!;
}

export { prepare, upload };
