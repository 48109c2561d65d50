import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { createElement, makeFile, part, PART, pickOne, statusIs, type TestUpload } from './support.js';

const size = 10 * PART;

const states: Record<string, (element: TestUpload) => Promise<void>> = {
  idle: () => Promise.resolve(),
  ready: (element) => pickOne(element, makeFile(size)),
  uploading: async (element) => {
    await pickOne(element, makeFile(size));
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await statusIs(element, 'uploading');
  },
  waiting: async (element) => {
    await pickOne(element, makeFile(size));
    element.env.sleepless = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    element.start();
    await statusIs(element, 'waiting');
  },
  paused: async (element) => {
    await states.uploading!(element);
    element.pause();
    await statusIs(element, 'paused');
  },
  succeeded: async (element) => {
    await pickOne(element, makeFile(size));
    element.start();
    await statusIs(element, 'succeeded');
  },
  failed: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.fail('uploadPart', () => new UploadError('access-denied', { requestId: 'ID' }));
    element.start();
    await statusIs(element, 'failed');
  },
  'refusing a file': async (element) => {
    element.accept = '.mp4';
    await element.addFiles([new File([], 'note.txt')]);
    await element.updateComplete;
  },
};

for (const scheme of ['light', 'dark']) {
  describe(`in a ${scheme} page`, () => {
    for (const [name, reach] of Object.entries(states)) {
      it(`is accessible while ${name}`, async () => {
        const element = await createElement();
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
      const element = await createElement({ maxSize: '5GB' });
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
