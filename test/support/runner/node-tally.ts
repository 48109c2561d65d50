// A reporter of node:test that counts what truly ran, for `--test-reporter`.
import { writeFile } from 'node:fs/promises';
import type { TestEvent } from 'node:test/reporters';
import { type Tally, tallyFile } from './tally.js';

export default async function* (events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, file, skip, todo, details } = event.data;
    if (event.type === 'test:fail') {
      // The failed test inside has been counted.
      if (failureType(event.data.details.error) !== 'subtestsFailed') tally.failed++;
    } else if (skip !== undefined || todo !== undefined) {
      tally.skipped++;
    } else if (name === file) {
      tally.failed++;
      yield `${name} holds no test.\n`;
    } else if (details.type !== 'suite') {
      tally.passed++;
    }
  }
  const destination = tallyFile();
  if (destination) await writeFile(destination, JSON.stringify(tally));
}

function failureType(error: Error): unknown {
  return (error as { failureType?: unknown }).failureType;
}
