// Reports for the terminal, the documents and the charts. Pure.
import type { BrowserName } from '../../test/support/browsers.js';
import { renderChart, type Bar, type Panel } from './chart.js';
import { contenderLabel, summarize, type Measurement, type Summary } from './results.js';
import type { Situation } from './situations.js';
import { toMarkdown, toText } from './table.js';
import {
  formatRate,
  headlineTable,
  isRated,
  overviewTable,
  situationTable,
  unitOf,
  weightTable,
} from './tables.js';

export interface Results {
  measurements: readonly Measurement[];
  browsers: readonly BrowserName[];
  situations: readonly Situation[];
  /** Lines of text: machine, versions and lines. */
  conditions: readonly string[];
}

const browserTitles: Record<BrowserName, string> = { chromium: 'Chromium', firefox: 'Firefox' };

export function toTextReport({ measurements, browsers, situations, conditions }: Results): string {
  const sections = browsers.flatMap((browser) =>
    situations.map(
      (situation) =>
        `${browserTitles[browser]}: ${situation.title}\n${toText(situationTable(measurements, browser, situation))}`,
    ),
  );
  const weight = `Scripts that a page loads\n${toText(weightTable(measurements))}`;
  return [conditions.join('\n'), ...sections, weight].join('\n\n');
}

export function toMarkdownReport({ measurements, browsers, situations, conditions }: Results): string {
  const rated = situations.filter(isRated);
  const overviews = browsers.map(
    (browser) => `### ${browserTitles[browser]}

![${chartTitle(browser)}: the values are in the table below](images/bench-${browser}.svg)

${toMarkdown(overviewTable(measurements, browser, situations))}`,
  );
  const sections = (shown: readonly Situation[]): string[] =>
    shown.flatMap((situation) =>
      browsers.map(
        (browser) => `#### ${situation.title}: ${browserTitles[browser]}

${toMarkdown(situationTable(measurements, browser, situation))}`,
      ),
    );
  return [
    conditions.map((line) => `- ${line}`).join('\n'),
    ...overviews,
    '### Pause and resume',
    ...sections(situations.filter((situation) => !isRated(situation))),
    '### Scripts that a page loads',
    toMarkdown(weightTable(measurements)),
    '### All values',
    ...sections(rated),
  ].join('\n\n');
}

/** The figures for the README. */
export function toMarkdownSummary({ measurements, conditions }: Results): string {
  return `In Chromium. ${conditions[0]} [Benchmarks][benchmarks] has Firefox too, and more networks.\n\n${toMarkdown(headlineTable(measurements))}`;
}

export function renderBrowserChart({ measurements, situations }: Results, browser: BrowserName): string {
  const panels: Panel[] = situations.filter(isRated).map((situation) => ({
    title: `${situation.title}, ${unitOf(situation)}`,
    bars: summarize(measurements, browser, situation).map((summary) => toBar(summary, situation)),
  }));
  const description = panels
    .map(({ title, bars }) => `${title}: ${bars.map(({ label, text }) => `${label} ${text}`).join(', ')}.`)
    .join(' ');
  return renderChart(chartTitle(browser), description, panels);
}

function toBar(summary: Summary, situation: Situation): Bar {
  const values = summary.spread('rate');
  return {
    label: contenderLabel(summary.contender, situation).replaceAll('`', ''),
    values,
    text: values ? formatRate(values.median) : 'failed',
    isHighlighted: summary.contender.module === 'element',
  };
}

function chartTitle(browser: BrowserName): string {
  return `Median upload speed in ${browserTitles[browser]}`;
}
