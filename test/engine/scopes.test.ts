// Users who share a browser: their credentials, uploads and checkpoints, with the real adapters.
import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { createIndexedDbCheckpoints } from '../../src/adapters/browser/indexeddb-checkpoints.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { forget, type Upload, type UploaderOptions } from '../../src/create-uploader.js';
import { makeStoredUpload } from '../support/checkpoint-store-contract.js';
import { receivedRequests, responseUrl } from '../support/responses.js';
import { localOss } from '../support/runner/local-oss.js';
import { control, nextEvent, PART, randomFile, succeeded, TestBucket } from './bucket.js';

class TestElement extends OssResumableUpload {}
customElements.define('scoped-upload', TestElement);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const store = createIndexedDbCheckpoints();

/** Resolves once a condition holds. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(requestAnimationFrame);
}

async function readIds(): Promise<string[]> {
  return (await store.list()).map(({ upload }) => upload.id);
}

/** Returns a URL that responds with a valid token. */
async function tokenUrl(): Promise<string> {
  return responseUrl({ body: JSON.stringify(await control.issueCredentials(HOUR)) });
}

/** Functions that a framework recreates at each rendering: the same code, other objects. */
const issueFor = (user: string) => async () => ({ ...(await control.issueCredentials(HOUR)), user });

type Change = (url: string) => Promise<UploaderOptions> | UploaderOptions;
interface Switch {
  from?: Change;
  to: Change;
}

const otherUsers: Record<string, Switch> = {
  'another resume-scope': { from: () => ({ resumeScope: 'ada' }), to: () => ({ resumeScope: 'bob' }) },
  'a resume-scope': { to: () => ({ resumeScope: 'bob' }) },
  'no resume-scope': { from: () => ({ resumeScope: 'ada' }), to: () => ({ resumeScope: '' }) },
  'another credentials-url': { to: async () => ({ credentialsUrl: await tokenUrl() }) },
  'another credentials-url for the same resume-scope': {
    from: () => ({ resumeScope: 'ada' }),
    to: async () => ({ credentialsUrl: await tokenUrl() }),
  },
  'no credentials-url': { to: () => ({ credentialsUrl: undefined }) },
  cookies: { to: () => ({ withCredentials: true }) },
  'another header': {
    from: () => ({ credentialsInit: { headers: { authorization: 'ada' } } }),
    to: () => ({ credentialsInit: { headers: { authorization: 'bob' } } }),
  },
  'another form': {
    from: () => ({ credentialsInit: { method: 'POST', body: toForm('ada') } }),
    to: () => ({ credentialsInit: { method: 'POST', body: toForm('bob') } }),
  },
  'a function': { to: () => ({ getCredentials: issueFor('bob') }) },
  'another function': {
    from: () => ({ getCredentials: () => control.issueCredentials(HOUR) }),
    to: () => ({ getCredentials: () => control.issueCredentials(HOUR / 2) }),
  },
};

const sameUser: Record<string, Switch> = {
  'the same options': { from: toSameInit, to: toSameInit },
  'a function with the same code': {
    from: () => ({ getCredentials: issueFor('ada') }),
    to: () => ({ getCredentials: issueFor('ada') }),
  },
  'another header for the same resume-scope': {
    from: () => ({ resumeScope: 'ada', credentialsInit: { headers: { authorization: 'old' } } }),
    to: () => ({ credentialsInit: { headers: { authorization: 'new' } } }),
  },
  'another function for the same resume-scope': {
    from: () => ({ resumeScope: 'ada', getCredentials: issueFor('ada') }),
    to: () => ({ getCredentials: async () => control.issueCredentials(HOUR) }),
  },
};

/** Returns the settings of an element, for another visit of its page. */
function settingsOf(element: TestElement): Partial<TestElement> {
  const { region, endpoint, bucket, partSize, multiple, name } = element;
  const { credentialsUrl, credentialsInit } = element;
  return { region, endpoint, bucket, partSize, multiple, name, credentialsUrl, credentialsInit };
}

function toForm(user: string): FormData {
  const form = new FormData();
  form.append('user', user);
  return form;
}

function toSameInit(): UploaderOptions {
  return {
    credentialsInit: { method: 'POST', headers: { 'X-Token': '1' }, body: toForm('ada'), priority: 'high' },
  };
}

