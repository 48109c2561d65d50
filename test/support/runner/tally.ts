// How a test runner, a process of its own, tells its counts to the one that started it.

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const variable = 'TEST_TALLY_FILE';

/** @returns the file that the runner writes its {@link Tally} to as JSON, if anyone wants to know */
export function tallyFile(): string | undefined {
  return process.env[variable];
}

export function tallyEnvironment(file: string): Record<string, string> {
  return { [variable]: file };
}
