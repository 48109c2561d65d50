// The tables of the benchmark. Pure.
import type { BrowserName } from '../../test/support/browsers.js';
import { contenderNames, contenders, BASELINE } from './contenders.js';
import { contenderLabel, summarize, type Measurement, type Summary } from './results.js';
import type { Situation } from './situations.js';
import type { Spread } from './statistics.js';
import type { Table } from './table.js';

const MB = 1e6;
const KB = 1_000;
const NONE = '—';

/** Median rates of all contenders in all situations. */
export function overviewTable(
  measurements: readonly Measurement[],
  browser: BrowserName,
  situations: readonly Situation[],
): Table {
  const shown = situations.filter(isRated);
  const summaries = shown.map((situation) => summarize(measurements, browser, situation));
  const rows = contenderNames.map((name) => {
    const cells = summaries.map((summary) => summary.find(({ contender }) => contender.name === name));
    return [labelOf(name), ...cells.map((cell) => (cell ? rateCell(cell) : NONE))];
  });
  return { head: ['', ...shown.map((situation) => `${situation.title}, ${unitOf(situation)}`)], rows };
}

/** Everything that was measured in one situation. */
export function situationTable(
  measurements: readonly Measurement[],
  browser: BrowserName,
  situation: Situation,
): Table {
  const summaries = summarize(measurements, browser, situation);
  return isRated(situation) ? rateTable(summaries, situation) : pauseTable(summaries);
}

function rateTable(summaries: readonly Summary[], situation: Situation): Table {
  const cpuUnit = situation.isOfManyFiles ? 's per 1,000 files' : 's per GB';
  return {
    head: [
      '',
      `Median ${unitOf(situation)}`,
      'Range',
      'Of the baseline',
      `CPU, ${cpuUnit}`,
      'Longest task',
      'Peak heap',
      'Requests',
    ],
    rows: summaries.map((summary) => [
      contenderLabel(summary.contender, situation) +
        (summary.contender.name === BASELINE ? ' (baseline)' : ''),
      rateCell(summary),
      rangeCell(summary.spread('rate'), formatRate),
      summary.ofBaseline === undefined ? NONE : percent(summary.ofBaseline),
      toCell(summary.spread('cpu'), 'median', (seconds) => seconds.toFixed(1)),
      toCell(summary.spread('longestTask'), 'max', (time) =>
        time === 0 ? 'under 50 ms' : `${Math.round(time)} ms`,
      ),
      toCell(summary.spread('heap'), 'max', megabytes),
      toCell(summary.spread('requests'), 'median', (count) => String(Math.round(count))),
    ]),
  };
}

function pauseTable(summaries: readonly Summary[]): Table {
  return {
    head: ['', 'From Pause to the last byte, at most', 'Sent again, median', 'Range', 'Failed'],
    rows: summaries.map((summary) => [
      summary.contender.label,
      toCell(summary.spread('silence'), 'max', (time) => `${Math.round(time)} ms`),
      resentCell(summary),
      rangeCell(summary.spread('bytesResent'), megabytes),
      summary.failures === 0 ? 'no' : failures(summary),
    ]),
  };
}

/** What each contender makes a page load. */
export function weightTable(measurements: readonly Measurement[]): Table {
  const rows = contenderNames.flatMap((name) => {
    const found = measurements.find(({ contender, values }) => contender.name === name && values);
    if (!found?.values || found.contender.isRepeated) return [];
    const { bytesLoadedBefore, bytesLoadedAfter } = found.values;
    return [[labelOf(name), kilobytes(bytesLoadedBefore), kilobytes(bytesLoadedAfter)]];
  });
  return { head: ['', 'Before the first file', 'With the first file'], rows };
}

/** The figures for the README, in Chromium. */
export function headlineTable(measurements: readonly Measurement[]): Table {
  const columns = ['element', 'ali-oss-1', 'uppy'];
  const row = (label: string, situationName: string, toText: (summary: Summary) => string): string[] => {
    const situation = measurements.find((each) => each.situation.name === situationName)?.situation;
    const summaries = situation ? summarize(measurements, 'chromium', situation) : [];
    const cells = columns.map((name) => {
      const summary = summaries.find(({ contender }) => contender.name === name);
      return summary && summary.failures < summary.runs ? toText(summary) : NONE;
    });
    return [label, ...cells];
  };
  return {
    head: ['', ...columns.map(labelOf)],
    rows: [
      row('Speed over 100 Mbit/s and 20 ms, of bare `XMLHttpRequest`', 'line-20-100', ({ ofBaseline }) =>
        ofBaseline === undefined ? NONE : percent(ofBaseline),
      ),
      row('Longest main-thread task at full speed', 'loopback', (summary) =>
        toCell(summary.spread('longestTask'), 'max', (time) =>
          time === 0 ? 'under 50 ms' : `${Math.round(time)} ms`,
        ),
      ),
      row('Sent again after Pause and Resume, median', 'pause', resentCell),
    ],
  };
}

/** Whether the situation compares rates. */
export function isRated({ pauseAt }: Situation): boolean {
  return pauseAt === undefined;
}

export function unitOf({ isOfManyFiles }: Situation): string {
  return isOfManyFiles ? 'files/s' : 'MB/s';
}

/** Formats a rate with at least two digits. */
export function formatRate(rate: number): string {
  return rate < 10 ? rate.toFixed(rate < 1 ? 2 : 1) : String(Math.round(rate));
}

function rateCell(summary: Summary): string {
  const rate = summary.spread('rate');
  if (!rate) return 'failed';
  return formatRate(rate.median) + (summary.failures > 0 ? ` (${failures(summary)})` : '');
}

function rangeCell(spread: Spread | undefined, format: (value: number) => string): string {
  return spread ? `${format(spread.min)} to ${format(spread.max)}` : NONE;
}

function toCell(
  spread: Spread | undefined,
  statistic: keyof Spread,
  format: (value: number) => string,
): string {
  return spread ? format(spread[statistic]) : NONE;
}

function resentCell(summary: Summary): string {
  return toCell(summary.spread('bytesResent'), 'median', megabytes);
}

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}

function failures({ failures, runs }: Summary): string {
  return `failed ${failures} of ${runs}`;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / KB).toFixed(1)} kB`;
}

function labelOf(name: string): string {
  return contenders.find((contender) => contender.name === name)!.label;
}