describe('an element that gets', () => {
  let bucket: TestBucket;
  let element: TestElement;
  let form: HTMLFormElement;
  let url: string;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    url = await tokenUrl();
    element = Object.assign(new TestElement(), {
      region: 'cn-hangzhou',
      endpoint: localOss.url,
      bucket: bucket.name,
      partSize: PART,
      parallel: 1,
      multiple: true,
      name: 'film',
      credentialsUrl: url,
    });
    form = document.createElement('form');
    form.append(element);
  });
  afterEach(async () => {
    await element.cancel();
    form.remove();
    await bucket.removeFaults();
  });

  /** Uploads a small file, and a large one until two parts are stored. */
  async function startUploads({ from }: Switch) {
    Object.assign(element, await from?.(url));
    document.body.append(form);
    const [small, large] = await element.addFiles([randomFile(10, 'small'), randomFile(5 * PART, 'large')]);
    small!.start();
    await until(() => small!.state.status === 'succeeded');
    await bucket.stallPartsAfter(2);
    large!.start();
    await until(() => large!.checkpoint?.doneParts.length === 2);
    return large!;
  }

  const submitted = () => new FormData(form).getAll('film');

  for (const [what, change] of Object.entries(otherUsers)) {
    it(`${what} stops the uploads of the other user, drops their rows and values, and keeps their checkpoints`, async () => {
      const large = await startUploads(change);
      const before = submitted();
      Object.assign(element, await change.to(url));
      await Promise.resolve();
      const after = submitted();
      await large.atRest;
      large.resume();
      await element.updateComplete;
      await bucket.removeFaults();
      const sent = await bucket.requests({ operation: 'UploadPart', key: 'large' });
      expect([before, after, element.status]).to.deep.equal([['small'], [], 'idle']);
      expect([element.uploads, large.state.status]).to.deep.equal([[], 'paused']);
      // Two that are stored, and perhaps one that was under way.
      expect(sent).to.have.length.within(2, 3);
      expect(await readIds()).to.include(large.id);
      expect(await bucket.requests({ operation: 'AbortMultipartUpload' })).to.deep.equal([]);
    });
  }

  for (const [what, change] of Object.entries(sameUser)) {
    it(`${what} keeps the uploads`, async () => {
      const large = await startUploads(change);
      Object.assign(element, await change.to(url));
      await element.updateComplete;
      await bucket.removeFaults();
      await until(() => large.state.status === 'succeeded');
      expect(submitted()).to.deep.equal(['small', 'large']);
    });
  }

  it('another user for a moment keeps the uploads', async () => {
    const large = await startUploads({ to: () => ({}) });
    Object.assign(element, { resumeScope: 'bob', credentialsUrl: '/other' });
    Object.assign(element, { resumeScope: '', credentialsUrl: url });
    await element.updateComplete;
    expect([element.uploads.length, large.state.status]).to.deep.equal([2, 'uploading']);
  });

  it('its first source and resume-scope keeps the files that were added before the source', async () => {
    element.credentialsUrl = undefined;
    document.body.append(form);
    await element.updateComplete;
    element.resumeScope = 'ada';
    await element.updateComplete;
    await element.addFiles([randomFile(10)]);
    element.credentialsUrl = url;
    await element.updateComplete;
    expect(element.uploads).to.have.length(1);
  });

  for (const invalid of ['undefined', 'https://', 'ftp://example.com/sts', 'https://user@example.com/sts']) {
    it(`a credentials-url in place of the invalid "${invalid}" keeps the files that were added before`, async () => {
      element.credentialsUrl = invalid;
      document.body.append(form);
      const [upload] = await element.addFiles([randomFile(10)]);
      upload!.start();
      await upload!.atRest;
      element.credentialsUrl = url;
      await element.updateComplete;
      element.retry();
      await upload!.atRest;
      expect(upload!.state.status).to.equal('succeeded');
    });
  }

  it('its first credentialsInit keeps the uploads and values', async () => {
    const large = await startUploads({ to: () => ({}) });
    element.credentialsInit = { headers: { 'x-csrf-token': '1' } };
    await element.updateComplete;
    await bucket.removeFaults();
    await until(() => large.state.status === 'succeeded');
    expect(submitted()).to.deep.equal(['small', 'large']);
  });

  for (const [what, to] of Object.entries({
    'another header': () => ({ credentialsInit: { headers: { authorization: 'Bearer 2' } } }),
    'another credentials-url': async () => ({ credentialsUrl: await tokenUrl() }),
  })) {
    it(`${what} offers the unfinished uploads of earlier visits again`, async () => {
      const large = await startUploads({
        from: () => ({ credentialsInit: { headers: { authorization: 'Bearer 1' } } }),
        to: () => ({}),
      });
      large.pause();
      await large.atRest;
      const visit = Object.assign(new TestElement(), { ...settingsOf(element) });
      element.remove();
      document.body.append(visit);
      await until(() => visit.uploads.length === 1);
      Object.assign(visit, await to());
      await visit.updateComplete;
      await until(() => visit.uploads.length === 1);
      visit.remove();
    });
  }

  it('another header after a reset does not offer the uploads of the other user', async () => {
    const large = await startUploads({
      from: () => ({ credentialsInit: { headers: { authorization: 'ada' } } }),
      to: () => ({}),
    });
    form.reset();
    await until(() => element.uploads[0]?.state.status === 'resumable');
    element.credentialsInit = { headers: { authorization: 'bob' } };
    await large.atRest;
    await element.updateComplete;
    await element.listResumable();
    expect(element.uploads).to.deep.equal([]);
  });

  it('another source and the first one again offers the unfinished upload only with the first one', async () => {
    const large = await startUploads({ to: () => ({}) });
    element.credentialsUrl = await tokenUrl();
    await large.atRest;
    await element.listResumable();
    const offered = [element.uploads.length];
    element.credentialsUrl = url;
    await element.updateComplete;
    await element.listResumable();
    offered.push(element.uploads.length);
    expect(offered).to.deep.equal([0, 1]);
  });

  it('another user requests other credentials for the next file, also for the first user again', async () => {
    await startUploads({ from: () => ({ resumeScope: 'ada' }), to: () => ({}) });
    await bucket.removeFaults();
    for (const resumeScope of ['bob', 'ada']) {
      element.resumeScope = resumeScope;
      await element.updateComplete;
      const [upload] = await element.addFiles([randomFile(10, `for ${resumeScope}`)]);
      upload!.start();
      await until(() => upload!.state.status === 'succeeded');
    }
    expect(await receivedRequests(url)).to.have.length(3);
  });

  it('another user while files are added drops these files', async () => {
    let setKey!: (key: string) => void;
    const key = new Promise<string>((resolve) => (setKey = resolve));
    element.objectKey = () => key;
    document.body.append(form);
    await element.updateComplete;
    const otherUrl = await tokenUrl();
    const adding = element.addFiles([randomFile(10)]);
    await new Promise(requestAnimationFrame);
    setKey('film.mp4');
    element.credentialsUrl = otherUrl;
    expect([await adding, element.uploads]).to.deep.equal([[], []]);
  });
});

