// The conditions of a measurement, for readers who compare numbers.
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { contenders } from './contenders.js';

/** Describes machine and versions. @param browsers names with versions */
export async function describeMachine(browsers: readonly string[]): Promise<string[]> {
  const processors = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const load = loadavg()[0]!.toFixed(1);
  const packages = [
    `oss-resumable-upload@${await versionOf('package.json')}`,
    `ali-oss@${await versionOf('node_modules/ali-oss/package.json')}`,
    ...contenders.flatMap(({ packages }) => packages ?? []),
  ];
  return [
    `${new Date().toISOString().slice(0, 10)}, ${processors.length} × ${processors[0]!.model}, ${memory} GiB, ${type()} ${release()}.`,
    `${browsers.join(', ')}, Node ${process.versions.node}. Load ${load} at the end.`,
    `${packages.join(', ')}.`,
  ];
}

async function versionOf(manifest: string): Promise<string> {
  const url = new URL(`../../${manifest}`, import.meta.url);
  return (JSON.parse(await readFile(url, 'utf8')) as { version: string }).version;
}
