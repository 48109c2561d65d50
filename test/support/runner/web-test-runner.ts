// Configuration of Web Test Runner for one browser.
import { writeFile } from 'node:fs/promises';
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
import { responsesMiddleware } from './responses-middleware.js';
import { commonJsPlugin } from './commonjs-plugin.js';
import { localOss } from './local-oss-plugin.js';
import { countsFile, type TestCounts } from './test-counts.js';
import { typescriptMiddleware } from './typescript-middleware.js';
import { untrustedServerPlugin } from './untrusted-server-plugin.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function browserTestConfig(name: BrowserName): Promise<TestRunnerConfig> {
  const command = await findBrowser(name);
  const oss = localOss();
  if (!command) throw new Error(missingBrowser[name]);
  return {
    rootDir: root,
    files: ['test/**/*.test.ts', '!test/{e2e,node,oss-emulator,support,themes}/**'],
    nodeResolve: true,
    middleware: [responsesMiddleware(), oss.middleware, typescriptMiddleware(root)],
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
