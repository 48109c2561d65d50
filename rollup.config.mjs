// Bundles what `tsc` compiled to lib/: the lean SDK chunk, one ES module, one classic script.
import { existsSync, readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import leanSdk from './rollup.lean-sdk.mjs';

// The decorator helpers that `tsc` emits ask for `this` at the top of a module.
const context = 'globalThis';
/** Hands the source maps of `tsc` on, so that a debugger shows the TypeScript. */
const compiledSourceMaps = {
  name: 'compiled-source-maps',
  load(id) {
    if (!existsSync(`${id}.map`)) return null;
    return { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') };
  },
};

const plugins = [compiledSourceMaps, nodeResolve({ browser: true, exportConditions: ['production'] })];
const minify = terser({ ecma: 2021, module: true, format: { comments: /^!|@license/ } });

export default [
  leanSdk,
  {
    input: { 'oss-resumable-upload': 'lib/index.js' },
    context,
    plugins,
    output: {
      dir: 'dist',
      format: 'es',
      chunkFileNames: 'oss-resumable-upload.[name].js',
      sourcemap: true,
      plugins: [minify],
    },
  },
  {
    input: 'lib/index.js',
    context,
    plugins,
    output: {
      file: 'dist/oss-resumable-upload.iife.js',
      format: 'iife',
      name: 'OssResumableUpload',
      inlineDynamicImports: true,
      sourcemap: true,
      plugins: [minify],
    },
  },
];
