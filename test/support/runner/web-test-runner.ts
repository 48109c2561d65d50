// Configuration of Web Test Runner for one browser.
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  defaultReporter,
  type Reporter,
  type TestRunnerConfig,
  type TestSuiteResult,
} from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { findBrowser, launchOptions, missingBrowser, type BrowserName } from '../browsers.js';
import { bundlesMiddleware } from './bundles.js';
import { responsesMiddleware } from './responses-middleware.js';
import { commonJsPlugin, commonJsUrl } from './commonjs-plugin.js';
import { localOss } from './local-oss-plugin.js';
import { countsFile, type TestCounts } from './test-counts.js';
import { typescriptMiddleware } from './typescript-middleware.js';
import { untrustedServerPlugin } from './untrusted-server-plugin.js';

/** Folders of tests that don't run in a page. */
const otherFolders = ['e2e', 'node', 'oss-emulator', 'support', 'themes'];
/**
 * Folders of tests that a browser leaves out. The core compiles without the DOM, so its own tests run in Chromium only. Firefox
 * runs the core in all other tests of the engine and the element.
 */
const leftOut: Record<BrowserName, string[]> = { chromium: [], firefox: ['core'] };
/** This test is about the modules that a page requests. */
const unbundledTests = ['test/element/locales.test.ts'];
/** What bundles don't contain, see {@link commonJsPlugin} and {@link typescriptMiddleware}. */
const separate = {
  react: commonJsUrl,
  'react-dom/client': commonJsUrl,
  'src/slim-sdk.js': '/src/slim-sdk.js',
  // A script, which defines a global variable.
  'ali-oss/dist/aliyun-oss-sdk.min.js': '/node_modules/ali-oss/dist/aliyun-oss-sdk.min.js',
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function browserTestConfig(name: BrowserName): Promise<TestRunnerConfig> {
  const command = await findBrowser(name);
  const oss = localOss();
  if (!command) throw new Error(missingBrowser[name]);
  return {
    rootDir: root,
    files: ['test/**/*.test.ts', `!test/{${[...otherFolders, ...leftOut[name]].join(',')}}/**`],
    nodeResolve: true,
    middleware: [
      responsesMiddleware(),
      oss.middleware,
      // Watch mode has to know which files a page requests.
      ...(process.argv.includes('--watch')
        ? []
        : [bundlesMiddleware({ root, files: bundledTests(), separate })]),
      typescriptMiddleware(root),
    ],
    plugins: [
      esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}/tsconfig.json` }),
      commonJsPlugin(['react', 'react-dom/client'], root),
      oss.plugin,
      untrustedServerPlugin(),
    ],
    browsers: [
      chromeLauncher({
        puppeteer,
        launchOptions: launchOptions(command),
        // Over WebDriver BiDi, parallel pages in one Firefox interfere with each other.
        ...(name === 'firefox' && { concurrency: 1 }),
      }),
    ],
    staticLogging: !process.stdout.isTTY,
    testFramework: { config: { timeout: 20_000 } },
    testsFinishTimeout: 180_000,
    // The tests run Lit in development mode for its checks. It logs a warning about that in every page.
    filterBrowserLogs: ({ args }) => !args.some((text) => String(text).includes('Lit is in dev mode')),
    reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY }), countsReporter()],
  };
}

function bundledTests(): string[] {
  return readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !otherFolders.includes(file.split(sep)[0] ?? ''))
    .map((file) => `test/${file.replaceAll(sep, '/')}`)
    .filter((file) => !unbundledTests.includes(file));
}

/** Writes the counts for the process that started the runner. */
function countsReporter(): Reporter {
  return {
    async stop({ sessions }) {
      const file = countsFile();
      if (!file) return;
      const counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, passed, errors } of sessions) {
        const failedBefore = counts.failed;
        if (testResults) addCounts(testResults, counts);
        // The file threw outside its tests, or has no tests.
        if (counts.failed === failedBefore && (!passed || errors.length > 0)) counts.failed++;
      }
      await writeFile(file, JSON.stringify(counts));
    },
  };
}

function addCounts({ tests, suites }: TestSuiteResult, counts: TestCounts): void {
  for (const { skipped, passed } of tests) counts[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const suite of suites) addCounts(suite, counts);
}
