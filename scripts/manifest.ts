// Writes what is generated from the JSDoc: custom-elements.json, what editors read, and the README's tables.
// With `--check` it writes nothing and fails when one of them is out of date.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
// @ts-expect-error -- the analyzer's command ships no types
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema.js';
import prettier from 'prettier';
import { editorData } from './documents/editor-data.js';
import { fillTables } from './documents/markers.js';
import { tables } from './documents/tables.js';

const tag = 'oss-resumable-upload';
const analyze = cli as (options: { argv: string[]; noWrite: true }) => Promise<Package>;

const manifest = await analyze({ argv: ['analyze', '--quiet'], noWrite: true });
const files = [{ path: 'custom-elements.json', content: `${JSON.stringify(manifest, null, 2)}\n` }];

const element = manifest.modules
  .flatMap(({ declarations = [] }) => declarations)
  .find((declaration): declaration is CustomElementDeclaration => {
    return declaration.kind === 'class' && 'tagName' in declaration && declaration.tagName === tag;
  });
for (const { name } of element ? withoutDescription(element) : []) {
  console.error(`\`${name}\` is public and has no description.`);
  process.exitCode = 1;
}
for (const [path, json] of Object.entries(editorData(manifest))) {
  files.push({ path, content: await format(json, path) });
}
if (element && existsSync('README.md')) {
  const filled = fillTables(await readFile('README.md', 'utf8'), tables(element));
  files.push({ path: 'README.md', content: await format(filled, 'README.md') });
}

for (const { path, content } of files) {
  const current = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (current === content) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is out of date: run \`npm run manifest\`.`);
    process.exitCode = 1;
  } else {
    await writeFile(path, content);
    console.log(`Wrote ${path}.`);
  }
}

async function format(text: string, filepath: string): Promise<string> {
  return prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath });
}

function withoutDescription(element: CustomElementDeclaration): { name: string }[] {
  const {
    members = [],
    events = [],
    slots = [],
    cssParts = [],
    cssProperties = [],
    cssStates = [],
  } = element;
  return [...members, ...events, ...slots, ...cssParts, ...cssProperties, ...cssStates].filter(
    ({ description }) => !description,
  );
}
