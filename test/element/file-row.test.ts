// What a row of the list shows: the file, how much of it OSS has stored, and what is on its way.
import { rowActions } from '../../src/presentation/actions.js';
import { expect, waitUntil } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { fileKind } from '../../src/presentation/file-kind.js';
import {
  createElement,
  film,
  hasPart,
  makeFile,
  PART,
  part,
  pick,
  pickOne,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';
import { states, visit } from './states.js';

/** Uploads three of ten parts, and half of the fourth. */
async function sendThreeAndAHalf(): Promise<TestUpload> {
  const element = await createElement();
  await pickOne(element, film);
  const held = element.oss.hold('uploadPart', 4);
  element.start();
  const { onProgress } = await held.reached;
  onProgress?.(PART / 2);
  // Progress is rendered a few times a second.
  await waitUntil(() => part(element, 'progress-inflight').style.getPropertyValue('--_ratio') === '0.35');
  return element;
}

/** The width of the visible part of a bar, relative to its track. */
function share(element: Element, name: string): number {
  const track = part(element, 'progress').getBoundingClientRect();
  const { right } = part(element, name).getBoundingClientRect();
  return (right - track.left) / track.width;
}

const withoutTransition = (element: Element): void => {
  const style = new CSSStyleSheet();
  style.replaceSync('* { transition: none !important }');
  element.shadowRoot!.adoptedStyleSheets.push(style);
};

describe('the progress of a file', () => {
  let element: TestUpload;
  beforeEach(async () => {
    element = await sendThreeAndAHalf();
    withoutTransition(element);
  });

  it('is solid up to what OSS has stored', () => {
    expect(share(element, 'progress-bar')).to.be.closeTo(0.3, 0.01);
  });

  it('is light up to what is in flight', () => {
    expect(share(element, 'progress-inflight')).to.be.closeTo(0.35, 0.01);
  });

  it('counts only stored bytes', () => {
    expect([textOf(part(element, 'progress-text')), textOf(part(element, 'file-size'))]).to.deep.equal([
      '30%',
      '0.3 of 1.0 MB',
    ]);
  });

  it('loses only what is in flight when it is paused', async () => {
    element.pause();
    await waitForStatus(element, 'paused');
    expect([hasPart(element, 'progress-inflight'), share(element, 'progress-bar').toFixed(2)]).to.deep.equal([
      false,
      '0.30',
    ]);
  });

  it('is told to screen readers as what OSS has stored', () => {
    expect(part(element, 'progress').ariaValueNow).to.equal('30');
  });
});

describe('the height of a row', () => {
  const height = (element: TestUpload): number => {
    // Wide enough for each text to take one line.
    element.style.cssText = 'width: 1000px; max-width: none';
    return part(element, 'item').getBoundingClientRect().height;
  };
  const failed = async (element: TestUpload): Promise<void> => {
    element.oss.fail('uploadPart', () => new UploadError('access-denied'), { number: 5 });
    await pickOne(element, film);
    element.start();
    await waitForStatus(element, 'failed');
  };
  const reach = { ...states, failed };

  for (const name of [
    'preparing',
    'uploading',
    'waiting',
    'offline',
    'paused',
    'confirming a discard',
    'completing',
    'succeeded',
    'failed',
    'a cancelled upload can be brought back',
    'a key was copied',
    'an earlier upload needs its file',
    'an earlier upload can be resumed',
  ]) {
    it(`is the same while ${name} as before the start`, async () => {
      const ready = await createElement();
      await pickOne(ready, film);
      const element = await visit(name);
      await reach[name as keyof typeof reach](element);
      expect(height(element)).to.be.closeTo(height(ready), 0.1);
    });
  }

  it('is 72 pixels', async () => {
    const element = await createElement();
    await pickOne(element, film);
    expect(Math.floor(height(element))).to.equal(72);
  });
});

describe('the buttons of a row', () => {
  it('are icons in a list, with the file name in their accessible name', async () => {
    const element = await createElement({ multiple: true });
    pick(element, makeFile(PART, 'a.txt'), makeFile(PART, 'b.txt'));
    await waitForStatus(element, 'ready');
    const button = part(element, 'remove-button');
    const names = button.getAttribute('aria-labelledby')!.split(' ');
    const text = names.map((id) => textOf(element.shadowRoot!.getElementById(id)!)).join(' ');
    expect([text, button.title, button.querySelector('.button-label')!.checkVisibility()]).to.deep.equal([
      'Remove a.txt',
      'Remove',
      false,
    ]);
  });

  it('don’t offer Pause while a file that can’t be paused any more waits for the network', () => {
    const progress = { loaded: 1, stored: 1, total: 1, ratio: 1 };
    const waiting = { status: 'waiting', during: 'completing', progress } as const;
    const offered = (['offline', 'retry'] as const).map((reason) =>
      rowActions({ ...waiting, reason }, false),
    );
    expect(offered).to.deep.equal([['cancel'], ['try-now', 'cancel']]);
  });

  it('are words for a single file', async () => {
    const element = await createElement();
    await pickOne(element, film);
    expect(part(element, 'remove-button').querySelector('.button-label')!.checkVisibility()).to.be.true;
  });
});

describe('a file from a folder', () => {
  it('shows the folder before its name', async () => {
    const element = await createElement({ multiple: true });
    const file = Object.defineProperty(makeFile(PART, 'a.mov'), 'webkitRelativePath', {
      value: 'card/100/a.mov',
    });
    await element.addFiles([file]);
    await element.updateComplete;
    expect(textOf(element.shadowRoot!.querySelector('.folder')!)).to.equal('card/100/');
  });
});

describe('the kind of a file', () => {
  const kinds: [name: string, type: string, kind: string][] = [
    ['film.mp4', 'video/mp4', 'video'],
    ['FILM.MXF', '', 'video'],
    ['photo', 'image/heic', 'image'],
    ['photo.HEIC', 'application/octet-stream', 'image'],
    ['song.flac', '', 'audio'],
    ['letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text'],
    ['document.bin', '', 'other'],
    ['backup.tar.gz', 'application/gzip', 'archive'],
    ['no extension', '', 'other'],
    ['', '', 'other'],
  ];
  for (const [name, type, kind] of kinds) {
    it(`is ${kind} for “${name}” of type “${type}”`, () => {
      expect(fileKind({ name, type })).to.equal(kind);
    });
  }
});
