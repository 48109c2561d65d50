// Bundles the test pages with esbuild: the engine from its sources, the SDK as a separate chunk, the workers as files.
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The sources import the SDK as a neighbor, but it is built into lib/. */
const builtSdk: Plugin = {
  name: 'built-sdk',
  setup({ onResolve }) {
    onResolve({ filter: /\/slim-sdk\.js$/ }, () => ({ path: `${root}lib/slim-sdk.js` }));
  },
};

/** The source of each script by file name. */
export type Scripts = ReadonlyMap<string, string>;

export async function bundleScripts(...pages: string[]): Promise<Scripts> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [
      'src/adapters/browser/crc64-worker.ts',
      ...pages.map((page) => `test/faults/page/${page}.ts`),
    ],
    outdir: 'scripts',
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    plugins: [builtSdk],
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), text]));
}
