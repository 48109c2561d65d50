// Generates custom-elements.json, the editors' data files and the tables in README.md and docs/ from JSDoc.
// With `--check` it writes nothing and fails if a file is out of date.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
// @ts-expect-error -- the analyzer's command ships no types
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema.js';
import prettier from 'prettier';
import { errorTexts } from '../src/core/error-texts.js';
import { Declarations } from './documents/declarations.js';
import { editorData } from './documents/editor-data.js';
import { fillTables } from './documents/markers.js';
import {
  elementTables,
  errorCodeTable,
  eventDetailTable,
  memberTable,
  unionTable,
} from './documents/tables.js';

const tag = 'oss-resumable-upload';
const analyze = cli as (options: { argv: string[]; noWrite: true }) => Promise<Package>;

/** Members of `Upload` and `Uploader` that only the engine itself and the element call. */
const internals = new Set([
  'adopt',
  'atRest',
  'destination',
  'enqueue',
  'field',
  'fingerprint',
  'fingerprintOf',
  'isBuffered',
  'isQueued',
  'isSomeClaimed',
  'localizeErrors',
  'reclaim',
  'release',
  'reset',
  'startTimer',
]);

const manifest = await analyze({ argv: ['analyze', '--quiet'], noWrite: true });
const files = [{ path: 'custom-elements.json', content: `${JSON.stringify(manifest, null, 2)}\n` }];

const element = manifest.modules
  .flatMap(({ declarations = [] }) => declarations)
  .find((declaration): declaration is CustomElementDeclaration => {
    return declaration.kind === 'class' && 'tagName' in declaration && declaration.tagName === tag;
  });
if (!element) throw new Error(`The manifest has no <${tag}>.`);
for (const { name } of withoutDescription(element)) {
  console.error(`\`${name}\` is public and has no description.`);
  process.exitCode = 1;
}
for (const [path, json] of Object.entries(editorData(manifest))) {
  files.push({ path, content: await format(json, path) });
}
const tables = {
  ...elementTables(element),
  ...(await engineTables(element)),
  modulepreload: await preloadHint(),
};
for (const path of await documents()) {
  files.push({ path, content: await format(fillTables(await readFile(path, 'utf8'), tables), path) });
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

/** Returns README.md and every Markdown file under docs/. */
async function documents(): Promise<string[]> {
  const names = await readdir('docs', { recursive: true });
  const pages = names.filter((name) => name.endsWith('.md')).sort();
  return ['README.md', ...pages.map((name) => join('docs', name))];
}

/** Returns the sources whose types are documented. */
async function sources(): Promise<string[]> {
  const names = await readdir('src/core', { recursive: true });
  const core = names.filter((name) => name.endsWith('.ts')).sort();
  return [
    ...core.map((name) => `src/core/${name}`),
    'src/adapters/browser/credentials-options.ts',
    'src/events.ts',
  ];
}

/** The name of the shell's file contains the version. */
async function preloadHint(): Promise<string> {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  return `\`\`\`html\n<link rel="modulepreload" href="${tag}.shell-${version}.js" />\n\`\`\``;
}

async function engineTables({ cssStates = [] }: CustomElementDeclaration): Promise<Record<string, string>> {
  const declarations = await Declarations.read(await sources());
  // Extends the engine's interface of the same name.
  const factory = await Declarations.read(['src/create-uploader.ts']);
  const isPublic = ({ name }: { name: string }): boolean => !internals.has(name.replace(/\(.*/s, ''));
  const stateDescriptions = Object.fromEntries(cssStates.map(({ name, description }) => [name, description]));
  return {
    'error-codes': errorCodeTable(declarations.union('UploadErrorCode'), errorTexts),
    'upload-error': memberTable(
      declarations.classMembers('UploadError').filter(({ name }) => !/\(/.test(name)),
    ),
    'event-details': eventDetailTable(
      declarations,
      declarations.interfaceNames('src/events.ts').filter((name) => name.endsWith('Detail')),
    ),
    'upload-members': memberTable(declarations.classMembers('Upload').filter(isPublic), 'Member'),
    'upload-states': unionTable(declarations.union('UploadState'), 'status', 'progress', stateDescriptions),
    progress: memberTable(declarations.interfaceMembers('Progress')),
    checkpoint: memberTable(declarations.interfaceMembers('Checkpoint')),
    'uploader-members': memberTable(declarations.classMembers('Uploader').filter(isPublic), 'Member'),
    'uploader-options': memberTable(
      [
        ...declarations.interfaceMembers('BucketLocation'),
        ...declarations.interfaceMembers('CredentialsOptions'),
        ...declarations.interfaceMembers('UploaderOptions'),
        ...declarations.interfaceMembers('ObjectOptions'),
        ...factory.interfaceMembers('UploaderOptions'),
      ].map((member) => ({ ...member, optional: false })),
      'Option',
    ),
    'uploader-events': unionTable(declarations.union('UploaderEvent'), 'type', 'upload'),
  };
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
