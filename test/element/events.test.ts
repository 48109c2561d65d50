import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  detailOf,
  makeFile,
  one,
  part,
  PART,
  pickOne,
  statusIs,
  type TestUpload,
} from './support.js';

const size = 4 * PART;
const secrets = { accessKeyId: 'STS.ID', accessKeySecret: 'SECRET', securityToken: 'TOKEN' };

async function started(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(size));
  part(element, 'upload-button').click();
}

describe('the events', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await createElement();
  });

  it('reach the document, out of any shadow tree', async () => {
    const host = document.createElement('div');
    element.before(host);
    host.attachShadow({ mode: 'open' }).append(element);
    const heard = new Promise<string>((resolve) => {
      document.addEventListener('oss-file-add', ({ detail }) => resolve(detail.key), { once: true });
    });
    await element.addFiles([makeFile(size)]);
    expect(await heard).to.equal('film.mp4');
  });

  it('are none of those of the file picker within', () => {
    const heard: string[] = [];
    for (const type of ['input', 'click', 'change', 'cancel']) {
      element.addEventListener(type, () => heard.push(type));
    }
    const input = one(element, 'input[type=file]');
    input.addEventListener('click', (event) => event.preventDefault());
    input.click();
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    input.dispatchEvent(new Event('cancel', { bubbles: true }));
    expect(heard).to.be.empty;
  });

  it('tell before the first byte leaves', async () => {
    const heard: unknown[] = [];
    element.addEventListener('oss-upload-start', ({ detail: { upload, resumed, bytesKept } }) => {
      heard.push(upload, resumed, bytesKept, element.oss.calls.length);
    });
    await started(element);
    await statusIs(element, 'succeeded');
    expect(heard).to.deep.equal([element.uploads[0], false, 0, 0]);
  });

  it('let the page keep an upload from beginning', async () => {
    element.addEventListener('oss-upload-start', (event) => event.preventDefault());
    await started(element);
    await detailOf(element, 'oss-state-change');
    await statusIs(element, 'ready');
    expect(element.oss.calls).to.be.empty;
  });

  it('tell each part with a checkpoint', async () => {
    const completed = detailOf(element, 'oss-part-complete');
    await started(element);
    const { number, attempt, checkpoint } = await completed;
    expect([number, attempt, checkpoint?.doneParts.length, checkpoint?.name]).to.deep.equal([
      1,
      1,
      1,
      'film.mp4',
    ]);
  });

  it('tell progress once a frame', async () => {
    let frames = 0;
    let told = 0;
    let running = true;
    const count = (): void => {
      frames++;
      if (running) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    element.addEventListener('oss-upload-progress', () => told++);
    await started(element);
    await statusIs(element, 'succeeded');
    running = false;
    expect(told).to.be.at.most(frames);
  });

  it('tell progress in bytes and as a ratio', async () => {
    element.oss.hold('uploadPart', 3);
    const progress = detailOf(element, 'oss-upload-progress');
    await started(element);
    const { loaded, total, ratio } = await progress;
    expect([loaded / total, total]).to.deep.equal([ratio, size]);
  });

  it('tell no progress after the end', async () => {
    const told: string[] = [];
    element.addEventListener('oss-upload-progress', () => told.push('progress'));
    element.addEventListener('oss-upload-success', () => told.push('success'));
    await started(element);
    await statusIs(element, 'succeeded');
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(told.at(-1)).to.equal('success');
  });

  it('tell each turn by name', async () => {
    const turns: string[] = [];
    element.addEventListener('oss-state-change', ({ detail }) => turns.push(`${detail.from} > ${detail.to}`));
    await started(element);
    await statusIs(element, 'succeeded');
    expect(turns).to.deep.equal([
      'ready > preparing',
      'preparing > uploading',
      'uploading > completing',
      'completing > succeeded',
    ]);
  });

  it('tell success with the object', async () => {
    const success = detailOf(element, 'oss-upload-success');
    await started(element);
    const { bucket, key, etag, url } = await success;
    expect([bucket, key, etag, url]).to.deep.equal([
      'examplebucket',
      'film.mp4',
      element.oss.objects.get('film.mp4')!.etag,
      'https://bucket.example/film.mp4',
    ]);
  });

  it('tell an attempt that failed', async () => {
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    const retry = detailOf(element, 'oss-upload-retry');
    await started(element);
    const { attempt, delay, error } = await retry;
    expect([attempt, delay > 0, error.code]).to.deep.equal([2, true, 'throttled']);
  });

  it('tell failure in the language of the person', async () => {
    element.lang = 'zh';
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    await detailLoaded(element, '选择文件');
    const failure = detailOf(element, 'oss-upload-error');
    await started(element);
    const { error } = await failure;
    expect([error.code, error.message]).to.deep.equal(['access-denied', '存储服务不允许本次上传。']);
  });

  it('tell that an upload was given up', async () => {
    element.oss.hold('uploadPart', 1);
    await started(element);
    const cancelled = detailOf(element, 'oss-upload-cancel');
    await element.cancel();
    expect((await cancelled).upload).to.equal(element.uploads[0]);
  });

  it('carry no credential', async () => {
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
    await started(element);
    await statusIs(element, 'succeeded');
    expect([details.length, JSON.stringify(details)].join()).not.to.match(/STS\.ID|SECRET|TOKEN/);
  });
});

async function detailLoaded(element: TestUpload, words: string): Promise<void> {
  while (!part(element, 'browse-button').textContent?.includes(words)) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
