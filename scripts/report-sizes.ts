// Tells what the bundles weigh on the wire, so that growth is seen at every build.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folders = ['dist', 'lib'];
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

console.log(`${'bundle'.padEnd(44)}${'min'.padStart(10)}${'gzip'.padStart(10)}${'brotli'.padStart(10)}`);
for (const folder of folders) {
  for (const name of (await readdir(folder)).sort()) {
    const isBundle = name.endsWith('.js') && (folder === 'dist' || name === 'slim-sdk.js');
    if (!isBundle) continue;
    const code = await readFile(join(folder, name));
    const sizes = [code.length, gzipSync(code, { level: 9 }).length, brotliCompressSync(code).length];
    console.log(join(folder, name).padEnd(44) + sizes.map(kB).join(''));
  }
}
