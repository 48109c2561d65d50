import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contenders } from '../../../../scripts/bench/contenders.js';
import {
  renderBrowserChart,
  toMarkdownReport,
  toMarkdownSummary,
  toTextReport,
} from '../../../../scripts/bench/report.js';
import { summarize, type Measurement, type Values } from '../../../../scripts/bench/results.js';
import { situations } from '../../../../scripts/bench/situations.js';
import { toMarkdown, toText } from '../../../../scripts/bench/table.js';

const situation = (name: string) => situations.find((each) => each.name === name)!;
const loopback = situation('loopback');

const values: Values = {
  rate: 100,
  cpu: 2,
  longestTask: 0,
  heap: 5e6,
  requests: 40,
  bytesResent: 0,
  silence: 12,
  bytesLoadedBefore: 50_000,
  bytesLoadedAfter: 1_500,
};

/** @param outcome the rate, or why it failed */
function measured(
  name: string,
  outcome: number | string,
  partSize?: number,
  inSituation = loopback,
): Measurement {
  const contender = contenders.find(
    (each) => each.name === name && (partSize === undefined || each.partSize === partSize),
  )!;
  const common = { browser: 'chromium', situation: inSituation, contender } as const;
  return typeof outcome === 'string'
    ? { ...common, error: outcome }
    : { ...common, values: { ...values, rate: outcome } };
}

describe('summarize', () => {
  it('compares each contender with the baseline', () => {
    const [baseline, element] = summarize(
      [measured('element', 90), measured('xhr', 120)],
      'chromium',
      loopback,
    );
    assert.equal(baseline?.ofBaseline, 1);
    assert.equal(element?.ofBaseline, 0.75);
  });

  it('takes the part size with the best median as the baseline', () => {
    const rounds = [
      measured('xhr', 10, 1024 ** 2),
      measured('xhr', 500, 1024 ** 2),
      measured('xhr', 30, 1024 ** 2),
      measured('xhr', 40, 4 * 1024 ** 2),
    ];
    const [baseline] = summarize(rounds, 'chromium', loopback);
    assert.equal(baseline?.contender.partSize, 4 * 1024 ** 2);
  });

  it('counts failed uploads, and leaves them out of the values', () => {
    const rounds = [measured('uppy', 'lost'), measured('uppy', 50), measured('uppy', 70)];
    const [uppy] = summarize(rounds, 'chromium', loopback);
    assert.equal(uppy?.failures, 1);
    assert.deepEqual(uppy.spread('rate'), { median: 60, min: 50, max: 70 });
  });

  it('leaves out other browsers and situations', () => {
    const rounds = [measured('tus', 1, undefined, situation('many'))];
    assert.deepEqual(summarize(rounds, 'chromium', loopback), []);
    assert.deepEqual(summarize(rounds, 'firefox', situation('many')), []);
  });
});

describe('reports', () => {
  const results = {
    measurements: [
      measured('xhr', 120),
      measured('element', 90),
      measured('uppy', 'Connection lost'),
      measured('element', 80, undefined, situation('pause')),
      measured('element', 35, undefined, situation('many')),
    ],
    browsers: ['chromium'] as const,
    situations: ['loopback', 'many', 'pause'].map(situation),
    conditions: ['2 × CPU'],
  };

  it('shows rates, shares of the baseline and failures', () => {
    const text = toTextReport(results);
    assert.match(text, /^oss-resumable-upload +90 +90 to 90 +75 % +2\.0 +under 50 ms +5\.0 MB +40$/m);
    assert.match(text, /^@uppy\/aws-s3 +failed +—/m);
  });

  it('shows files per second for many files', () => {
    assert.match(toMarkdownReport(results), /Small files, loopback, files\/s/);
  });

  it('shows what a pause costs', () => {
    assert.match(toTextReport(results), /^oss-resumable-upload +12 ms +0\.0 MB +0\.0 MB to 0\.0 MB +no$/m);
  });

  it('summarizes without a value where nothing was measured', () => {
    const summary = toMarkdownSummary(results);
    assert.match(summary, /Longest main-thread task at full speed \| under 50 ms \| — \| —/);
  });

  it('renders a chart whose description has all values', () => {
    const svg = renderBrowserChart(results, 'chromium');
    assert.match(svg, /<desc id="description">.*oss-resumable-upload 90, @uppy\/aws-s3 failed\./);
  });
});

describe('tables', () => {
  const table = {
    head: ['', 'MB/s'],
    rows: [
      ['`put`', '5'],
      ['ali-oss', '123'],
    ],
  };

  it('aligns the columns of a text', () => {
    assert.equal(toText(table), '         MB/s\nput         5\nali-oss   123');
  });

  it('aligns numbers to the right in Markdown', () => {
    assert.equal(toMarkdown(table), '|  | MB/s |\n| --- | ---: |\n| `put` | 5 |\n| ali-oss | 123 |');
  });
});
