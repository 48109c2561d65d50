// Runs in a page: shows the element in each of its states. Files and OSS are simulated: the files have a size but no
// content, and the gateway succeeds, hangs or fails as the state requires.
import {
  UploadError,
  Uploader,
  type CheckpointStore,
  type Progress,
  type Environment,
  type Locks,
  type OpenGateway,
  type OssGateway,
  type StoredCheckpoint,
  type UploadErrorCode,
  type UploadErrorDetails,
} from '../../src/core/index.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { DragState } from '../../src/restrictions.js';

/** Sizes in bytes, throughput in bytes per second. */
const FILE_SIZE = 4e9;
const PART_SIZE = 20e6;
const THROUGHPUT = 18.2e6;
/** The number of parts that are uploaded before an upload hangs. */
const STORED_PARTS = 85;
/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1_000;

/** The simulated conditions of an upload. */
interface Conditions {
  /** The number of parts that are uploaded before the upload hangs or fails. */
  storedParts: number;
  then: 'hang' | 'fail' | 'hang on complete' | 'hang on credentials';
  error?: [code: UploadErrorCode, details?: UploadErrorDetails];
  online: boolean;
  openInOtherTab: boolean;
  exposesChecksum: boolean;
  checkpoints: StoredCheckpoint[];
  storageAvailable: boolean;
  /** Other conditions for single files, by object key. */
  byKey: Readonly<Record<string, Partial<Conditions>>>;
}

const defaults: Conditions = {
  storedParts: STORED_PARTS,
  then: 'hang',
  online: true,
  openInOtherTab: false,
  exposesChecksum: true,
  checkpoints: [],
  storageAvailable: true,
  byKey: {},
};

function createFactory(
  conditions: Conditions,
): (options: ConstructorParameters<typeof Uploader>[0]) => Uploader {
  let time = Date.now();
  const env: Environment = {
    now: () => time,
    random: () => 0.9,
    sleep: () => new Promise(() => {}),
    isOnline: () => conditions.online,
    repeat: () => () => {},
    onOnlineChange: () => () => {},
  };
  const hang = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const stored = {
    etag: '"etag"',
    url: 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/film',
    ...(conditions.exposesChecksum && { crc64: '0' }),
  };
  const openGateway: OpenGateway = ({ key }, { signal }) => {
    const own = { ...conditions, ...conditions.byKey[key] };
    return own.then === 'hang on credentials' ? hang(signal) : Promise.resolve(createGateway(own));
  };
  const createGateway = ({ storedParts, then, error }: Conditions): OssGateway => ({
    put: (_, { signal }) => (then === 'hang' ? hang(signal) : Promise.resolve(stored)),
    createUpload: () => Promise.resolve('upload'),
    uploadPart: async (_, number, body, { signal, onProgress }) => {
      if (number > storedParts && then === 'hang') {
        onProgress?.(body.size);
        return hang(signal);
      }
      if (number > storedParts && then === 'fail') throw new UploadError(...(error ?? ['network']));
      if (then === 'hang') time += (PART_SIZE / THROUGHPUT) * 1_000;
      onProgress?.(body.size);
      return { number, etag: `"${number}"`, ...(conditions.exposesChecksum && { crc64: '0' }) };
    },
    listParts: () => Promise.resolve([]),
    copyPart: (_id, number) => Promise.resolve({ number, etag: `"${number}"` }),
    completeUpload: (_id, _parts, { signal }) =>
      then === 'hang on complete' ? hang(signal) : Promise.resolve(stored),
    abortUpload: () => Promise.resolve(),
    head: () => Promise.resolve(undefined),
  });
  const store: CheckpointStore = {
    list: () =>
      conditions.storageAvailable
        ? Promise.resolve(conditions.checkpoints)
        : Promise.reject(new Error('full')),
    find: () => Promise.resolve(undefined),
    save: () => Promise.resolve(),
    addPart: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const locks: Locks = {
    claim: () => Promise.resolve(() => {}),
    claimed: () => Promise.resolve(new Set()),
    acquire: (_name, signal, onWait) => {
      if (!conditions.openInOtherTab) return Promise.resolve(() => {});
      onWait();
      return hang(signal);
    },
  };
  const checksum = { crc64: () => Promise.resolve(0n) };
  return (options) => new Uploader(options, { openGateway, env, checksum, store, locks });
}

/** Creates a file that has a size but no content. */
function makeFile(name = 'film-2026-final-cut.mp4', size = FILE_SIZE): File {
  return Object.defineProperties(new File([], name, { lastModified: 0 }), {
    size: { value: size },
    slice: {
      value: (start: number, end: number) =>
        Object.defineProperty(new Blob(), 'size', { value: end - start }),
    },
  });
}

function makeCheckpoint(changes: Partial<StoredCheckpoint['upload']> = {}): StoredCheckpoint {
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
      fileSize: FILE_SIZE,
      lastModified: 0,
      partSize: PART_SIZE,
      uploadId: 'upload',
      savedAt: now - DAY * 2,
      completeUnanswered: false,
      ...changes,
    },
    parts: Array.from({ length: STORED_PARTS }, (_, index) => ({ number: index + 1, etag: '"e"' })),
  };
}

