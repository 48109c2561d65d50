// A project that has installed the packed package, and the tools that build or run it.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Time limits in milliseconds. */
const MAX_COMMAND_TIME = 600_000;

/** Packs the package as npm publishes it. @returns the path of the archive */
export async function packPackage(folder: string): Promise<string> {
  // Without scripts: the package has been built already.
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await execute('npm', args, { cwd: root });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(folder, filename);
}

export class Consumer {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Installs the package and, unless an earlier run has done that, the tools. */
  static async create(path: string, tarball: string, packages: readonly string[]): Promise<Consumer> {
    const consumer = new Consumer(path);
    await mkdir(path, { recursive: true });
    await consumer.write('package.json', JSON.stringify({ private: true, type: 'module' }));
    const missing = packages.filter((name) => !existsSync(join(path, 'node_modules', nameOf(name))));
    if (missing.length > 0) {
      const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
      await consumer.run('npm', ['install', ...options, ...packages]);
    }
    const installed = join(path, 'node_modules/oss-resumable-upload');
    await rm(installed, { recursive: true, force: true });
    await mkdir(installed, { recursive: true });
    await consumer.run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    // The versions in the lock file of this project.
    for (const name of [...Object.keys(dependencies), ...LIT_PACKAGES]) {
      const target = join(path, 'node_modules', name);
      if (existsSync(target)) continue;
      await mkdir(dirname(target), { recursive: true });
      await cp(join(root, 'node_modules', name), target, { recursive: true });
    }
    return consumer;
  }

  /** @param name of an installed package, by default one of this project */
  async versionOf(name: string): Promise<string> {
    const own = join(this.path, 'node_modules', name, 'package.json');
    const manifest = existsSync(own) ? own : join(root, 'node_modules', name, 'package.json');
    return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
  }

  async write(name: string, content: string): Promise<void> {
    const path = join(this.path, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  /** Runs a command to its end, with the installed tools in the path. @throws if it fails */
  async run(file: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execute(file, args, {
      cwd: this.path,
      env: environment(this.path),
      timeout: MAX_COMMAND_TIME,
      maxBuffer: 64 * 1024 ** 2,
    });
    return stdout;
  }

  /** Starts a server, and waits until it has printed its URL. */
  async serve(file: string, args: readonly string[]): Promise<{ url: string; close: () => void }> {
    const child = spawn(file, args, { cwd: this.path, env: environment(this.path), detached: true });
    // The server may have started others.
    const close = () => void process.kill(-child.pid!);
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      const onOutput = (text: Buffer) => {
        output += text.toString();
        const [found] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(output) ?? [];
        if (found) resolve(found);
      };
      child.stdout.on('data', onOutput);
      child.stderr.on('data', onOutput);
      child.on('error', reject);
      child.on('exit', () => reject(new Error(`${file} has ended:\n${output}`)));
    });
    return { url, close };
  }
}

const LIT_PACKAGES = [
  'lit-html',
  'lit-element',
  '@lit/reactive-element',
  '@lit-labs/ssr-dom-shim',
  '@types/trusted-types',
];

/** `@scope/name@1` → `@scope/name` */
function nameOf(specifier: string): string {
  return specifier.replace(/(?<=.)@.*$/, '');
}

function environment(path: string): NodeJS.ProcessEnv {
  const bins = [join(path, 'node_modules/.bin'), join(root, 'node_modules/.bin')];
  return {
    ...process.env,
    PATH: [...bins, process.env['PATH']].join(':'),
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    PARCEL_WORKERS: '1',
  };
}
