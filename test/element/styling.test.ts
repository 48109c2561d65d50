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

describe('the parts', () => {
  it('match the manifest', async () => {
    const found = new Set<string>();
    for (const name of Object.keys(states)) for (const one of partsOf(await inState(name))) found.add(one);
    expect([...found].sort()).to.deep.equal(namesOf(declared.cssParts));
  });

  it('can be styled from outside', async () => {
    const element = await createElement();
    const style = document.createElement('style');
    style.textContent = 'test-upload::part(browse-button) { letter-spacing: 3px; }';
    element.parentElement!.append(style);
    expect(getComputedStyle(part(element, 'browse-button')).letterSpacing).to.equal('3px');
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
    '--oss-error': ['the file is unreadable', red, 'progress-bar', 'background-color'],
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
});

/** Makes `:focus-visible` match. */
async function focusByKeyboard(target: HTMLElement): Promise<void> {
  await sendKeys({ press: 'Tab' });
  target.focus();
}