customElements.define('oss-resumable-upload', OssResumableUpload);

/** Adds an element to the page. */
async function mount(
  properties: Partial<OssResumableUpload> = {},
  conditions: Partial<Conditions> = {},
): Promise<OssResumableUpload> {
  const element = Object.assign(document.createElement('oss-resumable-upload'), {
    createUploader: createFactory({ ...defaults, ...conditions }),
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    maxSize: '5GB',
    partSize: PART_SIZE,
    parallel: 5,
    ...properties,
  });
  document.querySelector('main')!.append(element);
  await element.updateComplete;
  return element;
}

/** Adds an element and uploads a file until the element has this status. */
async function mountWithStatus(
  status: string,
  conditions: Partial<Conditions> = {},
  properties: Partial<OssResumableUpload> = {},
): Promise<OssResumableUpload> {
  const element = await mount(properties, conditions);
  await element.addFiles([makeFile()]);
  element.start();
  await waitForStatus(element, status);
  return element;
}

function waitForStatus(element: HTMLElement, status: string): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void =>
      element.getAttribute('status') === status ? resolve() : void requestAnimationFrame(check);
    check();
  });
}

/** Adds an element with a list of many files: two have failed, two are uploading, some are uploaded, some are queued. */
async function mountMixed(): Promise<OssResumableUpload> {
  const failed: Partial<Conditions> = { storedParts: 3, then: 'fail', error: ['request-refused'] };
  const hanging: Partial<Conditions> = { storedParts: 15, then: 'hang' };
  const element = await mount(
    { multiple: true, parallel: 1 },
    {
      storedParts: Infinity,
      then: 'fail',
      byKey: { 'MVI_2.mp4': failed, 'MVI_5.mp4': failed, 'MVI_8.mp4': hanging, 'b-roll.mov': hanging },
    },
  );
  await element.addFiles([
    ...Array.from({ length: 9 }, (_, index) => makeFile(`MVI_${index}.mp4`, 8.2e8)),
    makeFile('b-roll.mov', 1.4e9),
    makeFile('notes.pdf', 2.4e6),
    makeFile('poster.tiff', 9.4e7),
  ]);
  element.start();
  while (!isHanging(element)) await new Promise(requestAnimationFrame);
  return element;
}

/** Whether both uploads of {@link mountMixed} hang. */
function isHanging({ uploads }: OssResumableUpload): boolean {
  const isPartial = ({ loaded, ratio }: Progress) => loaded > 3.1e8 && ratio < 1;
  return (
    uploads.filter(({ state }) => state.status === 'uploading' && isPartial(state.progress)).length === 2
  );
}

/** Shows a drag. Simulated events would show it in one element at a time. */
function drag(element: HTMLElement, dragState: DragState): void {
  Object.assign(element, { dragState });
}

