// Takes screenshots of this element and of other upload widgets in the same situations, and puts them side by side.
//   npm run build && npx tsx scripts/compare-peers.ts --out DIR
// Needs the npm registry: the peers are installed into a temporary folder. Their uploads go to a server of this script.
// docs/comparison.md describes what the pictures show.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Browser, CDPSession, ElementHandle, Page } from 'puppeteer-core';
import { OssControl } from '../dev/oss-emulator/control-client.js';
import { uploadCorsRules } from '../dev/oss-emulator/cors.js';
import type { FaultRule } from '../dev/oss-emulator/faults.js';
import { startDemo, type LocalDemo } from '../demo/start.js';
import { launchBrowser } from '../test/support/browsers.js';
import { PeerServer } from './compare-peers/server.js';
import {
  imports,
  moments,
  packages,
  widgets,
  type Moment,
  type Widget,
  type WidgetHandle,
} from './compare-peers/widgets.js';

/** In CSS pixels. */
const WIDTHS = [720, 360];
const SCHEMES = ['light', 'dark'] as const;
/** The progress at which a running upload is shown. */
const SHOWN_PROGRESS = 0.42;
const FILE_SIZE = 60e6;
const BYTES_PER_SECOND = 4e6;
/** How many files of a list may be done before it is shown, as a share of all bytes. */
const SHOWN_TOTAL = 0.5;
const TIMEOUT = 90_000;

/** The handle runs in the page. */
declare const widget: WidgetHandle;

interface Variant {
  scheme: (typeof SCHEMES)[number];
  width: number;
}
const variants: Variant[] = SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ scheme, width })));

interface TestFiles {
  one: string;
  many: string[];
}

const { values } = parseArgs({
  options: { out: { type: 'string' }, moments: { type: 'string' }, packages: { type: 'string' } },
});
if (!values.out) throw new Error('Name a folder: --out DIR');
const folder = resolve(values.out);
const shown = moments.filter((moment) => !values.moments || values.moments.split(',').includes(moment));
const temporary = await mkdtemp(join(tmpdir(), 'compare-peers-'));
const demo = await startDemo();
const browser = await launchBrowser('chromium', { protocolTimeout: TIMEOUT });
try {
  const installed = values.packages ? resolve(values.packages) : await install(temporary);
  const server = await PeerServer.start(demo, installed, imports);
  try {
    await demo.oss.setCors(demo.settings.bucket, uploadCorsRules([server.origin]));
    await mkdir(folder, { recursive: true });
    const files = await makeFiles(browser, temporary);
    const names = await namesWithVersions(installed);
    for (const moment of shown) await compare(moment, server, files, names);
  } finally {
    await server.close();
  }
} finally {
  await browser.close();
  await demo.close();
  await rm(temporary, { recursive: true, force: true });
}

/** Installs the peers. @returns the folder that contains `node_modules` */
async function install(prefix: string): Promise<string> {
  const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', ...packages];
  await promisify(execFile)('npm', args, { cwd: prefix });
  return prefix;
}

async function namesWithVersions(installed: string): Promise<Map<Widget, string>> {
  const names = new Map<Widget, string>();
  for (const widget of widgets) {
    const manifest = widget.package
      ? join(installed, 'node_modules', widget.package, 'package.json')
      : 'package.json';
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    names.set(widget, `${widget.name} ${version}`);
  }
  return names;
}

/** Creates files: a film, and a list with pictures, of which one fails. */
async function makeFiles(from: Browser, parent: string): Promise<TestFiles> {
  const create = async (name: string, content: Uint8Array) => {
    const path = join(parent, name);
    await writeFile(path, content);
    return path;
  };
  const page = await from.newPage();
  await page.setViewport({ width: 640, height: 480 });
  const picture = async (hue: number) => {
    await page.setContent(
      `<body style="margin:0;height:480px;background:linear-gradient(160deg,hsl(${hue} 80% 70%),hsl(${hue + 70} 70% 30%))">`,
    );
    return page.screenshot({ type: 'png' });
  };
  const one = await create('film-2026-final-cut.mp4', new Uint8Array(FILE_SIZE));
  const many = [await create('contract.pdf', new Uint8Array(300_000))];
  for (let number = 1; number <= 5; number++) {
    many.push(await create(`IMG_00${number}.png`, await picture(number * 60)));
  }
  many.push(await create('notes.docx', new Uint8Array(400_000)));
  for (let number = 1; number <= 3; number++) {
    many.push(await create(`MVI_004${number}.MP4`, new Uint8Array(12e6)));
  }
  await page.close();
  return { one, many };
}

/** Takes the pictures of one moment. */
async function compare(
  moment: Moment,
  server: PeerServer,
  files: TestFiles,
  names: ReadonlyMap<Widget, string>,
): Promise<void> {
  const cells = new Map<Variant, string[]>(variants.map((variant) => [variant, []]));
  for (const widget of widgets) {
    const title = names.get(widget)!;
    const missing = widget.missing[moment];
    const pictures = missing ? undefined : await picturesOf(widget, moment, server, files);
    for (const [index, variant] of variants.entries()) {
      const content = pictures
        ? `<img width="${variant.width}" src="data:image/png;base64,${pictures[index]}">`
        : `<p>${missing}</p>`;
      cells.get(variant)!.push(`<figure><figcaption>${title}</figcaption>${content}</figure>`);
    }
  }
  for (const { scheme, width } of variants) {
    const variant = variants.find((other) => other.scheme === scheme && other.width === width)!;
    const path = join(folder, `${moment}-${scheme}-${width}.png`);
    await compose(`${moment} · ${scheme} · ${width} px`, cells.get(variant)!, width, path);
    console.log(`Wrote ${path}.`);
  }
}

