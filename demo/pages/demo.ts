// The demo's first page: wires the element, its settings, the faults and the log.

import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { MetFault } from '../site/traffic.js';
import { answerCredentials, fetchSettings } from './demo-api.js';
import { EventLog } from './event-log.js';
import { bindLineForm } from './network-form.js';
import { Proof } from './proof.js';
import { SettingsForm } from './settings-form.js';
import { tagSource } from './tag-source.js';
import { contentBytes, TrafficWatch } from './traffic-watch.js';
import { TroublePanel } from './fault-panel.js';

/** The element as a visitor's page loads it. */
const BUILT_ELEMENT: string = '/dist/oss-resumable-upload.js';

const find = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

const element = find<OssResumableUpload>('uploader');
const log = new EventLog(find('log'));
const settings = await fetchSettings();

log.listenTo(element);
find('clear-log').addEventListener('click', () => log.clear());

const form = new SettingsForm({
  form: find<HTMLFormElement>('settings'),
  element,
  frame: find('frame'),
  settings,
  onChange: () => {
    find('tag-source').textContent = tagSource(element);
    find('copy-tag').textContent = 'Copy';
  },
});

find('copy-tag').addEventListener('click', () => {
  void navigator.clipboard
    .writeText(tagSource(element))
    .then(() => (find('copy-tag').textContent = 'Copied'));
});

const endpoint = settings.endpoints.path;
const control = endpoint === undefined ? undefined : new OssControl(endpoint);
const proof = new Proof(find('proof'), control);
if (control && endpoint) await bindLocalOss(control, endpoint);
else bindRealBucket();

// Only now has the element all that it needs to know.
import(BUILT_ELEMENT).catch(() => {
  find('place').textContent = 'The element is not built yet: run `npm run build`, then load this page again.';
});

async function bindLocalOss(control: OssControl, server: string): Promise<void> {
  find('place').textContent = `to ${settings.bucket}, a bucket on this machine`;
  find('server-note').textContent =
    `The server behind this page speaks the protocol of OSS, and checks every signature. It listens at ${server}, another origin than this page: CORS is real.`;
  bindLineForm(find<HTMLFormElement>('line-form'), server, (words) => log.addServerLine(words));
  const bench = {
    server,
    control,
    bucket: settings.bucket,
    answerCredentials,
    setBucket: (name: string) => form.set('bucket', name),
    restoreBucket: () => form.restore('bucket'),
  };
  const panel = new TroublePanel(find('troubles'), bench, (words) => log.addServerLine(words));
  find('mend').addEventListener('click', () => void panel.mendAll());
  const watch = new TrafficWatch({ onFault: (fault) => log.addServerLine(wordsFor(fault)) });
  element.addEventListener('oss-upload-start', ({ detail }) => {
    if (!detail.resumed) watch.countFromHere();
    proof.hide();
  });
  element.addEventListener('oss-upload-success', ({ detail }) => {
    // What was received is not told file by file.
    if (element.uploads.length > 1) return proof.hide();
    void watch.ask().then((traffic) => proof.show(detail, contentBytes(traffic)));
  });
  await watch.start();
}

function bindRealBucket(): void {
  find('place').textContent = `to ${settings.bucket} in ${settings.region}`;
  for (const part of document.querySelectorAll<HTMLElement>('[data-local]')) part.hidden = true;
  element.addEventListener('oss-upload-start', () => proof.hide());
  element.addEventListener('oss-upload-success', ({ detail }) => void proof.show(detail, 0));
}

function wordsFor({ fault, operation, partNumber }: MetFault): string {
  const what = partNumber === undefined ? operation : `part ${partNumber}`;
  switch (fault) {
    case 'reset':
      return `The connection of ${what} was broken.`;
    case 'stall':
      return `Nothing is read of ${what} any more.`;
    case 'slow':
      return `The line of ${what} is slow.`;
    case 'status':
      return `The request for ${what} was refused.`;
    case 'lost-response':
      return `${what} was carried out, and the answer is lost.`;
    case 'delayed-response':
      return `The answer to ${what} is late.`;
    case 'corrupt':
      return `One bit of ${what} was changed.`;
    case 'abort-upload':
      return `The upload was removed as ${what} came.`;
    default:
      return fault satisfies never;
  }
}
