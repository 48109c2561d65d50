// Runs in a page: takes one upload through its states with the buttons of the element. OSS and the clock are simulated.
import { crc64OfBlob } from '../../src/core/crc64.js';
import { UploadError, Uploader } from '../../src/core/index.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { FakeOss } from '../../test/support/fake-oss.js';
import { VirtualEnvironment } from '../../test/support/virtual-environment.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { makeFile, PART } from '../../test/support/uploads.js';

export interface Announcement {
  kind: 'status' | 'alert';
  text: string;
}

const oss = new FakeOss();
const env = new VirtualEnvironment();

class WalkedUpload extends OssResumableUpload {
  protected override createUploader = (options: ConstructorParameters<typeof Uploader>[0]) =>
    new Uploader(options, {
      openGateway: oss.open,
      env,
      store: new MemoryStore(),
      checksum: { crc64: (blob) => crc64OfBlob(blob) },
    });
}
customElements.define('walked-upload', WalkedUpload);

const element = Object.assign(new WalkedUpload(), {
  region: 'oss-cn-hangzhou',
  bucket: 'examplebucket',
  credentialsUrl: '/sts',
  accept: 'video/mp4',
  maxSize: '5GB',
  partSize: PART,
  parallel: 1,
});
document.querySelector('main')!.append(element);

function deferred() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((...callbacks) => ([resolve, reject] = callbacks));
  return { promise, resolve, reject };
}

/** Holds a part until it is released, or fails it. */
function hold(number: number) {
  const reached = deferred();
  const gate = deferred();
  oss.intercept(
    'uploadPart',
    async ({ signal }) => {
      reached.resolve();
      signal.addEventListener('abort', () => gate.reject(signal.reason as Error));
      await gate.promise;
    },
    { number },
  );
  return { reached: reached.promise, release: gate.resolve, fail: gate.reject };
}

let held: ReturnType<typeof hold>;

/** Presses a button as the keyboard does: it has the focus. Resolves once the next part is held. */
async function press(part: string, nextPart?: number): Promise<void> {
  if (nextPart !== undefined) held = hold(nextPart);
  const button = element.shadowRoot!.querySelector<HTMLButtonElement>(`.item [part~='${part}']`);
  if (!button) throw new Error(`No ${part}.`);
  button.focus();
  button.click();
  if (nextPart !== undefined) await held.reached;
}

async function waitForStatus(status: string): Promise<void> {
  while (element.getAttribute('status') !== status) await new Promise(requestAnimationFrame);
}

/** What the user or the network does. Each step starts where the one before has ended. */
const steps: Readonly<Record<string, () => Promise<void>>> = {
  'The page is open': () => waitForStatus('idle'),
  'A file is chosen': async () => {
    await element.addFiles([makeFile(10 * PART)]);
    await waitForStatus('ready');
  },
  'Upload is pressed': async () => {
    await press('upload-button', 4);
    await waitForStatus('uploading');
  },
  'Pause is pressed': async () => {
    await press('pause-button');
    await waitForStatus('paused');
  },
  'Resume is pressed': async () => {
    await press('resume-button', 5);
    await waitForStatus('uploading');
  },
  'The device goes offline': async () => {
    env.autoAdvance = false;
    env.online = false;
    held.fail(new UploadError('network'));
    await waitForStatus('waiting');
  },
  'The device goes online and offline ten times': async () => {
    for (let changes = 0; changes < 20; changes++) {
      held = hold(5);
      env.setOnline(changes % 2 === 0);
      await held.reached;
      held.fail(new UploadError('network'));
      await new Promise(requestAnimationFrame);
    }
  },
  'The network is back': async () => {
    held = hold(6);
    env.setOnline(true);
    await held.reached;
    await waitForStatus('uploading');
  },
  'OSS refuses a part': async () => {
    held.fail(new UploadError('access-denied', { status: 403, requestId: '65B0' }));
    await waitForStatus('failed');
  },
  'Retry is pressed': async () => {
    await press('retry-button', 8);
    await waitForStatus('uploading');
  },
  'The upload succeeds': async () => {
    held.release();
    await waitForStatus('succeeded');
  },
  'Remove from list is pressed': async () => {
    await press('remove-button');
    await waitForStatus('idle');
  },
};

const announcements: Announcement[] = [];
const texts = new WeakMap<Element, string>();

/** Records what live regions contain after each rendering, as screen readers do. */
function recordAnnouncements(): void {
  for (const region of element.shadowRoot!.querySelectorAll('[role=status], [role=alert]')) {
    const text = region.textContent.replace(/[\u2068\u2069]/g, '').trim();
    if (texts.get(region) === text) continue;
    texts.set(region, text);
    if (text) announcements.push({ kind: region.role as Announcement['kind'], text });
  }
}

await element.updateComplete;
new MutationObserver(recordAnnouncements).observe(element.shadowRoot!, {
  subtree: true,
  childList: true,
  characterData: true,
});

const walk = {
  steps: Object.keys(steps),
  /** Performs a step. Returns what live regions have announced meanwhile, in order. */
  async run(name: string): Promise<Announcement[]> {
    await steps[name]!();
    await element.updateComplete;
    await new Promise(requestAnimationFrame);
    return announcements.splice(0);
  },
};
Object.assign(globalThis, { walk });
export type Walk = typeof walk;
