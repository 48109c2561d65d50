// A node:test reporter that writes TestCounts (test-counts.ts). Node's own totals include suites and empty files.
// Plain JavaScript, because Node loads reporters before it can compile TypeScript.
import { writeFile } from 'node:fs/promises';

/** @param {AsyncIterable<import('node:test/reporters').TestEvent>} events */
export default async function* nodeCountsReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (type === 'test:fail') {
      // A suite also fails if one of its tests fails, which has been counted already.
      if (data.details.error?.failureType !== 'subtestsFailed') counts.failed++;
    } else if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped++;
    } else if (data.name === data.file) {
      counts.failed++;
      yield `${data.name} contains no tests.\n`;
    } else if (data.details.type !== 'suite') {
      counts.passed++;
    }
  }
  const file = process.env.TEST_COUNTS_FILE;
  if (file) await writeFile(file, JSON.stringify(counts));
}