/** Drops something that the browser announces as a file, but can't read. */
function dropNothing(element: HTMLElement): void {
  const dataTransfer = new DataTransfer();
  Object.defineProperty(dataTransfer, 'types', { value: ['Files'] });
  element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

function click(element: OssResumableUpload, name: string): void {
  element.shadowRoot!.querySelector<HTMLElement>(`[part~='${name}']`)!.click();
}

const textFile = new File(['x'], 'note.txt', { type: 'text/plain' });

/** Each function adds an element in one state to the page. */
export const states: Readonly<Record<string, () => Promise<unknown>>> = {
  idle: () => mount(),
  dragging: async () => drag(await mount(), 'accepted'),
  'dragging a file of the wrong type': async () => drag(await mount(), 'type'),
  disabled: () => mount({ disabled: true }),
  ready: async () => (await mount()).addFiles([makeFile()]),
  preparing: () => mountWithStatus('preparing', { then: 'hang on credentials' }),
  uploading: () => mountWithStatus('uploading'),
  'waiting: offline': () => mountWithStatus('waiting', { then: 'fail', error: ['network'], online: false }),
  'waiting: before a retry': () =>
    mountWithStatus('waiting', { then: 'fail', error: ['throttled', { retryAfter: 8_000 }] }),
  'waiting: open in another tab': () => mountWithStatus('waiting', { openInOtherTab: true }),
  paused: async () => {
    const element = await mountWithStatus('uploading');
    element.pause();
    await waitForStatus(element, 'paused');
  },
  completing: () => mountWithStatus('completing', { storedParts: Infinity, then: 'hang on complete' }),
  'succeeded, verified': () => mountWithStatus('succeeded', { storedParts: Infinity }),
  'succeeded, not verified': () =>
    mountWithStatus('succeeded', { storedParts: Infinity, exposesChecksum: false }),
  failed: () =>
    mountWithStatus('failed', {
      then: 'fail',
      error: ['access-denied', { values: { key: 'film', bucket: 'examplebucket' }, status: 403 }],
    }),
  'failed: file changed': () => mountWithStatus('failed', { then: 'fail', error: ['file-changed'] }),
  'failed: callback': () =>
    mountWithStatus('failed', {
      then: 'fail',
      error: ['callback-failed', { values: { key: 'film', bucket: 'examplebucket' }, status: 203 }],
    }),
  'failed: lossy connection': () =>
    mountWithStatus('failed', {
      then: 'fail',
      error: ['lossy-connection', { values: { sent: '104000000', stored: '20000000' } }],
    }),
  'resumable with a file handle': () =>
    mount({}, { checkpoints: [makeCheckpoint({ handle: {} })] }).then((element) =>
      waitForStatus(element, 'resumable'),
    ),
  resumable: () =>
    mount({}, { checkpoints: [makeCheckpoint()] }).then((element) => waitForStatus(element, 'resumable')),
  'confirming a cancellation': async () => click(await mountWithStatus('uploading'), 'cancel-button'),
  'rejected file': async () => (await mount({ accept: 'video/*' })).addFiles([textFile]),
  'rejected: same object key': async () =>
    (await mount({ multiple: true, objectKey: 'film' })).addFiles([makeFile(), makeFile('b-roll.mov', 8e8)]),
  'rejected: empty drop': async () => dropNothing(await mount()),
  'storage unavailable': async () => (await mount({}, { storageAvailable: false })).addFiles([makeFile()]),
  'not configured': () => mount({ region: '', bucket: '', credentialsUrl: '' }),
  'invalid settings': () =>
    mount({ objectKey: '{filename}', endpoint: 'http://examplebucket.example.com/path' }),
  'many: idle': () => mount({ multiple: true }),
  'many: ready': async () =>
    (await mount({ multiple: true })).addFiles([
      makeFile(),
      makeFile('interview-with-the-director-in-two-parts-uncut.mov', 12.4e9 / 4),
    ]),
  'many: uploading': async () => {
    const element = await mount({ multiple: true, concurrentFiles: 1 });
    await element.addFiles([makeFile(), makeFile('b-roll.mov', 8e8), makeFile('poster.tiff', 2.4e8)]);
    element.start();
    await waitForStatus(element, 'uploading');
  },
  'many: some failed': async () => {
    const element = await mount(
      { multiple: true },
      {
        storedParts: 3,
        then: 'fail',
        error: ['access-denied', { values: { key: 'b-roll.mov', bucket: 'examplebucket' } }],
      },
    );
    await element.addFiles([makeFile('poster.tiff', 5e7), makeFile('b-roll.mov', 8e8)]);
    element.start();
    await waitForStatus(element, 'failed');
  },
  'many: succeeded': async () => {
    const element = await mount({ multiple: true }, { storedParts: Infinity, then: 'fail' });
    await element.addFiles([makeFile('poster.tiff', 5e7), makeFile('b-roll.mov', 8e8)]);
    element.start();
    await waitForStatus(element, 'succeeded');
  },
  'many: mixed': () => mountMixed(),
  'many: mixed, uploaded files shown': async () => click(await mountMixed(), 'expand-button'),
  'many: only failed files': async () => click(await mountMixed(), 'filter-button'),
  'many: all uploaded': async () => {
    const element = await mount({ multiple: true }, { storedParts: Infinity });
    await element.addFiles(Array.from({ length: 12 }, (_, index) => makeFile(`IMG_${index}.jpg`, 5e7)));
    element.start();
    await waitForStatus(element, 'succeeded');
  },
  'many: rejected for one reason': async () =>
    (await mount({ multiple: true, accept: '.mp4,.mov' })).addFiles(
      ['notes.txt', 'invoice\u202efdp.exe', 'contract.pdf'].map((name) => new File(['x'], name)),
    ),
  'many: rejected for several reasons': async () => {
    const element = await mount({ multiple: true, accept: '.mp4,.mov', maxFiles: 3, maxSize: '5GB' });
    await element.addFiles([
      ...['notes.txt', 'invoice\u202efdp.exe', 'contract.pdf'].map((name) => new File(['x'], name)),
      makeFile('archive-of-the-year-2026-part-1.mp4', 9e9),
      ...Array.from({ length: 12 }, (_, index) => makeFile(`MVI_${index}.mp4`, 8e8)),
    ]);
    await element.updateComplete;
    element.shadowRoot!.querySelector('details')!.open = true;
  },
  folder: () => mount({ directory: true }),
};

/** Shows states one below the other. @param withHeadings adds the name of each state */
export async function showStates(names: readonly string[], withHeadings: boolean): Promise<void> {
  const main = document.querySelector('main')!;
  for (const name of names) {
    if (withHeadings) {
      const heading = document.createElement('h2');
      heading.textContent = name;
      heading.lang = 'en';
      heading.dir = 'ltr';
      main.append(heading);
    }
    await states[name]!();
  }
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
}
