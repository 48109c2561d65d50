// Unpacks the Chromium that the npm package @sparticuz/chromium carries, with the libraries and the font that a
// bare Linux lacks. Its own API is left alone: it would take any `chromium` in the temporary folder, and its flags
// switch off CORS.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

export interface PackagedChromium {
  executablePath: string;
  env: { LD_LIBRARY_PATH: string; FONTCONFIG_FILE: string };
}

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** @returns undefined where the package is missing or has no build for this platform */
export async function inflatePackagedChromium(): Promise<PackagedChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const packageFolder = findPackage();
  if (!packageFolder) return undefined;

  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(root, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await inflate(join(packageFolder, 'bin'), folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

function findPackage(): string | undefined {
  try {
    // The entry is build/cjs/index.cjs or build/esm/index.js.
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return join(dirname(entry), '../..');
  } catch {
    return undefined;
  }
}

/** Unpacks beside the folder and renames, so that a broken attempt is never taken for a browser. */
async function inflate(packed: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    const unpack = (name: string, to: string, mode?: number): Promise<void> =>
      pipeline(
        createReadStream(join(packed, `${name}.br`)),
        createBrotliDecompress(),
        createWriteStream(join(draft, to), { mode }),
      );
    await unpack('chromium', 'chromium', 0o755);
    for (const archive of ['al2023.tar', 'fonts.tar']) {
      await unpack(archive, archive);
      await execute('tar', ['--extract', '--no-same-owner', '--file', archive], { cwd: draft });
      await rm(join(draft, archive));
    }
    await writeFile(join(draft, 'fonts.conf'), fontconfig(folder));
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}

/** Without it a bare Linux has no font at all, and every text is 0 px wide. */
function fontconfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fontconfig')}</cachedir>
</fontconfig>
`;
}
