// What `npm test` consists of: the checks, each one command, and the runs of tests.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BrowserName,
  browserVersion,
  findBrowser,
  missingBrowser,
} from '../../test/support/browsers.js';
import { runCheck, runTests } from './commands.js';
import type { Group, Outcome, Stage } from './stage.js';

const labels: Record<BrowserName, string> = { chromium: 'Chromium', firefox: 'Firefox' };
const announced = new Set<BrowserName>();

/** A share of what `npm run test:faults` carries out: a fifth, and less where that takes long. */
const faultShares: Record<BrowserName, string[]> = {
  chromium: ['--runs', '200', '--kills', '10'],
  firefox: ['--runs', '100', '--kills', '5'],
};

const bin = (name: string, ...args: string[]): string[] => [join('node_modules', '.bin', name), ...args];

let buildOutcome: Promise<Outcome> | undefined;
/** Builds at most once, however many stages wait for it. */
const build = (): Promise<Outcome> => (buildOutcome ??= runCheck(['node', 'scripts/bootstrap.mjs', 'build']));

export const checks: Stage[] = [
  { name: 'build', group: 'checks', neededBy: ['node', 'unit', 'e2e', 'faults'], run: build },
  check('lint', bin('eslint', '.')),
  check('layers and import cycles', bin('depcruise', 'src', '--config', '.dependency-cruiser.mjs')),
  check('types', bin('tsc', '-p', 'tsconfig.json')),
  check('types of the core without a DOM', bin('tsc', '-p', 'tsconfig.core.json')),
  check('types in templates', ['npm', 'run', '--silent', 'lint:templates']),
  check('format', bin('prettier', '--check', '--log-level', 'warn', '.')),
  check('generated documents', bin('tsx', 'scripts/manifest.ts', '--check')),
  check('unused files, exports and dependencies', bin('knip')),
  // These come last: the build has ended by then, and none of them has to wait.
  checkAfterBuild('bundle sizes', bin('tsx', 'scripts/report-sizes.ts', '--check')),
  checkAfterBuild('published files and exports', ['npm', 'run', '--silent', 'lint:package']),
  // attw packs the package by itself. Without --ignore-scripts, that would build again under the other checks.
  checkAfterBuild('types of the published package', [
    ...['npm', '--ignore-scripts', 'run', '--silent', 'lint:package-types'],
  ]),
];

export const testRuns: Stage[] = [
  nodeRun('node', 'tests in Node', 'test/node'),
  nodeRun('emulator', 'tests of the OSS emulator', 'test/oss-emulator'),
  ...browserRuns('unit', 'tests', () => bin('web-test-runner')),
  ...browserRuns('e2e', 'end to end', () => nodeTest('test/e2e', '--test-concurrency=1')),
  ...browserRuns('faults', 'schedules of faults and kills', (name) =>
    bin('tsx', 'test/faults/main.ts', ...faultShares[name]),
  ),
];

function check(name: string, command: string[]): Stage {
  return { name, group: 'checks', run: () => runCheck(command) };
}

/** A check that reads lib/ or dist/. */
function checkAfterBuild(name: string, command: string[]): Stage {
  return {
    name,
    group: 'checks',
    async run() {
      const { failed } = await build();
      return failed > 0
        ? { passed: 0, failed: 1, skipped: 0, notes: 'Not run: the build failed.' }
        : runCheck(command);
    },
  };
}

function nodeRun(group: Group, name: string, folder: string): Stage {
  return { name, group, run: async () => runTests(nodeTest(folder)) };
}

function nodeTest(folder: string, ...options: string[]): string[] {
  return [
    ...['node', '--import', 'tsx', '--test', '--test-timeout=300000', ...options],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./test/support/runner/node-tally.mjs', '--test-reporter-destination=stderr'],
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

function browserRuns(group: Group, what: string, command: (name: BrowserName) => string[]): Stage[] {
  return (['chromium', 'firefox'] as const).map((name) => ({
    name: `${what} in ${labels[name]}`,
    group,
    async run() {
      const browser = await findBrowser(name);
      if (!browser) {
        // A Chromium is always to be had; a second browser is welcome where it is.
        return {
          passed: 0,
          failed: name === 'chromium' ? 1 : 0,
          skipped: 0,
          notes: `Not run. ${missingBrowser[name]}`,
        };
      }
      if (!announced.has(name))
        console.log(`${await browserVersion(browser)} (${browser.origin}: ${browser.executablePath})`);
      announced.add(name);
      return runTests(command(name), { BROWSER: name });
    },
  }));
}