describe('an uploader whose options name', () => {
  let bucket: TestBucket;
  beforeEach(async () => (bucket = await TestBucket.create()));
  afterEach(() => bucket.removeFaults());

  for (const [what, change] of Object.entries(otherUsers)) {
    it(`${what} requests no credentials for the uploads of the other user`, async () => {
      const url = await tokenUrl();
      const uploader = bucket.uploader({
        parallel: 1,
        credentialsInit: undefined,
        credentialsUrl: url,
        ...(await change.from?.(url)),
      });
      const upload = uploader.add(randomFile(5 * PART), 'film.mp4');
      const firstPart = nextEvent(uploader, 'part');
      uploader.start();
      await firstPart;
      Object.assign(uploader.options, await change.to(url));
      await until(() => uploader.uploads.length === 0);
      await upload.atRest;
      expect(upload.state.status).to.equal('paused');
      expect(await bucket.requests({ operation: 'CompleteMultipartUpload' })).to.deep.equal([]);
    });
  }

  it('another user while an upload is completed starts the uploads of this user', async () => {
    const uploader = bucket.uploader({ resumeScope: 'ada', concurrentFiles: 1 });
    await bucket.addFault('CompleteMultipartUpload', { kind: 'stall', afterBytes: 0 });
    const adas = uploader.add(randomFile(2 * PART), 'ada.mp4');
    uploader.start();
    await until(() => adas.state.status === 'completing');
    uploader.options.resumeScope = 'bob';
    const bobs = uploader.add(randomFile(10), 'bob.mp4');
    uploader.start();
    await until(() => bobs.state.status === 'succeeded');
    expect(uploader.uploads).to.deep.equal([bobs]);
  });
});

