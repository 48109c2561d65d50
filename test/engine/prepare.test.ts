// Getting ready for an upload: what the first request would wait for happens before.
import { expect, waitUntil } from '@open-wc/testing';
import { Uploader, type UploaderOptions } from '../../src/create-uploader.js';
import { receivedRequests, responseUrl } from '../support/responses.js';
import { countingSource, randomFile, succeeded, TestBucket, tokenResponse, tokenUrl } from './bucket.js';

const HOUR = 3_600_000;

describe('prepare()', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));

  function prepare(changes: UploaderOptions) {
    const uploader = bucket.uploader({ credentialsInit: undefined, ...changes });
    uploader.prepare();
    return uploader;
  }

  async function uploadFile(uploader: ReturnType<typeof prepare>): Promise<void> {
    const upload = uploader.add(randomFile(10), 'file');
    uploader.start();
    await succeeded(uploader, upload);
  }

  async function requested(url: string, count = 1): Promise<void> {
    await waitUntil(async () => (await receivedRequests(url)).length === count);
  }

  it('requests the credentials that the next upload uses', async () => {
    const url = await tokenUrl(HOUR);
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    await uploadFile(uploader);
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('leaves errors of the credentials request to the upload, which requests them again', async () => {
    const url = responseUrl({ status: 500 }, await tokenResponse(HOUR));
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    await uploadFile(uploader);
    expect(await receivedRequests(url)).to.have.length(2);
  });

  it('doesn’t call a function of the page, which may ask the user something', async () => {
    const source = countingSource();
    const uploader = prepare({ getCredentials: source.getCredentials, credentialsUrl: undefined });
    expect(source.calls).to.equal(0);
    await uploadFile(uploader);
    expect(source.calls).to.equal(1);
  });

  it('requests nothing again if the credentials are forgotten meanwhile', async () => {
    const url = responseUrl({ never: true }, await tokenResponse(HOUR));
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    uploader.forgetCredentials();
    await uploadFile(bucket.uploader());
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('does nothing for a gateway of the page’s own', async () => {
    const url = await tokenUrl(HOUR);
    const options = bucket.options({ credentialsInit: undefined, credentialsUrl: url });
    const openGateway = () => Promise.reject(new Error('The gateway is not opened.'));
    new Uploader(options, { openGateway }).prepare();
    await uploadFile(bucket.uploader());
    expect(await receivedRequests(url)).to.have.length(0);
  });

  it('connects to the bucket once, without cookies', async () => {
    const endpoint = 'https://prepared.example';
    const options = { credentialsUrl: await tokenUrl(HOUR), endpoint, cname: true };
    prepare(options);
    prepare(options);
    const links = document.head.querySelectorAll<HTMLLinkElement>(`link[href="${endpoint}"]`);
    expect(links).to.have.length(1);
    expect(links[0]).to.include({ rel: 'preconnect', crossOrigin: 'anonymous' });
  });

  it('does nothing while a setting is invalid', async () => {
    const url = await tokenUrl(HOUR);
    prepare({ credentialsUrl: url, partSize: 'large' });
    const other = prepare({ credentialsUrl: await tokenUrl(HOUR) });
    await uploadFile(other);
    expect(await receivedRequests(url)).to.have.length(0);
  });
});
