// Collects the results of a run in one browser and prints them as a Markdown table.
import { kinds, type Kind } from './draw-conditions.js';
import type { ScheduleReport } from './report.js';
import type { KillReport } from './kills.js';

export class Statistics {
  readonly browser: string;
  readonly #schedules: ScheduleReport[] = [];
  readonly #kills: KillReport[] = [];
  /** In milliseconds. */
  duration = 0;
  /** How often the suite itself failed, for example because the browser could not be started. */
  suiteErrors = 0;

  /** @param browser name and version */
  constructor(browser: string) {
    this.browser = browser;
  }

  addSchedule(report: ScheduleReport): void {
    this.#schedules.push(report);
  }

  addKill(report: KillReport): void {
    this.#kills.push(report);
  }

  /** The number of schedules so far. */
  get scheduleCount(): number {
    return this.#schedules.length;
  }

  get passed(): number {
    return [...this.#schedules, ...this.#kills].filter(({ violations }) => violations.length === 0).length;
  }

  get failed(): number {
    return this.#schedules.length + this.#kills.length - this.passed + this.suiteErrors;
  }

  get rows(): [label: string, value: string][] {
    const sum = (key: ScheduleCount) => this.#schedules.reduce((total, report) => total + report[key], 0);
    const sumKills = (key: KillCount) => this.#kills.reduce((total, report) => total + report[key], 0);
    const byteExact = (reports: { byteExact: boolean }[]) => reports.filter((report) => report.byteExact);
    const failed = this.#schedules.filter(({ reportedError }) => reportedError !== undefined);
    return [
      ['Fault schedules', format(this.#schedules.length)],
      ['Stored byte for byte', format(byteExact(this.#schedules).length)],
      ['Reported an error until its cause was removed', format(failed.length)],
      ['Parts', format(sum('parts'))],
      ['Small files sent as forms', format(sum('forms'))],
      ['Requests received by OSS', format(sum('requests'))],
      ['Of these, hit by a fault', format(sum('faultsApplied'))],
      ['Retries after a failure', format(sum('retries'))],
      ['Pauses', format(sum('pauses'))],
      ['Reloads', format(sum('reloads'))],
      ['Removals of the element', format(sum('removals'))],
      ['Parts found by ListParts after a lost response', format(sum('recoveredByListing'))],
      ['**Completed parts sent again**', `**${format(sum('resentParts'))}**`],
      ['Requests repeated by the browser itself', format(sum('resentByBrowser'))],
      ['Browser kills', format(this.#kills.length)],
      ['Stored byte for byte after the restart', format(byteExact(this.#kills).length)],
      ['Parts stored at the time of the kill', format(sumKills('partsAtKill'))],
      ['**Of these, sent again**', `**${format(sumKills('resentParts'))}**`],
      ['Duration', `${(this.duration / 60_000).toFixed(1)} min`],
    ];
  }

  /** The number of schedules by the kinds of situations that they contain. */
  get kinds(): Map<Kind, number> {
    const count = (kind: Kind) => this.#schedules.filter((report) => report.kinds.includes(kind)).length;
    return new Map(kinds.map((kind) => [kind, count(kind)]));
  }

  /** The number of uploads by the error code that they reported before the cause was removed. */
  get errors(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { reportedError } of this.#schedules) {
      if (reportedError !== undefined) counts.set(reportedError, (counts.get(reportedError) ?? 0) + 1);
    }
    return counts;
  }
}

type ScheduleCount =
  | 'parts'
  | 'forms'
  | 'requests'
  | 'faultsApplied'
  | 'retries'
  | 'pauses'
  | 'reloads'
  | 'removals'
  | 'resentParts'
  | 'recoveredByListing'
  | 'resentByBrowser';
type KillCount = 'partsAtKill' | 'resentParts';

/** Returns a Markdown table with one column per browser. */
export function toTable(statistics: readonly Statistics[]): string {
  const columns = statistics.map(({ rows }) => rows.map(([, value]) => value));
  const labels = statistics[0]?.rows.map(([label]) => label) ?? [];
  const codes = [...new Set(statistics.flatMap(({ errors }) => [...errors.keys()]))].sort();
  const toRow = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    toRow(['', ...statistics.map(({ browser }) => browser)]),
    toRow(['---', ...statistics.map(() => '--:')]),
    ...labels.map((label, index) => toRow([label, ...columns.map((column) => column[index] ?? '')])),
    ...kinds.map((kind) =>
      toRow([kindLabels[kind], ...statistics.map((column) => format(column.kinds.get(kind) ?? 0))]),
    ),
    ...codes.map((code) =>
      toRow([`Failed with \`${code}\``, ...statistics.map(({ errors }) => format(errors.get(code) ?? 0))]),
    ),
  ].join('\n');
}

const kindLabels: Record<Kind, string> = {
  gateway: 'Schedules behind a buffering gateway',
  'service-worker': 'Schedules behind a service worker and a buffering gateway',
  'no-progress': 'Schedules without progress events',
  redirect: 'Schedules with redirects to a captive portal',
  'silent-storage': 'Schedules with silent storage',
  callback: 'Schedules with a failing callback',
  'same-bytes': 'Schedules whose file is stored already',
  'other-bytes': 'Schedules with other bytes of the same size under the key',
  'same-file': 'Schedules with several uploads of the same file in one page',
  'other-files': 'Schedules with several files in one page',
  element: 'Schedules with the element',
  'other-date': 'Schedules whose file has another date at later visits',
  'decomposed-name': 'Schedules whose file has a decomposed name at later visits',
  form: 'Schedules whose file may be sent as a form',
};

const format = (value: number): string => value.toLocaleString('en');
