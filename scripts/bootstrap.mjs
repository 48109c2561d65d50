// Prepares a bare clone (dependencies, build) and starts a command in it.
// Plain JavaScript that uses Node alone, since it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;

/** What the build is made from, and the last file that it writes. */
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
  if (major < oldestNode) {
    fail(`This project needs Node ${oldestNode} or newer, and this is Node ${process.versions.node}.`);
  }
  switch (command) {
    case 'start':
      install();
      build();
      return hand(['node_modules/tsx/dist/cli.mjs', 'demo/start.ts', ...args]);
    case 'test':
      install();
      return hand(['node_modules/tsx/dist/cli.mjs', 'scripts/test.ts', ...args]);
    case 'build':
      install();
      return build();
    default:
      return fail('Usage: node scripts/bootstrap.mjs start|test|build [arguments]');
  }
}

function install() {
  if (isInstalled()) return;
  console.log('Installing the dependencies …');
  npm('ci', '--no-audit', '--no-fund');
}

/** Compares what npm put into node_modules with the lock file: dates would lie after a checkout. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json');
  if (!installed) return false;
  const wanted = readPackages('package-lock.json');
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are for other platforms where they are missing.
    return found ? found.version === version : Boolean(optional || peer);
  });
}

function readPackages(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function build() {
  if (isBuildStale()) npm('run', 'build');
}

function isBuildStale() {
  const output = join(root, buildOutput);
  return (
    !existsSync(output) || newest(buildInputs.map((path) => join(root, path))) > statSync(output).mtimeMs
  );
}

function newest(paths) {
  let time = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stats = statSync(path);
    const inside = stats.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    // A folder's own date tells of files that were removed.
    time = Math.max(time, stats.mtimeMs, inside);
  }
  return time;
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  // Without npm's own path (started by hand) the shell finds `npm`, `npm.cmd` on Windows.
  const { status } = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync(`npm ${args.join(' ')}`, { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) fail(`\`npm ${args.join(' ')}\` failed.`);
}

/** Hands the terminal, the signals and the exit code over to the command proper. */
function hand(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main(process.argv.slice(2));
