// The uploads controller without an element: the host is a bare event target that renders nothing.
import { expect } from '@open-wc/testing';
import type { ElementConfig } from '../../src/config.js';
import { UploadsController, type UploadsHost } from '../../src/controllers/uploads.js';
import { Uploader, UploadError, type Upload } from '../../src/core/index.js';
import english from '../../src/i18n/locales/en.js';
import { completeLocalization } from '../../src/presentation/complete-localization.js';
import { createLocalization } from '../../src/presentation/localization.js';
import { FakeOss } from '../support/fake-oss.js';
import { makeFile, PART } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

class Host extends EventTarget implements UploadsHost {
  readonly id = '';
  readonly isConnected = true;
  readonly ownerDocument = document;
  updates = 0;
  requestUpdate(): void {
    this.updates++;
  }
}

const localization = completeLocalization(createLocalization({ tag: 'en', locale: english }, undefined));

function setUp(settings: Partial<ElementConfig> = {}) {
  const host = new Host();
  const oss = new FakeOss();
  const browsedFor: (Upload | undefined)[] = [];
  const config = {
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    objectKey: '{name}',
    multiple: true,
    partSize: PART,
    parallel: 1,
    ...settings,
  } as ElementConfig;
  const controller = new UploadsController(host, {
    config,
    localization: () => localization,
    isDisabled: () => false,
    createUploader: (options) =>
      new Uploader(options, { openGateway: oss.open, env: new VirtualEnvironment() }),
    browseFor: (upload) => browsedFor.push(upload),
    isInUse: () => false,
    onConfigError: () => undefined,
    onStateChange: () => {},
    onOwnerChange: () => {},
  });
  const next = (type: string) => new Promise<Event>((resolve) => host.addEventListener(type, resolve));
  return { host, oss, controller, browsedFor, config, next };
}

const doNotStart = () => false;
const picked = (...names: string[]) => names.map((name) => ({ file: makeFile(3 * PART, name) }));

describe('UploadsController', () => {
  it('adds, starts and completes files without an element', async () => {
    const { controller, oss, next } = setUp();
    const [upload] = await controller.addFiles(picked('film.mp4'), doNotStart);
    const success = next('oss-upload-success');
    controller.run('upload', upload!);
    await success;
    expect([...oss.objects.keys()]).to.deep.equal(['film.mp4']);
    expect(controller.announcement).to.equal('film.mp4 is uploaded.');
  });

  it('runs a command for one upload or for all of them', async () => {
    const { controller } = setUp({ concurrentFiles: 3 });
    const [first, second, third] = await controller.addFiles(picked('a', 'b', 'c'), doNotStart);
    controller.run('upload', 'all');
    controller.run('pause', second!);
    expect(controller.uploads.map(({ state }) => state.status)).to.deep.equal([
      'preparing',
      'paused',
      'preparing',
    ]);
    controller.run('pause', 'all');
    expect([first, second, third].map((upload) => upload!.state.status)).to.deep.equal([
      'paused',
      'paused',
      'paused',
    ]);
  });

  it('requires confirmation to discard more than 50 MB, and keeps the upload if the user declines', async () => {
    const { controller, oss } = setUp({ partSize: 52e6 });
    const [upload] = await controller.addFiles(
      [{ file: new File([new Uint8Array(53e6)], 'large.mp4') }],
      doNotStart,
    );
    const held = oss.hold('uploadPart', 2);
    controller.run('upload', upload!);
    await held.reached;
    controller.run('pause', upload!);
    controller.run('cancel', upload!);
    expect(controller.confirming).to.equal(upload);
    controller.run('keep', upload!);
    expect([controller.confirming, upload!.state.status]).to.deep.equal([undefined, 'paused']);
  });

  it('opens the file picker for an upload that needs its file', async () => {
    const { controller, browsedFor } = setUp();
    const [upload] = await controller.addFiles(picked('film.mp4'), doNotStart);
    controller.run('choose', upload!);
    expect(browsedFor).to.deep.equal([upload]);
  });

  it('applies the current restrictions whenever files are added', async () => {
    const { controller, config } = setUp({ accept: 'video/*' });
    const text = { file: new File(['x'], 'notes.txt', { type: 'text/plain' }) };
    await controller.addFiles([text], doNotStart);
    expect(controller.rejections.map(({ reason }) => reason)).to.deep.equal(['type']);
    delete config.accept;
    await controller.addFiles([text], doNotStart);
    expect([controller.rejections, controller.uploads.length]).to.deep.equal([[], 1]);
  });

  it('applies the current settings whenever a transfer starts', async () => {
    const { controller, config, next } = setUp({ bucket: undefined as unknown as string });
    const [upload] = await controller.addFiles(picked('film.mp4'), doNotStart);
    const error = next('oss-upload-error');
    controller.run('upload', upload!);
    await error;
    config.bucket = 'examplebucket';
    const success = next('oss-upload-success');
    controller.run('retry', upload!);
    await success;
    expect(upload!.state).to.have.nested.property('result.bucket', 'examplebucket');
  });

  it('requests an update after files are added and after a state change', async () => {
    const { controller, host } = setUp();
    const [upload] = await controller.addFiles(picked('film.mp4'), doNotStart);
    const before = host.updates;
    expect(before).to.be.greaterThan(0);
    upload!.start();
    expect(host.updates).to.be.greaterThan(before);
  });

  it('dispatches no second error event when a failed upload enters or leaves the queue', async () => {
    const { controller, host, oss, next } = setUp({ concurrentFiles: 1 });
    const [first, second] = await controller.addFiles(picked('a', 'b'), doNotStart);
    oss.fail('createUpload', () => new UploadError('access-denied'), { times: 2 });
    controller.run('upload', first!);
    await next('oss-upload-error');
    controller.run('upload', second!);
    await next('oss-upload-error');
    const errors: Event[] = [];
    host.addEventListener('oss-upload-error', (event) => errors.push(event));
    controller.run('retry', 'all');
    expect(second!.state).to.deep.include({ status: 'failed', queued: true });
    controller.run('pause', 'all');
    expect(errors).to.deep.equal([]);
  });

  it('keeps the confirmation for one upload open when another one is removed', async () => {
    const { controller, oss } = setUp({ partSize: 52e6 });
    const [large] = await controller.addFiles(
      [{ file: new File([new Uint8Array(53e6)], 'large.mp4') }],
      doNotStart,
    );
    const [other] = await controller.addFiles(picked('other.mp4'), doNotStart);
    const held = oss.hold('uploadPart', 2);
    controller.run('upload', large!);
    await held.reached;
    controller.run('cancel', large!);
    await controller.cancel(other!);
    expect(controller.confirming).to.equal(large);
  });
});
