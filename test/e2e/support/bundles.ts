// Bundles of the package, as a site would build them, and an import map for a site without a bundler.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Files by name. `page.js` is the entry. */
export type Bundle = ReadonlyMap<string, Uint8Array | string>;

const page = "import 'oss-resumable-upload';";

const reactPage = `
  import { createElement } from 'react';
  import { createRoot } from 'react-dom/client';
  import { OssResumableUpload } from 'oss-resumable-upload/react';
  const root = document.querySelector('#root');
  createRoot(root).render(createElement(OssResumableUpload, JSON.parse(root.dataset.props)));
`;

/** A site's build by name. */
export const bundlers = {
  react: () => bundleWithEsbuild(reactPage, true),
  esbuild: () => bundleWithEsbuild(page, true),
  'esbuild-single-file': () => bundleWithEsbuild(page, false),
  rollup: bundleWithRollup,
} satisfies Record<string, () => Promise<Bundle>>;

export type Bundler = keyof typeof bundlers;

async function bundleWithEsbuild(contents: string, splitting: boolean): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: 'page.js' },
    bundle: true,
    splitting,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: '/',
    entryNames: 'page',
    write: false,
  });
  return new Map(outputFiles.map(({ path, contents: file }) => [path.slice(1), file]));
}

async function bundleWithRollup(): Promise<Bundle> {
  // Most test files need no bundle of Rollup, which takes long to load.
  const [{ rollup }, { nodeResolve }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
  ]);
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'page' ? id : null),
    load: (id: string) => (id === 'page' ? page : null),
  };
  const bundle = await rollup({
    input: 'page',
    // Like a site, which resolves the name of the package.
    plugins: [entry, nodeResolve({ browser: true, rootDir: root, exportConditions: ['production'] })],
    context: 'globalThis',
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}

/** Returns an import map of the dependencies, which are served as they are installed. */
export async function createImportMap(): Promise<string> {
  const packages = ['lit', 'lit-html', 'lit-element', '@lit/reactive-element'];
  const imports = await Promise.all(packages.map(importsOf));
  return JSON.stringify({ imports: Object.assign({}, ...imports) as Record<string, string> });
}

async function importsOf(name: string): Promise<Record<string, string>> {
  const folder = `node_modules/${name}/`;
  const { main } = JSON.parse(await readFile(`${root}${folder}package.json`, 'utf8')) as { main: string };
  return { [name]: `/${folder}${main}`, [`${name}/`]: `/${folder}` };
}
