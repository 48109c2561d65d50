import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

describe('bootstrap.mjs', () => {
  it('reports in one sentence that Node is too old', () => {
    const fakeVersion = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
    const preload = `data:text/javascript,${encodeURIComponent(fakeVersion)}`;
    const args = ['--import', preload, 'scripts/bootstrap.mjs', 'start'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(stderr, 'This project needs Node 20 or newer. The installed version is 18.20.4.\n');
    assert.equal(status, 1);
  });
});
