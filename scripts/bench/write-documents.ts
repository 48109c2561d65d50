// Writes the results into the documents, and the charts beside them.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { fillTables } from '../documents/markers.js';
import { renderBrowserChart, toMarkdownReport, toMarkdownSummary, type Results } from './report.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function writeDocuments(results: Results): Promise<void> {
  for (const browser of results.browsers)
    await writeFile(`${root}docs/images/bench-${browser}.svg`, renderBrowserChart(results, browser));
  const contents = { bench: toMarkdownReport(results), 'bench-summary': toMarkdownSummary(results) };
  for (const path of ['docs/benchmarks.md', 'README.md']) await fill(root + path, contents);
}

async function fill(path: string, contents: Record<string, string>): Promise<void> {
  const filled = fillTables(await readFile(path, 'utf8'), contents, 'measured');
  const options = { ...(await prettier.resolveConfig(path)), filepath: path };
  await writeFile(path, await prettier.format(filled, options));
}
