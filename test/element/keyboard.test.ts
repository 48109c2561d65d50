import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createElement, makeFile, PART, statusIs, textOf, type TestUpload } from './support.js';
import { states, visit } from './states.js';

/** The word on the button that has the focus. */
function focused(element: TestUpload): string {
  const control = element.shadowRoot?.activeElement;
  return control ? textOf(control) : 'nothing';
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
}

/** Puts the focus where Tab leads from before the element. */
async function enter(element: TestUpload): Promise<void> {
  const before = document.createElement('button');
  element.before(before);
  // Without it Tab may lead out of the page.
  element.after(document.createElement('button'));
  before.focus();
  await press('Tab');
}

/** Chooses several files, by the page. */
async function createWithFiles(set: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement({ multiple: true, concurrentFiles: 1, ...set });
  await element.addFiles([makeFile(3 * PART, 'a.mp4'), makeFile(3 * PART, 'b.mp4')]);
  await element.updateComplete;
  return element;
}

describe('by keyboard', () => {
  it('each control is reached once, in the order in which it stands', async () => {
    const element = await createWithFiles();
    await enter(element);
    const order = [focused(element)];
    for (let count = 0; count < 6; count += 1) {
      await press('Tab');
      order.push(focused(element));
    }
    expect(order).to.deep.equal([
      'Choose files',
      'Upload all',
      'Cancel all',
      'Upload',
      'Remove',
      'Upload',
      'Remove',
    ]);
  });

  it('all files are uploaded, paused and resumed, without the focus going astray', async () => {
    const element = await createWithFiles();
    const held = element.oss.hold('uploadPart', 2);
    await enter(element);
    await press('Tab', 'Enter');
    await held.reached;
    await element.updateComplete;
    const underWay = focused(element);
    await press(' ');
    await statusIs(element, 'paused');
    const paused = focused(element);
    await press('Enter');
    await statusIs(element, 'ready');
    expect([underWay, paused]).to.deep.equal(['Pause all', 'Resume all']);
  });

  it('the focus goes on to the neighbour of a file that was removed', async () => {
    const element = await createWithFiles();
    await enter(element);
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await element.updateComplete;
    expect([element.uploads.map(({ fileName }) => fileName), focused(element)]).to.deep.equal([
      ['b.mp4'],
      'Upload',
    ]);
  });

  it('the focus goes back to the invitation when all is given up', async () => {
    const element = await createWithFiles();
    await enter(element);
    await press('Tab', 'Tab', 'Enter');
    await statusIs(element, 'cancelled');
    expect(focused(element)).to.equal('Choose files');
  });

  for (const name of Object.keys(states)) {
    it(`what has the focus shows it while ${name}`, async () => {
      const element = await visit(name);
      await states[name]!(element);
      await enter(element);
      const control = element.shadowRoot?.activeElement;
      if (!control) return expect(element.shadowRoot?.querySelector('button:not(:disabled)')).to.be.null;
      const { outlineStyle, outlineWidth } = getComputedStyle(control);
      expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '2px']);
    });
  }
});
