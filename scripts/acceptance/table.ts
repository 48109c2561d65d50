// Prints measurements next to their limits.

export interface Row {
  label: string;
  measured: string;
  /** Empty if there is no limit. */
  limit: string;
  passed: boolean;
}

export function printTable(rows: readonly Row[]): void {
  const width = (column: 'label' | 'measured' | 'limit') =>
    Math.max(...rows.map((row) => row[column].length));
  const widths = { label: width('label'), measured: width('measured'), limit: width('limit') };
  for (const { label, measured, limit, passed } of rows) {
    const mark = limit === '' ? ' ' : passed ? '✔' : '✖';
    console.log(
      [
        mark,
        label.padEnd(widths.label),
        measured.padStart(widths.measured),
        limit.padStart(widths.limit),
      ].join('  '),
    );
  }
}
