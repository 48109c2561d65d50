// Bundles the TypeScript in demo/pages for the browser, on each request.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../pages/', import.meta.url));

/** Returns the bundled module, or `undefined` if there is no page script of this name. */
export async function bundlePageScript(name: string): Promise<string | undefined> {
  const entry = `${folder}${name}.ts`;
  if (!/^[\w-]+$/.test(name) || !existsSync(entry)) return undefined;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    write: false,
  });
  return outputFiles[0]?.text;
}
