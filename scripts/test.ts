// `npm test`: runs all checks and tests, continues after failures, and prints the total in the last line.
// `npm test -- unit e2e` runs only these groups, and the build that they need.
import { availableParallelism } from 'node:os';
import { groups, isGroup, printTotal, runStage, type Group, type Stage } from './test/stage.js';
import { checks, testRuns } from './test/stages.js';

const selected = process.argv.slice(2);
const unknown = selected.filter((name) => !isGroup(name));
if (unknown.length > 0) {
  console.error(`Unknown test group: ${unknown.join(', ')}. Use ${groups.join(', ')}.`);
  process.exit(1);
}
const isSelected = ({ group, neededBy }: Stage): boolean =>
  selected.length === 0 || [group, ...(neededBy ?? [])].some((name: Group) => selected.includes(name));

// Test runs depend on timing, so they start after the checks.
await runAll(checks.filter(isSelected), 2);
// A test run often waits for its browser or for a timer: three keep two cores busy.
await runAll(testRuns.filter(isSelected), 3);

process.exitCode = printTotal() ? 0 : 1;

/** Runs the stages in order. @param atATime how many to run at a time; a single core runs one */
async function runAll(stages: Stage[], atATime: number): Promise<void> {
  const queue = [...stages];
  const workers = Array.from({ length: availableParallelism() > 1 ? atATime : 1 }, async () => {
    for (let stage = queue.shift(); stage; stage = queue.shift()) await runStage(stage);
  });
  await Promise.all(workers);
}
