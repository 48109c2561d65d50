// Runs checks and test runners as child processes, each with a time limit.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestCounts, countsEnvironment } from '../../test/support/runner/test-counts.js';
import type { Outcome } from './stage.js';

/** In milliseconds. */
const timeLimit = 15 * 60_000;
/** How long a process may take to end after SIGTERM, in milliseconds. */
const shutdownTimeout = 5_000;
const usesProcessGroups = process.platform !== 'win32';
const running = new Set<ChildProcess>();
let isInterrupted = false;

/** Runs a check, which counts as one test. Its output is shown only if it fails. */
export async function runCheck(command: string[]): Promise<Outcome> {
  const { code, output } = await run(command);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0, notes: output };
}

/**
 * Runs a test runner, which writes {@link TestCounts}, and prints its output when it has ended. No tests count as a failure.
 */
export async function runTests(command: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-test-'));
  try {
    const file = join(folder, 'counts.json');
    const { code, output } = await run(command, { ...env, ...countsEnvironment(file) });
    console.log(output.trimEnd());
    const counts = await readCounts(file);
    if (!counts) {
      return { passed: 0, failed: 1, skipped: 0, notes: `The test runner ended early (exit code ${code}).` };
    }
    if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, notes: 'No tests were run.' };
    if (code !== 0 && counts.failed === 0) {
      return {
        ...counts,
        failed: 1,
        notes: `The test runner failed (exit code ${code}), although no test failed.`,
      };
    }
    return counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readCounts(file: string): Promise<TestCounts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestCounts;
  } catch {
    return undefined;
  }
}

interface Exit {
  code: number | string;
  output: string;
}

function run(command: string[], env: Record<string, string> = {}): Promise<Exit> {
  // After an interrupt, start nothing new while the running children end.
  if (isInterrupted) return new Promise(() => {});
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A separate process group, so that the browsers and servers of a runner can be ended together with it.
    const child = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: usesProcessGroups,
      shell: process.platform === 'win32',
    });
    running.add(child);
    const timer = setTimeout(() => end(child), timeLimit);
    let output = '';
    const collect = (chunk: Buffer): unknown => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      running.delete(child);
      resolve({ code: code ?? signal ?? 'unknown', output });
    });
  });
}

/** Sends SIGTERM first: browsers run in process groups of their own, and only their runner can close them. */
function end(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), shutdownTimeout);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (usesProcessGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // The whole group has already ended.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    const exitIfIdle = (): void => {
      if (running.size === 0) process.exit(1);
    };
    for (const child of running) {
      child.once('close', exitIfIdle);
      end(child);
    }
    exitIfIdle();
  });
}
