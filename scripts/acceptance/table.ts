// Prints what was measured beside what was promised. Knows nothing of uploads.

export interface Row {
  what: string;
  measured: string;
  /** Empty where nothing was promised. */
  limit: string;
  passed: boolean;
}

export function printTable(rows: readonly Row[]): void {
  const width = (column: 'what' | 'measured' | 'limit') => Math.max(...rows.map((row) => row[column].length));
  const widths = { what: width('what'), measured: width('measured'), limit: width('limit') };
  for (const { what, measured, limit, passed } of rows) {
    const mark = limit === '' ? ' ' : passed ? '✔' : '✖';
    console.log(
      [mark, what.padEnd(widths.what), measured.padStart(widths.measured), limit.padStart(widths.limit)].join(
        '  ',
      ),
    );
  }
}
