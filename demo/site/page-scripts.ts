// Makes what a browser loads of the TypeScript in demo/pages: one module a page, bundled anew at each request.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('../pages/', import.meta.url));

/** @returns the module's text, or `undefined` where there is no such page script */
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
