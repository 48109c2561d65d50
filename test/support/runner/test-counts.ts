// A test runner is a separate process: it writes its counts to a file, as JSON, for the process that started it.

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

const variable = 'TEST_COUNTS_FILE';

/** Returns the file that the runner must write its {@link TestCounts} to, if any. */
export function countsFile(): string | undefined {
  return process.env[variable];
}

/** Returns the environment variables that make a runner write its counts to this file. */
export function countsEnvironment(file: string): Record<string, string> {
  return { [variable]: file };
}
