// The element in the page, whose attributes only say where to upload to.
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import type { PageModule } from '../protocol.js';

/** A person who has opened the file picker takes at least this long to select a file, in milliseconds. */
const SELECTION_TIME = 1_000;

const prepare: PageModule['prepare'] = async (files, { endpoint, region, bucket, prefix, firstPrefix }) => {
  await customElements.whenDefined('oss-resumable-upload');
  const element = find();
  Object.assign(element, {
    endpoint,
    region,
    bucket,
    pathStyle: true,
    objectKey: `${firstPrefix ?? prefix}{name}`,
  });
  await element.updateComplete;
  element.browse();
  await new Promise((resolve) => setTimeout(resolve, SELECTION_TIME));
  if (firstPrefix === undefined) return;
  await uploadAll(element, files);
  element.clear();
  element.objectKey = `${prefix}{name}`;
  await element.updateComplete;
};

const upload: PageModule['upload'] = (files) => {
  const element = find();
  return {
    done: uploadAll(element, files),
    pause: () => element.pause(),
    resume: () => element.resume(),
  };
};

async function uploadAll(element: OssResumableUpload, files: readonly File[]): Promise<void> {
  let left = files.length;
  const listening = new AbortController();
  const { signal } = listening;
  await new Promise<void>((resolve, reject) => {
    const onSuccess = (): void => {
      left -= 1;
      if (left === 0) resolve();
    };
    element.addEventListener('oss-upload-success', onSuccess, { signal });
    element.addEventListener('oss-upload-error', ({ detail }) => reject(detail.error), { signal });
    const onReject = ({ detail }: { detail: { reason: string } }): void => reject(new Error(detail.reason));
    element.addEventListener('oss-file-reject', onReject, { signal });
    element.addFiles(files).then(() => element.start(), reject);
  }).finally(() => listening.abort());
}

function find(): OssResumableUpload {
  return document.querySelector('oss-resumable-upload')!;
}

export { prepare, upload };
