// Configuration of Web Test Runner, for example for `npx web-test-runner --files test/core/retry.test.ts`.
import { tsImport } from 'tsx/esm/api';

const { browserTestConfig } = await tsImport('./test/support/runner/web-test-runner.ts', import.meta.url);

export default await browserTestConfig(process.env.BROWSER === 'firefox' ? 'firefox' : 'chromium');
