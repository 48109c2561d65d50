import { expect } from '@open-wc/testing';
import { createElement, part } from './support.js';
import { states, visit } from './states.js';

for (const scheme of ['light', 'dark']) {
  describe(`in a ${scheme} page`, () => {
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

describe('in tight places', () => {
  for (const name of Object.keys(states)) {
    it(`nothing sticks out at 200 pixels while ${name}`, async () => {
      const element = await visit(name, { maxSize: '5GB' });
      element.parentElement!.style.inlineSize = '200px';
      await states[name]!(element);
      const { right } = element.getBoundingClientRect();
      const outside = [
        ...(element.shadowRoot?.querySelectorAll('button, p, span, li, summary') ?? []),
      ].filter((node) => !node.closest('[part~=file-name]') && node.getBoundingClientRect().right > right);
      expect(outside).to.be.empty;
    });
  }

  it('buttons are large enough to hit', async () => {
    const element = await createElement();
    element.style.fontSize = '10px';
    await states.ready!(element);
    const { width, height } = part(element, 'remove-button').getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('it has a width of its own where the page leaves it the choice', async () => {
    const element = await createElement();
    element.parentElement!.style.display = 'flex';
    expect(element.getBoundingClientRect().width).to.be.greaterThan(200);
  });
});
