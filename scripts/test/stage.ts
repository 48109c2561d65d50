// One stage of a test run: its name, its result, and how both are shown.
import type { Tally } from '../../test/support/runner/tally.js';

export const groups = ['checks', 'node', 'emulator', 'unit', 'e2e', 'faults'] as const;
export type Group = (typeof groups)[number];

export interface Stage {
  name: string;
  group: Group;
  /** Other groups that can't run without this stage. */
  neededBy?: Group[];
  run(): Promise<Outcome>;
}

export interface Outcome extends Tally {
  /** What a person needs to read: the output of a failed check, why a runner did not run. */
  notes?: string;
}

const outcomes: [name: string, outcome: Outcome][] = [];

export function isGroup(name: string): name is Group {
  return (groups as readonly string[]).includes(name);
}

export async function runStage(stage: Stage): Promise<void> {
  const start = performance.now();
  const outcome = await stage.run().catch((error: unknown): Outcome => {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      notes: error instanceof Error ? error.message : String(error),
    };
  });
  outcomes.push([stage.name, outcome]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${line(stage.name, outcome)} (${seconds} s)`);
  if (outcome.notes) console.log(outcome.notes.trimEnd().replace(/^/gm, '    '));
}

/** @returns whether something passed and nothing failed */
export function printTotal(): boolean {
  const total = (key: 'passed' | 'failed'): number =>
    outcomes.reduce((sum, [, outcome]) => sum + outcome[key], 0);
  console.log('\nSummary');
  for (const [name, outcome] of outcomes) console.log(line(name, outcome));
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 && total('passed') > 0;
}

function line(name: string, { passed, failed, skipped }: Outcome): string {
  const mark = failed > 0 ? '✖' : passed > 0 ? '✔' : '–';
  return `${mark} ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
