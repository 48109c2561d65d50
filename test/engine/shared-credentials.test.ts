import { expect } from '@open-wc/testing';
import { receivedRequests, responseUrl } from '../support/responses.js';
import type { CredentialsContext, UploaderOptions } from '../../src/create-uploader.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { localOss } from '../support/runner/local-oss.js';
import { control, countingSource, PART, randomFile, succeeded, TestBucket, tokenUrl } from './bucket.js';

const HOUR = 3_600_000;
class TestElement extends OssResumableUpload {}
customElements.define('shared-credentials-upload', TestElement);

describe('credentials of a page', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  let lastKey = 0;
  /** Uploads a small file with each of these options at the same time. */
  async function uploadWith(...options: UploaderOptions[]): Promise<void> {
    const uploads = options.map((changes) => {
      const uploader = bucket.uploader({ credentialsInit: undefined, ...changes });
      const upload = uploader.add(randomFile(10), `file-${++lastKey}`);
      uploader.start();
      return succeeded(uploader, upload);
    });
    await Promise.all(uploads);
  }

  it('are requested once for 50 elements', async () => {
    const url = await tokenUrl(HOUR);
    const settings = { region: 'cn-hangzhou', endpoint: localOss.url, bucket: bucket.name };
    const elements = Array.from({ length: 50 }, (_, index) =>
      Object.assign(new TestElement(), {
        ...settings,
        credentialsUrl: url,
        autoStart: true,
        objectKey: `element-${index}`,
      }),
    );
    document.body.append(...elements);
    const done = elements.map(
      (element) => new Promise((resolve) => element.addEventListener('oss-upload-success', resolve)),
    );
    await Promise.all(elements.map((element) => element.addFiles([randomFile(10)])));
    await Promise.all(done);
    expect(await receivedRequests(url)).to.have.length(1);
    for (const element of elements) element.remove();
  });

  it('are requested once for a function of the page, however many uploaders call it', async () => {
    const source = countingSource();
    const { getCredentials } = source;
    const options = Array.from({ length: 10 }, () => ({ getCredentials, credentialsUrl: undefined }));
    await uploadWith(...options);
    await uploadWith(...options);
    expect(source.calls).to.equal(1);
  });

  it('are requested once for equal fetch options and for different forms of one URL', async () => {
    const url = await tokenUrl(HOUR);
    await uploadWith(
      { credentialsUrl: url, credentialsInit: { method: 'POST', headers: { 'X-Token': '1' } } },
      {
        credentialsUrl: new URL(url, location.href).href,
        credentialsInit: { headers: new Headers([['x-token', '1']]), method: 'POST' },
      },
    );
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('are renewed once for all uploaders that OSS rejects', async () => {
    const expired = { ...(await control.issueCredentials(-HOUR)), Expiration: undefined };
    const valid = await control.issueCredentials(HOUR);
    const url = responseUrl({ body: JSON.stringify(expired) }, { body: JSON.stringify(valid) });
    await uploadWith(...Array.from({ length: 10 }, () => ({ credentialsUrl: url })));
    expect(await receivedRequests(url)).to.have.length(2);
  });

  for (const [difference, change] of Object.entries<UploaderOptions>({
    'another user': { resumeScope: 'another' },
    cookies: { withCredentials: true },
    'another method': { credentialsInit: { method: 'POST' } },
    'another header': { credentialsInit: { headers: { authorization: 'x' } } },
    'another body': { credentialsInit: { method: 'POST', body: new FormData() } },
  })) {
    it(`are not shared with ${difference}`, async () => {
      const url = await tokenUrl(HOUR);
      await uploadWith({ credentialsUrl: url }, { credentialsUrl: url, ...change });
      expect(await receivedRequests(url)).to.have.length(2);
    });
  }

  it('of a function are not shared across users', async () => {
    const counting = countingSource();
    const source = { getCredentials: counting.getCredentials, credentialsUrl: undefined };
    await uploadWith({ ...source, resumeScope: 'ada' }, { ...source, resumeScope: 'bob' });
    expect(counting.calls).to.equal(2);
  });

  it('follow a changed source at once', async () => {
    const [first, second] = [await tokenUrl(HOUR), await tokenUrl(HOUR)];
    const uploader = bucket.uploader({ credentialsInit: undefined, credentialsUrl: first });
    for (const [key, url] of Object.entries({ first, second })) {
      uploader.options.credentialsUrl = url;
      const upload = uploader.add(randomFile(10), key);
      uploader.start();
      await succeeded(uploader, upload);
    }
    const counts = [await receivedRequests(first), await receivedRequests(second)];
    expect(counts.map(({ length }) => length)).to.deep.equal([1, 1]);
  });

  it('may come from a sign-in dialog: uploads prepare until it is done, and it opens once', async () => {
    let signIn!: () => void;
    const signedIn = new Promise<void>((resolve) => (signIn = resolve));
    let dialogs = 0;
    const getCredentials = async () => {
      dialogs++;
      await signedIn;
      return control.issueCredentials(HOUR);
    };
    const uploader = bucket.uploader({ getCredentials, credentialsUrl: undefined });
    const upload = uploader.add(randomFile(3 * PART), 'film.mp4');
    uploader.start();
    while (dialogs === 0) await new Promise(requestAnimationFrame);
    expect(upload.state.status).to.equal('preparing');
    uploader.pause();
    await upload.atRest;
    uploader.resume();
    expect(upload.state.status).to.equal('preparing');
    signIn();
    await succeeded(uploader, upload);
    expect(dialogs).to.equal(1);
  });

  it('are requested again after they are forgotten by one of the uploaders or elements that share them', async () => {
    const url = await tokenUrl(HOUR);
    const source = { credentialsUrl: url, resumeScope: 'ada' };
    const element = Object.assign(new TestElement(), source);
    await uploadWith(source);
    bucket.uploader({ ...source, credentialsInit: undefined }).forgetCredentials();
    await uploadWith(source, source);
    element.forgetCredentials();
    await uploadWith(source);
    expect(await receivedRequests(url)).to.have.length(3);
  });

  it('stay when those of another source or user are forgotten', async () => {
    const [url, other] = [await tokenUrl(HOUR), await tokenUrl(HOUR)];
    await uploadWith({ credentialsUrl: url, resumeScope: 'ada' });
    for (const source of [{ credentialsUrl: url }, { credentialsUrl: other, resumeScope: 'ada' }, {}]) {
      bucket.uploader({ credentialsInit: undefined, ...source }).forgetCredentials();
    }
    await uploadWith({ credentialsUrl: url, resumeScope: 'ada' });
    expect(await receivedRequests(url)).to.have.length(1);
  });

  it('that are forgotten while they are requested are not used, and are requested again at once', async () => {
    const signals: AbortSignal[] = [];
    let signInAda!: (credentials: unknown) => void;
    const ada = new Promise((resolve) => (signInAda = resolve));
    const getCredentials = async ({ signal }: CredentialsContext) => {
      signals.push(signal);
      return signals.length === 1 ? ada : control.issueCredentials(HOUR);
    };
    const options = { getCredentials, credentialsUrl: undefined, credentialsInit: undefined };
    const uploader = bucket.uploader(options);
    const upload = uploader.add(randomFile(10), 'film.mp4');
    uploader.start();
    while (signals.length === 0) await new Promise(requestAnimationFrame);
    uploader.forgetCredentials();
    signInAda({ AccessKeyId: 'ada', AccessKeySecret: 'secret', SecurityToken: 'token' });
    await succeeded(uploader, upload);
    await uploadWith(options);
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
  });

  it('are requested again although a function never answers after they were forgotten', async () => {
    let calls = 0;
    const getCredentials = () =>
      ++calls === 1 ? new Promise<never>(() => {}) : control.issueCredentials(HOUR);
    const uploader = bucket.uploader({ getCredentials, credentialsUrl: undefined });
    const upload = uploader.add(randomFile(10), 'film.mp4');
    uploader.start();
    while (calls === 0) await new Promise(requestAnimationFrame);
    uploader.pause();
    await upload.atRest;
    uploader.forgetCredentials();
    uploader.resume();
    await succeeded(uploader, upload);
    expect(calls).to.equal(2);
  });
});
