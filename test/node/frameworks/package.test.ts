// Tests the published package: packs it, installs it in a temporary project, and uses it from there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema.js';
import ts from 'typescript';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = fileURLToPath(new URL('consumer/', import.meta.url));

/** Installed in addition to the dependencies of the package. */
const frameworks = ['@types/react', 'csstype', 'react', 'react-dom', 'svelte', 'vue'];

let consumer: string;
let installed: string;
let manifest: { exports: Record<string, string | Record<string, string>>; dependencies: object };

before(async () => {
  consumer = await realpath(await mkdtemp(join(tmpdir(), 'oss-resumable-upload-consumer-')));
  installed = join(consumer, 'node_modules/oss-resumable-upload');
  // Without scripts: a rebuild would remove the files that other tests use at the same time.
  const pack = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(pack.stdout) as [{ filename: string }];
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(consumer, filename), '-C', installed, '--strip-components=1']);
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as typeof manifest;
  for (const name of [...Object.keys(manifest.dependencies), ...frameworks]) {
    const link = join(consumer, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link, 'junction');
  }
  await cp(sources, consumer, { recursive: true });
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
});

after(() => rm(consumer, { recursive: true, force: true }));

describe('package', () => {
  it('contains the files of all entry points', async () => {
    const files = (await readdir(installed, { recursive: true })).map((file) => `./${file}`);
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? target : Object.values(target),
    );
    const missing = targets.filter((target) => {
      const [start = '', end] = target.split('*');
      return !files.some((file) =>
        end === undefined ? file === start : file.startsWith(start) && file.endsWith(end),
      );
    });
    assert.deepEqual(missing, []);
  });

  it('loads in Node for server-side rendering', async () => {
    const modules = Object.keys(manifest.exports)
      .filter((path) => !/[*]|json$/.test(path))
      .map((path) => path.replace('.', 'oss-resumable-upload'));
    const script = `
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      for (const name of ${JSON.stringify(modules)}) await import(name);
      const { OssResumableUpload } = await import('oss-resumable-upload/react');
      console.log(renderToString(createElement(OssResumableUpload, { className: 'wide', region: 'cn-hangzhou', autoStart: true, objectKey: String })));
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: consumer,
    });
    assert.equal(
      stdout,
      '<oss-resumable-upload region="cn-hangzhou" auto-start="" class="wide"></oss-resumable-upload>\n',
    );
  });

  for (const resolution of ['Bundler', 'NodeNext'] as const) {
    it(`has types for plain pages, React, Vue and Svelte (${resolution})`, () => {
      const files = ['page.ts', 'react.tsx', 'jsx.tsx', 'vue.ts', 'svelte.ts'];
      assert.deepEqual(findTypeErrors(compile(files, resolution)), []);
    });
  }

  it('loads no framework types in a page without a framework', () => {
    const program = compile(['page.ts'], 'Bundler');
    const modules = program.getSourceFiles().map(({ fileName }) => fileName);
    assert.deepEqual(findTypeErrors(program), []);
    assert.deepEqual(
      modules.filter((file) => /node_modules\/(?:@types\/react|react|@vue|vue|svelte)\//.test(file)),
      [],
    );
  });

  it('has types for exactly the attributes of the manifest', async () => {
    const elements = JSON.parse(await readFile(join(installed, 'custom-elements.json'), 'utf8')) as Package;
    const element = elements.modules
      .flatMap(({ declarations = [] }) => declarations)
      .find((declaration): declaration is CustomElementDeclaration => 'tagName' in declaration);
    const attributes = element?.attributes
      ?.filter((attribute) => !('readonly' in attribute))
      // The properties of the same names take objects.
      .filter(({ name }) => name !== 'strings' && name !== 'stored')
      .map(({ name }) => `${JSON.stringify(name)}: true`);
    await writeFile(
      join(consumer, 'attributes.ts'),
      `import type { Attributes } from './node_modules/oss-resumable-upload/lib/frameworks/props.js';
       export const attributes: Record<keyof Attributes, true> = { ${attributes?.join(', ')} };`,
    );
    assert.deepEqual(findTypeErrors(compile(['attributes.ts'], 'Bundler')), []);
  });
});

function compile(files: string[], resolution: 'Bundler' | 'NodeNext'): ts.Program {
  const withReact = files.includes('react.tsx');
  const withSvelte = files.includes('svelte.ts');
  return ts.createProgram({
    rootNames: [
      ...files.map((file) => join(consumer, file)),
      // Svelte's own tools include this file.
      ...(withSvelte ? [join(root, 'node_modules/svelte/svelte-html.d.ts')] : []),
    ],
    options: {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: resolution === 'NodeNext' ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind[resolution],
      ...(withReact && { jsx: ts.JsxEmit.ReactJSX }),
      types: [],
    },
  });
}

/** Returns the type errors in the page and in the package's declarations. Other packages are links to other folders. */
function findTypeErrors(program: ts.Program): string[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(consumer))
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map(({ file, start = 0, messageText }) => {
      const line = file ? `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ` : '';
      return line + ts.flattenDiagnosticMessageText(messageText, '\n');
    });
}
