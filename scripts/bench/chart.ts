// Bar charts as SVG: a panel for each situation, with a bar for each contender. Readable in light and dark. Pure.

export interface Bar {
  label: string;
  /** The bar ends at the median; a thin line shows the range. `undefined` if nothing was measured. */
  values: { median: number; min: number; max: number } | undefined;
  /** Shown after the bar. */
  text: string;
  isHighlighted: boolean;
}

export interface Panel {
  title: string;
  bars: readonly Bar[];
}

const COLUMNS = 2;
const PANEL_WIDTH = 560;
const LABEL_WIDTH = 310;
const BAR_WIDTH = 150;
const ROW_HEIGHT = 22;
const BAR_HEIGHT = 12;
const TITLE_HEIGHT = 34;
const PADDING = 20;

const STYLE = `
    text { font: 13px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; }
    .background { fill: #fff; }
    .bar { fill: #8c959f; }
    .highlighted { fill: #0969da; }
    .range { stroke: #1f2328; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .background { fill: #0d1117; }
      .bar { fill: #6e7681; }
      .highlighted { fill: #4493f8; }
      .range { stroke: #e6edf3; }
    }`;

/** @param description for screen readers, which don't read the image */
export function renderChart(title: string, description: string, panels: readonly Panel[]): string {
  const rows = Math.max(0, ...panels.map(({ bars }) => bars.length));
  const panelHeight = TITLE_HEIGHT + rows * ROW_HEIGHT + PADDING;
  const width = PADDING * 2 + PANEL_WIDTH * COLUMNS;
  const height = PADDING * 2 + panelHeight * Math.ceil(panels.length / COLUMNS);
  const content = panels.map((panel, index) => {
    const x = PADDING + (index % COLUMNS) * PANEL_WIDTH;
    const y = PADDING + Math.floor(index / COLUMNS) * panelHeight;
    return `<g transform="translate(${x} ${y})">\n${renderPanel(panel)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${STYLE}
</style>
<rect class="background" width="100%" height="100%" rx="6"/>
${content.join('\n')}
</svg>
`;
}

function renderPanel({ title, bars }: Panel): string {
  const maximum = Math.max(...bars.map(({ values }) => values?.max ?? 0));
  const scale = maximum > 0 ? BAR_WIDTH / maximum : 0;
  const rows = bars.map((bar, index) => renderBar(bar, TITLE_HEIGHT + index * ROW_HEIGHT, scale));
  return [`<text class="title" y="14">${escape(title)}</text>`, ...rows].join('\n');
}

/** @param scale pixels per unit */
function renderBar({ label, values, text, isHighlighted }: Bar, y: number, scale: number): string {
  const middle = y + BAR_HEIGHT / 2;
  const length = (value: number): string => (value * scale).toFixed(1);
  const end = (value: number): string => (LABEL_WIDTH + value * scale).toFixed(1);
  const style = isHighlighted ? 'bar highlighted' : 'bar';
  return [
    `<text y="${y + 11}">${escape(label)}</text>`,
    values &&
      `<rect class="${style}" x="${LABEL_WIDTH}" y="${y}" width="${length(values.median)}" height="${BAR_HEIGHT}" rx="2"/>`,
    values &&
      values.min < values.max &&
      `<path class="range" d="M${end(values.min)} ${middle}H${end(values.max)}"/>`,
    `<text x="${(LABEL_WIDTH + (values?.max ?? 0) * scale + 8).toFixed(1)}" y="${y + 11}">${escape(text)}</text>`,
  ]
    .filter(Boolean)
    .join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
