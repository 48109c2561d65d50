// Runs a command as a child process and makes an outcome of it. Nothing outlives its time limit.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tally, tallyEnvironment } from '../../test/support/runner/tally.js';
import type { Outcome } from './stage.js';

const timeLimit = 15 * 60_000;
const ownsGroups = process.platform !== 'win32';
const running = new Set<ChildProcess>();

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
      end(child);
      running.delete(child);
      resolve({ code: code ?? signal ?? 'unknown', output });
    });
  });
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (ownsGroups) process.kill(-child.pid, 'SIGKILL');
    else child.kill();
  } catch {
    // It has ended by itself, and so has its group.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    running.forEach(end);
    process.exit(1);
  });
}
