// Uses the packed package with bundlers, frameworks and test environments, and prints a Markdown table.
//   npm run build && npm run test:stacks -- --stack Vite
// Needs the npm registry: tools are installed into a cache folder. With `--write`, it updates docs/frameworks.md.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { startDemo } from '../demo/start.js';
import { launchBrowser } from '../test/support/browsers.js';
import { fillTables } from './documents/markers.js';
import { Consumer, packPackage } from './stacks/consumer.js';
import { uploadInBrowser } from './stacks/upload.js';
import { stacks, type Stack } from './stacks/stacks.js';

const DOCUMENT = 'docs/frameworks.md';
const { values } = parseArgs({
  options: {
    /** Regular expression that a stack's name matches; all stacks by default. */
    stack: { type: 'string', default: '' },
    /** Installed tools are kept here. */
    cache: { type: 'string', default: join(tmpdir(), 'oss-resumable-upload-stacks') },
    write: { type: 'boolean', default: false },
  },
});

interface Row {
  name: string;
  use: string;
  result: string;
}

const cache = resolve(values.cache);
await mkdir(cache, { recursive: true });
const tarball = await packPackage(cache);
const demo = await startDemo();
const browser = await launchBrowser('chromium');
const rows: Row[] = [];
try {
  for (const stack of stacks.filter(({ name }) => new RegExp(values.stack).test(name))) {
    console.error(`${stack.name}…`);
    rows.push(await check(stack));
  }
} finally {
  await browser.close();
  await demo.close();
}
const table = toMarkdown(rows);
console.log(table);
if (values.write) await updateDocument(table);
process.exitCode = rows.every(({ result }) => result === 'works') ? 0 : 1;

async function check(stack: Stack): Promise<Row> {
  let name = stack.name;
  try {
    const consumer = await Consumer.create(join(cache, stack.folder), tarball, stack.packages);
    name = `${stack.name} ${await consumer.versionOf(stack.versionOf)}`;
    const attributes = {
      region: demo.settings.region,
      bucket: demo.settings.bucket,
      endpoint: demo.oss.url,
      'credentials-url': '/credentials',
      'object-key': `${demo.settings.prefix}${stack.folder}/{name}`,
      // Several stacks share a folder.
      overwrite: '',
      'part-size': '100KiB',
    };
    const served = await stack.start(consumer, attributes);
    if (served) await uploadInBrowser(browser, demo, served);
    return { name, use: stack.use, result: 'works' };
  } catch (error) {
    console.error(error);
    return { name, use: stack.use, result: 'fails' };
  }
}

function toMarkdown(rows: readonly Row[]): string {
  const lines = rows.map(({ name, use, result }) => `| ${name} | ${use} | ${result} |`);
  return ['| tool | tested with | result |', '| --- | --- | --- |', ...lines].join('\n');
}

async function updateDocument(content: string): Promise<void> {
  const document = fillTables(await readFile(DOCUMENT, 'utf8'), { stacks: content }, 'measured');
  const options = { ...(await prettier.resolveConfig(DOCUMENT)), filepath: DOCUMENT };
  await writeFile(DOCUMENT, await prettier.format(document, options));
}
