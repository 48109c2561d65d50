// Bundles what `tsc` compiled to lib/: the lean SDK chunk, the React wrapper, the worker, one ES module, one classic
// script.
import { existsSync, readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import license from 'rollup-plugin-license';
import slimSdk from './rollup.slim-sdk.mjs';

const name = 'oss-resumable-upload';
const worker = { source: 'crc64-worker.js', file: `${name}.crc64-worker.js` };

/** Hands the source maps of `tsc` on, so that a debugger shows the TypeScript. */
const compiledSourceMaps = {
  name: 'compiled-source-maps',
  load(id) {
    if (!existsSync(`${id}.map`)) return null;
    return { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') };
  },
};

/** Replaces what matches, which some module has to hold. */
const replace = (pattern, replacement) => {
  let isReplaced = false;
  return {
    name: 'replace',
    transform(code) {
      const replaced = code.replaceAll(pattern, () => replacement);
      if (replaced === code) return null;
      isReplaced = true;
      return { code: replaced, map: null };
    },
    buildEnd(error) {
      if (!error && !isReplaced) this.error(`No module holds \`${pattern}\`.`);
    },
  };
};

/** The compiled worker is not beside a bundle. */
const workerUrl = (replacement) => replace(`new URL('./${worker.source}', import.meta.url)`, replacement);
/** A file of its own would belie "one classic script", and a Blob URL asks for `worker-src blob:` in a strict CSP. */
const noWorker = `(() => { throw new Error('The classic script has no worker.'); })()`;

/** The other languages would add 22 kB to the classic script, gzipped: a page registers those that it speaks. */
const fewLocales = replace(/^.*\bimport\('\.\/locales\/(?!zh-hans\b)[\w-]+\.js'\).*\n/gm, '');

/** Licences ask that their text goes along with the code. One for all bundles: it gathers what any of them takes in. */
const licenceTexts = license({
  thirdParty: {
    output: ['lib', 'dist'].map((folder) => ({
      file: `${folder}/third-party-licenses.txt`,
      template: (dependencies) =>
        dependencies
          .map(({ name, version, license, licenseText }) =>
            `${name} ${version} (${license})\n\n${licenseText ?? ''}`.trimEnd(),
          )
          .sort()
          .join(`\n\n${'-'.repeat(80)}\n\n`),
    })),
  },
});

const plugins = [
  licenceTexts,
  compiledSourceMaps,
  nodeResolve({ browser: true, exportConditions: ['production'] }),
];
const output = {
  sourcemap: true,
  // `module` is left to the format: set for all, it would take the global from the classic script.
  plugins: [terser({ ecma: 2021, format: { comments: /^!|@license/ } })],
};
// The decorator helpers that `tsc` emits ask for `this` at the top of a module.
const context = 'globalThis';

/**
 * Takes in @lit/react, 1.4 kB: as a dependency it would bring React's types to every page, React or not.
 * In place, since Rollup has read the file before it writes.
 */
const reactWrapper = {
  input: 'lib/frameworks/react.js',
  external: ['react', '../index.js'],
  plugins,
  output: {
    file: 'lib/frameworks/react.js',
    format: 'es',
    sourcemap: true,
    // Where components render on a server first, this one is told to belong to the browser.
    banner: "'use client';",
  },
};

export default [
  { ...slimSdk, plugins: [licenceTexts, ...slimSdk.plugins] },
  reactWrapper,
  {
    input: `lib/adapters/browser/${worker.source}`,
    plugins,
    output: { ...output, file: `dist/${worker.file}`, format: 'es' },
  },
  {
    input: { [name]: 'lib/index.js' },
    context,
    plugins: [...plugins, workerUrl(`new URL('./${worker.file}', import.meta.url)`)],
    output: { ...output, dir: 'dist', format: 'es', chunkFileNames: `${name}.[name].js` },
  },
  {
    input: 'lib/index.js',
    context,
    plugins: [...plugins, workerUrl(noWorker), fewLocales],
    output: {
      ...output,
      file: `dist/${name}.iife.js`,
      format: 'iife',
      name: 'OssResumableUpload',
      inlineDynamicImports: true,
    },
  },
];
