// Bundles what `tsc` compiled to lib/: the lean SDK chunk, one ES module, one classic script.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import leanSdk from './rollup.lean-sdk.mjs';

const plugins = [nodeResolve({ browser: true, exportConditions: ['production'] })];
const minify = terser({ ecma: 2021, module: true, format: { comments: /^!|@license/ } });

export default [
  leanSdk,
  {
    input: { 'oss-resumable-upload': 'lib/index.js' },
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
