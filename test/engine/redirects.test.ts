import { expect } from '@open-wc/testing';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { Upload, UploadError } from '../../src/core/index.js';
import type { Uploader } from '../../src/create-uploader.js';
import { UntrustedSite } from '../support/untrusted-server.js';
import { nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KEY = 'film.mp4';
const COUNT = 6;

describe('an upload that is redirected', () => {
  let bucket: TestBucket;
  let portal: UntrustedSite;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    portal = new UntrustedSite();
    await portal.respond({ body: '<!doctype html><title>Sign in</title>', headers: { etag: '"A"' } });
  });
  afterEach(() => bucket.removeFaults());

  const redirect = (operation: Operation, details: { partNumber?: number; times?: number | null } = {}) =>
    bucket.addFault(
      operation,
      { kind: 'redirect', status: 307, location: `${portal.otherOrigin}/${portal.name}/login` },
      { times: null, ...details },
    );

  const startUpload = (size: number): { uploader: Uploader; upload: Upload; retries: () => number } => {
    const uploader = bucket.uploader({ parallel: 2 });
    let retries = 0;
    uploader.subscribe(({ type }) => void (retries += Number(type === 'retry')));
    const upload = uploader.add(randomFile(size), KEY);
    upload.start();
    return { uploader, upload, retries: () => retries };
  };

  const errorOf = (uploader: Uploader, upload: Upload): Promise<UploadError> =>
    succeeded(uploader, upload).then(
      () => Promise.reject(new Error('It succeeded.')),
      (error: unknown) => error as UploadError,
    );

  const redirects: [operation: Operation, size: number][] = [
    ['PutObject', PART],
    ['InitiateMultipartUpload', COUNT * PART],
    ['UploadPart', COUNT * PART],
    ['CompleteMultipartUpload', COUNT * PART],
  ];
  for (const [operation, size] of redirects) {
    it(`fails at the first redirect of ${operation}, and Retry continues it`, async () => {
      await redirect(operation, operation === 'UploadPart' ? { partNumber: 4 } : {});
      const { uploader, upload, retries } = startUpload(size);
      expect(await errorOf(uploader, upload)).to.include({ code: 'redirected', retryable: false });
      expect(retries()).to.equal(0);
      expect(await portal.requests()).to.have.length(1);
      await bucket.removeFaults();
      upload.retry();
      await succeeded(uploader, upload);
      if (size > PART) await bucket.expectNoPartResent(KEY, COUNT);
      await bucket.expectStored(KEY, upload.file!);
    });
  }

  it('fails if the list of parts is redirected, and Retry re-sends no stored part', async () => {
    await bucket.stallPartsAfter(3);
    const { uploader, upload, retries } = startUpload(COUNT * PART);
    await nextEvent(uploader, 'part', 3);
    upload.pause();
    await bucket.removeFaults();
    await redirect('ListParts');
    upload.resume();
    expect(await errorOf(uploader, upload)).to.include({ code: 'redirected' });
    expect(retries()).to.equal(0);
    await bucket.removeFaults();
    upload.retry();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
  });

  it('fails if the search for the object is redirected, and sends nothing after it', async () => {
    await bucket.addFault('CompleteMultipartUpload', { kind: 'lost-response' }, { times: null });
    await redirect('HeadObject');
    const { uploader, upload } = startUpload(COUNT * PART);
    expect(await errorOf(uploader, upload)).to.include({ code: 'redirected' });
    const requests = await bucket.requests({ key: KEY });
    expect(requests.at(-1)?.operation).to.equal('HeadObject');
    await bucket.removeFaults();
    upload.retry();
    await succeeded(uploader, upload);
    await bucket.expectNoPartResent(KEY, COUNT);
  });

  it('aborts all its other requests', async () => {
    const { urls, restore } = recordAborts();
    await bucket.addFault('UploadPart', { kind: 'stall', afterBytes: 1 }, { partNumber: 1, times: null });
    await redirect('UploadPart', { partNumber: 4 });
    const { uploader, upload } = startUpload(COUNT * PART);
    await errorOf(uploader, upload);
    restore();
    expect(urls.map((url) => new URL(url).searchParams.get('partNumber'))).to.include('1');
    const parts = await bucket.requests({ key: KEY, operation: 'UploadPart' });
    expect(parts.map(({ partNumber }) => partNumber)).to.have.members([1, 2, 3, 4]);
  });

  it('is retried if the browser doesn’t follow the redirect, and the other server gets nothing', async () => {
    await portal.respond({ cors: false });
    await redirect('UploadPart', { partNumber: 2, times: 1 });
    const { uploader, upload, retries } = startUpload(COUNT * PART);
    await succeeded(uploader, upload);
    expect(retries()).to.equal(1);
    expect(await portal.requests()).to.deep.equal([]);
  });
});

/** Records the URLs of aborted requests. */
function recordAborts(): { urls: string[]; restore: () => void } {
  const { open, abort } = XMLHttpRequest.prototype;
  const urlOf = new WeakMap<XMLHttpRequest, string>();
  const urls: string[] = [];
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
    urlOf.set(this, String(url));
    open.call(this, method, url, true);
  };
  XMLHttpRequest.prototype.abort = function (this: XMLHttpRequest) {
    urls.push(urlOf.get(this) ?? '');
    abort.call(this);
  };
  return { urls, restore: () => Object.assign(XMLHttpRequest.prototype, { open, abort }) };
}
