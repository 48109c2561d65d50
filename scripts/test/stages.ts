// The stages of `npm test`: checks, which are single commands, and test runs.
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

/** `npm run test:faults` runs 1,000 schedules and 50 kills per browser; `npm test` runs fewer to save time. */
const faultArguments: Record<BrowserName, string[]> = {
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
  check(
    'layers and import cycles',
    bin('depcruise', 'src', 'dev', 'demo', 'scripts', 'test', '--config', '.dependency-cruiser.mjs'),
  ),
  check('types', bin('tsc', '-p', 'tsconfig.json')),
  check('types of the core without the DOM', bin('tsc', '-p', 'tsconfig.core.json')),
  check('types in templates', ['npm', 'run', '--silent', 'lint:templates']),
  check('format', bin('prettier', '--check', '--log-level', 'warn', '.')),
  check('generated documents', bin('tsx', 'scripts/manifest.ts', '--check')),
  check('unused files, exports and dependencies', bin('knip')),
  // These come last: the build has ended by then, and none of them has to wait.
  checkAfterBuild('bundle sizes', bin('tsx', 'scripts/report-sizes.ts', '--check')),
  checkAfterBuild('published files and exports', ['npm', 'run', '--silent', 'lint:package']),
  // attw packs the package itself. Without --ignore-scripts, that would rebuild while other checks read the files.
  checkAfterBuild('types of the published package', [
    ...['npm', '--ignore-scripts', 'run', '--silent', 'lint:package-types'],
  ]),
];

/** The longest ones come first, so that they don't run alone at the end. */
export const testRuns: Stage[] = [
  ...browserRuns('e2e', 'end-to-end tests', () => nodeTestCommand('test/e2e', '--test-concurrency=1')),
  ...browserRuns('unit', 'unit tests', () => bin('web-test-runner')),
  ...browserRuns('faults', 'fault schedules and kills', (name) =>
    bin('tsx', 'test/faults/main.ts', ...faultArguments[name]),
  ),
  nodeRun('e2e', 'theme tests in Chromium', 'test/themes'),
  nodeRun('node', 'Node tests', 'test/node'),
  nodeRun('emulator', 'OSS emulator tests', 'test/oss-emulator'),
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
  return { name, group, run: async () => runTests(nodeTestCommand(folder)) };
}

function nodeTestCommand(folder: string, ...options: string[]): string[] {
  return [
    ...['node', '--import', 'tsx', '--test', '--test-timeout=300000', ...options],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[
      '--test-reporter=./test/support/runner/node-counts-reporter.mjs',
      '--test-reporter-destination=stderr',
    ],
    ...findTestFiles(folder),
  ];
}

function findTestFiles(folder: string): string[] {
  // Node 20 doesn't support glob patterns for tests.
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const tests = files.filter((file) => file.endsWith('.test.ts')).sort();
  if (tests.length === 0) throw new Error(`${folder} contains no tests.`);
  return tests.map((file) => `${folder}/${file}`);
}

function browserRuns(group: Group, label: string, command: (name: BrowserName) => string[]): Stage[] {
  return (['firefox', 'chromium'] as const).map((name) => ({
    name: `${label} in ${labels[name]}`,
    group,
    async run() {
      const browser = await findBrowser(name);
      if (!browser) {
        // Chromium is required, Firefox is optional.
        return {
          passed: 0,
          failed: name === 'chromium' ? 1 : 0,
          skipped: 0,
          notes: `Skipped. ${missingBrowser[name]}`,
        };
      }
      if (!announced.has(name))
        console.log(`${await browserVersion(browser)} (${browser.origin}: ${browser.executablePath})`);
      announced.add(name);
      return runTests(command(name), { BROWSER: name });
    },
  }));
}
