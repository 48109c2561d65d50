// Runs a command as a child process and makes an outcome of it. Nothing outlives its time limit.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tally, tallyEnvironment } from '../../test/support/runner/tally.js';
import type { Outcome } from './stage.js';

const timeLimit = 15 * 60_000;
/** From the request to end to the end by force. */
const patience = 5_000;
const ownsGroups = process.platform !== 'win32';
const running = new Set<ChildProcess>();
let isInterrupted = false;

/** A check passes or fails as a whole; what it printed is shown when it failed. */
export async function runCheck(command: string[]): Promise<Outcome> {
  const { code, output } = await run(command, {}, 'pipe');
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0, notes: output };
}

/** A runner prints for itself and leaves a {@link Tally}; one that ran no test has failed. */
export async function runTests(command: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-test-'));
  try {
    const file = join(folder, 'tally.json');
    const { code } = await run(command, { ...env, ...tallyEnvironment(file) }, 'inherit');
    const tally = await readTally(file);
    if (!tally) return { passed: 0, failed: 1, skipped: 0, notes: `The runner ended early (${code}).` };
    if (tally.passed + tally.failed === 0) return { ...tally, failed: 1, notes: 'No test was run.' };
    if (code !== 0 && tally.failed === 0) {
      return { ...tally, failed: 1, notes: `The runner failed (${code}), though no test did.` };
    }
    return tally;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readTally(file: string): Promise<Tally | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Tally;
  } catch {
    return undefined;
  }
}

interface Exit {
  code: number | string;
  output: string;
}

function run(command: string[], env: Record<string, string>, stdout: 'pipe' | 'inherit'): Promise<Exit> {
  // Nothing new begins while the process waits for its children to end.
  if (isInterrupted) return new Promise(() => {});
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A group of its own, so that the browsers and servers that a runner starts end with it.
    const child = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout, stdout],
      detached: ownsGroups,
      shell: process.platform === 'win32',
    });
    running.add(child);
    const timer = setTimeout(() => end(child), timeLimit);
    let output = '';
    const collect = (chunk: Buffer): unknown => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
      running.delete(child);
      resolve({ code: code ?? signal ?? 'unknown', output });
    });
  });
}

/** Asks first: a runner closes its browsers then, which no group holds. */
function end(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (ownsGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended by itself, and so has its group.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    const exitWhenQuiet = (): void => {
      if (running.size === 0) process.exit(1);
    };
    for (const child of running) {
      child.once('close', exitWhenQuiet);
      end(child);
    }
    exitWhenQuiet();
  });
}
