// CPU time of a browser, from Linux's /proc.
import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks per second, the same on all Linux platforms that Node supports. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  parent: number;
  ticks: number;
}

/** Returns the CPU time of a process and its descendants so far, in seconds; `undefined` where there is no /proc. */
export async function cpuTime(root: number): Promise<number | undefined> {
  const names = await readdir('/proc').catch(() => []);
  const ids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  if (ids.length === 0) return undefined;
  const processes = new Map<number, ProcessTimes>();
  for (const id of ids) {
    // A process may end meanwhile.
    const status = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
    if (status !== undefined) processes.set(id, parseTimes(status));
  }
  const isDescendant = (id: number): boolean => {
    const parent = processes.get(id)?.parent;
    return id === root || (parent !== undefined && isDescendant(parent));
  };
  let ticks = 0;
  for (const [id, times] of processes) if (isDescendant(id)) ticks += times.ticks;
  return ticks / TICKS_PER_SECOND;
}

/** Parses `/proc/PID/stat`. The times include those of ended children. */
export function parseTimes(status: string): ProcessTimes {
  // The name, in parentheses, may contain anything.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  const [, parent] = fields;
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
  return { parent: Number(parent), ticks };
}
