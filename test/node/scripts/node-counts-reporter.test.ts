import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type TestCounts, countsEnvironment } from '../../support/runner/test-counts.js';

describe('node:test counts reporter', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-counts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function countTests(source: string): Promise<TestCounts> {
    const file = join(folder, 'sample.test.mjs');
    await writeFile(file, `import { describe, it, test } from 'node:test';\n${source}`);
    const counts = join(folder, 'counts.json');
    const reporter = './test/support/runner/node-counts-reporter.mjs';
    spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], {
      // In the context of this run, node:test would report to the parent process instead of to its own reporter.
      env: { ...process.env, ...countsEnvironment(counts), NODE_TEST_CONTEXT: undefined },
    });
    return JSON.parse(await readFile(counts, 'utf8')) as TestCounts;
  }

  it('counts each test once and no suites', async () => {
    const counts = await countTests(`
      describe('suite', () => {
        describe('inner', () => it('a', () => { throw new Error(); }));
        it('b', () => {});
        it.skip('c', () => {});
      });
    `);
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 1 });
  });

  it('counts a file without tests as a failure', async () => {
    assert.deepEqual(await countTests(''), { passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a file that throws outside its tests as a failure', async () => {
    assert.deepEqual(await countTests(`throw new Error();`), { passed: 0, failed: 1, skipped: 0 });
  });
});
