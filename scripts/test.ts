// Runs every check and every test, goes on after a failure, and closes with the true total.
// `npm test` runs all; `npm test -- unit e2e` runs the named groups (and the build that they need).
import { checks, testRuns } from './test/stages.js';
import { groups, isGroup, printTotal, runStage, type Group, type Stage } from './test/stage.js';
import { availableParallelism } from 'node:os';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !isGroup(name));
if (unknown.length > 0) {
  console.error(`There is no group of tests called ${unknown.join(', ')}; there are ${groups.join(', ')}.`);
  process.exit(1);
}
const isWanted = ({ group, neededBy }: Stage): boolean =>
  wanted.length === 0 || [group, ...(neededBy ?? [])].some((name: Group) => wanted.includes(name));

// The checks need no quiet machine, so they share it; the tests have it to themselves.
const queue = checks.filter(isWanted);
const lanes = Array.from({ length: Math.min(2, availableParallelism()) }, async () => {
  for (let stage = queue.shift(); stage; stage = queue.shift()) await runStage(stage);
});
await Promise.all(lanes);

for (const stage of testRuns.filter(isWanted)) await runStage(stage);

process.exitCode = printTotal() ? 0 : 1;
