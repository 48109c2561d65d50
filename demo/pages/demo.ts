// The demo's main page: connects the element with the settings, the fault panel and the event log.

import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { InjectedFault } from '../site/traffic.js';
import { createControl, fetchSettings, setCredentialsMode } from './demo-api.js';
import { EventLog } from './event-log.js';
import { FaultPanel } from './fault-panel.js';
import { bindNetworkForm } from './network-form.js';
import { SettingsForm } from './settings-form.js';
import { tagSource } from './tag-source.js';
import { contentBytes, TrafficPoller } from './traffic-poller.js';
import { Verification } from './verification.js';

/** The built file, imported at run time: the demo loads the element as a site would. */
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
  preview: find('preview'),
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
const control = createControl(settings);
const verification = new Verification(find('verification'), control);
if (control && endpoint) await bindEmulator(control, endpoint);
else bindRealBucket();

// The element is defined last, when its attributes are complete.
import(BUILT_ELEMENT).catch(() => {
  find('destination').textContent = 'The element isn’t built. Run `npm run build`, then reload this page.';
});

async function bindEmulator(control: OssControl, server: string): Promise<void> {
  find('destination').textContent = `to ${settings.bucket} in the local OSS emulator`;
  find('server-note').textContent =
    `The OSS emulator listens at ${server}. It verifies signatures and enforces CORS: this page has a different origin.`;
  const logServer = (message: string): void => log.addServerEntry(message);
  bindNetworkForm(find<HTMLFormElement>('network-form'), { server, control }, logServer);
  const context = {
    server,
    control,
    bucket: settings.bucket,
    setCredentialsMode,
    setBucket: (name: string) => form.set('bucket', name),
    restoreBucket: () => form.restore('bucket'),
  };
  const panel = new FaultPanel(find('faults'), context, logServer);
  find('reset-faults').addEventListener('click', () => void panel.resetAll());
  const poller = new TrafficPoller({ onFault: (fault) => logServer(describeFault(fault)) });
  element.addEventListener('oss-upload-start', ({ detail }) => {
    if (!detail.resumed) poller.resetTotals();
    verification.hide();
  });
  element.addEventListener('oss-upload-success', ({ detail }) => {
    // The totals cover all files, so they can't be shown for one of several.
    if (element.uploads.length > 1) return verification.hide();
    void poller.poll().then((traffic) => verification.show(detail, contentBytes(traffic)));
  });
  await poller.start();
}

function bindRealBucket(): void {
  find('destination').textContent = `to ${settings.bucket} in ${settings.region}`;
  for (const section of document.querySelectorAll<HTMLElement>('[data-local]')) section.hidden = true;
  element.addEventListener('oss-upload-start', () => verification.hide());
  element.addEventListener('oss-upload-success', ({ detail }) => void verification.show(detail, 0));
}

function describeFault({ fault, operation, partNumber }: InjectedFault): string {
  const request = partNumber === undefined ? operation : `part ${partNumber}`;
  switch (fault) {
    case 'reset':
      return `Connection reset: ${request}.`;
    case 'stall':
      return `Request stalled: ${request}.`;
    case 'slow':
      return `Request throttled: ${request}.`;
    case 'status':
      return `Error response: ${request}.`;
    case 'redirect':
      return `Redirected: ${request}.`;
    case 'lost-response':
      return `Response lost: ${request}.`;
    case 'delayed-response':
      return `Response delayed: ${request}.`;
    case 'corrupt':
      return `Bit flipped: ${request}.`;
    case 'abort-upload':
      return `Upload removed: ${request}.`;
    default:
      return fault satisfies never;
  }
}
