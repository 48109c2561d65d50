import { expect } from '@open-wc/testing';
import { createElement, part } from './support.js';
import { states, visit } from './states.js';

for (const scheme of ['light', 'dark']) {
  describe(`the element in a ${scheme} page`, () => {
    for (const [name, reach] of Object.entries(states)) {
      it(`is accessible while ${name}`, async () => {
        const element = await visit(name);
        const { style } = element.parentElement!;
        style.colorScheme = scheme;
        style.color = 'CanvasText';
        style.background = 'Canvas';
        await reach(element);
        await expect(element).to.be.accessible();
      });
    }
  });
}

describe('the layout', () => {
  for (const name of Object.keys(states)) {
    it(`does not overflow at 200 pixels while ${name}`, async () => {
      const element = await visit(name, { maxSize: '5GB' });
      element.parentElement!.style.inlineSize = '200px';
      await states[name]!(element);
      const { right } = element.getBoundingClientRect();
      const overflowing = [
        ...(element.shadowRoot?.querySelectorAll('button, p, span, li, summary') ?? []),
      ].filter((node) => !node.closest('[part~=file-name]') && node.getBoundingClientRect().right > right);
      expect(overflowing).to.be.empty;
    });
  }

  it('has buttons of at least 24 pixels', async () => {
    const element = await createElement();
    element.style.fontSize = '10px';
    await states.ready!(element);
    const { width, height } = part(element, 'remove-button').getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('has an intrinsic width in a flex container', async () => {
    const element = await createElement();
    element.parentElement!.style.display = 'flex';
    expect(element.getBoundingClientRect().width).to.be.greaterThan(200);
  });
});
