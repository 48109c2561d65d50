// The drop zone as people meet it: empty, compact, clicked, and covered while something is dragged over the element.
import { expect, waitUntil } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { states } from './states.js';
import {
  createElement,
  drag,
  film,
  leaveUnfinished,
  makeFile,
  PART,
  part,
  pickOne,
  query,
  revisit,
  TestSetup,
  textOf,
  waitForStatus,
} from './support.js';

/** Counts how often the file picker was opened. */
function countPickers(element: Element): () => number {
  let count = 0;
  const input = query<HTMLInputElement>(element, 'input[type=file]');
  for (const name of ['click', 'showPicker'] as const) Object.assign(input, { [name]: () => count++ });
  Object.assign(globalThis, { showOpenFilePicker: undefined });
  return () => count;
}

const heightOf = (element: Element): number => element.getBoundingClientRect().height;

describe('the drop zone', () => {
  for (const name of ['dropzone', 'label', 'hint']) {
    it(`opens the file picker when its ${name} is clicked`, async () => {
      const element = await createElement({ maxSize: '5GB', noResume: true });
      const count = countPickers(element);
      part(element, name).click();
      expect(count()).to.equal(1);
    });
  }

  it('opens the file picker once when its button is clicked', async () => {
    const element = await createElement({ noResume: true });
    const count = countPickers(element);
    part(element, 'browse-button').click();
    expect(count()).to.equal(1);
  });

  it('leaves clicks on slotted links to the page', async () => {
    const element = await createElement({ noResume: true });
    element.innerHTML = '<p>See the <a href="#rules">rules</a></p>';
    const count = countPickers(element);
    element.querySelector('a')!.click();
    expect(count()).to.equal(0);
  });

  it('opens no file picker while it is disabled', async () => {
    const element = await createElement({ disabled: true, noResume: true });
    const count = countPickers(element);
    part(element, 'dropzone').click();
    expect(count()).to.equal(0);
  });

  it('takes less space with `compact`', async () => {
    const element = await createElement();
    const tall = heightOf(part(element, 'dropzone'));
    element.compact = true;
    await element.updateComplete;
    expect(heightOf(part(element, 'dropzone'))).to.be.lessThan(tall / 2);
  });
});

describe('the hint of the drop zone', () => {
  const hints: [accept: string, maxSize: string, hint: string][] = [
    ['', '', ''],
    ['', '20GB', 'Maximum size: 20 GB'],
    ['.mp4,video/quicktime', '', 'MP4 or MOV'],
    ['.mp4,video/quicktime', '20GB', 'MP4 or MOV, up to 20 GB'],
    ['application/x-unknown-type', '20GB', 'Maximum size: 20 GB'],
  ];
  for (const [accept, maxSize, hint] of hints) {
    it(`is “${hint}” for accept="${accept}" and max-size="${maxSize}"`, async () => {
      const element = await createElement({ accept, ...(maxSize && { maxSize }) });
      expect(textOf(part(element, 'hint'))).to.equal(hint);
    });
  }
});

describe('a file dragged over the element', () => {
  it('gets ready for the upload, once', async () => {
    const setup = new TestSetup();
    const element = await createElement({}, setup);
    for (const type of ['dragenter', 'dragover', 'dragover'] as const) drag(element, type, [film]);
    await waitUntil(() => setup.preparations > 0);
    expect(setup.preparations).to.equal(1);
  });

  it('moves nothing', async () => {
    const element = await createElement({ multiple: true });
    await pickOne(element, makeFile(PART));
    const before = heightOf(element);
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect(heightOf(element)).to.equal(before);
  });

  it('is said to replace the file that has not been uploaded', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(PART, 'poster.png'));
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop to replace poster.png');
  });

  it('is not said to replace a failed upload with stored parts, which stays', async () => {
    const element = await createElement();
    await pickOne(element, film);
    element.oss.fail('uploadPart', () => new UploadError('access-denied'), { number: 3 });
    element.start();
    await waitForStatus(element, 'failed');
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop the file here');
  });

  it('is not said to replace a running upload while an earlier one waits for its file', async () => {
    const setup = new TestSetup();
    await leaveUnfinished(setup);
    const element = await revisit(setup);
    await pickOne(element, makeFile(3 * PART, 'other.mp4'));
    element.oss.hold('uploadPart', 1);
    element.start();
    await waitForStatus(element, 'uploading');
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Drop the file here');
  });

  for (const status of ['paused', 'completing'] as const) {
    it(`is said to have to wait for an upload that is ${status}`, async () => {
      const element = await createElement();
      await states[status]!(element);
      drag(element, 'dragenter', [film]);
      await element.updateComplete;
      expect(textOf(query(element, '.overlay'))).to.equal('Finish or cancel this upload first');
    });
  }

  it('is said to have to wait for the current upload', async () => {
    const element = await createElement();
    await pickOne(element, film);
    element.oss.hold('uploadPart', 1);
    element.start();
    await waitForStatus(element, 'uploading');
    drag(element, 'dragenter', [film]);
    await element.updateComplete;
    expect(textOf(query(element, '.overlay'))).to.equal('Finish or cancel this upload first');
  });
});
