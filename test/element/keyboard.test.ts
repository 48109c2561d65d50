import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createElement, makeFile, PART, waitForStatus, textOf, type TestUpload } from './support.js';
import { states, visit } from './states.js';

/** Returns the label of the focused button. */
function focused(element: TestUpload): string {
  const control = element.shadowRoot?.activeElement;
  return control ? textOf(control) : 'nothing';
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key });
}

/** Moves the focus into the element with Tab. */
async function enter(element: TestUpload): Promise<void> {
  const before = document.createElement('button');
  element.before(before);
  // Otherwise Tab may leave the page.
  element.after(document.createElement('button'));
  before.focus();
  await press('Tab');
}

/** Creates an element with two files. */
async function createWithFiles(set: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement({ multiple: true, concurrentFiles: 1, ...set });
  await element.addFiles([makeFile(3 * PART, 'a.mp4'), makeFile(3 * PART, 'b.mp4')]);
  await element.updateComplete;
  return element;
}

describe('the keyboard', () => {
  it('reaches each control once, in visual order', async () => {
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

  it('uploads, pauses and resumes all files without losing the focus', async () => {
    const element = await createWithFiles();
    const held = element.oss.hold('uploadPart', 2);
    await enter(element);
    await press('Tab', 'Enter');
    await held.reached;
    await element.updateComplete;
    const uploading = focused(element);
    await press(' ');
    await waitForStatus(element, 'paused');
    const paused = focused(element);
    await press('Enter');
    await waitForStatus(element, 'succeeded');
    expect([uploading, paused]).to.deep.equal(['Pause all', 'Resume all']);
  });

  it('removes a file and brings it back without leaving its row', async () => {
    const element = await createWithFiles();
    const state = () => [element.uploads.map(({ fileName }) => fileName), focused(element)];
    await enter(element);
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await element.updateComplete;
    const removed = state();
    await press('Enter');
    await element.updateComplete;
    expect([removed, state()]).to.deep.equal([
      [['b.mp4'], 'Undo'],
      [['a.mp4', 'b.mp4'], 'Remove'],
    ]);
  });

  it('moves to Undo when all uploads are cancelled', async () => {
    const element = await createWithFiles();
    await enter(element);
    await press('Tab', 'Tab', 'Enter');
    await waitForStatus(element, 'cancelled');
    expect(focused(element)).to.equal('Undo');
  });

  for (const name of Object.keys(states)) {
    it(`shows the focus while ${name}`, async () => {
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
