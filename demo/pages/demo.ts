// The demo's main page: connects the element with the test file, the interruptions, the figures and the tabs.

import { render } from 'lit';
import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { InjectedFault } from '../site/traffic.js';
import { fetchAttributes } from './attributes.js';
import { createControl, fetchSettings, setCredentialsMode } from './demo-api.js';
import { EventLog } from './event-log.js';
import { FaultPanel } from './fault-panel.js';
import { Figures } from './figures.js';
import { Interruptions, type InterruptionParts } from './interruptions.js';
import { bytesPerSecond, describeConditions, NetworkForm, type NetworkConditions } from './network-form.js';
import { Playground } from './playground.js';
import { bindTabs } from './tabs.js';
import { createTestFile, testFileName } from './test-file.js';
import { throttledTransfer } from './throttled-transfer.js';
import { trafficTable } from './traffic-table.js';
import { TrafficPoller } from './traffic-poller.js';
import { Verification } from './verification.js';

/** The built file, imported at run time: the demo loads the element as a site would. */
const BUILT_ELEMENT: string = '/dist/oss-resumable-upload.js';

const find = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

const element = find<OssResumableUpload>('uploader');
const log = new EventLog(find('log'));
const [settings, fields] = await Promise.all([fetchSettings(), fetchAttributes(element.localName)]);
const endpoint = settings.endpoints.path;
const control = createControl(settings);

log.listenTo(element);
find('clear-log').addEventListener('click', () => log.clear());
const playground = new Playground({
  root: find('playground'),
  element,
  preview: find('preview'),
  fields,
  settings,
});

const figures: Figures = new Figures(find('figures'), control !== undefined, () => interruptions.update());
const verification = new Verification({
  root: find('checksums'),
  control,
  onResult: (result) => figures.showResult(result),
});
element.addEventListener('oss-file-add', () => verification.clear());
element.addEventListener('oss-upload-start', ({ detail }) => figures.show(detail.upload));
element.addEventListener('oss-upload-success', ({ detail }) => {
  figures.show(detail.upload);
  void verification.show(detail);
});
element.addEventListener('oss-resumable-found', ({ detail }) => {
  const upload = detail.uploads.find(({ fileName }) => fileName === testFileName()) ?? detail.uploads[0];
  if (!upload) return;
  figures.show(upload);
  // The page can make the file of this upload again, so nobody has to select it.
  if (upload.fileName === testFileName()) void element.addFiles([createTestFile()]);
});

const network = control && endpoint ? await bindEmulator(control, endpoint) : undefined;
const interruptions = new Interruptions({
  element,
  buttons: { offline: find('go-offline'), reload: find('reload-page'), token: find('expire-token') },
  output: find('what-happened'),
  figures,
  ...(network && { emulator: network }),
});
if (!network) bindRealBucket();
bindTabs(find('tabs'));
find('verification').hidden = false;

find('use-test-file').addEventListener('click', () => void uploadTestFile());

// The element is defined last, when its attributes are complete.
import(BUILT_ELEMENT).catch(() => {
  interruptions.say('The element isn’t built. Run `npm run build`, then reload this page.');
});

async function uploadTestFile(): Promise<void> {
  const isDone = element.uploads.every(({ state }) =>
    ['ready', 'succeeded', 'cancelled'].includes(state.status),
  );
  if (isDone) element.clear();
  if (network && !network.form.isThrottled) await network.form.usePreset('cable');
  const [upload] = await element.addFiles([createTestFile()]);
  if (!upload) return interruptions.say('Finish or cancel the current upload first.');
  interruptions.say(
    network
      ? `Throttled to ${network.form.conditions.megabits} Mbit/s, so that you have time to interrupt it.`
      : 'Uploading the test file.',
  );
  if (upload.state.status === 'paused') upload.resume();
  else upload.start();
}

async function bindEmulator(
  control: OssControl,
  server: string,
): Promise<NonNullable<InterruptionParts['emulator']> & { form: NetworkForm }> {
  find('server-note').textContent =
    `Uploads go to ${settings.bucket} in the OSS emulator at ${server}. It verifies signatures and enforces CORS: this page has a different origin.`;
  const logServer = (message: string): void => log.addServerEntry(message);
  const useConditions = (conditions: NetworkConditions): void => {
    const rate = bytesPerSecond(conditions);
    playground.useTransfer(rate > 0 ? throttledTransfer(rate) : undefined);
  };
  const form = new NetworkForm(find('network-form'), { server, control }, (conditions) => {
    useConditions(conditions);
    logServer(describeConditions(conditions));
  });
  useConditions(form.conditions);
  const context = {
    server,
    control,
    bucket: settings.bucket,
    setCredentialsMode,
    setBucket: (name: string) => playground.set('bucket', name),
    restoreBucket: () => playground.restore('bucket'),
  };
  const panel = new FaultPanel(find('faults-list'), context, (message) => {
    logServer(message);
    interruptions.update();
  });
  find('reset-faults').addEventListener('click', () => void panel.resetAll());
  const poller = new TrafficPoller({
    onTraffic: (traffic) => render(trafficTable(traffic), find('traffic')),
    onFault: (fault) => logServer(describeFault(fault)),
  });
  await poller.start();
  return { control, panel, form };
}

function bindRealBucket(): void {
  find('server-note').textContent = `Uploads go to ${settings.bucket} in ${settings.region}.`;
  for (const section of document.querySelectorAll<HTMLElement>('[data-local]')) section.hidden = true;
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
