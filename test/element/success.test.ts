// The row of a stored file: status, Replace, Remove from list, Copy key and link; and what Escape answers.
import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { Format } from '../../src/presentation/format.js';
import {
  announcement,
  buttons,
  createElement,
  film,
  hasPart,
  largeUpload,
  makeFile,
  part,
  PART,
  pick,
  pickOne,
  query,
  textOf,
  waitForStatus,
  type TestUpload,
} from './support.js';

/** Uploads a file; sending takes this long. */
async function upload(props: Partial<TestUpload> = {}, milliseconds = 0): Promise<TestUpload> {
  const element = await createElement(props);
  const held = element.oss.hold('uploadPart', 5);
  await pickOne(element, film);
  element.start();
  await held.reached;
  element.env.time += milliseconds;
  held.release();
  await waitForStatus(element, 'succeeded');
  return element;
}

const status = (element: TestUpload): string[] =>
  [...part(element, 'status').children].map((child) => textOf(child));

const focused = (element: TestUpload): string => textOf(element.shadowRoot!.activeElement!);

/** Returns the accessible name that `aria-labelledby` refers to. */
function nameOf(element: TestUpload, control: Element): string {
  const ids = control.getAttribute('aria-labelledby')!.split(' ');
  return ids
    .map((id) =>
      textOf(
        element.shadowRoot!.getElementById(id)!.querySelector('.unseen') ??
          element.shadowRoot!.getElementById(id)!,
      ),
    )
    .join(' ');
}

describe('a stored file', () => {
  it('shows how long sending took', async () => {
    const element = await upload({}, 192_000);
    expect(status(element)).to.deep.equal(['Uploaded', '1.0 MB', '3 min 12 sec']);
  });

  it('shows no duration below a second', async () => {
    expect(status(await upload())).to.deep.equal(['Uploaded', '1.0 MB']);
  });

  it('has a tick instead of the progress bar', async () => {
    const element = await upload();
    const badge = query(element, '.badge');
    await Promise.all(badge.getAnimations().map(({ finished }) => finished));
    expect([hasPart(element, 'progress'), badge.getBoundingClientRect().width > 0]).to.deep.equal([
      false,
      true,
    ]);
  });

  it('has no tick before', async () => {
    const element = await createElement();
    await pickOne(element, film);
    expect(query(element, '.badge').getBoundingClientRect().width).to.equal(0);
  });

  it('has icon buttons in a list, named after the file', async () => {
    const element = await createElement({ multiple: true });
    await element.addFiles([makeFile(PART, 'a.txt')]);
    element.start();
    await waitForStatus(element, 'succeeded');
    const button = part<HTMLButtonElement>(element, 'remove-button');
    expect([buttons(element), nameOf(element, button), button.title]).to.deep.equal([
      ['Copy key', 'Remove from list'],
      'Remove from list a.txt',
      'Remove from list',
    ]);
  });
});

describe('Replace', () => {
  let element: TestUpload;
  let pickers: number;
  beforeEach(async () => {
    element = await upload({ accept: '.mp4' });
    pickers = 0;
    const input = query(element, 'input[type=file]');
    // Otherwise the browser would open its picker.
    input.addEventListener('click', (event) => {
      event.preventDefault();
      pickers++;
    });
    // Only in Chromium.
    Object.assign(window, { showOpenFilePicker: undefined });
    part(element, 'replace-button').click();
    await element.updateComplete;
  });

  it('opens the file picker', () => {
    expect(pickers).to.equal(1);
  });

  it('changes nothing if no file is selected', async () => {
    query(element, 'input').dispatchEvent(new Event('cancel'));
    await element.updateComplete;
    expect([element.status, element.uploads[0]!.fileName]).to.deep.equal(['succeeded', 'film.mp4']);
  });

  it('changes nothing if the file is rejected', async () => {
    pick(element, makeFile(PART, 'note.txt'));
    await element.updateComplete;
    expect([element.status, element.uploads[0]!.fileName]).to.deep.equal(['succeeded', 'film.mp4']);
  });

  it('replaces the file once another one is accepted', async () => {
    await pickOne(element, makeFile(PART, 'other.mp4'));
    expect(element.uploads.map(({ fileName }) => fileName)).to.deep.equal(['other.mp4']);
  });
});

