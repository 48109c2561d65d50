// Runs in a page: acts the element in each of its states. The uploads are acted: files of many GB that do not exist, and
// an OSS that answers as the scene wants it.
import {
  UploadError,
  Uploader,
  type CheckpointStore,
  type Environment,
  type Locks,
  type OpenGateway,
  type OssGateway,
  type StoredCheckpoint,
  type UploadErrorCode,
  type UploadErrorDetails,
} from '../../src/core/index.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';

/** Bytes, and bytes per second. */
const SIZE = 4e9;
const PART = 20e6;
const RATE = 18.2e6;
/** Parts that arrive before a scene stands still. */
const ARRIVED = 85;
const DAY = 24 * 60 * 60 * 1_000;

interface World {
  /** Parts that arrive; then comes what `then` says. */
  arrived: number;
  then: 'silence' | 'refusal' | 'completing' | 'no credentials';
  error?: [code: UploadErrorCode, details?: UploadErrorDetails];
  online: boolean;
  otherTab: boolean;
  exposesChecksum: boolean;
  remembered: StoredCheckpoint[];
  storage: boolean;
}

const calm: World = {
  arrived: ARRIVED,
  then: 'silence',
  online: true,
  otherTab: false,
  exposesChecksum: true,
  remembered: [],
  storage: true,
};

function createEngine(world: World): (options: ConstructorParameters<typeof Uploader>[0]) => Uploader {
  let time = Date.now();
  const env: Environment = {
    now: () => time,
    random: () => 0.9,
    sleep: () => new Promise(() => {}),
    isOnline: () => world.online,
    onOnlineChange: () => () => {},
  };
  const forever = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const stored = {
    etag: '"etag"',
    url: 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/film',
    ...(world.exposesChecksum && { crc64: '0' }),
  };
  const fail = (): never => {
    const [code, details] = world.error ?? ['network'];
    throw new UploadError(code, details);
  };
  const gateway: OssGateway = {
    put: (_, { signal }) => (world.then === 'silence' ? forever(signal) : Promise.resolve(stored)),
    createUpload: () => Promise.resolve('upload'),
    uploadPart: async (_, number, body, { signal, onProgress }) => {
      if (number > world.arrived && world.then === 'silence') return forever(signal);
      if (number > world.arrived && world.then === 'refusal') fail();
      if (world.then === 'silence') time += (PART / RATE) * 1_000;
      onProgress?.(body.size);
      return { number, etag: `"${number}"`, ...(world.exposesChecksum && { crc64: '0' }) };
    },
    listParts: () => Promise.resolve([]),
    completeUpload: (_id, _parts, { signal }) =>
      world.then === 'completing' ? forever(signal) : Promise.resolve(stored),
    abortUpload: () => Promise.resolve(),
    head: () => Promise.resolve(undefined),
  };
  const openGateway: OpenGateway = (_, { signal }) =>
    world.then === 'no credentials' ? forever(signal) : Promise.resolve(gateway);
  const store: CheckpointStore = {
    list: () => (world.storage ? Promise.resolve(world.remembered) : Promise.reject(new Error('full'))),
    find: () => Promise.resolve(undefined),
    save: () => Promise.resolve(),
    addPart: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const locks: Locks = {
    isHeld: () => Promise.resolve(false),
    acquire: (_name, signal, onWait) => {
      if (!world.otherTab) return Promise.resolve(() => {});
      onWait();
      return forever(signal);
    },
  };
  const checksum = { crc64: () => Promise.resolve(0n) };
  return (options) => new Uploader(options, { openGateway, env, checksum, store, locks });
}

/** A file of a size without bytes. */
function actFile(name = 'film-2026-final-cut.mp4', size = SIZE): File {
  return Object.defineProperties(new File([], name, { type: 'video/mp4', lastModified: 0 }), {
    size: { value: size },
    slice: {
      value: (start: number, end: number) =>
        Object.defineProperty(new Blob(), 'size', { value: end - start }),
    },
  });
}

function remember(set: Partial<StoredCheckpoint['upload']> = {}): StoredCheckpoint {
  const now = Date.now();
  return {
    upload: {
      id: crypto.randomUUID(),
      fingerprint: '',
      destination: JSON.stringify(['examplebucket', '{name}', '']),
      bucket: 'examplebucket',
      key: 'film',
      fileName: 'film-2026-final-cut.mp4',
      fileType: 'video/mp4',
      fileSize: SIZE,
      lastModified: 0,
      partSize: PART,
      uploadId: 'upload',
      savedAt: now - DAY * 2,
      completeUnanswered: false,
      ...set,
    },
    parts: Array.from({ length: ARRIVED }, (_, index) => ({ number: index + 1, etag: '"e"' })),
  };
}

let actors = 0;

async function act(
  set: Partial<OssResumableUpload> = {},
  world: Partial<World> = {},
): Promise<OssResumableUpload> {
  class Actor extends OssResumableUpload {
    protected override createUploader = createEngine({ ...calm, ...world });
  }
  customElements.define(`stage-actor-${(actors += 1)}`, Actor);
  const element = Object.assign(new Actor(), {
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    maxSize: '5GB',
    partSize: PART,
    parallel: 1,
    ...set,
  });
  document.querySelector('main')!.append(element);
  await element.updateComplete;
  return element;
}

/** Has it upload the file, until it has this status. */
async function actUntil(
  status: string,
  world: Partial<World> = {},
  set: Partial<OssResumableUpload> = {},
): Promise<OssResumableUpload> {
  const element = await act(set, world);
  await element.addFiles([actFile()]);
  element.start();
  await reach(element, status);
  return element;
}

function reach(element: HTMLElement, status: string): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void =>
      element.getAttribute('status') === status ? resolve() : void requestAnimationFrame(check);
    check();
  });
}

