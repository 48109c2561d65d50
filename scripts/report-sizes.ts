// Prints the size of each bundle and of a page load. With `--check`, fails when one exceeds its limit.
import { readFile, readdir } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bytesByFolder } from './source-bytes.js';

interface Size {
  /** The path without the version. */
  name: string;
  path?: string;
  min: number;
  gzip: number;
  brotli: number;
}

const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
const entry = 'dist/oss-resumable-upload.js';
const pageLoad = 'page load before the first file';
const pageLoadLocalized = 'the same with the largest locale';
const isLocale = (path: string): boolean =>
  /^dist\/oss-resumable-upload\.[a-z]{2}(?:-[a-z]+)?\.js$/.test(path);

/** Upper limits in kB (1,000 bytes) after gzip. To raise one, explain in the commit message what it is needed for. */
const limits: Record<string, number> = {
  [entry]: 0.5,
  'dist/oss-resumable-upload.shell.js': 19.8,
  'dist/oss-resumable-upload.uploads-panel.js': 71,
  'dist/oss-resumable-upload.iife.js': 112.6,
  'dist/oss-resumable-upload.slim-sdk.js': 14.2,
  'dist/oss-resumable-upload.crc64-worker.js': 1.3,
  'dist/oss-resumable-upload.make-thumbnail.js': 4.2,
  'lib/slim-sdk.js': 14.2,
  [pageLoad]: 20,
  [pageLoadLocalized]: 26.1,
};
const localeLimit = 6.2;

const bundles = await listBundles();
const sizes = await Promise.all(bundles.map(measure));
const loaded = await staticImports(entry);
const pageLoads = measurePageLoads(sizes);
print([...sizes, ...pageLoads]);
await printFolders();
if (process.argv.includes('--check')) check([...sizes, ...pageLoads]);

async function listBundles(): Promise<string[]> {
  const names = (await readdir('dist')).filter((name) => name.endsWith('.js')).sort();
  return [...names.map((name) => `dist/${name}`), 'lib/slim-sdk.js'];
}

async function measure(path: string): Promise<Size> {
  const code = await readFile(path);
  return {
    name: path.replace(`-${version}.js`, '.js'),
    path,
    min: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

/** Adds up the entry and its static imports, in English and with the largest locale. The others load when they are needed. */
function measurePageLoads(sizes: Size[]): Size[] {
  const english = sizes.filter(({ path }) => path && loaded.has(path));
  const locales = sizes.filter(({ name }) => isLocale(name)).sort((a, b) => b.gzip - a.gzip);
  return [total(pageLoad, english), total(pageLoadLocalized, [...english, ...locales.slice(0, 1)])];
}

function total(name: string, sizes: Size[]): Size {
  const sum = (key: 'min' | 'gzip' | 'brotli'): number => sizes.reduce((sum, size) => sum + size[key], 0);
  return { name, min: sum('min'), gzip: sum('gzip'), brotli: sum('brotli') };
}

/** Prints where the bytes of a page load come from, before compression. */
async function printFolders(): Promise<void> {
  const folders = new Map<string, number>();
  for (const path of loaded) {
    for (const [folder, bytes] of await bytesByFolder(path)) {
      folders.set(folder, (folders.get(folder) ?? 0) + bytes);
    }
  }
  console.log(`\n${pageLoad}, min`);
  for (const [folder, bytes] of [...folders].sort((a, b) => b[1] - a[1])) {
    console.log(folder.padEnd(44) + kB(bytes).padStart(10));
  }
}

/** @returns the path of the module and of everything that it imports statically, directly or not */
async function staticImports(path: string): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const found = new Set<string>();
  const visit = (module: string): void => {
    if (found.has(module)) return;
    found.add(module);
    for (const { path, kind } of metafile.inputs[module]?.imports ?? []) {
      if (kind === 'import-statement') visit(path);
    }
  };
  visit(path);
  return found;
}

function print(sizes: Size[]): void {
  const columns = ['min', 'gzip', 'brotli'] as const;
  console.log(`${'bundle'.padEnd(44)}${columns.map((column) => column.padStart(10)).join('')}`);
  for (const size of sizes) {
    console.log(size.name.padEnd(44) + columns.map((column) => kB(size[column]).padStart(10)).join(''));
  }
}

function check(sizes: Size[]): void {
  const problems = [
    ...sizes.flatMap(({ name, gzip }) => {
      const limit = limits[name] ?? (isLocale(name) ? localeLimit : undefined);
      if (limit === undefined) return `${name} has no size limit. Add one to scripts/report-sizes.ts.`;
      const excess = gzip - limit * 1000;
      return excess > 0
        ? `${name} is ${kB(gzip)} after gzip: ${Math.ceil(excess)} bytes over its limit of ${limit.toFixed(1)} kB.`
        : [];
    }),
    ...Object.keys(limits)
      .filter((name) => !sizes.some((size) => size.name === name))
      .map((name) => `${name} has a size limit and doesn't exist.`),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
