import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

function bootstrap(args: string[], nodeArgs: string[] = []) {
  return spawnSync(process.execPath, [...nodeArgs, 'scripts/bootstrap.mjs', ...args], { encoding: 'utf8' });
}

describe('the bootstrap', () => {
  it('says in one sentence that Node is too old', () => {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
    const { status, stderr } = bootstrap(
      ['start'],
      ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
    );
    assert.equal(stderr, 'This project needs Node 20 or newer, and this is Node 18.20.4.\n');
    assert.equal(status, 1);
  });

  it('names its commands when it is given another', () => {
    const { status, stderr } = bootstrap(['deploy']);
    assert.match(stderr, /^Usage: node scripts\/bootstrap\.mjs start\|test\|build/);
    assert.equal(status, 1);
  });
});
