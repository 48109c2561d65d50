// Runs in the page: uploads the selected file with one of the methods, and measures the time.
import type { Uploader as UploaderClass, UploaderOptions } from '../../src/create-uploader.js';
import type { Measurement, Method, Task } from './protocol.js';

interface Sdk {
  multipartUpload(key: string, file: File, options: object): Promise<unknown>;
}
declare const OSS: new (options: object) => Sdk;

/** The built engine. Loaded before the measurement, like the SDK; the engine loads its own copy of the SDK when it starts. */
const ENGINE: string = '/lib/create-uploader.js';
const { Uploader } = (await import(ENGINE)) as { Uploader: typeof UploaderClass };

const uploads: Record<Method, (file: File, task: Task) => Promise<unknown>> = {
  xhr: uploadWithXhr,
  engine: (file, task) => uploadWithEngine(file, task, {}),
  unverified: (file, task) => uploadWithEngine(file, task, { noVerify: true }),
  sdk: uploadWithSdk,
};

export async function run(method: Method, task: Task): Promise<Measurement> {
  const file = document.querySelector('input')!.files![0]!;
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) observer.observe({ type: 'longtask' });
  const startedAt = performance.now();
  await uploads[method](file, task);
  const milliseconds = performance.now() - startedAt;
  // Wait for the entry of the last task, which is delivered with a delay.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { milliseconds, longestTask };
}

/** The minimum for any uploader: sends the slices of the file to presigned URLs. */
async function uploadWithXhr(file: File, { partSize, parallel, partUrls, completeUrl }: Task): Promise<void> {
  const etags: string[] = [];
  const queue = partUrls.entries();
  const worker = async () => {
    for (const [index, url] of queue) {
      const response = await send('PUT', url, file.slice(index * partSize, (index + 1) * partSize));
      etags[index] = response.getResponseHeader('etag')!;
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  await send('POST', completeUrl, `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
}

function send(method: string, url: string, body: Blob | string): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    // A string body would add a Content-Type header, which is not part of the signature.
    const untyped = new Blob([body]);
    xhr.onload = () => (xhr.status === 200 ? resolve(xhr) : reject(new Error(xhr.responseText)));
    xhr.onerror = () => reject(new Error(`${method} failed.`));
    xhr.send(typeof body === 'string' ? untyped : body);
  });
}

async function uploadWithEngine(file: File, task: Task, options: UploaderOptions): Promise<void> {
  const { endpoint, region, bucket, key, partSize, parallel, session } = task;
  const uploader = new Uploader({
    ...{ endpoint, region, bucket, partSize, parallel },
    ...options,
    pathStyle: true,
    getCredentials: () => Promise.resolve(session),
  });
  const upload = uploader.add(file, key);
  await new Promise<void>((resolve, reject) => {
    uploader.subscribe(() => {
      if (upload.state.status === 'succeeded') resolve();
      if (upload.state.status === 'failed') reject(upload.state.error);
    });
    upload.start();
  });
}

async function uploadWithSdk(file: File, task: Task): Promise<void> {
  const { endpoint, region, bucket, accessKeyId, accessKeySecret, key, partSize, parallel } = task;
  const client = new OSS({
    ...{ endpoint, region, bucket, accessKeyId, accessKeySecret },
    sldEnable: true,
    authorizationV4: true,
  });
  await client.multipartUpload(key, file, { partSize, parallel });
}