/** Brings a widget into a moment. Returns its pictures in Base64, one for each variant. */
async function picturesOf(
  widget: Widget,
  moment: Moment,
  server: PeerServer,
  files: TestFiles,
): Promise<string[]> {
  const faults = await setFaults(demo, faultsOf(moment));
  server.isFailing = moment === 'failed';
  const isSlow = ['uploading', 'paused', 'many'].includes(moment);
  server.bytesPerSecond = isSlow ? BYTES_PER_SECOND : Infinity;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  // tsx wraps named functions in a helper, which doesn't exist in the page.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
  const session = await page.createCDPSession();
  try {
    await setVariant(page, session, variants[0]!);
    await page.goto(server.page(widget, moment === 'many'));
    await page.waitForFunction(() => 'widget' in globalThis);
    await pause(500);
    await reach(page, moment, files);
    const pictures: string[] = [];
    for (const variant of variants) {
      await setVariant(page, session, variant);
      if (moment === 'dragging') await drag(page, session, files.one);
      // For transitions.
      await pause(400);
      pictures.push(await (await page.$('body'))!.screenshot({ encoding: 'base64' }));
    }
    return pictures;
  } catch (error) {
    throw new Error(`${widget.name} didn’t reach the moment “${moment}”.`, { cause: error });
  } finally {
    await context.close();
    await faults.remove();
  }
}

async function reach(page: Page, moment: Moment, files: TestFiles): Promise<void> {
  if (moment === 'empty' || moment === 'dragging') return;
  const input = (await page.evaluateHandle(findInput)) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...(moment === 'many' ? files.many : [files.one]));
  await pause(1_000);
  if (moment === 'picked') return;
  await page.evaluate(() => widget.start());
  const progress = moment === 'many' ? SHOWN_TOTAL : SHOWN_PROGRESS;
  if (moment === 'failed' || moment === 'success') {
    await page.waitForFunction(() => widget.isDone(), { timeout: TIMEOUT });
  } else {
    await page.waitForFunction((ratio) => widget.progress() >= ratio, { timeout: TIMEOUT }, progress);
  }
  if (moment === 'paused') {
    await page.evaluate(() => widget.pause());
    await pause(1_500);
  }
}

/** Finds the input of the widget, in any shadow tree. Runs in the page. */
function findInput(): HTMLInputElement | undefined {
  const find = (root: ParentNode): HTMLInputElement | undefined => {
    for (const node of root.querySelectorAll('*')) {
      if (node instanceof HTMLInputElement && node.type === 'file') return node;
      const found = node.shadowRoot && find(node.shadowRoot);
      if (found) return found;
    }
    return undefined;
  };
  return find(document);
}

async function drag(page: Page, session: CDPSession, path: string): Promise<void> {
  const { x, y } = await page.evaluate(() => {
    const target = document.body.querySelector('oss-resumable-upload, #uppy, mux-uploader, vaadin-upload')!;
    const { left, top, width, height } = target.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
  const data = { items: [{ mimeType: 'video/mp4', data: '' }], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
}

function faultsOf(moment: Moment): FaultRule[] {
  const operation = ['PutObject', 'PostObject', 'UploadPart'] as const;
  // The element sends five parts at once.
  const slow = { kind: 'slow', bytesPerSecond: BYTES_PER_SECOND / 5 } as const;
  const refused = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
  switch (moment) {
    case 'uploading':
    case 'paused':
      return [{ match: { operation: [...operation] }, fault: slow, times: null }];
    case 'many':
      return [
        // contract.pdf
        { match: { operation: [...operation] }, fault: refused, times: 1 },
        { match: { operation: [...operation] }, fault: slow, times: null },
      ];
    case 'failed':
      return [{ match: { operation: [...operation] }, fault: refused, times: null }];
    default:
      return [];
  }
}

async function setFaults(
  { oss }: LocalDemo,
  rules: readonly FaultRule[],
): Promise<{ remove(): Promise<void> }> {
  const control = new OssControl(oss);
  const ids: number[] = [];
  for (const rule of rules) ids.push(await control.addFault(rule));
  return {
    async remove() {
      for (const id of ids) await control.removeFaults(id);
    },
  };
}

async function setVariant(page: Page, session: CDPSession, { scheme, width }: Variant): Promise<void> {
  await page.setViewport({ width, height: 800 });
  await session.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: scheme }],
  });
}

/** Puts pictures side by side. */
async function compose(title: string, cells: readonly string[], width: number, path: string): Promise<void> {
  const columns = width > 500 ? 2 : 4;
  const page = await browser.newPage();
  await page.setViewport({ width: columns * (width + 32) + 32, height: 800 });
  await page.setContent(
    `<style>
      body { margin: 0; padding: 16px; background: #ccd3da; font: 14px system-ui, sans-serif; }
      main { display: grid; grid-template-columns: repeat(${columns}, ${width}px); gap: 32px; align-items: start; }
      figure { margin: 0; }
      figcaption { margin-bottom: 8px; font-weight: 600; }
      p { color: #556; }
    </style><h1 style="font-size: 18px">${title}</h1><main>${cells.join('')}</main>`,
  );
  await (await page.$('body'))!.screenshot({ path });
  await page.close();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