describe('forget()', () => {
  let bucket: TestBucket;
  beforeEach(async () => {
    bucket = await TestBucket.create();
    await bucket.stallPartsAfter(2);
  });
  afterEach(() => bucket.removeFaults());

  /** Starts an upload, and resolves once two of its eight parts are stored. */
  async function startUpload(resumeScope: string) {
    const uploader = bucket.uploader({ parallel: 1, resumeScope });
    const upload = uploader.add(randomFile(8 * PART), `${resumeScope || 'nobody'}.mp4`);
    const secondPart = nextEvent(uploader, 'part', 2);
    upload.start();
    await secondPart;
    await until(async () => (await readIds()).includes(upload.id));
    return { uploader, upload };
  }

  async function leaveUnfinished(resumeScope: string): Promise<string> {
    const { uploader, upload } = await startUpload(resumeScope);
    await uploader.reset();
    await bucket.stallPartsAfter(2);
    return upload.id;
  }

  const isRemembered = async (ids: string[]) => {
    const remembered = await readIds();
    return ids.map((id) => remembered.includes(id));
  };

  it('erases the unfinished uploads of one user, and removes them from the lists of all elements', async () => {
    const ids = [await leaveUnfinished('ada'), await leaveUnfinished('bob'), await leaveUnfinished('')];
    const [ada, bob] = ['ada', 'bob'].map((resumeScope) => bucket.uploader({ resumeScope }));
    await Promise.all([ada!.restore(), bob!.restore()]);
    await OssResumableUpload.forget({ scope: 'ada' });
    expect(await isRemembered(ids)).to.deep.equal([false, true, true]);
    expect([ada!.uploads.length, bob!.uploads.length]).to.deep.equal([0, 1]);
    await forget({ scope: '' });
    expect(await isRemembered(ids)).to.deep.equal([false, true, false]);
    await forget();
    expect(await isRemembered(ids)).to.deep.equal([false, false, false]);
    expect(bob!.uploads).to.deep.equal([]);
  });

  for (const [state, change] of Object.entries({
    running: () => {},
    paused: (upload: Upload) => upload.pause(),
  })) {
    it(`keeps a ${state} upload, which is not saved again`, async () => {
      const { uploader, upload } = await startUpload('ada');
      change(upload);
      await forget({ scope: 'ada' });
      await bucket.stallPartsAfter(2);
      upload.resume();
      await until(() => (upload.checkpoint?.doneParts.length ?? 0) >= 4);
      upload.pause();
      await upload.atRest;
      const remembered = await isRemembered([upload.id]);
      await bucket.removeFaults();
      upload.resume();
      await succeeded(uploader, upload);
      await bucket.expectNoPartResent(upload.key, 8);
      expect([remembered, await isRemembered([upload.id])]).to.deep.equal([[false], [false]]);
    });
  }

  it('does not affect the uploads of another user, or those that are added later', async () => {
    const { upload: bobs } = await startUpload('bob');
    bobs.pause();
    await forget({ scope: 'ada' });
    await bucket.stallPartsAfter(2);
    const { upload: later } = await startUpload('ada');
    expect(await isRemembered([bobs.id, later.id])).to.deep.equal([true, true]);
    await Promise.all([bobs.cancel(), later.cancel()]);
  });

  it('erases uploads that an element has just dropped with their user', async () => {
    const { uploader, upload } = await startUpload('ada');
    uploader.options.resumeScope = 'bob';
    uploader.updateOwner();
    await forget({ scope: 'ada' });
    await upload.atRest;
    expect(await isRemembered([upload.id])).to.deep.equal([false]);
  });

  it('reaches other tabs: their rows disappear, and their running uploads are not saved again', async () => {
    const waiting = await leaveUnfinished('ada');
    const { upload } = await startUpload('ada');
    const reader = bucket.uploader({ resumeScope: 'ada' });
    const disconnect = reader.connect(() => void reader.restore());
    await reader.restore();
    // Another page: its modules know nothing of the uploaders of this one.
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { contentWindow, contentDocument } = frame;
    const script = contentDocument!.createElement('script');
    script.type = 'module';
    const { href } = new URL('../../src/adapters/browser/forget.ts', import.meta.url);
    script.textContent = `import { forget } from '${href}'; window.done = forget({ scope: 'ada' }); window.onDone?.();`;
    const loaded = new Promise<void>((resolve) => Object.assign(contentWindow!, { onDone: resolve }));
    contentDocument!.body.append(script);
    await loaded;
    await (contentWindow as unknown as { done: Promise<void> }).done;
    await until(() => reader.uploads.length === 0);
    await bucket.stallPartsAfter(2);
    await until(() => (upload.checkpoint?.doneParts.length ?? 0) >= 4);
    upload.pause();
    await upload.atRest;
    expect(await isRemembered([upload.id, waiting])).to.deep.equal([false, false]);
    disconnect();
    frame.remove();
  });

  it('rejects if the browser denies access to its storage', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
    const error: unknown = await forget().catch((thrown: unknown) => thrown);
    IDBFactory.prototype.open = open;
    expect(error).to.have.property('name', 'SecurityError');
  });

  it('resolves if nothing was ever stored', async () => {
    await deleteDB('oss-resumable-upload');
    await forget();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.to.include('oss-resumable-upload');
  });
});

describe('expired checkpoints', () => {
  it('are deleted by an element with no-resume', async () => {
    const expired = makeStoredUpload({ savedAt: Date.now() - 31 * DAY });
    await store.save(expired);
    const element = Object.assign(new TestElement(), { bucket: 'films', noResume: true });
    document.body.append(element);
    await until(async () => !(await readIds()).includes(expired.id));
    element.remove();
  });
});
