// Configures Web Test Runner for one browser: the tests that run in a page.
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
import { answersMiddleware } from './responses-middleware.js';
import { commonJsPlugin } from './commonjs-plugin.js';
import { localOssPlugin } from './local-oss-plugin.js';
import { type Tally, tallyFile } from './tally.js';
import { typescriptMiddleware } from './typescript-middleware.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function browserTestConfig(name: BrowserName): Promise<TestRunnerConfig> {
  const command = await findBrowser(name);
  if (!command) throw new Error(missingBrowser[name]);
  return {
    rootDir: root,
    files: ['test/**/*.test.ts', '!test/{e2e,node,oss-emulator,support}/**'],
    nodeResolve: true,
    middleware: [answersMiddleware(), typescriptMiddleware(root)],
    plugins: [
      esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}/tsconfig.json` }),
      commonJsPlugin(['react', 'react-dom/client'], root),
      localOssPlugin(),
    ],
    browsers: [
      chromeLauncher({
        puppeteer,
        launchOptions: launchOptions(command),
        // Over WebDriver BiDi the pages of one Firefox get in each other's way.
        ...(name === 'firefox' && { concurrency: 1 }),
      }),
    ],
    staticLogging: !process.stdout.isTTY,
    testFramework: { config: { timeout: 20_000 } },
    testsFinishTimeout: 180_000,
    // Lit says in every page that it runs in development mode, which the tests want for its checks.
    filterBrowserLogs: ({ args }) => !args.some((text) => String(text).includes('Lit is in dev mode')),
    reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY }), tallyReporter()],
  };
}

/** Leaves the counts to whoever started the runner. */
function tallyReporter(): Reporter {
  return {
    async stop({ sessions }) {
      const file = tallyFile();
      if (!file) return;
      const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, passed, errors } of sessions) {
        const before = tally.failed;
        if (testResults) count(testResults, tally);
        // A file that broke outside its tests, or had none.
        if (tally.failed === before && (!passed || errors.length > 0)) tally.failed++;
      }
      await writeFile(file, JSON.stringify(tally));
    },
  };
}

function count({ tests, suites }: TestSuiteResult, tally: Tally): void {
  for (const { skipped, passed } of tests) tally[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  for (const suite of suites) count(suite, tally);
}
