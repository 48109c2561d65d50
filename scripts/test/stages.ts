// What `npm test` consists of: the checks, each one command, and the runs of tests.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BrowserCommand,
  type BrowserName,
  browserVersion,
  findBrowser,
  missingBrowser,
} from '../../test/support/browsers.js';
import { runCheck, runTests } from './commands.js';
import type { Group, Stage } from './stage.js';

const bin = (name: string, ...args: string[]): string[] => [join('node_modules', '.bin', name), ...args];

export const checks: Stage[] = [
  {
    ...check('build', ['node', 'scripts/bootstrap.mjs', 'build']),
    neededBy: ['unit', 'e2e'],
  },
  check('lint', bin('eslint', '.')),
  check('types', bin('tsc', '-p', 'tsconfig.json')),
  check('types of the core without a DOM', bin('tsc', '-p', 'tsconfig.core.json')),
  check('types in templates', bin('lit-analyzer', 'src/**/*.ts', '--strict')),
  check('format', bin('prettier', '--check', '--log-level', 'warn', '.')),
  check('generated documents', bin('tsx', 'scripts/manifest.ts', '--check')),
];

export async function testRuns(): Promise<Stage[]> {
  const chromium = await browser('chromium');
  const firefox = await browser('firefox');
  return [
    nodeRun('node', 'tests in Node', 'test/node'),
    nodeRun('server', 'tests of the local OSS', 'test/server'),
    ...[chromium, firefox].map((found) =>
      browserRun('unit', `tests in ${found.label}`, found, (env) => runTests(bin('web-test-runner'), env)),
    ),
    ...[chromium, firefox].map((found) =>
      browserRun('e2e', `end to end in ${found.label}`, found, (env) =>
        runTests(nodeTest('test/e2e', '--test-concurrency=1'), env),
      ),
    ),
  ];
}

function check(name: string, command: string[]): Stage {
  return { name, group: 'checks', run: () => runCheck(command) };
}

function nodeRun(group: Group, name: string, folder: string): Stage {
  return { name, group, run: () => runTests(nodeTest(folder)) };
}

function nodeTest(folder: string, ...options: string[]): string[] {
  return [
    ...['node', '--import', 'tsx', '--test', '--test-timeout=300000', ...options],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/support/runner/node-tally.ts', '--test-reporter-destination=stderr'],
    ...testFiles(folder),
  ];
}

function testFiles(folder: string): string[] {
  // Node 20 knows no patterns, and without a name its runner would take every test there is.
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const tests = files.filter((file) => file.endsWith('.test.ts')).sort();
  if (tests.length === 0) throw new Error(`There is no test in ${folder}.`);
  return tests.map((file) => `${folder}/${file}`);
}

interface FoundBrowser {
  name: BrowserName;
  label: string;
  command: BrowserCommand | undefined;
  problem?: string;
}

async function browser(name: BrowserName): Promise<FoundBrowser> {
  const label = name === 'firefox' ? 'Firefox' : 'Chromium';
  try {
    const command = await findBrowser(name);
    if (!command) return { name, label, command, problem: missingBrowser[name] };
    console.log(`${label}: ${await browserVersion(command)} (${command.origin}: ${command.executablePath})`);
    return { name, label, command };
  } catch (error) {
    return { name, label, command: undefined, problem: String(error) };
  }
}

function browserRun(
  group: Group,
  name: string,
  found: FoundBrowser,
  run: (env: Record<string, string>) => ReturnType<Stage['run']>,
): Stage {
  return {
    name,
    group,
    async run() {
      if (found.command) return run({ BROWSER: found.name });
      // Chromium is always to be had; a second browser is welcome where it is.
      const failed = found.name === 'chromium' ? 1 : 0;
      return { passed: 0, failed, skipped: 0, notes: `Not run. ${found.problem}` };
    },
  };
}
