import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  nextDetail,
  makeFile,
  query,
  part,
  PART,
  pickOne,
  waitForStatus,
  type TestUpload,
} from './support.js';

const size = 4 * PART;
const secrets = { accessKeyId: 'STS.ID', accessKeySecret: 'SECRET', securityToken: 'TOKEN' };

async function startUpload(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(size));
  part(element, 'upload-button').click();
}

describe('the events', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
  });

  it('cross shadow boundaries and reach the document', async () => {
    const host = document.createElement('div');
    element.before(host);
    host.attachShadow({ mode: 'open' }).append(element);
    const received = new Promise<string>((resolve) => {
      document.addEventListener('oss-file-add', ({ detail }) => resolve(detail.key), { once: true });
    });
    await element.addFiles([makeFile(size)]);
    expect(await received).to.equal('film.mp4');
  });

  it('exclude the events of the inner file input', () => {
    const received: string[] = [];
    for (const type of ['input', 'click', 'change', 'cancel']) {
      element.addEventListener(type, () => received.push(type));
    }
    const input = query(element, 'input[type=file]');
    input.addEventListener('click', (event) => event.preventDefault());
    input.click();
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    input.dispatchEvent(new Event('cancel', { bubbles: true }));
    expect(received).to.be.empty;
  });

  it('oss-upload-start is dispatched before the first request', async () => {
    const received: unknown[] = [];
    element.addEventListener('oss-upload-start', ({ detail: { upload, resumed, bytesKept } }) => {
      received.push(upload, resumed, bytesKept, element.oss.calls.length);
    });
    await startUpload(element);
    await waitForStatus(element, 'succeeded');
    expect(received).to.deep.equal([element.uploads[0], false, 0, 0]);
  });

  it('oss-upload-start can be prevented', async () => {
    const prevented = new Promise<void>((resolve) => {
      element.addEventListener('oss-state-change', ({ detail }) => detail.to === 'ready' && resolve());
    });
    element.addEventListener('oss-upload-start', (event) => event.preventDefault(), { once: true });
    await startUpload(element);
    await prevented;
    const callsBefore = element.oss.calls.length;
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([callsBefore, element.oss.count('createUpload'), element.oss.sentParts]).to.deep.equal([
      0,
      1,
      [1, 2, 3, 4],
    ]);
  });

  it('oss-part-complete has a checkpoint', async () => {
    const completed = nextDetail(element, 'oss-part-complete');
    await startUpload(element);
    const { number, attempt, checkpoint } = await completed;
    expect([number, attempt, checkpoint?.doneParts.length, checkpoint?.name]).to.deep.equal([
      1,
      1,
      1,
      'film.mp4',
    ]);
  });

  it('oss-upload-progress is dispatched at most once a frame', async () => {
    let frames = 0;
    let received = 0;
    let running = true;
    const count = (): void => {
      frames++;
      if (running) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    element.addEventListener('oss-upload-progress', () => received++);
    const held = element.oss.hold('uploadPart', 20);
    const progress = nextDetail(element, 'oss-upload-progress');
    await pickOne(element, new File([new Uint8Array(20 * PART)], 'film.mp4'));
    element.start();
    await Promise.all([held.reached, progress]);
    held.release();
    await waitForStatus(element, 'succeeded');
    running = false;
    expect(received).to.be.within(1, frames);
  });

  it('oss-upload-progress has bytes and a ratio', async () => {
    element.oss.hold('uploadPart', 3);
    const progress = nextDetail(element, 'oss-upload-progress');
    await startUpload(element);
    const { loaded, total, ratio } = await progress;
    expect([loaded / total, total]).to.deep.equal([ratio, size]);
  });

  it('oss-upload-progress is not dispatched after oss-upload-success', async () => {
    const received: string[] = [];
    element.addEventListener('oss-upload-progress', ({ detail }) => received.push(detail.upload.fileName));
    element.addEventListener('oss-upload-success', () => received.push('success'));
    await startUpload(element);
    await waitForStatus(element, 'succeeded');
    await element.addFiles([makeFile(size, 'other.mp4')]);
    element.oss.hold('uploadPart', 3);
    const progress = nextDetail(element, 'oss-upload-progress');
    element.start();
    await progress;
    expect(received.slice(received.indexOf('success'))).to.deep.equal(['success', 'other.mp4']);
  });

  it('oss-state-change has the names of both states', async () => {
    const changes: string[] = [];
    element.addEventListener('oss-state-change', ({ detail }) =>
      changes.push(`${detail.from} > ${detail.to}`),
    );
    await startUpload(element);
    await waitForStatus(element, 'succeeded');
    expect(changes).to.deep.equal([
      'ready > preparing',
      'preparing > uploading',
      'uploading > completing',
      'completing > succeeded',
    ]);
  });

  it('oss-upload-success describes the object', async () => {
    const success = nextDetail(element, 'oss-upload-success');
    await startUpload(element);
    const { bucket, key, etag, url } = await success;
    expect([bucket, key, etag, url]).to.deep.equal([
      'examplebucket',
      'film.mp4',
      element.oss.objects.get('film.mp4')!.etag,
      'https://bucket.example/film.mp4',
    ]);
  });

  it('oss-upload-success has the version of the object, and says that it was not reused', async () => {
    element.oss.isVersioned = true;
    const success = nextDetail(element, 'oss-upload-success');
    await startUpload(element);
    const { versionId, reused } = await success;
    expect([versionId, reused]).to.deep.equal(['version-1', false]);
  });

  it('oss-upload-retry has the next attempt and the error', async () => {
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    const retry = nextDetail(element, 'oss-upload-retry');
    await startUpload(element);
    const { attempt, delay, error } = await retry;
    expect([attempt, delay > 0, error.code]).to.deep.equal([2, true, 'throttled']);
  });

  it('oss-upload-error has a localized message', async () => {
    element.lang = 'zh';
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    await waitForLabel(element, '选择文件');
    const failure = nextDetail(element, 'oss-upload-error');
    await startUpload(element);
    const { error } = await failure;
    expect([error.code, error.message]).to.deep.equal([
      'access-denied',
      '您没有上传此文件的权限，请联系网站管理员。',
    ]);
  });

  it('oss-upload-cancel has the upload', async () => {
    element.oss.hold('uploadPart', 1);
    await startUpload(element);
    const cancelled = nextDetail(element, 'oss-upload-cancel');
    await element.cancel();
    expect((await cancelled).upload).to.equal(element.uploads[0]);
  });

  it('contain no credentials', async () => {
    element.getCredentials = () => Promise.resolve(secrets);
    const details: unknown[] = [];
    for (const type of [
      'oss-file-add',
      'oss-upload-start',
      'oss-part-complete',
      'oss-upload-success',
    ] as const) {
      element.addEventListener(type, ({ detail }) => details.push(detail));
    }
    await startUpload(element);
    await waitForStatus(element, 'succeeded');
    expect(details).to.have.length(7);
    expect(JSON.stringify(details)).not.to.match(/STS\.ID|SECRET|TOKEN/);
  });
});

async function waitForLabel(element: TestUpload, label: string): Promise<void> {
  while (!part(element, 'browse-button').textContent.includes(label)) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
