// Names of the files in dist/.
import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
export const { version } = JSON.parse(manifest) as { version: string };

/** Returns the path of a file that others import. */
export function distPath(name: string): string {
  return `/dist/oss-resumable-upload.${name}-${version}.js`;
}