describe('Copy key', () => {
  const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
  let copied: string[];
  const answer = (result: () => Promise<void>): void => {
    copied = [];
    navigator.clipboard.writeText = (text) => {
      copied.push(text);
      return result();
    };
  };
  /** Replaces `document.execCommand`. */
  const setCommand = (command: () => boolean) => Reflect.set(document, 'execCommand', command);
  afterEach(() => {
    navigator.clipboard.writeText = writeText;
    Reflect.deleteProperty(document, 'execCommand');
  });

  async function press(element: TestUpload): Promise<void> {
    part(element, 'copy-button').click();
    while (!announcement(element).match(/Copied|films\//)) await element.updateComplete;
  }

  it('copies the object key, shows and announces that', async () => {
    answer(() => Promise.resolve());
    const element = await upload({ objectKey: 'films/{name}' });
    await press(element);
    expect([copied, status(element), announcement(element)]).to.deep.equal([
      ['films/film.mp4'],
      ['Copied', 'films/film.mp4'],
      'Copied',
    ]);
  });

  it('shows the status again after some seconds', async () => {
    answer(() => Promise.resolve());
    const element = await upload();
    await press(element);
    element.env.advance(4_000);
    await element.updateComplete;
    expect(status(element)).to.deep.equal(['Uploaded', '1.0 MB']);
  });

  it('uses the command of the browser where the API is blocked', async () => {
    answer(() => Promise.reject(new DOMException('blocked', 'NotAllowedError')));
    const element = await upload();
    const data: string[] = [];
    setCommand(() => {
      const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), cancelable: true });
      const sent = document.dispatchEvent(event);
      data.push(event.clipboardData?.getData('text/plain') ?? '');
      return !sent;
    });
    await press(element);
    expect([status(element)[0], data]).to.deep.equal(['Copied', ['film.mp4']]);
  });

  it('shows the key, which can be selected, where nothing can be copied', async () => {
    answer(() => Promise.reject(new DOMException('blocked', 'NotAllowedError')));
    setCommand(() => false);
    const element = await upload({ objectKey: 'films/{name}' });
    await press(element);
    const key = query(element, '.status code');
    expect([status(element), getComputedStyle(key).userSelect]).to.deep.equal([['films/film.mp4'], 'all']);
  });
});

describe('the link to the object', () => {
  it('is missing without show-link', async () => {
    expect(hasPart(await upload(), 'link')).to.be.false;
  });

  it('opens the object in a new tab', async () => {
    const element = await upload({ showLink: true });
    const { href, target, rel } = part<HTMLAnchorElement>(element, 'link');
    expect([href, target, rel, nameOf(element, part(element, 'link'))]).to.deep.equal([
      'https://bucket.example/film.mp4',
      '_blank',
      'noopener',
      'Open in a new tab film.mp4',
    ]);
  });

  it('appears when show-link is set later', async () => {
    const element = await upload();
    element.setAttribute('show-link', '');
    await element.updateComplete;
    expect(hasPart(element, 'link')).to.be.true;
  });
});

describe('Escape', () => {
  /** Opens the question whether a large upload is discarded. */
  async function ask(): Promise<TestUpload> {
    const element = await createElement({ partSize: largeUpload.partSize });
    await pickOne(element, largeUpload.file);
    const held = element.oss.hold('uploadPart', largeUpload.stopAt);
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
    part(element, 'cancel-button').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    return element;
  }

  it('keeps the upload, and returns the focus to Cancel', async () => {
    const element = await ask();
    const asked = focused(element);
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect([asked, focused(element), element.status]).to.deep.equal([
      'Keep uploading',
      'Cancel',
      'uploading',
    ]);
  });

  it('returns the focus to Cancel also after Keep uploading', async () => {
    const element = await ask();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(focused(element)).to.equal('Cancel');
  });

  it('closes no dialog around the element', async () => {
    const element = await ask();
    const dialog = document.createElement('dialog');
    element.before(dialog);
    dialog.append(element);
    dialog.showModal();
    query(element, '[part=item] button').focus();
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    const isOpen = dialog.open;
    const closed = oneEvent(dialog, 'close');
    await sendKeys({ press: 'Escape' });
    await closed;
    expect([isOpen, buttons(element)]).to.deep.equal([true, ['Pause', 'Cancel']]);
  });

  it('does nothing without a question', async () => {
    const element = await createElement();
    await pickOne(element, film);
    let isPrevented: boolean | undefined;
    const onKeyDown = ({ defaultPrevented }: Event) => (isPrevented = defaultPrevented);
    document.addEventListener('keydown', onKeyDown);
    part(element, 'remove-button').focus();
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', onKeyDown);
    expect([isPrevented, element.status]).to.deep.equal([false, 'ready']);
  });

  it('answers the question about all uploads', async () => {
    const element = await createElement({ partSize: largeUpload.partSize, multiple: true });
    await element.addFiles([largeUpload.file, makeFile(PART, 'b')]);
    const held = element.oss.hold('uploadPart', largeUpload.stopAt);
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
    query(element, '[part=summary] [part~=cancel-button]').focus();
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect([focused(element), element.uploads[0]!.state.status]).to.deep.equal(['Cancel all', 'uploading']);
  });
});

describe('an elapsed time', () => {
  for (const [seconds, text] of [
    [0.4, ''],
    [1, '1 sec'],
    [12.4, '12 sec'],
    [60, '1 min'],
    [192, '3 min 12 sec'],
    [3_599.6, '1 hr'],
    [3_900, '1 hr 5 min'],
    [90_000, '25 hr'],
  ] as const) {
    it(`of ${seconds} seconds is “${text}”`, () => {
      expect(new Format('en').elapsed(seconds * 1_000)).to.equal(text);
    });
  }
});
