// Checks that .dependency-cruiser.mjs reports forbidden imports, and only those, in a sample project laid out like src/.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

interface Case {
  title: string;
  from: string;
  /** A source file, or a package. */
  to: string;
  /** The import statement; by default a value import. */
  statement?: (specifier: string) => string;
  /** Whether `to` imports `from` as well. A cycle is reported once, for its first module. */
  mutual?: boolean;
}

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

const asValue = (specifier: string) => `import { sample } from '${specifier}'; sample();`;
const asType = (specifier: string) => `import type { Sample } from '${specifier}'; export type T = Sample;`;
const asReExport = (specifier: string) => `export * from '${specifier}';`;
const asDynamic = (specifier: string) => `void import('${specifier}');`;

const core = 'src/core/sample.ts';
const gateway = 'src/adapters/ali-oss/gateway.ts';
const storage = 'src/adapters/browser/storage.ts';
const factory = 'src/create-uploader.ts';
const i18nTypes = 'src/i18n/types.ts';
const registry = 'src/i18n/registry.ts';
const presentation = 'src/presentation/format.ts';
const view = 'src/views/sample.ts';
const controller = 'src/controllers/sample.ts';
const element = 'src/oss-resumable-upload.ts';
const index = 'src/index.ts';
const react = 'src/frameworks/react.ts';
const svelte = 'src/frameworks/svelte.ts';
const packages = ['ali-oss', 'idb', 'lit', 'react'];

const forbidden: Record<string, Case[]> = {
  'layer-core': [
    { title: 'the core importing an adapter', from: 'src/core/a.ts', to: storage },
    {
      title: 'the core importing a type of an adapter',
      from: 'src/core/b.ts',
      to: storage,
      statement: asType,
    },
    { title: 'the core re-exporting an adapter', from: 'src/core/c.ts', to: storage, statement: asReExport },
    { title: 'the core importing the SDK', from: 'src/core/d.ts', to: 'ali-oss' },
    {
      title: 'the core importing a type of the SDK',
      from: 'src/core/e.ts',
      to: 'ali-oss',
      statement: asType,
    },
    { title: 'the core importing Lit', from: 'src/core/f.ts', to: 'lit' },
    { title: 'the core importing a Node module', from: 'src/core/g.ts', to: 'node:fs' },
  ],
  'layer-adapters/ali-oss': [
    {
      title: 'the OSS adapter importing the browser adapter',
      from: 'src/adapters/ali-oss/a.ts',
      to: storage,
    },
  ],
  'layer-adapters/browser': [
    { title: 'the browser adapter importing a package', from: 'src/adapters/browser/m.ts', to: 'idb' },
    { title: 'the browser adapter importing the SDK', from: 'src/adapters/browser/a.ts', to: 'ali-oss' },
  ],
  'layer-i18n/locales': [
    { title: 'a locale importing the registry', from: 'src/i18n/locales/en.ts', to: registry },
  ],
  'layer-presentation': [
    { title: 'the presentation importing a view', from: 'src/presentation/a.ts', to: view },
  ],
  'layer-views': [
    { title: 'a view importing a controller', from: 'src/views/a.ts', to: controller },
    {
      title: 'a view importing a type of a controller',
      from: 'src/views/b.ts',
      to: controller,
      statement: asType,
    },
  ],
  'adapters-are-wired-in-one-place': [
    { title: 'the element importing an adapter', from: element, to: storage },
    {
      title: 'a dynamic import of an adapter',
      from: 'src/controllers/a.ts',
      to: gateway,
      statement: asDynamic,
    },
  ],
  'nothing-imports-the-element': [
    { title: 'a controller importing the element', from: 'src/controllers/b.ts', to: element },
    { title: 'a type import of the element', from: 'src/views/c.ts', to: element, statement: asType },
    { title: 'a view importing the entry point', from: 'src/views/d.ts', to: index },
  ],
  'frameworks-stay-apart': [
    { title: 'the entry point importing React', from: index, to: 'react' },
    { title: 'the element importing a framework wrapper', from: element, to: svelte },
  ],
  'no-circular': [
    { title: 'two modules importing each other', from: 'src/core/h.ts', to: 'src/core/i.ts', mutual: true },
    {
      title: 'two modules importing types of each other',
      mutual: true,
      from: 'src/core/j.ts',
      to: 'src/core/k.ts',
      statement: asType,
    },
  ],
  'no-unresolvable': [
    { title: 'an import of a missing package', from: 'src/views/e.ts', to: 'missing-package' },
  ],
};

const allowed: Case[] = [
  { title: 'the core importing itself', from: 'src/core/l.ts', to: core },
  { title: 'the OSS adapter importing the core', from: gateway, to: core },
  { title: 'the OSS adapter importing the SDK', from: gateway, to: 'ali-oss' },
  { title: 'the browser adapter importing the core', from: 'src/adapters/browser/n.ts', to: core },
  { title: 'the factory importing an adapter', from: factory, to: storage },
  { title: 'a locale importing the message types', from: 'src/i18n/locales/de.ts', to: i18nTypes },
  { title: 'a view importing the presentation', from: view, to: presentation },
  { title: 'a view importing Lit', from: view, to: 'lit' },
  { title: 'a controller importing a view', from: controller, to: view },
  { title: 'the element importing the factory', from: element, to: factory },
  { title: 'the element importing a controller', from: element, to: controller },
  { title: 'the entry point importing the element', from: index, to: element },
  { title: 'the React wrapper importing the entry point', from: react, to: index },
  { title: 'the React wrapper importing React', from: react, to: 'react' },
];

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let violations: Violation[];

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'oss-resumable-upload-layers-')));
  for (const [path, source] of sampleProject()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), source);
  }
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cli, 'src', '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
});

after(() => rm(folder, { recursive: true, force: true }));

describe('the layer rules', () => {
  for (const [rule, cases] of Object.entries(forbidden)) {
    for (const { title, from, to } of cases) {
      it(`report ${title} (${rule})`, () => {
        assert.ok(findRules(from, to).includes(rule), `reported: ${findRules(from, to).join() || 'nothing'}`);
      });
    }
  }

  for (const { title, from, to } of allowed) {
    it(`allow ${title}`, () => {
      assert.deepEqual(findRules(from, to), []);
    });
  }
});

/** Returns the names of the rules that an import violates. A package is reported by its file in node_modules. */
function findRules(from: string, to: string): string[] {
  const name = to.replace(/^node:/, '');
  return violations
    .filter((violation) => violation.from === from)
    .filter((violation) => violation.to === name || violation.to.startsWith(`node_modules/${name}/`))
    .map(({ rule }) => rule.name);
}

function sampleProject(): Map<string, string> {
  const files = new Map<string, string>([['tsconfig.json', '{ "compilerOptions": { "module": "ESNext" } }']]);
  for (const name of packages) {
    files.set(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, type: 'module', exports: './index.js' }),
    );
    files.set(`node_modules/${name}/index.js`, 'export const sample = () => {};');
  }
  const addImport = (from: string, statement: string) =>
    files.set(from, `${files.get(from) ?? ''}${statement}\n`);
  for (const { from, to, statement = asValue, mutual } of [...Object.values(forbidden).flat(), ...allowed]) {
    addImport(from, statement(toSpecifier(from, to)));
    if (to.startsWith('src/')) addImport(to, mutual ? statement(toSpecifier(to, from)) : '');
  }
  return files;
}

function toSpecifier(from: string, to: string): string {
  if (!to.startsWith('src/')) return to;
  const path = relative(dirname(from), to).replaceAll('\\', '/').replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
