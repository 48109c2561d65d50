// The themes in demo/themes.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../demo/themes/', import.meta.url));

/** Returns the name of each theme, without `.css`. */
export async function listThemes(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.css')).map((name) => name.slice(0, -'.css'.length));
}
