// Installs the dependencies and builds the package if needed, then starts a command.
// Plain JavaScript without imports from npm, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const minimumNode = 20;

/** Everything that the build reads, and the last file that it writes. */
const buildInputs = [
  'src',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'rollup.config.mjs',
  'rollup.slim-sdk.mjs',
];
const buildOutput = 'dist/oss-resumable-upload.iife.js';

function main([command, ...args]) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < minimumNode) {
    fail(
      `This project needs Node ${minimumNode} or newer. The installed version is ${process.versions.node}.`,
    );
  }
  switch (command) {
    case 'start':
      installIfNeeded();
      buildIfNeeded();
      return runTypeScript('demo/start.ts', args);
    case 'test':
      installIfNeeded();
      return runTypeScript('scripts/test.ts', args);
    case 'build':
      installIfNeeded();
      return buildIfNeeded();
    default:
      return fail('Usage: node scripts/bootstrap.mjs start|test|build [arguments]');
  }
}

function installIfNeeded() {
  if (isInstalled()) return;
  console.log('Installing dependencies…');
  npm('ci', '--no-audit', '--no-fund');
}

/** Compares the installed versions with the lock file. File dates are unreliable after a checkout. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json');
  if (!installed) return false;
  const locked = readPackages('package-lock.json');
  return Object.entries(locked).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    const found = installed[path];
    // npm skips optional packages for other platforms.
    return found ? found.version === version : Boolean(optional || peer);
  });
}

function readPackages(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function buildIfNeeded() {
  const output = join(root, buildOutput);
  const builtAt = existsSync(output) ? statSync(output).mtimeMs : 0;
  if (buildInputs.some((input) => latestChange(input) > builtAt)) npm('run', 'build');
}

/** Returns when a file, or anything in a folder, last changed. The date of a folder reflects deleted files. */
function latestChange(path) {
  const inside = statSync(join(root, path)).isDirectory()
    ? readdirSync(join(root, path), { recursive: true }).map((name) => join(path, name))
    : [];
  return Math.max(...[path, ...inside].map((file) => statSync(join(root, file)).mtimeMs));
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  // If this script was started without npm, the shell finds `npm`, or `npm.cmd` on Windows.
  const { status } = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync(`npm ${args.join(' ')}`, { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) fail(`\`npm ${args.join(' ')}\` failed.`);
}

/** Runs a TypeScript file, forwards signals to it, and exits with its code. */
function runTypeScript(file, args) {
  const command = ['node_modules/tsx/dist/cli.mjs', file, ...args];
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main(process.argv.slice(2));
