// Temporary directories that a killed emulator has left behind: the next start removes them, but no others.

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';

const SCRIPT = fileURLToPath(new URL('./support/run-oss.ts', import.meta.url));

describe('the temporary directory', () => {
  let folder: string;
  let previous: string | undefined;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    previous = process.env['TMPDIR'];
    folder = await mkdtemp(join(tmpdir(), 'leftovers-test-'));
    process.env['TMPDIR'] = folder;
  });
  afterEach(async () => {
    if (previous === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = previous;
    await Promise.all(children.splice(0).map(kill));
    await rm(folder, { recursive: true });
  });

  const emulatorFolders = async () =>
    (await readdir(folder)).filter((name) => name.startsWith('local-oss-')).sort();

  /** Starts an emulator in another process. */
  async function run(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT], {
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  test('of a killed emulator is removed by the next start, that of a running one is kept', async () => {
    const killed = await run();
    const [abandoned] = await emulatorFolders();
    await run();
    const running = (await emulatorFolders()).find((name) => name !== abandoned);
    await kill(killed);
    assert.deepEqual(await emulatorFolders(), [abandoned, running].sort());

    const oss = await startLocalOss();
    const remaining = await emulatorFolders();
    assert.equal(remaining.length, 2);
    assert.ok(remaining.includes(running!));
    assert.ok(!remaining.includes(abandoned!));
    await oss.close();
    assert.deepEqual(await emulatorFolders(), [running]);
  });

  test('of other emulators in the same process is kept', async () => {
    const first = await startLocalOss();
    const names = await emulatorFolders();
    const second = await startLocalOss();
    assert.ok((await emulatorFolders()).includes(names[0]!));
    await Promise.all([first.close(), second.close()]);
    assert.deepEqual(await emulatorFolders(), []);
  });

  test('is removed once, however many emulators start at the same time', async () => {
    await kill(await run());
    const [abandoned] = await emulatorFolders();
    const started = await Promise.all(Array.from({ length: 5 }, () => startLocalOss()));
    const remaining = await emulatorFolders();
    assert.equal(remaining.length, 5);
    assert.ok(!remaining.includes(abandoned!));
    await Promise.all(started.map((oss) => oss.close()));
  });

  test('is not mistaken for files and folders of others', async () => {
    await kill(await run());
    const [abandoned] = await emulatorFolders();
    const others = ['local-oss-notes', 'local-oss-', 'local-oss-1', 'other-local-oss-1-2-3'];
    for (const name of others) await mkdir(join(folder, name));
    await writeFile(join(folder, `${abandoned}.txt`), 'x');
    await mkdir(join(folder, 'target'));
    await writeFile(join(folder, 'target', 'precious'), 'x');
    await symlink(join(folder, 'target'), join(folder, `${abandoned!.slice(0, -6)}ABCDEF`));

    const oss = await startLocalOss();
    await oss.close();
    assert.deepEqual(
      (await readdir(folder)).sort(),
      [...others, `${abandoned}.txt`, 'target', `${abandoned!.slice(0, -6)}ABCDEF`].sort(),
    );
    assert.deepEqual(await readdir(join(folder, 'target')), ['precious']);
  });

  test('is not swept by an emulator that has its own directory', async () => {
    await kill(await run());
    const before = await emulatorFolders();
    const oss = await startLocalOss({ root: join(folder, 'root') });
    await oss.close();
    assert.deepEqual(await emulatorFolders(), before);
  });
});
