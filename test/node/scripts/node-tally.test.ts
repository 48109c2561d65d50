import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Tally, tallyEnvironment } from '../../support/runner/tally.js';

describe('the tally of node:test', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-tally-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function tallyOf(test: string): Promise<Tally> {
    const file = join(folder, 'sample.test.mjs');
    await writeFile(file, `import { describe, it, test } from 'node:test';\n${test}`);
    const tally = join(folder, 'tally.json');
    spawnSync(process.execPath, ['--test', '--test-reporter=./test/support/runner/node-tally.mjs', file], {
      // With the context of this run, node:test would report to it and not to its own reporter.
      env: { ...process.env, ...tallyEnvironment(tally), NODE_TEST_CONTEXT: undefined },
    });
    return JSON.parse(await readFile(tally, 'utf8')) as Tally;
  }

  it('counts tests and leaves out the suites around them', async () => {
    const tally = await tallyOf(`describe('suite', () => { it('a', () => {}); it('b', () => {}); });`);
    assert.deepEqual(tally, { passed: 2, failed: 0, skipped: 0 });
  });

  it('counts a failure once, however deep it lies', async () => {
    const tally = await tallyOf(`
      describe('suite', () => describe('inner', () => it('a', () => { throw new Error(); })));
      test('b', async (t) => { await t.test('inner', () => { throw new Error(); }); });
    `);
    assert.deepEqual(tally, { passed: 0, failed: 2, skipped: 0 });
  });

  it('counts a suite whose hook fails', async () => {
    const tally = await tallyOf(`
      import { after } from 'node:test';
      describe('suite', () => { after(() => { throw new Error(); }); it('a', () => {}); });
    `);
    assert.deepEqual(tally, { passed: 1, failed: 1, skipped: 0 });
  });

  it('passes nothing that was skipped', async () => {
    const tally = await tallyOf(`it.skip('a', () => {}); it.todo('b'); it('c', () => {});`);
    assert.deepEqual(tally, { passed: 1, failed: 0, skipped: 2 });
  });

  it('fails a file that holds no test', async () => {
    assert.deepEqual(await tallyOf(''), { passed: 0, failed: 1, skipped: 0 });
  });

  it('fails a file that breaks before its tests', async () => {
    assert.deepEqual(await tallyOf(`throw new Error();`), { passed: 0, failed: 1, skipped: 0 });
  });
});
