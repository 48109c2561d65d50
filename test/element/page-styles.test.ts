// The layout of the element in pages whose styles it inherits, and in flex and grid containers.
import { expect } from '@open-wc/testing';
import { createElement, part, query, type TestUpload } from './support.js';
import { states, visit } from './states.js';

/** Rectangles of all elements in the shadow tree, relative to the element, in whole pixels. */
function geometry(element: TestUpload): string[] {
  const origin = element.getBoundingClientRect();
  const nodes = element.shadowRoot!.querySelectorAll('.base, .base *:not(svg, svg *)');
  const { width, height } = origin;
  const size = [width, height].map(Math.round).join(' ');
  const inside = [...nodes].map((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const numbers = [left - origin.left, top - origin.top, width, height].map(Math.round);
    return `${node.localName}.${node.className} ${numbers.join(' ')}`;
  });
  return [size, ...inside];
}

/** Puts a container with these styles around the element. */
function wrap(element: TestUpload, css: string): HTMLElement {
  const container = document.createElement('div');
  container.style.cssText = css;
  element.before(container);
  container.append(element);
  return container;
}

async function inState(name: string): Promise<TestUpload> {
  const element = await visit(name, { maxSize: '5GB' });
  await states[name]!(element);
  await element.updateComplete;
  wrap(element, 'width: 600px; font: 16px/1.5 sans-serif');
  return element;
}

const inherited = [
  'white-space: pre',
  'white-space: nowrap',
  'text-indent: 80px',
  'letter-spacing: 12px',
  'word-spacing: 40px',
  'line-height: 5',
  'line-height: 0',
  'text-align: center',
  'text-align: right',
  'text-align: justify; text-align-last: justify',
  'text-transform: uppercase',
  'word-break: break-all',
  'overflow-wrap: anywhere',
  'hyphens: auto',
  'line-break: anywhere',
  'text-wrap: balance',
  'text-emphasis: dot',
  'list-style: square inside',
  'border-collapse: collapse; border-spacing: 9px',
  'tab-size: 20',
  'quotes: none',
  'text-orientation: upright',
];

describe('inherited styles of the page', () => {
  for (const name of ['idle', 'uploading', 'rejecting a file', 'several files are uploading', 'failed']) {
    it(`do not change the layout when ${name}`, async () => {
      const element = await inState(name);
      const container = element.parentElement!;
      const expected = geometry(element);
      const changed: string[] = [];
      for (const css of inherited) {
        const { cssText } = container.style;
        container.style.cssText += `; ${css}`;
        if (geometry(element).join('\n') !== expected.join('\n')) changed.push(css);
        container.style.cssText = cssText;
      }
      expect(changed).to.deep.equal([]);
    });
  }

  it('do not change the layout when they are set on the element', async () => {
    const element = await inState('uploading');
    const expected = geometry(element);
    element.style.cssText = inherited.slice(0, -1).join('; ') + '; white-space: pre';
    expect(geometry(element)).to.deep.equal(expected);
  });

  it('set font, color and direction', async () => {
    const element = await createElement();
    wrap(element, 'font: italic 21px serif; color: rgb(200, 0, 0); direction: rtl');
    const { fontStyle, fontSize, fontFamily, color, direction } = getComputedStyle(part(element, 'label'));
    expect({ fontStyle, fontSize, fontFamily, color, direction }).to.deep.equal({
      fontStyle: 'italic',
      fontSize: '21px',
      fontFamily: 'serif',
      color: 'rgb(200, 0, 0)',
      direction: 'rtl',
    });
  });

  it('leave the text readable in a container with a font size of 0', async () => {
    const element = await createElement();
    wrap(element, 'font-size: 0');
    expect(parseFloat(getComputedStyle(part(element, 'label')).fontSize)).to.equal(10);
    expect(part(element, 'browse-button').offsetHeight).to.be.at.least(24);
  });

  it('leave the text visible in a container whose text is filled by its background', async () => {
    const element = await createElement();
    wrap(element, '-webkit-text-fill-color: transparent');
    const { color, webkitTextFillColor } = getComputedStyle(part(element, 'browse-button'));
    expect(webkitTextFillColor).to.equal(color);
  });

  for (const mode of ['vertical-rl', 'vertical-lr']) {
    it(`leave the text horizontal in a ${mode} page`, async () => {
      const element = await inState('uploading');
      wrap(element, `writing-mode: ${mode}; width: 700px; height: 500px`);
      const { width, height } = part(element, 'base').getBoundingClientRect();
      const track = part(element, 'progress').getBoundingClientRect();
      expect(width).to.be.greaterThan(height).and.at.least(190);
      expect(track.width).to.be.greaterThan(track.height);
    });
  }

  it('leave errors selectable', async () => {
    const element = await inState('failed');
    wrap(element, '-webkit-user-select: none; user-select: none');
    const { userSelect } = getComputedStyle(query(element, '.error-text'));
    expect(userSelect).to.equal('text');
  });
});

describe('the width of the element', () => {
  const layouts: Record<string, [css: string, siblings: string, min: number, max: number]> = {
    'in a block': ['width: 600px', '', 600, 600],
    'in a narrow block': ['width: 150px', '', 150, 150],
    'in a flex row': ['display: flex; width: 600px', '', 400, 600],
    'in a flex row beside content that doesn’t shrink': [
      'display: flex; width: 600px',
      'flex: none; width: 550px',
      190,
      200,
    ],
    'in a flex row that is too narrow': ['display: flex; width: 150px', 'flex: none; width: 100px', 150, 150],
    'in a flex row beside long text': ['display: flex; width: 600px', 'width: 2000px', 190, 400],
    'in a flex column': ['display: flex; flex-direction: column; width: 600px', '', 600, 600],
    'in a flex column without stretching': [
      'display: flex; flex-direction: column; align-items: center; width: 600px',
      '',
      400,
      600,
    ],
    'in a grid column': ['display: grid; width: 600px; grid-template-columns: 1fr 1fr', '', 295, 305],
    'in a narrow grid column': [
      'display: grid; width: 600px; grid-template-columns: 100px 1fr',
      '',
      100,
      100,
    ],
    'in an automatic grid column': [
      'display: grid; width: 600px; grid-template-columns: auto 1fr',
      '',
      190,
      600,
    ],
    'in an inline block': ['display: inline-block', '', 400, 450],
    'in a float': ['float: left', '', 400, 450],
    'in a table cell': ['display: table-cell', '', 400, 450],
  };
  for (const [layout, [css, siblings, min, max]] of Object.entries(layouts)) {
    it(`is usable ${layout}`, async () => {
      const element = await createElement();
      const container = wrap(element, `font: 16px/1.5 sans-serif; ${css}`);
      if (siblings) {
        const sibling = document.createElement('div');
        sibling.style.cssText = siblings;
        container.append(sibling);
      }
      expect(element.getBoundingClientRect().width).to.be.within(min, max);
    });
  }
});
