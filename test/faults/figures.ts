// Adds up what a run has shown, and prints it as a table.
import type { Verdict } from './report.js';
import type { KillVerdict } from './kills.js';

export class Figures {
  readonly browser: string;
  readonly #verdicts: Verdict[] = [];
  readonly #kills: KillVerdict[] = [];
  /** Milliseconds. */
  time = 0;
  /** How often it could not be carried on with. */
  breakdowns = 0;

  /** @param browser its name and version */
  constructor(browser: string) {
    this.browser = browser;
  }

  add(verdict: Verdict): void {
    this.#verdicts.push(verdict);
  }

  addKill(verdict: KillVerdict): void {
    this.#kills.push(verdict);
  }

  /** Of schedules so far. */
  get count(): number {
    return this.#verdicts.length;
  }

  get passed(): number {
    return [...this.#verdicts, ...this.#kills].filter(({ wrongs }) => wrongs.length === 0).length;
  }

  get failed(): number {
    return this.#verdicts.length + this.#kills.length - this.passed + this.breakdowns;
  }

  get rows(): [what: string, value: string][] {
    const sum = (key: NumericKey) => this.#verdicts.reduce((total, verdict) => total + verdict[key], 0);
    const killed = (key: NumericKillKey) => this.#kills.reduce((total, kill) => total + kill[key], 0);
    const named = this.#verdicts.filter(({ namedError }) => namedError !== undefined);
    return [
      ['Schedules of faults', whole(this.#verdicts.length)],
      ['stored byte for byte', whole(this.#verdicts.filter(({ byteExact }) => byteExact).length)],
      ['of these, after an error that named the cause', whole(named.length)],
      ['Parts', whole(sum('parts'))],
      ['Requests that OSS got', whole(sum('requests'))],
      ['of these, hit by a fault', whole(sum('faultsMet'))],
      ['RetryScheduler after a failure', whole(sum('retries'))],
      ['Pauses', whole(sum('pauses'))],
      ['Reloads', whole(sum('reloads'))],
      ['Parts found by confirming after their answer was lost', whole(sum('foundByAsking'))],
      ['**Finished parts sent again**', `**${whole(sum('sentAgain'))}**`],
      ['repeated by the browser itself, unasked', whole(sum('repeatedByBrowser'))],
      ['Kills of the whole browser', whole(this.#kills.length)],
      ['stored byte for byte after the restart', whole(this.#kills.filter((k) => k.byteExact).length)],
      ['Parts that OSS had at the kill', whole(killed('partsAtKill'))],
      ['**of these, sent again**', `**${whole(killed('sentAgain'))}**`],
      ['Time', `${(this.time / 60_000).toFixed(1)} min`],
    ];
  }

  /** How often an upload ended in each error before its cause was mended. */
  get errors(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { namedError } of this.#verdicts) {
      if (namedError !== undefined) counts.set(namedError, (counts.get(namedError) ?? 0) + 1);
    }
    return counts;
  }
}

type NumericKey =
  | 'parts'
  | 'requests'
  | 'faultsMet'
  | 'retries'
  | 'pauses'
  | 'reloads'
  | 'sentAgain'
  | 'foundByAsking'
  | 'repeatedByBrowser';
type NumericKillKey = 'partsAtKill' | 'sentAgain';

/** One column a browser, in Markdown. */
export function toTable(figures: readonly Figures[]): string {
  const columns = figures.map(({ rows }) => rows.map(([, value]) => value));
  const what = figures[0]?.rows.map(([name]) => name) ?? [];
  const codes = [...new Set(figures.flatMap(({ errors }) => [...errors.keys()]))].sort();
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...figures.map(({ browser }) => browser)]),
    line(['---', ...figures.map(() => '--:')]),
    ...what.map((name, index) => line([name, ...columns.map((column) => column[index] ?? '')])),
    ...codes.map((code) =>
      line([`Ended in \`${code}\``, ...figures.map(({ errors }) => whole(errors.get(code) ?? 0))]),
    ),
  ].join('\n');
}

const whole = (value: number): string => value.toLocaleString('en');
