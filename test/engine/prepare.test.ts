// Getting ready for an upload: what the first request would wait for happens before.
import { expect, waitUntil } from '@open-wc/testing';
import { Uploader, type UploaderOptions } from '../../src/create-uploader.js';
import { receivedRequests, responseUrl, type StubResponse } from '../support/responses.js';
import { control, randomFile, succeeded, TestBucket } from './bucket.js';

const HOUR = 3_600_000;

async function token(): Promise<StubResponse> {
  return { body: JSON.stringify(await control.issueCredentials(HOUR)) };
}

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
    const url = responseUrl(await token());
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    await uploadFile(uploader);
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('leaves errors of the credentials request to the upload, which requests them again', async () => {
    const url = responseUrl({ status: 500 }, await token());
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    await uploadFile(uploader);
    expect(await receivedRequests(url)).to.have.length(2);
  });

  it('doesn’t call a function of the page, which may ask the user something', async () => {
    let calls = 0;
    const getCredentials = () => {
      calls++;
      return control.issueCredentials(HOUR);
    };
    const uploader = prepare({ getCredentials, credentialsUrl: undefined });
    expect(calls).to.equal(0);
    await uploadFile(uploader);
    expect(calls).to.equal(1);
  });

  it('requests nothing again if the credentials are forgotten meanwhile', async () => {
    const url = responseUrl({ never: true }, await token());
    const uploader = prepare({ credentialsUrl: url });
    await requested(url);
    uploader.forgetCredentials();
    await uploadFile(bucket.uploader());
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('does nothing for a gateway of the page’s own', async () => {
    const url = responseUrl(await token());
    const options = bucket.options({ credentialsInit: undefined, credentialsUrl: url });
    const openGateway = () => Promise.reject(new Error('The gateway is not opened.'));
    new Uploader(options, { openGateway }).prepare();
    await uploadFile(bucket.uploader());
    expect(await receivedRequests(url)).to.have.length(0);
  });

  it('connects to the bucket once, without cookies', async () => {
    const endpoint = 'https://prepared.example';
    const options = { credentialsUrl: responseUrl(await token()), endpoint, cname: true };
    prepare(options);
    prepare(options);
    const links = document.head.querySelectorAll<HTMLLinkElement>(`link[href="${endpoint}"]`);
    expect(links).to.have.length(1);
    expect(links[0]).to.include({ rel: 'preconnect', crossOrigin: 'anonymous' });
  });

  it('does nothing while a setting is invalid', async () => {
    const url = responseUrl(await token());
    prepare({ credentialsUrl: url, partSize: 'large' });
    const other = prepare({ credentialsUrl: responseUrl(await token()) });
    await uploadFile(other);
    expect(await receivedRequests(url)).to.have.length(0);
  });
});
