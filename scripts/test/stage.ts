// Runs and prints the stages of a test run.
import type { TestCounts } from '../../test/support/runner/test-counts.js';

export const groups = ['checks', 'node', 'emulator', 'unit', 'e2e', 'faults'] as const;
export type Group = (typeof groups)[number];

export interface Stage {
  name: string;
  group: Group;
  /** Other groups that can't run without this stage. */
  neededBy?: Group[];
  run(): Promise<Outcome>;
}

export interface Outcome extends TestCounts {
  /** Text to print, such as the output of a failed check, or why a runner did not run. */
  notes?: string;
}

const outcomes: [name: string, outcome: Outcome][] = [];

export function isGroup(name: string): name is Group {
  return (groups as readonly string[]).includes(name);
}

export async function runStage(stage: Stage): Promise<void> {
  const start = performance.now();
  const outcome = await stage.run().catch((error: unknown): Outcome => {
    const notes = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, skipped: 0, notes };
  });
  outcomes.push([stage.name, outcome]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${summarize(stage.name, outcome)} (${seconds} s)`);
  if (outcome.notes) console.log(outcome.notes.trimEnd().replace(/^/gm, '    '));
}

/** Prints all results and the total. @returns whether at least one test passed and none failed */
export function printTotal(): boolean {
  const total = (key: 'passed' | 'failed'): number =>
    outcomes.reduce((sum, [, outcome]) => sum + outcome[key], 0);
  console.log('\nSummary');
  for (const [name, outcome] of outcomes) console.log(summarize(name, outcome));
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 && total('passed') > 0;
}

function summarize(name: string, { passed, failed, skipped }: Outcome): string {
  const mark = failed > 0 ? '✖' : passed > 0 ? '✔' : '–';
  return `${mark} ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
