// A resumable upload with the SDK alone, as its documentation describes it: multipartUpload with a checkpoint, cancel
// to pause, and multipartUpload with that checkpoint to resume. What goes wrong with it is left as it is.

import { render } from 'lit';
import { fetchSettings } from './demo-api.js';
import { formatBytes } from './format.js';
import { bindLineForm } from './network-form.js';
import { trafficTable } from './traffic-table.js';
import { contentBytes, TrafficWatch } from './traffic-watch.js';

/** What this page uses of `window.OSS`. */
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
    ...(local
      ? { endpoint: endpoints.path, sldEnable: true }
      : endpoints.host && { endpoint: endpoints.host }),
    refreshSTSToken: fetchCredentials,
  });
}

/** Begins, or goes on from the checkpoint, with one client for both as in the documentation. */
async function upload(): Promise<void> {
  const file = input.files?.[0];
  if (!file || !client) return;
  tell('Uploading…');
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
    tell('Uploaded.');
  } catch (error) {
    const { name, message } = error as Error;
    tell(name === 'cancel' ? 'Paused.' : `Failed: ${message}`);
  }
}

async function begin(): Promise<void> {
  checkpoint = undefined;
  client = await createClient();
  await upload();
}

const showProgress = (ratio: number): void => {
  find<HTMLProgressElement>('progress').value = ratio;
  tell(`Uploading… ${Math.floor(ratio * 100)} %`);
};

function tell(words: string): void {
  find('status').textContent = words;
}

async function watchTraffic(server: string): Promise<void> {
  bindLineForm(find<HTMLFormElement>('line-form'), server, () => undefined);
  const watch = new TrafficWatch({
    onTraffic(traffic) {
      const size = input.files?.[0]?.size;
      find('sum').textContent =
        size === undefined ? '' : `${formatBytes(contentBytes(traffic))} for a file of ${formatBytes(size)}`;
      render(trafficTable(traffic), find('traffic'));
    },
  });
  find('upload-form').addEventListener('submit', () => watch.countFromHere());
  await watch.start();
}

input.addEventListener('change', () => {
  checkpoint = undefined;
  find<HTMLProgressElement>('progress').value = 0;
  tell('Ready.');
});
find('upload-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void begin();
});
find('pause').addEventListener('click', () => client?.cancel());
find('resume').addEventListener('click', () => void upload());

if (settings.endpoints.path) await watchTraffic(settings.endpoints.path);
else for (const part of document.querySelectorAll<HTMLElement>('[data-local]')) part.hidden = true;
