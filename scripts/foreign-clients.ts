// Runs clients of other authors against the local OSS and its STS, and prints a Markdown table.
// `npx tsx scripts/foreign-clients.ts --client ali-oss`; with `--write`, it updates docs/emulator.md.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { fillTables } from './documents/markers.js';
import { clients } from './foreign-clients/clients.js';
import { toMarkdown, type ClientReport } from './foreign-clients/report.js';
import { runClient } from './foreign-clients/run-client.js';
import { Workspace } from './foreign-clients/workspace.js';

const DOCUMENT = 'docs/emulator.md';
const { values } = parseArgs({
  options: {
    /** Part of a client's name; all clients by default. */
    client: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const workspace = await Workspace.create(interrupted.signal);
try {
  const reports: ClientReport[] = [];
  for (const client of clients.filter(({ name }) => name.includes(values.client))) {
    interrupted.signal.throwIfAborted();
    console.error(`${client.name}…`);
    reports.push(await runClient(client, workspace));
  }
  const markdown = toMarkdown(reports);
  console.log(markdown);
  if (values.write) await updateDocument(markdown);
  const outcomes = reports.flatMap((report) => Object.values(report.outcomes));
  process.exitCode = outcomes.some(({ kind }) => kind === 'failed') ? 1 : 0;
} finally {
  await workspace.remove();
}

async function updateDocument(content: string): Promise<void> {
  const document = fillTables(await readFile(DOCUMENT, 'utf8'), { 'foreign-clients': content }, 'measured');
  const options = { ...(await prettier.resolveConfig(DOCUMENT)), filepath: DOCUMENT };
  await writeFile(DOCUMENT, await prettier.format(document, options));
}
