// The minimum for any uploader: sends slices of the file to presigned URLs, as many at once as the browser allows.
import type { PageModule, SignRequest, Task } from '../protocol.js';
import { inParallel } from './in-parallel.js';
import { sign } from './sign.js';

/** The connections that browsers open to a server with HTTP/1.1. */
const CONNECTIONS = 6;
const MAX_ATTEMPTS = 10;

interface Part {
  body: Blob;
  url: string;
}

let parts: Part[] = [];
let completeUrl: string | undefined;

const prepare: PageModule['prepare'] = async (files, task) => {
  if (files.length > 1) {
    const urls = await sign(files.map(({ name }) => ({ method: 'PUT', key: task.prefix + name })));
    parts = files.map((file, index) => ({ body: file, url: urls[index]! }));
  } else {
    parts = await prepareParts(files[0]!, task);
  }
};

async function prepareParts(file: File, { prefix, partSize }: Task): Promise<Part[]> {
  const key = prefix + file.name;
  const [initUrl] = await sign([{ method: 'POST', key, queries: { uploads: null } }]);
  const { responseText } = await send('POST', initUrl!, '');
  const [, uploadId = ''] = /<UploadId>(.*)<\/UploadId>/.exec(responseText) ?? [];
  const count = Math.ceil(file.size / partSize);
  const requests: SignRequest[] = Array.from({ length: count }, (_, index) => ({
    method: 'PUT',
    key,
    queries: { partNumber: String(index + 1), uploadId },
  }));
  const urls = await sign([...requests, { method: 'POST', key, queries: { uploadId } }]);
  completeUrl = urls.at(-1);
  return requests.map((_, index) => ({
    body: file.slice(index * partSize, (index + 1) * partSize),
    url: urls[index]!,
  }));
}

async function uploadAll(): Promise<void> {
  const etags: string[] = [];
  await inParallel(parts, CONNECTIONS, async ({ url, body }, index) => {
    const response = await send('PUT', url, untyped(body));
    etags[index] = response.getResponseHeader('etag')!;
  });
  if (completeUrl === undefined) return;
  const list = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  await send('POST', completeUrl, `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
}

/** Removes the type, which would add a header that is not part of the signature. */
function untyped(body: Blob): Blob {
  return body.slice(0, body.size, '');
}

async function send(method: string, url: string, body: Blob | string): Promise<XMLHttpRequest> {
  const content = typeof body === 'string' ? new Blob([body]) : body;
  for (let attempt = 1; ; attempt += 1) {
    const xhr = await sendOnce(method, url, content);
    // After a lost response, the upload may be complete already.
    if (xhr.status === 200 || (xhr.status === 404 && attempt > 1)) return xhr;
    if (attempt === MAX_ATTEMPTS) throw new Error(`${method} failed with ${xhr.status}. ${xhr.responseText}`);
  }
}

function sendOnce(method: string, url: string, body: Blob): Promise<XMLHttpRequest> {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.onloadend = () => resolve(xhr);
    xhr.send(body);
  });
}

const upload: PageModule['upload'] = () => ({ done: uploadAll() });

export { prepare, upload };
