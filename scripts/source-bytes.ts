// Tells from its source map where the bytes of a bundle come from.
import { readFile } from 'node:fs/promises';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

interface SourceMap {
  sources: (string | null)[];
  mappings: string;
}

/** Returns the minified bytes of each source folder: `src/views`, or the name of a package. */
export async function bytesByFolder(path: string): Promise<Map<string, number>> {
  const code = await readFile(path, 'utf8');
  const { sources, mappings } = JSON.parse(await readFile(`${path}.map`, 'utf8')) as SourceMap;
  const bytes = new Map<string, number>();
  let source = 0;
  const lines = code.split('\n');
  for (const [index, line] of mappings.split(';').entries()) {
    let column = 0;
    const starts: [column: number, source: number | undefined][] = [];
    for (const segment of line.split(',').filter(Boolean)) {
      const [columns = 0, sourceChange] = decode(segment);
      column += columns;
      if (sourceChange !== undefined) source += sourceChange;
      starts.push([column, sourceChange === undefined ? undefined : source]);
    }
    const text = lines[index] ?? '';
    for (const [position, [start, from]] of starts.entries()) {
      const end = starts[position + 1]?.[0] ?? text.length;
      const folder = folderOf((from !== undefined && sources[from]) || 'other');
      bytes.set(folder, (bytes.get(folder) ?? 0) + Buffer.byteLength(text.slice(start, end)));
    }
  }
  return bytes;
}

function folderOf(source: string): string {
  const path = source.replace(/^(?:\.\.\/)+/, '');
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.replace(/\/[^/]+$/, '');
}

/** Decodes the Base64 VLQ numbers of a segment. */
function decode(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) * 2 ** shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -Math.floor(value / 2) : value / 2);
    value = 0;
    shift = 0;
  }
  return numbers;
}
