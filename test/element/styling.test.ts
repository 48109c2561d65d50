import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest/schema.js';
import { createElement, hasPart, part, type TestUpload } from './support.js';
import { states, visit } from './states.js';

const manifest = (await (await fetch('/custom-elements.json')).json()) as Package;
const declared = manifest.modules
  .flatMap(({ declarations = [] }) => declarations as CustomElementDeclaration[])
  .find(({ tagName }) => tagName === 'oss-resumable-upload')!;
const namesOf = (items: readonly { name: string }[] = []): string[] => items.map(({ name }) => name).sort();

/** Creates an element and brings it into a state. */
async function inState(name: string): Promise<TestUpload> {
  const element = await visit(name, { maxSize: '5GB' });
  await states[name]!(element);
  return element;
}

function partsOf(element: TestUpload): string[] {
  const nodes = element.shadowRoot?.querySelectorAll('[part]') ?? [];
  return [...nodes].flatMap((node) => [...node.part]);
}

function addStyle(element: TestUpload, css: string): void {
  const style = document.createElement('style');
  style.textContent = css;
  element.parentElement!.append(style);
}

describe('the parts', () => {
  it('match the manifest', async () => {
    const found = new Set<string>();
    for (const name of Object.keys(states)) for (const one of partsOf(await inState(name))) found.add(one);
    expect([...found].sort()).to.deep.equal(namesOf(declared.cssParts));
  });

  it('can be styled from outside', async () => {
    const element = await createElement();
    addStyle(element, 'test-upload::part(browse-button) { letter-spacing: 3px; }');
    expect(getComputedStyle(part(element, 'browse-button')).letterSpacing).to.equal('3px');
  });
});

describe('the sizes that a page gives to all buttons', () => {
  const css = 'test-upload::part(button) { min-width: 90px; min-height: 50px; padding: 4px 30px; }';

  it('leaves buttons with an icon square', async () => {
    const element = await inState('several files are uploading');
    addStyle(element, css);
    const { width, height } = part(element, 'remove-button').getBoundingClientRect();
    expect(width).to.be.closeTo(50, 1);
    expect(height).to.be.closeTo(50, 1);
  });

  it('applies to the same buttons where they show words', async () => {
    const element = await inState('uploading');
    element.parentElement!.style.inlineSize = '700px';
    addStyle(element, css);
    expect(getComputedStyle(part(element, 'pause-button')).paddingLeft).to.equal('30px');
  });
});

describe('the primary button', () => {
  const isPrimary = (element: TestUpload, name: string): boolean =>
    part(element, name).part.contains('primary-button');

  it('is the one that starts a single upload', async () => {
    const element = await inState('ready');
    expect(isPrimary(element, 'upload-button')).to.be.true;
    expect(isPrimary(element, 'remove-button')).to.be.false;
  });

  it('is the one that chooses a file while there is none, unless the drop zone is compact', async () => {
    const element = await inState('idle');
    expect(isPrimary(element, 'browse-button')).to.be.true;
    element.compact = true;
    await element.updateComplete;
    expect(isPrimary(element, 'browse-button')).to.be.false;
  });
});

describe('the custom properties', () => {
  type Usage = [state: string, value: string, partName: string, cssProperty: string, computed?: string];
  const red = 'rgb(200, 0, 0)';
  const usages: Record<string, Usage> = {
    '--oss-accent': ['ready', red, 'upload-button', 'background-color'],
    '--oss-on-accent': ['ready', red, 'upload-button', 'color'],
    '--oss-surface': ['idle', red, 'base', 'background-color'],
    '--oss-text': ['idle', red, 'base', 'color'],
    '--oss-muted': ['idle', red, 'hint', 'color'],
    '--oss-border': ['idle', red, 'base', 'border-top-color'],
    '--oss-control-border': ['idle', red, 'base', 'border-top-color'],
    '--oss-error': ['the file is unreadable', red, 'thumbnail', 'color'],
    '--oss-success': ['succeeded', red, 'status', 'color'],
    '--oss-radius': ['idle', '3px', 'base', 'border-top-left-radius'],
    '--oss-gap': ['idle', '31px', 'dropzone', 'column-gap'],
    '--oss-font': ['idle', '21px serif', 'label', 'font-size', '21px'],
    '--oss-progress-height': ['uploading', '17px', 'progress', 'height'],
    '--oss-progress-track': ['uploading', red, 'progress', 'background-color'],
    '--oss-focus-ring': ['idle', `5px dotted ${red}`, 'browse-button', 'outline-width', '5px'],
  };

  it('match the manifest', () => {
    expect(Object.keys(usages).sort()).to.deep.equal(namesOf(declared.cssProperties));
  });

  for (const [name, [state, value, partName, cssProperty, computed = value]] of Object.entries(usages)) {
    it(`apply ${name}`, async () => {
      const element = await inState(state);
      element.style.setProperty(name, value);
      const target = part(element, partName);
      if (name === '--oss-focus-ring') await focusByKeyboard(target);
      expect(getComputedStyle(target).getPropertyValue(cssProperty)).to.equal(computed);
    });
  }
});

describe('the states', () => {
  const stateNames: Record<string, string> = {
    idle: 'idle',
    ready: 'ready',
    preparing: 'preparing',
    uploading: 'uploading',
    waiting: 'waiting',
    paused: 'paused',
    completing: 'completing',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'cancelled',
    resumable: 'an earlier upload needs its file',
    dragging: 'accepting a dragged file',
    offline: 'offline',
  };

  it('match the manifest', () => {
    expect(Object.keys(stateNames).sort()).to.deep.equal(namesOf(declared.cssStates));
  });

  for (const [name, state] of Object.entries(stateNames)) {
    it(`are matched by :state(${name})`, async () => {
      const element = await inState(state);
      expect(element.matches(`:state(${name})`)).to.be.true;
    });
  }
});

describe('the slots', () => {
  for (const name of namesOf(declared.slots)) {
    it(`render the content of ${name || 'the default slot'}`, async () => {
      const element = await createElement();
      await fixture(html`<span slot=${name}>Slotted</span>`, { parentNode: element });
      const slot = element.shadowRoot?.querySelector<HTMLSlotElement>(
        name ? `slot[name=${name}]` : 'slot:not([name])',
      );
      expect(slot?.assignedElements().map(({ textContent }) => textContent)).to.deep.equal(['Slotted']);
    });
  }
});

describe('the drop zone', () => {
  it('is hidden while a file is uploading', async () => {
    expect(hasPart(await inState('uploading'), 'dropzone')).to.be.false;
  });

  for (const name of ['idle', 'several files are uploading']) {
    it(`shows its label above its button at 200 pixels while ${name}`, async () => {
      const element = await inState(name);
      element.parentElement!.style.inlineSize = '200px';
      const label = document.createRange();
      label.selectNodeContents(part(element, 'label'));
      expect(label.getBoundingClientRect().bottom).to.be.at.most(
        part(element, 'browse-button').getBoundingClientRect().top,
      );
    });
  }
});

/** Makes `:focus-visible` match. */
async function focusByKeyboard(target: HTMLElement): Promise<void> {
  await sendKeys({ press: 'Tab' });
  target.focus();
}
