import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { renderChart, type Bar, type Panel } from '../../../../scripts/bench/chart.js';

const bar = (label: string, median?: number): Bar => ({
  label,
  values: median === undefined ? undefined : { median, min: median, max: median },
  text: median === undefined ? 'failed' : `${median} MB/s`,
  isHighlighted: false,
});
const panel = (...bars: Bar[]): Panel => ({ title: 'Loopback', bars });

function barWidths(svg: string): number[] {
  return [...svg.matchAll(/class="bar[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
}

describe('renderChart', () => {
  it('names and describes itself for screen readers', () => {
    const svg = renderChart('Upload speed', 'Loopback: a 5 MB/s.', [panel(bar('a', 5))]);
    const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg) as {
      svg: { '@_role': string; '@_aria-labelledby': string; title: object; desc: object };
    };
    assert.equal(root['@_role'], 'img');
    assert.equal(root['@_aria-labelledby'], 'title description');
    assert.deepEqual(root.title, { '#text': 'Upload speed', '@_id': 'title' });
    assert.deepEqual(root.desc, { '#text': 'Loopback: a 5 MB/s.', '@_id': 'description' });
  });

  it('draws bars in proportion to the medians', () => {
    const [full, half] = barWidths(renderChart('', '', [panel(bar('a', 80), bar('b', 40))]));
    assert.equal(half! * 2, full);
  });

  it('scales each panel on its own', () => {
    const svg = renderChart('', '', [panel(bar('a', 1_000)), panel(bar('a', 2))]);
    const [first, second] = barWidths(svg);
    assert.equal(first, second);
  });

  it('keeps the range within the width of the bars', () => {
    const wide = { ...bar('a'), values: { median: 50, min: 40, max: 100 } };
    const [width] = barWidths(renderChart('', '', [panel(wide, bar('b', 100))]));
    assert.equal(width! * 2, barWidths(renderChart('', '', [panel(bar('b', 100))]))[0]);
  });

  it('shows a contender without values, without a bar', () => {
    const svg = renderChart('', '', [panel(bar('a'))]);
    assert.deepEqual(barWidths(svg), []);
    assert.match(svg, />failed</);
  });

  it('escapes texts', () => {
    const svg = renderChart('<b> & "c"', '', [panel(bar('<script>', 1))]);
    assert.equal((new XMLParser().parse(svg) as { svg: { title: string } }).svg.title, '<b> & "c"');
    assert.doesNotMatch(svg, /<script>|<b>/);
  });

  it('has colors for light and dark', () => {
    assert.match(renderChart('', '', []), /@media \(prefers-color-scheme: dark\)/);
  });
});
