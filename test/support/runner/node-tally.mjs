// A reporter of node:test that counts what truly ran and leaves a Tally (tally.ts).
// Plain JavaScript: Node loads its reporters before anything that could compile them.
import { writeFile } from 'node:fs/promises';

/** @param {AsyncIterable<import('node:test/reporters').TestEvent>} events */
export default async function* nodeTally(events) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (type === 'test:fail') {
      // One that failed for the sake of a test inside it: that one has been counted.
      if (data.details.error?.failureType !== 'subtestsFailed') tally.failed++;
    } else if (data.skip !== undefined || data.todo !== undefined) {
      tally.skipped++;
    } else if (data.name === data.file) {
      tally.failed++;
      yield `${data.name} holds no test.\n`;
    } else if (data.details.type !== 'suite') {
      tally.passed++;
    }
  }
  const file = process.env.TEST_TALLY_FILE;
  if (file) await writeFile(file, JSON.stringify(tally));
}
