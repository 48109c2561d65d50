// Bundles CommonJS packages into one ES module, so that browsers can import them and all importers share one copy.
import { createRequire } from 'node:module';
import type { TestRunnerPlugin } from '@web/test-runner';
import { build } from 'esbuild';

/** URL of the bundle. */
export const commonJsUrl = '/@commonjs.js';

export function commonJsPlugin(packages: string[], root: string): TestRunnerPlugin {
  const source = reexports(packages, root);
  let module: Promise<string> | undefined;
  return {
    name: 'commonjs',
    resolveImport: ({ source }) => (packages.includes(source) ? commonJsUrl : undefined),
    async serve(context) {
      if (context.path !== commonJsUrl) return undefined;
      return { body: await (module ??= bundle(source, root)), type: 'js' };
    },
  };
}

/** Loads the packages in Node to get their export names. If two packages export the same name, the first one wins. */
function reexports(packages: string[], root: string): string {
  const load = createRequire(`${root}/package.json`);
  const exported = new Set(['default']);
  const lines = packages.map((name) => {
    const names = Object.keys(load(name) as object).filter((key) => !exported.has(key));
    for (const key of names) exported.add(key);
    return `export { ${names.join(', ')} } from '${name}';`;
  });
  return lines.join('\n');
}

async function bundle(source: string, root: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles.map(({ text }) => text).join('');
}
