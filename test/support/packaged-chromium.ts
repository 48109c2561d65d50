// Unpacks the Chromium of the npm package @sparticuz/chromium, with the libraries and the font that a minimal Linux lacks.
// The package's own API is unsuitable: it uses any `chromium` in the temporary folder, and its flags disable CORS.
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

/** Returns the unpacked browser, or `undefined` if the package is missing or doesn't support this platform. */
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
    // The entry point is build/cjs/index.cjs or build/esm/index.js.
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    return join(dirname(entry), '../..');
  } catch {
    return undefined;
  }
}

/** Unpacks into a temporary folder and renames it, so that an interrupted attempt is never used. */
async function inflate(packed: string, folder: string): Promise<void> {
  const temporaryFolder = `${folder}.${process.pid}`;
  await mkdir(temporaryFolder, { recursive: true });
  try {
    const unpack = (name: string, to: string, mode?: number): Promise<void> =>
      pipeline(
        createReadStream(join(packed, `${name}.br`)),
        createBrotliDecompress(),
        createWriteStream(join(temporaryFolder, to), { mode }),
      );
    await unpack('chromium', 'chromium', 0o755);
    for (const archive of ['al2023.tar', 'fonts.tar']) {
      await unpack(archive, archive);
      await execute('tar', ['--extract', '--no-same-owner', '--file', archive], { cwd: temporaryFolder });
      await rm(join(temporaryFolder, archive));
    }
    await writeFile(join(temporaryFolder, 'fonts.conf'), fontconfig(folder));
    await rename(temporaryFolder, folder);
  } catch (error) {
    await rm(temporaryFolder, { recursive: true, force: true });
    // Ignore the error if another process has created the folder in the meantime.
    if (!existsSync(folder)) throw error;
  }
}

/** A minimal Linux has no fonts, and without a font every text is 0 px wide. */
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
