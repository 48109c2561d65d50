// Temporary directories of emulators. A killed process can't remove its own, so the next one to start does. The name of
// a directory says which process owns it, so that there is no moment in which a new directory has no owner.

import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a directory for this process, and removes those of processes that have ended. */
export async function createTemporaryRoot(): Promise<string> {
  const folder = tmpdir();
  await removeAbandoned(folder);
  return await mkdtemp(join(folder, `local-oss-${machineId()}-${process.pid}-`));
}

async function removeAbandoned(folder: string): Promise<void> {
  const name = new RegExp(`^local-oss-${machineId()}-(\\d+)-\\w{6}$`);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const [, pid] = name.exec(entry.name) ?? [];
    if (!entry.isDirectory() || pid === undefined || isRunning(Number(pid))) continue;
    // Another emulator may be removing it at the same time, or it belongs to another user.
    await rm(join(folder, entry.name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Process IDs are reused. A directory whose process ID is in use is kept, whoever uses it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Identifies the machine or container whose process IDs this process sees: they may share a temporary directory, but a
 * process of one can't tell whether a process of another is running.
 */
function machineId(): string {
  return createHash('sha256').update(`${hostname()}\n${pidNamespace()}`).digest('hex').slice(0, 8);
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has namespaces.
    return '';
  }
}
