// Runs in a page: measures how the elements of the page are rendered. Returns what is wrong.

type Color = readonly [red: number, green: number, blue: number, alpha: number];

const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;

/**
 * Finds what is hard to see: text below 4.5:1; borders of buttons and drop zones, icons, progress bars and focus rings below
 * 3:1. Disabled elements are exempt.
 */
export function findLowContrast(): string[] {
  const problems = new Set<string>();
  const check = (what: string, node: Element, color: string, behind: Color, minimum: number): void => {
    const ratio = contrast(blend(parse(color), behind), behind);
    if (ratio < minimum) problems.add(`${stateOf(node)}: ${what} of ${nameOf(node)} ${ratio.toFixed(2)}`);
  };
  for (const host of document.querySelectorAll('oss-resumable-upload:not([disabled])')) {
    const root = host.shadowRoot!;
    const overlay = root.querySelector('.overlay');
    const base = root.querySelector('.base')!;
    if (!overlay && base.matches('.empty'))
      check('border', base, getComputedStyle(base).borderTopColor, backdrop(host), 3);
    for (const node of (overlay ?? root).querySelectorAll<HTMLElement>('*')) {
      if (!isVisible(node)) continue;
      const { color, backgroundColor, borderTopColor } = getComputedStyle(node);
      if (hasText(node)) check('text', node, color, backdrop(node), 4.5);
      if (node.matches('svg')) check('icon', node, color, backdrop(node), 3);
      if (node.matches('[part=progress-bar]')) {
        check('fill', node, backgroundColor, backdrop(node.closest('.item, .summary')), 3);
      }
      if (!node.matches('button')) continue;
      const behind = backdrop(parentOf(node));
      // A button is seen by its fill or its border. Without both, it is seen by its text or icon.
      const hasFill = contrast(backdrop(node), behind) >= 3;
      if (!hasFill && parse(borderTopColor)[3] > 0) check('border', node, borderTopColor, behind, 3);
      node.focus({ focusVisible: true });
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
      const hasRing = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      check('focus ring', node, hasRing ? outlineColor : 'transparent', behind, 3);
    }
  }
  return [...problems];
}

/** Finds buttons and progress bars that are not visible with forced colors. */
export function findHiddenControls(): string[] {
  const problems = new Set<string>();
  for (const host of document.querySelectorAll('oss-resumable-upload')) {
    for (const node of host.shadowRoot!.querySelectorAll('button, [part=progress]')) {
      const { borderTopColor, borderTopStyle, borderTopWidth, backgroundColor } = getComputedStyle(node);
      const hasBorder = borderTopStyle !== 'none' && parseFloat(borderTopWidth) >= 1;
      if (!hasBorder || borderTopColor === backgroundColor) problems.add(`border of ${nameOf(node)}`);
    }
    for (const fill of host.shadowRoot!.querySelectorAll('[part=progress-bar]')) {
      const fillColor = getComputedStyle(fill).backgroundColor;
      if (fillColor === getComputedStyle(fill.parentElement!).backgroundColor) problems.add(nameOf(fill));
    }
  }
  return [...problems];
}

/** Returns the heights of all rows, in pixels, if they differ. */
export function findUnsteadyRows(): string[] {
  const heights = [...document.querySelectorAll('oss-resumable-upload')].map((host) => {
    const row = host.shadowRoot!.querySelector('.item')!;
    return { state: stateOf(row), height: row.getBoundingClientRect().height };
  });
  const isSteady = heights.every(({ height }) => Math.abs(height - heights[0]!.height) < 0.5);
  return isSteady ? [] : heights.map(({ state, height }) => `${state}: ${height}`);
}

/** Returns the colors of the first primary button and of the surface, as `#rrggbb`. */
export function readColors(): string[] {
  const root = document.querySelector('oss-resumable-upload')!.shadowRoot!;
  return ['[part~=primary-button]', '[part=base]'].map((selector) => {
    const channels = backdrop(root.querySelector(selector)).slice(0, 3);
    return `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
  });
}

function stateOf(node: Element): string {
  return (node.getRootNode() as ShadowRoot).host.previousElementSibling?.textContent ?? '';
}

function nameOf(node: Element): string {
  return node.getAttribute('part') ?? node.getAttribute('class') ?? node.localName;
}

function isVisible(node: Element): boolean {
  const { width, height } = node.getBoundingClientRect();
  return width > 1 && height > 1;
}

function hasText(node: Element): boolean {
  const isText = ({ nodeType, nodeValue }: Node) => nodeType === Node.TEXT_NODE && nodeValue!.trim() !== '';
  return node.matches('.halves') || [...node.childNodes].some(isText);
}

function parentOf(node: Element): Element | null {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Returns the color behind the content of a node. */
function backdrop(node: Element | null): Color {
  if (!node) return parse('Canvas');
  return blend(parse(getComputedStyle(node).backgroundColor), backdrop(parentOf(node)));
}

/** Converts a computed color of any color space to sRGB: 0 to 255, alpha 0 to 1. */
function parse(color: string): Color {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function blend(above: Color, below: Color): Color {
  const mix = (index: 0 | 1 | 2) => above[index] * above[3] + below[index] * (1 - above[3]);
  return [mix(0), mix(1), mix(2), 1];
}

/** Returns the contrast ratio of WCAG 2. */
function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Color): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
