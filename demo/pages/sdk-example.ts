// A resumable upload with ali-oss, as its documentation describes it: multipartUpload saves a checkpoint, cancel pauses,
// and multipartUpload with that checkpoint resumes. The limitations of this approach are left visible on purpose.

import { render } from 'lit';
import { createControl, fetchSettings } from './demo-api.js';
import { formatBytes } from './format.js';
import { NetworkForm, type Emulator } from './network-form.js';
import { trafficTable } from './traffic-table.js';
import { contentBytes, TrafficPoller } from './traffic-poller.js';

/** The methods of `window.OSS` that this page uses. */
interface OssClient {
  multipartUpload(key: string, file: File, options: MultipartOptions): Promise<unknown>;
  cancel(): void;
}

interface MultipartOptions {
  checkpoint?: unknown;
  parallel: number;
  /** Bytes. */
  partSize: number;
  progress(ratio: number, checkpoint: unknown): void;
}

interface Credentials {
  AccessKeyId: string;
  AccessKeySecret: string;
  SecurityToken: string;
}

declare const OSS: new (options: Record<string, unknown>) => OssClient;

const MEBIBYTE = 1024 ** 2;
const PARALLEL = 5;

const find = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

const settings = await fetchSettings();
const input = find<HTMLInputElement>('file');
let client: OssClient | undefined;
let checkpoint: unknown;

async function fetchCredentials(): Promise<{
  accessKeyId: string;
  accessKeySecret: string;
  stsToken: string;
}> {
  const response = await fetch('/credentials');
  const { AccessKeyId, AccessKeySecret, SecurityToken } = (await response.json()) as Credentials;
  return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, stsToken: SecurityToken };
}

async function createClient(): Promise<OssClient> {
  const { local, region, bucket, endpoints } = settings;
  return new OSS({
    ...(await fetchCredentials()),
    region,
    bucket,
    authorizationV4: true,
    secure: !local,
    ...(endpoints.host && { endpoint: endpoints.host }),
    refreshSTSToken: fetchCredentials,
  });
}

/** Starts the upload, or resumes it from the checkpoint. Both use the same client, as in the documentation. */
async function upload(): Promise<void> {
  const file = input.files?.[0];
  if (!file || !client) return;
  showStatus('Uploading…');
  try {
    await client.multipartUpload(`${settings.prefix}sdk/${file.name}`, file, {
      checkpoint,
      parallel: PARALLEL,
      partSize: MEBIBYTE,
      progress(ratio, latest) {
        checkpoint = latest;
        showProgress(ratio);
      },
    });
    checkpoint = undefined;
    showStatus('Uploaded.');
  } catch (error) {
    const { name, message } = error as Error;
    showStatus(name === 'cancel' ? 'Paused.' : `Failed: ${message}`);
  }
}

async function start(): Promise<void> {
  checkpoint = undefined;
  client = await createClient();
  await upload();
}

const showProgress = (ratio: number): void => {
  find<HTMLProgressElement>('progress').value = ratio;
  showStatus(`Uploading… ${Math.floor(ratio * 100)} %`);
};

function showStatus(text: string): void {
  find('status').textContent = text;
}

async function showTraffic(emulator: Emulator): Promise<void> {
  new NetworkForm(find('network-form'), emulator, () => undefined);
  const poller = new TrafficPoller({
    onTraffic(traffic) {
      const size = input.files?.[0]?.size;
      find('traffic-total').textContent =
        size === undefined
          ? ''
          : `${formatBytes(contentBytes(traffic))} received, file size ${formatBytes(size)}`;
      render(trafficTable(traffic), find('traffic'));
    },
  });
  find('upload-form').addEventListener('submit', () => poller.resetTotals());
  await poller.start();
}

input.addEventListener('change', () => {
  checkpoint = undefined;
  find<HTMLProgressElement>('progress').value = 0;
  showStatus('Ready.');
});
find('upload-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void start();
});
find('pause').addEventListener('click', () => client?.cancel());
find('resume').addEventListener('click', () => void upload());

const control = createControl(settings);
const server = settings.endpoints.path;
if (control && server) await showTraffic({ server, control });
else for (const section of document.querySelectorAll<HTMLElement>('[data-local]')) section.hidden = true;
