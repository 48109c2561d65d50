// Takes one upload through its states in Chromium and in Firefox, and writes what each of them exposes to assistive
// technologies, and what live regions announce, to docs/accessibility.md.
//   npx tsx scripts/accessibility-walk.ts            writes the document
//   npx tsx scripts/accessibility-walk.ts --check    fails if the document is out of date
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import prettier from 'prettier';
import { launchBrowser, type BrowserName } from '../test/support/browsers.js';
import type { Announcement, Walk } from './accessibility-walk/page.js';
import { readTree, type ExposedNode } from './accessibility-walk/trees.js';
import { fillTables } from './documents/markers.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const path = `${root}docs/accessibility.md`;
const { values } = parseArgs({ options: { check: { type: 'boolean' } } });

interface Step {
  name: string;
  announcements: Announcement[];
  nodes: string[];
}

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}scripts/accessibility-walk/page.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    // The simulated uploads load neither the SDK nor the worker.
    external: ['*/slim-sdk.js'],
    define: { 'import.meta.url': '""' },
    tsconfig: `${root}tsconfig.json`,
  });
  return outputFiles[0]!.text;
}

async function walkIn(name: BrowserName, address: string): Promise<Step[]> {
  const isFirefox = name === 'firefox';
  // Firefox lets only privileged code read its accessibility tree.
  const args = isFirefox ? ['--remote-allow-system-access'] : [];
  const browser = await launchBrowser(name, { args });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    await page.goto(address);
    await page.waitForFunction('globalThis.walk');
    const getWalk = () => (globalThis as unknown as { walk: Walk }).walk;
    const names = await page.evaluate(`(${String(getWalk)})().steps`);
    const steps: Step[] = [];
    for (const step of names as string[]) {
      const announcements = (await page.evaluate(
        `(${String(getWalk)})().run(${JSON.stringify(step)})`,
      )) as Announcement[];
      const nodes = await readTree(browser, page, isFirefox);
      steps.push({ name: step, announcements, nodes: nodes.map(describeNode) });
    }
    return steps;
  } finally {
    await browser.close();
  }
}

function describeNode({ role, name, value, description, states }: ExposedNode): string {
  return [
    role,
    name && `“${name}”`,
    value && `value “${value}”`,
    description && `described by “${description}”`,
    ...states,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Merges two lists into one, in the order of both. */
function merge(a: readonly string[], b: readonly string[]): { text: string; inA: boolean; inB: boolean }[] {
  const [first, ...rest] = a;
  if (first === undefined) return b.map((text) => ({ text, inA: false, inB: true }));
  const index = b.indexOf(first);
  if (index < 0) return [{ text: first, inA: true, inB: false }, ...merge(rest, b)];
  const before = b.slice(0, index).map((text) => ({ text, inA: false, inB: true }));
  return [...before, { text: first, inA: true, inB: true }, ...merge(rest, b.slice(index + 1))];
}

function describeStep(number: number, chromium: Step, firefox: Step): string {
  const cell = (isIn: boolean) => (isIn ? 'yes' : '');
  const announced = merge(
    chromium.announcements.map(describeAnnouncement),
    firefox.announcements.map(describeAnnouncement),
  );
  const announcements = announced.map(({ text, inA, inB }) =>
    inA && inB ? text : `${text} (only in ${inA ? 'Chromium' : 'Firefox'})`,
  );
  return [
    `### ${number}. ${chromium.name}`,
    `Announced: ${announcements.length > 0 ? announcements.join(', then ') : 'nothing'}.`,
    [
      '| exposed | Chromium | Firefox |',
      '| --- | --- | --- |',
      ...merge(chromium.nodes, firefox.nodes).map(
        ({ text, inA, inB }) => `| ${text.replaceAll('|', '\\|')} | ${cell(inA)} | ${cell(inB)} |`,
      ),
    ].join('\n'),
  ].join('\n\n');
}

function describeAnnouncement({ kind, text }: Announcement): string {
  return `“${text}” (${kind === 'alert' ? 'alert' : 'polite'})`;
}

const script = await bundlePage();
const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><html lang="en"><title>Upload</title><main></main><script type="module">${script}</script></html>`,
  );
}).listen(0, 'localhost');
await once(server, 'listening');
const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
try {
  const [chromium, firefox] = [await walkIn('chromium', address), await walkIn('firefox', address)];
  const steps = chromium.map((step, index) => describeStep(index + 1, step, firefox[index]!)).join('\n\n');
  const document = await readFile(path, 'utf8');
  const options = await prettier.resolveConfig(path);
  const filled = await prettier.format(fillTables(document, { steps }, 'walk'), {
    ...options,
    filepath: path,
  });
  if (!values.check) await writeFile(path, filled);
  else if (filled !== document) {
    console.error('docs/accessibility.md is out of date. Run `npx tsx scripts/accessibility-walk.ts`.');
    process.exitCode = 1;
  }
} finally {
  server.close();
}
