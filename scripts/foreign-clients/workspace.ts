// A temporary folder for packages, programs and files, and the processes that run in it.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Time limits in milliseconds. */
const MAX_COMMAND_TIME = 60_000;
const MAX_INSTALL_TIME = 600_000;

/** A client that isn't on this machine. The message says how to install it. */
export class NotInstalled extends Error {}

export class Workspace {
  readonly path: string;
  readonly #signal: AbortSignal;

  constructor(path: string, signal: AbortSignal) {
    this.path = path;
    this.#signal = signal;
  }

  /** @param signal Ends all processes. */
  static async create(signal: AbortSignal): Promise<Workspace> {
    return new Workspace(await mkdtemp(join(tmpdir(), 'foreign-clients-')), signal);
  }

  async remove(): Promise<void> {
    // Go's caches are read-only.
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Creates a folder. */
  async folder(name: string): Promise<string> {
    const path = join(this.path, name);
    await mkdir(path, { recursive: true });
    return path;
  }

  /**
   * Installs packages without running their scripts.
   * @param packages Names with exact versions, such as `ali-oss@6.23.0`.
   * @returns The folder that contains `node_modules`.
   * @throws {NotInstalled} If npm fails.
   */
  async installPackages(packages: readonly string[]): Promise<string> {
    const prefix = await this.folder(join('npm', packages[0]!.replaceAll('/', '+')));
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    try {
      await this.run('npm', ['install', ...options, '--prefix', prefix, ...packages], {
        timeout: MAX_INSTALL_TIME,
      });
    } catch {
      throw new NotInstalled(`npm install ${packages.join(' ')}`);
    }
    return prefix;
  }

  /**
   * Runs a program to its end and returns its standard output.
   * @throws If it can't be started, takes too long or exits with another code than 0.
   */
  async run(
    file: string,
    args: readonly string[],
    options: { env?: NodeJS.ProcessEnv; timeout?: number } = {},
  ): Promise<string> {
    const { stdout } = await execute(file, args, {
      cwd: this.path,
      env: { ...environment(), ...options.env },
      timeout: options.timeout ?? MAX_COMMAND_TIME,
      killSignal: 'SIGKILL',
      signal: this.#signal,
      maxBuffer: 16 * 1024 ** 2,
    });
    return stdout;
  }
}

/** Returns the environment without proxies and credentials, which clients read. */
function environment(): NodeJS.ProcessEnv {
  const isRead = /^(?:\w+_proxy|OSS_\w+|ALIBABA_?CLOUD_\w+|ALICLOUD_\w+|ALIYUN_\w+)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isRead.test(name)));
}