function drag(element: HTMLElement, file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  element.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
}

function press(element: OssResumableUpload, name: string): void {
  element.shadowRoot!.querySelector<HTMLElement>(`[part~='${name}']`)!.click();
}

const note = new File(['x'], 'note.txt', { type: 'text/plain' });

/** Each leaves an element in one state on the stage. */
export const scenes: Readonly<Record<string, () => Promise<unknown>>> = {
  idle: () => act(),
  dragging: async () => drag(await act(), note),
  refused: async () => drag(await act({ accept: 'video/*' }), note),
  disabled: () => act({ disabled: true }),
  ready: async () => (await act()).addFiles([actFile()]),
  preparing: () => actUntil('preparing', { then: 'no credentials' }),
  uploading: () => actUntil('uploading'),
  'waiting for the network': () =>
    actUntil('waiting', { then: 'refusal', error: ['network'], online: false }),
  'waiting to try again': () =>
    actUntil('waiting', { then: 'refusal', error: ['throttled', { retryAfter: 8_000 }] }),
  'in another tab': () => actUntil('waiting', { otherTab: true }),
  paused: async () => {
    const element = await actUntil('uploading');
    element.pause();
    await reach(element, 'paused');
  },
  completing: () => actUntil('completing', { arrived: Infinity, then: 'completing' }),
  'succeeded, verified': () => actUntil('succeeded', { arrived: Infinity }),
  'succeeded, not verified': () => actUntil('succeeded', { arrived: Infinity, exposesChecksum: false }),
  failed: () =>
    actUntil('failed', {
      then: 'refusal',
      error: ['access-denied', { values: { key: 'film', bucket: 'examplebucket' }, status: 403 }],
    }),
  'the file has changed': () => actUntil('failed', { then: 'refusal', error: ['file-changed'] }),
  'resumable by its handle': () =>
    act({}, { remembered: [remember({ handle: {} })] }).then((element) => reach(element, 'resumable')),
  resumable: () => act({}, { remembered: [remember()] }).then((element) => reach(element, 'resumable')),
  'asked before it is given up': async () => press(await actUntil('uploading'), 'cancel-button'),
  'a file that is not taken': async () => (await act({ accept: 'video/*' })).addFiles([note]),
  'nothing can be kept': async () => (await act({}, { storage: false })).addFiles([actFile()]),
  'not set up': () => act({ region: '', bucket: '', credentialsUrl: '' }),
  'many: invited': () => act({ multiple: true }),
  'many: ready': async () =>
    (await act({ multiple: true })).addFiles([
      actFile(),
      actFile('interview-with-the-director-in-two-parts-uncut.mov', 12.4e9 / 4),
    ]),
  'many: under way': async () => {
    const element = await act({ multiple: true, concurrentFiles: 1 });
    await element.addFiles([actFile(), actFile('b-roll.mov', 8e8), actFile('poster.tiff', 2.4e8)]);
    element.start();
    await reach(element, 'uploading');
  },
  'many: some failed': async () => {
    const element = await act(
      { multiple: true },
      {
        arrived: 3,
        then: 'refusal',
        error: ['access-denied', { values: { key: 'b-roll.mov', bucket: 'examplebucket' } }],
      },
    );
    await element.addFiles([actFile('poster.tiff', 5e7), actFile('b-roll.mov', 8e8)]);
    element.start();
    await reach(element, 'failed');
  },
  'many: stored': async () => {
    const element = await act({ multiple: true }, { arrived: Infinity, then: 'refusal' });
    await element.addFiles([actFile('poster.tiff', 5e7), actFile('b-roll.mov', 8e8)]);
    element.start();
    await reach(element, 'succeeded');
  },
  'a folder': () => act({ directory: true }),
};

/** Plays these scenes, each under its title. */
export async function play(titles: readonly string[], withTitles: boolean): Promise<void> {
  const stage = document.querySelector('main')!;
  for (const title of titles) {
    if (withTitles) {
      const heading = document.createElement('h2');
      heading.textContent = title;
      heading.lang = 'en';
      heading.dir = 'ltr';
      stage.append(heading);
    }
    await scenes[title]!();
  }
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
}
